/** The first row of a game's screens: where we are, who we are, what we have. */
import type {SeatView} from '../../engine/view.js';
import {clipped, type Line, lineWidth, span, spread} from '../lines.js';
import {shortHex, truncate} from '../text.js';

const phaseWords: Readonly<Record<string, string>> = {hotWash: 'HOT WASH'};

export interface StatusProps {
	readonly view: SeatView;
	readonly head: string;
	readonly width: number;
}

export function statusLine({view, head, width}: StatusProps): Line {
	const points = `${view.points.have} ${view.points.have === 1 ? 'point' : 'points'}`;
	const left: Line = [
		' ',
		span(truncate(view.scenario.id, 18), 'strong'),
		`   turn ${view.turn} of ${view.turns}   `,
		span(phaseWords[view.phase] ?? view.phase.toUpperCase(), 'info'),
		`   ${view.side}`,
		...(view.frozen ? ['   ', span('FROZEN', 'warn')] : []),
	];
	if (width < 120) {
		// The points stay where there is no room for the head too.
		const shown = `   head ${shortHex(head)}`;
		const hasRoom = lineWidth(left) + points.length + shown.length + 2 <= width;
		return spread(clipped(left, width - points.length - 2), [span(points, 'strong'), hasRoom ? `${shown} ` : ' '], width);
	}
	const room = width - lineWidth(left) - points.length - 13;
	return spread([...left, `   goal: ${truncate(view.goal, room)}`], [span(points, 'strong'), ' '], width);
}
