/** The state machines as charts: the states of the key, of the exercise and of each request, with the present ones lit. */
import type {ChartState, ChartView} from '../../engine/view.js';
import {cell, type Line, span} from '../lines.js';
import {wrap} from '../text.js';
import {dim, type Laid, section, sign, type ViewProps, words} from './laid.js';

const nameOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);
const depthOf = (path: string): number => path.split('.').length - 1;

function childrenOf(states: readonly ChartState[], path: string): readonly ChartState[] {
	return states.filter(state => state.path.startsWith(`${path}.`) && depthOf(state.path) === depthOf(path) + 1);
}

/** The chart as a nested list. Insides of states that are not lit stand on one row, so that the whole fits a screen. */
function chartRows({states, current}: ChartView, width: number): Line[] {
	const lit = new Set(current);
	const draw = (state: ChartState): Line[] => {
		const inner = childrenOf(states, state.path);
		const isLit = lit.has(state.path);
		const indent = '  '.repeat(depthOf(state.path) + 1);
		const front: Line = [
			span(`${indent.slice(2)}${isLit ? '>' : ' '} `, 'focus'),
			span(isLit ? `[${nameOf(state.path)}]` : nameOf(state.path), isLit ? 'focus' : undefined),
		];
		const isFlat = inner.every(each => childrenOf(states, each.path).length === 0);
		if (inner.length > 0 && isFlat && !isLit) {
			const names = wrap(inner.map(each => nameOf(each.path)).join(', '), Math.max(20, width - 28));
			return names.map(
				(text, index): Line =>
					index === 0
						? [...front, ' '.repeat(Math.max(2, 26 - indent.length - nameOf(state.path).length)), span(text, 'dim')]
						: [' '.repeat(26), span(text, 'dim')],
			);
		}
		return [front, ...inner.flatMap(draw)];
	};
	return states.filter(({path}) => depthOf(path) === 0).flatMap(draw);
}

/** Events that the present states take, each once. */
function nextRows({states, current}: ChartView, width: number): Line[] {
	const lit = new Set(current);
	const targets = new Map<string, Set<string>>();
	for (const [event, to] of states.filter(({path}) => lit.has(path)).flatMap(state => state.events))
		targets.set(event, (targets.get(event) ?? new Set()).add(to));
	return [...targets].flatMap(([event, to]) =>
		wrap([...to].join(' or '), width - 39).map(
			(row, index): Line => ['  ', cell(index === 0 ? event : '', 26), span(index === 0 ? 'leads to ' : ' '.repeat(9), 'dim'), span(row)],
		),
	);
}

export function protocolView({view, cursor, width, listWidth, theme}: ViewProps): Laid {
	const charts = view.charts ?? [];
	const chart = charts[cursor];
	const list = charts.map(
		({id, about, current}, index): Line => [
			sign(index === cursor),
			cell(id, 14, index === cursor ? 'chosen' : 'strong'),
			cell(current.at(-1) ?? 'not known here', 26, current.length > 0 ? 'info' : 'dim'),
			span(listWidth >= 72 ? about : '', 'dim'),
		],
	);
	if (!chart) return {title: 'Protocol', lines: [dim('No machine is running.')]};
	const next = nextRows(chart, width);
	return {
		listTitle: 'State machines',
		list,
		items: list.map((_, index) => index),
		title: `${chart.id}: ${chart.about}`,
		lines: [
			...chartRows(chart, width),
			...section(
				theme,
				'What leads on from here',
				width,
				next.length > 0 ? next : [dim(chart.current.length > 0 ? 'nothing: this is an end' : 'not known to this seat')],
			),
			...(chart.id === 'key'
				? [
						[] as Line,
						...words(
							'The top names are the key states of NIST SP 800-57. Ceremonies run while a turn is resolved; between turns the key rests in idle, or waits in stalled.',
							width,
							2,
							'dim',
						),
					]
				: []),
		],
	};
}
