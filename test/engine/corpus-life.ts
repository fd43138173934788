/** Scripted games of the life of a key: every transition that refresh, reshare, repair, rotation, recovery and retirement can raise. */
import type {Scenario} from '../../source/scenario/schema.js';
import {vault} from './play.js';

interface Script {
	readonly name: string;
	readonly scenario: Scenario;
	readonly lines: readonly string[];
}

function script(name: string, scenario: Scenario, text: string): Script {
	const lines = text
		.split('\n')
		.map(line => line.trim())
		.filter(line => line !== '');
	return {name, scenario, lines: ['table: begin', ...lines]};
}

const pass = 'attackers: end-turn\noperators: end-turn';
const rich = {operators: {points: 9}, attackers: {points: 9}, turns: 9};
const late = {payroll: {due: 9}, vendor: {due: 9}};
const places = {
	ada: {domain: 'office', backup: 'safe-a'},
	ben: {domain: 'cloud', backup: 'safe-b'},
	chi: {domain: 'datacentre'},
};
const five = {...places, dee: {domain: 'office', holds: false}, eli: {domain: 'cloud', holds: false}};

/** A ceremony that is given up at each of its stages, and goes through in the end. */
const stages = (line: string) => `
	${[1, 3, 4].map(round => `attackers: drop party=chi round=${round}\nattackers: end-turn\noperators: ${line}\noperators: end-turn`).join('\n')}
	attackers: end-turn
	operators: ${line}
	!operators: ${line}
	operators: end-turn
	attackers: end-turn
	operators: ${line}
	operators: end-turn`;

export const lifeScripts: readonly Script[] = [
	...['refresh', 'reshare threshold=2 parties=ada,ben,chi'].map(line =>
		script(
			`${line}: lost in each round, then done`,
			vault({deal: 'world: link at=chi', controls: {'ack-before-erase': 'on'}, file: rich, requests: late}),
			stages(line),
		),
	),
	...['refresh', 'reshare threshold=2 parties=ada,ben,chi'].map(line =>
		script(
			`${line}: nobody waits for acknowledgements`,
			vault({deal: 'world: link at=chi', file: rich, requests: late}),
			`
			attackers: drop party=chi round=4
			attackers: end-turn
			operators: ${line}
			operators: end-turn
			attackers: end-turn
			operators: approve vendor party=ada basis=display
			operators: approve vendor party=chi basis=display
			operators: sign vendor parties=ada,chi
			operators: end-turn`,
		),
	),
	script(
		'a dealer of a reshare goes silent before its values leave',
		vault({deal: 'world: link at=ada', file: rich, requests: late}),
		`
		attackers: drop party=ada round=3
		attackers: end-turn
		operators: reshare threshold=2 parties=ada,ben,chi
		operators: end-turn
		attackers: end-turn
		operators: refresh
		operators: end-turn`,
	),
	script(
		'a holder misses two refreshes, is repaired, loses its share, and again',
		vault({deal: 'world: lose-share party=chi turn=5\nworld: lose-share party=chi turn=7', file: rich, requests: late}),
		`
		attackers: end-turn
		operators: refresh parties=ada,ben
		operators: end-turn
		attackers: end-turn
		!operators: refresh parties=ada,chi
		operators: refresh
		operators: end-turn
		attackers: end-turn
		!operators: refresh parties=ada,chi
		operators: repair party=chi
		operators: end-turn
		attackers: end-turn
		operators: refresh parties=ada,ben
		operators: end-turn
		attackers: end-turn
		!operators: inspect party=chi
		!operators: repair party=ada
		operators: repair party=chi
		operators: end-turn
		attackers: end-turn
		operators: refresh parties=ada,chi
		operators: end-turn
		attackers: end-turn
		!operators: inspect party=chi
		!operators: repair party=chi
		operators: end-turn`,
	),
	script(
		'repairs that fail and that take a backup',
		vault({deal: 'world: bad-disk party=chi', file: {...rich, parties: places}, requests: late}),
		`
		attackers: end-turn
		!operators: repair party=ada parties=ben
		operators: repair party=ada parties=ben,chi
		operators: end-turn
		attackers: end-turn
		operators: repair party=chi
		operators: end-turn
		attackers: end-turn
		operators: repair party=ada from=backup
		operators: end-turn
		attackers: end-turn
		operators: approve vendor party=ada basis=display
		operators: approve vendor party=chi basis=display
		operators: sign vendor parties=ada,chi
		operators: end-turn`,
	),
	...(['', 'note suspect=ada', 'isolate party=ada', 'inspect party=ada depth=full'] as const).map(move =>
		script(
			`a holder leaves in a reshare (${move})`,
			vault({file: {...rich, parties: five}, requests: late}),
			`
			attackers: end-turn
			operators: approve payroll party=ada basis=display
			operators: approve payroll party=ben basis=display
			operators: approve payroll party=chi basis=display
			operators: approve vendor party=ada basis=display
			${move === '' ? '' : `operators: ${move}`}
			operators: reshare threshold=2 parties=ben,chi,dee
			operators: end-turn
			attackers: end-turn
			!operators: approve payroll party=ada basis=display
			operators: sign payroll parties=ben,chi
			operators: end-turn
			attackers: end-turn
			!operators: reshare threshold=2 parties=ada,ben
			operators: approve vendor party=ben basis=display
			operators: approve vendor party=dee basis=display
			operators: reshare threshold=3 parties=ben,chi,dee
			operators: end-turn
			attackers: end-turn
			!operators: sign vendor parties=ben,dee
			operators: approve vendor party=chi basis=display
			operators: sign vendor parties=ben,chi,dee
			operators: end-turn`,
		),
	),
	script(
		'rotation: given up, done, swept, destroyed',
		vault({deal: 'world: link at=chi', file: rich, requests: late}),
		`
		attackers: drop party=chi
		attackers: end-turn
		operators: approve payroll party=ada basis=display
		operators: approve payroll party=ben basis=display
		operators: approve vendor party=ada basis=display
		operators: rotate
		operators: end-turn
		attackers: end-turn
		operators: rotate parties=ada,ben
		operators: end-turn
		attackers: end-turn
		!operators: sign payroll parties=ada,ben
		!operators: rotate
		operators: approve sweep party=ada basis=display
		operators: approve sweep party=chi basis=display
		operators: sign sweep parties=ada,chi
		operators: end-turn
		${pass}
		attackers: end-turn
		!operators: approve payroll party=chi basis=display
		operators: approve payroll party=ada basis=display
		operators: approve payroll party=ben basis=display
		operators: sign payroll parties=ada,ben
		operators: end-turn`,
	),
	script(
		'shares of a retired key are used, and go in the end',
		vault({
			deal: 'world: way-in at=ada\nworld: way-in at=ben',
			controls: {'erase-old-shares': 'off'},
			file: {...rich, turns: 12},
			requests: late,
		}),
		`
		attackers: implant party=ada
		attackers: implant party=ben
		attackers: end-turn
		operators: rotate parties=ben,chi
		operators: end-turn
		attackers: end-turn
		operators: approve sweep party=ada basis=display
		operators: approve sweep party=ben basis=display
		operators: sign sweep parties=ada,ben
		operators: end-turn
		${pass}
		attackers: steal-share party=ada
		attackers: steal-share party=ben
		attackers: end-turn
		operators: end-turn
		attackers: end-turn
		operators: harden erase-old-shares
		operators: end-turn
		${pass}
		attackers: end-turn
		!operators: inspect party=ada
		operators: end-turn`,
	),
	script(
		'recovery: of nothing, of a mixture, of the key; rotation away from it',
		vault({controls: {'fingerprinted-backups': 'on'}, deal: 'world: link at=chi', file: {...rich, parties: places}, requests: late}),
		`
		attackers: end-turn
		operators: refresh
		operators: end-turn
		attackers: end-turn
		operators: back-up party=ben
		operators: destroy-backups
		!operators: recover at=ada
		operators: refresh
		operators: end-turn
		attackers: end-turn
		operators: back-up party=ada
		operators: freeze
		operators: recover at=ada
		operators: end-turn
		attackers: end-turn
		operators: unfreeze
		operators: recover at=ada
		operators: end-turn
		attackers: end-turn
		operators: back-up party=ben
		operators: recover at=coordinator
		!operators: recover at=ada
		operators: end-turn
		attackers: drop party=chi
		attackers: end-turn
		!operators: recover at=ada
		operators: rotate
		operators: end-turn
		attackers: end-turn
		operators: destroy-backups party=ada
		operators: destroy-backups party=ben
		operators: rotate
		operators: end-turn
		attackers: end-turn
		operators: refresh
		operators: end-turn`,
	),
	...['', 'freeze'].map(move =>
		script(
			`recovery of a mixture that is thrown together (${move})`,
			vault({file: {...rich, parties: places}, requests: late}),
			`
			attackers: end-turn
			operators: refresh
			operators: end-turn
			attackers: end-turn
			operators: back-up party=ben
			${move === '' ? '' : `operators: ${move}`}
			operators: recover at=ada
			operators: end-turn
			attackers: end-turn
			operators: ${move === '' ? 'freeze' : 'unfreeze'}
			operators: drill at=ada
			operators: destroy-backups party=ada
			operators: end-turn`,
		),
	),
	...['', 'freeze'].map(move =>
		script(
			`a drill that burns the key (${move})`,
			vault({deal: 'world: way-in at=ada', file: {...rich, parties: places}, requests: late}),
			`
			${move === '' ? '' : 'attackers: implant party=ada'}
			attackers: end-turn
			${move === '' ? '' : `operators: ${move}`}
			operators: drill at=ada
			!operators: drill at=ada
			!operators: freeze
			operators: end-turn
			attackers: end-turn
			operators: rotate
			operators: end-turn`,
		),
	),
	script(
		'an exposed key: rotation given up',
		vault({deal: 'world: way-in at=ada\nworld: way-in at=ben\nworld: link at=chi', file: rich, requests: late}),
		`
		attackers: implant party=ada
		attackers: implant party=ben
		attackers: end-turn
		operators: end-turn
		attackers: steal-share party=ada
		attackers: steal-share party=ben
		attackers: end-turn
		operators: end-turn
		attackers: drop party=chi
		attackers: end-turn
		operators: rotate
		operators: end-turn`,
	),
	script(
		'an exposed key: rotation done',
		vault({deal: 'world: way-in at=ada\nworld: way-in at=ben', file: rich, requests: late}),
		`
		attackers: implant party=ada
		attackers: implant party=ben
		attackers: end-turn
		operators: end-turn
		attackers: steal-share party=ada
		attackers: steal-share party=ben
		attackers: end-turn
		operators: end-turn
		attackers: end-turn
		operators: rotate
		operators: end-turn`,
	),
	script(
		'a burned key moves what it guarded: its sweep waits, goes on and is tried again, and its shares end',
		vault({
			deal: 'world: link at=ben\nworld: link at=ada\nworld: way-in at=ben',
			file: {...rich, turns: 20, parties: places},
			requests: late,
		}),
		`
		attackers: implant party=ben
		attackers: end-turn
		operators: drill at=ada
		!operators: sign payroll parties=ada,ben
		operators: rotate
		operators: end-turn
		attackers: delay party=ben
		attackers: end-turn
		operators: approve sweep party=ada basis=display
		operators: approve sweep party=ben basis=display
		operators: sign sweep parties=ada,ben
		operators: end-turn
		attackers: delay party=ada
		attackers: end-turn
		operators: end-turn
		attackers: end-turn
		operators: abort sweep
		operators: sign sweep parties=ada,ben
		operators: end-turn
		attackers: end-turn
		operators: hold sweep
		operators: release sweep
		operators: end-turn
		attackers: corrupt-partial party=ben
		attackers: end-turn
		operators: end-turn
		attackers: end-turn
		operators: destroy-backups
		operators: end-turn
		!operators: sign sweep parties=ada,ben`,
	),
	script(
		'a burned key moves what it guarded: late messages arrive in both rounds',
		vault({deal: 'world: link at=ben\nworld: link at=ada', file: {...rich, turns: 20, parties: places}, requests: late}),
		`
		attackers: end-turn
		operators: drill at=ada
		operators: rotate
		operators: end-turn
		attackers: delay party=ben
		attackers: end-turn
		operators: approve sweep party=ada basis=display
		operators: approve sweep party=ben basis=display
		operators: sign sweep parties=ada,ben
		operators: end-turn
		attackers: delay party=ada
		attackers: end-turn
		operators: end-turn
		attackers: end-turn
		operators: end-turn
		attackers: end-turn
		operators: announce sweep to=bank
		operators: end-turn
		attackers: end-turn
		operators: destroy-backups
		operators: end-turn`,
	),
	...['attackers: delay party=ben', 'attackers: drop party=ben round=2', 'attackers: corrupt-partial party=ben', ''].map(attack =>
		script(
			`an exposed key moves what it guarded in the turn that is left (${attack})`,
			vault({deal: 'world: implanted at=ada\nworld: implanted at=ben', file: rich, requests: late}),
			`
			attackers: steal-share party=ada
			attackers: steal-share party=ben
			attackers: end-turn
			operators: rotate
			operators: end-turn
			${attack}
			attackers: end-turn
			operators: approve sweep party=ada basis=display
			operators: approve sweep party=ben basis=display
			operators: sign sweep parties=ada,ben
			operators: end-turn
			!operators: approve sweep party=chi basis=display
			table: close`,
		),
	),
];
