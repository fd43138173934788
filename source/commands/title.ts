/** The title screen: drawn first, with everything else imported when it is asked for. */
import {readEnvironment, type TerminalAbilities} from '../terminal/environment.js';
import {drawTitle} from '../terminal/first-frame.js';
import type {Catalogue} from '../terminal/player.js';
import {storedPreferences} from './preferences.js';
import {terminalCatalogue} from './terminal-catalogue.js';

/** @param screenReader the same in lines */
export async function title(screenReader: boolean): Promise<number> {
	const abilities = readEnvironment();
	if (screenReader || abilities.linear || storedPreferences().screenReader === true)
		return (await import('../terminal/linear/run-linear.js')).runLinear(terminalCatalogue());
	return atTitle(terminalCatalogue(), abilities);
}

/** Draws the title, and imports what draws all the rest. */
export async function atTitle(catalogue: Catalogue, abilities: TerminalAbilities): Promise<number> {
	const drawn = drawTitle(catalogue, abilities);
	return (await import('../terminal/run.js')).runTerminal(catalogue, abilities, undefined, drawn);
}
