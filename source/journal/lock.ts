import {closeSync, fsyncSync, linkSync, openSync, readFileSync, renameSync, rmSync, writeSync} from 'node:fs';
import {fileError, JournalError} from './journal-error.js';

/** Who writes a journal: a process id can be used again by another process, its start time can't. */
interface Owner {
	readonly pid: number;
	/** Start time in the system's own unit; empty where the system doesn't tell. */
	readonly started: string;
}

/** The right to write one journal, until it is released or its process ends. */
export interface Lock {
	readonly release: () => void;
}

const ATTEMPTS = 20;
const held = new Set<() => void>();
let releasesOnExit = false;

/**
 * Takes `<file>.lock`. A lock whose process is gone, or whose process id belongs to another process by now, is taken over.
 * @throws JournalError (exit status 2) when a living process holds it, this one included, or when the folder can't be written.
 */
export function acquireLock(file: string): Lock {
	const path = `${file}.lock`;
	const mine = `${JSON.stringify({pid: process.pid, started: startOf(process.pid) ?? ''} satisfies Owner)}\n`;
	const draft = `${path}.${process.pid}`;
	try {
		rmSync(draft, {force: true});
		writeWhole(draft, mine);
		for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
			if (place(draft, path)) return hold(path, mine);
			const found = read(path);
			if (found === null) continue; // released in between
			const owner = parseOwner(found);
			if (owner && isAlive(owner)) {
				throw new JournalError({
					file,
					what: `Process ${owner.pid} is writing this save.`,
					next: `Leave the game there first. If no game runs, delete ${path}.`,
				});
			}
			if (takeOver(path, draft, found)) return hold(path, mine);
		}
		throw new JournalError({
			file,
			what: 'Other processes take this save again and again.',
			next: 'Leave the games that use it, then try again.',
		});
	} catch (error) {
		throw fileError(error, file, 'lock the save');
	} finally {
		remove(draft);
	}
}

/** Start time of a living process; null when it is gone (or only waits for its parent to notice), '' where the system doesn't tell. */
export function startOf(pid: number): string | null {
	try {
		// The name, in parentheses, may hold spaces and parentheses; after it: state, then 19 fields on, the start in ticks since boot (proc(5)).
		const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
			.replace(/^.*\)\s*/s, '')
			.split(' ');
		return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? '');
	} catch {
		return signalReaches(pid) ? '' : null;
	}
}

function isAlive(owner: Owner): boolean {
	const started = startOf(owner.pid);
	return started !== null && (started === '' || owner.started === '' || started === owner.started);
}

function signalReaches(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}

function parseOwner(text: string): Owner | null {
	try {
		const {pid, started} = JSON.parse(text) as Partial<Owner>;
		return Number.isInteger(pid) && pid! > 0 && typeof started === 'string' ? {pid: pid!, started} : null;
	} catch {
		// A lock is placed whole (see `place`), so a damaged one is what a crash of the system left.
		return null;
	}
}

/** Makes the lock appear with its content, in one step; false when there is one. */
function place(draft: string, path: string): boolean {
	try {
		linkSync(draft, path);
		return true;
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? error.code : '';
		if (code === 'EEXIST') return false;
		if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP' && code !== 'ENOSYS' && code !== 'EMLINK') throw error;
	}
	// A file system without hard links.
	try {
		writeWhole(path, readFileSync(draft, 'utf8'));
		return true;
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
		throw error;
	}
}

/**
 * Replaces a stale lock in one step. Several may find it stale at once; whoever has the claim looks again and is the only one to replace it.
 */
function takeOver(path: string, draft: string, stale: string): boolean {
	const claim = `${path}.takeover`;
	if (!place(draft, claim)) {
		const found = read(claim);
		const claimant = found === null ? null : parseOwner(found);
		if (found !== null && !(claimant && isAlive(claimant))) remove(claim);
		return false;
	}
	try {
		if (read(path) !== stale) return false;
		renameSync(draft, path);
		return true;
	} finally {
		remove(claim);
	}
}

function writeWhole(path: string, text: string): void {
	const descriptor = openSync(path, 'wx', 0o600);
	try {
		writeSync(descriptor, text);
		fsyncSync(descriptor);
	} finally {
		closeSync(descriptor);
	}
}

function hold(path: string, mine: string): Lock {
	const release = () => {
		held.delete(release);
		if (read(path) === mine) remove(path);
	};
	if (!releasesOnExit) process.once('exit', releaseAll);
	releasesOnExit = true;
	held.add(release);
	return {release};
}

function releaseAll(): void {
	for (const release of held) release();
}

/** A lock that can't be removed is stale once this process is gone, so there is nothing to report. */
function remove(path: string): void {
	try {
		rmSync(path, {force: true});
	} catch {}
}

function read(path: string): string | null {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return null;
	}
}
