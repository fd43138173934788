/** Who learned what: by ceremony, machine and round, from the messages that each was sent. */
import type {GameState} from '../engine/state.js';

export interface LearnedRow {
	readonly member: string;
	/** By round: what it knew afterwards and did not before. */
	readonly rounds: ReadonlyArray<{readonly round: number; readonly learned: readonly string[]}>;
}

export interface CeremonyLearned {
	readonly ceremony: string;
	readonly title: string;
	readonly turn: number;
	readonly rounds: readonly number[];
	readonly rows: readonly LearnedRow[];
}

export function learnedIn({ceremonies}: GameState): CeremonyLearned[] {
	return ceremonies.map(({id, kind, request, computation, asked, turn, messages, epoch}) => {
		const rounds = [...new Set(messages.map(({round}) => round))].sort((a, b) => a - b);
		const members = [...new Set(messages.map(({to}) => to))];
		return {
			ceremony: id,
			title:
				kind !== 'signing' && kind !== 'computation'
					? `${kind}, epoch ${epoch}`
					: kind === 'computation'
						? `compute ${computation}${asked === 'attackers' ? ' for an analyst' : ''}`
						: `sign ${request}, epoch ${epoch}`,
			turn,
			rounds,
			rows: members.map(member => ({
				member,
				rounds: rounds.map(round => ({
					round,
					learned: [...new Set(messages.filter(each => each.to === member && each.round === round).flatMap(({learned}) => learned))],
				})),
			})),
		};
	});
}
