import {createHmac} from 'node:crypto';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {hmac, macKeyOf} from '../../source/engine/hmac.js';

test('a prepared key gives the HMAC-SHA256 of node:crypto, for keys and messages of any length', () => {
	fc.assert(
		fc.property(fc.uint8Array({maxLength: 100}), fc.string({unit: 'grapheme', maxLength: 60}), (key, text) => {
			const prepared = macKeyOf(key);
			const expected = createHmac('sha256', key).update(text, 'utf8').digest('hex');
			// Twice: the first may leave nothing behind in the key.
			expect([hmac(prepared, text), hmac(prepared, Buffer.from(text))]).toEqual([expected, expected]);
		}),
	);
});
