/** Where things lie: the program's own folder, the shipped scenarios, and how a path is shown. Reads names of files only. */
import {existsSync, readdirSync} from 'node:fs';
import {dirname, join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';

/** The folder with package.json, scenarios and example saves: the bundle lies in its dist, the sources deeper. */
export function packageFolder(start = dirname(fileURLToPath(import.meta.url))): string {
	for (let folder = start; ; folder = dirname(folder)) {
		if (existsSync(join(folder, 'package.json'))) return folder;
		if (dirname(folder) === folder) return start;
	}
}

/** Files of a folder of the program whose names match, sorted; none when the folder is missing. */
function filesIn(folder: string, pattern: RegExp): {readonly name: string; readonly path: string}[] {
	const path = join(packageFolder(), folder);
	if (!existsSync(path)) return [];
	return readdirSync(path)
		.filter(name => pattern.test(name))
		.sort()
		.map(name => ({name, path: shown(join(path, name))}));
}

/** Ids of the shipped scenarios, with their paths. */
export function shippedScenarios(): readonly {readonly id: string; readonly path: string}[] {
	return filesIn('scenarios', /\.ya?ml$/).map(({name, path}) => ({id: name.replace(/\.ya?ml$/, ''), path}));
}

/** Finished games that come with the program. */
export function exampleSaves(): readonly string[] {
	return filesIn(join('saves', 'examples'), /\.jsonl$/).map(({path}) => path);
}

/** Paths below the working directory are shown from there. */
export function shown(path: string): string {
	const short = relative(process.cwd(), path);
	return short === '' || short.startsWith('..') ? path : short;
}
