/** `graph`: prints a rule machine as a Mermaid picture, or the attack x control matrix as a table; both are made from the code. */
import {type MachineName, machines} from '../../machines/index.js';
import {toMermaid} from '../../machines/mermaid.js';
import {cellName, cellTitle, matrix} from '../engine/matrix.js';
import {print, printJson} from './output.js';

export type GraphName = MachineName | 'attacks';

export interface GraphOptions {
	/** mermaid: the text alone; md: in a fence, as Markdown shows it; json. The matrix has no picture: mermaid prints it as md. */
	readonly format?: 'mermaid' | 'md' | 'json';
}

function isMachine(name: GraphName): name is MachineName {
	return name in machines;
}

export function graph(name: GraphName, {format = 'mermaid'}: GraphOptions = {}): number {
	if (isMachine(name)) {
		const text = toMermaid(machines[name]);
		if (format === 'json') printJson({machine: name, mermaid: text});
		else print(format === 'md' ? `\`\`\`mermaid\n${text}\n\`\`\`` : text);
		return 0;
	}
	if (format === 'json') {
		printJson({attacks: matrix.map(row => ({...row, cells: row.cells.map(cell => ({...cell, test: cellName(row, cell)}))}))});
		return 0;
	}
	print(attacks());
	return 0;
}

/** A row a cell: what the attack wins is said once. */
function attacks(): string {
	const rows = matrix.flatMap(row =>
		row.cells.map((cell, k) => [
			k === 0 ? row.attack : '',
			k === 0 ? row.wins : '',
			cell.does,
			`${cellTitle(cell)} (${cell.is})`,
			cell.how,
			cellName(row, cell),
		]),
	);
	const head = ['attack', 'wins, where nothing stops it', '', 'by', 'how', 'test'];
	const widths = head.map((title, column) => Math.max(title.length, ...rows.map(row => row[column]!.length)));
	const line = (row: readonly string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
	return [line(head), `| ${widths.map(width => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}
