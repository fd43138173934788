/** The first row of a game's screens: where we are, who we are, what we have. */
import type {SeatView} from '../../engine/view.js';
import {clipped, type Line, lineWidth, span, spread} from '../lines.js';
import {shortHex, truncate} from '../text.js';

const phaseWords: Readonly<Record<string, string>> = {hotWash: 'HOT WASH'};

export interface StatusProps {
	readonly view: SeatView;
	/** Of the journal; empty where the game has none. */
	readonly head: string;
	readonly width: number;
	/** Of a drill: who speaks, and what the clock says. */
	readonly table?: {readonly speaker: string; readonly clock: string};
}

export function statusLine({view, head, width, table}: StatusProps): Line {
	const points = `${view.points.have} ${view.points.have === 1 ? 'point' : 'points'}`;
	const left: Line = [
		' ',
		span(truncate(view.scenario.id, 18), 'strong'),
		`   turn ${view.turn} of ${view.turns}   `,
		view.isPaused ? span('PAUSED', 'warn') : span(phaseWords[view.phase] ?? view.phase.toUpperCase(), 'info'),
		`   ${table && table.speaker !== '' ? truncate(table.speaker, width < 120 ? 14 : 30) : view.side}`,
		...(view.frozen ? ['   ', span('FROZEN', 'warn')] : []),
	];
	if (table) {
		const right: Line = [span(table.clock, table.clock.startsWith('over') ? 'warn' : 'info'), '   ', span(points, 'strong'), ' '];
		return spread(clipped(left, width - lineWidth(right) - 1), right, width);
	}
	if (width < 120) {
		// The points stay where there is no room for the head too.
		const shown = head === '' ? '' : `   head ${shortHex(head)}`;
		const hasRoom = lineWidth(left) + points.length + shown.length + 4 <= width;
		return spread(clipped(left, width - points.length - 2), [span(points, 'strong'), hasRoom ? `${shown} ` : ' '], width);
	}
	const room = width - lineWidth(left) - points.length - 13;
	return spread([...left, `   goal: ${truncate(view.goal, room)}`], [span(points, 'strong'), ' '], width);
}
