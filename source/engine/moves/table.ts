/** Verbs of everybody: note, takeback and end-turn; and of whoever runs the exercise: begin, stop, close. */
import {type Deciding, Refusal} from '../deciding.js';
import {runKeygen} from '../keygen.js';
import {account, beginTurn, type RunFree, resolve, runDeal} from '../phases.js';
import {scoreGame} from '../score.js';
import type {GameState} from '../state.js';
import type {Verb} from '../verb.js';
import type {Side} from '../view.js';
import {approveForMoney} from './bribes.js';
import {noteDetection} from './custody.js';

/** The verb by which a suggestion of the program goes on record. */
export const askHint = 'ask-hint';

/** The verbs that drive time; `runFree` runs lines of the deal and of injects. */
export function tableVerbs(runFree: RunFree): readonly Verb[] {
	const note = (side: Side): Verb => ({
		name: 'note',
		side,
		station: 'transcript',
		object: {name: 'text', kind: 'text', optional: true, about: 'what you believe, in quotes'},
		parameters:
			side === 'operators'
				? [{name: 'suspect', kind: 'machine', optional: true, about: 'a party or machine: the one open suspicion of your side'}]
				: [],
		cost: [0, 0],
		does: 'writes a note; with suspect=, the suspicion goes on record and is judged in the debrief',
		needs: 'nothing',
		raises: ['note.add', 'party.suspected', 'party.cleared'],
		check(deciding, {object, args}) {
			deciding.need('exercise', '', {type: 'note.add'}, 'notes are written while a side has the move, and in the hot wash');
			if (object === undefined && args.suspect === undefined) throw new Refusal('write a text in quotes, or suspect=NAME');
			if (args.suspect !== undefined && !deciding.state.footholds[args.suspect])
				throw new Refusal(`there is no machine "${args.suspect}"; expected one of ${Object.keys(deciding.state.footholds).join(', ')}`);
			if (args.suspect !== undefined && deciding.state.parties[args.suspect])
				deciding.need(
					'party',
					args.suspect,
					{type: 'party.suspected'},
					`${args.suspect} holds no share any more; nothing hangs on a suspicion`,
				);
		},
		run(deciding, {object = '', args}) {
			const {suspect} = args;
			deciding.emit(side, {type: 'noted', side, turn: deciding.state.turn, text: object, ...(suspect === undefined ? {} : {suspect})});
			if (suspect === undefined) return;
			noteDetection(deciding, suspect, `suspicion of ${suspect}`);
			// One open suspicion at a time: the new one replaces the old.
			for (const id of Object.keys(deciding.state.parties))
				if (id !== suspect && deciding.is('party', id, 'trust.suspected'))
					deciding.step('party', id, {type: 'party.cleared'}, `the suspicion of ${id} stands`, side);
			if (deciding.state.parties[suspect])
				deciding.step('party', suspect, {type: 'party.suspected'}, `${suspect} can't be suspected any more`, side);
		},
	});

	const takeback = (side: Side): Verb => ({
		name: 'takeback',
		side,
		station: 'transcript',
		parameters: [],
		cost: [0, 0],
		does: 'takes your last move of this turn back',
		needs: 'a move after which nothing hidden was shown',
		raises: [],
		mayAllow: deciding => canTakeBack(deciding.state, side),
		check(deciding) {
			if (!canTakeBack(deciding.state, side))
				throw new Refusal(
					'there is nothing to take back: your last move has shown something, the other side has written since, or the turn has just begun',
				);
		},
		// decide emits the event: a takeback is no move that could itself be taken back.
		run() {},
	});

	const endOfAttack: Verb = {
		name: 'end-turn',
		side: 'attackers',
		station: 'transcript',
		parameters: [],
		cost: [0, 0],
		does: "ends your part of the turn; the operators' begins",
		needs: 'nothing',
		raises: ['phase.next'],
		settles: true,
		check(deciding) {
			deciding.need('exercise', '', {type: 'phase.next', isOver: false}, 'the turn can not end now');
		},
		run(deciding) {
			approveForMoney(deciding);
			deciding.step('exercise', '', {type: 'phase.next', isOver: false}, 'the turn can not end now', 'public');
		},
	};

	const endOfTurn: Verb = {
		...endOfAttack,
		side: 'operators',
		does: 'ends the turn: what you ordered runs, then the books are closed and the next turn begins',
		run(deciding) {
			deciding.step('exercise', '', {type: 'phase.next', isOver: false}, 'the turn can not end now', 'public');
			resolve(deciding);
			account(deciding);
			if (!deciding.state.end) beginTurn(deciding, runFree);
		},
	};

	const skip: Verb = {
		name: 'skip',
		side: 'table',
		station: 'transcript',
		parameters: [],
		cost: [0, 0],
		does: 'ends the turn for everybody: what was ordered runs, and the next turn begins',
		needs: 'a turn under way that is not paused',
		raises: ['phase.next'],
		settles: true,
		check: endOfAttack.check,
		run(deciding, move) {
			if (deciding.is('exercise', '', 'turn.attack')) endOfAttack.run(deciding, move);
			endOfTurn.run(deciding, move);
		},
	};

	const begin: Verb = {
		name: 'begin',
		side: 'table',
		station: 'shares',
		parameters: [],
		cost: [0, 0],
		does: 'ends the briefing: the parties make the key, and turn 1 begins',
		needs: 'a briefing',
		raises: ['exercise.begin', 'keygen.started', 'keygen.round.closed', 'keygen.completed', 'keygen.aborted', 'share.received'],
		settles: true,
		check(deciding) {
			deciding.need('exercise', '', {type: 'exercise.begin'}, 'the exercise has begun already');
		},
		run(deciding) {
			// What the deal makes true of turn 0 was true while the key was made.
			runDeal(deciding, runFree, 'keygen');
			runKeygen(deciding);
			runDeal(deciding, runFree, 'key');
			deciding.step('exercise', '', {type: 'exercise.begin'}, 'the exercise has begun already', 'public');
			beginTurn(deciding, runFree);
		},
	};

	const hint: Verb = {
		...begin,
		name: askHint,
		settles: false,
		station: 'transcript',
		parameters: [{name: 'side', kind: 'name', about: 'operators or attackers: who was shown a suggestion'}],
		does: 'puts on record that the program suggested a move',
		needs: 'a turn under way',
		raises: [],
		check(deciding, {args}) {
			if (args.side !== 'operators' && args.side !== 'attackers') throw new Refusal('say side=operators or side=attackers');
			deciding.need('exercise', '', {type: 'exercise.stop'}, 'no turn is under way');
		},
		// decide emits the event: nothing is changed by it, and the move before it can still be taken back.
		run() {},
	};

	const pause: Verb = {
		...begin,
		name: 'pause',
		station: 'transcript',
		does: 'pauses the exercise: nobody moves until it is resumed, and no clock runs',
		needs: 'a turn under way',
		raises: ['exercise.pause'],
		check(deciding) {
			const isPaused = deciding.is('exercise', '', 'paused');
			deciding.need('exercise', '', {type: 'exercise.pause'}, isPaused ? 'the exercise is paused already' : 'no turn is under way');
		},
		run(deciding) {
			deciding.step('exercise', '', {type: 'exercise.pause'}, 'no turn is under way', 'public');
		},
	};

	const resume: Verb = {
		...begin,
		name: 'resume',
		station: 'transcript',
		does: 'goes on after a pause, in the phase in which it began',
		needs: 'a pause',
		raises: ['exercise.resume'],
		check(deciding) {
			deciding.need('exercise', '', {type: 'exercise.resume'}, 'the exercise is not paused');
		},
		run(deciding) {
			deciding.step('exercise', '', {type: 'exercise.resume'}, 'the exercise is not paused', 'public');
		},
	};

	const stop: Verb = {
		...begin,
		name: 'stop',
		station: 'transcript',
		does: 'ends the exercise early; what is not due yet is not reached, never missed',
		needs: 'a turn under way',
		raises: ['exercise.stop'],
		check(deciding) {
			deciding.need('exercise', '', {type: 'exercise.stop'}, 'no turn is under way');
		},
		run(deciding) {
			deciding.step('exercise', '', {type: 'exercise.stop'}, 'no turn is under way', 'public');
			deciding.emit('public', {type: 'stopped'});
			endEarly(deciding);
		},
	};

	const close: Verb = {
		...begin,
		name: 'close',
		// Nothing can follow the closing entry, not even the event that settles a move.
		settles: false,
		station: 'transcript',
		does: 'closes the journal after the hot wash',
		needs: 'a hot wash',
		parameters: [{name: 'signed', kind: 'name', optional: true, about: 'yes: the line of a notary follows, and has to'}],
		raises: ['exercise.close'],
		check(deciding, {args}) {
			if (args.signed !== undefined && args.signed !== 'yes') throw new Refusal(`signed=${args.signed} says nothing; expected signed=yes`);
			deciding.need('exercise', '', {type: 'exercise.close'}, 'the journal is closed after the hot wash');
		},
		run(deciding, {args}) {
			deciding.step('exercise', '', {type: 'exercise.close'}, 'there is no hot wash', 'public');
			const {outcome, reason, scores} = deciding.state.end!;
			deciding.emit('public', {
				type: 'closed',
				outcome,
				reason,
				turns: deciding.state.turn,
				scores: Object.fromEntries(scores.map(({station, score}) => [station, score])) as Record<
					(typeof scores)[number]['station'],
					number
				>,
				...(args.signed === undefined ? {} : {signed: true}),
			});
		},
	};

	return [
		note('operators'),
		note('attackers'),
		takeback('operators'),
		takeback('attackers'),
		endOfAttack,
		endOfTurn,
		skip,
		begin,
		hint,
		pause,
		resume,
		stop,
		close,
	];
}

/** Whether the last move is this side's and can be taken back: it is of this phase, and nothing hidden was shown since. */
export function canTakeBack({before, made}: GameState, side: Side): boolean {
	return before !== undefined && made[side].length > before.made[side].length;
}

function endEarly(deciding: Deciding): void {
	deciding.emit('keeper', {type: 'evidence-written', lines: deciding.state.acts.filter(act => act.logged >= act.level)});
	deciding.emit('public', {type: 'ended', end: scoreGame(deciding.game, deciding.state)});
}
