/**
 * Scripted games which together raise every transition of the rule machines that the verbs of the game can raise.
 * A line is made as it stands; one that begins with "!" must be refused. `missing.test.ts` plays them on damaged machines.
 */
import type {Scenario} from '../../source/scenario/schema.js';
import {lifeScripts} from './corpus-life.js';
import {vault} from './play.js';

export interface Script {
	readonly name: string;
	readonly scenario: Scenario;
	/** Lines as in a moves file: `operators: freeze`, `attackers: end-turn`, `table: begin`. */
	readonly lines: readonly string[];
}

function script(name: string, scenario: Scenario, text: string): Script {
	const lines = text
		.split('\n')
		.map(line => line.trim())
		.filter(line => line !== '');
	return {name, scenario, lines: ['table: begin', ...lines]};
}

/** Everybody passes: the rest of a turn in which nothing more happens. */
const pass = 'attackers: end-turn\noperators: end-turn';

export const corpus: readonly Script[] = [
	script(
		'pauses in both parts of a turn, and an end in a pause',
		vault({file: {turns: 3}}),
		`
		!table: resume
		table: pause
		!table: pause
		!attackers: end-turn
		!operators: note "nothing is written in a pause"
		table: resume
		attackers: end-turn
		table: pause
		!operators: end-turn
		table: resume
		operators: end-turn
		table: pause
		table: stop
		!table: pause
		table: close`,
	),
	script(
		'two payments, notes, the hot wash and the end',
		vault({file: {turns: 2}}),
		`
		!table: begin
		!operators: approve payroll party=ada basis=display
		attackers: note "quiet"
		attackers: submit refund
		attackers: end-turn
		!attackers: submit refund
		operators: note "all up" suspect=ada
		operators: note suspect=ada
		operators: approve payroll party=ada basis=display
		!operators: sign payroll parties=ada,ben
		operators: approve payroll party=ben basis=digest
		operators: approve payroll party=chi basis=display
		operators: sign payroll parties=ada,ben
		!operators: sign payroll parties=ada,ben
		operators: deny refund
		!operators: approve refund party=ada basis=display
		operators: approve vendor party=ben basis=display
		operators: approve vendor party=ada basis=display
		operators: deny vendor
		!operators: sign vendor parties=ada,ben
		operators: end-turn
		attackers: end-turn
		operators: hold payroll
		!operators: hold payroll
		operators: release payroll
		operators: end-turn
		!operators: end-turn
		operators: note "we looked twice"
		table: close
		!operators: note "too late"
		!table: close`,
	),
	script(
		'a dealer makes the key; an inspection, an isolation, suspicions that move on',
		vault({file: {keygen: 'dealer', turns: 8}}),
		`
		attackers: end-turn
		operators: inspect party=ada depth=full
		!operators: approve payroll party=ada basis=display
		operators: note suspect=ada
		operators: approve payroll party=ben basis=display
		operators: end-turn
		attackers: end-turn
		operators: approve payroll party=ada basis=display
		operators: note suspect=ben
		operators: note suspect=chi
		operators: inspect party=chi depth=full
		!operators: approve payroll party=chi basis=display
		operators: end-turn
		attackers: end-turn
		operators: note suspect=chi
		operators: isolate party=chi
		operators: note suspect=chi
		!operators: isolate party=chi
		!operators: rejoin party=chi
		operators: isolate party=ben
		!operators: sign payroll parties=ada,ben
		operators: end-turn
		!operators: approve payroll party=ada basis=display
		attackers: end-turn
		operators: rejoin party=chi
		operators: rejoin party=ben
		operators: approve vendor party=chi basis=display
		operators: approve vendor party=ben basis=display
		operators: sign vendor parties=ben,chi
		operators: end-turn
		attackers: end-turn
		table: stop
		!operators: end-turn
		table: close`,
	),
	script(
		'a delayed party: stalled in both rounds, frozen, resumed, aborted',
		vault({
			deal: 'world: link at=ben\nworld: link at=ada',
			file: {turns: 9, attackers: {points: 9}, operators: {points: 9}},
			requests: {payroll: {due: 9}, vendor: {due: 9}},
		}),
		`
		attackers: delay party=ben
		attackers: end-turn
		operators: approve payroll party=ada basis=display
		operators: approve payroll party=ben basis=display
		operators: approve payroll party=chi basis=display
		operators: approve vendor party=ada basis=display
		operators: approve vendor party=ben basis=display
		operators: approve vendor party=chi basis=display
		operators: sign payroll parties=ada,ben
		operators: sign vendor parties=ada,ben
		operators: end-turn
		attackers: delay party=ada
		attackers: end-turn
		!operators: sign vendor parties=ada,ben
		operators: end-turn
		attackers: end-turn
		operators: end-turn
		attackers: delay party=ben
		attackers: end-turn
		operators: announce payroll to=bank
		operators: sign vendor parties=ada,ben
		operators: end-turn
		attackers: end-turn
		operators: freeze
		!operators: freeze
		!operators: retry vendor parties=ada,ben
		operators: end-turn
		attackers: end-turn
		operators: unfreeze
		operators: freeze
		operators: abort vendor
		operators: unfreeze
		!operators: unfreeze
		operators: sign vendor parties=ada,ben
		operators: end-turn
		attackers: end-turn
		operators: freeze
		!operators: sign vendor parties=ada,ben
		operators: unfreeze
		operators: end-turn`,
	),
	script(
		'a delayed party answers a turn later; the payment is final and announced',
		vault({deal: 'world: link at=ben', file: {turns: 6}}),
		`
		attackers: delay party=ben
		attackers: end-turn
		operators: approve payroll party=ada basis=display
		operators: approve payroll party=ben basis=display
		operators: approve vendor party=ben basis=display
		operators: approve vendor party=chi basis=display
		operators: sign payroll parties=ada,ben
		operators: end-turn
		${pass}
		attackers: end-turn
		!operators: sign payroll parties=ada,ben
		operators: sign vendor parties=ben,chi
		operators: end-turn
		attackers: end-turn
		operators: announce payroll to=bank
		operators: end-turn`,
	),
	script(
		'a dropped party: retried with others, its nonces discarded when it is back',
		vault({
			deal: 'world: link at=ben\nworld: maintenance party=ben turns=1 turn=2',
			file: {turns: 6},
			requests: {payroll: {due: 6}, vendor: {due: 2}, bonus: {opens: 1, due: 1, by: 'people', amount: 5, to: 'staff'}},
		}),
		`
		attackers: drop party=ben
		attackers: end-turn
		operators: approve payroll party=ada basis=display
		operators: approve payroll party=ben basis=display
		operators: approve payroll party=chi basis=display
		operators: approve vendor party=ada basis=display
		operators: approve vendor party=chi basis=display
		operators: sign payroll parties=ada,ben
		operators: end-turn
		attackers: end-turn
		!operators: approve bonus party=ada basis=display
		!operators: approve payroll party=ben basis=digest
		operators: retry payroll parties=ada,chi
		operators: end-turn
		attackers: end-turn
		!operators: sign vendor parties=ada,chi
		operators: hold payroll
		operators: announce payroll to=staff
		!operators: release payroll
		operators: discard-nonces party=ben
		!operators: discard-nonces party=ben
		operators: end-turn`,
	),
	script(
		'a signing that is late at its deadline',
		vault({deal: 'world: link at=ben', file: {turns: 5}, requests: {payroll: {due: 1}}}),
		`
		attackers: drop party=ben
		attackers: end-turn
		operators: approve payroll party=ada basis=display
		operators: approve payroll party=ben basis=display
		operators: approve vendor party=ada basis=display
		operators: approve vendor party=ben basis=display
		operators: sign payroll parties=ada,ben
		operators: end-turn
		attackers: end-turn
		!operators: retry payroll parties=ada,ben
		!operators: sign vendor parties=ada,ben
		operators: abort payroll
		operators: sign vendor parties=ada,ben
		operators: end-turn`,
	),
	script(
		'approvals that count once, a wrong partial, a timelock, a policy that denies, an order that the freeze cancels',
		vault({
			deal: 'world: way-in at=ben',
			controls: {'one-time-approvals': 'on', timelock: 'on', 'distinct-domains': 'on'},
			file: {
				turns: 8,
				operators: {points: 9},
				parties: {ada: {domain: 'office'}, ben: {domain: 'cloud'}, chi: {domain: 'office'}},
			},
			requests: {payroll: {due: 8}, vendor: {due: 8}},
		}),
		`
		attackers: implant party=ben
		attackers: corrupt-partial party=ben
		attackers: end-turn
		operators: approve payroll party=ada basis=display
		operators: approve payroll party=ben basis=display
		operators: sign payroll parties=ada,ben
		operators: approve vendor party=ada basis=display
		operators: approve vendor party=chi basis=display
		operators: sign vendor parties=ada,chi
		operators: end-turn
		attackers: end-turn
		!operators: sign payroll parties=ada,ben
		!operators: sign vendor parties=ada,chi
		operators: approve payroll party=ada basis=display
		operators: approve payroll party=ben basis=display
		operators: sign payroll parties=ada,ben
		operators: approve vendor party=ben basis=display
		operators: approve vendor party=chi basis=display
		operators: sign vendor parties=ben,chi
		operators: freeze
		operators: end-turn
		attackers: end-turn
		operators: unfreeze
		operators: sign payroll parties=ada,ben
		operators: sign vendor parties=ben,chi
		operators: end-turn
		attackers: end-turn
		!operators: release payroll
		operators: announce vendor to=acme
		operators: end-turn
		attackers: end-turn
		operators: hold payroll
		operators: release payroll
		operators: end-turn
		attackers: end-turn
		operators: announce payroll to=staff
		operators: end-turn`,
	),
	script(
		'computations: a sum, a product of three, one that a dropped party ends',
		vault({
			deal: 'world: link at=ben',
			file: {
				turns: 6,
				computations: {
					total: {function: 'sum', inputs: {ada: 1, ben: 2, chi: 3}, due: 6, by: 'finance', queries: true},
					volume: {function: 'product', inputs: {ada: 4, ben: 5, chi: 6}, due: 6, by: 'finance'},
				},
			},
		}),
		`
		attackers: end-turn
		operators: compute total
		!operators: compute total
		operators: compute volume
		operators: end-turn
		attackers: query total parties=ada,ben
		attackers: drop party=ben
		attackers: end-turn
		operators: approve payroll party=ada basis=display
		operators: approve payroll party=chi basis=display
		operators: sign payroll parties=ada,chi
		!operators: compute total
		operators: end-turn
		attackers: query total parties=ada,ben
		attackers: end-turn
		operators: approve vendor party=ada basis=display
		operators: approve vendor party=ben basis=display
		operators: sign vendor parties=ada,ben
		operators: end-turn`,
	),
	...['freeze', 'note suspect=chi'].map(move =>
		script(
			`two shares leave and make the key (${move})`,
			vault({deal: 'world: way-in at=ada\nworld: way-in at=ben', file: {attackers: {points: 9}}, requests: {payroll: {due: 6}}}),
			`
			attackers: implant party=ada
			attackers: implant party=ben
			attackers: end-turn
			operators: approve payroll party=ada basis=display
			operators: approve payroll party=ben basis=display
			operators: end-turn
			attackers: steal-share party=ada
			attackers: steal-share party=ben
			attackers: end-turn
			operators: ${move}
			operators: end-turn
			attackers: end-turn
			!operators: sign payroll parties=ada,ben
			!operators: freeze
			!operators: unfreeze
			operators: announce o1 to=bank
			operators: end-turn
			table: close`,
		),
	),
	...['rogue-key', 'equivocate', 'corrupt-deal'].map(by =>
		script(
			`a keygen that is aborted and run again (${by})`,
			vault({deal: `world: keygen-attack at=ben by=${by}`, file: {turns: 2}}),
			`
			attackers: end-turn
			operators: approve payroll party=ada basis=display
			operators: approve payroll party=ben basis=display
			operators: sign payroll parties=ada,ben
			operators: end-turn`,
		),
	),
	script(
		'a machine that is set back signs when it has discarded its nonces; two custodians sign for money',
		vault({
			deal: 'world: way-in at=ben',
			controls: {'nonce-guard': 'on'},
			file: {turns: 4, operators: {points: 9}, attackers: {points: 9, bribable: ['ada', 'chi']}},
			requests: {payroll: {due: 4}, vendor: {due: 4}},
		}),
		`
		attackers: implant party=ben
		attackers: snapshot party=ben
		attackers: end-turn
		operators: approve payroll party=ada basis=display
		operators: approve payroll party=ben basis=display
		operators: sign payroll parties=ada,ben
		operators: end-turn
		attackers: restore-snapshot party=ben
		attackers: end-turn
		operators: approve vendor party=ada basis=display
		operators: approve vendor party=ben basis=display
		operators: sign vendor parties=ada,ben
		operators: end-turn
		attackers: bribe party=ada
		attackers: bribe party=chi
		attackers: submit refund
		attackers: end-turn
		!operators: sign vendor parties=ada,ben
		operators: discard-nonces party=ben
		operators: sign vendor parties=ada,ben
		operators: end-turn
		attackers: end-turn
		!operators: approve refund party=ada basis=display
		operators: hold refund
		operators: end-turn`,
	),
	...lifeScripts,
];
