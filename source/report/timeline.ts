/** The timeline in three lanes: what happened, what the table knew of it then, and what was decided. */
import {formatAmount} from '../engine/deal.js';
import {unusualKinds} from '../engine/moves/governance.js';
import {decodePayload} from '../engine/payload.js';
import type {Act} from '../engine/state.js';
import {listed} from './plain-text.js';
import type {Placed} from './played.js';

export interface TimelineRow {
	readonly turn: number;
	readonly line: number;
	readonly at?: string;
	readonly by: 'operators' | 'attackers' | 'world' | 'table';
	/** The first lane: what was so, whoever knew of it. */
	readonly happened: string;
	/** The second: what the operators knew of it then; "nothing" where they could have, and did not. */
	readonly knew: string;
	/** The third: what the operators, their policy or whoever ran the exercise decided. */
	readonly decided: string;
	/** `happened` or `decided` is a move in notation. */
	readonly isMove: boolean;
}

/** How an act showed: pushed as a signal, left in the evidence, or nowhere. */
function traceOf({kind, station, level, loud, logged}: Act): string {
	if (logged < level) return `nothing: ${station} logged at ${logged}, it takes ${level}`;
	return loud && logged === 2 ? `a signal the turn after: "${station}: ${kind}"` : `a line in the evidence: "${kind}"`;
}

/** Timeline of what stands; see `standing`. */
export function timelineOf(entries: readonly Placed[]): TimelineRow[] {
	const rows: TimelineRow[] = [];
	const add = (entry: Placed, row: Partial<TimelineRow> & Pick<TimelineRow, 'by'>) =>
		rows.push({
			turn: entry.turn,
			line: entry.line,
			...(entry.at === undefined ? {} : {at: entry.at}),
			happened: '',
			knew: '',
			decided: '',
			isMove: false,
			...row,
		});
	let hasCaptured = false;
	entries.forEach((entry, index) => {
		const {event} = entry;
		switch (event.type) {
			case 'move': {
				if (event.text === 'end-turn') break;
				if (event.side === 'attackers') {
					const acts = followers(entries, index);
					add(entry, {
						by: 'attackers',
						happened: event.text,
						isMove: true,
						knew: acts.length > 0 ? acts.map(traceOf).join('; ') : 'nothing',
					});
				} else {
					add(entry, {by: event.side === 'table' ? 'table' : 'operators', decided: event.text, isMove: true});
				}
				break;
			}
			case 'turn-began':
				hasCaptured = false;
				break;
			case 'control-set':
				if (event.actual === false)
					add(entry, {by: 'world', happened: `the control ${event.id} is off, though documented as on`, knew: 'nothing'});
				break;
			case 'foothold':
				if (event.set.wayIn && entry.cause?.side !== 'attackers')
					add(entry, {by: 'attackers', happened: `a way into ${event.machine} is open`, knew: 'nothing'});
				break;
			case 'captured':
				hasCaptured = true;
				add(entry, {
					by: 'attackers',
					happened:
						event.share.index === 0
							? `the whole key is the attackers' (${event.share.how})`
							: `the share of ${event.share.party} (epoch ${event.share.epoch}) leaves: ${event.share.how}`,
					knew: captureTrace(entries, index),
				});
				break;
			case 'attempted': {
				const {check, indices, epoch, how} = event.attempt;
				const shares = `share${indices.length > 1 ? 's' : ''} ${listed(indices.map(String))} of epoch ${epoch}`;
				add(entry, {
					by: 'attackers',
					happened:
						how === undefined
							? `${shares} interpolated: k*G ${check.holds ? 'is' : 'is not'} the public key`
							: `tried with ${how}: ${check.equation} ${check.holds ? 'holds' : 'does not hold'}`,
					knew: 'nothing',
				});
				break;
			}
			case 'act': {
				const {act} = event;
				const isTrueTransfer = act.kind === 'large transfer' && hasCaptured;
				if (entry.cause?.side === 'attackers' || isTrueTransfer || !unusualKinds.includes(act.kind)) {
					if (isTrueTransfer) hasCaptured = false;
					break;
				}
				if (act.kind === 'partial refused' || act.kind === 'digest differs') break;
				add(entry, {by: 'world', happened: `${act.text}, for an innocent reason`, knew: traceOf(act)});
				break;
			}
			case 'input-exposed': {
				const {computation, party, input} = event.exposed;
				add(entry, {by: 'attackers', happened: `the answers to ${computation} give away the input of ${party}: ${input}`, knew: 'nothing'});
				break;
			}
			case 'log-trimmed':
				add(entry, {by: 'attackers', happened: `the line "${event.line.text}" is gone from the evidence`, knew: 'nothing'});
				break;
			case 'log-planted':
				add(entry, {by: 'attackers', happened: `the evidence says "${event.line.text}", which never happened`, knew: 'a false line'});
				break;
			case 'decided': {
				const {decision} = event;
				add(entry, {
					by: 'operators',
					decided: `the policy says ${decision.verdict.toUpperCase()} to ${decision.request}, by ${decision.rule}: ${decision.reason}`,
				});
				break;
			}
			case 'output-made': {
				const {amount, to} = decodePayload(event.output.message);
				if (event.output.request !== '') {
					add(entry, {
						by: 'operators',
						happened: `${event.output.id} is signed for ${event.output.request}: ${formatAmount(amount)} to ${to}`,
					});
					break;
				}
				add(entry, {
					by: 'attackers',
					happened: `${event.output.id} is signed with captured shares: ${formatAmount(amount)} to ${to}. It is final`,
					knew: 'nothing until the next statement',
				});
				break;
			}
			case 'output-changed':
				if (event.set.state === 'final')
					add(entry, {by: 'operators', happened: `${event.id} is final`, knew: 'its bytes, on the next statement'});
				break;
			case 'told':
				if (event.side === 'operators')
					add(entry, {
						by: event.entry.kind === 'inject' ? 'world' : 'operators',
						knew: `${event.entry.from}: ${event.entry.text}`,
					});
				break;
			case 'ended':
				add(entry, {
					by: 'table',
					happened: 'the game ends',
					knew: event.end.reason,
				});
				break;
			default:
		}
	});
	return rows;
}

/** Acts that followed directly from the move at `index`. */
function followers(entries: readonly Placed[], index: number): Act[] {
	const {line} = entries[index]!;
	const acts: Act[] = [];
	for (const {cause, event} of entries.slice(index + 1)) {
		if (cause?.line !== line) break;
		if (event.type === 'act') acts.push(event.act);
	}
	return acts;
}

function captureTrace(entries: readonly Placed[], index: number): string {
	const next = entries.slice(index + 1).find(({event}) => event.type === 'act' && event.act.kind === 'large transfer');
	return next?.event.type === 'act' ? traceOf(next.event.act) : 'nothing';
}
