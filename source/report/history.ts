/** What was so when: each output with what was displayed and approved at its decision, and each attempt on the key. */
import type {Check} from '../ceremony/api.js';
import {isAuthorised} from '../engine/facts.js';
import {initialState} from '../engine/game.js';
import type {Approval, Attempt, Captured, CeremonyState, Decision, OutputState} from '../engine/state.js';
import {matches} from '../engine/step.js';
import {type Placed, type Played, standing} from './played.js';

/** A moment of the game: its turn and its line in the journal. */
export interface Moment {
	readonly turn: number;
	readonly line: number;
	readonly at?: string;
}

export interface OutputHistory {
	/** The output as it stands at the end. */
	readonly output: OutputState;
	readonly isAuthorised: boolean;
	/** The key under which its signature was made, hex. */
	readonly publicKey: string;
	readonly made: Moment;
	/** What the coordinator displayed of its request when it was made, in hex; empty without a request. */
	readonly displayed: string;
	/** Approvals on record when it was made. */
	readonly approvals: readonly Approval[];
	readonly decision?: Decision & Moment;
	readonly released?: Moment;
	readonly final?: Moment;
	readonly recalled?: Moment;
}

export interface DigestHistory extends Moment {
	readonly request: string;
	readonly party: string;
	readonly matches: boolean;
	/** What the device says that it would sign. */
	readonly digest: string;
	/** Displayed, and what the requester truly wanted at that time, in hex (null: nobody wanted it). */
	readonly displayed: string;
	readonly intent: string | null;
}

export interface CeremonyHistory {
	readonly ceremony: CeremonyState;
	readonly ended: Moment;
	/** Whether partials were checked, and whether they were documented as checked, when it ended. */
	readonly verifyPartials: {readonly actual: boolean; readonly documented: boolean};
	/** Checks that failed in it, in the order they were made. */
	readonly failed: readonly Check[];
}

export interface History {
	readonly entries: readonly Placed[];
	readonly outputs: readonly OutputHistory[];
	readonly digests: readonly DigestHistory[];
	readonly signings: readonly CeremonyHistory[];
	readonly captured: ReadonlyArray<{readonly share: Captured} & Moment>;
	readonly attempts: ReadonlyArray<{readonly attempt: Attempt; readonly wasFrozen: boolean} & Moment>;
	/** Call-backs that were answered. */
	readonly answers: ReadonlyArray<{readonly request: string; readonly answer: 'mine' | 'not mine'; readonly digest?: string} & Moment>;
	/** Requests and the turns at whose end they waited under a freeze. */
	readonly frozenTurns: readonly number[];
	/** Machines from which a full inspection or a rebuild removed something. */
	readonly cleared: ReadonlyArray<
		{readonly machine: string; readonly implantSince?: number; readonly wayIn: boolean; readonly by: string} & Moment
	>;
	readonly opened: Readonly<Record<string, Moment>>;
	/** Held back by an independent verification, with the check as the table was shown it. */
	readonly refusedReleases: ReadonlyArray<{readonly check: Check} & Moment>;
}

function momentOf({turn, line, at}: Placed): Moment {
	return {turn, line, ...(at === undefined ? {} : {at})};
}

type Mutable<T> = {-readonly [K in keyof T]: T[K]};

/** Walks the journal once and writes down what later events would overwrite in the state. */
export function historyOf(played: Played): History {
	const {state} = played;
	const entries = standing(played.entries);
	const first = initialState(played.game);
	const requests = Object.fromEntries(
		Object.entries(first.requests).map(([id, {displayed, intent}]) => [id, {displayed, intent, approvals: [] as readonly Approval[]}]),
	);
	const controls = new Map(Object.entries(first.controls).map(([id, {documented, actual}]) => [id, {documented, actual}]));
	const footholds = new Map<string, {wayIn: boolean; implantSince?: number}>();
	const outputs: Array<Mutable<OutputHistory>> = [];
	const history = {
		digests: [] as DigestHistory[],
		signings: [] as CeremonyHistory[],
		captured: [] as Array<History['captured'][number]>,
		attempts: [] as Array<History['attempts'][number]>,
		answers: [] as Array<History['answers'][number]>,
		frozenTurns: [] as number[],
		cleared: [] as Array<History['cleared'][number]>,
		opened: {} as Record<string, Moment>,
		refusedReleases: [] as Array<History['refusedReleases'][number]>,
	};
	let isFrozen = false;
	for (const entry of entries) {
		const {event} = entry;
		const moment = momentOf(entry);
		switch (event.type) {
			case 'stepped':
				if (event.machine === 'protocol') isFrozen = matches(event.to, 'suspended.frozen');
				break;
			case 'request-changed': {
				const request = requests[event.id]!;
				if (event.set.displayed !== undefined) request.displayed = event.set.displayed;
				if (event.set.intent !== undefined) request.intent = event.set.intent;
				if (event.set.opened !== undefined) history.opened[event.id] = moment;
				const {callback} = event.set;
				if (callback?.answer !== undefined)
					history.answers.push({
						request: event.id,
						answer: callback.answer,
						...(callback.digest === undefined ? {} : {digest: callback.digest}),
						...moment,
					});
				break;
			}
			case 'approved': {
				const request = requests[event.request]!;
				request.approvals = [...request.approvals.filter(({party}) => party !== event.approval.party), event.approval];
				break;
			}
			case 'approvals-void':
				requests[event.request]!.approvals = [];
				break;
			case 'digest-read': {
				const {request, party, matches: same, digest} = event;
				const {displayed, intent} = requests[request]!;
				history.digests.push({request, party, matches: same, digest, displayed, intent, ...moment});
				break;
			}
			case 'control-set': {
				const control = controls.get(event.id)!;
				controls.set(event.id, {documented: event.documented ?? control.documented, actual: event.actual ?? control.actual});
				break;
			}
			case 'ceremony-ended': {
				const ceremony = state.ceremonies.find(({id}) => id === event.id);
				if (ceremony?.kind !== 'signing') break;
				const failed = [...ceremony.messages.flatMap(({checks}) => checks), ...event.checks, ...event.blamed.map(({check}) => check)];
				const ended: CeremonyHistory = {
					ceremony: {...ceremony, status: event.status, reason: event.reason, blamed: event.blamed, waitingFor: event.waitingFor},
					ended: moment,
					verifyPartials: controls.get('verify-partials') ?? {actual: true, documented: true},
					failed: failed.filter(({holds}) => !holds),
				};
				const known = history.signings.findIndex(({ceremony: {id}}) => id === event.id);
				if (known < 0) history.signings.push(ended);
				else history.signings[known] = ended;
				break;
			}
			case 'output-made': {
				const output = state.outputs.find(({id}) => id === event.output.id) ?? event.output;
				const request = requests[event.output.request];
				outputs.push({
					output,
					isAuthorised: isAuthorised(state, output),
					publicKey: event.publicKey,
					made: moment,
					displayed: request?.displayed ?? '',
					approvals: request?.approvals ?? [],
					// A signature made with captured shares is final at once.
					...(event.output.state === 'final' ? {final: moment} : {}),
				});
				break;
			}
			case 'decided': {
				const output = outputs.findLast(({output: {request}}) => request === event.decision.request);
				if (output) output.decision = {...event.decision, ...moment};
				break;
			}
			case 'output-changed': {
				const output = outputs.find(({output: {id}}) => id === event.id);
				if (!output) break;
				if (event.set.state === 'released') output.released = moment;
				if (event.set.state === 'final') output.final = moment;
				if (event.set.state === 'recalled') output.recalled = moment;
				break;
			}
			case 'captured':
				history.captured.push({share: event.share, ...moment});
				break;
			case 'attempted':
				history.attempts.push({attempt: event.attempt, wasFrozen: isFrozen, ...moment});
				break;
			case 'evidence-written':
				if (isFrozen) history.frozenTurns.push(entry.turn);
				break;
			case 'foothold': {
				const before = footholds.get(event.machine) ?? {wayIn: false};
				if (event.cleared && (before.wayIn || before.implantSince !== undefined))
					history.cleared.push({machine: event.machine, ...before, by: entry.cause?.text ?? '', ...moment});
				footholds.set(event.machine, event.cleared ? {wayIn: false} : {...before, ...event.set});
				break;
			}
			case 'told': {
				const {check} = event.entry;
				if (check?.name === 'verification' && !check.holds) history.refusedReleases.push({check, ...moment});
				break;
			}
			default:
		}
	}
	return {entries, outputs, ...history};
}

/** Whether the approvals on record rest on display alone. */
export function isOnDisplayOnly(approvals: readonly Approval[]): boolean {
	return approvals.length > 0 && approvals.every(({basis}) => basis === 'display');
}
