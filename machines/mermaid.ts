// The picture of a machine as Mermaid stateDiagram-v2 text (https://mermaid.js.org/syntax/stateDiagram.html).
import type {AnyStateMachine, AnyStateNode} from 'xstate';

interface Edge {
	readonly from: string;
	readonly to: string;
	readonly label: string;
}

/** Mermaid text of the machine: every state, nested and parallel, and every transition with its guard. */
export function toMermaid(machine: AnyStateMachine): string {
	const {root} = machine;
	const edges = edgesByContainer(root);
	const body = root.type === 'parallel' ? drawNode(root, edges) : drawInside(root, edges);
	return ['stateDiagram-v2', ...indent(body)].join('\n');
}

const idOf = (path: readonly string[]): string => path.join('_') || 'machine';
const indent = (lines: readonly string[]): string[] => lines.map(line => `\t${line}`);

function drawNode(node: AnyStateNode, edges: ReadonlyMap<string, readonly Edge[]>): string[] {
	const head = `state "${node.key}" as ${idOf(node.path)}`;
	return Object.keys(node.states).length === 0 ? [head] : [`${head} {`, ...indent(drawInside(node, edges)), '}'];
}

function drawInside(node: AnyStateNode, edges: ReadonlyMap<string, readonly Edge[]>): string[] {
	const children = Object.values(node.states);
	if (node.type === 'parallel') return children.flatMap((child, index) => [...(index === 0 ? [] : ['--']), ...drawNode(child, edges)]);
	return [
		...children.flatMap(child => drawNode(child, edges)),
		...node.initial.target.map(target => `[*] --> ${idOf(target.path.slice(0, node.path.length + 1))}`),
		...(edges.get(idOf(node.path)) ?? []).map(({from, to, label}) => `${from} --> ${to}: ${label}`),
		...children.filter(child => child.type === 'final').map(child => `${idOf(child.path)} --> [*]`),
	];
}

/**
 * Edges by the state in which they are drawn. Mermaid has no arrow between the insides of two composite states, so such an arrow is
 * drawn between the composites themselves and its label names the states inside. Arrows with the same two ends are drawn once.
 */
function edgesByContainer(root: AnyStateNode): Map<string, Edge[]> {
	const byContainer = new Map<string, Edge[]>();
	for (const node of withInner(root)) {
		for (const definition of [...node.transitions.values(), node.always ?? []].flat()) {
			for (const target of definition.target ?? [node]) {
				const depth = containerDepth(node.path, target.path);
				const from = node.path.slice(0, depth + 1);
				const to = target.path.slice(0, depth + 1);
				const inside = [node.path.slice(depth + 1).join('.'), target.path.slice(depth + 1).join('.')] as const;
				const guard = definition.guard === undefined ? '' : ` [${typeof definition.guard === 'string' ? definition.guard : 'guard'}]`;
				const ends = [inside[0], inside[1] && `to ${inside[1]}`].filter(part => part !== '').join(' ');
				const container = idOf(node.path.slice(0, depth));
				const drawn = byContainer.get(container) ?? [];
				const same = drawn.findIndex(edge => edge.from === idOf(from) && edge.to === idOf(to));
				const label = `${definition.eventType || 'always'}${guard}${ends && ` (${ends})`}`;
				if (same === -1) drawn.push({from: idOf(from), to: idOf(to), label});
				else drawn[same] = {...drawn[same]!, label: `${drawn[same]!.label}<br/>${label}`};
				byContainer.set(container, drawn);
			}
		}
	}
	return byContainer;
}

/** Length of the longest path that leads to a state with both inside it. */
function containerDepth(a: readonly string[], b: readonly string[]): number {
	const most = Math.max(0, Math.min(a.length, b.length) - 1);
	let depth = 0;
	while (depth < most && a[depth] === b[depth]) depth++;
	return depth;
}

function withInner(node: AnyStateNode): AnyStateNode[] {
	return [node, ...Object.values(node.states).flatMap(withInner)];
}
