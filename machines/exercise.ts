// The course of a tabletop exercise: briefing, turns of five phases, hot wash, closed.
// Reference: NIST SP 800-84 section 4 (tabletop exercises).
import {setup} from 'xstate';
import {type ExerciseEvent, isTrue} from './events.js';

export const exercise = setup({
	types: {events: {} as ExerciseEvent},
	guards: {
		isOver: ({event}) => isTrue(event, 'isOver'),
		isAffordable: ({event}) => isTrue(event, 'isAffordable'),
	},
}).createMachine({
	id: 'exercise',
	initial: 'briefing',
	states: {
		briefing: {on: {'exercise.begin': 'turn'}},
		turn: {
			initial: 'inject',
			on: {'exercise.stop': 'hotWash'},
			states: {
				inject: {on: {'phase.next': 'attack', 'exercise.pause': '#exercise.paused.inject'}},
				attack: {
					on: {
						'move.attackers': {target: 'attack', guard: 'isAffordable'},
						'note.add': 'attack',
						'phase.next': 'respond',
						'exercise.pause': '#exercise.paused.attack',
					},
				},
				respond: {
					on: {
						'move.operators': {target: 'respond', guard: 'isAffordable'},
						'note.add': 'respond',
						'phase.next': 'resolve',
						'exercise.pause': '#exercise.paused.respond',
					},
				},
				resolve: {on: {'phase.next': 'account', 'exercise.pause': '#exercise.paused.resolve'}},
				account: {
					on: {
						'phase.next': [{target: '#exercise.hotWash', guard: 'isOver'}, {target: 'inject'}],
						'exercise.pause': '#exercise.paused.account',
					},
				},
			},
		},
		// The phase is kept as a state and not in a history node: a state value is all that is stepped, and history is not in it.
		paused: {
			initial: 'inject',
			on: {'exercise.stop': 'hotWash'},
			states: {
				inject: {on: {'exercise.resume': '#exercise.turn.inject'}},
				attack: {on: {'exercise.resume': '#exercise.turn.attack'}},
				respond: {on: {'exercise.resume': '#exercise.turn.respond'}},
				resolve: {on: {'exercise.resume': '#exercise.turn.resolve'}},
				account: {on: {'exercise.resume': '#exercise.turn.account'}},
			},
		},
		hotWash: {on: {'note.add': 'hotWash', 'exercise.close': 'closed'}},
		closed: {type: 'final'},
	},
});
