/**
 * The negative test of a game: its scenario with the dealt world alone, and the moves that led to what nobody wanted, as a file that `test` runs. It
 * fails on the scenario as played and holds once the remedy is in: a control that the matrix names against an attack of this game, or, where none
 * stops it, a move. Nothing is believed: each remedy was found by playing the same moves again with it.
 */
import {parseMove, print, toDealt} from '../engine/catalogue.js';
import {controls as allControls, controlTitle} from '../engine/controls.js';
import {isAuthorised} from '../engine/facts.js';
import {type Cell, cellName, matrix, type Row} from '../engine/matrix.js';
import {vocabulary} from '../engine/vocabulary.js';
import type {PlayedTest, ScenarioTest, TestOptions} from '../playtest/scenario-test.js';
import {loadScenario} from '../scenario/load.js';
import {type OneWorld, oneWorld} from '../scenario/one-world.js';
import type {Scenario} from '../scenario/schema.js';
import {missedRequests} from './findings.js';
import {counted, listed} from './plain-text.js';
import {lineOfMoves, type Played} from './played.js';

/** Plays a test of a scenario: the caller hands it in. */
export type PlayTest = (scenario: Scenario, test: ScenarioTest, options?: TestOptions) => PlayedTest;

/** What the game did that a test can look for. */
export interface Unsafe {
	readonly kind: 'output' | 'input' | 'missed';
	/** "something leaves that nobody wanted". */
	readonly what: string;
	/** Holds when it is safe, over the game after the moves; and its contrary. */
	readonly safe: string;
	readonly happened: string;
	/** The last turn whose moves matter. */
	readonly turn: number;
}

export type Remedy =
	| {
			readonly is: 'control';
			readonly control: string;
			readonly title: string;
			/** `swap-payload x bind-payload`. */
			readonly cell: string;
			readonly how: string;
			/** It was documented as on, and the world had turned it off. */
			readonly hasDrifted: boolean;
	  }
	| {readonly is: 'moves'; readonly lines: readonly string[]; readonly cell: string; readonly how: string};

export interface NegativeTest {
	readonly unsafe: Unsafe;
	/** What the matrix named and what was tried, in order; the last one is the remedy, if any helped. */
	readonly tried: readonly string[];
	readonly remedy: Remedy | null;
	/** Moves of the game up to what happened, and how many of them the test needs. */
	readonly moves: {readonly all: number; readonly needed: number};
	/** By file name. `as-played.yaml` documents the game, `negative-test.yaml` fails, `negative-test-fixed.yaml` holds (where there is a remedy). */
	readonly files: Readonly<Record<string, string>>;
}

export interface NegativeTestSource {
	/** The scenario's file as the journal holds it, and its name. */
	readonly text: string;
	readonly file: string;
	readonly play: PlayTest;
}

/** A move of the game in the roles of the file. */
interface Line {
	readonly turn: number;
	readonly side: 'operators' | 'attackers';
	readonly text: string;
}

/** The most that a scenario file takes as moves of one test. */
const mostText = 20_000;

/** What happened that should not have; null where nothing did. */
export function unsafeOf(played: Played): Unsafe | null {
	const {state} = played;
	const bad = state.outputs.filter(output => output.state === 'final' && !isAuthorised(state, output));
	if (bad.length > 0)
		return {
			kind: 'output',
			what: 'something leaves that nobody wanted',
			safe: '!outputs.exists(o, o.final && !o.authorised)',
			happened: 'outputs.exists(o, o.final && !o.authorised)',
			turn: Math.min(...bad.map(({finalAt, turn: made}) => finalAt || made)),
		};
	const [exposed] = state.exposed;
	if (exposed)
		return {
			kind: 'input',
			what: `answers to ${exposed.computation} give a private input away`,
			safe: `computations["${exposed.computation}"].learned == 0`,
			happened: `computations["${exposed.computation}"].learned > 0`,
			turn: state.turn,
		};
	const [missed] = missedRequests(played);
	if (missed && state.end)
		return {
			kind: 'missed',
			what: `${missed.id} is not signed in time`,
			safe: `requests["${missed.id}"].signed_at > 0 && requests["${missed.id}"].signed_at <= ${missed.due}`,
			happened: `requests["${missed.id}"].signed_at == 0 || requests["${missed.id}"].signed_at > ${missed.due}`,
			turn: missed.due,
		};
	return null;
}

/**
 * Makes the negative test of a game; null where it did nothing that should not happen.
 * @throws {Error} where the moves of the journal do not lead there again, which a verified save's do.
 */
export function negativeTestOf(played: Played, source: NegativeTestSource): NegativeTest | null {
	const unsafe = unsafeOf(played);
	if (!unsafe) return null;
	const bench = new Bench(played, source, unsafe);
	const all = linesOf(played, unsafe.turn);
	if (bench.isSafe(all)) throw new Error('the moves of this save do not lead to what happened in it; verify it');
	const needed = bench.shortened(all);
	const {remedy, lines, tried} = bench.remedy(all, needed);
	return {
		unsafe,
		tried,
		remedy,
		moves: {all: all.length, needed: needed.length},
		files: bench.files(all, needed, remedy, lines),
	};
}

/** The moves that matter, in the ids of the file: no notes, no ends of turns, nothing that was taken back. */
function linesOf(played: Played, last: number): Line[] {
	const {partyOf} = played.game.deal;
	const roleOf = Object.fromEntries(Object.entries(partyOf).map(([role, party]) => [party, role]));
	const names = {
		parties: Object.keys(played.state.parties),
		requests: Object.keys(played.state.requests),
		places: played.game.deal.places,
	};
	return lineOfMoves(played).flatMap(({side, text, turn}) => {
		if ((side !== 'operators' && side !== 'attackers') || turn > last || turn === 0) return [];
		const move = parseMove(text, side, names);
		if (move.verb === 'end-turn' || move.verb === 'note') return [];
		return [{turn, side, text: print(toDealt(move, side, roleOf), side)}];
	});
}

/** Lines as a test writes them; both sides end the last turn, so that it resolves. */
function block(lines: readonly Line[], last: number): string {
	const rows: string[] = [];
	let turn = 1;
	for (const line of lines) {
		if (line.turn > turn) {
			turn = line.turn;
			rows.push(`turn ${turn}`);
		}
		rows.push(`${line.side}: ${line.text}`);
	}
	if (turn < last) rows.push(`turn ${last}`);
	return `${[...rows, 'operators: end-turn'].join('\n')}\n`;
}

type Controls = Readonly<Record<string, 'on'>>;
type WrittenTest = ScenarioTest & {readonly expect: string; readonly world: string};

/** Plays lines of one game again and again, with one thing changed. */
class Bench {
	readonly #played: Played;
	readonly #source: NegativeTestSource;
	readonly #unsafe: Unsafe;
	readonly #scenario: Scenario;

	constructor(played: Played, source: NegativeTestSource, unsafe: Unsafe) {
		this.#played = played;
		this.#source = source;
		this.#unsafe = unsafe;
		this.#scenario = played.game.scenario;
	}

	/**
	 * Whether these lines are safe, in the group that is never played: no outcome depends on the group.
	 * @param undrifted a control whose line in the deal, which turned it off, is left out
	 * @param more turns after the one in which it happened
	 */
	isSafe(lines: readonly Line[], controls: Controls = {}, undrifted?: string, more = 1): boolean {
		return this.#source.play(this.#with(controls, undrifted), this.#test(lines, this.#unsafe.safe, 'skip', '', more), {suite: 'glass'}).ok;
	}

	#with(controls: Controls, undrifted?: string): Scenario {
		const {world} = this.#played.game.deal;
		const own = this.#scenario.worlds[world]!;
		const deal = undrifted === undefined ? own.deal : withoutDrift(own.deal, undrifted);
		return {
			...this.#scenario,
			controls: {...this.#scenario.controls, ...controls},
			worlds: {...this.#scenario.worlds, [world]: {...own, deal}},
		};
	}

	#test(lines: readonly Line[], expect: string, refusals: 'skip' | 'stop', name = '', more = 1): WrittenTest {
		const {deal, seed} = this.#played.game;
		// One turn more shows what was only late. The moves as they were need none, and in it they may have done more of the same.
		const last = Math.min(this.#scenario.turns, this.#unsafe.turn + more);
		return {name, world: deal.world, seed, moves: block(lines, last), refusals, expect};
	}

	/**
	 * Leaves out every move without which it happens all the same, in halves first and then one by one (Zeller and Hildebrandt 2002). What was missed is
	 * missed by idling too, so there every move stays.
	 */
	shortened(lines: readonly Line[]): readonly Line[] {
		if (this.#unsafe.kind === 'missed') return lines;
		let needed = lines;
		for (let size = Math.ceil(lines.length / 2); size >= 1; ) {
			const before = needed.length;
			for (let index = needed.length - size; index > -size; index -= size) {
				const from = Math.max(0, index);
				const fewer = needed.toSpliced(from, index + size - from);
				if (!this.isSafe(fewer)) needed = fewer;
			}
			if (size > 1) size = Math.floor(size / 2);
			else if (needed.length === before) break;
		}
		return needed;
	}

	remedy(all: readonly Line[], needed: readonly Line[]): {remedy: Remedy | null; lines: readonly Line[]; tried: string[]} {
		const tried: string[] = [];
		const rows = this.#rows(needed);
		for (const {row, cell} of rows.filter(({cell: {is}}) => is === 'control')) {
			const control = cell.by;
			const hasDrifted = this.#hasDrifted(control);
			if (this.#isOn(control) && !hasDrifted) continue;
			const name = cellName(row, cell);
			if (tried.includes(name)) continue;
			tried.push(name);
			const on = {[control]: 'on'} as const;
			const undrifted = hasDrifted ? control : undefined;
			if (!this.isSafe(needed, on, undrifted) || !this.isSafe(all, on, undrifted, 0)) continue;
			const remedy: Remedy = {is: 'control', control, title: controlTitle(control), cell: name, how: cell.how, hasDrifted};
			return {remedy, lines: needed, tried};
		}
		for (const {row, cell, line} of rows.filter(({cell: {is}}) => is === 'move')) {
			const name = cellName(row, cell);
			for (const lines of line ? this.#withMove(cell, line, needed) : []) {
				const put = lines.filter(each => !needed.includes(each));
				const words = put.map(({turn, text}) => `turn ${turn}: ${text}`);
				if (!tried.includes(name)) tried.push(name);
				if (!this.isSafe(lines)) continue;
				return {remedy: {is: 'moves', lines: words, cell: name, how: cell.how}, lines, tried};
			}
		}
		return {remedy: null, lines: needed, tried};
	}

	#isOn(control: string): boolean {
		return (this.#scenario.controls[control] ?? allControls.find(({id}) => id === control)?.standard ?? 'off') === 'on';
	}

	#hasDrifted(control: string): boolean {
		const {deal} = this.#scenario.worlds[this.#played.game.deal.world]!;
		return withoutDrift(deal, control) !== deal;
	}

	/** Cells against what the attackers did and what was dealt, the last act first; a request that nobody made counts as submitted. */
	#rows(needed: readonly Line[]): {readonly row: Row; readonly cell: Cell; readonly line?: Line}[] {
		const {game, state} = this.#played;
		const acts = needed.filter(({side}) => side === 'attackers').toReversed();
		const dealt = game.scenario.worlds[game.deal.world]!.deal.split('\n').flatMap(each => /^\s*world:\s*(\S+)/.exec(each)?.[1] ?? []);
		const falseOnes = needed
			.filter(({side, text}) => side === 'operators' && /^(sign|retry) /.test(text))
			.flatMap(line => (state.requests[line.text.split(' ')[1]!]?.intent === null ? [line] : []));
		const cellsOf = (attack: string, isDealt: boolean, line?: Line) =>
			matrix
				.filter(row => row.attack === attack && (row.isDealt ?? false) === isDealt)
				.flatMap(row => row.cells.filter(({does}) => does === 'stops').map(cell => ({row, cell, ...(line ? {line} : {})})));
		return [
			...acts.flatMap(line => cellsOf(line.text.split(' ', 1)[0]!, false, line)),
			...falseOnes.flatMap(line => cellsOf('submit', false, line)),
			...dealt.flatMap(attack => cellsOf(attack, true)),
		];
	}

	/** The same lines with a move of the operators put in, at the turn of the act and then ever earlier. */
	#withMove(cell: Cell, {turn, text}: Line, needed: readonly Line[]): Line[][] {
		const party = /\bparty=(\S+)/.exec(text)?.[1];
		const request = /^\S+ ([a-z][a-z0-9-]*)/.exec(text)?.[1] ?? '';
		const known = this.#played.state.requests[request];
		const opened = known?.opened ?? turn;
		const at = (texts: readonly string[], first: number): Line[] =>
			texts.map((each, index) => ({turn: first + index, side: 'operators' as const, text: each}));
		const earlier = (...texts: string[]) =>
			Array.from({length: turn}, (_, back) => turn - back).map(first => inserted(needed, at(texts, first)));
		switch (cell.by) {
			case 'isolate':
				return party === undefined ? [] : earlier(`isolate party=${party}`);
			case 'inspect depth=full':
				return party === undefined ? [] : earlier(`inspect party=${party} depth=full`);
			case 'refresh':
				return earlier('refresh');
			case 'rotate':
				return earlier('rotate');
			case 'destroy-backups':
				return party === undefined ? [] : earlier(`destroy-backups party=${party}`);
			case 'call-back':
				return known
					? [
							inserted(
								needed.map(line => afterAnswer(line, request, opened)).toSorted((a, b) => a.turn - b.turn),
								at([`call-back ${request}`], opened),
							),
						]
					: [];
			case 'approve basis=digest':
				return known ? [needed.map(line => asDigest(line, request))] : [];
			default:
				return [];
		}
	}

	files(all: readonly Line[], needed: readonly Line[], remedy: Remedy | null, lines: readonly Line[]): Record<string, string> {
		const {what, safe, happened, turn} = this.#unsafe;
		const isLong = block(all, turn).length > mostText;
		const documented = this.#test(isLong ? needed : all, happened, 'stop', `as played: ${what}`, 0);
		const negative = this.#test(needed, safe, 'skip', `no more: ${what}`);
		const found: Record<string, string> = {
			'as-played.yaml': this.#file('as-played', [documented], {}, [
				'What was played, as a test: it holds as long as these moves lead where they led.',
				...this.#origin(),
			]),
			'negative-test.yaml': this.#file('negative-test', [negative], {}, [
				`Negative test: it fails as long as this can happen: ${what}.`,
				...remedyLines(remedy),
				`The moves are those of the game without which it does not happen: ${needed.length} of ${all.length}. What the rules refuse is skipped.`,
				...this.#origin(),
			]),
		};
		if (remedy) {
			const fixed = this.#test(lines, safe, 'skip', `no more: ${what}`);
			const controls = remedy.is === 'control' ? {[remedy.control]: 'on' as const} : {};
			found['negative-test-fixed.yaml'] = this.#file(
				'negative-test-fixed',
				[fixed],
				controls,
				[
					`The negative test with the remedy in: it holds. ${remedy.is === 'control' ? `${remedy.title} is on.` : `Put in: ${listed(remedy.lines)}.`}`,
					...this.#origin(),
				],
				remedy.is === 'control' && remedy.hasDrifted ? remedy.control : undefined,
			);
		}
		this.#check(found, remedy);
		return found;
	}

	#origin(): string[] {
		const {game, head, save} = this.#played;
		return [
			`Made from ${save ?? 'a save'}, head ${head}.`,
			`World ${game.deal.world}. The seed below is that of the game: whoever has it can compute every secret of it. They are practice keys.`,
			`Run it with: quorum-call test FILE`,
		];
	}

	#file(name: string, tests: readonly WrittenTest[], controls: Controls, comment: readonly string[], undrifted?: string): string {
		const {game} = this.#played;
		const suite = game.suite === 'glass' ? undefined : game.suite;
		const written: OneWorld['tests'] = tests.map(({name: title, world, seed, moves, refusals, expect}) => ({
			name: title,
			world,
			seed,
			moves,
			expect,
			...(refusals === 'skip' ? {refusals: 'skip'} : {}),
		}));
		const deal = undrifted === undefined ? {} : {deal: withoutDrift(this.#scenario.worlds[game.deal.world]!.deal, undrifted)};
		return oneWorld(this.#source.text, this.#scenario, {
			// The id is part of what is signed.
			id: this.#scenario.id,
			world: game.deal.world,
			...(suite === undefined ? {} : {suite}),
			controls,
			...deal,
			tests: written,
			comment: [`${this.#scenario.title}: ${name}`, ...comment],
		});
	}

	/** Each file is loaded and run as whoever gets it will do. */
	#check(files: Readonly<Record<string, string>>, remedy: Remedy | null): void {
		const expected = {'as-played.yaml': true, 'negative-test.yaml': false, ...(remedy ? {'negative-test-fixed.yaml': true} : {})};
		for (const [file, holds] of Object.entries(expected)) {
			const {scenario, diagnostics} = loadScenario(files[file]!, {file, vocabulary});
			const error = diagnostics.find(({severity}) => severity === 'error');
			if (!scenario) throw new Error(`${file} does not load: line ${error?.line}: ${error?.message}`);
			const {ok, problem, because} = this.#source.play(scenario, scenario.tests[0]!);
			if (ok !== holds || (!ok && problem?.at === 'moves'))
				throw new Error(
					`${file} ${ok ? 'holds' : 'does not hold'}, unlike the game that it was made from${because === '' ? '' : `: ${because}`}`,
				);
		}
	}
}

/** The lines of a deal but those that turn a control off in truth. */
function withoutDrift(deal: string, control: string): string {
	return deal
		.split('\n')
		.filter(line => !new RegExp(`^\\s*world:\\s*drift\\s+(control=)?${control}\\b(?!-)`).test(line))
		.join('\n');
}

function inserted(lines: readonly Line[], put: readonly Line[]): Line[] {
	const all = [...lines];
	for (const line of put) {
		const at = all.findIndex(each => each.turn > line.turn || (each.turn === line.turn && each.side === 'operators'));
		all.splice(at < 0 ? all.length : at, 0, line);
	}
	return all;
}

function asDigest(line: Line, request: string): Line {
	return line.side === 'operators' && line.text.startsWith(`approve ${request} `) && line.text.endsWith('basis=display')
		? {...line, text: line.text.replace(/basis=display$/, 'basis=digest')}
		: line;
}

/** What was done for a request waits for the answer to a call-back, and rests on it. */
function afterAnswer(line: Line, request: string, opened: number): Line {
	if (line.side !== 'operators' || !new RegExp(`^(approve|sign|retry) ${request} `).test(line.text)) return line;
	return {...line, turn: Math.max(line.turn, opened + 1), text: line.text.replace(/basis=(display|digest)$/, 'basis=callback')};
}

function remedyLines(remedy: Remedy | null): string[] {
	if (remedy === null)
		return [
			'No control and no move that the attack x control matrix names stops it with these moves: other moves have to be made. See the debrief.',
		];
	if (remedy.is === 'moves')
		return [`No control stops it. It holds with ${counted(remedy.lines.length, 'move')} put in: ${listed(remedy.lines)} (${remedy.how}).`];
	return remedy.hasDrifted
		? [
				`It holds once ${remedy.title} is really on: take the line "world: drift control=${remedy.control}" out of the deal (${remedy.how}).`,
			]
		: [`It holds once ${remedy.title} is on: write "${remedy.control}: on" under controls (${remedy.how}).`];
}
