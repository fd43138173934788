/**
 * What a person chose on this machine, kept by conf in the user's configuration folder. A folder that can't be used costs nothing but memory.
 * Reading needs no conf, which is slow to load: the title is drawn from what the file says.
 */
import {existsSync, readFileSync, renameSync, statSync} from 'node:fs';
import {homedir} from 'node:os';
import {join, resolve} from 'node:path';
import type {Outcome, Preferences} from '../terminal/player.js';
import {choices, type Settings, settingsFrom} from '../terminal/settings.js';
import {CommandError} from './command-error.js';

/** What can be stored. `scenarios` is the folder of a pack. */
export type Stored = {-readonly [K in keyof Settings]?: Settings[K]} & {played?: boolean; scenarios?: string};

/** Each preference: what it is about, and which values it has. Keys of one's own are chosen in the terminal. */
export const preferenceKeys: Readonly<
	Record<Exclude<keyof Stored, 'bindings'>, {readonly about: string; readonly values?: readonly (string | boolean)[]}>
> = {
	scenarios: {about: 'a folder with scenarios of your own, searched after the shipped ones'},
	theme: about('theme', 'the colours of the terminal'),
	ascii: about('ascii', 'draw with ASCII even where the terminal can do more'),
	animation: about('animation', 'how fast the messages of a ceremony follow one another'),
	explanation: about('explanation', 'how much of the mathematics is told unasked'),
	keys: about('keys', 'arrows with h j k l, or arrows alone'),
	tips: about('tips', 'when games explain themselves'),
	screenReader: about('screenReader', 'lines to be read aloud in the place of screens'),
	facilitator: about('facilitator', "the key with which a drill's facilitator takes the screen"),
	played: {about: 'whether a game was played to its end here; before that, games explain themselves', values: [true, false]},
};

function about(name: keyof Settings, words: string) {
	return {about: words, values: choices.find(choice => choice.name === name)?.values ?? []};
}

/** Where conf would keep it, by the platform's custom; said here so that it can be read without conf. */
export function configurationFolder(platform = process.platform, env = process.env, home = homedir()): string {
	if (platform === 'win32') return join(env.APPDATA || join(home, 'AppData', 'Roaming'), 'quorum-call', 'Config');
	if (platform === 'darwin') return join(home, 'Library', 'Preferences', 'quorum-call');
	return join(env.XDG_CONFIG_HOME || join(home, '.config'), 'quorum-call');
}

const configurationFile = (): string => join(configurationFolder(), 'config.json');

interface Reading {
	readonly stored: Stored;
	/** What was wrong with the file, a sentence. */
	readonly warning?: string;
}

// Several parts of one start read the file; the first of them sets a broken one aside, and whoever has a place for the sentence says it.
let asideWarning: string | undefined;

/**
 * What the file says; nothing where there is none. Values that don't fit are left out. A file that is no JSON object is renamed, so that
 * nothing of it is lost and the next start has nothing to say.
 */
export function readPreferences(): Reading {
	const path = configurationFile();
	let text: string;
	try {
		text = readFileSync(path, 'utf8');
	} catch (error) {
		const {code, message} = error as NodeJS.ErrnoException;
		if ((code === 'ENOENT' || code === 'ENOTDIR') && asideWarning !== undefined) return {stored: {}, warning: asideWarning};
		return code === 'ENOENT' || code === 'ENOTDIR' ? {stored: {}} : {stored: {}, warning: `The preferences can't be read: ${message}`};
	}
	let kept: Record<string, unknown>;
	try {
		const value: unknown = JSON.parse(text);
		if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('it holds no JSON object');
		kept = value as Record<string, unknown>;
	} catch (error) {
		asideWarning = setAside(path, (error as Error).message);
		return {stored: {}, warning: asideWarning};
	}
	const {played, scenarios} = kept;
	const {settings, refused} = settingsFrom(kept);
	const wrong = [
		...refused,
		...(played === undefined || typeof played === 'boolean' ? [] : ['played']),
		...(scenarios === undefined || (typeof scenarios === 'string' && scenarios !== '') ? [] : ['scenarios']),
	];
	const known = Object.fromEntries(Object.entries(settings).filter(([name]) => kept[name] !== undefined && !wrong.includes(name)));
	return {
		stored: {
			...known,
			...(typeof played === 'boolean' ? {played} : {}),
			...(typeof scenarios === 'string' && scenarios !== '' ? {scenarios} : {}),
		},
		...(wrong.length === 0
			? {}
			: {
					warning: `The preferences in ${path} have no value that is known for ${wrong.join(', ')}; what comes with the program is used instead.`,
				}),
	};
}

/** Renames a broken file; never over another one. */
function setAside(path: string, why: string): string {
	let aside = `${path}.broken`;
	for (let number = 2; existsSync(aside); number += 1) aside = `${path}.broken-${number}`;
	try {
		renameSync(path, aside);
		return `The preferences could not be read (${why}). They were set aside as ${aside}, and the game starts with what comes with it.`;
	} catch {
		return `The preferences in ${path} can't be read (${why}), and can't be set aside either. The game starts with what comes with it.`;
	}
}

export function storedPreferences(): Stored {
	return readPreferences().stored;
}

async function openStore() {
	const {default: Conf} = await import('conf');
	// Values are checked when they are read; conf's own check would throw all of them away for one that does not fit.
	return new Conf<Stored>({projectName: 'quorum-call', cwd: configurationFolder(), clearInvalidConfig: true});
}

export class StoredPreferences implements Preferences {
	readonly #read = readPreferences();
	readonly warning: string | undefined = this.#read.warning;
	#store: Awaited<ReturnType<typeof openStore>> | null = null;
	#played = this.#read.stored.played === true;
	#settings: Settings = settingsFrom(this.#read.stored).settings;

	/** Makes ready to write; call it before a game is opened, and after the title is drawn. */
	async load(): Promise<void> {
		if (this.#store) return;
		try {
			this.#store = await openStore();
		} catch {
			this.#store = null;
		}
	}

	get firstGame(): boolean {
		return !this.#played;
	}

	get settings(): Settings {
		return this.#settings;
	}

	async keep(settings: Settings): Promise<Outcome> {
		this.#settings = settings;
		try {
			await this.load();
			const store = this.#store ?? (await openStore());
			store.set({...settings});
			return {ok: true};
		} catch (error) {
			return {ok: false, message: `This holds until you leave; it can't be kept: ${(error as Error).message}`};
		}
	}

	markPlayed(): void {
		this.#played = true;
		try {
			this.#store?.set('played', true);
		} catch {
			// The next game is explained as a first one again.
		}
	}
}

/** A preference that can be named on the command line. */
export type PreferenceKey = keyof typeof preferenceKeys;

/**
 * Stores one preference, or forgets it (`undefined`).
 * @throws {CommandError} for a value that does not fit, or a file that can't be written.
 */
export async function setPreference(key: PreferenceKey, text: string | undefined): Promise<void> {
	const value = text === undefined ? undefined : read(key, text);
	try {
		const store = await openStore();
		if (value === undefined) store.delete(key);
		else store.set(key, value);
	} catch (error) {
		throw new CommandError(`The preferences in ${configurationFolder()} can't be written: ${(error as Error).message}`);
	}
}

function read(key: PreferenceKey, text: string): string | boolean {
	if (key === 'scenarios') {
		const folder = resolve(text);
		if (!statSync(folder, {throwIfNoEntry: false})?.isDirectory()) throw new CommandError(`${text}: There is no such folder.`);
		return folder;
	}
	const {values = []} = preferenceKeys[key];
	const value = values.find(each => String(each) === text);
	if (value === undefined) throw new CommandError(`"${text}" is no value for ${key}. Expected one of: ${values.join(', ')}.`);
	return value;
}
