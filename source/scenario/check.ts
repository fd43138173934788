/**
 * Cross references of a scenario: what the schema cannot see. Ids that exist, turns that fit, worlds that are named
 * rightly, expressions that compile, moves that parse, placeholders that can be filled in.
 */
import {checkAttackers, checkCatalogue, checkInjects, checkRules, checkTests, checkWorlds} from './check-play.js';
import {checkTexts} from './check-texts.js';
import {Checker, type CheckOptions} from './checker.js';
import type {Diagnostic} from './diagnostic.js';
import {MACHINES} from './reserved-ids.js';
import type {Scenario} from './schema.js';

const MAX_PARTIES = 15;
const MAX_REQUESTS = 24;

/** Checks a whole scenario. The findings are in the order of the checks, not of the file. */
export function checkScenario(scenario: Scenario, options: CheckOptions): Diagnostic[] {
	const checker = new Checker(scenario, options);
	for (const check of [
		checkParties,
		checkRequests,
		checkComputations,
		checkWorlds,
		checkInjects,
		checkCatalogue,
		checkRules,
		checkTests,
		checkAttackers,
		checkTexts,
	])
		check(checker);
	return checker.found;
}

function checkParties(checker: Checker): void {
	const {threshold, parties, shuffle} = checker.scenario;
	const count = checker.parties.length;
	const holders = Object.values(parties).filter(({holds}) => holds).length;
	if (count < 2 || count > MAX_PARTIES)
		checker.key(['parties'], {
			code: 'party-count',
			message: `there ${count === 1 ? 'is 1 party' : `are ${count} parties`}`,
			expected: `2 to ${MAX_PARTIES}`,
		});
	else if (threshold > holders)
		checker.value(['threshold'], {
			code: 'threshold-too-high',
			message: `${threshold} shares are needed and there are ${holders} parties${holders < count ? ' that hold one from the start' : ''}`,
			expected: `at most ${holders}`,
			hint: 'lower the threshold or add a party',
		});
	for (const id of checker.parties) checker.id(id, ['parties', id]);
	for (const [id, {backup}] of Object.entries(parties)) {
		if (backup !== undefined && [...checker.parties, ...checker.requests, ...MACHINES].includes(backup))
			checker.value(['parties', id, 'backup'], {
				code: 'reserved-id',
				message: `"${backup}" is the id of something else`,
				hint: 'name the place, such as safe-a',
			});
	}
	shuffle.forEach((id, index) => {
		checker.known(id, checker.parties, 'party', ['shuffle', index]);
		if (shuffle.indexOf(id) < index)
			checker.value(['shuffle', index], {code: 'duplicate', message: `"${id}" is given twice`, hint: 'remove one of the two'});
	});
}

/** From when to when something can be served. */
function checkWindow(checker: Checker, path: readonly string[], {opens, due}: {readonly opens: number; readonly due: number}): void {
	checker.turn(opens, [...path, 'opens']);
	checker.turn(due, [...path, 'due']);
	if (due < opens)
		checker.value([...path, 'due'], {
			code: 'due-too-early',
			message: `due in turn ${due}, before it opens in turn ${opens}`,
			expected: `at least ${opens}`,
		});
}

function checkRequests(checker: Checker): void {
	const count = checker.requests.length;
	if (count === 0 || count > MAX_REQUESTS)
		checker.key(['requests'], {code: 'request-count', message: `there are ${count} requests`, expected: `1 to ${MAX_REQUESTS}`});
	for (const [id, request] of Object.entries(checker.scenario.requests)) {
		const path = ['requests', id];
		const {opens, due, amount, required, legitimate, only} = request;
		checker.id(id, path);
		if (checker.parties.includes(id))
			checker.key(path, {code: 'duplicate-id', message: `"${id}" is the id of a party too`, hint: 'rename one of the two'});
		checkWindow(checker, path, {opens, due});
		if (amount.low > amount.high)
			checker.value([...path, 'amount'], {
				code: 'amount-range',
				message: 'the range runs backwards',
				expected: `"${amount.high}..${amount.low}"`,
			});
		checker.worldNames(required, [...path, 'required']);
		checker.worldNames(legitimate, [...path, 'legitimate']);
		checker.worldNames(only, [...path, 'only']);
	}
}

function checkComputations(checker: Checker): void {
	for (const [id, computation] of Object.entries(checker.scenario.computations)) {
		const path = ['computations', id];
		const {opens, due, inputs, function: kind, queries, minimum} = computation;
		checker.id(id, path);
		if (checker.parties.includes(id) || checker.requests.includes(id))
			checker.key(path, {code: 'duplicate-id', message: `"${id}" is the id of something else too`, hint: 'rename one of the two'});
		checkWindow(checker, path, {opens, due});
		const owners = Object.keys(inputs);
		for (const party of owners) checker.known(party, checker.parties, 'party', [...path, 'inputs', party], true);
		const isRight = kind === 'compare' ? owners.length === 2 : owners.length >= 2;
		if (!isRight)
			checker.key([...path, 'inputs'], {
				code: 'computation-inputs',
				message: `${kind} of ${owners.length} ${owners.length === 1 ? 'input' : 'inputs'}`,
				expected: kind === 'compare' ? 'exactly 2' : 'at least 2',
			});
		if (queries && kind !== 'sum' && kind !== 'mean')
			checker.value([...path, 'queries'], {
				code: 'computation-queries',
				message: `analysts ask for sums and means, not for a ${kind}`,
				hint: 'leave queries out',
			});
		if (minimum > owners.length)
			checker.value([...path, 'minimum'], {
				code: 'computation-minimum',
				message: `at least ${minimum} inputs are answered for, and there are ${owners.length}`,
				expected: `at most ${owners.length}`,
			});
	}
}
