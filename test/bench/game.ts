// What verification costs: re-executing a finished game, with chain, outputs and all, over playing the same game headless into a file.
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {begin, playOut} from '../../source/commands/drive.js';
import {opponent} from '../../source/commands/opponents.js';
import {openScenario} from '../../source/commands/scenario-files.js';
import {verifyGame} from '../../source/journal/re-execution.js';
import {RecordedGame} from '../../source/journal/recorded-game.js';
import type {Row} from './row.js';

const games = 9;
const warmUp = 2;

function median(values: readonly number[]): number {
	const sorted = [...values].sort((left, right) => left - right);
	return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

export async function rows(): Promise<Row[]> {
	const folder = mkdtempSync(join(tmpdir(), 'game-bench-'));
	const file = openScenario('first-light');
	const opponents = {operators: opponent('operators'), attackers: opponent('attackers')};
	const roster = (['operators', 'attackers'] as const).map(side => ({seat: side, side, player: 'bot'}));
	const playing: number[] = [];
	const verifying: number[] = [];
	try {
		for (let index = 0; index < games + warmUp; index += 1) {
			const path = join(folder, `game-${index}.jsonl`);
			const started = performance.now();
			const recorded = RecordedGame.create({...file, seed: `bench ${index}`, roster, path});
			begin({recorded, opponents});
			await playOut({recorded, opponents});
			recorded.close();
			const played = performance.now();
			const bytes = readFileSync(path);
			const {ok, divergence} = verifyGame(bytes, {});
			if (!ok) throw new Error(`The game that was measured does not verify: ${divergence?.message}`);
			if (index < warmUp) continue;
			playing.push(played - started);
			verifying.push(performance.now() - played);
		}
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
	const [play, check] = [median(playing), median(verifying)];
	return [
		{
			what: 'verify of a finished game over playing it headless',
			value: `${check.toFixed(0)} ms`,
			ratio: check / play,
			budget: 1,
			note: `playing ${play.toFixed(0)} ms; medians of ${games}`,
		},
	];
}
