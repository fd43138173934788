/**
 * Attacks: what attackers compute from bytes they hold, one file a family. This folder imports `source/sharing` and the rest of `source/ceremony`.
 * Nothing in it decides whether an attack works: an equation holds, or a message passes an honest side's checks, or it does not.
 */
import {pointHex} from '../../sharing/scalars.js';
import type {Point} from '../../sharing/suite.js';
import type {Check} from '../api.js';

/** What an attack gives: what it needed, its equations, and the bytes that it won. The attack worked exactly if every equation holds. */
export interface Attack<Result> {
	readonly needs: string;
	readonly checks: readonly Check[];
	readonly result: Result;
}

export function worked({checks}: Attack<unknown>): boolean {
	return checks.length > 0 && checks.every(({holds}) => holds);
}

/** An equation between points as attackers check it. */
export function pointCheck(name: string, equation: string, left: Point, right: Point): Check {
	return {name, about: 'attackers', equation, holds: left.equals(right), left: pointHex(left), right: pointHex(right)};
}

/** An equation between texts. */
export function textCheck(name: string, equation: string, left: string, right: string): Check {
	return {name, about: 'attackers', equation, holds: left === right, left, right};
}
