import {readdirSync, readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {vocabulary} from '../../source/engine/vocabulary.js';
import {RecordedGame} from '../../source/journal/recorded-game.js';
import {playTest} from '../../source/playtest/scenario-test.js';
import {type NegativeTest, negativeTestOf, type PlayTest} from '../../source/report/negative-test.js';
import {loadScenario} from '../../source/scenario/load.js';
import type {Scenario} from '../../source/scenario/schema.js';
import {play, playedOf, scenarioWith, swapped, won} from './games.js';

const inGlass: PlayTest = (scenario, each) => playTest(scenario, each, {suite: 'glass'});
const read = (path: string) => readFileSync(path, 'utf8');

/** What `quorum-call test` says of a file, group aside. */
function run(text: string): {readonly ok: boolean; readonly at: string | undefined; readonly scenario: Scenario} {
	const {scenario, diagnostics} = loadScenario(text, {file: 'made.yaml', vocabulary});
	if (!scenario) throw new Error(diagnostics.map(({line, message}) => `${line}: ${message}`).join('\n'));
	const {ok, problem} = inGlass(scenario, scenario.tests[0]!);
	return {ok, at: problem?.at, scenario};
}

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

const shipped = readdirSync('scenarios').filter(name => name.endsWith('.yaml'));
const lost = shipped.flatMap(file => {
	const text = read(`scenarios/${file}`);
	const {scenario} = loadScenario(text, {file, vocabulary});
	// One of each file, the last: a game takes a second. First-light's false request is lost without any attack on a machine.
	const losing = scenario!.tests.filter(({expect: expected}) => String(expected).includes('outcome == "attackers"'));
	return losing
		.filter((each, index) => index === losing.length - 1 || each.name.startsWith('caller'))
		.map(each => [`${file}: ${each.name}`, {scenario: scenario!, text, file, each}] as const);
});

describe('every scenario, as its own tests lose it', () => {
	test.each(lost)('%s', (_name, {scenario, text, file, each}) => {
		const {game, state, events} = inGlass(scenario, each);
		const made = negativeTestOf(playedOf(game, state, events), {text, file, play: inGlass});
		expect(made?.unsafe.kind).toBe('output');
		expect(made?.remedy).not.toBeNull();
		expectWhole(made!);
	});
});

describe('example saves', () => {
	test.each([
		['lost-on-display', 'bind-payload'],
		['lost-to-shares', 'steal-share x '],
		['frozen', null],
	])('%s', (name, remedy) => {
		const recorded = RecordedGame.load(`saves/examples/${name}.jsonl`);
		const made = negativeTestOf(recorded, {text: recorded.sealed.scenario, file: recorded.sealed.scenarioFile, play: inGlass});
		expectWhole(made!);
		if (remedy === null) expect(made!.remedy).toBeNull();
		else expect(made!.remedy!.cell).toContain(remedy);
	});

	test('in its own group, once', () => {
		const recorded = RecordedGame.load('saves/examples/lost-on-display.jsonl');
		const made = negativeTestOf(recorded, {text: recorded.sealed.scenario, file: recorded.sealed.scenarioFile, play: playTest})!;
		expect(run(made.files['negative-test.yaml']!).scenario.suite).toBe('ed25519');
		// Two approvals of bytes that were swapped between, and the signing: nothing else is needed.
		expect(made.moves).toEqual({all: 15, needed: 4});
	});
});

test('a game that lost nothing has none', () => {
	expect(negativeTestOf(play(won), {text: read('test/report/night-desk.yaml'), file: 'night-desk.yaml', play: inGlass})).toBeNull();
});

test('moves that do not lead there are told, not believed', () => {
	const played = play(swapped);
	const harmlessOne = {
		...played,
		entries: played.entries.filter(({event}) => !(event.type === 'move' && event.text.startsWith('swap-payload'))),
	};
	expect(() => negativeTestOf(harmlessOne, {text: read('test/report/night-desk.yaml'), file: 'night-desk.yaml', play: inGlass})).toThrow(
		/verify/,
	);
});

test('names and texts of others open no line of their own in the file', () => {
	const title = 'Night desk\\nworlds: gone # yes: &a *b';
	const text = read('test/report/night-desk.yaml').replace(/^title: .*$/m, `title: "${title}"`);
	const scenario = scenarioWith(() => text);
	const made = negativeTestOf(play(swapped, {scenario}), {text, file: 'night-desk.yaml', play: inGlass})!;
	const file = made.files['negative-test.yaml']!;
	expect(file).not.toMatch(/^worlds: gone/m);
	expect(run(file).scenario.title).toBe(scenario.title);
});
