/** What answers give away together: sums over different cohorts, and triples that were used twice. */
import {scalarFromHex, scalarHex} from '../../sharing/scalars.js';
import type {Suite} from '../../sharing/suite.js';
import type {Check, Hex} from '../api.js';
import {combinationFor} from '../cohort.js';
import {type Attack, textCheck} from './attack.js';

/** A sum that was answered. */
export interface Answer {
	readonly cohort: readonly string[];
	/** In decimal. */
	readonly sum: string;
}

/**
 * Combines answered sums to one person's input. Needs answers whose cohorts combine to that person alone: two that differ in one person, or
 * more that are farther apart. The result is in decimal; negative numbers stand for the upper half of the scalars.
 */
export function difference(suite: Suite, answers: readonly Answer[], person: string): Attack<string | undefined> {
	const {scalars} = suite;
	const cohorts = answers.map(({cohort}) => cohort);
	const factors = answers.length === 0 ? undefined : combinationFor(scalars, cohorts, person);
	const sum = answers.reduce((total, answer, k) => scalars.add(total, scalars.mul(factors?.[k] ?? 0n, BigInt(answer.sum))), 0n);
	// The check that it is this person's input and nobody else's: the same combination of the cohorts.
	const people = [...new Set(cohorts.flat())].sort();
	const weights = people.filter(id => {
		const weight = cohorts.reduce((total, cohort, k) => scalars.add(total, cohort.includes(id) ? (factors?.[k] ?? 0n) : 0n), 0n);
		return weight !== 0n;
	});
	const terms = (factors ?? []).map((factor, k) => `${scalarText(suite, factor)}*sum${k + 1}`).join(' + ');
	return {
		needs: 'answers whose cohorts combine to one person',
		checks: [textCheck('differencing', `${terms || '0'} is the input of ${person} alone`, weights.join(', '), person)],
		result: factors === undefined ? undefined : scalarText(suite, sum),
	};
}

function scalarText({scalars}: Suite, value: bigint): string {
	return String(value > scalars.ORDER / 2n ? value - scalars.ORDER : value);
}

/** Inputs are whole numbers below 2^64; a wrong mask or triple gives one of the q others. */
function wholeNumber(name: string, equation: string, value: bigint): Check {
	const limit = 1n << 64n;
	return {name, about: 'attackers', equation: `${equation} is below 2^64`, holds: value < limit, left: String(value), right: String(limit)};
}

/**
 * A triple used for two products opens x - a and x' - a: their difference is x - x'. Needs the openings, and a dealer that dealt a triple twice.
 * Knowing x (one's own input, say) gives x'.
 */
export function tripleReuse(suite: Suite, options: {readonly first: Hex; readonly second: Hex; readonly known: Hex}): Attack<Hex> {
	const {scalars} = suite;
	const [first, second, known] = [options.first, options.second, options.known].map(text => scalarFromHex(suite, text)) as [
		bigint,
		bigint,
		bigint,
	];
	const gap = scalars.sub(first, second);
	const other = scalars.sub(known, gap);
	return {
		needs: 'the openings of two products under one triple, and one of the two factors',
		checks: [wholeNumber('triple reuse', "x' = x - (d - d')", other)],
		result: scalarHex(suite, other),
	};
}

/** A dealer that sees what its own masks hide: x = (x - r) + r. Needs the masked input in plain text and the mask. */
export function unmask(suite: Suite, options: {readonly masked: Hex; readonly mask: Hex}): Attack<Hex> {
	const {scalars} = suite;
	const [masked, mask] = [scalarFromHex(suite, options.masked), scalarFromHex(suite, options.mask)];
	const input = scalars.add(masked, mask);
	return {
		needs: 'the dealer of the masks, and a line on which masked inputs travel in plain text',
		checks: [wholeNumber('unmask', 'x = (x - r) + r', input)],
		result: scalarHex(suite, input),
	};
}
