import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {
	appendFileSync,
	chmodSync,
	existsSync,
	linkSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {createInterface} from 'node:readline';
import {buildSync} from 'esbuild';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {readJournalFile} from '../../source/journal/file.js';
import {JournalError} from '../../source/journal/journal-error.js';
import {startOf} from '../../source/journal/lock.js';
import {loadJournal, Recorder} from '../../source/journal/recorder.js';
import {redact} from '../../source/journal/redact.js';
import {verifyJournal} from '../../source/journal/verify.js';
import {add, consequences, journalOf, opening, reexecute, SEED, toyJournal, toyPayloads} from './toy-game.js';

let shared: string;
let writer: string;
let folder: string;
let save: string;

beforeAll(() => {
	shared = mkdtempSync(join(tmpdir(), 'journal-writer-'));
	writer = join(shared, 'writer.mjs');
	buildSync({
		entryPoints: [resolve('test/journal/writer.ts')],
		outfile: writer,
		bundle: true,
		platform: 'node',
		format: 'esm',
		target: 'node20',
	});
});
afterAll(() => rmSync(shared, {recursive: true, force: true}));
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'journal-'));
	save = join(folder, 'game.jsonl');
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

/** The JournalError that a call throws; its message never holds a stack. */
function failure(call: () => unknown): JournalError {
	try {
		call();
	} catch (error) {
		if (!(error instanceof JournalError)) throw error;
		expect(error.message).not.toMatch(/\n|\bat .*:\d+:\d+\)/);
		return error;
	}
	return expect.fail('nothing was thrown');
}

function start(...args: string[]): {child: ChildProcess; lines: AsyncIterator<string>} {
	const child = spawn(process.execPath, [writer, ...args], {stdio: ['pipe', 'pipe', 'inherit']});
	return {child, lines: createInterface({input: child.stdout!})[Symbol.asyncIterator]()};
}

async function kill(child: ChildProcess): Promise<void> {
	const gone = once(child, 'exit');
	child.kill('SIGKILL');
	await gone;
}

describe('a new journal', () => {
	test('is written as it is played, and its owner alone can read it', () => {
		const path = join(folder, 'new', 'deep', 'game.jsonl');
		const recorder = Recorder.create(path, SEED, opening());
		expect(statSync(path).mode & 0o777).toBe(0o600);
		expect(statSync(join(folder, 'new', 'deep')).mode & 0o777).toBe(0o700);
		let total = 0;
		for (const amount of [3, 7]) {
			const step = consequences(total, add(amount));
			total = step.total;
			const {lines, head} = recorder.append(step.payloads);
			expect(readFileSync(path, 'utf8').endsWith(lines.join(''))).toBe(true);
			expect(recorder.head).toBe(head);
		}
		recorder.append([{audience: 'public', type: 'closed', total}]);
		expect(recorder.closed).toBe(true);
		recorder.close();
		recorder.close();
		expect(readFileSync(path).equals(toyJournal([3, 7]))).toBe(true);
		expect(verifyJournal(readJournalFile(path), {reexecute}).head).toBe(recorder.head);
		expect(readdirSync(join(folder, 'new', 'deep'))).toEqual(['game.jsonl']);
	});

	test('never overwrites a file', () => {
		writeFileSync(save, 'precious');
		const error = failure(() => Recorder.create(save, SEED, opening()));
		expect(error).toMatchObject({exitStatus: 2, file: save});
		expect(error.message).toContain('a file of this name exists');
		expect(readFileSync(save, 'utf8')).toBe('precious');
		expect(readdirSync(folder)).toEqual(['game.jsonl']);
	});

	test('leaves nothing behind when its first entries are wrong', () => {
		expect(failure(() => Recorder.create(save, 'another', opening())).message).toContain('Line 1 holds the seed');
		expect(failure(() => Recorder.create(save, SEED, opening().slice(0, 1))).message).toContain('two entries');
		expect(readdirSync(folder)).toEqual([]);
	});

	test('a payload that cannot be recorded changes neither file nor head', () => {
		const recorder = Recorder.create(save, SEED, opening());
		const {head} = recorder;
		const before = readFileSync(save);
		failure(() => recorder.append([add(1), {audience: 'public', at: Number.NaN}]));
		expect(readFileSync(save).equals(before)).toBe(true);
		expect(recorder.head).toBe(head);
		recorder.append([add(1)]);
		recorder.close();
		expect(verifyJournal(readFileSync(save), {allowUnfinished: true}).ok).toBe(true);
		expect(failure(() => recorder.append([add(2)])).message).toContain('closed for writing');
	});

	test('a folder that cannot hold it is named, with what to do', () => {
		writeFileSync(join(folder, 'file'), '');
		const below = failure(() => Recorder.create(join(folder, 'file', 'game.jsonl'), SEED, opening()));
		expect(below.message).toBe(
			`${join(folder, 'file')}: This is a file, not a folder. Expected a folder for saves. Choose another folder.`,
		);
		const deeper = failure(() => Recorder.create(join(folder, 'file', 'deep', 'game.jsonl'), SEED, opening()));
		expect(deeper.message).toContain('a part of this path is a file, not a folder');
		expect(failure(() => Recorder.create(join(folder, 'x'.repeat(300)), SEED, opening())).message).toContain('the name is too long');
	});

	test('a read-only folder is refused', ({skip}) => {
		skip(process.getuid?.() === 0, 'root may write everywhere, so this says nothing when run as root');
		chmodSync(folder, 0o500);
		expect(failure(() => Recorder.create(save, SEED, opening())).message).toContain('permission is denied');
	});

	test.skipIf(process.platform === 'win32')('a full disk loses no entry: the file stays whole', () => {
		// The largest file that this process may write stands in for a full disk; the rest of a write is refused in the middle of it.
		const script = join(folder, 'full.mjs');
		buildSync({
			stdin: {
				contents: `
					import {Recorder} from './source/journal/recorder.ts';
					import {opening, SEED, add} from './test/journal/toy-game.ts';
					process.on('SIGXFSZ', () => {});
					const recorder = Recorder.create(process.argv[2], SEED, opening());
					let appended = 0;
					try { for (;;) { recorder.append([{...add(1), note: 'x'.repeat(700)}]); appended++; } } catch (error) {
						console.log(JSON.stringify({message: error.message, name: error.name, head: recorder.head, appended}));
					}
					recorder.append([]);
					recorder.close();`,
				resolveDir: resolve('.'),
			},
			outfile: script,
			bundle: true,
			platform: 'node',
			format: 'esm',
		});
		const answer = JSON.parse(
			execFileSync('sh', ['-c', 'ulimit -f 20; exec "$0" "$1" "$2"', process.execPath, script, save], {encoding: 'utf8'}),
		) as {message: string; name: string; head: string; appended: number};
		expect(answer.name).toBe('JournalError');
		expect(answer.message).toContain('which is whole up to its last entry');
		expect(answer.appended).toBeGreaterThan(3);
		const report = verifyJournal(readFileSync(save), {allowUnfinished: true});
		expect(report).toMatchObject({ok: true, head: answer.head, entries: answer.appended + 2});
	});
});

describe('resume', () => {
	test('goes on to the same bytes as a game played at once', () => {
		const payloads = toyPayloads([3, 7, 4, 16]);
		Recorder.create(save, SEED, payloads.slice(0, 7)).close();
		const {recorder, payloads: recorded, cut} = Recorder.resume(save);
		expect(cut).toBeNull();
		expect(recorded).toEqual(payloads.slice(0, 7));
		recorder.append(payloads.slice(7));
		recorder.close();
		expect(readFileSync(save).equals(toyJournal())).toBe(true);
	});

	test('cuts a torn line wherever it was torn, and says what it cut; nothing else cuts it', () => {
		const bytes = toyJournal([3, 7], false);
		const lastStart = bytes.lastIndexOf(10, -2) + 1;
		for (let length = lastStart + 1; length < bytes.length; length += 37) {
			writeFileSync(save, bytes.subarray(0, length));
			expect(loadJournal(save).torn).toEqual({line: 7, bytes: length - lastStart});
			expect(verifyJournal(readJournalFile(save), {allowUnfinished: true}).ok).toBe(false);
			expect(statSync(save).size).toBe(length);
			const {recorder, cut} = Recorder.resume(save);
			expect(cut).toMatchObject({line: 7, bytes: length - lastStart});
			expect(cut?.message).toContain(`cut off after ${length - lastStart} byte`);
			expect(statSync(save).size).toBe(lastStart);
			recorder.close();
			expect(readFileSync(save).equals(bytes.subarray(0, lastStart))).toBe(true);
		}
	});

	test.each([
		['a finished game', () => toyJournal(), 'game.jsonl:13: This game is finished.'],
		['an empty file', () => Buffer.alloc(0), 'game.jsonl:1: The file is empty.'],
		['only a torn line', () => toyJournal().subarray(0, 50), 'game.jsonl:1: The file has no whole first two lines.'],
		['no seed', () => journalOf(opening().slice(0, 1)), 'game.jsonl:1: The file has no whole first two lines.'],
		["a seat's copy", () => redact(toyJournal([3], false), () => false), "This is a seat's copy: 3 of 4 entries are withheld."],
		[
			'damage in the middle and a torn end',
			() => Buffer.concat([Buffer.from('x'), toyJournal([3], false), Buffer.from('{"c')]),
			'This line is not JSON. (field line)',
		],
		['a binary file', () => Buffer.from([0xff, 0xfe, 10, 0xff]), 'game.jsonl:1: This line is not UTF-8 text.'],
	])('%s is refused and left as it is, lock released', (_, bytes, message) => {
		writeFileSync(save, bytes());
		const error = failure(() => Recorder.resume(save));
		expect(error.message).toContain(message);
		expect(error.exitStatus).toBe(2);
		expect(readFileSync(save).equals(bytes())).toBe(true);
		expect(readdirSync(folder)).toEqual(['game.jsonl']);
	});

	test('what is no file is refused without waiting', () => {
		expect(failure(() => Recorder.resume(folder)).message).toContain('This is a folder, not a save.');
		expect(failure(() => readJournalFile(folder)).message).toContain('This is a folder, not a save.');
		expect(failure(() => Recorder.resume(save)).message).toContain('there is no such file or folder');
		expect(failure(() => loadJournal(join(folder, 'missing\u001b[31m'))).message).toContain("missing\\u001b[31m: Can't read the save");
		execFileSync('sh', ['-c', 'mkfifo "$0"', save]);
		expect(failure(() => Recorder.resume(save)).message).toContain('This is not a regular file.');
		expect(failure(() => readJournalFile(save)).message).toContain('This is not a regular file.');
		expect(readdirSync(folder)).toEqual(['game.jsonl']);
	});
});

describe('a process that is killed', () => {
	test('in mid-run leaves a save that resumes with every entry it reported', async () => {
		const {child, lines} = start(save);
		const reported: [number, string][] = [];
		for (let count = 0; count < 30; count++) {
			const [entries, head] = (await lines.next()).value.split(' ');
			reported.push([Number(entries), head]);
		}
		await kill(child);
		expect(existsSync(`${save}.lock`)).toBe(true);
		const {recorder, payloads} = Recorder.resume(save);
		const journal = loadJournal(save);
		for (const [entries, head] of reported) expect(journal.entries[entries - 1]?.hash).toBe(head);
		expect(payloads.length).toBeGreaterThanOrEqual(reported.at(-1)![0]);
		recorder.append([add(5)]);
		recorder.close();
		expect(verifyJournal(readFileSync(save), {allowUnfinished: true})).toMatchObject({ok: true, entries: payloads.length + 1});
	});

	test('holds its lock while it lives, and no longer', async () => {
		const {child, lines} = start(save, 'hold');
		await lines.next();
		const error = failure(() => Recorder.resume(save));
		expect(error.message).toContain(`Process ${child.pid} is writing this save.`);
		expect(error.exitStatus).toBe(2);
		expect(readdirSync(folder).sort()).toEqual(['game.jsonl', 'game.jsonl.lock']);
		await kill(child);
		Recorder.resume(save).recorder.close();
		expect(readdirSync(folder)).toEqual(['game.jsonl']);
	});

	test('releases the lock when it exits by itself', async () => {
		const {child, lines} = start(save, 'hold');
		await lines.next();
		const gone = once(child, 'exit');
		child.stdin!.write('go\n');
		await gone;
		expect(readdirSync(folder)).toEqual(['game.jsonl']);
	});
});

describe('the lock', () => {
	const lockOf = (pid: number, started: string) => `${JSON.stringify({pid, started})}\n`;
	beforeEach(() => Recorder.create(save, SEED, opening()).close());

	test('names process and start time, and is refused to this process too', () => {
		const {recorder} = Recorder.resume(save);
		expect(JSON.parse(readFileSync(`${save}.lock`, 'utf8'))).toEqual({pid: process.pid, started: startOf(process.pid)});
		expect(statSync(`${save}.lock`).mode & 0o777).toBe(0o600);
		expect(failure(() => Recorder.resume(save)).message).toContain(`Process ${process.pid} is writing this save.`);
		recorder.append([add(1)]);
		recorder.close();
	});

	test('of a living process with this start time is respected', () => {
		writeFileSync(`${save}.lock`, lockOf(process.ppid, startOf(process.ppid)!));
		expect(failure(() => Recorder.resume(save)).message).toContain(`Process ${process.ppid} is writing this save.`);
	});

	test.skipIf(process.platform !== 'linux')('of a process id that another process has by now is taken over', () => {
		writeFileSync(`${save}.lock`, lockOf(process.ppid, '1'));
		Recorder.resume(save).recorder.close();
		expect(readdirSync(folder)).toEqual(['game.jsonl']);
	});

	test('of a process that is gone is taken over', async () => {
		const child = spawn(process.execPath, ['-e', '']);
		await once(child, 'exit');
		expect(startOf(child.pid!)).toBeNull();
		writeFileSync(`${save}.lock`, lockOf(child.pid!, '1'));
		Recorder.resume(save).recorder.close();
		expect(readdirSync(folder)).toEqual(['game.jsonl']);
	});

	test.each(['', '{"pid":', '{"pid":-1,"started":""}', '{"pid":"all"}', 'null'])('that a crash left damaged (%j) is taken over', text => {
		writeFileSync(`${save}.lock`, text);
		Recorder.resume(save).recorder.close();
		expect(readdirSync(folder)).toEqual(['game.jsonl']);
	});

	test('that several find stale at once goes to one of them', async () => {
		writeFileSync(`${save}.lock`, lockOf(process.ppid, '1'));
		const rivals = Array.from({length: 4}, () => start(save, 'contend'));
		for (const {lines} of rivals) expect((await lines.next()).value).toBe('ready');
		for (const {child} of rivals) child.stdin!.write('go\n');
		const answers = await Promise.all(rivals.map(async ({lines}) => (await lines.next()).value as string));
		expect(answers.filter(answer => answer === 'held')).toHaveLength(1);
		expect(answers.filter(answer => answer === 'refused')).toHaveLength(3);
		await Promise.all(rivals.map(({child}) => kill(child)));
	});

	test('holds through a symbolic link too', () => {
		const link = join(folder, 'link.jsonl');
		symlinkSync(save, link);
		const {recorder} = Recorder.resume(save);
		expect(failure(() => Recorder.resume(link)).message).toContain('is writing this save');
		recorder.close();
	});

	test('that belongs to somebody else by now is not released', () => {
		const {recorder} = Recorder.resume(save);
		writeFileSync(`${save}.lock`, lockOf(process.ppid, startOf(process.ppid)!));
		recorder.close();
		expect(existsSync(`${save}.lock`)).toBe(true);
	});
});

describe('a save that somebody else touches during the game', () => {
	test.each([
		['appended to', () => appendFileSync(save, 'x'), 'Another program changed the save'],
		['cut', () => truncateSync(save, 10), 'Another program changed the save'],
		['deleted', () => rmSync(save), 'The save was deleted while it was in use.'],
	])('%s is noticed at the next move, which is not lost silently', (_, touch, message) => {
		const recorder = Recorder.create(save, SEED, opening());
		touch();
		expect(failure(() => recorder.append([add(1)])).message).toContain(message);
		expect(failure(() => recorder.append([add(1)])).message).toContain(message);
		expect(recorder.entries).toBe(2);
		recorder.close();
	});

	test('moved elsewhere on the disk is still written', () => {
		const recorder = Recorder.create(save, SEED, opening());
		const moved = join(folder, 'moved.jsonl');
		linkSync(save, moved);
		rmSync(save);
		recorder.append([add(1)]);
		recorder.close();
		expect(loadJournal(moved).entries).toHaveLength(3);
	});
});

test('a folder in the place of a lock is named', () => {
	mkdirSync(`${save}.lock`);
	expect(failure(() => Recorder.create(save, SEED, opening())).exitStatus).toBe(2);
	expect(existsSync(save)).toBe(false);
});
