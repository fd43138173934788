// The built program as a child process, in a folder and a home of its own.
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {afterAll, beforeAll} from 'vitest';

export const cli = resolve('dist/cli.js');

export interface Ended {
	readonly status: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

export interface Place {
	/** The working directory; saves go below `state`. */
	readonly folder: string;
	readonly env: NodeJS.ProcessEnv;
	path(...names: string[]): string;
	/** Runs the program to its end; `input` is all of its stdin. */
	run(words: readonly string[], options?: {readonly input?: string | Uint8Array; readonly env?: NodeJS.ProcessEnv}): Promise<Ended>;
	/** Runs a shell line in which `$QC` starts the program. */
	shell(line: string): Promise<Ended>;
	start(words: readonly string[]): ChildProcess;
}

export async function ended(child: ChildProcess): Promise<Ended> {
	const texts = {stdout: '', stderr: ''};
	for (const name of ['stdout', 'stderr'] as const) child[name]?.setEncoding('utf8').on('data', (text: string) => (texts[name] += text));
	const [status] = (await once(child, 'close')) as [number | null];
	return {status, ...texts};
}

/** A place for the tests of a file, removed after them. */
export function place(): Place {
	let folder = '';
	let env: NodeJS.ProcessEnv = {};
	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), 'quorum-call-'));
		env = {
			...process.env,
			HOME: folder,
			XDG_STATE_HOME: join(folder, 'state'),
			XDG_CONFIG_HOME: join(folder, 'config'),
			QC: `"${process.execPath}" "${cli}"`,
		};
		for (const name of ['DEBUG', 'NO_COLOR', 'FORCE_COLOR', 'TERM']) delete env[name];
	});
	afterAll(() => rmSync(folder, {recursive: true, force: true}));
	return {
		get folder() {
			return folder;
		},
		get env() {
			return env;
		},
		path: (...names) => join(folder, ...names),
		run(words, {input = '', env: more = {}} = {}) {
			const child = spawn(process.execPath, [cli, ...words], {cwd: folder, env: {...env, ...more}});
			// A program that stops without reading its input closes the pipe; that is its right.
			child.stdin.on('error', () => {});
			child.stdin.end(input);
			return ended(child);
		},
		shell: line => ended(spawn('bash', ['-c', line.replaceAll('$QC', env.QC ?? '')], {cwd: folder, env, stdio: ['pipe', 'pipe', 'pipe']})),
		start: words => spawn(process.execPath, [cli, ...words], {cwd: folder, env, stdio: ['pipe', 'pipe', 'pipe']}),
	};
}
