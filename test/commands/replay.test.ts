// A save is stepped through at a pseudo-terminal and as text, recorded, and tried again from one of its lines.
import {copyFileSync, mkdirSync, readdirSync, readFileSync} from 'node:fs';
import {resolve} from 'node:path';
import xterm from '@xterm/headless';
import {expect, test} from 'vitest';
import {record} from '../../source/commands/recording.js';
import {RecordedGame} from '../../source/journal/recorded-game.js';
import {keys, type PseudoTerminal, start} from '../end-to-end/pseudo-terminal.js';
import {cli, place} from './program.js';

const here = place();
const example = resolve('saves/examples', readdirSync('saves/examples').find(name => name.endsWith('.jsonl'))!);

function terminal(...words: string[]): PseudoTerminal {
	const env = Object.fromEntries(Object.entries(here.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
	return start(process.execPath, [cli, ...words], {cwd: here.folder, env});
}

interface Cast {
	readonly header: {readonly version: number; readonly width: number; readonly height: number; readonly timestamp: number};
	readonly events: ReadonlyArray<readonly [time: number, kind: string, data: string]>;
}

function readCast(path: string): Cast {
	const [header = '', ...events] = readFileSync(path, 'utf8').trimEnd().split('\n');
	return {header: JSON.parse(header) as Cast['header'], events: events.map(line => JSON.parse(line) as Cast['events'][number])};
}

/** Plays a recording into a terminal until something is written that holds `end`: the rows of its screen then. */
async function played({header, events}: Cast, end: string): Promise<string> {
	const screen = new xterm.Terminal({cols: header.width, rows: header.height, allowProposedApi: true});
	for (const [, kind, data] of events) {
		if (kind === 'o' && data.includes(end)) break;
		if (kind === 'o') await new Promise<void>(done => screen.write(data, done));
		const [, columns, rows] = /^(\d+)x(\d+)$/.exec(kind === 'r' ? data : '') ?? [];
		if (columns && rows) screen.resize(Number(columns), Number(rows));
	}
	const {active} = screen.buffer;
	return Array.from({length: screen.rows}, (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '').join('\n');
}

test('steps, jumps, changes the seat, and its recording ends on the same screen', async () => {
	const total = readFileSync(example, 'utf8')
		.split('\n')
		.filter(line => line.includes('"seq"')).length;
	const cast = here.path('replay.cast');
	const shown = terminal('replay', example, '--seat', 'operators', '--record', cast);
	await shown.until(`line 2 of ${total}`);
	shown.press(keys.right);
	await shown.until(/turn 1 of \d/);
	shown.press(':', 'turn 3', keys.enter);
	await shown.until(/turn 3 of \d/);
	const atTurn = shown.text();
	shown.press(keys.down);
	await shown.until(text => text !== atTurn);
	shown.press(keys.up);
	await shown.until(text => text === atTurn);
	shown.press(':', 'turn 99', keys.enter);
	await shown.until('There is no turn 99');
	shown.press(keys.esc);
	await shown.until('next move');
	shown.resize(120, 40);
	await shown.until(text => text.split('\n').length === 40 && text.includes('If you end the turn now'));
	shown.press('s');
	await shown.until('attackers');
	shown.press('s');
	await shown.until('What is true now');
	shown.press(keys.end);
	await shown.until(`line ${total} of ${total}`);
	expect(shown.text()).toContain('The world is');
	const last = shown.text();
	shown.press('q');
	expect(await shown.exit).toBe(0);
	expect(shown.raw).not.toContain('Go on with');

	const recording = readCast(cast);
	expect(recording.header).toMatchObject({version: 2, width: 80, height: 24});
	expect(recording.events.map(([time]) => time)).toEqual(recording.events.map(([time]) => time).sort((a, b) => a - b));
	expect(new Set(recording.events.map(([, kind]) => kind))).toEqual(new Set(['o', 'r']));
	expect(await played(recording, '\u001b[?1049l')).toBe(last);
});

test.each(['SIGTERM', 'SIGKILL'] as const)('a recording is whole up to the last frame after %s', async signal => {
	const cast = here.path(`${signal}.cast`);
	const shown = terminal('replay', example, '--seat', 'operators', '--record', cast);
	await shown.until('line 2 of');
	shown.press(keys.right);
	await shown.until(/turn 1 of \d/);
	const last = shown.text();
	process.kill(shown.pid, signal);
	await shown.exit;
	const recording = readCast(cast);
	expect(recording.header).toMatchObject({version: 2, width: 80, height: 24});
	for (const [time, kind, data] of recording.events) expect([typeof time, kind, typeof data]).toEqual(['number', 'o', 'string']);
	expect(await played(recording, '\u001b[?1049l')).toBe(last);
});

test('a disk that is full ends the recording and nothing else', () => {
	const lines: string[] = [];
	const sent: string[] = [];
	const write = (line: string) => {
		if (lines.length === 2) throw new Error('no space left');
		lines.push(line);
	};
	const screen = {columns: 80, rows: 24, write: (text: string) => sent.push(text) > 0, on() {}, off() {}};
	const {stop, failure} = record(screen as Parameters<typeof record>[0], write, 'xterm', {date: () => 0, elapsed: () => 0});
	for (const text of ['one', 'two', 'three']) screen.write(text);
	stop();
	expect(sent).toEqual(['one', 'two', 'three']);
	expect(lines.map(line => JSON.parse(line) as unknown).slice(1)).toEqual([[0, 'o', 'one']]);
	expect(failure()).toMatchObject({message: 'no space left'});
});

test('plays by itself to the end, and tries again from a line in a save of its own', async () => {
	const folder = here.path('state', 'quorum-call', 'saves');
	mkdirSync(folder, {recursive: true});
	const parent = `${folder}/parent.jsonl`;
	copyFileSync(example, parent);
	const before = readFileSync(parent);
	const shown = terminal('replay', parent, '--seat', 'operators');
	await shown.until('line 2 of');
	shown.press('+', '+', '+', ' ');
	await shown.until(/turn 1 of \d/);
	shown.press(' ', ':', 'turn 2', keys.enter);
	await shown.until(/turn 2 of \d/);
	shown.press('a');
	await shown.until(/turn 2 of \d +RESPOND/);
	shown.press(keys.ctrlC, keys.ctrlC);
	expect(await shown.exit).toBe(130);
	expect(readFileSync(parent).equals(before)).toBe(true);

	const name = readdirSync(folder).find(each => each.endsWith('.jsonl') && each !== 'parent.jsonl');
	const path = `${folder}/${name}`;
	const game = RecordedGame.load(path);
	expect(game.branches).toMatchObject([{of: 'parent.jsonl'}]);
	const {line} = game.branches[0]!;
	expect(readFileSync(path, 'utf8').split('\n').slice(0, line)).toEqual(before.toString('utf8').split('\n').slice(0, line));
	const [saves, verified, resumed] = await Promise.all([
		here.run(['saves']),
		here.run(['verify', path, '--unfinished']),
		here.run(['resume', path]),
	]);
	expect(saves.stdout).toContain(`branch of parent.jsonl after line ${line}`);
	expect(verified).toMatchObject({
		status: 0,
		stdout: expect.stringContaining(`of parent.jsonl, from line ${line} on. Those lines are the same`),
	});
	expect(resumed.stderr).toContain('the save is sound');
});

test('without a terminal it is text; an unfinished game says that it is spoiled; a branch is made by its line', async () => {
	const text = await here.run(['replay', example]);
	expect(text).toMatchObject({status: 0, stderr: ''});
	expect(text.stdout).toContain('Turn 2');
	expect(text.stdout).toMatch(/^ +\d+ {2}operators: /m);
	expect(text.stdout).not.toMatch(/^ +\d+ {2}attackers: /m);
	expect((await here.run(['replay', example, '--seat', 'facilitator'])).stdout).toMatch(/^ +\d+ {2}attackers: /m);

	const branch = await here.run(['replay', example, '--branch', '2']);
	expect(branch.status).toBe(0);
	const spoiled = await here.run(['replay', branch.stdout.trim(), '--seat', 'attackers']);
	expect(spoiled.stderr).toContain('This game is not over');
	const shown = terminal('replay', branch.stdout.trim(), '--seat', 'attackers');
	await shown.until('does not know');
	expect(shown.text()).not.toContain('SHARES');
	shown.press(keys.enter);
	await shown.until('SHARES');
	shown.press('q');
	expect(await shown.exit).toBe(0);

	for (const [words, said] of [
		[['replay', example, '--branch', 'x'], 'is no line'],
		[['replay', example, '--branch', '99999'], 'No move ends with this line'],
		[['replay', 'nothing.jsonl'], 'nothing.jsonl'],
	] as const) {
		const {status, stderr} = await here.run(words);
		expect(status).toBe(2);
		expect(stderr).toContain(said);
		expect(stderr).not.toMatch(/^\s+at /m);
	}
});
