/** A save read and made into a game, to go on with or to look at: its events folded, and only its last move decided again. */
import {fold} from '../engine/apply.js';
import type {GameEvent} from '../engine/events.js';
import {initialState} from '../engine/game.js';
import type {GameState} from '../engine/state.js';
import {canonicalText, firstDifference} from './canonical.js';
import type {OpenedPayload} from './chain.js';
import {JournalError, quoted} from './journal-error.js';
import {FIRST_EVENT, type Opening, reopen} from './opening.js';
import {copyError, openedPayloads} from './parse.js';
import {decideAgain, startsGroup} from './re-execution.js';
import {type Resumable, readToResume, soundJournal} from './recorder.js';

/** What was read of a save to go on with it: plain data. */
export interface ReadSave extends Resumable {
	/** Events that followed from the last move and are not in the file. */
	readonly missing: readonly GameEvent[];
}

/**
 * Reads a save to go on with it, and decides its last move again.
 * @returns what `RecordedGame.resumeBy` needs, and the game with its state after all of it
 * @throws {JournalError} for saves that are damaged, closed, a seat's copy, or of other rules.
 */
export function readSave(path: string, bytes: Uint8Array): {readonly read: ReadSave; readonly rebuilt: Rebuilt} {
	const found = readToResume(path, bytes);
	const rebuilt = rebuild(path, found.payloads);
	return {read: {...found, missing: rebuilt.missing}, rebuilt};
}

/** What was read of a save to look at it: plain data. */
export interface LookedAt {
	readonly payloads: readonly OpenedPayload[];
	/** Events that followed from the last move and are not in the file. */
	readonly missing: readonly GameEvent[];
	/** Head of the journal after each line of the file. */
	readonly heads: readonly string[];
}

/** @throws {JournalError} as `RecordedGame.load` does. */
export function readToLook(bytes: Uint8Array, path: string): LookedAt {
	const journal = soundJournal(bytes, path);
	if (journal.withheld > 0) throw copyError(path, journal);
	const payloads = openedPayloads(journal);
	return {payloads, missing: rebuild(path, payloads).missing, heads: journal.entries.map(({hash}) => hash)};
}

/** A game made from the lines of a save. */
export interface Rebuilt {
	readonly opening: Opening;
	readonly state: GameState;
	readonly events: GameEvent[];
	/** Events of the last move that are not in the file. */
	readonly missing: readonly GameEvent[];
}

/** Folds what `readSave` or `readToLook` gave; nothing is decided again. */
export function refold({payloads, missing}: Pick<LookedAt, 'payloads' | 'missing'>): Omit<Rebuilt, 'missing'> {
	const opening = reopen(payloads);
	const events = [...eventsOf(payloads), ...missing];
	return {opening, events, state: fold(initialState(opening.game), events)};
}

function eventsOf(payloads: readonly OpenedPayload[]): GameEvent[] {
	return payloads.slice(FIRST_EVENT) as unknown as GameEvent[];
}

/**
 * Folds the events of a journal; only the last move is decided again (unless `asItIs`), to learn whether all that followed from it is there.
 * @throws {JournalError} where the lines make no game, or the last move gives other events than the recorded ones.
 */
export function rebuild(file: string | undefined, payloads: readonly OpenedPayload[], asItIs = false): Rebuilt {
	try {
		const opening = reopen(payloads);
		const events = eventsOf(payloads);
		const start = events.findLastIndex(startsGroup);
		if (start < 0 || asItIs) return {opening, state: fold(initialState(opening.game), events), events, missing: []};
		const before = fold(initialState(opening.game), events.slice(0, start));
		const again = decideAgain(opening.game, before, payloads[start + FIRST_EVENT]!, start + FIRST_EVENT);
		compareGroup(events.slice(start), again.events, start + FIRST_EVENT + 1);
		const missing = again.events.slice(events.length - start);
		return {opening, state: again.state, events: [...events, ...missing], missing};
	} catch (error) {
		if (error instanceof JournalError) throw new JournalError({...(file === undefined ? {} : {file}), ...error.fault});
		const reason = error instanceof Error ? error.message : String(error);
		throw new JournalError({
			...(file === undefined ? {} : {file}),
			what: `The save makes no game: ${reason}.`,
			next: 'Verify it to see its first wrong line.',
			cause: error,
		});
	}
}

function compareGroup(recorded: readonly GameEvent[], expected: readonly GameEvent[], line: number): void {
	recorded.forEach((event, index) => {
		const again = expected[index];
		if (again && canonicalText(again) === canonicalText(event)) return;
		const first = firstDifference(event, again);
		throw new JournalError({
			line: line + index,
			what: `The journal says ${quoted(first?.left)}; re-execution gives ${quoted(first?.right)} (field ${first?.path ?? 'payload'}).`,
			next: 'The save comes from another version of the program or was changed; it can be replayed there, not continued here.',
			exitStatus: 1,
		});
	});
}
