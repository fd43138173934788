/** Had you chosen otherwise: this game with one choice changed, played again by a function that the caller hands in. */
import type {GameState} from '../engine/state.js';
import type {History} from './history.js';
import {isOnDisplayOnly} from './history.js';
import {lineOfMoves, type Played, type PlayedMove} from './played.js';
import {hasLost} from './unsafe.js';

/** A game played again: its state, and the moves that the rules refused on the way (they are left out, and play goes on). */
export interface Replayed {
	readonly state: GameState;
	readonly refused: readonly string[];
}

/** Plays a line of moves in the same game (scenario, seed, world) from its start. */
export type ReplayWith = (moves: readonly PlayedMove[]) => Replayed;

export interface Alternative {
	/** The choice in notation: "t5 approve refill party=ada basis=digest". */
	readonly choice: string;
	/** What it stands in for: "instead of basis=display"; empty where it comes in addition. */
	readonly instead: string;
	/** won: the operators won. kept: nothing unauthorised left. lost: something did. refused: the rules did not allow the choice then. */
	readonly result: 'won' | 'kept' | 'lost' | 'refused';
	readonly reason: string;
	/** Whether it would have been better or worse than what was done, or no different. */
	readonly than: 'better' | 'worse' | 'same';
	/** How it ended. */
	readonly state: GameState;
}

interface Edit {
	readonly choice: string;
	readonly instead: string;
	/** The moves that were put in, as texts. */
	readonly added: readonly string[];
	readonly moves: readonly PlayedMove[];
}

const most = 6;

/** The alternatives that bear on what failed, played again; those that help the operators first. */
export function alternativesOf(played: Played, history: History, replayWith: ReplayWith): Alternative[] {
	const line = lineOfMoves(played);
	const seen = new Set<string>();
	return [...editsOf(played, history, line), ...undoneOf(played, history, line)]
		.filter(({choice}) => !seen.has(choice) && seen.add(choice))
		.slice(0, most)
		.map(({choice, instead, added, moves}): Alternative => {
			const {state, refused} = replayWith(moves);
			const isRefused = added.some(text => refused.includes(text));
			const rank = {attackers: 0, neither: 1, operators: 2} as const;
			const by = (each: GameState) => (each.end ? rank[each.end.outcome] : 1);
			const difference = isRefused ? 0 : by(state) - by(played.state);
			return {
				than: difference > 0 ? 'better' : difference < 0 ? 'worse' : 'same',
				state,
				choice,
				instead,
				result: isRefused ? 'refused' : hasLost(state) ? 'lost' : state.end?.outcome === 'operators' ? 'won' : 'kept',
				reason: isRefused ? 'the rules refuse that move at that time' : (state.end?.reason ?? `the game is in turn ${state.turn}`),
			};
		})
		.sort((a, b) => ranks.indexOf(a.result) - ranks.indexOf(b.result));
}

const ranks: ReadonlyArray<Alternative['result']> = ['won', 'kept', 'lost', 'refused'];

/** Puts a move in as the operators' first of a turn. */
function putIn(line: readonly PlayedMove[], turn: number, text: string): PlayedMove[] {
	const at = line.findIndex(move => move.turn === turn && move.side === 'operators');
	if (at < 0) return [...line];
	return [...line.slice(0, at), {side: 'operators', text, turn}, ...line.slice(at)];
}

function editsOf({state, game}: Played, history: History, line: readonly PlayedMove[]): Edit[] {
	const edits: Edit[] = [];
	const add = (choice: string, moves: readonly PlayedMove[], added: readonly string[], instead = '') =>
		edits.push({choice, instead, added, moves});
	for (const {output, isAuthorised, approvals, displayed} of history.outputs) {
		if (isAuthorised || output.state !== 'final' || output.request === '') continue;
		const {id, opened, intent} = state.requests[output.request]!;
		const wasSwapped = output.message !== displayed;
		if (wasSwapped && isOnDisplayOnly(approvals)) {
			const at = line.findLastIndex(
				({text, turn}) => turn <= output.turn && text.startsWith(`approve ${id} `) && text.endsWith('basis=display'),
			);
			const move = line[at];
			if (move) {
				const text = move.text.replace('basis=display', 'basis=digest');
				add(`t${move.turn} ${text}`, line.with(at, {...move, text}), [text], 'in place of basis=display');
			}
		}
		if (intent === null) {
			const without = line.filter(({text}) => !new RegExp(`^(approve|sign|retry) ${id} `).test(text));
			const denied = putIn(without, opened + 1, `deny ${id}`);
			add(
				`t${opened} call-back ${id}, t${opened + 1} deny ${id}`,
				putIn(denied, opened, `call-back ${id}`),
				[`call-back ${id}`, `deny ${id}`],
				'in place of approving it',
			);
		} else add(`t${opened} call-back ${id}`, putIn(line, opened, `call-back ${id}`), [`call-back ${id}`]);
		if (wasSwapped && game.scenario.controls['bind-payload'] === 'off') {
			const turn = Math.max(1, output.turn - 1);
			add(`t${turn} harden bind-payload`, putIn(line, turn, 'harden bind-payload'), ['harden bind-payload']);
		}
	}
	const machines = new Set(game.deal.parties.map(({id}) => id));
	const taken = state.end?.outcome === 'operators' ? [] : history.captured.filter(({share}) => machines.has(share.party));
	// Shares of two epochs do not make the key: a refresh after each theft but the last.
	for (const {turn} of taken.slice(0, -1).toReversed().slice(0, 1))
		add(`t${turn + 1} refresh`, putIn(line, turn + 1, 'refresh'), ['refresh']);
	for (const place of new Set(taken.flatMap(({share}) => (/^steal-backup /.test(share.how) ? [share.party] : [])))) {
		const first = taken.find(({share}) => share.party === place && /^steal-backup /.test(share.how))!;
		const before = Math.max(1, first.turn - 1);
		add(`t${before} destroy-backups party=${place}`, putIn(line, before, `destroy-backups party=${place}`), [
			`destroy-backups party=${place}`,
		]);
	}
	for (const {share, turn} of taken.toReversed()) {
		if (/^steal-backup /.test(share.how)) continue;
		const {implantSince} = implantOf(history, share.party, turn);
		add(`t${turn} isolate party=${share.party}`, putIn(line, turn, `isolate party=${share.party}`), [`isolate party=${share.party}`]);
		if (implantSince !== undefined) {
			const text = `inspect party=${share.party} depth=full`;
			add(`t${implantSince} ${text}`, putIn(line, implantSince, text), [text]);
		}
	}
	for (const request of Object.values(state.requests)) {
		if (request.intent === null || request.judged === undefined || request.judged.points > 0) continue;
		const text = `deny ${request.id}`;
		if (request.deniedAt > 0)
			add(
				`t${request.deniedAt} no ${text}`,
				line.filter(move => !move.text.startsWith(text)),
				[],
				`in place of ${text}`,
			);
		const freeze = line.find(move => move.text === 'freeze');
		if (freeze && history.frozenTurns.length > 0)
			add(
				`t${freeze.turn} no freeze`,
				line.filter(move => move.text !== 'freeze'),
				[],
				'in place of freeze',
			);
	}
	return edits;
}

/** What was done right, undone: each of these kept something from happening, or did it? */
function undoneOf({state}: Played, history: History, line: readonly PlayedMove[]): Edit[] {
	const edits: Edit[] = [];
	const without = (text: string, turn: number): void => {
		const at = line.findIndex(move => move.side === 'operators' && move.text === text && move.turn === turn);
		if (at >= 0) edits.push({choice: `t${turn} no ${text}`, instead: `in place of ${text}`, added: [], moves: line.toSpliced(at, 1)});
	};
	for (const {request, turn} of history.digests.filter(({matches}) => !matches)) {
		const edited = line.map(move =>
			move.turn >= turn && move.side === 'operators' && move.text.startsWith(`approve ${request} `)
				? {...move, text: move.text.replace(/basis=(digest|callback)/, 'basis=display')}
				: move,
		);
		const asked = edited.filter(({text, side}) => !(side === 'operators' && text === `call-back ${request}`));
		const party = history.digests.find(digest => digest.request === request && digest.matches === false)!.party;
		const hasParty = asked.some(({text}) => text === `approve ${request} party=${party} basis=display`);
		edits.push({
			choice: `t${turn} approve ${request} on display alone, no call-back`,
			instead: 'in place of digests',
			added: [],
			moves: hasParty ? asked : putIn(asked, turn, `approve ${request} party=${party} basis=display`),
		});
	}
	for (const {request, answer, turn} of history.answers.filter(each => each.answer === 'not mine')) {
		const denied = line.find(({text}) => text.startsWith(`deny ${request}`));
		if (denied) without(denied.text, denied.turn);
		else if (answer) without(`call-back ${request}`, turn - 1);
	}
	for (const {machine, turn} of history.cleared) {
		const order = line.findLast(
			move => move.turn <= turn && (move.text === `inspect party=${machine} depth=full` || move.text.startsWith(`rejoin party=${machine}`)),
		);
		if (order) without(order.text, order.turn);
	}
	for (const {output} of history.outputs.filter(({output: each}) => each.announcedAt > 0)) {
		const announced = line.find(({text}) => text.startsWith(`announce ${output.id} `));
		if (announced) without(announced.text, announced.turn);
	}
	return state.end?.outcome === 'attackers' ? [] : edits;
}

function implantOf(history: History, party: string, before: number): {implantSince?: number} {
	const found = history.entries.findLast(
		({event, turn}) => event.type === 'foothold' && event.machine === party && event.set.implantSince !== undefined && turn <= before,
	);
	return found?.event.type === 'foothold' ? {implantSince: found.event.set.implantSince} : {};
}
