// What the documents cost: the debrief of a game of twelve turns in all formats, with all that it plays again, over verify of the same game.
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {debriefModel} from '../../source/commands/debrief.js';
import {begin, playOut} from '../../source/commands/drive.js';
import {opponent} from '../../source/commands/opponents.js';
import {openScenario} from '../../source/commands/scenario-files.js';
import {vocabulary} from '../../source/engine/vocabulary.js';
import {verifyGame} from '../../source/journal/re-execution.js';
import {RecordedGame} from '../../source/journal/recorded-game.js';
import {debriefHtml} from '../../source/report/debrief-html.js';
import {debriefMarkdown} from '../../source/report/debrief-markdown.js';
import {loadScenario} from '../../source/scenario/load.js';
import type {Row} from './row.js';

const runs = 5;

function median(values: readonly number[]): number {
	return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}

export async function rows(): Promise<Row[]> {
	const folder = mkdtempSync(join(tmpdir(), 'debrief-bench-'));
	try {
		const {scenarioText, scenarioFile} = openScenario('first-light');
		const text = scenarioText.replace(/^turns: 6$/m, 'turns: 12');
		const {scenario} = loadScenario(text, {file: scenarioFile, vocabulary});
		if (scenario?.turns !== 12) throw new Error('The scenario that is measured has not twelve turns.');
		const path = join(folder, 'game.jsonl');
		const roster = (['operators', 'attackers'] as const).map(side => ({
			seat: side,
			side,
			player: side === 'attackers' ? 'bot playbook' : 'bot careful',
		}));
		const file = {scenario, scenarioText: text, scenarioFile};
		// A world that is won: the game lasts all of its turns.
		const recorded = RecordedGame.create({...file, seed: 'careful 1', world: 'insider', roster, path});
		const opponents = {operators: opponent('operators'), attackers: opponent('attackers')};
		begin({recorded, opponents});
		await playOut({recorded, opponents});
		recorded.close();
		const {turn} = recorded.state;
		const times: Record<'verify' | 'model' | 'formats', number[]> = {verify: [], model: [], formats: []};
		for (let run = 0; run <= runs; run += 1) {
			const marks = [performance.now()];
			const mark = () => marks.push(performance.now());
			if (!verifyGame(readFileSync(path)).ok) throw new Error('The game that was measured does not verify.');
			mark();
			const model = debriefModel(RecordedGame.load(path));
			mark();
			for (const document of [debriefMarkdown(model), debriefHtml(model), JSON.stringify(model)])
				if (document.length === 0) throw new Error('A document is empty.');
			mark();
			// The first run warms up.
			if (run > 0)
				for (const [index, name] of (['verify', 'model', 'formats'] as const).entries())
					times[name].push(marks[index + 1]! - marks[index]!);
		}
		const [verify, model, formats] = [median(times.verify), median(times.model), median(times.formats)];
		return [
			{
				what: `debrief of a ${turn}-turn game, all formats, over verify of it`,
				value: `${(model + formats).toFixed(0)} ms`,
				ratio: (model + formats) / verify,
				note: `verify ${verify.toFixed(0)} ms; most of it plays the game again in other worlds and with other choices`,
			},
			{
				what: 'the same without what is played again: Markdown, HTML and JSON',
				value: `${formats.toFixed(0)} ms`,
				ratio: formats / verify,
				note: `medians of ${runs}`,
			},
		];
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}
