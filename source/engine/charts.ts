/** The rule machines as state charts: their states in order, and which of them a seat knows to be the present ones. */
import {type MachineName, machines} from '../../machines/index.js';
import {shownState} from './request-view.js';
import type {GameState} from './state.js';
import type {ModeValue} from './step.js';
import type {ChartState, ChartView, Side} from './view.js';

/** The part of an XState node that is read here. */
interface Node {
	readonly path: readonly string[];
	readonly states: Readonly<Record<string, Node>>;
	readonly transitions: ReadonlyMap<string, ReadonlyArray<{readonly target?: readonly Node[] | undefined}>>;
}

const known = new Map<MachineName, readonly ChartState[]>();

/** Every state of a machine below its root; the same array at each call. */
export function chartStates(name: MachineName): readonly ChartState[] {
	const listed = known.get(name);
	if (listed) return listed;
	const states = statesIn(machines[name].root as unknown as Node);
	known.set(name, states);
	return states;
}

function statesIn(node: Node): ChartState[] {
	return Object.values(node.states).flatMap(state => [stateOf(state), ...statesIn(state)]);
}

function stateOf(node: Node): ChartState {
	const events = [...node.transitions].flatMap(([event, definitions]) =>
		definitions.map(({target}): readonly [string, string] => [event, target?.[0]?.path.join('.') ?? 'stays']),
	);
	return {path: node.path.join('.'), events: [...new Map(events.map(each => [each.join(' '), each])).values()]};
}

/** The paths of a state value, the outermost first. */
export function pathsOf(value: ModeValue, above = ''): readonly string[] {
	const path = (name: string) => (above === '' ? name : `${above}.${name}`);
	if (typeof value === 'string') return [path(value)];
	return Object.entries(value).flatMap(([name, inner]) => [path(name), ...pathsOf(inner, path(name))]);
}

/** The key's life, the turn, and the way of each request. Attackers know of the key's life only whether signing is frozen, and of a request what they are shown of it elsewhere. */
export function chartViews(state: GameState, side: Side): ChartView[] {
	const protocol = pathsOf(state.protocol);
	const isKnown = side === 'operators' || state.end !== undefined || protocol[0] === 'preActivation';
	const frozen = protocol.includes('suspended.frozen') ? ['suspended', 'suspended.frozen'] : [];
	return [
		{id: 'key', about: 'the life of the key and its ceremonies', states: chartStates('protocol'), current: isKnown ? protocol : frozen},
		{id: 'exercise', about: 'the game and its turns', states: chartStates('exercise'), current: pathsOf(state.exercise)},
		...Object.values(state.requests)
			.filter(({opened}) => opened > 0)
			.map(request => ({
				id: request.id,
				about: 'the way of this request',
				states: chartStates('request'),
				current: pathsOf(shownState(state, request, side)),
			})),
	];
}
