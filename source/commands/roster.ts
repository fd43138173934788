/** Reads the file of a roster, for a packet and for a drill. */
import {attackerBots, operatorBots} from '../bots/index.js';
import {formatRosterProblem, parseRoster, type RosterFile} from '../report/roster.js';
import {CommandError} from './command-error.js';
import {readText} from './scenario-files.js';

/** Bots that can be named in a roster, the default of each side first. */
export const rosterBots = {operators: Object.keys(operatorBots), attackers: Object.keys(attackerBots)};

/** @throws {CommandError} with every mistake in its place */
export function readRoster(path: string, seats: readonly string[]): RosterFile {
	const roster = parseRoster(readText(path, 'the roster'), {seats: [...seats, 'operators'], bots: rosterBots});
	if (roster.problems.length > 0) throw new CommandError(roster.problems.map(problem => formatRosterProblem(path, problem)).join('\n'));
	return roster;
}
