import fc from 'fast-check';
import {describe, expect, it, test} from 'vitest';
import {type Anchor, anchorOf, append, checkAnchors, checkChain, type Log} from '../../../source/ceremony/anchored-log.js';
import {worked} from '../../../source/ceremony/attacks/attack.js';
import {plantEntry, trimEntry} from '../../../source/ceremony/attacks/log.js';

const whats = ['allow payroll', 'deny vendor', 'allow tax', 'deny refund'];
const logOf = (chained: boolean): Log => whats.reduce<Log>((log, what) => append(log, what, {chained}), []);

describe.each([false, true])('a log (chained: %s)', chained => {
	const log = logOf(chained);
	const anchors: Anchor[] = [anchorOf(log.slice(0, 2)), anchorOf(log)];

	it('is sound as it was written, and under its anchors', () => {
		expect([...checkChain(log, {chained}), ...checkAnchors(log, anchors)].every(({holds}) => holds)).toBe(true);
	});

	test('that was trimmed or planted in looks sound by itself, and never under an anchor over the place', () => {
		fc.assert(
			fc.property(fc.integer({min: 1, max: 4}), seq => {
				const trim = (known: readonly Anchor[]) => trimEntry({log, chained, anchors: known, seq});
				const plant = (known: readonly Anchor[]) => plantEntry({log, chained, anchors: known, before: seq, what: 'allow vendor'});
				for (const attack of [trim, plant]) {
					expect(worked(attack([]))).toBe(true);
					expect(worked(attack(anchors))).toBe(false);
					// An anchor before the place says nothing about it.
					expect(worked(attack([anchorOf(log.slice(0, seq - 1))]))).toBe(true);
				}
				expect(trim([]).result).toHaveLength(3);
				expect(plant([]).result[seq - 1]?.what).toBe('allow vendor');
			}),
		);
	});
});

test('a clumsy change is seen in a chain and not in a plain log', () => {
	const clumsy = (chained: boolean) => logOf(chained).map((entry, k) => (k === 1 ? {...entry, what: 'allow vendor'} : entry));
	expect(checkChain(clumsy(false), {chained: false}).every(({holds}) => holds)).toBe(true);
	expect(checkChain(clumsy(true), {chained: true}).at(-1)).toMatchObject({holds: false, equation: 'entry 3 holds H(entry 2)'});
	expect(checkChain(logOf(false).slice(1), {chained: false}).at(-1)?.holds).toBe(false);
});
