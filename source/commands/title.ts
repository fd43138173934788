/** The title screen: drawn first, with everything else imported when it is asked for. */
import {readEnvironment} from '../terminal/environment.js';
import {storedPreferences} from './preferences.js';
import {terminalCatalogue} from './terminal-catalogue.js';

/** @param screenReader the same in lines */
export async function title(screenReader: boolean): Promise<number> {
	const abilities = readEnvironment();
	if (screenReader || abilities.linear || storedPreferences().screenReader === true)
		return (await import('../terminal/linear/run-linear.js')).runLinear(terminalCatalogue());
	// Ink loads while the folders are read.
	const running = import('../terminal/run.js');
	const catalogue = terminalCatalogue();
	return (await running).runTerminal(catalogue, abilities);
}
