import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {worked} from '../../../source/ceremony/attacks/attack.js';
import {extractShare, type NonceUse, nonceUseOf, repeatedNonces} from '../../../source/ceremony/attacks/nonces.js';
import {type Draw, keyPublicOf, runCeremony, sideOf, startCoordinating, startSigning} from '../../../source/ceremony/index.js';
import {drawFrom, HUB, makeTable, runKeygen, sharesOf, type Table} from '../table.js';

/**
 * ben's machine runs once up to its nonces and is copied; every copy then answers another request. The others sign honestly, with chance of their own.
 * Gives what somebody on the line sees.
 */
function snapshots(table: Table, messages: readonly string[], bens: Draw = table.draw('ben')): NonceUse[] {
	const shares = sharesOf(runKeygen(table));
	const [ada, ben] = shares;
	if (ada === undefined || ben === undefined) throw new Error('no shares');
	const key = keyPublicOf(ada);
	const session = table.session('sign-1');
	const signing = (me: string, keyShare: typeof ada) => startSigning({session, me, identity: table.identity(me), keyShare});
	const snapshot = sideOf('signing').open(signing('ben', ben), bens);
	return messages.map((message, k) => {
		const hub = startCoordinating({session, identity: table.identity(HUB), key, signers: ['ada', 'ben'], message});
		const sides = {
			ada: {kind: 'signing' as const, memory: signing('ada', ada)},
			[HUB]: {kind: 'coordinating' as const, memory: hub},
		};
		const others = runCeremony({
			sides,
			draw: id => drawFrom(`${k}/${id}`),
			inFlight: snapshot.send,
			closeRounds: false,
		});
		const request = others.transits.find(({to, round}) => to === 'ben' && round === 2)?.wire ?? '';
		const answer = sideOf('signing').receive(snapshot.memory, request, bens).send[0]?.wire ?? '';
		const use = nonceUseOf({key, index: 2, request, answer});
		if (use === undefined) throw new Error('ben did not sign');
		return use;
	});
}

describe.each(['ed25519', 'secp256k1', 'glass'] as const)('a machine that is restored from a snapshot, on %s', suite => {
	const table = makeTable(suite, 2, 3);
	const [first] = sharesOf(runKeygen(table));
	const key = keyPublicOf(first as NonNullable<typeof first>);
	const share = sharesOf(runKeygen(table))[1]?.share;

	test('gives its share away with the third use of a nonce pair, and not with the second', () => {
		const uses = snapshots(table, ['aa', 'bb', 'cc']);
		expect(repeatedNonces(uses)).toEqual([uses]);
		for (const n of [1, 2]) {
			const few = extractShare({key, uses: uses.slice(0, n)});
			expect(worked(few)).toBe(false);
			expect(few.result.share).toBeUndefined();
			expect(few.result.free).toBe(3 - n);
			expect(new Set([0n, 1n, 2n].map(k => few.result.candidate(k))).size).toBe(3);
		}
		const three = extractShare({key, uses});
		expect(worked(three)).toBe(true);
		expect(three.result.share).toBe(share);
	});

	test('with a stuck generator gives it away with the second', () => {
		const stuck: Draw = () => drawFrom('stuck')('always');
		const uses = snapshots(table, ['aa', 'bb'], stuck);
		expect(uses[0]?.hiding).toBe(uses[0]?.binding);
		expect(extractShare({key, uses}).result.share).toBe(share);
		expect(extractShare({key, uses: uses.slice(0, 1)}).result.share).toBeUndefined();
	});

	test('answers of different nonces, or the same answer again, give nothing', () => {
		const apart = ['aa', 'bb', 'cc'].map((message, k) => snapshots(table, [message], drawFrom(`fresh ${k}`))[0] as NonceUse);
		expect(repeatedNonces(apart)).toEqual([]);
		expect(worked(extractShare({key, uses: apart}))).toBe(false);
		const [one] = snapshots(table, ['aa']);
		expect(extractShare({key, uses: [one, one, one] as NonceUse[]}).result.free).toBe(2);
	});
});

test.each([
	['glass', 200],
	['ed25519', 10],
	['secp256k1', 10],
] as const)('one or two uses never extract a share, three always do, on %s', (suite, numRuns) => {
	fc.assert(
		fc.property(fc.string(), fc.uniqueArray(fc.integer({min: 16, max: 255}), {minLength: 3, maxLength: 3}), (seed, bytes) => {
			const table = makeTable(suite, 2, 2, seed);
			const shares = sharesOf(runKeygen(table));
			const key = keyPublicOf(shares[0] as NonNullable<(typeof shares)[0]>);
			const uses = snapshots(
				table,
				bytes.map(byte => byte.toString(16)),
			);
			expect([1, 2, 3].map(n => extractShare({key, uses: uses.slice(0, n)}).result.share)).toEqual([
				undefined,
				undefined,
				shares[1]?.share,
			]);
		}),
		{numRuns},
	);
});
