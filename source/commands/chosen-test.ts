/** Which of a file's tests a command plays: by its name, the first one, or a game in which nobody moves. */
import type {ScenarioTest} from '../playtest/scenario-test.js';
import {didYouMean, harmless} from '../scenario/diagnostic.js';
import type {Scenario} from '../scenario/schema.js';
import {CommandError} from './command-error.js';

export interface ChosenTest {
	readonly test: ScenarioTest;
	/** `test "payroll on display"`, or `idle game`. */
	readonly words: string;
}

/** A game in which nobody moves. */
const idle: ScenarioTest = {name: '', seed: 'test', moves: '', expect: 'true'};

export interface Choice {
	/** A test's name, or the part of one that no other has. */
	readonly test?: string;
	readonly world?: string;
	readonly seed?: string;
}

/** @throws {CommandError} for a world that the scenario does not have. */
export function checkWorld(scenario: Scenario, world: string | undefined): void {
	const worlds = Object.keys(scenario.worlds);
	if (world === undefined || worlds.includes(world)) return;
	const hint = didYouMean(world, worlds);
	throw new CommandError(
		`There is no world "${harmless(world)}"${hint === undefined ? '.' : `; ${hint}`} Expected one of: ${worlds.join(', ')}.`,
	);
}

/**
 * Chooses a test; world and seed replace the test's own.
 * @throws {CommandError} for a test or a world that does not exist, or a name that several tests have.
 */
export function chooseTest(scenario: Scenario, {test: name, world, seed}: Choice): ChosenTest {
	checkWorld(scenario, world);
	const found = name === undefined ? scenario.tests[0] : byName(scenario, name);
	const test = {...(found ?? idle), ...(world === undefined ? {} : {world}), ...(seed === undefined ? {} : {seed})};
	return {test, words: found ? `test "${harmless(found.name)}"` : 'idle game'};
}

function byName({tests}: Scenario, name: string): ScenarioTest {
	const exact = tests.find(each => each.name === name);
	if (exact) return exact;
	const near = tests.filter(each => each.name.toLowerCase().includes(name.toLowerCase()));
	if (near.length === 1) return near[0]!;
	const list = (near.length > 1 ? near : tests).map(each => `  ${harmless(each.name)}`);
	throw new CommandError(
		[
			near.length > 1
				? `${near.length} tests have "${harmless(name)}" in their names:`
				: `There is no test "${harmless(name)}". There are:`,
			...(list.length > 0 ? list : ['  none']),
		].join('\n'),
	);
}
