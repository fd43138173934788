/** What happens in a scenario: worlds, injects, verbs and controls, rules, tests. Its names, turns, expressions and moves are right. */
import type {Checker} from './checker.js';
import {SEATS} from './schema.js';

const MAX_WORLDS = 20;

export function checkWorlds(checker: Checker): void {
	const count = checker.worlds.length;
	if (count === 0 || count > MAX_WORLDS)
		checker.key(['worlds'], {code: 'world-count', message: `there are ${count} worlds`, expected: `1 to ${MAX_WORLDS}`});
	for (const [name, {deal, playbook}] of Object.entries(checker.scenario.worlds)) {
		const path = ['worlds', name];
		if (name === 'default')
			checker.key(path, {
				code: 'reserved-id',
				message: '"default" means something else in texts and cannot be a world',
				hint: 'call it by another name',
			});
		checker.moves(deal, [...path, 'deal'], 'deal');
		playbook.forEach((entry, index) => {
			if (entry.when !== undefined) checker.expression(entry.when, [...path, 'playbook', index, 'when'], 'playbook');
			checker.moves(entry.do, [...path, 'playbook', index, 'do'], 'playbook');
		});
	}
}

export function checkInjects(checker: Checker): void {
	checker.scenario.injects.forEach((inject, index) => {
		const path = ['injects', index];
		const {at, when, to, text, worlds, ask} = inject;
		if ((at === undefined) === (when === undefined))
			checker.key(at === undefined ? path : [...path, 'when'], {
				code: 'at-or-when',
				message: at === undefined ? 'the inject never fires: it has neither `at` nor `when`' : 'the inject has both `at` and `when`',
				expected: 'exactly one of the two: at: a turn, or when: an expression',
			});
		if (at !== undefined) checker.turn(at, [...path, 'at']);
		if (when !== undefined) checker.expression(when, [...path, 'when'], 'game');
		to.forEach((seat, at_) => void checker.known(seat, [...SEATS, ...checker.parties], 'seat', checker.entry([...path, 'to'], at_)));
		checker.worldNames(worlds, [...path, 'worlds']);
		for (const world of Object.keys(text))
			if (world !== 'default') checker.known(world, checker.worlds, 'world', [...path, 'text', world], true);
		const silent = (worlds ?? checker.worlds).filter(world => !Object.hasOwn(text, world) && !Object.hasOwn(text, 'default'));
		if (silent.length > 0)
			checker.key([...path, 'text'], {
				code: 'no-text',
				message: `there is no text for ${silent.join(', ')}`,
				expected: 'a text for each world, or one under default',
			});
		if (inject.do !== undefined) checker.moves(inject.do, [...path, 'do'], 'inject');
		if (ask) {
			checker.turn(ask.by, [...path, 'ask', 'by']);
			if (at !== undefined && ask.by < at)
				checker.value([...path, 'ask', 'by'], {
					code: 'due-too-early',
					message: `the answer is due in turn ${ask.by}, before the question in turn ${at}`,
					expected: `at least ${at}`,
				});
		}
	});
}

/** Controls and verbs, which the engine knows. */
export function checkCatalogue(checker: Checker): void {
	const {controls, verbs, unlock} = checker.scenario;
	for (const id of Object.keys(controls)) checker.known(id, checker.vocabulary.controls, 'control', ['controls', id], true);
	const {operators, attackers} = checker.vocabulary.verbs;
	verbs?.operators?.forEach((verb, index) => void checker.known(verb, operators, 'verb', ['verbs', 'operators', index]));
	verbs?.attackers?.forEach((verb, index) => void checker.known(verb, attackers, 'verb', ['verbs', 'attackers', index]));
	for (const [turn, list] of Object.entries(unlock ?? {})) {
		if (Number(turn) > checker.scenario.turns)
			checker.key(['unlock', turn], {
				code: 'turn-never-played',
				message: `turn ${turn} is never played`,
				expected: `at most ${checker.scenario.turns}`,
			});
		list.forEach((verb, index) => void checker.known(verb, [...operators, ...attackers], 'verb', ['unlock', turn, index]));
	}
}

/** The policy and the objectives. */
export function checkRules(checker: Checker): void {
	const {policy, exceptions, objectives} = checker.scenario;
	for (const [name, rule] of Object.entries(policy)) {
		if (name === 'enough-approvals')
			checker.key(['policy', name], {
				code: 'reserved-id',
				message: '"enough-approvals" always exists and cannot be replaced',
				hint: 'give your rule another name; threshold sets how many approvals are enough',
			});
		checker.expression(rule, ['policy', name], 'policy');
	}
	for (const [name, {when}] of Object.entries(exceptions)) checker.expression(when, ['exceptions', name, 'when'], 'policy');
	for (const side of ['operators', 'attackers'] as const)
		for (const [name, objective] of Object.entries(objectives[side])) checker.expression(objective, ['objectives', side, name], 'game');
}

export function checkTests(checker: Checker): void {
	const names = new Set<string>();
	checker.scenario.tests.forEach((test, index) => {
		const path = ['tests', index];
		if (names.has(test.name))
			checker.value([...path, 'name'], {
				code: 'duplicate',
				message: `a test before it has the name "${test.name}" too`,
				hint: 'rename one of the two',
			});
		names.add(test.name);
		if (test.world !== undefined) checker.known(test.world, checker.worlds, 'world', [...path, 'world']);
		checker.moves(test.moves, [...path, 'moves'], 'test');
		if (typeof test.expect === 'string') checker.expression(test.expect, [...path, 'expect'], 'test');
	});
}

/** Custodians who take money. */
export function checkAttackers(checker: Checker): void {
	checker.scenario.attackers.bribable?.forEach(
		(id, index) => void checker.known(id, checker.parties, 'party', ['attackers', 'bribable', index]),
	);
}
