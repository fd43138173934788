/** What `watch` does, apart from the terminal and the disk: a round after each save, told to whoever shows it. */
import {vocabulary} from '../engine/vocabulary.js';
import {type PlayedTest, playTest, type ScenarioTest} from '../playtest/scenario-test.js';
import {type Diagnostic, formatDiagnostic, harmless} from '../scenario/diagnostic.js';
import {loadScenario} from '../scenario/load.js';
import type {Scenario} from '../scenario/schema.js';
import {chooseTest} from './chosen-test.js';
import {CommandError} from './command-error.js';

/** A save of the file, looked at. */
export interface Round {
	readonly diagnostics: readonly Diagnostic[];
	/** What stands in the way of playing, in a sentence; the games are then those of the last file that could be played. */
	readonly trouble?: string;
	readonly tests: readonly {readonly name: string; readonly ok: boolean; readonly because: string}[];
	/** How the test is called whose moves are played. */
	readonly words: string;
	/** Its moves in each world, as far as they can be played. */
	readonly games: readonly {readonly world: string; readonly played: PlayedTest}[];
}

export interface WatchChoice {
	readonly test?: string;
	/** This world alone. */
	readonly world?: string;
}

/** `glass` gives the outcomes of the real suites, far faster. */
const suite = 'glass';

/** Checks a text, plays its tests, and one test's moves in every world. */
export function roundOf(text: string, file: string, choice: WatchChoice, before?: Round): Round {
	const {scenario, diagnostics} = loadScenario(text, {file, vocabulary});
	const keep = {diagnostics, tests: [], words: before?.words ?? '', games: before?.games ?? []};
	if (!scenario) return {...keep, trouble: 'The file does not load.'};
	try {
		const {test, words} = chooseTest(scenario, choice);
		const worlds = choice.world === undefined ? Object.keys(scenario.worlds) : [choice.world];
		return {
			diagnostics,
			tests: scenario.tests.map(each => resultOf(scenario, each)),
			words,
			games: worlds.map(world => ({world, played: playTest(scenario, {...test, world}, {suite})})),
		};
	} catch (error) {
		// The test or the world that is watched may be renamed just now.
		if (!(error instanceof CommandError)) throw error;
		return {...keep, trouble: error.message};
	}
}

function resultOf(scenario: Scenario, test: ScenarioTest): Round['tests'][number] {
	const {ok, because} = playTest(scenario, test, {suite});
	return {name: test.name, ok, because};
}

/** The disk and the clock. */
export interface WatchEdge {
	/** The file's text; null while it is away, as it is for a moment when an editor saves by renaming. */
	read(): string | null;
	/** Calls back when the file may have changed; returns how to stop. */
	onChange(changed: () => void): () => void;
	/** Calls back once, a moment later; returns how to call it off. */
	soon(run: () => void): () => void;
	show(round: Round): void;
	/** A sentence beside the rounds. */
	tell(text: string): void;
}

/** Watches a file: a round now, and one after each change of its text. Returns how to stop. */
export function watchText(edge: WatchEdge, look: (text: string, before?: Round) => Round): () => void {
	let text: string | null = null;
	let round: Round | undefined;
	let isAway = false;
	let callOff = (): void => {};
	const turn = (): void => {
		const now = edge.read();
		if (now === null) {
			if (!isAway) edge.tell('The file is away; waiting for it.');
			isAway = true;
			return;
		}
		// An editor writes more than once, and some touch a file without a change.
		if (now === text && !isAway) return;
		isAway = false;
		text = now;
		round = look(now, round);
		edge.show(round);
	};
	const stop = edge.onChange(() => {
		callOff();
		callOff = edge.soon(turn);
	});
	turn();
	return () => {
		callOff();
		stop();
	};
}

/** What there is to say of a round before its boards. */
export function roundLines({diagnostics, trouble, tests}: Round): string[] {
	const failed = tests.filter(({ok}) => !ok);
	const findings = diagnostics.filter(({severity}) => severity !== 'note');
	return [
		...findings.flatMap(each => [...formatDiagnostic(each).split('\n'), '']),
		...(trouble === undefined ? [] : trouble.split('\n').map(line => harmless(line))),
		...failed.map(({name, because}) => `FAILED ${harmless(name)}: ${harmless(because)}`),
		...(tests.length === 0
			? trouble === undefined
				? ['It loads, and has no tests.']
				: []
			: [`${tests.length} ${tests.length === 1 ? 'test' : 'tests'}, ${failed.length === 0 ? 'all hold' : `${failed.length} not`}.`]),
	];
}

/** Where a game of a round stands, and what stopped it. */
export function gameLine({words, games}: Round, index: number): string {
	const game = games[index];
	if (!game) return '';
	const {world, played} = game;
	const {state, problem, because} = played;
	const stopped = problem?.at === 'moves' ? `; stopped at ${harmless(because)}` : '';
	const end = state.end ? `, over: ${state.end.outcome}` : '';
	return `world ${world} (${index + 1} of ${games.length}), ${words}: turn ${state.turn}${end}${stopped}`;
}
