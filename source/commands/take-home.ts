/** `take-home`: a negative test, an incident plan and a signal, made from a save. */
import {mkdirSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileError} from '../journal/journal-error.js';
import {RecordedGame} from '../journal/recorded-game.js';
import {playTest, rerunner} from '../playtest/scenario-test.js';
import {takeHome as make, type TakeHome, type TakeHomeOptions as TakeHomeSource} from '../report/take-home.js';
import {didYouMean, harmless} from '../scenario/diagnostic.js';
import {CommandError} from './command-error.js';
import {print, printJson} from './output.js';
import {shown} from './paths.js';
import {trustedSave} from './trusted-save.js';

export interface TakeHomeOptions {
	/** The folder to write; without it one beside the working directory's files, named after the scenario. */
	readonly out?: string;
	/** Whose compromise the incident plan is about. */
	readonly party?: string;
	/** Write into a folder that has files already. */
	readonly force?: boolean;
	readonly json?: boolean;
}

/** No outcome depends on the group, and this one is the fastest by far. */
const inGlass: TakeHomeSource['rerunner'] = (scenario, game) => rerunner(scenario, game, 'glass');

/** Exit status 0 when the files are written, 1 for a save that does not verify. */
export async function takeHome(save: string, {out, party, force = false, json = false}: TakeHomeOptions): Promise<number> {
	await trustedSave(save, 'Nothing was written.');
	const recorded = RecordedGame.load(save);
	const {game, state, entries, head, opened, sealed} = recorded;
	const parties = game.deal.parties.map(({id}) => id);
	if (party !== undefined && !parties.includes(party)) {
		const hint = didYouMean(party, parties);
		throw new CommandError(
			`There is no party "${harmless(party)}"${hint === undefined ? '.' : `; ${hint}`} Expected one of ${parties.join(', ')} after --party.`,
		);
	}
	const folder = out ?? `${game.scenario.id}-take-home`;
	const made = make(
		{game, state, entries, head, save: shown(save)},
		{
			text: sealed.scenario,
			file: sealed.scenarioFile,
			play: playTest,
			rerunner: inGlass,
			...(opened.drill ? {debrief: {record: {drill: opened.drill}}} : {}),
			...(party === undefined ? {} : {party}),
		},
	);
	write(folder, made.files, force);
	if (json) printJson({folder, files: Object.keys(made.files), test: summary(made), signal: made.signal.id, party: made.party});
	else print(told(folder, made));
	return 0;
}

function summary({test}: TakeHome) {
	return test && {happened: test.unsafe.what, remedy: test.remedy, tried: test.tried, moves: test.moves};
}

function write(folder: string, files: Readonly<Record<string, string>>, force: boolean): void {
	try {
		mkdirSync(folder, {recursive: true});
		const taken = readdirSync(folder).filter(name => Object.hasOwn(files, name));
		if (taken.length > 0 && !force)
			throw new CommandError(
				`${folder} holds ${taken.join(', ')} already. Write them anew with --force, or choose another folder with --out.`,
			);
		for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
	} catch (error) {
		if (error instanceof CommandError) throw error;
		throw fileError(error, folder, 'write the files');
	}
}

function told(folder: string, {files, test, signal, party}: TakeHome): string {
	const remedy = test?.remedy;
	const words = test
		? remedy === null || remedy === undefined
			? 'fails; nothing that the matrix names stops it with these moves'
			: remedy.is === 'control'
				? `fails; holds with ${remedy.title} on (negative-test-fixed.yaml)`
				: `fails; no control stops it, and it holds with "${remedy.lines.join('; ')}" (negative-test-fixed.yaml)`
		: '';
	return [
		`Written to ${folder}: ${Object.keys(files).length} files.`,
		...(test
			? [`  negative-test.yaml  ${words}`, `  as-played.yaml      holds: ${test.unsafe.what}`]
			: ['  no negative test: nothing happened that should not have']),
		`  incident-plan.md    the suspected compromise of ${party}`,
		`  signal.md           ${signal.title}`,
		...(test ? [`Try it: quorum-call test ${join(folder, 'negative-test.yaml')}`] : []),
	].join('\n');
}
