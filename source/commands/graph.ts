/** `graph`: a scenario, a rule machine, or the attack x control matrix as a picture; all are made from what is drawn. */
import {existsSync} from 'node:fs';
import {toDot} from '../../machines/dot.js';
import {type MachineName, machines} from '../../machines/index.js';
import {toMermaid} from '../../machines/mermaid.js';
import {type Cell, cellName, cellTitle, matrix, type Row} from '../engine/matrix.js';
import {type Diagram, drawSvg, toDotText, toMermaidText} from '../report/diagram.js';
import {matrixDiagram} from '../report/matrix-diagram.js';
import {wrap} from '../report/plain-text.js';
import {scenarioDiagram} from '../report/scenario-diagram.js';
import {didYouMean, harmless} from '../scenario/diagnostic.js';
import {checkWorld} from './chosen-test.js';
import {CommandError} from './command-error.js';
import {deliver} from './output.js';
import {scenariosById} from './paths.js';
import {openScenario} from './scenario-files.js';

export interface GraphOptions {
	/**
	 * md: Mermaid in a fence, as Markdown shows it, and the matrix as a table; mermaid prints the matrix as a table too. text: the matrix in lines for a
	 * terminal. Without one: Mermaid; the matrix as text on a terminal, as a table elsewhere.
	 */
	readonly format?: 'mermaid' | 'md' | 'dot' | 'svg' | 'json' | 'text';
	readonly out?: string;
	/** Of a scenario: draws this world alone. */
	readonly world?: string;
}

/** What can be drawn besides scenarios. */
export const drawn: readonly string[] = [...Object.keys(machines), 'attacks'];

const isMachine = (name: string): name is MachineName => Object.hasOwn(machines, name);

/** @throws {CommandError} for a name that nothing has */
export async function graph(name: string, {format, out, world}: GraphOptions = {}): Promise<number> {
	if (format === 'text' && name !== 'attacks')
		throw new CommandError(`${harmless(name)} is a picture; only the attacks can be told as text.`);
	if (world !== undefined && drawn.includes(name)) throw new CommandError(`${name} has no worlds; --world belongs to a scenario.`);
	const text = isMachine(name)
		? await machineText(name, format)
		: name === 'attacks'
			? await attacksText(format ?? (out === undefined && process.stdout.isTTY ? 'text' : 'md'))
			: await scenarioText(name, format, world);
	deliver(text, out);
	return 0;
}

const json = (value: unknown): string => JSON.stringify(value, null, '\t');
const fenced = (mermaid: string): string => `\`\`\`mermaid\n${mermaid}\n\`\`\``;

async function machineText(name: MachineName, format: GraphOptions['format']): Promise<string> {
	const mermaid = toMermaid(machines[name]);
	switch (format) {
		case 'json':
			return json({machine: name, mermaid});
		case 'md':
			return fenced(mermaid);
		case 'dot':
			return toDot(machines[name]);
		case 'svg':
			return drawSvg(toDot(machines[name]), `The rule machine ${name}`);
		default:
			return mermaid;
	}
}

async function attacksText(format: GraphOptions['format']): Promise<string> {
	switch (format) {
		case 'json':
			return json({attacks: matrix.map(row => ({...row, cells: row.cells.map(cell => ({...cell, test: cellName(row, cell)}))}))});
		case 'dot':
		case 'svg':
			return diagramText(matrixDiagram(), format);
		case 'text':
			return attacksLines(process.stdout.columns || 80);
		default:
			return attacksTable();
	}
}

async function scenarioText(name: string, format: GraphOptions['format'], world: string | undefined): Promise<string> {
	const scenarios = scenariosById().map(({id}) => id);
	if (!/[\\/.]/.test(name) && !scenarios.includes(name) && !existsSync(name)) {
		const hint = didYouMean(name, [...drawn, ...scenarios]);
		throw new CommandError(
			`There is nothing to draw called "${harmless(name)}"${hint === undefined ? '.' : `; ${hint}`} There are: ${[...drawn, ...scenarios].join(', ')}; or give the path of a scenario.`,
		);
	}
	const {scenario} = openScenario(name);
	checkWorld(scenario, world);
	return diagramText(scenarioDiagram(scenario, world === undefined ? undefined : [world]), format);
}

async function diagramText(diagram: Diagram, format: GraphOptions['format']): Promise<string> {
	const {title, warning} = diagram;
	switch (format) {
		case 'json':
			return json(diagram);
		case 'dot':
			return toDotText(diagram);
		case 'svg':
			return drawSvg(toDotText(diagram), title, warning);
		case 'md':
			return `${warning === undefined ? '' : `**${warning}**\n\n`}${fenced(toMermaidText(diagram))}`;
		default:
			return toMermaidText(diagram);
	}
}

/** "rogue-key (ceremony)" */
function attackTitle({attack, isDealt, isCeremony}: Row): string {
	return `${attack}${isDealt ? ' (dealt)' : isCeremony ? ' (ceremony)' : ''}`;
}

/** A block an attack: what it wins, then what stops or exposes it and how. */
function attacksLines(columns: number): string {
	const width = Math.min(columns - 1, 100);
	const linesOf = (cell: Cell) => wrap(`${cellTitle(cell)} (${cell.is}): ${cell.how}`, width, `  ${cell.does.padEnd(9)}`, ' '.repeat(11));
	return matrix
		.map(row =>
			[
				...wrap(`${attackTitle(row)}: wins ${row.wins}`, width, '', '  '),
				...(row.cells.length === 0 ? ['  nothing stops or exposes it'] : row.cells.flatMap(linesOf)),
			].join('\n'),
		)
		.join('\n\n');
}

/** A row a cell: what the attack wins is said once. */
function attacksTable(): string {
	const rows = matrix.flatMap(row =>
		row.cells.map((cell, k) => [
			k === 0 ? attackTitle(row) : '',
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
