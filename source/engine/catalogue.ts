/**
 * The catalogue: every verb of the game. Menus, help, prices, completion, the author's guide and the attack x control matrix
 * are made from it; a move parses, prints and is checked against it.
 */
import {didYouMean, suggest} from '../scenario/diagnostic.js';
import {controlIds} from './controls.js';
import {coordinatorId, logId} from './deal.js';
import {type Deciding, Refusal} from './deciding.js';
import type {Game} from './game.js';
import {type Move, NotationError, parseNotation, printMove, UnknownVerb} from './move.js';
import {approvalVerbs} from './moves/approvals.js';
import {attackVerbs} from './moves/attacks.js';
import {backupAttackVerbs} from './moves/backup-attacks.js';
import {backupVerbs} from './moves/backups.js';
import {bribeVerbs} from './moves/bribes.js';
import {computationVerbs} from './moves/computation.js';
import {custodyVerbs} from './moves/custody.js';
import {facilitatorVerbs} from './moves/facilitator.js';
import {governanceVerbs} from './moves/governance.js';
import {lifecycleMoves} from './moves/lifecycle.js';
import {machineVerbs} from './moves/machines.js';
import {orderVerbs} from './moves/orders.js';
import {outputVerbs} from './moves/outputs.js';
import {policyVerbs} from './moves/policy.js';
import {recordVerbs} from './moves/record.js';
import {signingVerbs} from './moves/signing.js';
import {tableVerbs} from './moves/table.js';
import {worldVerbs} from './moves/world.js';
import type {GameState} from './state.js';
import type {Parameter, Verb} from './verb.js';
import {stations} from './view.js';

export const catalogue: readonly Verb[] = [
	...approvalVerbs,
	...signingVerbs,
	...custodyVerbs,
	...lifecycleMoves,
	...backupVerbs,
	...governanceVerbs,
	...outputVerbs,
	...attackVerbs,
	...orderVerbs,
	...machineVerbs,
	...backupAttackVerbs,
	...bribeVerbs,
	...policyVerbs,
	...computationVerbs,
	...recordVerbs,
	...worldVerbs,
	...tableVerbs(runFree),
	...facilitatorVerbs,
].map(whole);

/**
 * The verb with all of its fields, those that it does without as undefined. Menus and counts read verbs hundreds of times a game; with one shape for all
 * of them V8 knows where each field lies.
 */
function whole(verb: Verb): {[Name in keyof Required<Verb>]: Verb[Name]} {
	return {
		name: verb.name,
		side: verb.side,
		station: verb.station,
		object: verb.object && wholeParameter(verb.object),
		parameters: verb.parameters.map(wholeParameter),
		cost: verb.cost,
		price: verb.price,
		does: verb.does,
		needs: verb.needs,
		evidence: verb.evidence,
		raises: verb.raises,
		stoppedBy: verb.stoppedBy,
		settles: verb.settles,
		audience: verb.audience,
		mayAllow: verb.mayAllow,
		check: verb.check,
		run: verb.run,
	};
}

function wholeParameter({name, kind, optional, size, insteadOf, about}: Parameter): Parameter {
	return {name, kind, optional, size, insteadOf, about};
}

const byName: Readonly<Record<Verb['side'], ReadonlyMap<string, Verb>>> = {
	operators: namesOf('operators'),
	attackers: namesOf('attackers'),
	world: namesOf('world'),
	table: namesOf('table'),
};

function namesOf(side: Verb['side']): ReadonlyMap<string, Verb> {
	return new Map(catalogue.filter(verb => verb.side === side).map(verb => [verb.name, verb]));
}

export function verbOf(name: string, side: Verb['side']): Verb | undefined {
	return byName[side].get(name);
}

const fixed: Readonly<Partial<Record<Parameter['kind'], readonly string[]>>> = {
	basis: ['display', 'digest', 'callback'],
	station: stations,
	level: ['1', '2'],
	depth: ['full'],
	field: ['z', 'value', 'hiding', 'binding', 'commitments'],
	source: ['backup'],
	trace: ['new-software', 'large-transfer', 'odd-mail', 'disk-errors', 'signing', 'decision'],
	control: controlIds,
};

/** The values that a parameter takes in this game; none when it is free text or a number. */
export function candidatesOf(parameter: Parameter, game: Game, state: GameState): readonly string[] {
	const {parties, places} = game.deal;
	switch (parameter.kind) {
		case 'party':
		case 'parties':
			return parties.map(({id}) => id);
		case 'machine':
			return [...parties.map(({id}) => id), coordinatorId, logId, ...places];
		case 'request':
			return Object.values(state.requests)
				.filter(({opened}) => opened > 0)
				.map(({id}) => id);
		case 'computation':
			return Object.values(state.computations)
				.filter(({opened}) => opened > 0)
				.map(({id}) => id);
		case 'exception':
			return Object.keys(game.scenario.exceptions).filter(id => !state.policy.dropped.includes(id));
		case 'line':
			// How long the log is, only whoever is on its machine can see.
			return state.footholds[logId]?.wayIn ? state.evidence.map((_, index) => String(index + 1)) : [];
		case 'recording':
			return state.recorded.map(({id}) => id);
		case 'threshold':
			return parties.slice(1).map((_, index) => String(index + 2));
		case 'output':
			return state.outputs.map(({id}) => id);
		case 'control':
			return Object.keys(game.scenario.controls);
		default:
			return fixed[parameter.kind] ?? [];
	}
}

/** The names that are fixed for a whole scenario, for checking lines before any game is played. */
export interface Names {
	readonly parties: readonly string[];
	readonly requests: readonly string[];
	/** Places of backups. */
	readonly places?: readonly string[];
	readonly exceptions?: readonly string[];
	readonly computations?: readonly string[];
}

function allowed(parameter: Parameter, names: Names): readonly string[] | null {
	switch (parameter.kind) {
		case 'party':
		case 'parties':
			return names.parties;
		case 'machine':
			return [...names.parties, coordinatorId, logId, ...(names.places ?? [])];
		case 'request':
			return names.requests;
		case 'exception':
			return names.exceptions ?? null;
		case 'computation':
			return names.computations ?? null;
		default:
			return fixed[parameter.kind] ?? null;
	}
}

/**
 * Parses a line of notation for a side and checks verb, parameters and values against the catalogue.
 * @throws {NotationError} with column, and what was expected as its hint.
 */
export function parseMove(line: string, side: Verb['side'], names: Names): Move {
	const {columns, verb: name, object, args} = parseNotation(line);
	const move: Move = object === undefined ? {verb: name, args} : {verb: name, object, args};
	const verb = verbOf(move.verb, side);
	if (!verb) {
		const other = catalogue.find(({name}) => name === move.verb);
		const known = [...new Set(catalogue.filter(each => each.side === side).map(({name}) => name))];
		throw new UnknownVerb(
			other ? `"${move.verb}" is a verb of the ${other.side}, not of the ${side}` : `there is no verb "${move.verb}"`,
			columns.verb ?? 1,
			didYouMean(move.verb, known),
			known,
		);
	}
	if (move.object !== undefined && !verb.object) throw new NotationError(`${verb.name} takes no object`, columns.object ?? 1, usage(verb));
	if (move.object === undefined && verb.object && !verb.object.optional)
		throw new NotationError(`${verb.name} needs ${verb.object.about}`, line.length + 1, usage(verb));
	for (const name of Object.keys(move.args)) {
		if (!verb.parameters.some(parameter => parameter.name === name))
			throw new NotationError(`${verb.name} has no "${name}"`, columns[name] ?? 1, nameHint(verb, name));
	}
	for (const parameter of verb.parameters) {
		const value = move.args[parameter.name];
		if (value === undefined && !parameter.optional)
			throw new NotationError(`${verb.name} needs ${parameter.name}= (${parameter.about})`, line.length + 1, usage(verb));
		if (value !== undefined) checkValue(parameter, value, names, columns[parameter.name] ?? 1);
	}
	if (verb.object && move.object !== undefined) checkValue(verb.object, move.object, names, columns.object ?? 1);
	return move;
}

function checkValue(parameter: Parameter, value: string, names: Names, column: number): void {
	if (parameter.kind === 'number' || parameter.kind === 'line') {
		if (!/^-?\d{1,12}$/.test(value)) throw new NotationError(`${parameter.name} is a whole number, got "${value}"`, column);
		return;
	}
	const values = allowed(parameter, names);
	if (values === null) return;
	for (const one of parameter.kind === 'parties' ? value.split(',') : [value]) {
		if (!values.includes(one))
			throw new NotationError(
				`"${one}" is no ${parameter.kind === 'parties' ? 'party' : parameter.kind} here`,
				column,
				valueHint(one, values),
				values,
			);
	}
}

/** The word that may have been meant, then all that would be read there; a long list is left out where one of its words was surely meant. */
function valueHint(word: string, known: readonly string[]): string {
	if (known.length === 0) return 'there is none yet';
	const {expected, hint} = suggest(word, known);
	const list = `one of ${known.join(', ')}`;
	if (hint === undefined) return `expected ${list}`;
	return expected === undefined ? hint : `${hint} Expected ${list}`;
}

/** The name that may have been meant, then how the verb is written. */
function nameHint(verb: Verb, name: string): string {
	const hint = didYouMean(
		name,
		verb.parameters.map(parameter => parameter.name),
	);
	return hint === undefined ? usage(verb) : `${hint} Write ${usage(verb)}`;
}

/** "approve REQUEST party=PARTY basis=BASIS", brackets around what may be left out. */
export function usage(verb: Verb): string {
	const optional = (text: string, parameter: Parameter) => (parameter.optional ? `[${text}]` : text);
	return [
		verb.name,
		...(verb.object ? [optional(verb.object.name.toUpperCase(), verb.object)] : []),
		...verb.parameters.map(parameter =>
			optional(`${parameter.name}=${parameter.kind === 'parties' ? 'P,P' : parameter.kind.toUpperCase()}`, parameter),
		),
	].join(' ');
}

/** Prints a move with its parameters in the catalogue's order. */
export function print(move: Move, side: Verb['side']): string {
	return printMove(
		move,
		verbOf(move.verb, side)?.parameters.map(({name}) => name),
	);
}

/** Kinds of parameters that name parties. */
const namesParties: readonly Parameter['kind'][] = ['party', 'parties', 'machine'];

/** Maps the party ids of a file's line to the parties that the seed dealt their roles to. */
export function toDealt(move: Move, side: Verb['side'], partyOf: Readonly<Record<string, string>>): Move {
	const verb = verbOf(move.verb, side);
	const args: Record<string, string> = {...move.args};
	for (const {name, kind} of verb?.parameters ?? []) {
		const value = args[name];
		if (value === undefined || !namesParties.includes(kind)) continue;
		args[name] = value
			.split(',')
			.map(id => partyOf[id] ?? id)
			.join(',');
	}
	return {...move, args};
}

/** What may stand before a move in a file. */
const sidesOfLines = ['operators', 'attackers', 'world', 'table', 'facilitator'] as const;
const sideOfLine = new RegExp(`^(${sidesOfLines.join('|')}):\\s*`);

/** Splits `operators: sign payroll parties=ada,ben` of a moves file into its side and its move. */
export function splitSide(line: string): {side: Verb['side']; text: string; offset: number} {
	const found = sideOfLine.exec(line);
	if (!found) {
		const hint = didYouMean(/^(\S+):/.exec(line)?.[1] ?? '', sidesOfLines);
		throw new NotationError('expected a side before the move', 1, hint ?? 'for example: operators: call-back vendor');
	}
	return {
		side: found[1] === 'facilitator' ? 'table' : (found[1] as Verb['side']),
		text: line.slice(found[0].length),
		offset: found[0].length,
	};
}

/**
 * Runs a line of the deal or of an inject's effects: a move at no cost. One that the rules refuse now does nothing, as a
 * mail to a party that has left does nothing.
 */
export function runFree(deciding: Deciding, line: string): void {
	const {side, text} = splitSide(line);
	const names = {
		parties: Object.keys(deciding.state.parties),
		requests: Object.keys(deciding.state.requests),
		places: deciding.game.deal.places,
	};
	const move = toDealt(parseMove(text, side, names), side, deciding.game.deal.partyOf);
	const verb = verbOf(move.verb, side)!;
	try {
		verb.check(deciding, move);
	} catch (error) {
		if (error instanceof Refusal) return;
		throw error;
	}
	verb.run(deciding, move);
}
