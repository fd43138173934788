/** A thread of a playtest: it is told the scenario at its start, is given slices of games, and answers with what it noted of them. */
import {parentPort, workerData} from 'node:worker_threads';
import type {Answer, Slice, WorkerStart} from './index.js';
import {playOne} from './play.js';

const start = workerData as WorkerStart;

function play({from, to}: Slice): Answer {
	try {
		return {records: Array.from({length: to - from}, (_, count) => playOne({...start, index: from + count}).record)};
	} catch (error) {
		return {error: error instanceof Error ? error.message : String(error)};
	}
}

parentPort?.on('message', (slice: Slice) => parentPort?.postMessage(play(slice)));
