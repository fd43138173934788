/** Words and small pieces that the debrief's sections share. */
import type {DebriefModel, Origin} from './debrief.js';
import {type Block, codeLines, list, paragraph, type Section, type Text, table} from './document.js';
import {type Equation, equationLine} from './equation.js';
import type {Finding} from './finding.js';
import {stopped} from './plain-text.js';

export function momentWords({turn, line, at}: {readonly turn: number; readonly line: number; readonly at?: string}): string {
	return `turn ${turn}, line ${line}${at === undefined ? '' : `, ${at}`}`;
}

export function linesWords(lines: readonly number[]): string {
	return lines.length === 0 ? '' : `${lines.length > 1 ? 'lines' : 'line'} ${lines.join(', ')}`;
}

export function bar(score: number): string {
	const full = Math.max(0, Math.min(10, Math.round(score / 10)));
	return '#'.repeat(full) + '.'.repeat(10 - full);
}

export function originWords(origin: Origin | undefined): string {
	if (origin === undefined || origin.is === 'not declared') return 'to be declared; nobody has yet';
	if (origin.is === 'computed') return origin.from === 'journal' ? 'computed' : 're-run, computed';
	return 'at' in origin ? `declared by ${origin.by}, ${origin.at}` : `declared by ${origin.by}`;
}

/** A section whose origin is that of a part of the model. */
export function section(model: Pick<DebriefModel, 'origins'>, part: string, id: string, title: string, blocks: readonly Block[]): Section {
	return {id, title, origin: originWords(model.origins[part]), blocks};
}

/** Two columns, without the rows that have nothing to say. */
export function facts(title: string, rows: ReadonlyArray<readonly [what: string, value: Text]>): Block[] {
	return table(
		title,
		['what', 'value'],
		rows.filter(([, value]) => value !== ''),
	);
}

/** Both sides in full, to be copied and recomputed. */
function numbers(equation: Equation): Block {
	const width = Math.max(equation.left.label.length, equation.right.label.length);
	const row = ({label, value}: Equation['left']) => `${label.padEnd(width)}  ${value}`;
	return codeLines([
		...(`${equation.left.label} = ${equation.right.label}` === equation.formula ? [] : [equation.formula]),
		row(equation.left),
		row(equation.right),
		equation.verdict,
	]);
}

export function findingBlocks({assumption, boundary, how, equations, ...moment}: Finding, rested = 'rested on'): Block[] {
	const [first, ...more] = equations;
	return [
		{is: 'quote', text: `“${assumption}”`},
		...list([
			['at: ', {strong: boundary}, `, ${momentWords(moment)}`],
			`${rested}: ${stopped(how)}`,
			...(first ? [`because: ${equationLine(first)}. ${first.meaning}`] : []),
		]),
		...(first ? [numbers(first)] : []),
		...more.flatMap(each => [paragraph(`and: ${equationLine(each)}. ${each.meaning}`), numbers(each)]),
	];
}
