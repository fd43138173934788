/** `scenarios`: every scenario that can be named by its id, shipped or in a pack, broken ones among them. */
import {basename} from 'node:path';
import {countDiagnostics, harmless} from '../scenario/diagnostic.js';
import {explain} from './command-error.js';
import {print, printJson} from './output.js';
import {type FoundScenario, scenariosById} from './paths.js';
import {checkFile} from './scenario-files.js';

export interface ListedScenario extends FoundScenario {
	readonly title: string;
	readonly summary: string;
	readonly minutes: number;
	readonly turns: number;
	readonly threshold: number;
	readonly parties: number;
	/** Why it can't be played, in a sentence. */
	readonly broken?: string;
}

/** Reads every file; one that does not load is in the list with the reason. */
export function listScenarios(): ListedScenario[] {
	return scenariosById().map(found => ({...found, ...partsOf(found.path)}));
}

function partsOf(path: string): Omit<ListedScenario, keyof FoundScenario> {
	const none = {title: basename(path), summary: '', minutes: 0, turns: 0, threshold: 0, parties: 0};
	try {
		const {scenario, diagnostics} = checkFile(path);
		if (scenario) {
			const {title, summary = '', minutes, turns, threshold, parties} = scenario;
			return {title, summary, minutes, turns, threshold, parties: Object.keys(parties).length};
		}
		const [first] = diagnostics.filter(({severity}) => severity === 'error');
		const errors = countDiagnostics(diagnostics.filter(({severity}) => severity === 'error'));
		return {...none, broken: first ? harmless(`line ${first.line}: ${first.message} (${errors})`) : 'it does not load'};
	} catch (error) {
		return {...none, broken: harmless(explain(error).message)};
	}
}

export function scenarios({json = false}: {readonly json?: boolean} = {}): number {
	const found = listScenarios();
	if (json) {
		printJson({scenarios: found});
		return 0;
	}
	const head = ['id', 'title', 'minutes', 'turns', 'quorum', 'file'];
	const rows = found.map(({id, title, minutes, turns, threshold, parties, path, broken}) => [
		harmless(id),
		broken === undefined ? harmless(title) : 'does not load',
		...(broken === undefined ? [String(minutes), String(turns), `${threshold} of ${parties}`] : ['', '', '']),
		harmless(path),
	]);
	const widths = head.map((name, column) => Math.max(name.length, ...rows.map(row => row[column]!.length)));
	for (const row of [head, ...rows])
		print(
			row
				.map((cell, column) => cell.padEnd(widths[column]!))
				.join('  ')
				.trimEnd(),
		);
	for (const {path, broken} of found) if (broken !== undefined) print(`\n${harmless(path)} does not load: ${broken}`);
	for (const {id, path, passedOver} of found)
		if (passedOver.length > 0)
			print(`\n${harmless(id)} is ${harmless(path)}. Passed over: ${passedOver.map(each => harmless(each)).join(', ')}`);
	return 0;
}
