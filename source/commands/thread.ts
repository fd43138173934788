/** Asks the work thread. Its program is imported there alone: this side knows its types, and imports little. */
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {Worker} from 'node:worker_threads';
import {JournalError, type JournalFault} from '../journal/journal-error.js';
import {CommandError, type ExitStatus} from './command-error.js';
import {packageFolder} from './paths.js';
import type {Answer, Asked, Progress, Told, Work} from './work-thread.js';

/** The thread was ended while somebody waited for it. */
export class ThreadEnded extends Error {
	override readonly name = 'ThreadEnded';
}

interface Waiting {
	resolve(value: unknown): void;
	reject(error: Error): void;
}

/** A thread that works. It keeps no process alive while nothing is asked of it. */
export class WorkThread {
	readonly #worker: Worker;
	readonly #waiting = new Map<number, Waiting>();
	readonly #onProgress: (progress: Progress) => void;
	#asked = 0;
	#failure: Error | undefined;

	constructor(onProgress: (progress: Progress) => void = () => {}) {
		this.#onProgress = onProgress;
		this.#worker = new Worker(pathToFileURL(join(packageFolder(), 'dist', 'work-thread.js')), {stdin: false});
		this.#worker.unref();
		this.#worker.on('message', (told: Told) => this.#hear(told));
		this.#worker.on('error', error => this.#fail(error instanceof Error ? error : new Error(String(error))));
		this.#worker.on('exit', () => this.#fail(new Error('the thread that works has ended')));
	}

	/** @throws what the work threw there, and {ThreadEnded} where the thread is ended in the meantime. */
	ask<K extends keyof Work>(name: K, ...given: Parameters<Work[K]>): Promise<Answer<K>> {
		return new Promise((resolve, reject) => {
			if (this.#failure) return reject(this.#failure);
			this.#asked += 1;
			this.#waiting.set(this.#asked, {resolve: value => resolve(value as Answer<K>), reject});
			this.#worker.ref();
			this.#worker.postMessage({id: this.#asked, name, given} satisfies Asked);
		});
	}

	/** Ends the thread in the middle of whatever it does. */
	end(): void {
		this.#fail(new ThreadEnded('the thread that works was ended'));
		void this.#worker.terminate();
	}

	#hear(told: Told): void {
		if ('progress' in told) {
			this.#onProgress(told.progress);
			return;
		}
		const waiting = this.#waiting.get(told.id);
		this.#waiting.delete(told.id);
		if (this.#waiting.size === 0) this.#worker.unref();
		if ('done' in told) waiting?.resolve(told.done);
		else waiting?.reject(errorOf(told.failed));
	}

	#fail(error: Error): void {
		this.#failure ??= error;
		for (const {reject} of this.#waiting.values()) reject(this.#failure);
		this.#waiting.clear();
		this.#worker.unref();
	}
}

/** The debrief of a finished save, for screens. */
export async function reportOf(save: string, isOwn = false): Promise<string> {
	const thread = new WorkThread();
	try {
		return await thread.ask('report', save, isOwn);
	} finally {
		thread.end();
	}
}

/** An error that crossed from the other thread. */
function errorOf(failed: unknown): Error {
	const {message, stack, fault, exitStatus} = failed as {message: string; stack?: string; fault?: JournalFault; exitStatus?: ExitStatus};
	if (fault) return new JournalError(fault);
	if (exitStatus !== undefined) return new CommandError(message, exitStatus);
	return Object.assign(new Error(message), stack === undefined ? {} : {stack});
}
