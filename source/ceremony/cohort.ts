/** Which sums may be answered: a policy check over cohorts, in one place. */
import {solveLinear} from '../sharing/linear.js';
import type {Scalars} from '../sharing/suite.js';
import type {Check} from './api.js';

/** Factors that combine answered cohorts to one person's input alone, or undefined where none do. */
export function combinationFor(scalars: Scalars, cohorts: readonly (readonly string[])[], person: string): readonly bigint[] | undefined {
	const people = [...new Set(cohorts.flat())].sort();
	if (!people.includes(person)) return undefined;
	const rows = people.map(id => cohorts.map(cohort => (cohort.includes(id) ? 1n : 0n)));
	const right = people.map(id => (id === person ? 1n : 0n));
	return solveLinear(scalars, rows, right)?.point;
}

/**
 * The minimum cohort: enough inputs, and no combination of this answer with earlier ones gives one input alone (Chin and Ozsoyoglu 1982 call it
 * auditing). A size limit by itself is no protection: two large sums that differ in one person give that person away.
 */
export function checkCohort(
	scalars: Scalars,
	options: {
		readonly about: string;
		readonly cohort: readonly string[];
		readonly answered: readonly (readonly string[])[];
		readonly minimum: number;
	},
): Check {
	const {about, cohort, answered, minimum} = options;
	const exposed = [...new Set([...answered.flat(), ...cohort])]
		.sort()
		.filter(person => combinationFor(scalars, answered, person) === undefined)
		.find(person => combinationFor(scalars, [...answered, cohort], person) !== undefined);
	const enough = cohort.length >= minimum;
	return {
		name: 'minimumCohort',
		about,
		holds: enough && exposed === undefined,
		equation: enough
			? `no answers combine to the input of one person${exposed === undefined ? '' : `: these give ${exposed}`}`
			: `inputs in the sum >= ${minimum}`,
		left: enough ? (exposed ?? '') : String(cohort.length),
		right: enough ? '' : String(minimum),
	};
}
