/** A picture of boxes and arrows as data, and as text for the programs that draw: Mermaid (https://mermaid.js.org) and DOT (https://graphviz.org). */
import stringWidth from 'string-width';
import {clean} from './plain-text.js';

export interface DiagramNode {
	/** A word of letters, digits and underscores. */
	readonly id: string;
	readonly lines: readonly string[];
	readonly shape: 'box' | 'round' | 'ellipse' | 'note' | 'hexagon';
}

export interface DiagramEdge {
	readonly from: string;
	readonly to: string;
	readonly label?: string;
	readonly isDashed?: boolean;
}

export interface Diagram {
	readonly title: string;
	/** A sentence for whoever opens it by mistake. */
	readonly warning?: string;
	readonly nodes: readonly DiagramNode[];
	readonly groups: readonly {readonly id: string; readonly title: string; readonly nodes: readonly DiagramNode[]}[];
	readonly edges: readonly DiagramEdge[];
}

/** Mermaid reads entities inside quotes, and nothing else as itself. */
const mermaidText = (text: string): string => clean(text).replace(/[&<>"'`#;\\{}[\]()|%]/g, character => `#${character.codePointAt(0)};`);

const brackets: Readonly<Record<DiagramNode['shape'], readonly [string, string]>> = {
	box: ['["', '"]'],
	round: ['("', '")'],
	ellipse: ['(["', '"])'],
	note: ['>"', '"]'],
	hexagon: ['{{"', '"}}'],
};

/** A Mermaid flowchart. */
export function toMermaidText({title, warning, nodes, groups, edges}: Diagram): string {
	const node = ({id, lines, shape}: DiagramNode): string => `${id}${brackets[shape].join(lines.map(mermaidText).join('<br/>'))}`;
	return [
		...(warning === undefined ? [] : [`%% ${clean(warning)}`]),
		`%% ${clean(title)}`,
		'flowchart LR',
		...nodes.map(each => `\t${node(each)}`),
		...groups.flatMap(group => [
			`\tsubgraph ${group.id}["${mermaidText(group.title)}"]`,
			...group.nodes.map(each => `\t\t${node(each)}`),
			'\tend',
		]),
		...edges.map(({from, to, label, isDashed}) => {
			const arrow = isDashed ? '-.->' : '-->';
			return `\t${from} ${arrow}${label ? `|"${mermaidText(label)}"|` : ''} ${to}`;
		}),
	].join('\n');
}

/** A quoted string of DOT: only quotes and backslashes mean something in it. */
export const dotText = (text: string): string => clean(text).replace(/["\\]/g, '\\$&');

const shapes: Readonly<Record<DiagramNode['shape'], string>> = {
	box: 'shape=box',
	round: 'shape=box, style=rounded',
	ellipse: 'shape=ellipse',
	note: 'shape=note',
	hexagon: 'shape=hexagon',
};

/** Graphviz knows how wide ASCII is; of other writing it is told, in inches at the size of the nodes' text. */
function widthOf(lines: readonly string[]): string {
	if (lines.every(line => /^[ -~…]*$/.test(line))) return '';
	return `, width=${(0.3 + 0.085 * Math.max(...lines.map(line => stringWidth(clean(line))))).toFixed(2)}`;
}

/** A DOT graph. */
export function toDotText({title, warning, nodes, groups, edges}: Diagram): string {
	// \l ends a line that is set to the left.
	const node = ({id, lines, shape}: DiagramNode): string =>
		`${id} [label="${lines.length > 1 ? lines.map(line => `${dotText(line)}\\l`).join('') : dotText(lines[0] ?? '')}", ${shapes[shape]}${widthOf(lines)}];`;
	const head = warning === undefined ? dotText(title) : `${dotText(title)}\\n${dotText(warning)}`;
	return [
		...(warning === undefined ? [] : [`// ${clean(warning)}`]),
		`digraph "${dotText(title)}" {`,
		`\trankdir=LR; label="${head}"; labelloc=t; fontname="Helvetica";`,
		'\tnode [fontname="Helvetica", fontsize=11]; edge [fontname="Helvetica", fontsize=10];',
		...nodes.map(each => `\t${node(each)}`),
		...groups.flatMap(group => [
			`\tsubgraph cluster_${group.id} {`,
			`\t\tlabel="${dotText(group.title)}";`,
			...group.nodes.map(each => `\t\t${node(each)}`),
			'\t}',
		]),
		...edges.map(({from, to, label, isDashed}) => {
			const attributes = [...(label ? [`label="${dotText(label)}"`] : []), ...(isDashed ? ['style=dashed'] : [])];
			return `\t${from} -> ${to}${attributes.length > 0 ? ` [${attributes.join(', ')}]` : ''};`;
		}),
		'}',
	].join('\n');
}

/**
 * Draws DOT text as an SVG document that needs no other file. Graphviz is loaded when it is called.
 * @param title what a screen reader says of the picture
 */
export async function drawSvg(dot: string, title: string, warning?: string): Promise<string> {
	const {instance} = await import('@viz-js/viz');
	const drawn = (await instance()).renderString(dot, {format: 'svg', engine: 'dot'});
	const escaped = (text: string): string => clean(text).replace(/[&<>"]/g, character => `&#${character.codePointAt(0)};`);
	return drawn
		.replace(/^[\s\S]*?(?=<svg)/, warning === undefined ? '' : `<!-- ${escaped(warning).replaceAll('--', '- -')} -->\n`)
		.replace('<svg', `<svg role="img" aria-label="${escaped(title)}"`);
}
