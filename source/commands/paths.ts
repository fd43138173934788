/** Where things lie: the program's own folder, the shipped scenarios, and how a path is shown. Reads names of files only. */
import {existsSync, readdirSync} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

/** The folder with package.json, scenarios and example saves: the bundle lies in its dist, the sources deeper. */
export function packageFolder(start = dirname(fileURLToPath(import.meta.url))): string {
	for (let folder = start; ; folder = dirname(folder)) {
		if (existsSync(join(folder, 'package.json'))) return folder;
		if (dirname(folder) === folder) return start;
	}
}

/** Files of a folder whose names match, sorted; none when the folder is missing or can't be read. */
function filesIn(folder: string, pattern: RegExp): {readonly name: string; readonly path: string}[] {
	try {
		return readdirSync(folder, {withFileTypes: true})
			.filter(entry => pattern.test(entry.name) && !entry.isDirectory())
			.map(({name}) => name)
			.sort()
			.map(name => ({name, path: shown(join(folder, name))}));
	} catch {
		return [];
	}
}

/** Finished games that come with the program. */
export function exampleSaves(): readonly string[] {
	return filesIn(join(packageFolder(), 'saves', 'examples'), /\.jsonl$/).map(({path}) => path);
}

/** A scenario file as it is found by its id, which is its name without the ending. */
export interface FoundScenario {
	readonly id: string;
	readonly path: string;
	/** `shipped`, or the folder of the pack that it is in. */
	readonly pack: string;
	/** Files of the same id further down the search, which are reached by their paths alone. */
	readonly passedOver: readonly string[];
}

let packs: readonly string[] = [];

/** Folders to search after the shipped scenarios, in this order. The command line says them once, before anything is looked for. */
export function searchPacks(folders: readonly string[]): void {
	packs = folders;
}

/** Every scenario that has an id: the shipped ones, then those of each pack. Of equal ids the first wins. Reads names only. */
export function scenariosById(): readonly FoundScenario[] {
	const found = new Map<string, FoundScenario>();
	const seen = new Set<string>();
	for (const pack of ['shipped', ...packs]) {
		for (const {name, path} of filesIn(pack === 'shipped' ? join(packageFolder(), 'scenarios') : pack, /\.ya?ml$/i)) {
			// One folder can be given twice, and a pack can be the shipped one.
			if (seen.has(resolve(path))) continue;
			seen.add(resolve(path));
			const id = name.replace(/\.ya?ml$/i, '');
			const first = found.get(id);
			found.set(id, first ? {...first, passedOver: [...first.passedOver, path]} : {id, path, pack, passedOver: []});
		}
	}
	return [...found.values()];
}

/** Paths below the working directory are shown from there. */
export function shown(path: string): string {
	const short = relative(process.cwd(), path);
	return short === '' || short.startsWith('..') ? path : short;
}
