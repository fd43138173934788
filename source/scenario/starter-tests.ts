/** The tests of a file to start from: lines of moves that its policy admits, and what they bring about. */
import type {Setup} from './starter-setup.js';
import {expressionText, indent, quoted} from './starter-yaml.js';

/** Who approves in the file's tests, and on what: depends on the policy, which is asked before. */
export interface StarterQuorum {
	readonly parties: readonly string[];
	readonly basis: 'display' | 'digest' | 'callback';
}

/** What the tests of a file are made of. */
export interface StarterPlan {
	/** `drill`: worlds, injects and all, with comments. `short`: the smallest file that is worth playing. */
	readonly template: 'drill' | 'short';
	/** A quorum that the policy admits for payroll, and one on display for the invoice, where there is one. */
	readonly payroll: StarterQuorum;
	readonly display?: StarterQuorum | undefined;
}

/** The moves by which a quorum gets a request signed that opens in `from`, and the turn in which it is signed. */
function served(request: string, {parties, basis}: StarterQuorum, threshold: number, from: number): {lines: string[]; turn: number} {
	const turn = basis === 'callback' ? from + 1 : from;
	return {
		turn,
		lines: [
			...(from > 1 ? [`turn ${from}`] : []),
			...(basis === 'callback' ? [`operators: call-back ${request}`, `turn ${turn}`] : []),
			...parties.map(party => `operators: approve ${request} party=${party} basis=${basis}`),
			`operators: sign ${request} parties=${parties.slice(0, threshold).join(',')}`,
			`turn ${turn + 1}`,
		],
	};
}

interface StarterTest {
	readonly name: string;
	readonly world: string;
	readonly moves: readonly string[];
	readonly expect: string;
}

export function testText({name, world, moves, expect}: StarterTest): string {
	return `  - name: ${quoted(name)}\n    world: ${world}\n    moves: |\n${indent(moves, 6)}\n    expect: ${expressionText(expect)}`;
}

export function testsOf({parties, threshold}: Setup, {payroll, display, template}: StarterPlan): StarterTest[] {
	const holders = parties.slice(0, threshold).map(({id}) => id);
	const first = parties[0]!.id;
	const care = served('payroll', payroll, threshold, 1);
	const swap = ['turn 2', 'attackers: swap-payload invoice'];
	const onDisplay = (of: readonly string[]) => of.map(party => `operators: approve invoice party=${party} basis=display`);
	const sign = (of: readonly string[]) => [`operators: sign invoice parties=${of.slice(0, threshold).join(',')}`, 'turn 3'];
	const stored = parties.find(({backup}) => backup !== undefined);
	return [
		{
			name: 'payroll is served by a quorum that the policy admits',
			world: 'honest',
			moves: care.lines,
			expect: `payroll.signed_at == ${care.turn} && outputs.all(o, o.authorised)`,
		},
		{
			name: 'a digest sees the swap, and nobody approves',
			world: 'swapped',
			moves: [...swap, ...holders.map(party => `operators: approve invoice party=${party} basis=digest`)],
			expect: '!invoice.approved && outputs.all(o, o.authorised)',
		},
		display
			? {
					name: 'approved on display, the swapped bytes are signed',
					world: 'swapped',
					moves: [...swap, ...onDisplay(display.parties), ...sign(display.parties)],
					expect: 'outputs.exists(o, o.request == "invoice" && !o.authorised)',
				}
			: {
					name: 'the policy does not take a display for an invoice',
					world: 'swapped',
					moves: [...swap, ...onDisplay(holders), ...sign(holders)],
					expect: '!outputs.exists(o, o.request == "invoice")',
				},
		...(template === 'short'
			? []
			: [
					{
						name: 'one stolen share is not the key',
						world: 'insider',
						moves: [`attackers: implant party=${first}`, 'turn 2', `attackers: steal-share party=${first}`, 'turn 3'],
						expect: 'stolen == 1 && stolen < threshold && outputs.all(o, o.authorised)',
					},
				]),
		...(template === 'short' || stored === undefined
			? []
			: [
					{
						name: 'a backup is a share to whoever opens it',
						world: 'open-safe',
						moves: [`attackers: steal-backup party=${stored.id}`, 'turn 2'],
						expect: 'stolen == 1',
					},
				]),
	];
}
