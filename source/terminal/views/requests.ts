/** The requests and what is on record about each; below them the computations that were asked for. */
import type {ComputationView, RequestView, SeatView} from '../../engine/view.js';
import {cell, type Line, span} from '../lines.js';
import {byUrgency, counting, requestLines} from '../requests/requests.js';
import {shortHex} from '../text.js';
import {dim, type Laid, labelled, section, sign, type ViewProps, words} from './laid.js';

const stationNames = ['shares', 'rounds', 'policy', 'output', 'transcript'] as const;

/** The path with the station at which the request is in capitals. */
function pathOf(request: RequestView, arrow: string): Line {
	return [
		span('  path'.padEnd(16), 'dim'),
		...stationNames.flatMap((station, index) => [
			station === request.station ? span(`[${station.toUpperCase()}]`, 'focus') : span(station, 'dim'),
			...(index < stationNames.length - 1 ? [span(` ${arrow} `, 'dim')] : []),
		]),
	];
}

function dueOf({due, state}: RequestView, turn: number): string {
	if (['denied', 'expired', 'final', 'recalled'].includes(state)) return `was due t${due}`;
	const left = due - turn;
	return left < 0 ? `t${due}, overdue` : left === 0 ? `t${due}, now` : `t${due}, in ${left} ${left === 1 ? 'turn' : 'turns'}`;
}

function requestDetail(request: RequestView, {view, width, theme}: ViewProps): Line[] {
	const decisions = view.decisions.filter(decision => decision.request === request.id);
	const outputs = view.outputs.filter(output => output.request === request.id);
	const ceremonies = view.ceremonies.filter(ceremony => ceremony.request === request.id);
	const {callback} = request;
	return [
		...labelled('displayed', request.displayed, width, 'strong'),
		...labelled('asked by', `${request.requester}, opened t${request.opened}`, width),
		...labelled('due', `${dueOf(request, view.turn)}${request.required ? ', required' : ''}`, width),
		...labelled('now', `${request.state}${request.pinned ? ', its payload is pinned' : ''}`, width),
		pathOf(request, theme.glyphs.arrow),
		...(view.side === 'attackers'
			? [dim('What it was approved on is not known to you.')]
			: [
					...section(
						theme,
						`Approvals, ${counting(request)} of ${request.needs}`,
						width,
						request.approvals.length === 0
							? [dim('none yet')]
							: request.approvals.flatMap(({party, basis, turn, binds, stale}) =>
									labelled(
										`t${turn} ${party}`,
										`on ${basis}, ${stale === undefined ? (binds === undefined ? "binds the request's id and nothing else" : `binds ${shortHex(binds)}`) : `STALE: it ${stale}`}`,
										width,
										stale !== undefined ? 'bad' : basis === 'display' ? 'warn' : undefined,
									),
								),
					),
					...section(
						theme,
						'What devices read',
						width,
						request.digests.length === 0
							? [dim('no device has read the bytes')]
							: request.digests.flatMap(({party, turn, matches, says, digest}) =>
									labelled(
										`t${turn} ${party}`,
										`${matches ? 'the displayed bytes' : 'OTHER BYTES'}: "${says}", ${shortHex(digest)}`,
										width,
										matches ? undefined : 'bad',
									),
								),
					),
					...(callback
						? section(
								theme,
								'Call-back',
								width,
								labelled(
									`asked t${callback.asked}`,
									callback.answer === undefined
										? 'the answer comes next turn'
										: `"${callback.answer}"${callback.says ? `: ${callback.says}` : ''}${callback.digest ? `, ${shortHex(callback.digest)}` : ''}`,
									width,
								),
							)
						: []),
					...(decisions.length > 0
						? section(
								theme,
								'Decisions',
								width,
								decisions.flatMap(({turn, verdict, rule, reason}) =>
									labelled(`t${turn} ${verdict.toUpperCase()}`, `${rule}: ${reason}`, width, verdict === 'allow' ? 'good' : 'bad'),
								),
							)
						: []),
				]),
		...(ceremonies.length > 0
			? section(
					theme,
					'Ceremonies',
					width,
					ceremonies.flatMap(({id, turn, status, parties, blamed}) =>
						labelled(
							`t${turn} ${id}`,
							`${status}, parties ${parties.join(', ')}${blamed.length > 0 ? `, blamed ${blamed.join(', ')}` : ''}`,
							width,
						),
					),
				)
			: []),
		...(outputs.length > 0
			? section(
					theme,
					'Joint outputs',
					width,
					outputs.flatMap(({id, turn, state, says}) => labelled(`t${turn} ${id}`, `${state}; ${says}`, width)),
				)
			: []),
	];
}

function computationDetail(computation: ComputationView, width: number): Line[] {
	const {title, requester, asks, parties, opened, due, required, result, missed, queries} = computation;
	return [
		...labelled('asks for', asks, width, 'strong'),
		...labelled('title', title, width),
		...labelled('asked by', `${requester}, opened t${opened}`, width),
		...labelled('due', `t${due}${required ? ', required' : ''}${missed ? ', MISSED' : ''}`, width, missed ? 'bad' : undefined),
		...labelled('inputs of', parties.join(', '), width),
		...labelled('result', result ?? 'none yet', width, result === undefined ? 'dim' : 'good'),
		[],
		...words(
			queries
				? 'Analysts may ask it of parties of their choice. Answers about sets that differ in one party give that party away.'
				: 'Every party learns the result and nobody learns an input.',
			width,
		),
	];
}

/** Requests in the order of the view, then computations. */
export function requestsInView(view: SeatView): readonly RequestView[] {
	return byUrgency(view.requests);
}

export function requestsView(props: ViewProps): Laid {
	const {view, cursor, listWidth, theme, width} = props;
	const requests = requestsInView(view);
	const computations = view.computations ?? [];
	const [, ...table] = requestLines({
		requests: view.requests,
		parties: view.parties,
		turn: view.turn,
		selected: requests[cursor]?.id,
		focused: true,
		width: listWidth,
		height: requests.length + (listWidth >= 58 ? 3 : 2),
		theme,
	});
	const rows = computations.map(
		({id, asks, due, result, missed}, index): Line => [
			sign(requests.length + index === cursor),
			cell(id, 10, requests.length + index === cursor ? 'chosen' : undefined),
			span(`t${due}  `.padEnd(5)),
			span(missed ? 'MISSED  ' : result === undefined ? 'open  ' : 'done  ', missed ? 'bad' : 'info'),
			span(asks, 'dim'),
		],
	);
	const list = [...table, ...(rows.length > 0 ? [dim('computations on private inputs'), ...rows] : [])];
	const request = requests[cursor];
	const computation = computations[cursor - requests.length];
	return {
		listTitle: 'Requests',
		list: requests.length + rows.length > 0 ? list : [],
		items: [...requests.map((_, index) => 1 + index), ...rows.map((_, index) => table.length + 1 + index)],
		title: request?.id ?? computation?.id ?? 'Requests',
		lines: request
			? requestDetail(request, props)
			: computation
				? computationDetail(computation, width)
				: [dim('Nobody has asked for anything yet.')],
	};
}
