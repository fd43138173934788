/** Runs the conversation on standard input and output: whole lines, no control sequence, and the terminal's own editing of the line. */
import {createInterface} from 'node:readline';
import type {DrillSetup} from '../drill-table.js';
import type {Catalogue, Player} from '../player.js';
import {clean} from '../text.js';
import {Reading} from './reading.js';

/** @returns the exit status: 0 after leaving or at the end of the input, 1 after an error */
export async function runLinear(catalogue: Catalogue, start?: Player | DrillSetup): Promise<number> {
	const reading = new Reading(catalogue, start);
	const say = (lines: readonly string[]): void => {
		for (const line of lines) process.stdout.write(`${clean(line)}\n`);
	};
	const input = createInterface({input: process.stdin, terminal: false});
	// Lines that come while something else is awaited are kept from here on; the end of the input too.
	const lines = input[Symbol.asyncIterator]();
	try {
		say(await reading.greet());
		process.stdout.write(`${reading.prompt}\n`);
		for await (const line of lines) {
			say(await patiently(reading.answer(line)));
			if (reading.exit !== undefined) return reading.exit;
			process.stdout.write(`${reading.prompt}\n`);
		}
		say(await reading.answer('quit'));
		return 0;
	} catch (error) {
		process.stderr.write(`quorum-call stopped: ${error instanceof Error ? error.message : String(error)}\n`);
		if (reading.player) process.stderr.write(`The game is saved. Go on with: quorum-call resume ${reading.player.savePath()}\n`);
		return 1;
	} finally {
		input.close();
	}
}

/** Says once, to somebody who waits at a terminal, that an answer takes its time. */
async function patiently<T>(answer: Promise<T>): Promise<T> {
	if (!process.stdout.isTTY) return answer;
	const timer = setTimeout(() => process.stdout.write('Computing. The answer follows.\n'), 1000);
	try {
		return await answer;
	} finally {
		clearTimeout(timer);
	}
}
