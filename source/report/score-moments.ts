/** Scores by station, each with the moments that cost points and their journal lines. */
import type {Ending} from '../engine/state.js';
import type {Station} from '../engine/view.js';
import type {AuthorityMove} from './explained.js';
import {only, type Placed} from './played.js';

export interface StationScore {
	readonly station: Station;
	readonly score: number;
	/** What cost points; lines of the journal where it can be read. */
	readonly because: ReadonlyArray<{readonly text: string; readonly lines: readonly number[]}>;
}

export function scoresOf(end: Ending, entries: readonly Placed[], authority: readonly AuthorityMove[]): StationScore[] {
	const tallied = new Set<number>();
	return end.scores.map(({station, score, because}) => ({
		station,
		score,
		because: because.map(text => ({text, lines: linesOf(station, text)})),
	}));

	function linesOf(station: Station, text: string): number[] {
		const tally = only(entries, 'tallied').find(
			({event: {tally: each}, line}) =>
				!tallied.has(line) && each.station === station && text === `turn ${each.turn}: ${each.because} (-${each.points})`,
		);
		if (tally) {
			tallied.add(tally.line);
			return [tally.line];
		}
		const [subject = ''] = text.split(/[ :]/, 1);
		if (station === 'shares') {
			const implant = /^an implant on (\S+) since/.exec(text);
			if (implant)
				return only(entries, 'foothold')
					.filter(({event}) => event.machine === implant[1] && event.set.implantSince !== undefined)
					.slice(-1)
					.map(({line}) => line);
			return only(entries, 'captured').map(({line}) => line);
		}
		if (station === 'transcript') {
			const planted = /the evidence says "(.*)", which never happened/.exec(text);
			if (planted)
				return only(entries, 'log-planted')
					.filter(({event}) => event.line.text === planted[1])
					.map(({line}) => line);
			return authority.filter(({verdict}) => verdict !== 'explained').map(({line}) => line);
		}
		const judged = only(entries, 'request-changed').filter(({event}) => event.id === subject && event.set.judged !== undefined);
		if (judged.length > 0) return judged.map(({line}) => line);
		const decided = only(entries, 'decided').filter(({event}) => event.decision.request === subject);
		if (decided.length > 0) return decided.slice(-1).map(({line}) => line);
		return only(entries, 'output-changed')
			.filter(({event}) => event.id === subject && event.set.state !== undefined)
			.slice(-1)
			.concat()
			.map(({line}) => line)
			.concat(
				only(entries, 'output-made').flatMap(({event, line}) =>
					event.output.id === subject && event.output.state === 'final' ? [line] : [],
				),
			);
	}
}
