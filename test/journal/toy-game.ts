// A counter whose moves add numbers: the smallest game that a journal can record, re-execute and sign.
import {createPrivateKey, createPublicKey, type KeyObject, sign, verify} from 'node:crypto';
import {extend, FORMAT, type OpenedPayload, type Payload, startChain} from '../../source/journal/chain.js';

export const SEED = 'a seed of the toy game';

export type ToyPayload = Payload & {readonly [member: string]: unknown};

const KEY: KeyObject = createPrivateKey({
	key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 7)]),
	format: 'der',
	type: 'pkcs8',
});

export function opening(seed = SEED): ToyPayload[] {
	return [
		{audience: 'public', type: 'opened', format: FORMAT, rules: 1, game: 'counter', roster: ['ada', 'ben']},
		{audience: 'keeper', type: 'seed', seed, scenario: 'title: Zähler\nstart: 0\n'},
	];
}

/** A move with what follows from it: the new total, and a signed output at every multiple of ten. */
export function consequences(total: number, move: ToyPayload): {total: number; payloads: ToyPayload[]} {
	if (!Number.isInteger(move.add)) throw new Error('A move adds a whole number.');
	const next = total + Number(move.add);
	const payloads: ToyPayload[] = [move, {audience: next % 2 ? 'ben' : 'public', type: 'total', total: next, note: `after "${move.by}"`}];
	if (next % 10 === 0) {
		const message = Buffer.from(`total ${next}`);
		const signature = sign(null, message, KEY).toString('hex');
		payloads.push({audience: 'public', type: 'output', message: message.toString('hex'), signature});
	}
	return {total: next, payloads};
}

export function add(amount: number, by = 'ada'): ToyPayload {
	return {audience: 'operators', type: 'move', add: amount, by};
}

export function* reexecute(payloads: readonly OpenedPayload[]): Generator<ToyPayload> {
	let total = 0;
	for (const [index, payload] of payloads.entries()) {
		if (index < 2) yield payload;
		else if (payload.type === 'move') {
			const step = consequences(total, payload);
			total = step.total;
			yield* step.payloads;
		} else if (payload.type === 'closed') yield {audience: 'public', type: 'closed', total};
	}
}

export function verifyToyOutput(payload: OpenedPayload): {valid: boolean; field: string} | null {
	if (payload.type !== 'output') return null;
	const message = Buffer.from(String(payload.message), 'hex');
	const valid = verify(null, message, createPublicKey(KEY), Buffer.from(String(payload.signature), 'hex'));
	return {valid, field: 'payload.signature'};
}

/** All payloads of a game with these moves. */
export function toyPayloads(moves: readonly number[], isClosed = true): ToyPayload[] {
	const payloads = opening();
	let total = 0;
	for (const amount of moves) {
		const step = consequences(total, add(amount));
		total = step.total;
		payloads.push(...step.payloads);
	}
	if (isClosed) payloads.push({audience: 'public', type: 'closed', total});
	return payloads;
}

export function journalOf(payloads: readonly ToyPayload[], seed = SEED): Buffer {
	return Buffer.from(extend(startChain(seed), payloads).lines.join(''), 'utf8');
}

export function toyJournal(moves: readonly number[] = [3, 7, 4, 16], isClosed = true): Buffer {
	return journalOf(toyPayloads(moves, isClosed));
}
