/**
 * A side's memory: text, all that a party has between two messages. Its lines are
 *
 *   the session, as JSON
 *   what else never changes, as JSON
 *   the places of the messages that the side waits for, with tabs between them: a place is `round/sender`
 *   the rest of its state, as JSON
 *   one line for each message that it keeps (place, wire, and the body where that was sealed), and for each point that it made or decoded before
 *     (the point's encoding and its coordinates), with tabs between the parts
 *
 * So a message that completes nothing is only put at the end: nothing else of the memory is read or written for it.
 */
import type {Step} from './api.js';
import type {Admitted, Body, Envelope} from './envelope.js';
import {remembered} from './remembered.js';
import type {Frame, SideBase, Stored, Work} from './side.js';

const FRAME = [
	'identity',
	'checks',
	'ceremony',
	'dealers',
	'receivers',
	'witnesses',
	'listeners',
	'key',
	'keyShare',
	'program',
	'answered',
	// Last, because texts are remembered by their ends.
	'me',
];

/** What `writeMemory` puts elsewhere than into the rest. */
const APART: ReadonlySet<string> = new Set(['session', 'inbox', 'points', ...FRAME]);

/** The first two lines. */
const readFrame = remembered((text): Frame => {
	const end = endOfLine(text, 0);
	return {session: JSON.parse(text.slice(0, end)), ...JSON.parse(text.slice(end + 1))};
});

export function placeOf(round: number, from: string): string {
	return `${round}/${from}`;
}

function senderAt(place: string): string {
	return place.slice(place.indexOf('/') + 1);
}

/** Where the line ends that starts here. */
function endOfLine(memory: string, start: number): number {
	const end = memory.indexOf('\n', start);
	return end === -1 ? memory.length : end;
}

/** Where the first two lines end. */
function endOfFrame(memory: string): number {
	return endOfLine(memory, endOfLine(memory, 0) + 1);
}

/** `door` where it was opened before. */
export function readMemory<State extends SideBase>(memory: string, {frame, end}: Door<Frame> = doorOf(memory)): State {
	let stop = endOfLine(memory, end + 1);
	const rest = JSON.parse(memory.slice(end + 1, stop));
	const inbox: Record<string, Stored> = {};
	const points: Record<string, string> = {};
	while (stop < memory.length) {
		const start = stop + 1;
		stop = endOfLine(memory, start);
		const first = memory.indexOf('\t', start);
		const key = memory.slice(start, first);
		if (key.includes('/')) inbox[key] = readStored(memory.slice(first + 1, stop));
		else points[key] = memory.slice(first + 1, stop);
	}
	return {inbox, points, ...frame, ...rest};
}

function readStored(text: string): Stored {
	const tab = text.indexOf('\t');
	return tab === -1 ? {wire: text} : {wire: text.slice(0, tab), opened: JSON.parse(text.slice(tab + 1))};
}

function messageLine(place: string, wire: string, opened?: Body): string {
	return opened === undefined ? `\n${place}\t${wire}` : `\n${place}\t${wire}\t${JSON.stringify(opened)}`;
}

/** What never changes is taken from the memory that the state was read from, where there is one. */
export function writeMemory(side: SideBase, awaited: readonly string[] = [], before?: string): string {
	const rest: Record<string, unknown> = {};
	for (const name in side) if (!APART.has(name)) rest[name] = side[name as keyof SideBase];
	const frame = before === undefined ? frameText(side) : before.slice(0, endOfFrame(before));
	let text = `${frame}\n${awaited.join('\t')}\n${JSON.stringify(rest)}`;
	for (const place in side.inbox) {
		const {wire, opened} = side.inbox[place] as Stored;
		text += messageLine(place, wire, opened);
	}
	for (const point in side.points) text += `\n${point}\t${side.points[point]}`;
	return text;
}

function frameText({session, ...side}: SideBase): string {
	const frame: Record<string, unknown> = {};
	for (const name of FRAME) frame[name] = side[name as keyof typeof side];
	return `${JSON.stringify(session)}\n${JSON.stringify(frame)}`;
}

/** What a call gives. `waitingFor` are those whose messages of this round the side needs. */
export function toStep(
	side: SideBase,
	work: Work,
	before: string,
	{round, waitingFor}: {round: number; waitingFor: readonly string[]},
): Step {
	const {status, blame, reason} = side;
	const waits = status === 'waiting' ? waitingFor : [];
	const memory = writeMemory(
		side,
		waits.map(id => placeOf(round, id)),
		before,
	);
	const step = {memory, ...work, status, waitingFor: waits, blame};
	return reason === undefined ? step : {...step, reason};
}

/** What a side must know of itself to let a message in. */
export interface Door<State extends Frame> {
	/** What never changes. */
	readonly frame: State;
	/** The places of the messages that it waits for: none where it does not wait. */
	readonly awaited: readonly string[];
	/** The line breaks before and after those places. */
	readonly start: number;
	readonly end: number;
}

export function doorOf<State extends Frame>(memory: string): Door<State> {
	const start = endOfFrame(memory);
	const end = endOfLine(memory, start + 1);
	return {
		frame: readFrame(memory.slice(0, start)) as State,
		awaited: end === start + 1 ? [] : memory.slice(start + 1, end).split('\t'),
		start,
		end,
	};
}

/** Is there no message of this round and sender yet? The first one counts. */
export function isFirst(memory: string, {end}: Pick<Door<Frame>, 'end'>, {round, from}: Pick<Envelope, 'round' | 'from'>): boolean {
	return memory.indexOf(`\n${placeOf(round, from)}\t`, end) === -1;
}

/** The step of a side that waits as it did before. */
export function still(memory: string, {awaited}: Pick<Door<Frame>, 'awaited'>, work: Work): Step {
	return {memory, ...work, status: 'waiting', waitingFor: awaited.map(senderAt), blame: []};
}

/** A message that completes nothing is put at the end of the memory, with the points that were decoded for it. Undefined where it is the last one that the side waits for. */
export function keptAside(
	memory: string,
	{awaited, start, end}: Door<Frame>,
	work: Work,
	{wire, envelope, body}: Admitted,
	points: Readonly<Record<string, string>> = {},
): Step | undefined {
	const place = placeOf(envelope.round, envelope.from);
	const left = awaited.filter(each => each !== place);
	if (left.length === 0) return undefined;
	let line = messageLine(place, wire, body === envelope.body ? undefined : body);
	for (const point in points) line += `\n${point}\t${points[point]}`;
	const waits = left.length === awaited.length ? memory.slice(start + 1, end) : left.join('\t');
	return still(`${memory.slice(0, start + 1)}${waits}${memory.slice(end)}${line}`, {awaited: left}, work);
}
