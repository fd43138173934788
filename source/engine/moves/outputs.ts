/** Verbs on joint outputs between release and finality: hold, release, announce. */
import {type Deciding, keptFrom, Refusal} from '../deciding.js';
import {decodePayload, digestOf} from '../payload.js';
import type {OutputState} from '../state.js';
import type {Parameter, Verb} from '../verb.js';

/** An output by its id or by its request. */
function outputOf(deciding: Deciding, name: string): OutputState {
	const {outputs} = deciding.state;
	const output = outputs.find(({id}) => id === name) ?? outputs.findLast(({request}) => request === name && request !== '');
	if (!output)
		throw new Refusal(
			`there is no output "${name}"; ${outputs.length > 0 ? `expected one of ${outputs.map(({id}) => id).join(', ')}` : 'none was made yet'}`,
		);
	return output;
}

const outputParameter: Parameter = {name: 'output', kind: 'output', about: 'a joint output'};

const hold: Verb = {
	name: 'hold',
	side: 'operators',
	station: 'output',
	object: outputParameter,
	parameters: [],
	cost: [1, 1],
	does: 'keeps a released output back before it is final',
	needs: 'an output that is released and not final',
	evidence: {kind: 'hold', station: 'output', level: 1, loud: false},
	raises: ['output.held'],
	mayAllow: (deciding, output) => outputOf(deciding, output).state === 'released',
	check(deciding, {object = ''}) {
		const {request, state, id} = outputOf(deciding, object);
		if (state !== 'released') throw new Refusal(`${id} is ${state}; only a released output can be held`);
		deciding.need('request', request, {type: 'output.held'}, `${id} can't be held`);
	},
	run(deciding, {object = ''}) {
		const {request, id} = outputOf(deciding, object);
		deciding.step('request', request, {type: 'output.held'}, `${id} can't be held`, 'operators');
		deciding.emit('operators', {type: 'output-changed', id, set: {state: 'held', heldSince: deciding.state.turn, heldUntil: 0}});
		deciding.act('output', 'hold', {level: 1, loud: false}, `${id} was held`);
	},
};

const release: Verb = {
	name: 'release',
	side: 'operators',
	station: 'output',
	object: outputParameter,
	parameters: [],
	cost: [0, 1],
	price: deciding => (deciding.control('independent-verification') ? 1 : 0),
	does: 'lets a held output leave; with independent verification its bytes are compared first',
	needs: 'a held output',
	evidence: {kind: 'release', station: 'output', level: 1, loud: false},
	raises: ['output.released'],
	mayAllow: (deciding, output) => outputOf(deciding, output).state === 'held',
	settles: true,
	check(deciding, {object = ''}) {
		const {request, id, state, heldUntil} = outputOf(deciding, object);
		if (heldUntil > 0) throw new Refusal(`the timelock of ${id} runs until turn ${heldUntil} ends`);
		if (state !== 'held') throw new Refusal(`${id} is ${state}; only a held output can be released`);
		deciding.need('request', request, {type: 'output.released'}, `${id} can't be released`);
	},
	run(deciding, {object = ''}) {
		const output = outputOf(deciding, object);
		const {id} = output;
		if (deciding.control('independent-verification')) {
			const left = digestOf(output.message);
			const right = digestOf(deciding.request(output.request).displayed);
			const holds = left === right;
			deciding.emit('operators', {type: 'output-changed', id, set: {verified: holds}});
			const {amount, to} = decodePayload(output.message);
			deciding.tell(
				'operators',
				'result',
				'verification',
				holds
					? `${id}: the signed bytes are the displayed ones.`
					: `${id} stays held: its bytes say "${amount} to ${to}", which is not what was displayed.`,
				{name: 'verification', about: id, holds, equation: 'H(signed) = H(displayed)', left, right},
			);
			if (!holds) return;
		}
		releaseOutput(deciding, output);
	},
};

/** A held output leaves: by a move, or by itself when its timelock ends. */
export function releaseOutput(deciding: Deciding, output: OutputState): void {
	deciding.step('request', output.request, {type: 'output.released'}, `${output.id} can't be released`, 'operators');
	deciding.emit('operators', {type: 'output-changed', id: output.id, set: {state: 'released', heldUntil: 0}});
	deciding.act('output', 'release', {level: 1, loud: false}, `${output.id} was released`, {
		what: `${output.id} leaves`,
		about: output.id,
		facts: [...keptFrom(1, {output: output.id}), ...keptFrom(2, {'payload hash': digestOf(output.message)})],
	});
}

const announce: Verb = {
	name: 'announce',
	side: 'operators',
	station: 'output',
	object: outputParameter,
	parameters: [{name: 'to', kind: 'name', about: 'who is told: the requester, the bank, the receiver'}],
	cost: [1, 1],
	does: 'tells somebody outside not to honour an output: recalls it before it is final, contains it after',
	needs: 'an output that was not announced yet',
	evidence: {kind: 'announcement', station: 'output', level: 1, loud: false},
	raises: ['output.announced'],
	mayAllow: (deciding, output) => outputOf(deciding, output).announcedAt === 0,
	settles: true,
	check(deciding, {object = ''}) {
		const {id, announcedAt, request, state} = outputOf(deciding, object);
		if (announcedAt > 0) throw new Refusal(`${id} was announced in turn ${announcedAt}`);
		if (state === 'recalled') throw new Refusal(`${id} was discarded by the policy; it never left`);
		if (request !== '') deciding.need('request', request, {type: 'output.announced'}, `${id} can't be announced`);
	},
	run(deciding, {object = '', args}) {
		const {id, request, state} = outputOf(deciding, object);
		if (request !== '') deciding.step('request', request, {type: 'output.announced'}, `${id} can't be announced`, 'operators');
		deciding.emit('operators', {
			type: 'output-changed',
			id,
			set: {announcedAt: deciding.state.turn, ...(state === 'final' ? {} : {state: 'recalled' as const})},
		});
		deciding.act('output', 'announcement', {level: 1, loud: false}, `${args.to} was told not to honour ${id}`);
	},
};

export const outputVerbs: readonly Verb[] = [hold, release, announce];
