/** The commitment list as it travels, and the check of a point that came from outside. */
import {pointHex} from '../sharing/scalars.js';
import type {Hex, Point, Suite} from '../sharing/suite.js';
import type {Check, Session} from './api.js';
import {asHex} from './side.js';

/** One signer's D and E as text. */
export interface ListEntry {
	readonly index: number;
	readonly hiding: Hex;
	readonly binding: Hex;
}

/** The list in a coordinator's message, or undefined where it is none: entries of distinct members of the session, in the order of their indexes. */
export function parseList(value: unknown, session: Session): readonly ListEntry[] | undefined {
	if (!Array.isArray(value)) return undefined;
	const entries: ListEntry[] = [];
	for (const item of value) {
		if (typeof item !== 'object' || item === null) return undefined;
		const {index, hiding, binding} = item as Record<string, unknown>;
		const D = asHex(hiding);
		const E = asHex(binding);
		if (D === undefined || E === undefined || !session.members.some(member => member.index === index)) return undefined;
		if ((entries.at(-1)?.index ?? 0) >= Number(index)) return undefined;
		entries.push({index: Number(index), hiding: D, binding: E});
	}
	return entries;
}

/**
 * A point from outside: a canonical element, not the identity, and with `subgroup` a multiple of the base point. Checks that fail are recorded,
 * and so is every subgroup check of a group with a cofactor.
 */
export function checkElement(
	suite: Suite,
	text: Hex,
	{name, about, subgroup}: {name: string; about: string; subgroup: boolean},
	made: Check[],
): Point | undefined {
	let point: Point;
	try {
		point = suite.decode(Buffer.from(text, 'hex'));
	} catch {
		made.push({name: 'encoding', about, holds: false, equation: `${name} is an element of the group`, left: text, right: ''});
		return undefined;
	}
	if (!subgroup) return point;
	const check = checkSubgroup(suite, point, name, about);
	made.push(check);
	return check.holds ? point : undefined;
}

/** q*P = O: the point has no part outside the group of prime order. */
export function checkSubgroup(suite: Suite, point: Point, name: string, about: string): Check {
	const holds = suite.inSubgroup(point);
	const identity = pointHex(suite.zero);
	const left = holds ? identity : pointHex(point.multiplyUnsafe(suite.scalars.ORDER - 1n).add(point));
	return {name: 'subgroup', about, holds, equation: `q*${name} = O`, left, right: identity};
}
