/** The title screen: drawn first, with everything else imported when it is asked for. */
import {readEnvironment} from '../terminal/environment.js';
import {drawTitle} from '../terminal/first-frame.js';
import {storedPreferences} from './preferences.js';
import {terminalCatalogue} from './terminal-catalogue.js';

/** @param screenReader the same in lines */
export async function title(screenReader: boolean): Promise<number> {
	const abilities = readEnvironment();
	if (screenReader || abilities.linear || storedPreferences().screenReader === true)
		return (await import('../terminal/linear/run-linear.js')).runLinear(terminalCatalogue());
	const catalogue = terminalCatalogue();
	const drawn = drawTitle(catalogue, abilities);
	return (await import('../terminal/run.js')).runTerminal(catalogue, abilities, undefined, drawn);
}
