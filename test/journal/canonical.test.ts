import canonicalize from 'canonicalize';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {canonicalBytes, canonicalText, firstDifference} from '../../source/journal/canonical.js';
import {JournalError} from '../../source/journal/journal-error.js';

describe('canonical JSON', () => {
	test('the example of RFC 8785, section 3.2.2', () => {
		const value = JSON.parse(`{
			"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
			"string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
			"literals": [null, true, false]
		}`);
		expect(canonicalBytes(value).toString('hex')).toBe(
			Buffer.from(
				'{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
				'utf8',
			).toString('hex'),
		);
	});

	test('keys are sorted by UTF-16 units (RFC 8785, section 3.2.3)', () => {
		const value = {'\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7};
		expect(canonicalText(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\u{1f600}":5,"\ufb33":3}');
	});

	test('what is written is what JCS of another hand writes; read back and written again it has the same bytes', () => {
		fc.assert(
			fc.property(fc.jsonValue({stringUnit: 'binary'}), value => {
				const text = canonicalText(value);
				expect(text).toBe(canonicalize(value));
				expect(canonicalText(JSON.parse(text))).toBe(text);
				expect(firstDifference(JSON.parse(text), JSON.parse(JSON.stringify(value)))).toBeNull();
			}),
		);
	});

	test.each([
		['undefined', {a: undefined}, 'payload.a is undefined'],
		['a hole in a list', {a: [1, undefined]}, 'payload.a[1] is undefined'],
		['NaN', {a: {b: Number.NaN}}, 'payload.a.b is NaN'],
		['infinity', {a: -Infinity}, 'payload.a is -Infinity'],
		['a big integer', {a: 1n}, 'payload.a is a bigint'],
		['a function', {toJSON: () => 1}, 'payload.toJSON is a function'],
		['bytes', {a: new Uint8Array(1)}, 'payload.a is an instance of a class'],
		['a date', {a: new Date(0)}, 'payload.a is an instance of a class'],
		['a map', {a: new Map()}, 'payload.a is an instance of a class'],
		['half a pair', {a: '\ud83d'}, 'payload.a is text with half of a surrogate pair'],
		['half a pair in a key', {'\ud83d': 1}, 'payload is an object with half of a surrogate pair in a key'],
		['a symbol as a key', {[Symbol('x')]: 1}, 'payload is an object with a symbol as a key'],
		['nothing at all', undefined, 'payload is undefined'],
	])('%s is refused by name', (_, value, message) => {
		expect(() => canonicalText(value)).toThrow(JournalError);
		expect(() => canonicalText(value)).toThrow(message);
	});

	test('a circle and endless nesting are refused and do not exhaust the stack', () => {
		const circle: Record<string, unknown> = {};
		circle.again = circle;
		expect(() => canonicalText(circle)).toThrow('nested more than 200 levels deep');
		expect(() => canonicalText(JSON.parse('['.repeat(50_000) + ']'.repeat(50_000)))).toThrow('nested more than 200 levels deep');
	});
});

test('the first difference is named by its path', () => {
	expect(firstDifference({a: [1, {b: 2}]}, {a: [1, {b: 3}]})).toEqual({path: 'payload.a[1].b', left: 2, right: 3});
	expect(firstDifference({b: 1}, {a: 1, b: 1})).toEqual({path: 'payload.a', left: undefined, right: 1});
	expect(firstDifference({a: [1]}, {a: [1, 2]})).toEqual({path: 'payload.a[1]', left: undefined, right: 2});
	expect(firstDifference({'odd key': []}, {'odd key': {}})?.path).toBe('payload["odd key"]');
	expect(firstDifference(JSON.parse('{"__proto__": 1}'), {})?.left).toBe(1);
	expect(firstDifference({a: null}, {a: null})).toBeNull();
});
