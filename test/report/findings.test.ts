import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {playTest} from '../../source/playtest/scenario-test.js';
import {failedAssumptions} from '../../source/report/findings.js';
import {heldAssumptions} from '../../source/report/held-findings.js';
import {historyOf} from '../../source/report/history.js';
import type {Played} from '../../source/report/played.js';
import {interpolate} from '../../source/sharing/polynomial.js';
import {baseTimes, pointHex, scalarFromHex} from '../../source/sharing/scalars.js';
import {suiteOf} from '../../source/sharing/suites.js';
import {drifted, falseVendor, firstLight, frozen, play, playedOf, scenarioWith, stolen, stolenUnderFreeze, swapped, won} from './games.js';

const failedOf = (played: Played) => failedAssumptions(played, historyOf(played));
const heldOf = (played: Played) => heldAssumptions(played, historyOf(played));
const sha256 = (hex: string) => createHash('sha256').update(Buffer.from(hex, 'hex')).digest('hex');
const lineOf = (played: Played, type: string, nth = -1) => played.entries.filter(({event}) => event.type === type).at(nth)?.line;

describe('a swapped payload approved on display', () => {
	const played = play(swapped);
	const [first] = failedOf(played);

	test('names what was taken for true, and where', () => {
		expect(first).toMatchObject({
			assumption: 'What the coordinator displays is what the parties sign.',
			boundary: 'ROUNDS -> POLICY',
			turn: 2,
			line: lineOf(played, 'decided'),
		});
		expect(first?.how).toContain('on display and');
	});

	test('shows the digests of the displayed and of the signed bytes', () => {
		const {displayed} = played.state.requests.vendor!;
		const {message} = played.state.outputs.at(-1)!;
		expect(first?.equations[0]).toMatchObject({
			left: {label: 'H(displayed)', value: sha256(displayed)},
			right: {label: 'H(signed)', value: sha256(message)},
			holds: false,
			verdict: 'NOT EQUAL',
		});
		expect(sha256(displayed)).not.toBe(sha256(message));
	});
});

test('a digest from a device that obeys somebody else: the device is the assumption', () => {
	const lines = swapped
		.replace('attackers: end-turn', 'attackers: phish party=ada\nattackers: end-turn')
		.replace('attackers: swap-payload vendor', 'attackers: swap-payload vendor\nattackers: implant party=ada')
		.replace('operators: approve vendor party=ada basis=display', 'operators: approve vendor party=ada basis=digest');
	const [first] = failedOf(play(lines));
	expect(first).toMatchObject({assumption: 'A device that says that the bytes match has compared them.', boundary: 'ROUNDS -> POLICY'});
	expect(first?.equations[0]?.verdict).toBe('NOT EQUAL');
});

test('a false request whose bytes are as displayed: who asks is the assumption', () => {
	const played = play(falseVendor, {world: 'caller'});
	const [first] = failedOf(played);
	const {displayed} = played.state.requests.vendor!;
	expect(first).toMatchObject({assumption: 'Whoever asks is who they say they are.', boundary: 'SHARES -> ROUNDS', turn: 2});
	expect(first?.how).toContain('nobody had called the requester back');
	expect(first?.equations[0]).toMatchObject({
		left: {label: 'H(signed)', value: sha256(displayed)},
		right: {value: 'no such bytes'},
		holds: false,
	});
});

test('a call-back that was asked and not waited for', () => {
	const lines = falseVendor.replace('operators: sign vendor', 'operators: call-back vendor\noperators: sign vendor');
	const [first] = failedOf(play(lines, {world: 'caller'}));
	expect(first?.assumption).toBe('The answer to a call-back can be read after the payment.');
	expect(first?.how).toContain('answered "not mine" in turn 3, after it was admitted');
});

describe('the key from elsewhere than the machines of today', () => {
	test.each([
		[
			'forced-fallback',
			'watched, by the handbook',
			'The machine on which the key is put together is ours alone.',
			'the whole key was put together on coordinator',
		],
		[
			'quorum-change',
			'keeper, new quorum',
			'Shares of an earlier generation are worth nothing.',
			'with 3 of epoch 1, which is not in force any more',
		],
		['forced-fallback', 'readable, busy', 'A backup is read by us alone.', 'was read in turn 1'],
	])('%s: %s', (id, name, assumption, how) => {
		const scenario = scenarioWith(text => text, readFileSync(`scenarios/${id}.yaml`, 'utf8'));
		const {game, state, events} = playTest(scenario, scenario.tests.find(each => each.name.startsWith(name))!, {suite: 'glass'});
		const [first] = failedOf(playedOf(game, state, events));
		expect(first).toMatchObject({assumption, boundary: 'ROUNDS ~> OUTPUT'});
		expect(first?.how).toContain(how);
	});
});

describe('two shares of one epoch left', () => {
	const played = play(stolen, {world: 'insider'});
	const [first] = failedOf(played);

	test('names the assumption and the short cut past the policy', () => {
		expect(first).toMatchObject({
			assumption: 'A share that left is still secret while fewer than the threshold left.',
			boundary: 'ROUNDS ~> OUTPUT',
			turn: 4,
			line: lineOf(played, 'attempted'),
		});
	});

	test('k*G is the interpolation of the captured bytes, and the public key', () => {
		const suite = suiteOf('ed25519');
		const secret = interpolate(
			suite.scalars,
			played.state.loot.map(({index, share}) => ({index, value: scalarFromHex(suite, share)})),
		);
		expect(first?.equations[0]).toMatchObject({
			left: {label: 'k*G', value: pointHex(baseTimes(suite, secret))},
			right: {label: 'PK', value: played.state.key?.publicKey},
			verdict: 'EQUAL',
		});
	});

	test('under a freeze the freeze is the assumption', () => {
		const [underFreeze] = failedOf(play(stolenUnderFreeze, {world: 'insider'}));
		expect(underFreeze).toMatchObject({assumption: 'Nothing can happen while we are frozen.', boundary: 'ROUNDS ~> OUTPUT'});
		expect(underFreeze?.equations[0]?.verdict).toBe('EQUAL');
	});
});

describe('nothing unauthorised left, and a legitimate request was not served', () => {
	test('a control that was documented as on and was off', () => {
		const played = play(drifted, {world: 'drift'});
		expect(played.state.end?.outcome).toBe('neither');
		const [first] = failedOf(played);
		expect(first).toMatchObject({assumption: 'A control that is documented as on is on.', boundary: 'SHARES -> ROUNDS', turn: 3});
		expect(first?.equations[0]).toMatchObject({verdict: 'NOT VALID', right: {value: played.state.key?.publicKey}});
	});

	test('the same wrong partials with the control documented as off', () => {
		const scenario = scenarioWith(text => text.replace('verify-partials: on', 'verify-partials: off'));
		const [first] = failedOf(play(drifted, {world: 'insider', scenario}));
		expect(first?.assumption).toBe('A wrong partial shows by itself who sent it.');
	});

	test('with the control on the party is named by its equation', () => {
		const [first] = failedOf(play(drifted, {world: 'insider'}));
		expect(first?.assumption).toBe('Every party that answers has a sound share and tells the truth.');
		expect(first?.equations[0]?.formula).toContain('*G = D');
		expect(first?.equations[0]?.verdict).toBe('NOT EQUAL');
	});

	test('a freeze over the deadline', () => {
		const [first] = failedOf(play(frozen, {world: 'liar'}));
		expect(first).toMatchObject({assumption: 'A freeze costs nothing.', boundary: 'SHARES -> ROUNDS', turn: 3});
		expect(first?.how).toContain('payroll');
	});

	test('a denial of what was wanted', () => {
		const [first] = failedOf(
			play(
				'attackers: end-turn\noperators: deny payroll\noperators: end-turn\n' +
					frozen.slice(frozen.indexOf('attackers: end-turn', 5)).replace('operators: freeze', ''),
				{world: 'liar'},
			),
		);
		expect(first?.assumption).toBe('What we deny, nobody wants.');
		expect(first?.turn).toBe(1);
	});

	test('time', () => {
		const [first] = failedOf(play(frozen.replace('operators: freeze', ''), {world: 'liar'}));
		expect(first?.assumption).toBe('There is still time.');
		expect(first?.equations[0]).toMatchObject({verdict: 'LESS', left: {value: '0'}, right: {value: '2'}});
	});
});

describe('the operators won', () => {
	const played = play(won);

	test('nothing failed', () => {
		expect(played.state.end?.outcome).toBe('operators');
		expect(failedOf(played)).toEqual([]);
	});

	test('the digest on a device is what held, with its numbers', () => {
		const [first] = heldOf(played);
		const line = lineOf(played, 'digest-read', 2);
		expect(first).toMatchObject({
			assumption: 'What the coordinator displays is what the parties sign.',
			boundary: 'ROUNDS -> POLICY',
			line,
		});
		const read = played.entries.find(each => each.line === line)?.event;
		expect(read).toMatchObject({type: 'digest-read', matches: false});
		expect(first?.equations[0]).toMatchObject({
			left: {value: sha256(played.state.requests.vendor!.displayed)},
			right: {value: read?.type === 'digest-read' ? read.digest : ''},
			verdict: 'NOT EQUAL',
		});
	});

	test('one share that left is told with the equation that failed', () => {
		const lines = `attackers: implant party=ben\nattackers: end-turn\noperators: end-turn\nattackers: steal-share party=ben\nattackers: end-turn\noperators: end-turn`;
		const held = heldOf(play(lines, {world: 'insider'}));
		expect(held[0]).toMatchObject({boundary: 'ROUNDS ~> OUTPUT'});
		expect(held[0]?.equations[0]).toMatchObject({verdict: 'NOT EQUAL', left: {label: 'k*G'}});
	});

	test('a requote that a digest found is no lie of the coordinator', () => {
		const lines = `attackers: end-turn\noperators: end-turn\nattackers: end-turn\noperators: end-turn\nattackers: end-turn\noperators: approve vendor party=ada basis=digest`;
		expect(heldOf(play(lines, {world: 'insider'}))[0]?.assumption).toBe('What is displayed is still what the requester wants.');
	});
});

test('the shipped first-light gives the same findings', () => {
	const scenario = firstLight();
	expect(failedOf(play(swapped, {scenario, world: 'liar'}))[0]).toMatchObject({
		assumption: 'What the coordinator displays is what the parties sign.',
		turn: 2,
	});
	expect(failedOf(play(falseVendor, {scenario, world: 'caller'}))[0]).toMatchObject({
		assumption: 'Whoever asks is who they say they are.',
		turn: 2,
	});
	expect(failedOf(play(stolen, {scenario, world: 'insider'}))[0]).toMatchObject({boundary: 'ROUNDS ~> OUTPUT', turn: 4});
});
