import {mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {listSaves, newSavePath, savesFolder} from '../../source/journal/saves-folder.js';

let cwd: string;
beforeEach(() => {
	cwd = mkdtempSync(join(tmpdir(), 'saves-'));
});
afterEach(() => rmSync(cwd, {recursive: true, force: true}));

test('a checkout keeps saves in ./saves; a file of that name does not count', () => {
	writeFileSync(join(cwd, 'saves'), '');
	expect(savesFolder({cwd, platform: 'linux', env: {}, home: '/home/ada'})).toBe('/home/ada/.local/state/quorum-call/saves');
	rmSync(join(cwd, 'saves'));
	mkdirSync(join(cwd, 'saves'));
	expect(savesFolder({cwd})).toBe(join(cwd, 'saves'));
});

test.each([
	['linux', {XDG_STATE_HOME: '/state'}, '/state/quorum-call/saves'],
	['linux', {XDG_STATE_HOME: 'relative'}, '/home/ada/.local/state/quorum-call/saves'],
	['linux', {XDG_STATE_HOME: ''}, '/home/ada/.local/state/quorum-call/saves'],
	['darwin', {}, '/home/ada/Library/Application Support/quorum-call/saves'],
	['win32', {LOCALAPPDATA: '/local'}, '/local/quorum-call/saves'],
] as const)('elsewhere, on %s with %j, they go to %s', (platform, env, expected) => {
	expect(savesFolder({cwd, platform, env, home: '/home/ada'})).toBe(expected);
	expect(readdirSync(cwd)).toEqual([]);
});

test('names are free, short, and stay in the folder', () => {
	expect(basename(newSavePath(cwd, 'first-light'))).toMatch(/^first-light-[0-9a-f]{6}\.jsonl$/);
	expect(basename(newSavePath(cwd, '../../etc/passwd'))).toMatch(/^-etc-passwd-[0-9a-f]{6}\.jsonl$/);
	expect(newSavePath(cwd, 'first-light')).not.toBe(newSavePath(cwd, 'first-light'));
});

test('saves are listed by their last change; locks, notes and folders are not', () => {
	for (const name of ['old.jsonl', 'new.jsonl', 'new.jsonl.lock', 'README.md']) writeFileSync(join(cwd, name), 'x');
	mkdirSync(join(cwd, 'folder.jsonl'));
	utimesSync(join(cwd, 'old.jsonl'), 1000, 1000);
	utimesSync(join(cwd, 'new.jsonl'), 2000, 2000);
	expect(listSaves(cwd)).toEqual([
		{name: 'new', path: join(cwd, 'new.jsonl'), size: 1, changed: 2_000_000},
		{name: 'old', path: join(cwd, 'old.jsonl'), size: 1, changed: 1_000_000},
	]);
	expect(listSaves(join(cwd, 'missing'))).toEqual([]);
});
