import fc from 'fast-check';
import {describe, expect, it, test} from 'vitest';
import {signatureOf} from '../../source/ceremony/index.js';
import {suiteOf} from '../../source/sharing/suites.js';
import {makeTable, runKeygen, runSigning, sharesOf} from '../ceremony/table.js';

const suite = suiteOf('glass');
const {scalars} = suite;
const scalar = fc.bigInt({min: 1n, max: scalars.ORDER - 1n});

describe('glass', () => {
	test('is a field and a group over it', () => {
		fc.assert(
			fc.property(scalar, scalar, scalar, (a, b, c) => {
				expect(scalars.mul(a, scalars.inv(a))).toBe(1n);
				expect(scalars.add(scalars.sub(a, b), b)).toBe(a);
				expect(scalars.mul(a, scalars.add(b, c))).toBe(scalars.add(scalars.mul(a, b), scalars.mul(a, c)));
				expect(scalars.fromBytes(scalars.toBytes(a))).toBe(a);
				const [A, B] = [suite.base.multiply(a), suite.base.multiply(b)];
				expect(A.add(B).equals(suite.base.multiplyUnsafe(scalars.add(a, b)))).toBe(true);
				expect(suite.decode(A.toBytes()).equals(A)).toBe(true);
				expect(suite.recall(suite.remember(A)).equals(A)).toBe(true);
				expect(A.subtract(A).is0()).toBe(true);
			}),
		);
	});

	it('refuses what the real groups refuse', () => {
		expect(() => suite.base.multiply(0n)).toThrow();
		expect(() => suite.decode(suite.zero.toBytes())).toThrow('identity');
		expect(() => suite.decode(new Uint8Array(12).fill(255))).toThrow();
		expect(() => suite.decode(new Uint8Array(13))).toThrow('expected 12 bytes');
		expect(() => scalars.inv(0n)).toThrow('zero');
	});

	test('a joint output verifies by plain arithmetic, and nothing near it does', () => {
		const table = makeTable('glass', 2, 3);
		const shares = sharesOf(runKeygen(table));
		const run = runSigning(table, {shares, signers: ['ada', 'chi'], message: 'c0ffee'});
		expect(run.status).toBe('done');
		const signature = signatureOf(run.sides.hub?.memory ?? '');
		const key = shares[0]?.publicKey ?? '';
		const verify = (k: string, m: string, s: string) =>
			suite.verify(...([k, m, s].map(hex => Buffer.from(hex, 'hex')) as [Buffer, Buffer, Buffer]));
		expect(verify(key, 'c0ffee', signature)).toBe(true);
		expect(verify(key, 'c0ffef', signature)).toBe(false);
		for (let k = 0; k < signature.length; k += 2) {
			const other =
				signature.slice(0, k) + (Number.parseInt(signature.slice(k, k + 2), 16) ^ 1).toString(16).padStart(2, '0') + signature.slice(k + 2);
			expect(verify(key, 'c0ffee', other)).toBe(false);
		}
		expect(verify('00'.repeat(12), 'c0ffee', signature)).toBe(false);
	});
});
