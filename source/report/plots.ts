/** The numbers behind the debrief's plots, and the plots as text for a terminal. */
import type {Station} from '../engine/view.js';
import {stations} from '../engine/view.js';
import type {AuthorityMove} from './explained.js';
import type {History} from './history.js';
import {stationName} from './places.js';
import {clean} from './plain-text.js';
import type {Played} from './played.js';
import {only} from './played.js';

/** Shares of each epoch in the attackers' hands after each turn, against the number that makes the key. */
export interface ExposurePlot {
	readonly turns: number;
	readonly threshold: number;
	readonly epochs: ReadonlyArray<{
		readonly epoch: number;
		/** The turn in which the epoch came into force, and the last one; `to` is the last turn played for the epoch in force. */
		readonly from: number;
		readonly to: number;
		/** After turn 1, 2, ... : distinct shares of it that had left. */
		readonly stolen: readonly number[];
	}>;
}

export interface RequestsPlot {
	readonly turns: number;
	readonly requests: ReadonlyArray<{
		readonly id: string;
		readonly opened: number;
		readonly due: number;
		/** The turn in which what was wanted left; null: never. */
		readonly served: number | null;
		readonly isWanted: boolean;
		/** What happened to it, in a word or two. */
		readonly ended: 'served' | 'served late' | 'not served' | 'denied' | 'lapsed' | 'other bytes left' | 'paid though false' | 'open';
	}>;
}

export interface CoveragePlot {
	readonly stations: ReadonlyArray<{readonly station: Station; readonly kept: number; readonly needed: number}>;
}

export interface Plots {
	readonly exposure: ExposurePlot;
	readonly requests: RequestsPlot;
	readonly coverage: CoveragePlot;
}

export function plotsOf(played: Played, history: History, authority: readonly AuthorityMove[]): Plots {
	const {state, game} = played;
	const turns = Math.max(1, state.turn);
	const made = only(history.entries, 'key-made');
	const epochs = [...new Set([...made.map(({event}) => event.key.epoch), ...history.captured.map(({share}) => share.epoch)])].sort(
		(a, b) => a - b,
	);
	return {
		exposure: {
			turns,
			threshold: state.key?.threshold ?? game.scenario.threshold,
			epochs: epochs.map(epoch => {
				const from = made.find(({event}) => event.key.epoch === epoch)?.turn ?? 0;
				const next = made.find(({event, turn}) => event.key.epoch > epoch && turn >= from);
				return {
					epoch,
					from,
					to: next?.turn ?? turns,
					stolen: Array.from({length: turns}, (_, index) => {
						const until = history.captured.filter(({share, turn}) => share.epoch === epoch && turn <= index + 1);
						// Index 0 is the key itself.
						if (until.some(({share}) => share.index === 0)) return state.key?.threshold ?? game.scenario.threshold;
						return new Set(until.map(({share}) => share.index)).size;
					}),
				};
			}),
		},
		requests: {
			turns,
			requests: Object.values(state.requests)
				.filter(({opened}) => opened > 0)
				.map(({id, opened, due, intent, deniedAt, judged}) => {
					const outputs = history.outputs.filter(
						({output}) => output.request === id && (output.state === 'released' || output.state === 'final'),
					);
					const right = outputs.find(({output}) => output.message === intent)?.output.turn ?? null;
					return {
						id,
						opened,
						due,
						served: right,
						isWanted: intent !== null,
						ended:
							right !== null
								? right <= due
									? ('served' as const)
									: ('served late' as const)
								: outputs.length > 0
									? intent === null
										? ('paid though false' as const)
										: ('other bytes left' as const)
									: deniedAt > 0
										? ('denied' as const)
										: judged === undefined
											? ('open' as const)
											: intent === null
												? ('lapsed' as const)
												: ('not served' as const),
					};
				}),
		},
		coverage: {
			stations: stations.map(station => {
				const here = authority.filter(each => each.station === station);
				return {
					station,
					kept: here.reduce((sum, each) => sum + each.kept.length, 0),
					needed: here.reduce((sum, {needs}) => sum + needs.length, 0),
				};
			}),
		},
	};
}

const cell = 4;
const turnsLine = (turns: number, width: number): string =>
	`${'turn'.padEnd(width)}${Array.from({length: turns}, (_, index) => String(index + 1).padStart(cell)).join('')}`;

/** Plain ASCII, at most 80 columns for 12 turns. */
export function exposureText({turns, threshold, epochs}: ExposurePlot): string[] {
	return [
		turnsLine(turns, 10),
		...epochs.map(
			({epoch, stolen}) =>
				`${`epoch ${epoch}`.padEnd(10)}${stolen.map(count => (count === 0 ? '.' : count >= threshold ? `${count}!` : String(count)).padStart(cell)).join('')}`,
		),
		`${'key at'.padEnd(10)}${Array.from({length: turns}, () => String(threshold).padStart(cell)).join('')}`,
		'! enough shares of one epoch to make the key',
	];
}

export function requestsText({turns, requests}: RequestsPlot): string[] {
	const width = Math.max(8, ...requests.map(({id}) => clean(id).length)) + 2;
	return [
		turnsLine(turns, width),
		...requests.map(({id, opened, due, served, ended}) => {
			const cells = Array.from({length: turns}, (_, index) => {
				const turn = index + 1;
				if (turn === served) return 'S';
				if (turn === due) return 'D';
				return turn >= opened && turn < due ? '=' : '.';
			});
			return `${clean(id).padEnd(width)}${cells.map(mark => mark.padStart(cell)).join('')}   ${ended}${due > turns ? `, due in turn ${due}` : ''}`;
		}),
		'= open   D deadline   S what was wanted was signed',
	];
}

export function coverageText({stations: all}: CoveragePlot): string[] {
	return all.map(({station, kept, needed}) => {
		const share = needed === 0 ? 0 : Math.floor((20 * kept) / needed);
		return `${stationName(station).padEnd(11)}${needed === 0 ? 'no authority moved here' : `${'#'.repeat(share)}${'.'.repeat(20 - share)}  ${kept} of ${needed} facts`}`;
	});
}
