import canonicalize from 'canonicalize';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {canonical} from '../../source/ceremony/canonical.js';
import {admit, EVERYONE, parseEnvelope, readBodyWith, writeEnvelope} from '../../source/ceremony/envelope.js';
import type {Check} from '../../source/ceremony/index.js';
import {rewriteEnvelope} from '../../source/ceremony/index.js';
import {isSealed, messageKey} from '../../source/ceremony/seal.js';
import {makeTable} from './table.js';

const table = makeTable('ed25519', 2, 3);
const session = table.session('run-1');
const letter = {round: 3, from: 'ada', to: 'ben', body: {value: 'secret words'}, secret: true};
const wire = writeEnvelope(session, table.identity('ada'), letter);
const side = (me: string, checks = {}) => ({session, me, identity: table.identity(me), checks});

function open(me: string, bytes: string, checks = {}): [unknown, Check | undefined] {
	const made: Check[] = [];
	return [admit(side(me, checks), bytes, made)?.body, made.at(-1)];
}

describe('an envelope', () => {
	it('is canonical text, and opens for its receiver only', () => {
		expect(canonical(JSON.parse(wire))).toBe(wire);
		expect(wire).not.toContain('secret words');
		expect(open('ben', wire)[0]).toEqual({value: 'secret words'});
		expect(open('chi', wire)[1]).toMatchObject({name: 'context', holds: false});
		expect(open('chi', wire, {context: false})).toEqual([undefined, expect.objectContaining({name: 'seal', holds: false})]);
	});

	it('travels in plain text where transport is not sealed', () => {
		const plain = table.session('run-1', false);
		expect(writeEnvelope(plain, table.identity('ada'), letter)).toContain('secret words');
	});

	it('is refused with other bytes, from another run, epoch or sender, and back to its sender', () => {
		const from = (other: Partial<typeof session>, as = 'ada') =>
			writeEnvelope({...session, ...other}, table.identity(as), {...letter, to: EVERYONE, secret: false});
		const refused = (bytes: string, me = 'ben') => open(me, bytes)[1];
		expect(refused(from({id: 'run-0'}))).toMatchObject({name: 'context', about: 'ada'});
		expect(refused(from({epoch: 2}))).toMatchObject({name: 'context', holds: false});
		expect(refused(from({}, 'chi'))).toMatchObject({name: 'authentication', about: 'ada', holds: false});
		expect(refused(from({}), 'ada')).toMatchObject({name: 'context', holds: false});
		for (const bytes of [
			'',
			'null',
			'{}',
			'[1]',
			`${wire} `,
			wire.replace('"round":3', '"round":"3"'),
			wire.replace('"from":"ada"', '"from":"eve"'),
		]) {
			expect(refused(bytes)).toMatchObject({name: 'envelope', holds: false});
		}
		expect(open('ben', from({}))[0]).toEqual(letter.body);
	});

	it('can be rewritten by its sender, and by nobody else', () => {
		const changeBody = () => ({value: 'other words'});
		const rewritten = rewriteEnvelope({session, identity: table.identity('ada'), wire, changeBody});
		expect(open('ben', rewritten)[0]).toEqual({value: 'other words'});
		expect(() => rewriteEnvelope({session, identity: table.identity('chi'), wire, changeBody})).toThrow('ada did not seal this body');
	});

	it('has a seal that one published key opens, and no other', () => {
		const envelope = parseEnvelope(wire);
		if (envelope === undefined || !isSealed(envelope.body)) throw new Error('expected a sealed body');
		const [ada, ben] = session.members;
		if (ada === undefined || ben === undefined) throw new Error('no members');
		const key = messageKey(table.identity('ben'), ada, envelope, envelope.body);
		expect(key).toBe(messageKey(table.identity('ada'), ben, envelope, envelope.body));
		expect(readBodyWith(envelope, key)).toEqual({value: 'secret words'});
		expect(readBodyWith(envelope, key.replace(/^../, '00'))).toBeUndefined();
		expect(readBodyWith({...envelope, to: 'chi'}, key)).toBeUndefined();
		// The hash in the signed envelope decides which key it is, not the cipher, whose tags can be made to fit two keys.
		expect(readBodyWith({...envelope, body: {...envelope.body, keyHash: '00'.repeat(32)}}, key)).toBeUndefined();
	});
});

it('canonical text is what the reference implementation writes, for any JSON', () => {
	fc.assert(
		fc.property(fc.jsonValue(), value => {
			expect(canonical(value)).toBe(canonicalize(value));
		}),
	);
	expect(canonical({10: 1, 9: 2, b: {z: 1, a: [{d: 1, c: 2}]}})).toBe('{"10":1,"9":2,"b":{"a":[{"c":2,"d":1}],"z":1}}');
});
