/** The debrief's plots as SVG with words beside them. Marks differ in shape and label, never in colour alone. */
import type {Figure} from './document.js';
import {type Html, html} from './html.js';
import {stationName} from './places.js';
import {counted, listed} from './plain-text.js';
import {type CoveragePlot, coverageText, type ExposurePlot, exposureText, type Plots, type RequestsPlot, requestsText} from './plots.js';

const left = 78;
const width = 400;
const right = 18;
/** Dashes that tell epochs apart without colour. */
const dashes = ['none', '7 4', '2 4', '9 3 2 3'];

function frame(id: string, title: string, height: number, inside: readonly Html[]): Html {
	return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title">
<title id="${id}-title">${title}</title>
${inside}
</svg>`;
}

const column = (turn: number, turns: number): number => Math.round(left + ((turn - 0.5) * (width - left - right)) / turns);

function turnAxis(turns: number, y: number): Html[] {
	// At most a dozen numbers fit.
	const step = Math.ceil(turns / 12);
	return [
		html`<text x="${left - 10}" y="${y}" text-anchor="end" class="dim small">turn</text>`,
		...Array.from({length: turns}, (_, index) => index + 1)
			.filter(turn => (turn - 1) % step === 0)
			.map(turn => html`<text x="${column(turn, turns)}" y="${y}" text-anchor="middle" class="dim small">${turn}</text>`),
	];
}

function exposureFigure({turns, threshold, epochs}: ExposurePlot): Figure {
	const top = 26;
	const bottom = 150;
	const most = Math.max(threshold, ...epochs.flatMap(({stolen}) => stolen));
	const level = (count: number): number => Math.round(bottom - (count * (bottom - top)) / most);
	const title = 'Shares of one epoch in the attackers’ hands, by turn';
	const peak = epochs.map(({epoch, stolen}) => `epoch ${epoch}: ${Math.max(0, ...stolen)}`);
	const crossed = epochs.flatMap(({epoch, stolen}) => {
		const turn = stolen.findIndex(count => count >= threshold) + 1;
		return turn > 0 ? [`epoch ${epoch} reached it in turn ${turn}`] : [];
	});
	const lines = epochs.map(({epoch, stolen}, index) => {
		const points = stolen.map((count, at) => `${column(at + 1, turns)},${level(count)}`).join(' ');
		const last = stolen.at(-1) ?? 0;
		const isOver = last >= threshold;
		return html`<polyline points="${points}" class="thick ${isOver ? 'bad' : 'blue'}" stroke-dasharray="${dashes[index % dashes.length]!}"/>
${stolen.map((count, at) => html`<circle cx="${column(at + 1, turns)}" cy="${level(count)}" r="3.5" class="${count >= threshold ? 'fill-bad' : 'fill-blue'}"/>`)}
<text x="${column(turns, turns) + 4}" y="${level(last) - 8 - index * 13}" text-anchor="end" class="small">epoch ${epoch}: ${last}</text>`;
	});
	return {
		is: 'figure',
		id: 'exposure',
		title,
		description: `Threshold ${threshold}. Most in hand, ${listed(peak)}; ${crossed.length > 0 ? `${listed(crossed)}.` : 'no epoch reached the threshold.'}`,
		svg: frame('exposure', title, 180, [
			html`<line x1="${left}" y1="${bottom}" x2="${width - right}" y2="${bottom}" class="axis"/>`,
			html`<line x1="${left}" y1="${level(threshold)}" x2="${width - right}" y2="${level(threshold)}" class="bad dashed"/>`,
			html`<text x="${left - 8}" y="${level(threshold) + 4}" text-anchor="end" class="small bad">${threshold} = the key</text>`,
			html`<text x="${left - 8}" y="${bottom + 4}" text-anchor="end" class="small dim">0 shares</text>`,
			...lines,
			...turnAxis(turns, bottom + 20),
		]),
		plain: exposureText({turns, threshold, epochs}),
	};
}

function requestsFigure({turns, requests}: RequestsPlot): Figure {
	const top = 14;
	const rowHeight = 40;
	const height = top + requests.length * rowHeight + 44;
	const title = 'Requests against their deadlines, by turn';
	const words = requests.map(
		({id, due, served, ended}) => `${id} ${ended}${served === null ? '' : ` in turn ${served}`}, due in turn ${due}`,
	);
	// What is due after the last turn that was played still has its mark, at the edge.
	const at = (turn: number): number => Math.min(column(Math.max(1, turn), turns), width - right);
	const rows = requests.map(({id, opened, due, served, isWanted, ended}, index) => {
		const y = top + index * rowHeight + 24;
		const isGood = ended === 'served' || (!isWanted && (ended === 'denied' || ended === 'lapsed'));
		return html`<text x="4" y="${y - 10}" class="small strong">${id}</text>
<text x="${width - right}" y="${y - 10}" text-anchor="end" class="small ${ended === 'open' ? 'dim' : isGood ? 'good' : 'bad'}">${ended}${isWanted ? '' : ' (nobody wanted it)'}</text>
<line x1="${at(opened)}" y1="${y + 2}" x2="${at(due)}" y2="${y + 2}" class="axis" stroke-width="6"/>
<line x1="${at(due)}" y1="${y - 6}" x2="${at(due)}" y2="${y + 10}" class="warn" stroke-width="2.5"/>
${served === null ? null : html`<circle cx="${at(served)}" cy="${y + 2}" r="6" class="${served <= due ? 'fill-good' : 'fill-bad'}"/>`}`;
	});
	return {
		is: 'figure',
		id: 'requests',
		title,
		description: `${requests.length === 0 ? 'No request was opened.' : `${words.join('; ')}.`} The bar runs from opening to deadline (upright mark); the dot is when what was wanted was signed.`,
		svg: frame('requests', title, height, [
			...rows,
			...turnAxis(turns, height - 26),
			html`<text x="${left}" y="${height - 6}" class="small dim">● wanted bytes signed   | deadline</text>`,
		]),
		plain: requestsText({turns, requests}),
	};
}

function coverageFigure({stations}: CoveragePlot): Figure {
	const rowHeight = 30;
	const bar = 96;
	const length = width - bar - 100;
	const title = 'Facts that the evidence kept, by station';
	const rows = stations.map(({station, kept, needed}, index) => {
		const y = 8 + index * rowHeight;
		const part = needed === 0 ? 0 : Math.round((length * kept) / needed);
		return html`<text x="4" y="${y + 15}" class="small strong">${stationName(station)}</text>
<rect x="${bar}" y="${y + 2}" width="${length}" height="17" class="fill-panel"/>
<rect x="${bar}" y="${y + 2}" width="${part}" height="17" class="${needed > 0 && kept === needed ? 'fill-good' : 'fill-blue'}"/>
<text x="${bar + length + 8}" y="${y + 15}" class="small">${needed === 0 ? 'no moves' : `${kept} of ${needed}`}</text>`;
	});
	const total = stations.reduce((sum, {kept, needed}) => ({kept: sum.kept + kept, needed: sum.needed + needed}), {kept: 0, needed: 0});
	return {
		is: 'figure',
		id: 'coverage',
		title,
		description: `${counted(total.needed, 'fact')} would explain every authority move; ${total.kept} were kept. ${stations
			.filter(({needed}) => needed > 0)
			.map(({station, kept, needed}) => `${stationName(station)} ${kept} of ${needed}`)
			.join(', ')}.`,
		svg: frame('coverage', title, 12 + stations.length * rowHeight, rows),
		plain: coverageText({stations}),
	};
}

export function plotFigures({exposure, requests, coverage}: Plots): Readonly<Record<'exposure' | 'requests' | 'coverage', Figure>> {
	return {exposure: exposureFigure(exposure), requests: requestsFigure(requests), coverage: coverageFigure(coverage)};
}
