/** `preferences`: shows and changes what is kept of a person's choices on this machine. */
import {didYouMean, harmless} from '../scenario/diagnostic.js';
import {CommandError} from './command-error.js';
import {print, tell} from './output.js';
import {configurationFolder, type PreferenceKey, preferenceKeys, readPreferences, setPreference, storedPreferences} from './preferences.js';

const keys = Object.keys(preferenceKeys) as PreferenceKey[];

/** Without a key: all of them. With a key: its value. With a value too: stores it. */
export async function preferences(
	key: string | undefined,
	value: string | undefined,
	{unset = false}: {readonly unset?: boolean} = {},
): Promise<number> {
	if (key === undefined) {
		const {stored, warning} = readPreferences();
		if (warning !== undefined) tell(warning);
		const width = Math.max(...keys.map(name => name.length));
		for (const name of keys)
			print(
				`${name.padEnd(width)}  ${harmless(String(stored[name] ?? '(not set)'))}\n${' '.repeat(width)}    ${preferenceKeys[name].about}`,
			);
		print(`\nThey are kept in ${configurationFolder()}.`);
		return 0;
	}
	const known = keys.find(name => name === key);
	if (!known) {
		const hint = didYouMean(key, keys);
		throw new CommandError(
			`There is no preference "${harmless(key)}"${hint === undefined ? '.' : `; ${hint}`} There are: ${keys.join(', ')}.`,
		);
	}
	if (unset && value !== undefined) throw new CommandError('Give a value or --unset, not both.');
	if (!unset && value === undefined) {
		print(String(storedPreferences()[known] ?? ''));
		return 0;
	}
	await setPreference(known, value);
	tell(unset ? `${known} is not set any more.` : `${known} is ${harmless(String(storedPreferences()[known]))} from now on.`);
	return 0;
}
