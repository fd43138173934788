/** The checks of meaning: what a file that is right in every other way can never do. They run when nothing else is wrong. */
import type {CheckOptions} from './checker.js';
import type {Diagnostic} from './diagnostic.js';
import {Meaning} from './meaning.js';
import {checkAttacks} from './meaning-attacks.js';
import {checkEffects, checkShuffled} from './meaning-effects.js';
import {checkInjects, checkObjectives, checkPlaybookConditions, checkPolicy, checkTests} from './meaning-triggers.js';
import {checkDeals, checkGaps, checkParties, checkRequests, checkSettings, checkVerbs} from './meaning-unused.js';
import type {Scenario} from './schema.js';

/** Checks what a scenario means. Its findings are warnings and notes: a person may mean it. */
export function checkMeaning(scenario: Scenario, {locator, vocabulary}: CheckOptions): Diagnostic[] {
	const meaning = new Meaning(scenario, locator, vocabulary);
	for (const check of [
		checkRequests,
		checkParties,
		checkInjects,
		checkPolicy,
		checkObjectives,
		checkPlaybookConditions,
		checkAttacks,
		checkEffects,
		checkShuffled,
		checkTests,
		checkDeals,
		checkVerbs,
		checkSettings,
		checkGaps,
	])
		check(meaning);
	return meaning.found;
}
