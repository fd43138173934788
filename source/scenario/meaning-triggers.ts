/** Conditions that can never hold, or always do: injects, the policy, objectives, playbooks and tests. */
import type {Meaning} from './meaning.js';

/** Injects that never fire, or fire at once, or wait for each other. */
export function checkInjects(meaning: Meaning): void {
	const {scenario, worlds} = meaning;
	const firing = firingInjects(meaning);
	scenario.injects.forEach(({when, worlds: own}, index) => {
		if (when === undefined) return;
		const path = ['injects', index, 'when'];
		const places = own ?? worlds;
		const found = places.map(world => meaning.possible(when, 'game', {world}));
		if (found.every(({canBeTrue}) => !canBeTrue))
			meaning.atValue(path, {
				code: 'never-fires',
				message: 'this can never hold, and the inject never fires',
				hint: 'compare its numbers with turns, parties and deadlines, and its requests with the worlds in which they open',
			});
		else if (found.every(({canBeFalse}) => !canBeFalse))
			meaning.atValue(path, {
				code: 'always-fires',
				message: 'this holds from the start, and the inject fires in turn 1',
				hint: 'write at: 1, or the condition that you mean',
			});
		else if (!firing.has(index))
			meaning.atValue(path, {
				code: 'cyclic-trigger',
				message: 'only injects that wait for this could bring it about, so it never holds',
				hint: 'let one of them come at a turn, or offer the verb that starts it',
			});
	});
}

/** Injects that can fire in some world, when effects of injects count only once their inject can fire. */
function firingInjects(meaning: Meaning): Set<number> {
	const {scenario, worlds, effects} = meaning;
	const firing = new Set<number>();
	for (const world of worlds) {
		const own = meaning.injectsOf(world);
		const verbs = new Set(playersVerbs(meaning));
		for (const {verb} of meaning.deals.get(world) ?? []) verbs.add(verb);
		const inWorld = new Set<number>();
		for (let before = -1; before !== inWorld.size; ) {
			before = inWorld.size;
			for (const index of own) {
				const {when} = scenario.injects[index]!;
				if (inWorld.has(index) || (when !== undefined && !meaning.possible(when, 'game', {world, verbs}).canBeTrue)) continue;
				inWorld.add(index);
				for (const {verb} of effects[index]!) verbs.add(verb);
			}
		}
		for (const index of inWorld) firing.add(index);
	}
	return firing;
}

function playersVerbs(meaning: Meaning): string[] {
	const {operators, attackers} = meaning.vocabulary.verbs;
	return [...operators.filter(verb => meaning.offers('operators', verb)), ...attackers.filter(verb => meaning.offers('attackers', verb))];
}

/** Rules and exceptions that decide the same whatever comes before them. */
export function checkPolicy(meaning: Meaning): void {
	const {policy, exceptions, threshold} = meaning.scenario;
	const world = meaning.worlds[0]!;
	// The rule enough-approvals comes first; an exception is looked at after any rule that denies, that one too.
	const approvals = meaning.canChangeHolders ? 2 : threshold;
	for (const [name, rule] of Object.entries(policy)) {
		const {canBeTrue, canBeFalse} = meaning.possible(rule, 'policy', {world, approvals});
		if (canBeTrue && canBeFalse) continue;
		meaning.atValue(['policy', name], {
			code: 'rule-decided',
			message: canBeTrue ? 'this rule never denies anything' : 'this rule denies everything: it can never hold',
			hint: canBeTrue
				? 'a decision has at least as many approvals as the threshold, and at most one a party'
				: 'compare its numbers with the parties and the turns that there are',
		});
	}
	for (const [name, {when}] of Object.entries(exceptions)) {
		const {canBeTrue, canBeFalse} = meaning.possible(when, 'policy', {world});
		if (canBeTrue && canBeFalse) continue;
		meaning.atValue(['exceptions', name, 'when'], {
			code: 'rule-decided',
			message: canBeTrue ? 'this exception lets everything pass' : 'this exception never applies',
			hint: canBeTrue
				? 'name what it is for, such as an amount or a request'
				: 'compare its numbers with the parties and the turns that there are',
		});
	}
}

/** Objectives that are met or missed before the game begins. */
export function checkObjectives(meaning: Meaning): void {
	for (const side of ['operators', 'attackers'] as const)
		for (const [name, objective] of Object.entries(meaning.scenario.objectives[side])) {
			const found = meaning.worlds.map(world => meaning.possible(objective, 'game', {world}));
			const isMet = found.every(({canBeFalse}) => !canBeFalse);
			if (!isMet && found.some(({canBeTrue}) => canBeTrue)) continue;
			meaning.atValue(['objectives', side, name], {
				code: 'objective-decided',
				message: isMet ? 'this objective is met before the game begins, whatever happens' : 'this objective can never be met',
				hint: 'let it depend on what is signed, final or stolen, with numbers that can be reached and missed',
			});
		}
}

/** Entries of playbooks whose condition never holds in their world. */
export function checkPlaybookConditions(meaning: Meaning): void {
	for (const [world, {playbook}] of Object.entries(meaning.scenario.worlds))
		playbook.forEach(({when}, index) => {
			if (when === undefined || meaning.possible(when, 'playbook', {world}).canBeTrue) return;
			meaning.atValue(['worlds', world, 'playbook', index, 'when'], {
				code: 'playbook-never',
				message: `this can never hold in ${world}, and the entry is never played`,
				hint: 'compare its numbers with turns and points, and its requests with what opens in this world',
			});
		});
}

/** Expectations that say nothing, and moves of tests that are not offered. */
export function checkTests(meaning: Meaning): void {
	meaning.scenario.tests.forEach(({expect, world, moves}, index) => {
		const path = ['tests', index];
		if (typeof expect === 'string') {
			const found = (world === undefined ? meaning.worlds : [world]).map(each => meaning.possible(expect, 'test', {world: each}));
			const holds = found.every(({canBeFalse}) => !canBeFalse);
			if (holds || found.every(({canBeTrue}) => !canBeTrue))
				meaning.atValue([...path, 'expect'], {
					code: 'expectation-decided',
					message: holds ? 'this holds in every game, and the test cannot fail' : 'this can never hold, and the test always fails',
					hint: 'expect what the moves of the test bring about',
				});
		}
		const lines = meaning.lines(moves, [...path, 'moves']);
		// The last move of a test that expects a refusal may be refused for this very reason.
		for (const line of typeof expect === 'string' ? lines : lines.slice(0, -1))
			if ((line.side === 'operators' || line.side === 'attackers') && !meaning.offers(line.side, line.verb))
				meaning.atLine(line, {
					code: 'verb-not-offered',
					message: `${line.verb} is not offered to the ${line.side}, and the move is refused`,
					hint: `add ${line.verb} under verbs: ${line.side}: or under unlock`,
				});
	});
}
