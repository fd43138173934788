import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {verifyGame} from '../../source/journal/re-execution.js';
import {RecordedGame} from '../../source/journal/recorded-game.js';

const folder = join(import.meta.dirname, '../../saves/examples');
const files = readdirSync(folder).filter(name => name.endsWith('.jsonl'));

describe('the finished games in saves/examples (saves/examples/make.sh plays them anew)', () => {
	test('show each way a game can end', () => {
		const outcomes = files.map(name => RecordedGame.load(join(folder, name)).state.end?.outcome);
		expect(new Set(outcomes)).toEqual(new Set(['operators', 'attackers', 'neither']));
	});

	test.each(files)('%s holds under the rules of today', name => {
		expect(verifyGame(readFileSync(join(folder, name)), {})).toMatchObject({ok: true, closed: true, reexecuted: true, divergence: null});
	});
});
