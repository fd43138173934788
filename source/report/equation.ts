/** Equations as reports show them: what was compared, both sides in full, and what came of it. */
import type {Check} from '../ceremony/api.js';
import {equationView} from '../engine/equations.js';
import {short} from './plain-text.js';

export interface Term {
	/** What it is: `H(displayed)`, `k*G`, `approvals`. */
	readonly label: string;
	/** Hex in full, a number, or words where there are no bytes. */
	readonly value: string;
}

export interface Equation {
	readonly formula: string;
	readonly left: Term;
	readonly right: Term;
	readonly holds: boolean;
	/** EQUAL, NOT EQUAL, VALID, NOT VALID, REFUSED, LESS, ENOUGH. */
	readonly verdict: string;
	/** What it means here, one or two sentences. */
	readonly meaning: string;
}

/** A check that a machine made during the game. */
export function equationOf(check: Check): Equation {
	const {equation, left, right, holds, name} = check;
	const {meaning} = equationView(check);
	if (name === 'signature') {
		const terms = {left: {label: 'signature', value: left}, right: {label: 'public key', value: right}};
		return {formula: equation, ...terms, holds, verdict: holds ? 'VALID' : 'NOT VALID', meaning};
	}
	const cut = equation.indexOf(' = ');
	const labels = cut < 0 ? [equation, equation] : [equation.slice(0, cut), equation.slice(cut + 3)];
	return {
		formula: equation,
		left: {label: labels[0]!, value: left},
		right: {label: labels[1]!, value: right},
		holds,
		verdict: left === right ? (holds ? 'EQUAL' : 'REFUSED') : holds ? 'HOLDS' : 'NOT EQUAL',
		meaning,
	};
}

/** Two digests side by side. `meaning` says what follows from what they show. */
export function compare(left: Term, right: Term, meaning: string): Equation {
	const holds = left.value === right.value;
	return {formula: `${left.label} = ${right.label}`, left, right, holds, verdict: holds ? 'EQUAL' : 'NOT EQUAL', meaning};
}

/** A count against what was needed. */
export function countAgainst(label: string, has: number, neededLabel: string, needed: number, meaning: string): Equation {
	const holds = has >= needed;
	return {
		formula: `${label} >= ${neededLabel}`,
		left: {label, value: String(has)},
		right: {label: neededLabel, value: String(needed)},
		holds,
		verdict: holds ? 'ENOUGH' : 'LESS',
		meaning,
	};
}

/** `H(displayed) 96f4..d2d5   H(signed) c914..1cf4   NOT EQUAL`, as one line. */
export function equationLine({left, right, verdict}: Equation, gap = '  '): string {
	const term = ({label, value}: Term) => `${label} ${/^[0-9a-f]{16,}$/.test(value) ? short(value) : value}`.trim();
	return [term(left), term(right), verdict].join(gap);
}
