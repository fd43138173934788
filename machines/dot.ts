// The picture of a machine as DOT text (https://graphviz.org/doc/info/lang.html), for drawing as SVG.
import type {AnyStateMachine, AnyStateNode} from 'xstate';

/** DOT text of the machine: composite states are clusters, and parallel regions are dashed ones. */
export function toDot(machine: AnyStateMachine): string {
	const {root} = machine;
	return [
		`digraph ${quoted(machine.id)} {`,
		'\tcompound=true; newrank=true; rankdir=TB; fontname="Helvetica";',
		'\tnode [shape=box, style=rounded, fontname="Helvetica", fontsize=11]; edge [fontname="Helvetica", fontsize=9];',
		...indent(inside(root)),
		...indent(arrows(root)),
		'}',
	].join('\n');
}

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
const indent = (lines: readonly string[]): string[] => lines.map(line => `\t${line}`);
const idOf = ({path}: AnyStateNode): string => quoted(path.join('.'));
const isLeaf = (node: AnyStateNode): boolean => Object.keys(node.states).length === 0;

function draw(node: AnyStateNode): string[] {
	if (isLeaf(node)) return [`${idOf(node)} [label=${quoted(node.key)}${node.type === 'final' ? ', peripheries=2' : ''}];`];
	const isRegion = node.parent?.type === 'parallel';
	return [
		`subgraph ${quoted(`cluster_${node.path.join('.')}`)} {`,
		...indent([`label=${quoted(node.key)}; style=${isRegion ? 'dashed' : 'solid'};`, ...inside(node)]),
		'}',
	];
}

function inside(node: AnyStateNode): string[] {
	const start = node.type === 'parallel' ? undefined : node.initial.target[0];
	const mark = quoted(`${node.path.join('.')} begins`);
	return [
		...(start ? [`${mark} [shape=point, label=""];`] : []),
		...Object.values(node.states).flatMap(draw),
		...(start ? [`${mark} -> ${idOf(leafOf(start))};`] : []),
	];
}

/** Where an arrow to or from a state ends: the state, or the first one inside it. */
function leafOf(node: AnyStateNode): AnyStateNode {
	if (isLeaf(node)) return node;
	const [first] = node.type === 'parallel' ? Object.values(node.states) : node.initial.target;
	return first ? leafOf(first) : node;
}

/** Every transition; those with the same two ends are one arrow. */
function arrows(root: AnyStateNode): string[] {
	const labels = new Map<string, {readonly from: AnyStateNode; readonly to: AnyStateNode; readonly texts: string[]}>();
	for (const from of withInner(root)) {
		for (const definition of [...from.transitions.values(), from.always ?? []].flat()) {
			for (const to of definition.target ?? [from]) {
				const guard = definition.guard === undefined ? '' : ` [${typeof definition.guard === 'string' ? definition.guard : 'guard'}]`;
				const key = `${idOf(from)} ${idOf(to)}`;
				const arrow = labels.get(key) ?? {from, to, texts: []};
				arrow.texts.push(`${definition.eventType || 'always'}${guard}`);
				labels.set(key, arrow);
			}
		}
	}
	return [...labels.values()].map(({from, to, texts}) => {
		// An arrow stops at the edge of a composite state, unless its other end is inside.
		const clip = (name: string, node: AnyStateNode, other: AnyStateNode): string[] =>
			isLeaf(node) || holds(node, other) ? [] : [`${name}=${quoted(`cluster_${node.path.join('.')}`)}`];
		const attributes = [
			`label="${texts.map(text => text.replace(/["\\]/g, '\\$&')).join('\\n')}"`,
			...clip('ltail', from, to),
			...clip('lhead', to, from),
		];
		return `${idOf(leafOf(from))} -> ${idOf(leafOf(to))} [${attributes.join(', ')}];`;
	});
}

/** Whether a state is another one, or around it. */
function holds(outer: AnyStateNode, inner: AnyStateNode): boolean {
	return outer.path.every((key, index) => inner.path[index] === key);
}

function withInner(node: AnyStateNode): AnyStateNode[] {
	return [node, ...Object.values(node.states).flatMap(withInner)];
}
