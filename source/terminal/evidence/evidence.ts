/** The evidence: what the logs keep at their present levels, and what is lost. */
import type {SeatView} from '../../engine/view.js';
import {clipped, exactly, heading, type Line, span} from '../lines.js';
import {wrap} from '../text.js';
import type {Theme} from '../theme.js';

export interface EvidenceProps {
	readonly stations: SeatView['stations'];
	readonly keeps: SeatView['keeps'];
	readonly count: number;
	readonly focused: boolean;
	readonly width: number;
	readonly height: number;
	readonly theme: Theme;
}

export function evidenceLines({stations, keeps, count, focused, width, height, theme}: EvidenceProps): readonly Line[] {
	const labelled = (label: string, text: string): Line[] =>
		wrap(text, width - 9).map((line, index) => [span(index === 0 ? `  ${label.padEnd(7)}` : ' '.repeat(9), 'dim'), span(line)]);
	const levels = stations.map(({station, logging}) => `${station} ${logging}`).join(', ');
	return exactly(
		[
			heading(theme, 'Evidence', width, {focused, right: `${count} ${count === 1 ? 'entry' : 'entries'}`}),
			...labelled('kept', keeps.kept),
			...labelled('lost', keeps.lost),
			...labelled('levels', levels),
		].map(line => clipped(line, width)),
		height,
	);
}
