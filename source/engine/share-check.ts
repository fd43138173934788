/** The check that an inspection makes: does the stored share lie on the committed polynomial? Feldman 1987: s_i*G = Y_i. */
import type {Check, KeyShare} from '../ceremony/api.js';
import {baseTimes, pointHex, scalarFromHex} from '../sharing/scalars.js';
import {suiteOf} from '../sharing/suites.js';

export function checkShare(keyShare: KeyShare, about: string): Check {
	const suite = suiteOf(keyShare.suite);
	const left = pointHex(baseTimes(suite, scalarFromHex(suite, keyShare.share)));
	const right = keyShare.verifyingShares[keyShare.index] ?? '';
	return {name: 'share', about, holds: left === right, equation: `s${keyShare.index}*G = Y${keyShare.index}`, left, right};
}
