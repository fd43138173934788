/** Blocks of moves: each line parses, and says the side whose moves belong there. */
import {withoutComment} from './move-lines.js';
import type {MoveProblem} from './schema.js';
import type {Finding} from './source.js';

/** Which sides' moves a block may hold, and what to say of others. */
const BLOCKS = {
	deal: {
		sides: ['world'],
		hint: "what is true from the start is the world's: `world: way-in at=ben`; moves of the attackers go into the playbook",
	},
	playbook: {sides: ['attackers'], hint: 'a playbook holds moves of the attackers: `attackers: implant party=chi`'},
	inject: {sides: ['world', 'attackers', 'operators'], hint: 'start the line with world:, attackers: or operators:'},
	test: {sides: ['operators', 'attackers'], hint: 'start the line with operators: or attackers:, or write `turn 3`'},
} as const;
export type BlockKind = keyof typeof BLOCKS;

/** More of one block is not worth reading at once. */
const MAX_FINDINGS = 20;

export interface BlockOptions {
	readonly kind: BlockKind;
	readonly turns: number;
	parseMove(line: string): {readonly ok: true} | MoveProblem;
}

/** What is wrong with a block; offsets count from 0 in its text. */
export function checkMoves(block: string, {kind, turns, parseMove}: BlockOptions): (Finding & {readonly offset: number})[] {
	const {sides, hint}: {readonly sides: readonly string[]; readonly hint: string} = BLOCKS[kind];
	const found: (Finding & {readonly offset: number})[] = [];
	let start = 0;
	let turn = 0;
	for (const line of block.split('\n')) {
		if (found.length >= MAX_FINDINGS) break;
		const move = withoutComment(line).trimEnd();
		const indent = move.length - move.trimStart().length;
		const say = (column: number, finding: Finding) => void found.push({...finding, offset: start + column - 1});
		const side = /^\s*([A-Za-z-]+)\s*:/.exec(move)?.[1];
		const number = kind === 'test' ? /^\s*turn\s+(\S+)$/.exec(move)?.[1] : undefined;
		if (move === '') {
			// A comment or an empty line.
		} else if (number !== undefined) {
			const next = Number(number);
			if (!Number.isInteger(next) || next <= turn || next > turns)
				say(move.lastIndexOf(number) + 1, {
					code: 'turn-never-played',
					message: `the test cannot play on to turn ${number}`,
					expected: turn < turns ? `a turn from ${turn + 1} to ${turns}` : 'no more turns',
					...(next === turns + 1 ? {hint: 'the turn that follows an unauthorised output is reached by "operators: end-turn"'} : {}),
				});
			else turn = next;
		} else if (side === undefined || !sides.includes(side)) {
			say(indent + 1, {
				code: 'move',
				message: side === undefined ? 'the line does not say whose move it is' : `"${side}:" does not fit here`,
				expected: `a line that starts with ${sides.map(one => `${one}:`).join(' or ')}`,
				hint,
			});
		} else {
			const parsed = parseMove(move.trim());
			if (!parsed.ok) say(indent + parsed.column, {code: 'move', message: parsed.message, expected: parsed.expected, hint: parsed.hint});
		}
		start += line.length + 1;
	}
	return found;
}
