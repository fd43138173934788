import {randomBytes} from 'node:crypto';
import {existsSync, readdirSync, statSync} from 'node:fs';
import {homedir} from 'node:os';
import {isAbsolute, join} from 'node:path';
import {fileError} from './journal-error.js';

/** What decides where saves live; the defaults are this process's own. */
export interface Surroundings {
	readonly cwd?: string;
	readonly platform?: NodeJS.Platform;
	readonly env?: Readonly<Record<string, string | undefined>>;
	readonly home?: string;
}

/**
 * The folder of saves: `./saves` where there is one (a checkout), else the user's state folder (XDG base directory specification; a relative
 * XDG_STATE_HOME is ignored, as it says), Application Support on macOS, LOCALAPPDATA on Windows. Not created here.
 */
export function savesFolder({
	cwd = process.cwd(),
	platform = process.platform,
	env = process.env,
	home = homedir(),
}: Surroundings = {}): string {
	const here = join(cwd, 'saves');
	if (statSync(here, {throwIfNoEntry: false})?.isDirectory()) return here;
	if (platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'quorum-call', 'saves');
	if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'quorum-call', 'saves');
	const state = env.XDG_STATE_HOME;
	return join(state && isAbsolute(state) ? state : join(home, '.local', 'state'), 'quorum-call', 'saves');
}

/** A free path for a new save: `first-light-3f9a1c.jsonl`. The short part is random, so that it tells nothing about the seed. */
export function newSavePath(folder: string, scenario: string): string {
	const name = scenario.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 60) || 'game';
	for (;;) {
		const path = join(folder, `${name}-${randomBytes(3).toString('hex')}.jsonl`);
		if (!existsSync(path)) return path;
	}
}

export interface SaveFile {
	/** File name without `.jsonl`. */
	readonly name: string;
	readonly path: string;
	/** Bytes. */
	readonly size: number;
	/** Time of the last change, in milliseconds since 1970. */
	readonly changed: number;
}

/**
 * The saves in a folder, the last changed first; none when the folder is missing.
 * @throws JournalError when it can't be read.
 */
export function listSaves(folder: string): SaveFile[] {
	if (!existsSync(folder)) return [];
	try {
		return readdirSync(folder, {withFileTypes: true})
			.filter(entry => entry.isFile() && entry.name.endsWith('.jsonl'))
			.flatMap(({name}) => {
				const path = join(folder, name);
				const found = statSync(path, {throwIfNoEntry: false});
				return found ? [{name: name.slice(0, -'.jsonl'.length), path, size: found.size, changed: found.mtimeMs}] : [];
			})
			.sort((left, right) => right.changed - left.changed || (left.name < right.name ? -1 : 1));
	} catch (error) {
		throw fileError(error, folder, 'list the saves');
	}
}
