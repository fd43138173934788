/** What the title screen offers. Only names of files are read before its first frame; the engine is imported when something is opened. */
import {listSaves, savesFolder} from '../journal/saves-folder.js';
import type {Catalogue, Choice, Player} from '../terminal/player.js';
import {exampleSaves, scenariosById, shown} from './paths.js';
import {StoredPreferences} from './preferences.js';
import {glance, isFinished} from './saves.js';

/** A catalogue whose preferences can be read from the disk. */
export interface TerminalCatalogue extends Catalogue {
	readonly preferences: StoredPreferences;
}

export function terminalCatalogue(): TerminalCatalogue {
	const preferences = new StoredPreferences();
	let leaveLast = (): void => {};
	const own = readSaves();
	const isOwnFinished = new Map(own.map(path => [path, isFinished(path)]));
	const reports = (): string[] => [...readSaves().filter(isFinished), ...exampleSaves()];

	return {
		counts: {
			scenarios: scenariosById().length,
			saves: own.filter(path => !isOwnFinished.get(path)).length,
			reports: own.filter(path => isOwnFinished.get(path)).length + exampleSaves().length,
		},
		async scenarios() {
			const {listScenarios} = await import('./scenarios.js');
			return listScenarios().map(({id, path, title, summary, minutes, turns, broken}) => ({
				id,
				path,
				title,
				summary,
				minutes,
				turns,
				...(broken === undefined ? {} : {broken}),
			}));
		},
		async saves() {
			return readSaves()
				.filter(path => !isFinished(path))
				.flatMap(path => {
					const found = glance(path);
					return found ? [{path: shown(path), title: found.title, turn: found.turn, closed: found.closed}] : [];
				});
		},
		async reports() {
			const {reportOf} = await import('./thread.js');
			return reports().flatMap(path => {
				const found = glance(path);
				return found ? [{id: path, title: found.title, path: shown(path), text: () => reportOf(path)}] : [];
			});
		},
		async open(choice: Choice): Promise<Player> {
			await preferences.load();
			const {newPlayer, openPlayer} = await import('./seat.js');
			// The game that was left for the title still has its lock; it may be the very save that is opened now.
			leaveLast();
			leaveLast = () => {};
			const {player, leave} = await ('scenario' in choice ? newPlayer(choice.scenario, {side: choice.side}) : openPlayer(choice.save));
			leaveLast = leave;
			return player;
		},
		preferences,
	};
}

/** Paths of this machine's saves, the last changed first; none where the folder can't be read: the title is no place to fail. */
function readSaves(): string[] {
	try {
		return listSaves(savesFolder()).map(({path}) => path);
	} catch {
		return [];
	}
}
