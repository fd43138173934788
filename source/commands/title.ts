/** The title screen: drawn first, with everything else imported when it is asked for. */
import {readEnvironment} from '../terminal/environment.js';
import {terminalCatalogue} from './terminal-catalogue.js';

export async function title(): Promise<number> {
	const abilities = readEnvironment();
	const running = import('../terminal/run.js');
	const catalogue = terminalCatalogue();
	return (await running).runTerminal(catalogue, abilities);
}
