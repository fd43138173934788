/**
 * How far authority has come along the path in one ceremony: what each station did with it, up to a message. The stations are drawn by the
 * same two paths as on the board.
 */
import type {CeremonyView, MessageView, SeatView, Station, StationView} from '../../engine/view.js';

export interface Progress {
	readonly stations: readonly StationView[];
	/** Where authority is, or was stopped. */
	readonly reached: Station;
	readonly shortcuts: SeatView['shortcuts'];
	/** What the last check said, in a sentence. */
	readonly said: string;
}

const order: readonly Station[] = ['shares', 'rounds', 'policy', 'output', 'transcript'];
const levels = ['not logged', 'logged', 'all logged'] as const;

/** Stations of a ceremony when its messages are known up to `cursor`; `isDone` when its end is shown too. */
export function progressOf(view: SeatView, ceremony: CeremonyView, cursor: number, isDone: boolean): Progress {
	const seen = ceremony.messages.slice(0, cursor + 1);
	const failed = seen.find(({result}) => result === 'REFUSED') ?? seen.find(({result}) => result === 'lost');
	const hasEnded = isDone && cursor >= ceremony.messages.length - 1;
	const isWhole = hasEnded && ceremony.status === 'done';
	// A refused message need not stop a ceremony: complaints are answered, and it goes on.
	const isStopped = ceremony.status !== 'done' && (failed !== undefined || hasEnded);
	const refused = seen.filter(({result}) => result === 'REFUSED' || result === 'lost').length;
	const decision = isWhole ? view.decisions.find(each => each.request === ceremony.request && each.turn === ceremony.turn) : undefined;
	const output = isWhole ? view.outputs.find(each => each.request === ceremony.request && each.turn === ceremony.turn) : undefined;
	const isAsked = ceremony.request !== undefined;
	const reached: Station = !isWhole
		? isStopped || seen.some(({round}) => round > 0)
			? 'rounds'
			: 'shares'
		: (output && decision?.verdict !== 'deny') || ceremony.kind === 'computation'
			? 'output'
			: decision
				? 'policy'
				: 'rounds';
	const loggingOf = (station: Station) => view.stations.find(each => each.station === station)?.logging ?? 0;
	const round = seen.at(-1)?.round ?? 0;
	const checked = seen.filter(({result}) => result === 'ok').length;
	const lines: Readonly<Record<Station, readonly [string, string]>> = {
		shares: [`${ceremony.parties.length} used`, ceremony.parties.join(',')],
		rounds: isStopped
			? [
					'STOPPED HERE',
					ceremony.status === 'stalled' ? 'waits' : ceremony.blamed.length > 0 ? `blamed ${ceremony.blamed.join(',')}` : 'aborted',
				]
			: isWhole
				? [refused > 0 ? `done, ${refused} refused` : 'all sound', `${checked} checked`]
				: [round > 0 ? `round ${round}` : 'sending', refused > 0 ? `${refused} refused` : `${checked} checked`],
		policy: decision
			? [decision.verdict.toUpperCase(), decision.rule]
			: isAsked
				? [isStopped ? 'not reached' : 'waits', '']
				: ['not asked', ''],
		output: output
			? [output.state, output.id]
			: decision?.verdict === 'deny'
				? ['none', 'stopped']
				: [isAsked ? (isStopped ? 'none' : 'waits') : isWhole && ceremony.kind === 'computation' ? 'result' : 'none', ''],
		transcript: [levels[loggingOf(reached)] ?? '', isStopped ? 'abort kept' : isWhole ? `${reached} level ${loggingOf(reached)}` : ''],
	};
	const stateOf = (station: Station): StationView['state'] => {
		if (station === reached && (isStopped || decision?.verdict === 'deny')) return 'alert';
		return order.indexOf(station) <= order.indexOf(reached) ? 'active' : 'quiet';
	};
	return {
		reached,
		shortcuts: view.shortcuts,
		stations: order.map(station => ({station, lines: lines[station], state: stateOf(station), logging: loggingOf(station)})),
		said: sentenceOf(seen.at(-1), failed, decision),
	};
}

function sentenceOf(
	last: MessageView | undefined,
	failed: MessageView | undefined,
	decision: SeatView['decisions'][number] | undefined,
): string {
	if (decision) return `policy ${decision.verdict.toUpperCase()} by ${decision.rule}: ${decision.reason}`;
	if (failed) return `message ${failed.n} ${failed.result}: ${failed.equations.find(({holds}) => !holds)?.equation ?? failed.carries}`;
	if (!last) return '';
	const {n, check, result} = last;
	return check === '' ? `message ${n}: nothing to check yet` : `message ${n}: ${check}, ${result}`;
}
