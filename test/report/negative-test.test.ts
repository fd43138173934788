import {readdirSync, readFileSync} from 'node:fs';
import {describe, expect, test, vi} from 'vitest';
import {vocabulary} from '../../source/engine/vocabulary.js';
import {RecordedGame} from '../../source/journal/recorded-game.js';
import {playTest, rerunner} from '../../source/playtest/scenario-test.js';
import {debriefOf} from '../../source/report/debrief.js';
import {debriefMarkdown} from '../../source/report/debrief-markdown.js';
import {type NegativeTest, negativeTestOf, type PlayTest} from '../../source/report/negative-test.js';
import type {Played} from '../../source/report/played.js';
import type {Rerunner} from '../../source/report/trial.js';
import {unsafeOf} from '../../source/report/unsafe.js';
import {loadScenario} from '../../source/scenario/load.js';
import type {Scenario} from '../../source/scenario/schema.js';
import {cells} from '../engine/cells.js';
import {Play, textOf, vault} from '../engine/play.js';
import {drifted, hardened, play, playedOf, replay, scenarioWith, swapped, won} from './games.js';

const inGlass: PlayTest = (scenario, each) => playTest(scenario, each, {suite: 'glass'});
const glass = {play: inGlass, rerunner: ((scenario, game) => rerunner(scenario, game, 'glass')) satisfies Rerunner};
const shippedIds = () => readdirSync('scenarios').flatMap(name => (name.endsWith('.yaml') ? [name.slice(0, -'.yaml'.length)] : []));
const read = (path: string) => readFileSync(path, 'utf8');

/** What `quorum-call test` says of a file, group aside. */
function run(text: string): {readonly ok: boolean; readonly at: string | undefined; readonly scenario: Scenario} {
	const {scenario, diagnostics} = loadScenario(text, {file: 'made.yaml', vocabulary});
	if (!scenario) throw new Error(diagnostics.map(({line, message}) => `${line}: ${message}`).join('\n'));
	const {ok, problem} = inGlass(scenario, scenario.tests[0]!);
	return {ok, at: problem?.at, scenario};
}

/** Plays the files once more, as somebody who has nothing but them. */
function expectWhole({files, remedy}: NegativeTest): void {
	expect(run(files['as-played.yaml']!).ok).toBe(true);
	const failing = run(files['negative-test.yaml']!);
	// It fails by what it expects, not by a move that can't be made.
	expect(failing).toMatchObject({ok: false, at: 'expect'});
	expect(Object.keys(failing.scenario.worlds)).toHaveLength(1);
	if (remedy) expect(run(files['negative-test-fixed.yaml']!).ok).toBe(true);
	if (remedy?.is === 'control' && !remedy.hasDrifted) {
		const on = new RegExp(`^( *)${remedy.control}: off$`, 'm');
		const text = files['negative-test.yaml']!;
		const changed = on.test(text)
			? text.replace(on, `$1${remedy.control}: on`)
			: text.replace(/^controls:$/m, `$&\n  ${remedy.control}: on`);
		expect(changed).not.toBe(text);
		expect(run(changed).ok).toBe(true);
	}
}

/** The remedy in a word: the cell of the matrix, or that there is none. */
const remedyOf = (made: NegativeTest | null) => made && (made.remedy?.cell ?? 'none');

/** A game that no remedy was found for: its debrief says so, and so does the file. */
function expectSaid(played: Played, {files, unsafe}: NegativeTest): void {
	const model = debriefOf(played, {
		replayWith: moves => replay(played.game, moves),
		replayHardened: controls => hardened(played, controls),
	});
	expect(debriefMarkdown(model)).toMatch(
		unsafe.kind === 'missed' ? /No control serves a request: / : /\*\*No control stops this line of moves:\*\*/,
	);
	expect(files['negative-test.yaml']).toContain('# No control and no move that the attack x control matrix names stops it');
	expect(Object.keys(files)).not.toContain('negative-test-fixed.yaml');
}

/**
 * What stops each line that the shipped scenarios' own tests lose. Making a negative test loads and plays its files, and throws unless the first
 * holds, the second fails by what it expects, and the third holds; the example saves below are played once more, by hand.
 */
const lost: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	'first-light': {
		'liar, on display: the signature verifies, and pays somebody else': 'swap-payload x bind-payload',
		'insider, payments guarded and shares forgotten: two shares are the key': 'steal-share x refresh',
		'a freeze does not stop mathematics': 'steal-share x refresh',
		'caller, on digests: the bytes were as displayed, and the wish was false': 'submit x call-back',
		'outage, on display: the coordinator was next': 'swap-payload x bind-payload',
		'drift, insisting: the same two sign in vain until it is too late': 'steal-share x refresh',
		'freezing on the first turn saves the key and serves nobody': 'none',
	},
	'forced-fallback': {
		"stale, in an hour: the key is put together under somebody's eyes": 'implant x inspect depth=full',
		'poisoned, twice: both restores fail, and the key is put together where somebody waits': 'none',
		'poisoned, unwatched: three machines, one after the other': 'steal-share x isolate',
		'readable, busy restoring: two backups and one share are the key, and no recovery was needed': 'steal-share x isolate',
		'watched, by the handbook: the coordinator sees the whole key for an hour': 'implant x inspect depth=full',
		'what a recovery does: it sweeps, and serves nobody': 'none',
		'watched, with the storm rule: what a rule denies passes, and pays somebody else': 'use-exception x no-exceptions',
	},
	'quorum-change': {
		'keeper, new quorum and old safe: one kept copy and two backups are the old three of five': 'steal-backup x destroy-backups',
		'what a reshare does not do: three shares of before still make the same key': 'steal-share x erase-old-shares',
		'rush, in good company: four of seven sign what none of them has read': 'swap-payload x bind-payload',
		'stranger, on digests: every byte is as displayed, and nobody asked for it': 'submit x call-back',
	},
	'suspicious-custodian': {
		'mole, one machine at a time: the one that people talk about goes, and three shares of one generation leave': 'steal-share x refresh',
		'what a refresh does not do: three old shares are still the key': 'steal-backup x destroy-backups',
		'bought, in a hurry: two signatures of good faith and one that was paid for': 'submit x call-back',
		'wrong-one, hunting the custodian: the shares are new, and the display is as false as before': 'swap-payload x bind-payload',
		'what a rotation does not do: until the sweep is final the old shares still pay': 'steal-backup x destroy-backups',
		'a freeze does not stop three old shares': 'steal-backup x destroy-backups',
	},
};

describe.each(shippedIds())('%s: every line that its own tests lose', id => {
	const file = `${id}.yaml`;
	const text = read(`scenarios/${file}`);
	const scenario = loadScenario(text, {file, vocabulary}).scenario!;
	// Whoever wins loses nothing; what the other lines lose is played.
	const lines = scenario.tests.filter(({expect: expected}) => !String(expected).includes('outcome == "operators"'));

	test.each(lines.map(line => [line.name, line] as const))('%s', (name, line) => {
		const {game, state, events} = inGlass(scenario, line);
		const played = playedOf(game, state, events);
		const made = negativeTestOf(played, {text, file, ...glass});
		expect(remedyOf(made)).toBe(lost[id]?.[name] ?? null);
		if (made?.remedy === null) expectSaid(played, made);
	});

	test('the list has no other line', () => {
		expect(Object.keys(lost[id] ?? {}).filter(name => !lines.some(line => line.name === name))).toEqual([]);
	});
});

/** What stops each cell of the matrix in which, with the control off, something is paid or given away. */
const lostCells: Readonly<Record<string, string>> = {
	'bribe x distinct-domains': 'bribe x distinct-domains',
	'rogue-key x proof-of-possession': 'rogue-key x proof-of-possession',
	'rogue-key x t honest parties': 'rogue-key x proof-of-possession',
	'submit x call-back': 'submit x call-back',
	'swap-payload x approve basis=digest': 'swap-payload x bind-payload',
	'swap-payload x call-back': 'swap-payload x bind-payload',
	'swap-payload x bind-payload': 'swap-payload x bind-payload',
	'swap-payload x independent-verification': 'swap-payload x bind-payload',
	'steal-share x refresh': 'steal-share x refresh',
	'steal-share x refresh each turn': 'steal-share x refresh',
	'steal-share x fewer than t shares': 'steal-share x isolate',
	'steal-share x erase-old-shares': 'steal-share x erase-old-shares',
	'bribe x reshare': 'bribe x reshare',
	'steal-backup x refresh': 'steal-share x refresh',
	'use-exception x no-exceptions': 'use-exception x no-exceptions',
	'use-exception x amend drop-exception': 'use-exception x no-exceptions',
	'query x minimum-cohort': 'query x minimum-cohort',
	// Chance that is not chance has made the key already: no control looks at it afterwards.
	'weak-generator x a dealer with chance of its own': 'none',
	'keeps-copies x rotate': 'steal-share x isolate',
};

test('every cell of the matrix that ends in a loss', () => {
	const found: Record<string, string> = {};
	for (const [name, cell] of Object.entries(cells)) {
		const played = lostIn(cell);
		if (unsafeOf(played)?.kind === 'missed') continue;
		const made = negativeTestOf(played, {text: textOf(played.game.scenario), file: 'vault.yaml', ...glass});
		if (made) found[name] = remedyOf(made)!;
		if (made?.remedy === null) expectSaid(played, made);
	}
	expect(found).toMatchObject(lostCells);
	// A cell that is new has a remedy, or stands above with the reason why it has none.
	const none = (all: Readonly<Record<string, string>>) => Object.keys(all).filter(name => all[name] === 'none');
	expect(none(found)).toEqual(none(lostCells));
});

/** Plays a cell with its control off, in glass, and then to the end of the game. */
function lostIn(cell: (isOn: boolean) => boolean): Played {
	const plays: Play[] = [];
	const spy = vi.spyOn(Play, 'vault').mockImplementation(({seed = 'table', suite: _, ...rest} = {}) => {
		const begun = Play.begin({scenario: vault(rest), seed, suite: 'glass'});
		plays.push(begun);
		return begun;
	});
	cell(false);
	spy.mockRestore();
	const {game, state, events} = plays[0]!.finish();
	return playedOf(game, state, events);
}

describe('example saves', () => {
	test.each([
		['lost-to-shares', 'steal-share x refresh'],
		['lost-to-a-backup', 'steal-share x refresh'],
		['frozen', 'none'],
	])('%s', (name, remedy) => {
		const recorded = RecordedGame.load(`saves/examples/${name}.jsonl`);
		const made = negativeTestOf(recorded, {text: recorded.sealed.scenario, file: recorded.sealed.scenarioFile, ...glass})!;
		expectWhole(made);
		expect(remedyOf(made)).toBe(remedy);
	});

	test('lost-on-display, its files played in their own group', () => {
		const recorded = RecordedGame.load('saves/examples/lost-on-display.jsonl');
		const made = negativeTestOf(recorded, {text: recorded.sealed.scenario, file: recorded.sealed.scenarioFile, ...glass, play: playTest})!;
		expectWhole(made);
		expect(run(made.files['negative-test.yaml']!).scenario.suite).toBe('ed25519');
		expect(remedyOf(made)).toBe('swap-payload x bind-payload');
		// Two approvals of bytes that were swapped between, and the signing: nothing else is needed.
		expect(made.moves).toEqual({all: 15, needed: 4});
	});
});

test('files that do not say what was played are not handed out', () => {
	const text = read('test/report/night-desk.yaml');
	const always: PlayTest = (scenario, each, options) => ({...playTest(scenario, each, {suite: 'glass', ...options}), ok: true});
	expect(() => negativeTestOf(play(swapped), {text, file: 'night-desk.yaml', ...glass, play: always})).toThrow(
		'negative-test.yaml holds, unlike the game that it was made from',
	);
});

test('a control that drifted is really on when it is tried', () => {
	const played = play(drifted, {world: 'drift'});
	expect(hardened(played, []).state.controls['verify-partials']).toEqual({documented: true, actual: false});
	expect(hardened(played, ['verify-partials']).state.controls['verify-partials']).toEqual({documented: true, actual: true});
});

test('a game that lost nothing has none', () => {
	expect(negativeTestOf(play(won), {text: read('test/report/night-desk.yaml'), file: 'night-desk.yaml', ...glass})).toBeNull();
});

test('moves that do not lead there are told, not believed', () => {
	const played = play(swapped);
	const harmlessOne = {
		...played,
		entries: played.entries.filter(({event}) => !(event.type === 'move' && event.text.startsWith('swap-payload'))),
	};
	expect(() => negativeTestOf(harmlessOne, {text: read('test/report/night-desk.yaml'), file: 'night-desk.yaml', ...glass})).toThrow(
		/verify/,
	);
});

test('names and texts of others open no line of their own in the file', () => {
	const title = 'Night desk\\nworlds: gone # yes: &a *b';
	const text = read('test/report/night-desk.yaml').replace(/^title: .*$/m, `title: "${title}"`);
	const scenario = scenarioWith(() => text);
	const made = negativeTestOf(play(swapped, {scenario}), {text, file: 'night-desk.yaml', ...glass})!;
	const file = made.files['negative-test.yaml']!;
	expect(file).not.toMatch(/^worlds: gone/m);
	expect(run(file).scenario.title).toBe(scenario.title);
});
