/** A thread of a playtest: it is told the scenario at its start, is given slices of games, and answers with what it noted of them. */
import {setFlagsFromString} from 'node:v8';
import {parentPort, workerData} from 'node:worker_threads';
import type {Answer, Slice, WorkerStart} from './index.js';
import {playOne} from './play.js';

// V8's compiler works in threads of its own, and over a short playtest it takes half as much time again as the games. Later and smaller, it costs a
// quarter less of the processor over 500 games, and nothing over 3,000. Measured on Node 20: later ones have another compiler between.
if (process.versions.node.startsWith('20.'))
	for (const flag of ['--interrupt-budget=250000', '--max-inlined-bytecode-size-cumulative=300']) setFlagsFromString(flag);

const start = workerData as WorkerStart;

function play({from, to}: Slice): Answer {
	try {
		return {records: Array.from({length: to - from}, (_, count) => playOne({...start, index: from + count}).record)};
	} catch (error) {
		return {error: error instanceof Error ? error.message : String(error)};
	}
}

parentPort?.on('message', (slice: Slice) => parentPort?.postMessage(play(slice)));
