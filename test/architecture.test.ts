import {spawnSync} from 'node:child_process';
import {cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {overrides} from '../layers.mjs';

const biome = join(import.meta.dirname, '../node_modules/@biomejs/biome/bin/biome');

/** A file that breaks one rule of the layers, and words of the complaint that the lint run must make. */
const violations: ReadonlyArray<readonly [path: string, code: string, complaint: string]> = [
	['source/sharing/planted.ts', "import '../engine/state.js';", 'sharing may import only what stands before it'],
	['source/engine/planted.ts', "import '../journal/file.js';", 'engine may import only what stands before it'],
	['source/engine/planted.ts', "import 'node:fs';", 'engine takes text and bytes'],
	['source/engine/planted.ts', "import 'react';", 'Screens live in terminal'],
	['source/engine/planted.ts', 'export const now = Date.now();', 'The clock is an input of the game'],
	['source/bots/planted.ts', 'export const luck = Math.random();', 'Chance is a named draw of the seed'],
	['source/report/planted.ts', "import '../engine/decide.js';", 'Views never call decide or apply'],
	['source/terminal/planted.ts', "import '../commands/play.js';", 'terminal may import only what stands before it'],
	['source/journal/planted.ts', "import 'xstate';", 'Machines are stepped by engine/step.ts'],
	['machines/planted.ts', "import '../source/engine/state.js';", 'machines import xstate and each other'],
	['machines/planted.ts', "import 'zod';", 'machines import xstate and each other'],
];

let folder = '';
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'layers-'));
	const config = JSON.parse(readFileSync('biome.json', 'utf8')) as Record<string, unknown>;
	writeFileSync(join(folder, 'biome.json'), JSON.stringify({...config, vcs: {enabled: false}, $schema: undefined}));
	cpSync('no-chance.grit', join(folder, 'no-chance.grit'));
	symlinkSync(join(import.meta.dirname, '../node_modules'), join(folder, 'node_modules'));
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

describe('the layers of the code', () => {
	test('biome.json holds the rules of layers.mjs (run `node layers.mjs` after a change)', () => {
		const config = JSON.parse(readFileSync('biome.json', 'utf8')) as {overrides: unknown};
		expect(config.overrides).toEqual(JSON.parse(JSON.stringify(overrides())));
	});

	test.each(violations)('%s with `%s` fails the lint run', (path, code, complaint) => {
		const file = join(folder, path);
		mkdirSync(dirname(file), {recursive: true});
		writeFileSync(file, `${code}\n`);
		const run = spawnSync(biome, ['lint', '--colors=off', path], {cwd: folder, encoding: 'utf8'});
		rmSync(file);
		expect(run.stdout + run.stderr).toContain(complaint);
		expect(run.status).toBe(1);
	});

	test('what is allowed passes', () => {
		const path = 'source/engine/planted.ts';
		mkdirSync(join(folder, 'source/engine'), {recursive: true});
		writeFileSync(join(folder, path), "import '../ceremony/index.js';\nimport '../../machines/index.js';\nimport 'xstate';\n");
		expect(spawnSync(biome, ['lint', '--colors=off', path], {cwd: folder, encoding: 'utf8'})).toMatchObject({status: 0});
		rmSync(join(folder, path));
	});

	test('a cycle of imports fails the lint run', () => {
		mkdirSync(join(folder, 'source/engine'), {recursive: true});
		writeFileSync(join(folder, 'source/engine/egg.ts'), "import {hen} from './hen.js';\nexport const egg = () => hen;\n");
		writeFileSync(join(folder, 'source/engine/hen.ts'), "import {egg} from './egg.js';\nexport const hen = () => egg;\n");
		const run = spawnSync(biome, ['lint', '--colors=off', 'source/engine'], {cwd: folder, encoding: 'utf8'});
		expect(run.stdout + run.stderr).toContain('noImportCycles');
		expect(run.status).toBe(1);
	});
});
