#!/usr/bin/env node
// Which folder may import which, as one list. `node layers.mjs` writes the lint rules into biome.json; a test holds them fresh
// and shows that a planted violation fails.
import {readFileSync, writeFileSync} from 'node:fs';

/** Lowest first: a folder may import itself and what stands before it. */
export const layers = [
	['machines', 'sharing'],
	['ceremony'],
	['scenario'],
	['engine'],
	['journal'],
	['bots'],
	['playtest'],
	['report'],
	['terminal'],
	['table', 'lab'],
	['commands'],
];

/** Folders that may touch files. */
const mayTouchFiles = ['journal', 'table', 'lab', 'commands'];
/** Folders in which the same seed must give the same bytes: no clock, no chance. */
const deterministic = ['machines', 'sharing', 'ceremony', 'scenario', 'engine', 'bots', 'playtest'];
const screens = ['ink', 'ink/**', 'react', 'react/**', '@inkjs/**'];
const files = ['fs', 'fs/**', 'node:fs', 'node:fs/**', 'child_process', 'node:child_process', 'net', 'node:net', 'http', 'node:http'];

const home = folder => (folder === 'machines' ? 'machines/**' : `source/${folder}/**`);

export function overrides() {
	return layers.flatMap((layer, index) =>
		layer.map(folder => {
			const above = layers.slice(index + 1).flat();
			const beside = layer.filter(other => other !== folder);
			const patterns = [
				{
					group: [...above, ...beside].map(other => `**/${other}/**`),
					message: `${folder} may import only what stands before it in layers.mjs.`,
				},
			];
			if (folder === 'machines')
				patterns.push({group: ['**', '!xstate', '!xstate/**', '!./**'], message: 'machines import xstate and each other.'});
			else if (folder !== 'engine') patterns.push({group: ['xstate', 'xstate/**'], message: 'Machines are stepped by engine/step.ts.'});
			if (index < layers.findIndex(each => each.includes('terminal')))
				patterns.push({group: screens, message: 'Screens live in terminal.'});
			if (folder !== 'machines' && !mayTouchFiles.includes(folder))
				patterns.push({group: files, message: `${folder} takes text and bytes; ${mayTouchFiles.join(', ')} touch files.`});
			if (['report', 'terminal'].includes(folder))
				patterns.push({
					group: ['**/engine/decide.js', '**/engine/apply.js', '**/engine/deciding.js'],
					message: 'Views never call decide or apply.',
				});
			return {
				includes: [home(folder)],
				...(deterministic.includes(folder) ? {plugins: ['./no-chance.grit']} : {}),
				linter: {
					rules: {
						style: {
							noRestrictedImports: {level: 'error', options: {patterns: patterns.filter(({group}) => group.length > 0)}},
							...(deterministic.includes(folder)
								? {
										noRestrictedGlobals: {
											level: 'error',
											options: {
												deniedGlobals: {
													Date: 'The clock is an input of the game.',
													performance: 'The clock is an input of the game.',
													crypto: 'Chance is a named draw of the seed.',
												},
											},
										},
									}
								: {}),
						},
					},
				},
			};
		}),
	);
}

export function withOverrides(text) {
	return `${JSON.stringify({...JSON.parse(text), overrides: overrides()}, null, '\t')}\n`;
}

if (process.argv[1] === new URL(import.meta.url).pathname) writeFileSync('biome.json', withOverrides(readFileSync('biome.json', 'utf8')));
