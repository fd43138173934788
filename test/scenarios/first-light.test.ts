/** The shipped scenario: its own tests, the equations behind them, and that every world is lost in the way it is about. */
import {createPublicKey, verify} from 'node:crypto';
import {describe, expect, test} from 'vitest';
import {createGame} from '../../source/engine/game.js';
import {decodePayload} from '../../source/engine/payload.js';
import {seatView} from '../../source/engine/seat-view.js';
import {playTest} from '../../source/playtest/scenario-test.js';
import {shipped} from '../bots/play.js';

const scenario = shipped('first-light');
const worlds = Object.keys(scenario.worlds);

/** Runs a test of the file by the beginning of its name. */
function run(name: string, seed?: string) {
	const found = scenario.tests.find(each => each.name.startsWith(name))!;
	return playTest(scenario, seed === undefined ? found : {...found, seed});
}

/** RFC 8032 as any stock verifier checks it. */
function verifies(publicKey: string, message: string, signature: string): boolean {
	const key = createPublicKey({key: Buffer.from(`302a300506032b6570032100${publicKey}`, 'hex'), format: 'der', type: 'spki'});
	return verify(null, Buffer.from(message, 'hex'), key, Buffer.from(signature, 'hex'));
}

describe("the file's own tests", () => {
	// Roles change their places with the seed, so each line is played in two deals.
	for (const each of scenario.tests)
		for (const seed of [each.seed, 'another']) {
			test(`${each.name} (seed ${seed})`, () => {
				expect(playTest(scenario, {...each, seed}).because).toBe('');
			});
		}

	test.each(worlds)('%s has a line that wins and a line that loses', world => {
		const expectations = scenario.tests.filter(each => each.world === world).map(({expect}) => String(expect));
		expect(expectations.some(text => text.includes('outcome == "operators"'))).toBe(true);
		expect(expectations.some(text => text.includes('outcome == "attackers"'))).toBe(true);
	});

	test('a test of the file can fail', () => {
		const {because} = playTest(scenario, {name: 'false', world: 'liar', seed: 'test', moves: 'turn 2', expect: 'stolen > 0'});
		expect(because).toContain('stolen > 0 is false');
		const refused = playTest(scenario, {name: 'refused', seed: 'test', moves: 'operators: unfreeze\nturn 2', expect: 'turn == 2'});
		expect(refused.because).toBe('line 1: unfreeze is offered from turn 2');
	});
});

describe('the equations behind the outcomes', () => {
	test('one share of two: k*G is not the public key, and nothing is signed with it', () => {
		const {state} = run('one stolen share');
		expect(state.attempts).toHaveLength(1);
		const {check, indices} = state.attempts[0]!;
		expect(indices).toHaveLength(1);
		expect(check.holds).toBe(false);
		expect(check.left).not.toBe(check.right);
		expect(state.outputs).toEqual([]);
	});

	test('two shares of one epoch: k*G is the public key, and what is signed with it verifies', () => {
		const {state, game} = run('insider, payments guarded');
		const {check, indices} = state.attempts.at(-1)!;
		expect(indices).toHaveLength(2);
		expect(check.holds).toBe(true);
		expect(check.left).toBe(check.right);
		const forged = state.outputs.find(({request}) => request === '')!;
		expect(verifies(state.key!.publicKey, forged.message, forged.signature)).toBe(true);
		expect(decodePayload(forged.message).to).toBe(game.deal.account);
	});

	test('the swapped payload verifies perfectly, and pays the attackers', () => {
		const {state, game} = run('liar, on display');
		const output = state.outputs.find(({request}) => request === 'vendor')!;
		expect(verifies(state.key!.publicKey, output.message, output.signature)).toBe(true);
		expect(decodePayload(output.message).to).toBe(game.deal.account);
		expect(decodePayload(state.requests.vendor!.displayed).to).not.toBe(game.deal.account);
		expect(verifies(state.key!.publicKey, state.requests.vendor!.displayed, output.signature)).toBe(false);
	});

	test('a false request verifies too: its bytes were as displayed', () => {
		const {state} = run('caller, on digests');
		const output = state.outputs.find(({request}) => request === 'vendor')!;
		expect(verifies(state.key!.publicKey, output.message, output.signature)).toBe(true);
		expect(output.message).toBe(state.requests.vendor!.displayed);
	});

	test('where partials are not verified the signing fails and names nobody', () => {
		const {state} = run('drift, insisting');
		const failed = state.ceremonies.filter(({kind}) => kind === 'signing');
		expect(failed.map(({status}) => status)).toEqual(['aborted', 'aborted', 'aborted']);
		expect(failed.flatMap(({blamed}) => blamed)).toEqual([]);
	});
});

describe('what the table cannot tell before the debrief', () => {
	const opening = (world: string, seed: string) => {
		const {game, state} = playTest(scenario, {name: '', world, seed, moves: 'turn 2', expect: 'turn == 2'});
		return seatView(game, state, 'operators');
	};

	test.each(worlds)('%s: the second morning looks like any other', world => {
		const view = opening(world, 'spoiler');
		const other = opening(worlds[(worlds.indexOf(world) + 1) % worlds.length]!, 'spoiler');
		expect(view.requests.map(({id, required, due}) => [id, required, due])).toEqual(
			other.requests.map(({id, required, due}) => [id, required, due]),
		);
		expect(view.inbox.map(({from}) => from)).toEqual(other.inbox.map(({from}) => from));
		expect(view.controls).toEqual(other.controls);
		expect(view.parties.map(({id, reach}) => [id, reach])).toEqual(other.parties.map(({id, reach}) => [id, reach]));
	});

	test('every world leaves a trace on the first day that reads like an implant', () => {
		for (const world of worlds) {
			const {state} = playTest(scenario, {name: '', world, seed: 'spoiler', moves: 'turn 2', expect: 'turn == 2'});
			expect(state.evidence.map(({kind}) => kind)).toContain('new software');
		}
	});

	test('roles change their places: over seeds, each party plays each role', () => {
		const deals = Array.from({length: 40}, (_, index) => createGame({scenario, seed: `deal-${index}`}).deal);
		for (const role of scenario.shuffle)
			expect([...new Set(deals.map(({partyOf}) => partyOf[role]))].sort(), role).toEqual([...scenario.shuffle].sort());
		expect([...new Set(deals.map(({world}) => world))].sort()).toEqual([...worlds].sort());
	});
});
