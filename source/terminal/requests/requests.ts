/** The requests: wishes for a joint output, who approved them on what basis, and how far they are along the path. */
import type {ApprovalView, RequestView, SeatView} from '../../engine/view.js';
import {cell, clipped, exactly, heading, type Line, span} from '../lines.js';
import {extent, windowOf} from '../list.js';
import type {Role, Theme} from '../theme.js';

export interface RequestsProps {
	readonly requests: SeatView['requests'];
	readonly parties: SeatView['parties'];
	readonly turn: number;
	readonly selected?: string;
	readonly focused: boolean;
	readonly width: number;
	readonly height: number;
	readonly theme: Theme;
}

const basisSigns: Readonly<Record<ApprovalView['basis'], string>> = {display: 'ds', digest: 'dg', callback: 'cb'};

/** How many approvals count: those that are not stale. */
export function counting({approvals}: RequestView): number {
	return approvals.filter(({stale}) => stale === undefined).length;
}

/** `1:dg 3:cb`, or how many are needed. */
export function approvalsOf(request: RequestView, parties: SeatView['parties']): string {
	if (request.isUnseen) return '?';
	if (request.approvals.length === 0)
		return request.state === 'open' || request.state === 'denied' || request.state === 'expired' ? `none of ${request.needs}` : '?';
	const given = request.approvals
		.map(
			({party, basis, stale}) =>
				`${parties.find(({id}) => id === party)?.digit ?? party}:${stale === undefined ? basisSigns[basis] : 'st'}`,
		)
		.join(' ');
	return counting(request) < request.needs ? `${given} of ${request.needs}` : given;
}

const stateRoles: Readonly<Record<string, Role>> = {
	approved: 'good',
	final: 'good',
	released: 'info',
	held: 'info',
	stalled: 'bad',
	refused: 'bad',
	denied: 'dim',
	expired: 'warn',
	recalled: 'warn',
};

/** A request of this state can still change before its deadline. */
export function isOpen(request: RequestView): boolean {
	return !['denied', 'expired', 'final', 'recalled', 'scheduled'].includes(request.state);
}

/** Requests that can still change come first, by their deadline; the settled ones after them. */
export function byUrgency(requests: SeatView['requests']): readonly RequestView[] {
	return [...requests].sort((a, b) => Number(isOpen(b)) - Number(isOpen(a)) || (isOpen(a) ? a.due - b.due : 0));
}

export function requestLines({requests, parties, turn, selected, focused, width, height, theme}: RequestsProps): readonly Line[] {
	const isWide = width >= 58;
	const rows = Math.max(1, height - 2 - (isWide ? 1 : 0));
	const sorted = byUrgency(requests);
	const at = Math.max(
		0,
		sorted.findIndex(({id}) => id === selected),
	);
	const window = windowOf(requests.length, rows, at);
	const displayed = isWide ? width - 2 - 10 - 5 - 15 - 8 : 0;
	const approvals = isWide ? 15 : 17;
	const lines: Line[] = [
		heading(theme, 'Requests', width, {focused, right: extent(requests.length, window)}),
		[
			span(
				`  ${'name'.padEnd(10)}${displayed ? 'as displayed'.padEnd(displayed) : ''}${'due'.padEnd(5)}${'approvals'.padEnd(approvals)}state`,
				'dim',
			),
		],
	];
	if (requests.length === 0) lines.push([span('  none yet', 'dim')]);
	for (const request of sorted.slice(window.start, window.end)) {
		const isSelected = request.id === selected;
		const base: Role | undefined = isSelected ? 'chosen' : undefined;
		const isLate = isOpen(request) && request.due <= turn && request.state !== 'released';
		const state = request.isNew && request.state === 'open' ? 'NEW' : request.state;
		lines.push([
			span(isSelected ? '> ' : '  ', 'focus'),
			cell(request.id, 10, base),
			...(displayed ? [cell(request.displayed, displayed, base)] : []),
			cell(`t${request.due}${isLate ? '!' : ''}`, 5, isLate ? 'warn' : base),
			cell(approvalsOf(request, parties), approvals, base),
			span(state, state === 'NEW' ? 'info' : stateRoles[request.state]),
		]);
	}
	const filled = exactly(lines, isWide ? height - 1 : height);
	const hasStale = requests.some(request => counting(request) < request.approvals.length);
	const signs = hasStale ? '  ds display  dg digest  cb call-back  st stale' : '  basis: ds display  dg digest  cb call-back   ';
	const legend: readonly Line[] = isWide ? [[span(`${signs}  t3! due now`, 'dim')]] : [];
	return [...filled, ...legend].map(line => clipped(line, width));
}
