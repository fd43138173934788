/** Packs: folders with scenarios of one's own, from the command line and from the preferences. */
import {statSync} from 'node:fs';
import {CommandError} from './command-error.js';
import {searchPacks} from './paths.js';
import {storedPreferences} from './preferences.js';

/**
 * Sets the folders that are searched after the shipped scenarios: those given, in their order, then the one of the preferences.
 * @throws {CommandError} where a given one is no folder. The preferences' may be away, as a disk can be.
 */
export function addPacks(given: readonly string[]): void {
	for (const folder of given)
		if (!isFolder(folder))
			throw new CommandError(`${folder}: There is no such folder. Expected one with scenario files after --scenarios.`);
	const {scenarios} = storedPreferences();
	searchPacks([...given, ...(scenarios !== undefined && isFolder(scenarios) ? [scenarios] : [])]);
}

const isFolder = (path: string): boolean => statSync(path, {throwIfNoEntry: false})?.isDirectory() === true;
