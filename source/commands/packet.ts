/** `packet`: what a drill needs on paper, as Markdown: agenda, briefing, a card for each seat, feedback form, and the two guides. */
import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {catalogue} from '../engine/catalogue.js';
import {offeredVerbs} from '../engine/decide.js';
import {createGame} from '../engine/game.js';
import type {Side} from '../engine/view.js';
import {fileError} from '../journal/journal-error.js';
import {type Packet, packetFiles, type Roster, rosterOf, schedule, seatsOf, usualMinutes} from '../report/packet.js';
import type {Scenario} from '../scenario/schema.js';
import {CommandError} from './command-error.js';
import {deliver, print, tell} from './output.js';
import {shown} from './paths.js';
import {readRoster} from './roster.js';
import {openScenario} from './scenario-files.js';

export interface PacketOptions {
	/** The folder to write to. */
	readonly out?: string;
	/** How long the session is. */
	readonly minutes?: string;
	readonly roster?: string;
	/** One document instead of a folder: `players` without spoilers, `all`. */
	readonly single?: 'players' | 'all';
	readonly force?: boolean;
}

/** @throws {CommandError} where the minutes or the roster make no sense, or a file would be replaced. */
export function packet(name: string, {out, minutes, roster, single, force = false}: PacketOptions = {}): number {
	const {scenario} = openScenario(name);
	const total = minutes === undefined ? usualMinutes(scenario) : Number(minutes);
	if (!Number.isInteger(total) || total < 1 || total > 1440)
		throw new CommandError(`--minutes is a whole number from 1 to 1440, the length of the session, got "${minutes}".`);
	const made: Packet = {
		file: name,
		scenario,
		roster: peopleOf(roster, seatsOf(scenario)),
		slots: slotsOf(total, scenario.turns),
		verbs: verbsOf(scenario),
	};
	const files = packetFiles(made);
	if (single !== undefined) {
		const chosen = files.filter(({isForPlayers}) => single === 'all' || isForPlayers);
		deliver(chosen.map(({text}) => text.trimEnd()).join('\n\n---\n\n'), out);
		return 0;
	}
	const folder = out ?? `${scenario.id}-packet`;
	const taken = files.map(file => join(folder, file.name)).find(path => existsSync(path));
	if (taken !== undefined && !force)
		throw new CommandError(`${taken} exists already; nothing was written. Name another folder with --out, or replace it with --force.`);
	try {
		mkdirSync(folder, {recursive: true});
		for (const file of files) writeFileSync(join(folder, file.name), file.text);
	} catch (error) {
		throw fileError(error, folder, 'write the packet');
	}
	const list = (isForPlayers: boolean) =>
		files
			.filter(file => file.isForPlayers === isForPlayers)
			.map(file => `  ${file.name}`)
			.join('\n');
	print(`Written to ${shown(folder)}:\n${list(true)}\nNot for players, with everything that is going to happen:\n${list(false)}`);
	tell(`The session is ${total} minutes; --minutes makes it longer or shorter.`);
	return 0;
}

export function verbsOf(scenario: Scenario): Packet['verbs'] {
	const game = createGame({scenario, seed: 'packet', suite: 'glass'});
	const offer = (side: Side) => {
		const {offered, later} = offeredVerbs(game, side, 1);
		return {now: catalogue.filter(verb => verb.side === side && offered(verb.name)).map(verb => verb.name), later};
	};
	return {operators: offer('operators'), attackers: offer('attackers')};
}

function slotsOf(total: number, turns: number) {
	try {
		return schedule(total, turns);
	} catch (error) {
		throw new CommandError(`${(error as Error).message}.`);
	}
}

function peopleOf(path: string | undefined, seats: readonly string[]): Roster {
	return path === undefined ? {} : rosterOf(readRoster(path, seats).people);
}
