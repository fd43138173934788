/**
 * Cross references of a scenario: what the schema cannot see. Ids that exist, turns that fit, worlds that are named
 * rightly, expressions that compile, moves that parse, placeholders that can be filled in.
 */
import {isMap, isSeq} from 'yaml';
import {type BlockKind, checkMoves} from './check-moves.js';
import {type Diagnostic, didYouMean, oneOf, suggest} from './diagnostic.js';
import {type ContextName, createVocabulary, type ExpressionProblem, expressionNames, RESERVED_WORDS} from './expression.js';
import {moveNames} from './meaning.js';
import {knownPlaceholders, placeholdersIn} from './placeholder.js';
import {type GameVocabulary, type MoveNames, type Scenario, SEATS} from './schema.js';
import type {Finding, Locator, Path} from './source.js';

const MAX_PARTIES = 15;
const MAX_REQUESTS = 24;
const MAX_WORLDS = 20;
/** Beyond this the search stops: nobody reads that far, and a hostile file must not take long. */
const MAX_FINDINGS = 200;
/** Lines of moves in all blocks together. */
const MAX_LINES = 4000;
/** Machines that hold no share: a place of backups is a machine too, and is neither of them. */
const MACHINES: readonly string[] = ['coordinator', 'log'];
/** Ids that mean something else on the board, in moves or in texts. */
const RESERVED_IDS: readonly string[] = [
	...RESERVED_WORDS,
	...SEATS,
	// True and false to readers of YAML 1.1.
	...['yes', 'no', 'on', 'off', 'y', 'n'],
	...MACHINES,
	// Seats and readers that commands know besides, and requests that the rules make.
	...['evaluator', 'table', 'keeper', 'public', 'sweep', 'tombstone'],
	'world',
	'all',
	'everyone',
	'none',
	'default',
];

/** What a word can fail to name. */
type Noun = 'party' | 'seat' | 'world' | 'control' | 'verb';

export interface CheckOptions {
	readonly locator: Locator;
	readonly vocabulary: GameVocabulary;
}

/** Checks a whole scenario. The findings are in the order of the checks, not of the file. */
export function checkScenario(scenario: Scenario, {locator, vocabulary}: CheckOptions): Diagnostic[] {
	const checker = new Checker(scenario, locator, vocabulary);
	checker.parties();
	checker.requests();
	checker.computations();
	checker.worlds();
	checker.injects();
	checker.catalogue();
	checker.rules();
	checker.tests();
	checker.attackers();
	checker.texts();
	return checker.found;
}

class Checker {
	readonly found: Diagnostic[] = [];
	readonly #scenario: Scenario;
	readonly #locator: Locator;
	readonly #vocabulary: GameVocabulary;
	readonly #parties: readonly string[];
	readonly #requests: readonly string[];
	readonly #worlds: readonly string[];
	readonly #names: MoveNames;
	readonly #expressions: ReturnType<typeof createVocabulary>;
	/** Lines of moves so far. */
	#lines = 0;

	constructor(scenario: Scenario, locator: Locator, vocabulary: GameVocabulary) {
		this.#scenario = scenario;
		this.#locator = locator;
		this.#vocabulary = vocabulary;
		this.#parties = Object.keys(scenario.parties);
		this.#requests = Object.keys(scenario.requests);
		this.#worlds = Object.keys(scenario.worlds);
		this.#expressions = createVocabulary(expressionNames(scenario));
		this.#names = moveNames(scenario);
	}

	#value(path: Path, finding: Finding): void {
		this.found.push(this.#locator.atValue(path, finding));
	}

	#key(path: Path, finding: Finding): void {
		this.found.push(this.#locator.atKey(path, finding));
	}

	/** Demands that a word is one of those known. */
	#known(word: string, known: readonly string[], noun: Noun, path: Path, atKey = false): void {
		if (known.includes(word)) return;
		const finding: Finding = {
			code: `unknown-${noun}`,
			message: `there is no ${noun} "${word}"`,
			...suggest(word, known),
		};
		if (atKey) this.#key(path, finding);
		else this.#value(path, finding);
	}

	#worldNames(value: boolean | readonly string[] | undefined, path: Path): void {
		if (Array.isArray(value)) value.forEach((name: string, index) => void this.#known(name, this.#worlds, 'world', [...path, index]));
	}

	#turn(turn: number, path: Path): void {
		const {turns} = this.#scenario;
		if (turn > turns)
			this.#value(path, {
				code: 'turn-never-played',
				message: `turn ${turn} is never played: the last one is turn ${turns}`,
				expected: `at most ${turns}`,
				hint:
					path[0] === 'injects' && path.at(-1) === 'at' && turn === turns + 1
						? `one more turn follows only where an unauthorised output became final; when: turn > ${turns} fires in it`
						: 'raise turns, or come earlier',
			});
	}

	parties(): void {
		const {threshold, parties, shuffle} = this.#scenario;
		const count = this.#parties.length;
		const holders = Object.values(parties).filter(({holds}) => holds).length;
		if (count < 2 || count > MAX_PARTIES)
			this.#key(['parties'], {
				code: 'party-count',
				message: `there ${count === 1 ? 'is 1 party' : `are ${count} parties`}`,
				expected: `2 to ${MAX_PARTIES}`,
			});
		else if (threshold > holders)
			this.#value(['threshold'], {
				code: 'threshold-too-high',
				message: `${threshold} shares are needed and there are ${holders} parties${holders < count ? ' that hold one from the start' : ''}`,
				expected: `at most ${holders}`,
				hint: 'lower the threshold or add a party',
			});
		for (const id of this.#parties) this.#id(id, ['parties', id]);
		for (const [id, {backup}] of Object.entries(parties)) {
			if (backup !== undefined && [...this.#parties, ...this.#requests, ...MACHINES].includes(backup))
				this.#value(['parties', id, 'backup'], {
					code: 'reserved-id',
					message: `"${backup}" is the id of something else`,
					hint: 'name the place, such as safe-a',
				});
		}
		shuffle.forEach((id, index) => {
			this.#known(id, this.#parties, 'party', ['shuffle', index]);
			if (shuffle.indexOf(id) < index)
				this.#value(['shuffle', index], {code: 'duplicate', message: `"${id}" is given twice`, hint: 'remove one of the two'});
		});
	}

	#id(id: string, path: Path): void {
		if (RESERVED_IDS.includes(id))
			this.#key(path, {
				code: 'reserved-id',
				message: `"${id}" means something else here and cannot be an id`,
				hint: `call it ${id}-1, or by another name`,
			});
	}

	requests(): void {
		const count = this.#requests.length;
		if (count === 0 || count > MAX_REQUESTS)
			this.#key(['requests'], {code: 'request-count', message: `there are ${count} requests`, expected: `1 to ${MAX_REQUESTS}`});
		for (const [id, request] of Object.entries(this.#scenario.requests)) {
			const path = ['requests', id];
			const {opens, due, amount, required, legitimate, only} = request;
			this.#id(id, path);
			if (this.#parties.includes(id))
				this.#key(path, {code: 'duplicate-id', message: `"${id}" is the id of a party too`, hint: 'rename one of the two'});
			this.#turn(opens, [...path, 'opens']);
			this.#turn(due, [...path, 'due']);
			if (due < opens)
				this.#value([...path, 'due'], {
					code: 'due-too-early',
					message: `due in turn ${due}, before it opens in turn ${opens}`,
					expected: `at least ${opens}`,
				});
			if (amount.low > amount.high)
				this.#value([...path, 'amount'], {
					code: 'amount-range',
					message: 'the range runs backwards',
					expected: `"${amount.high}..${amount.low}"`,
				});
			this.#worldNames(required, [...path, 'required']);
			this.#worldNames(legitimate, [...path, 'legitimate']);
			this.#worldNames(only, [...path, 'only']);
		}
	}

	computations(): void {
		for (const [id, computation] of Object.entries(this.#scenario.computations)) {
			const path = ['computations', id];
			const {opens, due, inputs, function: kind, queries, minimum} = computation;
			this.#id(id, path);
			if (this.#parties.includes(id) || this.#requests.includes(id))
				this.#key(path, {code: 'duplicate-id', message: `"${id}" is the id of something else too`, hint: 'rename one of the two'});
			this.#turn(opens, [...path, 'opens']);
			this.#turn(due, [...path, 'due']);
			if (due < opens)
				this.#value([...path, 'due'], {
					code: 'due-too-early',
					message: `due in turn ${due}, before it opens in turn ${opens}`,
					expected: `at least ${opens}`,
				});
			const owners = Object.keys(inputs);
			for (const party of owners) this.#known(party, this.#parties, 'party', [...path, 'inputs', party], true);
			const isRight = kind === 'compare' ? owners.length === 2 : owners.length >= 2;
			if (!isRight)
				this.#key([...path, 'inputs'], {
					code: 'computation-inputs',
					message: `${kind} of ${owners.length} ${owners.length === 1 ? 'input' : 'inputs'}`,
					expected: kind === 'compare' ? 'exactly 2' : 'at least 2',
				});
			if (queries && kind !== 'sum' && kind !== 'mean')
				this.#value([...path, 'queries'], {
					code: 'computation-queries',
					message: `analysts ask for sums and means, not for a ${kind}`,
					hint: 'leave queries out',
				});
			if (minimum > owners.length)
				this.#value([...path, 'minimum'], {
					code: 'computation-minimum',
					message: `at least ${minimum} inputs are answered for, and there are ${owners.length}`,
					expected: `at most ${owners.length}`,
				});
		}
	}

	worlds(): void {
		const count = this.#worlds.length;
		if (count === 0 || count > MAX_WORLDS)
			this.#key(['worlds'], {code: 'world-count', message: `there are ${count} worlds`, expected: `1 to ${MAX_WORLDS}`});
		for (const [name, {deal, playbook}] of Object.entries(this.#scenario.worlds)) {
			const path = ['worlds', name];
			if (name === 'default')
				this.#key(path, {
					code: 'reserved-id',
					message: '"default" means something else in texts and cannot be a world',
					hint: 'call it by another name',
				});
			this.#moves(deal, [...path, 'deal'], 'deal');
			playbook.forEach((entry, index) => {
				if (entry.when !== undefined) this.#expression(entry.when, [...path, 'playbook', index, 'when'], 'playbook');
				this.#moves(entry.do, [...path, 'playbook', index, 'do'], 'playbook');
			});
		}
	}

	injects(): void {
		this.#scenario.injects.forEach((inject, index) => {
			const path = ['injects', index];
			const {at, when, to, text, worlds, ask} = inject;
			if ((at === undefined) === (when === undefined))
				this.#key(at === undefined ? path : [...path, 'when'], {
					code: 'at-or-when',
					message: at === undefined ? 'the inject never fires: it has neither `at` nor `when`' : 'the inject has both `at` and `when`',
					expected: 'exactly one of the two: at: a turn, or when: an expression',
				});
			if (at !== undefined) this.#turn(at, [...path, 'at']);
			if (when !== undefined) this.#expression(when, [...path, 'when'], 'game');
			to.forEach((seat, at_) => void this.#known(seat, [...SEATS, ...this.#parties], 'seat', this.#entry([...path, 'to'], at_)));
			this.#worldNames(worlds, [...path, 'worlds']);
			for (const world of Object.keys(text))
				if (world !== 'default') this.#known(world, this.#worlds, 'world', [...path, 'text', world], true);
			const silent = (worlds ?? this.#worlds).filter(world => !Object.hasOwn(text, world) && !Object.hasOwn(text, 'default'));
			if (silent.length > 0)
				this.#key([...path, 'text'], {
					code: 'no-text',
					message: `there is no text for ${silent.join(', ')}`,
					expected: 'a text for each world, or one under default',
				});
			if (inject.do !== undefined) this.#moves(inject.do, [...path, 'do'], 'inject');
			if (ask) {
				this.#turn(ask.by, [...path, 'ask', 'by']);
				if (at !== undefined && ask.by < at)
					this.#value([...path, 'ask', 'by'], {
						code: 'due-too-early',
						message: `the answer is due in turn ${ask.by}, before the question in turn ${at}`,
						expected: `at least ${at}`,
					});
			}
		});
	}

	/** Controls and verbs, which the engine knows. */
	catalogue(): void {
		const {controls, verbs, unlock} = this.#scenario;
		for (const id of Object.keys(controls)) this.#known(id, this.#vocabulary.controls, 'control', ['controls', id], true);
		const {operators, attackers} = this.#vocabulary.verbs;
		verbs?.operators?.forEach((verb, index) => void this.#known(verb, operators, 'verb', ['verbs', 'operators', index]));
		verbs?.attackers?.forEach((verb, index) => void this.#known(verb, attackers, 'verb', ['verbs', 'attackers', index]));
		for (const [turn, list] of Object.entries(unlock ?? {})) {
			if (Number(turn) > this.#scenario.turns)
				this.#key(['unlock', turn], {
					code: 'turn-never-played',
					message: `turn ${turn} is never played`,
					expected: `at most ${this.#scenario.turns}`,
				});
			list.forEach((verb, index) => void this.#known(verb, [...operators, ...attackers], 'verb', ['unlock', turn, index]));
		}
	}

	/** The policy and the objectives. */
	rules(): void {
		const {policy, exceptions, objectives} = this.#scenario;
		for (const [name, rule] of Object.entries(policy)) {
			if (name === 'enough-approvals')
				this.#key(['policy', name], {
					code: 'reserved-id',
					message: '"enough-approvals" always exists and cannot be replaced',
					hint: 'give your rule another name; threshold sets how many approvals are enough',
				});
			this.#expression(rule, ['policy', name], 'policy');
		}
		for (const [name, {when}] of Object.entries(exceptions)) this.#expression(when, ['exceptions', name, 'when'], 'policy');
		for (const side of ['operators', 'attackers'] as const)
			for (const [name, objective] of Object.entries(objectives[side])) this.#expression(objective, ['objectives', side, name], 'game');
	}

	tests(): void {
		const names = new Set<string>();
		this.#scenario.tests.forEach((test, index) => {
			const path = ['tests', index];
			if (names.has(test.name))
				this.#value([...path, 'name'], {
					code: 'duplicate',
					message: `a test before it has the name "${test.name}" too`,
					hint: 'rename one of the two',
				});
			names.add(test.name);
			if (test.world !== undefined) this.#known(test.world, this.#worlds, 'world', [...path, 'world']);
			this.#moves(test.moves, [...path, 'moves'], 'test');
			if (typeof test.expect === 'string') this.#expression(test.expect, [...path, 'expect'], 'test');
		});
	}

	/** Custodians who take money. */
	attackers(): void {
		this.#scenario.attackers.bribable?.forEach(
			(id, index) => void this.#known(id, this.#parties, 'party', ['attackers', 'bribable', index]),
		);
	}

	#expression(text: string, path: Path, context: ContextName): void {
		if (this.found.length > MAX_FINDINGS) return;
		const compiled = this.#expressions.compile(text, context);
		const problems = compiled.ok ? compiled.warnings : compiled.diagnostics;
		for (const problem of problems) this.found.push(this.#locator.inText(path, text, problem.offset, this.#explain(problem, path)));
	}

	/** An expression that breaks where YAML cut it says so. */
	#explain({code, message, expected, hint}: ExpressionProblem, path: Path): Finding {
		return {code, message, expected, hint: this.#locator.cutHint(path) ?? hint};
	}

	#moves(block: string, path: Path, kind: BlockKind): void {
		if (this.found.length > MAX_FINDINGS) return;
		const before = this.#lines;
		this.#lines += block.split('\n').length;
		if (this.#lines > MAX_LINES) {
			if (before <= MAX_LINES)
				this.#value(path, {
					code: 'too-many-values',
					message: 'the file holds too many moves',
					expected: `at most ${MAX_LINES} lines of moves`,
				});
			return;
		}
		if (this.#locator.isFolded(path)) {
			const name = String(path.at(-1));
			this.#value(path, {
				code: 'folded-moves',
				message: 'these lines are joined to one, and moves are one a line',
				expected: `${name}: | and then a line for each move`,
				hint: `write | after "${name}:"`,
			});
			return;
		}
		const options = {kind, turns: this.#scenario.turns, parseMove: (line: string) => this.#vocabulary.parseMove(line, this.#names)};
		for (const {offset, ...finding} of checkMoves(block, options)) this.found.push(this.#locator.inText(path, block, offset, finding));
	}

	/** The path of an entry that may be written as a single text or as a list. */
	#entry(path: Path, index: number): Path {
		return isSeq(this.#locator.node(path)) ? [...path, index] : path;
	}

	/** Every placeholder of every text. */
	texts(): void {
		const known = knownPlaceholders(this.#parties, this.#requests);
		const ids = [...this.#parties, ...this.#requests, 'attackers.account'];
		for (const [path, text] of this.#texts()) {
			for (const {name, offset} of placeholdersIn(text)) {
				if (known.includes(name) || this.found.length > MAX_FINDINGS) continue;
				const fitting = known.filter(one => one.startsWith(`${name.split('.')[0]}.`));
				this.found.push(
					this.#locator.inText(path, text, offset, {
						code: 'placeholder',
						message: `there is nothing to fill {${name}} with`,
						expected: oneOf((fitting.length > 0 ? fitting : ids).map(one => `{${one}}`)),
						hint: didYouMean(name, known),
					}),
				);
			}
		}
	}

	/** The texts that players read, with their paths. */
	#texts(): [Path, string][] {
		const {title, summary, incident, attackers, operators, learn, questions, worlds, layers, requests, injects} = this.#scenario;
		const texts: [Path, string | undefined][] = [
			[['title'], title],
			[['summary'], summary],
			[['incident'], incident],
			[['attackers', 'goal'], attackers.goal],
			[['attackers', 'message'], attackers.message],
			[['operators', 'goal'], operators.goal],
			...learn.map((text, index): [Path, string] => [['learn', index], text]),
			...questions.map((text, index): [Path, string] => [['questions', index], text]),
			...Object.entries(worlds).map(([name, world]): [Path, string | undefined] => [['worlds', name, 'summary'], world.summary]),
			...Object.entries(layers ?? {}).map(([layer, text]): [Path, string | undefined] => [['layers', layer], text]),
			...Object.entries(requests).flatMap(([id, request]) =>
				(request.title ?? []).map((text, index): [Path, string] => [this.#entry(['requests', id, 'title'], index), text]),
			),
		];
		injects.forEach(({text, from, ask}, index) => {
			const path = ['injects', index];
			const isByWorld = isMap(this.#locator.node([...path, 'text']));
			for (const [world, one] of Object.entries(text)) texts.push([isByWorld ? [...path, 'text', world] : [...path, 'text'], one]);
			texts.push([[...path, 'from'], from], [[...path, 'ask', 'text'], ask?.text]);
		});
		return texts.filter((entry): entry is [Path, string] => entry[1] !== undefined);
	}
}
