import {describe, expect, it, test} from 'vitest';
import {worked} from '../../source/ceremony/attacks/attack.js';
import {impersonate} from '../../source/ceremony/attacks/messages.js';
import {corruptPartial, type Packet} from '../../source/ceremony/index.js';
import {delay, deliver, drop, dueBy, eavesdrop, network, partition, replay, tamper, tamperField} from '../../source/ceremony/network.js';
import {HUB, makeTable, runKeygen, runSigning, sharesOf} from './table.js';

const packet = (from: string, to: string, round: number): Packet => ({from, to, round, wire: `${from}${to}${round}`, carries: ''});

describe('hops', () => {
	it('stand in a row, each with its own state', () => {
		const line = network({
			all: eavesdrop(),
			cut: partition([['ada', 'ben'], ['chi']]),
			lost: drop({round: [2]}),
			rest: eavesdrop(),
			end: deliver(),
		});
		for (const each of [packet('ada', 'ben', 1), packet('ada', 'chi', 1), packet('ben', 'ada', 2)]) line.carry(each);
		expect(line.state('all')).toHaveLength(3);
		expect(line.state('rest').map(({packet: {wire}}) => wire)).toEqual(['adaben1']);
		expect(line.state('lost')).toBeNull();
	});

	it('delay by turns, and give back what is due', () => {
		const line = network({slow: delay({match: {from: ['ada']}, now: 3, turns: 2})});
		expect(line.carry(packet('ada', 'ben', 1))).toEqual([]);
		expect(line.carry(packet('ben', 'ada', 1))).toHaveLength(1);
		expect(dueBy(line.state('slow'), 4).arriving).toEqual([]);
		expect(dueBy(line.state('slow'), 5)).toEqual({arriving: [packet('ada', 'ben', 1)], late: []});
	});

	it('replay once, ahead of what matches', () => {
		const line = network({again: replay({recorded: [packet('x', 'y', 1)], ahead: {round: [2]}})});
		expect(line.carry(packet('ada', 'ben', 1))).toHaveLength(1);
		expect(line.carry(packet('ada', 'ben', 2)).map(({from}) => from)).toEqual(['x', 'ada']);
		expect(line.carry(packet('ada', 'ben', 2))).toHaveLength(1);
	});
});

describe.each(['ed25519', 'secp256k1', 'glass'] as const)('a ceremony on a bad line, on %s', suite => {
	const table = makeTable(suite, 2, 3);
	const shares = sharesOf(runKeygen(table));
	const signing = (options: Partial<Parameters<typeof runSigning>[1]> = {}) =>
		runSigning(table, {shares, signers: ['ada', 'ben'], message: 'beef', ...options});
	const session = table.session('sign-1');

	test('stops without blame when messages are lost or changed on the way', () => {
		const lost = signing({carry: network({cut: drop({from: ['ben'], round: [2]})}).carry});
		expect([lost.status, lost.blame]).toEqual(['aborted', []]);
		expect(lost.reason).toContain('ben silent in round 2');
		const bad = signing({
			carry: network({line: tamperField({from: ['ben'], round: [2]}, ['body', 'z'], z => String(z).replace(/^../, '00'))}).carry,
		});
		expect(bad.blame).toEqual([]);
		expect(bad.reason).toContain('ben silent');
		expect(bad.checks.hub?.find(({holds}) => !holds)).toMatchObject({name: 'authentication', about: 'ben'});
	});

	test('an arrival late from another run counts as not received where contexts are checked', () => {
		const slow = network({slow: delay({match: {from: ['ben']}, now: 1, turns: 1})});
		signing({carry: slow.carry, session: 'sign-0', closeRounds: false});
		const {arriving} = dueBy(slow.state('slow'), 2);
		expect(arriving).toHaveLength(1);
		const late = signing({inFlight: arriving});
		expect(late.status).toBe('done');
		expect(late.checks.hub?.find(({holds}) => !holds)).toMatchObject({name: 'context'});
		// Unchecked, the old commitments are taken for the new ones, and ben refuses a list that is not his.
		expect(signing({inFlight: arriving, checks: {context: false}}).status).toBe('aborted');
	});

	test('an honest party is blamed for what it never said where envelopes are not authenticated, and only there', () => {
		const changeBody = () => ({z: '01'.padEnd(2 * (suite === 'glass' ? 12 : 32), '0')});
		const framed = network({
			line: tamper({from: ['ben'], round: [2]}, wire => impersonate({session, identity: table.identity(HUB), wire, changeBody})),
		});
		const off = signing({carry: framed.carry, checks: {authentication: false}});
		expect(off.blame.map(({member, check}) => `${member} ${check.name}`)).toEqual(['ben verifyPartials']);
		const on = signing({carry: framed.carry});
		expect(on.blame).toEqual([]);
		expect(on.status).toBe('aborted');
	});

	test('a bad partial of an implant is named; unchecked, the signature is bad and nobody is', () => {
		const {carry} = network({ben: tamper({from: ['ben']}, wire => corruptPartial({session, identity: table.identity('ben'), wire}))});
		expect(signing({carry}).blame.map(({member, check}) => `${member} ${check.name}`)).toEqual(['ben verifyPartials']);
		const off = signing({carry, checks: {verifyPartials: false}});
		expect([off.status, off.blame]).toEqual(['aborted', []]);
		expect(off.reason).toContain('nobody checked whose');
	});
});

test('an attack without equations did not work', () => {
	expect(worked({needs: '', checks: [], result: null})).toBe(false);
});
