/** What logging captured, by station and level: the lines that a review has read, and what each level keeps. */
import type {EvidenceView, Station} from '../../engine/view.js';
import {cell, type Line, span} from '../lines.js';
import {dim, type Laid, labelled, section, sign, type ViewProps, words} from './laid.js';

const levels = ['nothing is recorded', 'loud acts are recorded', 'all acts are recorded, loud ones signal'] as const;

/** Loud and subtle acts of each station, as the rules have them. */
const acts: Readonly<Record<Station, {readonly loud: string; readonly subtle: string}>> = {
	shares: {
		loud: 'new software, a large transfer, a disk error, inspections, isolation, refreshes',
		subtle: 'a memory that was copied, a backup that was read or written',
	},
	rounds: {
		loud: 'ceremonies and their aborts, a refused partial or deal, an old memory, nonces that repeat',
		subtle: 'a message that was sent again',
	},
	policy: {
		loud: 'odd mail, approvals and denials, an approval sent again, an exception, a query',
		subtle: 'a payload that changed, an odd meeting, the basis and the bytes of each approval, rule and facts of decisions',
	},
	output: {loud: 'what was released, held and announced', subtle: 'the hash of each payload'},
	transcript: {loud: 'who raised logging, who reviewed', subtle: 'a line that was cut from the log or written into it'},
};

function evidenceLine({turn, text, level}: EvidenceView, width: number): Line[] {
	return labelled(`t${turn} level ${level}`, text, width);
}

export function evidenceView(props: ViewProps): Laid {
	const {view, cursor, width, theme, listWidth} = props;
	const isAttacking = view.side === 'attackers';
	const known = isAttacking ? (view.loot?.log ?? []) : view.evidence;
	const hasLog = !isAttacking || (view.loot?.machines.some(({id, wayIn}) => id === 'log' && wayIn) ?? false);
	if (!hasLog)
		return {
			title: 'Evidence',
			lines: words('What the logs hold is not known to you. A way in at the log shows them as they stand.', width),
		};
	const list = view.stations.map(({station, logging}, index): Line => {
		const count = known.filter(line => line.station === station).length;
		return [
			sign(index === cursor),
			cell(station, 12, index === cursor ? 'chosen' : undefined),
			...(isAttacking ? [] : [cell(`level ${logging}`, 9, logging === 0 ? 'warn' : undefined)]),
			cell(`${count} ${count === 1 ? 'line' : 'lines'}`, 10),
			span(isAttacking ? '' : (levels[logging] ?? ''), 'dim'),
		];
	});
	const station = view.stations[cursor];
	const lines = known.filter(line => line.station === station?.station);
	const unread = view.evidenceCount - view.evidence.length;
	const kept = station && acts[station.station];
	return {
		listTitle: isAttacking ? 'The log as it stands' : 'Evidence by station',
		list: [
			...list,
			...(isAttacking
				? []
				: words(
						unread > 0
							? `${view.evidenceCount} lines were written, ${unread} of them nobody has read: review reads them, for 1 point.`
							: `${view.evidenceCount} lines were written, all of them are read.`,
						listWidth,
						2,
						unread > 0 ? 'warn' : 'dim',
					)),
		],
		items: list.map((_, index) => index),
		title: station ? `What the log of ${station.station} says` : 'Evidence',
		lines: [
			...(lines.length === 0 ? [dim(isAttacking ? 'nothing' : 'nothing that was read')] : lines.flatMap(line => evidenceLine(line, width))),
			...(kept
				? section(theme, 'What a level keeps here', width, [
						...labelled('0', 'nothing', width, station?.logging === 0 ? 'strong' : 'dim'),
						...labelled('1', kept.loud, width, station?.logging === 1 ? 'strong' : 'dim'),
						...labelled('2', `also ${kept.subtle}; loud acts signal at once`, width, station?.logging === 2 ? 'strong' : 'dim'),
					])
				: []),
			...(station?.station === 'policy' && view.keeps.kept !== ''
				? section(theme, 'Of a decision', width, [
						...labelled('kept', view.keeps.kept, width),
						...labelled('lost', view.keeps.lost, width, 'warn'),
					])
				: []),
		],
	};
}
