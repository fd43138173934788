/** `compare`: games of one scenario side by side. */
import {RecordedGame} from '../journal/recorded-game.js';
import {type Compared, type Comparison, comparison, comparisonMarkdown, comparisonText, scenariosOf} from '../report/compare.js';
import {CommandError} from './command-error.js';
import {deliver, print, printJson, tell} from './output.js';
import {shown} from './paths.js';
import {divergenceOf} from './trusted-save.js';

export interface CompareOptions {
	readonly format: 'text' | 'md' | 'json';
	/** Compare saves that do not verify, and games of different scenarios; each is marked. */
	readonly force?: boolean;
	readonly out?: string;
}

/** Exit status 0 when all of them hold and were compared; 1 where one does not verify, whether forced or not. */
export async function compare(saves: readonly string[], {format, force = false, out}: CompareOptions): Promise<number> {
	if (saves.length < 2) throw new CommandError('One game has nothing beside it. Give two saves or more: quorum-call compare SAVE SAVE...');
	const twice = saves.find((save, index) => saves.indexOf(save) !== index);
	if (twice !== undefined) throw new CommandError(`${twice} is given twice.`);
	const checked: {save: string; divergence: Compared['divergence']}[] = [];
	for (const save of saves) checked.push({save, divergence: await divergenceOf(save)});
	const bad = checked.filter(({divergence}) => divergence !== null);
	if (!force)
		for (const {save, divergence} of bad)
			tell(`${save}:${divergence!.line}: ${divergence!.message} It is left out; --force compares it all the same, marked.`);
	const games = (force ? checked : checked.filter(({divergence}) => divergence === null)).map(loaded);
	if (games.length < 2) throw new CommandError('Fewer than two saves hold: there is nothing to compare.', 1);
	const scenarios = scenariosOf(games);
	if (scenarios.length > 1 && !force)
		throw new CommandError(
			`These are games of different scenarios (${games.map(({save, played}) => `${save}: ${played.game.scenario.id}`).join(', ')}). Compare games of one; --force holds them side by side all the same, and says so.`,
		);
	deliverAs(comparison(games), format, out);
	return bad.length > 0 ? 1 : 0;
}

function deliverAs(found: Comparison, format: CompareOptions['format'], out: string | undefined): void {
	if (format === 'json' && out === undefined) printJson(found);
	else if (format === 'json') deliver(JSON.stringify(found, null, '\t'), out);
	else if (format === 'md') deliver(comparisonMarkdown(found), out);
	else if (out === undefined) print(comparisonText(found));
	else deliver(comparisonText(found), out);
}

function loaded({save, divergence}: {readonly save: string; readonly divergence: Compared['divergence']}): Compared {
	const {game, state, entries, head, opened} = load(save);
	return {
		save: shown(save),
		played: {game, state, entries, head, save: shown(save)},
		rules: opened.rules,
		program: opened.program,
		scenario: opened.scenario.sha256,
		divergence,
	};
}

function load(save: string): RecordedGame {
	try {
		return RecordedGame.load(save);
	} catch (error) {
		if (error instanceof Error && 'exitStatus' in error)
			throw new CommandError(`${error.message} It can not be compared, not even with --force.`, 1, {cause: error});
		throw error;
	}
}
