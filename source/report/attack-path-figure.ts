/** The attack path as pictures: as it went, and with each improvement. Mermaid text, SVG, and lines for a terminal, of the same steps. */
import type {AttackPath, PathStep} from './attack-path.js';
import {type Diagram, type DiagramNode, toMermaidText} from './diagram.js';
import type {Figure} from './document.js';
import {type Html, html} from './html.js';
import {counted, wrap} from './plain-text.js';

const stateWords = {held: 'HELD', 'did not stop it': 'did not stop it', off: 'OFF', 'not used': 'not used'} as const;

function enforcerWords({enforcer}: PathStep): string {
	return enforcer ? `enforcer: ${enforcer.component} (${enforcer.check}): ${stateWords[enforcer.state]}` : '';
}

const seenWords = ({seen, isGap}: PathStep): string => `${isGap ? 'VISIBILITY GAP: ' : 'seen: '}${seen}`;

interface Picture {
	readonly id: string;
	readonly title: string;
	readonly description: string;
	readonly steps: readonly PathStep[];
	/** The first step that does not happen; the number of steps where all do. */
	readonly stopsAt: number;
	/** What stops it there. */
	readonly stop: string;
	/** The last line: how it ended. */
	readonly end: string;
	readonly isBad: boolean;
}

/** The path before the improvements, and after each that was tried (at most two). */
export function pathFigures({kind, target, steps, after}: AttackPath): Figure[] {
	if (steps.length === 0) return [];
	const gaps = steps.filter(({isGap}) => isGap).length;
	const open = steps.filter(({enforcer}) => enforcer && enforcer.state !== 'held').length;
	const end = {
		unauthorised: `UNAUTHORISED: ${target}`,
		stopped: 'STOPPED: nothing unauthorised became final',
		missed: `MISSED: ${target}`,
		none: 'Nothing came near',
	}[kind];
	return [
		pictureOf({
			id: 'path-before',
			title: kind === 'unauthorised' ? 'The attack path as it went' : 'What led there, as it went',
			description: `${counted(steps.length, 'step')}, ${counted(gaps, 'visibility gap')}, ${counted(open, 'place')} where something could have been enforced and was not. The end: ${end}.`,
			steps,
			stopsAt: steps.length,
			stop: '',
			end,
			isBad: kind === 'unauthorised' || kind === 'missed',
		}),
		...after.slice(0, 2).map(({improvement, stopsAt, result}, index) =>
			pictureOf({
				id: `path-after-${index + 1}`,
				title: `The same path with ${improvement}`,
				description: `Played again, computed: ${stopsAt < steps.length ? `the path stops before step ${stopsAt + 1}` : 'every step still happens'}. ${result}.`,
				steps,
				stopsAt,
				stop: improvement,
				end: result,
				isBad: stopsAt >= steps.length,
			}),
		),
	];
}

function pictureOf(picture: Picture): Figure {
	return {
		is: 'figure',
		id: picture.id,
		title: picture.title,
		description: picture.description,
		svg: svgOf(picture),
		mermaid: mermaidOf(picture),
		plain: plainOf(picture),
	};
}

const titleOf = ({turn, line, place}: PathStep, index: number): string => `${index + 1}. ${place}, turn ${turn}, line ${line}`;

interface Drawn {
	/** How many steps are the same as in the picture before, and are not drawn again. */
	readonly same: number;
	/** The steps that are drawn, with their positions on the whole path. */
	readonly steps: ReadonlyArray<{readonly step: PathStep; readonly index: number}>;
	/** What cuts the path, and the step that does not happen. */
	readonly stop: string;
}

/** The whole path; or, where something cuts it, the step before the cut. What comes after the cut is not drawn. */
function drawn({steps, stopsAt, stop}: Picture): Drawn {
	const all = steps.map((step, index) => ({step, index}));
	const missed = steps[stopsAt];
	if (!missed) return {same: 0, steps: all, stop: ''};
	const same = Math.max(0, stopsAt - 1);
	return {same, steps: all.slice(same, stopsAt), stop: `STOPPED by ${stop}: step ${stopsAt + 1} does not happen (${missed.what})`};
}

const sameWords = (count: number): string => (count === 1 ? 'Step 1 happens as before' : `Steps 1 to ${count} happen as before`);

function mermaidOf(picture: Picture): string {
	const {same, steps, stop} = drawn(picture);
	const wrapped = (text: string): string[] => (text === '' ? [] : wrap(text, 44, ''));
	const nodes: DiagramNode[] = steps.map(({step, index}) => ({
		id: `s${index + 1}`,
		lines: [titleOf(step, index), ...wrapped(step.what), ...wrapped(enforcerWords(step)), ...wrapped(seenWords(step))],
		shape: step.by === 'attackers' ? 'hexagon' : 'box',
	}));
	const all: DiagramNode[] = [
		...(same > 0 ? [{id: 'same', lines: [sameWords(same)], shape: 'note'} as const] : []),
		...nodes,
		...(stop === '' ? [] : [{id: 'stop', lines: wrapped(stop), shape: 'round'} as const]),
		{id: 'done', lines: wrapped(picture.end), shape: 'ellipse'},
	];
	const gaps = new Set(steps.filter(({step}) => step.isGap).map(({index}) => `s${index + 1}`));
	const edges = all.slice(1).map((node, index) => ({from: all[index]!.id, to: node.id, isDashed: gaps.has(all[index]!.id)}));
	const diagram: Diagram = {title: picture.title, nodes: all, groups: [], edges};
	return toMermaidText(diagram).replace('flowchart LR', 'flowchart TB');
}

function plainOf(picture: Picture): string[] {
	const {same, steps, stop} = drawn(picture);
	return [
		...(same > 0 ? [sameWords(same), '   |'] : []),
		...steps.flatMap(({step, index}) => [
			...wrap(titleOf(step, index), 76),
			...wrap(step.what, 76, '   '),
			...(step.enforcer ? wrap(enforcerWords(step), 76, '   [x] ', '       ') : []),
			...wrap(seenWords(step), 76, step.isGap ? '   [?] ' : '   ', '       '),
			'   |',
		]),
		...(stop === '' ? [] : wrap(stop, 76, '=> ', '   ')),
		...wrap(picture.end, 76, '=> ', '   '),
	];
}

const width = 400;
const margin = 8;
const lineHeight = 16;

function svgOf(picture: Picture): Html {
	const {same, steps, stop} = drawn(picture);
	const parts: Html[] = [];
	let y = margin;
	const arrow = (isGap: boolean): void => {
		parts.push(html`<path d="M ${width / 2} ${y} v 14 m -5 -5 l 5 6 l 5 -6" class="axis thick ${isGap ? 'warn dashed' : ''}"/>`);
		y += 20;
	};
	const box = (rows: ReadonlyArray<readonly [text: string, kind: string]>, kind: string): void => {
		// SVG does not wrap, so there are about as many columns as the font gives.
		const wrapped = rows.flatMap(([text, className]) =>
			wrap(text, className.startsWith('small') ? 58 : 45, '', '   ').map(each => [each, className] as const),
		);
		const height = wrapped.length * lineHeight + 14;
		parts.push(html`<rect x="${margin}" y="${y}" width="${width - 2 * margin}" height="${height}" rx="6" class="box ${kind}"/>`);
		wrapped.forEach(([text, className], index) => {
			parts.push(html`<text x="${margin + 12}" y="${y + 20 + index * lineHeight}" class="${className}">${text}</text>`);
		});
		y += height + 2;
	};
	if (same > 0) {
		box([[sameWords(same), 'dim']], 'dashed');
		arrow(false);
	}
	steps.forEach(({step, index}) => {
		const {enforcer} = step;
		box(
			[
				[titleOf(step, index), 'small dim'],
				[step.what, 'strong'],
				...(enforcer
					? [
							[
								`${enforcer.state === 'held' ? '✓' : '×'} ${enforcerWords(step)}`,
								`small ${enforcer.state === 'held' ? 'good' : 'bad'}`,
							] as const,
						]
					: []),
				[`${step.isGap ? '◌ ' : '● '}${seenWords(step)}`, `small ${step.isGap ? 'warn' : 'dim'}`],
			],
			step.by === 'attackers' ? 'thick bad' : 'thick',
		);
		arrow(step.isGap);
	});
	if (stop !== '') {
		box([[`■ ${stop}`, 'strong good']], 'thick good');
		arrow(false);
	}
	box([[picture.end, `strong ${picture.isBad ? 'bad' : 'good'}`]], `thick ${picture.isBad ? 'bad' : 'good'}`);
	return html`<svg viewBox="0 0 ${width} ${y + margin}" role="img" aria-labelledby="${picture.id}-title">
<title id="${picture.id}-title">${picture.title}. ${picture.description}</title>
${parts}
</svg>`;
}
