/**
 * The negative test of a game: its scenario with the dealt world alone, and the moves that led to what nobody wanted, as a file that `test` runs. It
 * fails on the scenario as played and holds once the remedy is in. Nothing is believed: each file is loaded and played before it is handed out.
 */
import {vocabulary} from '../engine/vocabulary.js';
import type {PlayedTest, ScenarioTest, TestOptions} from '../playtest/scenario-test.js';
import {loadScenario} from '../scenario/load.js';
import {oneWorld} from '../scenario/one-world.js';
import type {Scenario} from '../scenario/schema.js';
import {withoutDrift} from './deal-lines.js';
import {counted, listed} from './plain-text.js';
import type {Played} from './played.js';
import {type Found, type Remedy, remedyFor} from './remedy.js';
import {block, type Line, linesOf} from './test-lines.js';
import {type Rerunner, Trial, type WrittenTest} from './trial.js';
import {type Unsafe, unsafeOf} from './unsafe.js';

/** Plays a test of a scenario: the caller hands it in. */
export type PlayTest = (scenario: Scenario, test: ScenarioTest, options?: TestOptions) => PlayedTest;

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
	/** Plays the finished files, as whoever gets them will. */
	readonly play: PlayTest;
	/** Tries lines out, in the group that is never played: no outcome depends on the group. */
	readonly rerunner: Rerunner;
}

/** The most that a scenario file takes as moves of one test. */
const mostText = 20_000;

/**
 * Makes the negative test of a game; null where it did nothing that should not happen.
 * @throws {Error} where the moves of the journal do not lead there again, which a verified save's do.
 */
export function negativeTestOf(played: Played, source: NegativeTestSource): NegativeTest | null {
	const unsafe = unsafeOf(played);
	if (!unsafe) return null;
	const trial = new Trial(played, unsafe, source.rerunner);
	const all = linesOf(played, unsafe.turn);
	if (trial.isSafe(all)) throw new Error('the moves of this save do not lead to what happened in it; verify it');
	const found = remedyFor(played, trial, all);
	const files = filesOf(played, source, {unsafe, trial, all, found});
	check(files, source.play, found.remedy);
	return {unsafe, tried: found.tried, remedy: found.remedy, moves: {all: all.length, needed: found.needed.length}, files};
}

interface Parts {
	readonly unsafe: Unsafe;
	readonly trial: Trial;
	readonly all: readonly Line[];
	readonly found: Found;
}

function filesOf(played: Played, {text}: NegativeTestSource, {unsafe, trial, all, found}: Parts): Record<string, string> {
	const {what, safe, happened, turn} = unsafe;
	const {remedy, needed, lines} = found;
	const isLong = block(all, turn).length > mostText;
	const file = (name: string, test: WrittenTest, comment: readonly string[], control?: Extract<Remedy, {is: 'control'}>) =>
		fileOf(played, text, {name, test, comment: [...comment, ...originOf(played)], ...(control ? {control} : {})});
	const files = {
		'as-played.yaml': file('as-played', trial.test(isLong ? needed : all, happened, 'stop', `as played: ${what}`, 0), [
			'What was played, as a test: it holds as long as these moves lead where they led.',
		]),
		'negative-test.yaml': file('negative-test', trial.test(needed, safe, 'skip', `no more: ${what}`), [
			`Negative test: it fails as long as this can happen: ${what}.`,
			...remedyLines(remedy),
			`The moves are those of the game without which it does not happen: ${needed.length} of ${all.length}. What the rules refuse is skipped.`,
		]),
	};
	if (!remedy) return files;
	const says = remedy.is === 'control' ? `${remedy.title} is on.` : `Put in: ${listed(remedy.lines)}.`;
	return {
		...files,
		'negative-test-fixed.yaml': file(
			'negative-test-fixed',
			trial.test(lines, safe, 'skip', `no more: ${what}`),
			[`The negative test with the remedy in: it holds. ${says}`],
			remedy.is === 'control' ? remedy : undefined,
		),
	};
}

function originOf({game, head, save}: Played): string[] {
	return [
		`Made from ${save ?? 'a save'}, head ${head}.`,
		`World ${game.deal.world}. The seed below is that of the game: whoever has it can compute every secret of it. They are practice keys.`,
		`Run it with: quorum-call test FILE`,
	];
}

interface File {
	readonly name: string;
	readonly test: WrittenTest;
	readonly comment: readonly string[];
	readonly control?: Extract<Remedy, {is: 'control'}>;
}

function fileOf({game}: Played, text: string, {name, test, comment, control}: File): string {
	const {scenario, suite} = game;
	const {world} = game.deal;
	const {name: title, seed, moves, refusals, expect} = test;
	return oneWorld(text, scenario, {
		// The id is part of what is signed.
		id: scenario.id,
		world,
		...(suite === 'glass' ? {} : {suite}),
		controls: control ? {[control.control]: 'on'} : {},
		...(control?.hasDrifted ? {deal: withoutDrift(scenario.worlds[world]!.deal, control.control)} : {}),
		tests: [{name: title, world, seed, moves, expect, ...(refusals === 'skip' ? {refusals: 'skip'} : {})}],
		comment: [`${scenario.title}: ${name}`, ...comment],
	});
}

/** Each file is loaded and run as whoever gets it will do. */
function check(files: Readonly<Record<string, string>>, play: PlayTest, remedy: Remedy | null): void {
	const expected = {'as-played.yaml': true, 'negative-test.yaml': false, ...(remedy ? {'negative-test-fixed.yaml': true} : {})};
	for (const [file, holds] of Object.entries(expected)) {
		const {scenario, diagnostics} = loadScenario(files[file]!, {file, vocabulary});
		const error = diagnostics.find(({severity}) => severity === 'error');
		if (!scenario) throw new Error(`${file} does not load: line ${error?.line}: ${error?.message}`);
		const {ok, problem, because} = play(scenario, scenario.tests[0]!);
		if (ok !== holds || (!ok && problem?.at === 'moves'))
			throw new Error(
				`${file} ${ok ? 'holds' : 'does not hold'}, unlike the game that it was made from${because === '' ? '' : `: ${because}`}`,
			);
	}
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
