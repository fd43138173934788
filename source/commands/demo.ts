/** Without a terminal and without arguments: the demo, played by bots and told as plain text to its debrief. */

import {debriefOf} from './debrief.js';
import {playOut} from './drive.js';
import {opponent} from './opponents.js';
import {print, tell} from './output.js';
import {shown} from './paths.js';
import {plainAccount} from './reports.js';
import {openScenario} from './scenario-files.js';
import {startAnyway} from './start.js';

const shipped = 'first-light';

export async function demo(): Promise<number> {
	const opponents = {operators: opponent('operators'), attackers: opponent('attackers')};
	const players = {operators: `bot ${opponents.operators.name}`, attackers: `bot ${opponents.attackers.name}`};
	const {recorded, why} = startAnyway(openScenario(shipped), players, {});
	if (why !== undefined) tell(`${why} The game is played in memory and not saved.`);
	try {
		await playOut({recorded, opponents});
	} finally {
		recorded.close();
	}
	print('This is no terminal, so two bots play the demo. In a terminal you play it yourself: quorum-call\n');
	print(plainAccount(recorded));
	print(`\n${debriefOf(recorded)}`);
	if (recorded.path !== undefined) print(`\nSaved in ${shown(recorded.path)}. Check it with: quorum-call verify ${shown(recorded.path)}`);
	return 0;
}
