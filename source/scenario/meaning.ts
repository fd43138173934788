/**
 * What the checks of meaning share: the lines of a scenario's moves, what is offered and dealt, and what an expression can
 * come to in one of its worlds. A scenario that comes here has no errors.
 */
import {isMap} from 'yaml';
import type {Diagnostic} from './diagnostic.js';
import {type Compiled, type ContextName, createVocabulary, expressionNames} from './expression.js';
import {either, never, number, type Range, type Ranges, rangeOfRecord} from './expression-ranges.js';
import {OUTCOMES} from './expression-types.js';
import {withoutComment} from './move-lines.js';
import type {GameVocabulary, MoveNames, ParsedMove, Scenario} from './schema.js';
import type {Finding, Locator, Path} from './source.js';

/** A move of a block, and where its line begins in the text of the block. */
export interface MoveLine extends ParsedMove {
	readonly path: Path;
	readonly block: string;
	readonly offset: number;
}

/** What is known when an expression is looked at: its world, the turns in question, and the verbs that somebody can use. */
export interface Situation {
	readonly world: string;
	readonly turns?: readonly [first: number, last: number];
	/** Verbs that players have or that injects use; all when left out. */
	readonly verbs?: ReadonlySet<string>;
	/** The fewest approvals that a decision has when it comes before the policy's own rules. */
	readonly approvals?: number;
}

export class Meaning {
	readonly found: Diagnostic[] = [];
	readonly scenario: Scenario;
	readonly vocabulary: GameVocabulary;
	readonly worlds: readonly string[];
	/** The holders of shares at the start. */
	readonly holders: readonly string[];
	/** Moves of each world's deal, of each entry of its playbook, and of each inject's effects. */
	readonly deals: ReadonlyMap<string, readonly MoveLine[]>;
	readonly playbooks: ReadonlyMap<string, ReadonlyArray<readonly MoveLine[]>>;
	readonly effects: ReadonlyArray<readonly MoveLine[]>;
	readonly #locator: Locator;
	readonly #names: MoveNames;
	readonly #expressions: ReturnType<typeof createVocabulary>;
	readonly #compiled = new Map<string, Compiled<ContextName, boolean>>();
	readonly #known = new Map<string, Ranges>();
	readonly #earliest = new Map<string, number | undefined>();
	readonly #verbs = new Map<string, boolean>();
	readonly #made = new Map<string, unknown>();

	constructor(scenario: Scenario, locator: Locator, vocabulary: GameVocabulary) {
		this.scenario = scenario;
		this.vocabulary = vocabulary;
		this.#locator = locator;
		this.#names = moveNames(scenario);
		this.#expressions = createVocabulary(expressionNames(scenario));
		this.worlds = Object.keys(scenario.worlds);
		this.holders = Object.entries(scenario.parties).flatMap(([id, {holds}]) => (holds ? [id] : []));
		const worlds = Object.entries(scenario.worlds);
		this.deals = new Map(worlds.map(([world, {deal}]) => [world, this.lines(deal, ['worlds', world, 'deal'])]));
		this.playbooks = new Map(
			worlds.map(([world, {playbook}]) => [
				world,
				playbook.map((entry, index) => this.lines(entry.do, ['worlds', world, 'playbook', index, 'do'])),
			]),
		);
		this.effects = scenario.injects.map((inject, index) => this.lines(inject.do ?? '', ['injects', index, 'do']));
	}

	atValue(path: Path, finding: Finding): void {
		this.found.push(this.#locator.atValue(path, finding));
	}

	atKey(path: Path, finding: Finding): void {
		this.found.push(this.#locator.atKey(path, finding));
	}

	/** A finding at the beginning of a line of moves. */
	atLine({path, block, offset}: MoveLine, finding: Finding): void {
		this.found.push(this.#locator.inText(path, block, offset, finding));
	}

	/** Whether the file has a mapping at a path, and not one text for all. */
	isMapping(path: Path): boolean {
		return isMap(this.#locator.node(path));
	}

	/** Whether the file says anything at a path. */
	isGiven(path: Path): boolean {
		return this.#locator.node(path) !== undefined;
	}

	lines(block: string, path: Path): MoveLine[] {
		const found: MoveLine[] = [];
		let start = 0;
		for (const line of block.split('\n')) {
			const text = withoutComment(line).trim();
			const parsed = /^[a-z]+:/.test(text) ? this.vocabulary.parseMove(text, this.#names) : undefined;
			if (parsed?.ok) found.push({...parsed.move, path, block, offset: start + line.indexOf(text)});
			start += line.length + 1;
		}
		return found;
	}

	/** Injects that belong to a world, by their places in the list. */
	injectsOf(world: string): number[] {
		return this.scenario.injects.flatMap(({worlds}, index) => (worlds === undefined || worlds.includes(world) ? [index] : []));
	}

	/** Whether a side can ever use a verb: the scenario offers it from the start or unlocks it. */
	offers(side: 'operators' | 'attackers', verb: string): boolean {
		const {verbs, unlock = {}} = this.scenario;
		const listed = verbs?.[side];
		return (
			!listed || listed.includes(verb) || this.vocabulary.always.includes(verb) || Object.values(unlock).some(list => list.includes(verb))
		);
	}

	/** Whether a verb can come up at all: offered to its side, or used by an inject or a deal. */
	hasVerb(verb: string): boolean {
		const known = this.#verbs.get(verb) ?? this.#comesUp(verb);
		this.#verbs.set(verb, known);
		return known;
	}

	#comesUp(verb: string): boolean {
		const {operators, attackers} = this.vocabulary.verbs;
		if (operators.includes(verb) && this.offers('operators', verb)) return true;
		if (attackers.includes(verb) && this.offers('attackers', verb)) return true;
		return [...this.effects, ...this.deals.values()].some(lines => lines.some(line => line.verb === verb));
	}

	/** Whether the holders of shares, or the threshold, can change during the game. */
	get canChangeHolders(): boolean {
		return this.hasVerb('reshare') || this.hasVerb('rotate');
	}

	/** Whether a request opens by itself in a world. */
	opensIn(request: string, world: string): boolean {
		const {opens, only} = this.scenario.requests[request]!;
		return opens > 0 && (only === undefined || only.includes(world));
	}

	/** Whether anything can put a request on the table in a world. */
	canOpen(request: string, world: string, verbs?: ReadonlySet<string>): boolean {
		if (this.opensIn(request, world)) return true;
		const has = (verb: string) => (verbs ? verbs.has(verb) : this.offers('attackers', verb));
		if (has('submit')) return true;
		const lines = [...(this.deals.get(world) ?? []), ...this.injectsOf(world).flatMap(index => this.effects[index]!)];
		return lines.some(({verb, object}) => object === request && (verb === 'open' || verb === 'submit'));
	}

	/** Whether an expression can be true or false in a situation. */
	possible(text: string, context: ContextName, situation: Situation): {readonly canBeTrue: boolean; readonly canBeFalse: boolean} {
		const key = `${context} ${text}`;
		const compiled = this.#compiled.get(key) ?? (this.#expressions.compile(text, context) as Compiled<ContextName, boolean>);
		this.#compiled.set(key, compiled);
		return compiled.ok ? compiled.possible(this.#ranges(context, situation)) : {canBeTrue: true, canBeFalse: true};
	}

	/** The first turn in which a condition can hold; nothing when it never can. */
	earliest(text: string | undefined, context: ContextName, world: string): number | undefined {
		if (text === undefined) return 1;
		const key = `${context} ${this.#kindOf(world)} ${text}`;
		if (!this.#earliest.has(key)) this.#earliest.set(key, this.#firstTurn(text, context, world));
		return this.#earliest.get(key);
	}

	#firstTurn(text: string, context: ContextName, world: string): number | undefined {
		const {turns} = this.scenario;
		if (!this.possible(text, context, {world}).canBeTrue) return undefined;
		for (let turn = 1; turn <= turns + 1; turn += 1) if (this.possible(text, context, {world, turns: [turn, turn]}).canBeTrue) return turn;
		return undefined;
	}

	#ranges(context: ContextName, situation: Situation): Ranges {
		if (situation.verbs) return this.#rangesIn(context, situation);
		const key = `${context} ${this.#kindOf(situation.world)} ${situation.turns?.join() ?? ''} ${situation.approvals ?? ''}`;
		const ranges = this.#known.get(key) ?? this.#rangesIn(context, situation);
		this.#known.set(key, ranges);
		return ranges;
	}

	#rangesIn(context: ContextName, {world, turns, verbs, approvals = 0}: Situation): Ranges {
		const {scenario} = this;
		const last = scenario.turns + 1; // One more turn is played after an unauthorised output.
		const count = Object.keys(scenario.parties).length;
		const domains = [...new Set(Object.values(scenario.parties).map(({domain}) => domain))];
		const shared: Ranges = {
			turn: number(turns?.[0] ?? 1, turns?.[1] ?? last),
			threshold: this.canChangeHolders ? number(2, count) : number(scenario.threshold, scenario.threshold),
		};
		if (context === 'policy')
			return {
				...shared,
				approvals: {
					kind: 'list',
					low: approvals,
					high: count,
					entry: rangeOfRecord('Approval', {domain: {kind: 'text', among: domains}, turn: number(0, last)}),
				},
				signers: {kind: 'list', low: 0, high: count, entry: {kind: 'text'}},
				epoch: number(0),
			};
		const has = (verb: string) => verbs?.has(verb) ?? this.hasVerb(verb);
		const requests = Object.fromEntries(Object.keys(scenario.requests).map(id => [id, this.#requestRange(id, world, has, verbs)]));
		const isolated = has('isolate') || has('inspect') ? either : never;
		const party = this.#once(`party ${isolated === either}`, () => rangeOfRecord('Party', {isolated}));
		const parties = this.#once(`parties ${isolated === either}`, () =>
			Object.fromEntries(Object.keys(scenario.parties).map(id => [id, party])),
		);
		return {
			...requests,
			...shared,
			turns: number(scenario.turns, scenario.turns),
			frozen: has('freeze') ? either : never,
			stolen: number(0, count),
			requests: {kind: 'record', fields: requests, others: this.#once('others', () => rangeOfRecord('Request'))},
			parties: {kind: 'record', fields: parties},
			loot: number(0),
			points: number(0, scenario.attackers.points + this.vocabulary.carriedOver),
			outcome: {kind: 'text', among: OUTCOMES},
		};
	}

	#requestRange(id: string, world: string, has: (verb: string) => boolean, verbs: ReadonlySet<string> | undefined): Range {
		const canOpen = this.canOpen(id, world, verbs);
		const canDeny = has('deny');
		return this.#once(`request ${id} ${canOpen} ${canDeny}`, () => {
			const {due} = this.scenario.requests[id]!;
			const denied = canDeny ? either : never;
			const when = number(0, this.scenario.turns + 1);
			if (canOpen) return rangeOfRecord('Request', {due: number(due, due), denied, opened: when, signed_at: when, final_at: when});
			const none = number(0, 0);
			const closed = {open: never, signed: never, released: never, final: never, denied: never};
			return rangeOfRecord('Request', {due: number(due, due), ...closed, opened: none, signed_at: none, final_at: none});
		});
	}

	/** Worlds in which the same requests can come to the table are the same to conditions. */
	#kindOf(world: string): string {
		return this.#once(`kind ${world}`, () =>
			Object.keys(this.scenario.requests)
				.filter(id => this.canOpen(id, world))
				.join(),
		);
	}

	/** Ranges are asked for in each world and turn, and most are the same in all of them. */
	#once<T>(key: string, make: () => T): T {
		if (!this.#made.has(key)) this.#made.set(key, make());
		return this.#made.get(key) as T;
	}
}

/** The names that the moves of a scenario may use. */
export function moveNames({parties, requests, exceptions, computations}: Scenario): MoveNames {
	return {
		parties: Object.keys(parties),
		requests: Object.keys(requests),
		places: [...new Set(Object.values(parties).flatMap(({backup}) => backup ?? []))],
		exceptions: Object.keys(exceptions),
		computations: Object.keys(computations),
	};
}
