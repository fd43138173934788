/** A list of candidates for one value of a move, with a few words on each. */

import type {SeatView} from '../../engine/view.js';
import {cell, clipped, exactly, heading, type Line, span} from '../lines.js';
import {extent, windowOf} from '../list.js';
import {wholeLine} from '../moves/menu.js';
import {reachOf} from '../parties/parties.js';
import type {Preview} from '../player.js';
import {widthOf} from '../text.js';
import type {Theme} from '../theme.js';

export interface ChoicesProps {
	readonly title: string;
	readonly view: SeatView;
	readonly name: string;
	readonly candidates: readonly string[];
	readonly refused: ReadonlySet<string>;
	readonly marked: readonly string[];
	readonly several: boolean;
	readonly cursor: number;
	/** Tells the price of whole lines. */
	readonly preview: (line: string) => Preview;
	readonly width: number;
	readonly height: number;
	readonly theme: Theme;
}

const machines: Readonly<Record<string, string>> = {coordinator: 'relays messages and shows the payload', log: 'keeps the evidence'};

const priceOf = (preview: Preview): string => (preview.ok ? `costs ${preview.cost}` : `refused: ${preview.message}`);

/** What is known of a candidate, from whatever it names. */
export function aboutCandidate(view: SeatView, name: string, candidate: string): string {
	const party = view.parties.find(({id}) => id === candidate);
	if (party) return `${party.custodian}, ${party.domain}, ${reachOf(party).text}`;
	const request = view.requests.find(({id}) => id === candidate);
	if (request) return `${request.displayed}, ${request.state}, due t${request.due}`;
	const control = view.controls.find(({id}) => id === candidate);
	if (control) return `${control.documented}; ${control.checks}`;
	const output = view.outputs.find(({id}) => id === candidate);
	if (output) return `${output.request}, ${output.state}`;
	const station = view.stations.find(entry => entry.station === candidate);
	if (station) return `logs at level ${station.logging}`;
	const machine = view.loot?.machines.find(({id}) => id === candidate);
	if (machine)
		return machine.implantSince !== undefined ? 'you have an implant there' : machine.wayIn ? 'you have a way in' : 'you have no way in';
	if (candidate in machines) return machines[candidate] ?? '';
	if (name === 'level')
		return ['nothing is recorded', 'loud acts are recorded', 'all acts are recorded, loud ones at once'][Number(candidate)] ?? '';
	if (candidate.includes(','))
		return candidate
			.split(',')
			.map(id => view.parties.find(entry => entry.id === id)?.custodian ?? id)
			.join(', ');
	return '';
}

export function choiceLines({
	title,
	view,
	name,
	candidates,
	refused,
	marked,
	several,
	cursor,
	preview,
	width,
	height,
	theme,
}: ChoicesProps): readonly Line[] {
	const window = windowOf(candidates.length, height - 1, cursor);
	// Whole lines have only their price beside them.
	const most = name === wholeLine ? Math.max(30, width - 22) : 30;
	const room = Math.min(most, Math.max(8, ...candidates.map(widthOf)) + 2);
	const rows = candidates.slice(window.start, window.end).map((candidate, index): Line => {
		const isAtCursor = window.start + index === cursor;
		const digit = view.parties.find(({id}) => id === candidate)?.digit;
		const isRefused = refused.has(candidate);
		return clipped(
			[
				span(isAtCursor ? '>' : ' ', 'focus'),
				span(isRefused ? 'x ' : '  ', 'bad'),
				span(digit === undefined ? '  ' : `${digit} `, 'focus'),
				...(several ? [span(marked.includes(candidate) ? '[*] ' : '[ ] ', 'info')] : []),
				cell(candidate, room, isRefused ? 'dim' : isAtCursor ? 'chosen' : undefined),
				span(name === wholeLine ? priceOf(preview(candidate)) : aboutCandidate(view, name, candidate), 'dim'),
			],
			width,
		);
	});
	return exactly([heading(theme, title, width, {focused: true, right: extent(candidates.length, window)}), ...rows], height);
}
