#!/usr/bin/env node
// Reads the arguments and loads the command they name, and nothing else: --help, --version and the title's first frame load none of the game.
import {explain} from './command-error.js';

/** 128 + SIGINT, as shells count. */
const interrupted = 130;

// Whoever reads the output has gone (`| head`): there is nobody left to tell.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
	if (error.code !== 'EPIPE') process.stderr.write(`${explain(error).message}\n`);
	process.exit(error.code === 'EPIPE' ? (process.exitCode ?? 0) : 1);
});
process.stderr.on('error', () => {});
process.once('SIGINT', () => process.exit(interrupted));

async function main(): Promise<number> {
	if (process.argv.length === 2) return (await import('./front.js')).front([]);
	return (await import('./arguments.js')).runArguments(process.argv.slice(2));
}

try {
	process.exitCode = await main();
} catch (error) {
	const {message, exitStatus} = explain(error);
	process.stderr.write(`${message}\n`);
	process.exitCode = exitStatus;
}
