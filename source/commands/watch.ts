/** `watch`: checks a scenario file at each save, plays its tests, and shows the board in each world. */
import {watch as watchFolder} from 'node:fs';
import {basename, dirname, resolve} from 'node:path';
import type {Side} from '../engine/view.js';
import {JournalError} from '../journal/journal-error.js';
import {wrap} from '../report/plain-text.js';
import {readEnvironment} from '../terminal/environment.js';
import {boardText} from './board-text.js';
import {CommandError} from './command-error.js';
import {print, tell} from './output.js';
import {findScenario, readText} from './scenario-files.js';
import {gameLine, type Round, roundLines, roundOf, type WatchChoice, type WatchEdge, watchText} from './watching.js';

export interface WatchOptions extends WatchChoice {
	readonly side?: Side;
}

/** How long a file has to rest before it is read: editors write in several steps. */
const restMilliseconds = 80;

/**
 * Runs until Ctrl-C (130), or q on a terminal (0).
 * @throws {CommandError} for a file that is not there at the start, exit status 2
 */
export function watch(name: string, {side = 'operators', ...choice}: WatchOptions): Promise<number> {
	const file = findScenario(name);
	readText(file, 'the scenario');
	const abilities = readEnvironment();
	return new Promise((done, fail) => {
		let stop = (): void => {};
		const screen = abilities.fullScreen
			? terminalScreen(side, {colour: abilities.colour, ascii: !abilities.unicode}, status => {
					stop();
					done(status);
				})
			: plainScreen(side);
		const end = (error: unknown): void => {
			stop();
			screen.close();
			fail(error);
		};
		try {
			stop = watchText(edgeOf(file, screen, end), (text, before) => roundOf(text, file, choice, before));
		} catch (error) {
			end(error);
		}
	});
}

/** The file's folder, a timer and a screen. @param end stops the watch with an error */
function edgeOf(file: string, screen: Screen, end: (error: unknown) => void): WatchEdge {
	return {
		read() {
			try {
				return readText(file, 'the scenario');
			} catch (error) {
				// A folder in its place or bytes that are no text are said once it is a file again.
				if (error instanceof JournalError || error instanceof CommandError) return null;
				throw error;
			}
		},
		onChange(changed) {
			// The folder, not the file: an editor that saves by renaming puts another file in its place.
			const watcher = watchFolder(dirname(resolve(file)), (_, name) => {
				if (name === null || name === basename(file)) changed();
			});
			watcher.on('error', error => end(new CommandError(`${file} can't be watched: ${error.message}`)));
			return () => watcher.close();
		},
		soon(run) {
			const timer = setTimeout(() => {
				try {
					run();
				} catch (error) {
					end(error);
				}
			}, restMilliseconds);
			return () => clearTimeout(timer);
		},
		show: round => screen.show(file, round),
		tell,
	};
}

interface Screen {
	show(file: string, round: Round): void;
	/** Gives the terminal back. */
	close(): void;
}

/** Each round once as plain text, with the boards of all worlds. */
function plainScreen(side: Side): Screen {
	let rounds = 0;
	return {
		show(file, round) {
			rounds++;
			print([`== ${file}, save ${rounds} ==`, ...roundLines(round)].join('\n'));
			// The boards of the last file that could be played are there already.
			if (round.trouble === undefined)
				round.games.forEach(({played}, index) => {
					const board = boardText(played.game, played.state, {side, columns: 80, rows: 22, colour: false, ascii: true});
					print(['', `-- ${gameLine(round, index)} --`, ...board].join('\n'));
				});
			print('');
		},
		close() {},
	};
}

/** The board of one world at a time, with what is wrong below it, where the eye is. */
function terminalScreen(side: Side, look: {readonly colour: boolean; readonly ascii: boolean}, leave: (status: number) => void): Screen {
	let index = 0;
	let shown: {readonly file: string; readonly round: Round} | undefined;
	const draw = (): void => {
		if (!shown) return;
		const {file, round} = shown;
		const {columns = 80, rows = 24} = process.stdout;
		index = Math.min(index, Math.max(0, round.games.length - 1));
		const told = roundLines(round).flatMap(line => (line.startsWith('FAILED') ? wrap(line, columns - 1, '', '  ') : [line]));
		const below = [...wrap(gameLine(round, index), columns - 1, '', '  '), ...told, `${file}   Tab next world, q quits`];
		const game = round.games[index]?.played;
		const height = Math.max(22, rows - below.length - 1);
		const board = game ? boardText(game.game, game.state, {side, columns: Math.max(80, columns), rows: height, ...look}) : [];
		process.stdout.write(`\u001b[2J\u001b[H${[...board, ...below].join('\r\n')}\r\n`);
	};
	const {stdin} = process;
	const close = (): void => {
		stdin.off('data', press);
		stdin.setRawMode(false);
		stdin.pause();
		process.stdout.off('resize', draw);
	};
	const end = (status: number): void => {
		close();
		leave(status);
	};
	const press = (keys: Buffer): void => {
		const key = keys.toString('latin1');
		const count = shown?.round.games.length ?? 0;
		if (key === 'q') end(0);
		else if (key === '\u0003') end(130);
		else if (count > 0 && (key === '\t' || key === '\u001b[C' || key === '\u001b[Z' || key === '\u001b[D')) {
			index = (index + (key === '\t' || key === '\u001b[C' ? 1 : count - 1)) % count;
			draw();
		}
	};
	stdin.setRawMode(true);
	stdin.on('data', press);
	stdin.resume();
	process.stdout.on('resize', draw);
	return {
		show(file, round) {
			shown = {file, round};
			draw();
		},
		close,
	};
}
