import {readPayload} from '../engine/moves/approvals.js';
import type {GameState} from '../engine/state.js';
import {otherSteps, unauthorisedSteps} from './attack-path-steps.js';
import type {AuthorityMove} from './explained.js';
import type {Finding} from './finding.js';
import type {History} from './history.js';
import type {Played} from './played.js';

export interface PathStep {
	readonly turn: number;
	readonly line: number;
	readonly by: 'attackers' | 'operators' | 'policy' | 'world';
	/** A station or a boundary between two. */
	readonly place: string;
	readonly what: string;
	/** What stood there to enforce something: absent where nothing could. */
	readonly enforcer?: {readonly component: string; readonly check: string; readonly state: 'held' | 'did not stop it' | 'off' | 'not used'};
	/** What the operators' side could see of it then. */
	readonly seen: string;
	/** Nothing was seen: a gap in visibility. */
	readonly isGap: boolean;
}

export interface AttackPath {
	/** unauthorised: an output that nobody wanted became final. stopped: the attack ended before. none: the attackers got nowhere near. */
	readonly kind: 'unauthorised' | 'stopped' | 'missed' | 'none';
	readonly target: string;
	readonly steps: readonly PathStep[];
	/** By improvement: the position of the first step that does not happen any more; the number of steps where all of them do. */
	readonly after: ReadonlyArray<{readonly improvement: string; readonly stopsAt: number; readonly result: string}>;
}

/** A step, and whether it is still there in a game that was played again. */
export interface Step extends PathStep {
	readonly stillIn: (state: GameState) => boolean;
}

/** The path of what decided: the first unauthorised output, else the strongest thing that was stopped. */
export function attackPathOf(
	played: Played,
	history: History,
	{
		failed,
		held,
		authority,
	}: {readonly failed: readonly Finding[]; readonly held: readonly Finding[]; readonly authority: readonly AuthorityMove[]},
): {path: Omit<AttackPath, 'after'>; steps: readonly Step[]} {
	const bad = history.outputs.find(({output, isAuthorised}) => output.state === 'final' && !isAuthorised);
	const steps = bad ? unauthorisedSteps(played, history, bad, authority) : otherSteps(history, failed, held, authority);
	const kind = bad ? 'unauthorised' : failed.length > 0 ? 'missed' : steps.some(({by}) => by === 'attackers') ? 'stopped' : 'none';
	const target = bad ? `${bad.output.id}: ${readPayload(bad.output.message)}` : failed[0] ? failed[0].assumption : '';
	return {path: {kind, target, steps: steps.map(({stillIn: _, ...step}) => step)}, steps};
}

/** The first step that a state does not have; the number of steps where it has all of them. */
export function stopsAt(steps: readonly Step[], state: GameState): number {
	const at = steps.findIndex(({stillIn}) => !stillIn(state));
	return at < 0 ? steps.length : at;
}
