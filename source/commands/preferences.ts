/**
 * What a person chose on this machine, kept by conf in the user's configuration folder. A folder that can't be used costs nothing but memory.
 * Reading needs no conf, which is slow to load: the title is drawn from what the file says.
 */
import {readFileSync, statSync} from 'node:fs';
import {homedir} from 'node:os';
import {join, resolve} from 'node:path';
import type {Preferences} from '../terminal/player.js';
import {CommandError} from './command-error.js';

const themes = ['sixteen', 'okabe-ito', 'mono'] as const;

/** What can be stored. `scenarios` is the folder of a pack. */
export interface Stored {
	played?: boolean;
	scenarios?: string;
	theme?: (typeof themes)[number];
	ascii?: boolean;
	facilitatorKey?: string;
}

/** Each preference: what it is about, and how its text is read. */
export const preferenceKeys: Readonly<Record<keyof Stored, {readonly about: string; readonly values?: readonly string[]}>> = {
	scenarios: {about: 'a folder with scenarios of your own, searched after the shipped ones'},
	theme: {about: 'the colours of the terminal', values: themes},
	ascii: {about: 'draw with ASCII even where the terminal can do more', values: ['true', 'false']},
	facilitatorKey: {about: "the hidden key of a drill's facilitator, such as ctrl+f"},
	played: {about: 'whether a game was played to its end here; before that, games explain themselves', values: ['true', 'false']},
};

const schema = {
	played: {type: 'boolean'},
	scenarios: {type: 'string', minLength: 1},
	theme: {type: 'string', enum: themes},
	ascii: {type: 'boolean'},
	facilitatorKey: {type: 'string', minLength: 1},
} as const;

/** Where conf would keep it, by the platform's custom; said here so that it can be read without conf. */
export function configurationFolder(platform = process.platform, env = process.env, home = homedir()): string {
	if (platform === 'win32') return join(env.APPDATA || join(home, 'AppData', 'Roaming'), 'quorum-call', 'Config');
	if (platform === 'darwin') return join(home, 'Library', 'Preferences', 'quorum-call');
	return join(env.XDG_CONFIG_HOME || join(home, '.config'), 'quorum-call');
}

/** A key that no text and no other screen needs; those of editing and leaving are taken. */
function isChord(key: string): boolean {
	return /^(ctrl\+[bf-gk-lo-tx-z]|meta\+[a-z])$/.test(key);
}

/** What the file says; nothing where there is none or it can't be read. Values of another type are left out. */
export function storedPreferences(): Stored {
	try {
		const {played, scenarios, theme, ascii, facilitatorKey} = JSON.parse(
			readFileSync(join(configurationFolder(), 'config.json'), 'utf8'),
		) as Record<string, unknown>;
		const known = themes.find(name => name === theme);
		return {
			...(typeof played === 'boolean' ? {played} : {}),
			...(typeof scenarios === 'string' && scenarios !== '' ? {scenarios} : {}),
			...(known === undefined ? {} : {theme: known}),
			...(typeof ascii === 'boolean' ? {ascii} : {}),
			...(typeof facilitatorKey === 'string' && isChord(facilitatorKey) ? {facilitatorKey} : {}),
		};
	} catch {
		return {};
	}
}

async function openStore() {
	const {default: Conf} = await import('conf');
	return new Conf<Stored>({projectName: 'quorum-call', cwd: configurationFolder(), schema, clearInvalidConfig: true});
}

export class StoredPreferences implements Preferences {
	readonly #stored = storedPreferences();
	#store: Awaited<ReturnType<typeof openStore>> | null = null;
	#played = this.#stored.played === true;

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

	get theme(): NonNullable<Stored['theme']> {
		return this.#stored.theme ?? 'sixteen';
	}

	get ascii(): boolean {
		return this.#stored.ascii === true;
	}

	get facilitatorKey(): string {
		return this.#stored.facilitatorKey ?? 'ctrl+f';
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

/**
 * Stores one preference, or forgets it (`undefined`).
 * @throws {CommandError} for a value that does not fit, or a file that can't be written.
 */
export async function setPreference(key: keyof Stored, text: string | undefined): Promise<void> {
	const value = text === undefined ? undefined : read(key, text);
	try {
		const store = await openStore();
		if (value === undefined) store.delete(key);
		else store.set(key, value);
	} catch (error) {
		throw new CommandError(`The preferences in ${configurationFolder()} can't be written: ${(error as Error).message}`);
	}
}

function read(key: keyof Stored, text: string): string | boolean {
	const {values} = preferenceKeys[key];
	if (key === 'scenarios') {
		const folder = resolve(text);
		if (!statSync(folder, {throwIfNoEntry: false})?.isDirectory()) throw new CommandError(`${text}: There is no such folder.`);
		return folder;
	}
	if (key === 'facilitatorKey' && !isChord(text))
		throw new CommandError(
			`"${text}" is no key for the facilitator. Expected Control or Meta with a letter that nothing else uses, such as ctrl+f or meta+x.`,
		);
	if (values && !values.includes(text)) throw new CommandError(`"${text}" is no value for ${key}. Expected one of: ${values.join(', ')}.`);
	return text === 'true' ? true : text === 'false' ? false : text;
}
