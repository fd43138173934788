/** What the checks of a scenario share: where a finding stands, which names there are, and how expressions and moves are read. */
import {isSeq} from 'yaml';
import {type BlockKind, checkMoves} from './check-moves.js';
import {type Diagnostic, suggest} from './diagnostic.js';
import {type ContextName, createVocabulary, type ExpressionProblem, expressionNames} from './expression.js';
import {moveNames} from './meaning.js';
import {RESERVED_IDS} from './reserved-ids.js';
import type {GameVocabulary, MoveNames, Scenario} from './schema.js';
import type {Finding, Locator, Path} from './source.js';

/** Beyond this the search stops: nobody reads that far, and a hostile file must not take long. */
export const MAX_FINDINGS = 200;
/** Lines of moves in all blocks together. */
const MAX_LINES = 4000;
/** What a word can fail to name. */
type Noun = 'party' | 'seat' | 'world' | 'control' | 'verb';

export interface CheckOptions {
	readonly locator: Locator;
	readonly vocabulary: GameVocabulary;
}

/** One run of the checks over a scenario, and what they found. */
export class Checker {
	readonly found: Diagnostic[] = [];
	readonly scenario: Scenario;
	readonly locator: Locator;
	readonly vocabulary: GameVocabulary;
	readonly parties: readonly string[];
	readonly requests: readonly string[];
	readonly worlds: readonly string[];
	readonly #names: MoveNames;
	readonly #expressions: ReturnType<typeof createVocabulary>;
	/** Lines of moves so far. */
	#lines = 0;

	constructor(scenario: Scenario, {locator, vocabulary}: CheckOptions) {
		this.scenario = scenario;
		this.locator = locator;
		this.vocabulary = vocabulary;
		this.parties = Object.keys(scenario.parties);
		this.requests = Object.keys(scenario.requests);
		this.worlds = Object.keys(scenario.worlds);
		this.#expressions = createVocabulary(expressionNames(scenario));
		this.#names = moveNames(scenario);
	}

	value(path: Path, finding: Finding): void {
		this.found.push(this.locator.atValue(path, finding));
	}

	key(path: Path, finding: Finding): void {
		this.found.push(this.locator.atKey(path, finding));
	}

	/** Demands that a word is one of those known. */
	known(word: string, known: readonly string[], noun: Noun, path: Path, atKey = false): void {
		if (known.includes(word)) return;
		const finding: Finding = {
			code: `unknown-${noun}`,
			message: `there is no ${noun} "${word}"`,
			...suggest(word, known),
		};
		if (atKey) this.key(path, finding);
		else this.value(path, finding);
	}

	worldNames(value: boolean | readonly string[] | undefined, path: Path): void {
		if (Array.isArray(value)) value.forEach((name: string, index) => void this.known(name, this.worlds, 'world', [...path, index]));
	}

	turn(turn: number, path: Path): void {
		const {turns} = this.scenario;
		if (turn > turns)
			this.value(path, {
				code: 'turn-never-played',
				message: `turn ${turn} is never played: the last one is turn ${turns}`,
				expected: `at most ${turns}`,
				hint:
					path[0] === 'injects' && path.at(-1) === 'at' && turn === turns + 1
						? `one more turn follows only where an unauthorised output became final; when: turn > ${turns} fires in it`
						: 'raise turns, or come earlier',
			});
	}

	/** Demands that an id means nothing else. */
	id(id: string, path: Path): void {
		if (RESERVED_IDS.includes(id))
			this.key(path, {
				code: 'reserved-id',
				message: `"${id}" means something else here and cannot be an id`,
				hint: `call it ${id}-1, or by another name`,
			});
	}

	/** Demands that an expression compiles. */
	expression(text: string, path: Path, context: ContextName): void {
		if (this.found.length > MAX_FINDINGS) return;
		const compiled = this.#expressions.compile(text, context);
		const problems = compiled.ok ? compiled.warnings : compiled.diagnostics;
		for (const problem of problems) this.found.push(this.locator.inText(path, text, problem.offset, this.#explain(problem, path)));
	}

	/** An expression that breaks where YAML cut it says so. */
	#explain({code, message, expected, hint}: ExpressionProblem, path: Path): Finding {
		return {code, message, expected, hint: this.locator.cutHint(path) ?? hint};
	}

	/** Demands that each line of a block is a move that belongs there. */
	moves(block: string, path: Path, kind: BlockKind): void {
		if (this.found.length > MAX_FINDINGS) return;
		const before = this.#lines;
		this.#lines += block.split('\n').length;
		if (this.#lines > MAX_LINES) {
			if (before <= MAX_LINES)
				this.value(path, {
					code: 'too-many-values',
					message: 'the file holds too many moves',
					expected: `at most ${MAX_LINES} lines of moves`,
				});
			return;
		}
		if (this.locator.isFolded(path)) {
			const name = String(path.at(-1));
			this.value(path, {
				code: 'folded-moves',
				message: 'these lines are joined to one, and moves are one a line',
				expected: `${name}: | and then a line for each move`,
				hint: `write | after "${name}:"`,
			});
			return;
		}
		const options = {kind, turns: this.scenario.turns, parseMove: (line: string) => this.vocabulary.parseMove(line, this.#names)};
		for (const {offset, ...finding} of checkMoves(block, options)) this.found.push(this.locator.inText(path, block, offset, finding));
	}

	/** The path of an entry that may be written as a single text or as a list. */
	entry(path: Path, index: number): Path {
		return isSeq(this.locator.node(path)) ? [...path, index] : path;
	}
}
