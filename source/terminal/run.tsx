/** Runs the terminal from its first frame to its exit status, and leaves the user's screen as it was, whatever happens. */
import {render} from 'ink';
import {App} from './app.js';
import type {DrillSetup} from './drill-table.js';
import type {TerminalAbilities} from './environment.js';
import type {FirstFrame} from './first-frame.js';
import type {Catalogue, Player} from './player.js';
import {Session} from './session.js';

/**
 * Shows the title, or the game `start` at once, and resolves with the exit status: 0 after leaving, 130 after Ctrl-C twice, 1 after
 * an error, whose message is on stderr (with its stack where DEBUG is set). Call `readEnvironment` before this file is imported.
 * @param drawn the title's first frame, where it was drawn already
 */
export async function runTerminal(
	catalogue: Catalogue,
	abilities: TerminalAbilities,
	start?: Player | DrillSetup,
	drawn?: FirstFrame,
): Promise<number> {
	const session = new Session(catalogue, {columns: process.stdout.columns || 80, rows: process.stdout.rows || 24}, start);
	const show = () =>
		render(<App session={session} abilities={abilities} />, {
			alternateScreen: true,
			exitOnCtrlC: false,
			interactive: true,
			patchConsole: false,
		});
	const app = drawn ? drawn.handOver(show) : show();
	let failure: {readonly error: unknown} | undefined;
	const fail = (error: unknown): void => {
		failure ??= {error};
		app.unmount();
	};
	process.on('uncaughtException', fail);
	process.on('unhandledRejection', fail);
	try {
		await app.waitUntilExit();
	} catch (error) {
		failure ??= {error};
	} finally {
		process.off('uncaughtException', fail);
		process.off('unhandledRejection', fail);
	}
	const {game, exit = 0} = session.state;
	if (failure) {
		process.stderr.write(`${describe(failure.error)}\n`);
		if (game && !game.player.replay) process.stderr.write(`The game is saved. Go on with: quorum-call resume ${game.player.savePath()}\n`);
		return 1;
	}
	if (game && !game.player.replay && game.view.phase !== 'closed')
		process.stdout.write(`Saved. Go on with: quorum-call resume ${game.player.savePath()}\nhead ${game.player.head()}\n`);
	return exit;
}

function describe(error: unknown): string {
	if (!(error instanceof Error)) return `quorum-call stopped: ${String(error)}`;
	return process.env.DEBUG ? (error.stack ?? error.message) : `quorum-call stopped: ${error.message}. Set DEBUG=1 to see where.`;
}
