// Tests that start the program run what users run: dist/cli.js. It is built once, when it is missing or older than a source.
import {execFileSync} from 'node:child_process';
import {readdirSync, statSync} from 'node:fs';

const sources = ['source', 'machines', 'package.json', 'build.mjs'];

function changedAt(path: string): number {
	const found = statSync(path, {throwIfNoEntry: false});
	if (!found) return 0;
	if (!found.isDirectory()) return found.mtimeMs;
	return Math.max(0, ...readdirSync(path).map(name => changedAt(`${path}/${name}`)));
}

export default function setup(): void {
	if (changedAt('dist/cli.js') < Math.max(...sources.map(changedAt))) execFileSync(process.execPath, ['build.mjs'], {stdio: 'inherit'});
}
