/** The attackers: the world's playbook, and one that does nothing. */
import type {Bot, PlaybookSource, PlaybookStep} from './bot.js';

/**
 * How many moves of each entry that is made once are behind it. Read from the moves alone, so that a resumed game agrees: each move made
 * counts for the first entry in order that was waiting for it.
 */
function progress({steps, made}: PlaybookSource): number[] {
	const done = steps.map(() => 0);
	for (const move of made) {
		const index = steps.findIndex((step, at) => step.once && step.moves[done[at]!] === move);
		if (index >= 0) done[index]! += 1;
	}
	return done;
}

/** The move that an entry waits for; nothing when it is behind us, or when it may not begin. */
function waitingFor(step: PlaybookStep, done: number, madeNow: readonly string[]): string | undefined {
	if (!step.once) return step.holds ? step.moves.find(move => !madeNow.includes(move)) : undefined;
	// What was begun is finished, whatever became of the condition.
	return done > 0 || step.holds ? step.moves[done] : undefined;
}

export const playbook: Bot = {
	name: 'playbook',
	about: "Follows the world's playbook: the first entry whose condition holds and whose move can be paid.",
	next(view, source) {
		const done = progress(source);
		const madeNow = view.made.map(({text}) => text);
		for (const [index, step] of source.steps.entries()) {
			const move = waitingFor(step, done[index]!, madeNow);
			if (move !== undefined && source.isLegal(move)) return {move, reason: `It is step ${index + 1} of the plan, and its time has come.`};
		}
		return {move: 'end-turn', reason: 'No step of the plan fits this turn, or none can be paid.'};
	},
};

export const idleAttackers: Bot = {
	name: 'idle',
	about: 'Does nothing.',
	next: () => ({move: 'end-turn', reason: 'This side does nothing.'}),
};
