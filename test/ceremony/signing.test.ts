import {createHash, createPublicKey, verify} from 'node:crypto';
import {schnorr} from '@noble/curves/secp256k1.js';
import {hexToBytes} from '@noble/hashes/utils.js';
import fc from 'fast-check';
import {describe, expect, it, test} from 'vitest';
import {
	corruptPartial,
	forge,
	type KeyShare,
	rewriteEnvelope,
	sideOf,
	signatureOf,
	tryShares,
	verifyOutput,
} from '../../source/ceremony/index.js';
import {readMemory} from '../../source/ceremony/memory.js';
import type {SideBase} from '../../source/ceremony/side.js';
import {
	type Carry,
	drawFrom,
	HUB,
	makeTable,
	REAL_SUITES,
	runDealer,
	runKeygen,
	runSigning,
	type SigningOptions,
	sharesOf,
	type Table,
} from './table.js';

const MESSAGE = Buffer.from('pay 100 to vendor').toString('hex');
const OTHER = Buffer.from('pay 999 to vendor').toString('hex');
const sha256 = (hex: string) => createHash('sha256').update(Buffer.from(hex, 'hex')).digest('hex');

/** Keys are made once a suite: the ceremonies under test are the signings. */
const tables = new Map<string, {table: Table; shares: KeyShare[]}>();
function prepared(suite: (typeof REAL_SUITES)[number]) {
	const found = tables.get(suite);
	if (found !== undefined) return found;
	const table = makeTable(suite, 2, 3);
	const made = {table, shares: sharesOf(runKeygen(table))};
	tables.set(suite, made);
	return made;
}

function sign(suite: (typeof REAL_SUITES)[number], options: Partial<SigningOptions> = {}) {
	const {table, shares} = prepared(suite);
	return runSigning(table, {shares, signers: ['ada', 'chi'], message: MESSAGE, ...options});
}

/** An implanted party that adds one to its partial signature. */
const corrupting =
	(table: Table, from: string): Carry =>
	packet => [
		packet.from === from
			? {...packet, wire: corruptPartial({session: table.session('sign-1'), identity: table.identity(from), wire: packet.wire})}
			: packet,
	];

describe.each(REAL_SUITES)('signing on %s', suite => {
	it('gives a signature that stock verifiers accept, for every quorum', () => {
		const {shares} = prepared(suite);
		const publicKey = shares[0]?.publicKey ?? '';
		for (const signers of [
			['ada', 'ben'],
			['chi', 'ben'],
			['ada', 'ben', 'chi'],
		]) {
			const run = sign(suite, {signers});
			expect(run).toMatchObject({status: 'done', blame: []});
			const signature = signatureOf(run.sides[HUB]?.memory ?? '');
			const stock =
				suite === 'ed25519'
					? verify(
							null,
							Buffer.from(MESSAGE, 'hex'),
							createPublicKey({key: {kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey, 'hex').toString('base64url')}, format: 'jwk'}),
							Buffer.from(signature, 'hex'),
						)
					: schnorr.verify(hexToBytes(signature), hexToBytes(MESSAGE), hexToBytes(publicKey));
			expect(stock).toBe(true);
			expect(verifyOutput(suite, publicKey, MESSAGE, signature)).toBe(true);
			expect(verifyOutput(suite, publicKey, OTHER, signature)).toBe(false);
			expect(verifyOutput(suite, publicKey, MESSAGE, signature.replace(/^../, 'zz'))).toBe(false);
		}
	});

	test('exactly those who send a wrong partial are blamed, with the signed messages that prove it', () => {
		const {table, shares} = prepared(suite);
		fc.assert(
			fc.property(fc.subarray(['ada', 'ben', 'chi'], {minLength: 1}), bad => {
				const carries = bad.map(id => corrupting(table, id));
				const carry: Carry = packet => carries.reduce((packets, next) => packets.flatMap(next), [packet]);
				const run = runSigning(table, {shares, signers: ['ada', 'ben', 'chi'], message: MESSAGE, carry});
				expect(run.status).toBe('aborted');
				expect(run.blame.map(({member}) => member).sort()).toEqual(bad);
				for (const {member, check, evidence} of run.blame) {
					expect(check).toMatchObject({name: 'verifyPartials', about: member, holds: false});
					expect(check.left).not.toBe(check.right);
					expect(evidence.map(wire => JSON.parse(wire).from)).toEqual([HUB, member]);
				}
			}),
			{numRuns: 4},
		);
	});

	it('without checked partials notices a wrong one only when the signature fails, and knows nobody to blame', () => {
		const {table} = prepared(suite);
		const run = sign(suite, {carry: corrupting(table, 'chi'), checks: {verifyPartials: false}});
		expect(run).toMatchObject({status: 'aborted', blame: []});
		expect(run.reason).toContain('the signature does not verify');
		expect(run.checks[HUB]?.some(({name}) => name === 'verifyPartials')).toBe(false);
	});

	it('is the same every time', () => {
		expect(sign(suite).transits.map(({wire}) => wire)).toEqual(sign(suite).transits.map(({wire}) => wire));
		const elsewhere = sign(suite, {session: 'sign-2'}).transits.map(({wire}) => JSON.parse(wire).body.hiding);
		expect(sign(suite).transits.map(({wire}) => JSON.parse(wire).body.hiding)[0]).not.toBe(elsewhere[0]);
	});

	it('takes a message of any length', () => {
		for (const message of ['', '00'.repeat(5000)]) expect(sign(suite, {message}).status).toBe('done');
	});

	it('can be forged with t captured shares of the key, and with nothing less', () => {
		const {shares} = prepared(suite);
		const [ada, ben] = shares;
		const other = sharesOf(runDealer(makeTable(suite, 2, 3)));
		if (ada === undefined || ben === undefined || other[1] === undefined) throw new Error('no shares');
		const draw = drawFrom('attackers');
		expect(tryShares({key: ada, shares: [ada, ben]}).check).toMatchObject({holds: true, left: ada.commitments[0]});
		const {signature, holds} = forge({key: ada, shares: [ada, ben], message: OTHER, draw});
		expect(holds).toBe(true);
		expect(verifyOutput(suite, ada.publicKey, OTHER, signature)).toBe(true);
		for (const shares of [[ada], [ada, other[1]], []]) expect(tryShares({key: ada, shares}).check.holds).toBe(false);
		for (const shares of [[ada], [ada, other[1]]]) expect(forge({key: ada, shares, message: OTHER, draw}).holds).toBe(false);
	});
});

describe('what a party approved', () => {
	const approved = {ada: sha256(MESSAGE), chi: sha256(MESSAGE)};

	it('binds its side: other bytes get a signed refusal and no partial', () => {
		const run = sign('ed25519', {approved, message: OTHER});
		expect(run).toMatchObject({status: 'aborted', blame: [], reason: 'bytes differ from what ada approved'});
		expect(run.transits.filter(({to, round}) => to === HUB && round === 2).every(({wire}) => JSON.parse(wire).body.z === undefined)).toBe(
			true,
		);
		expect(sign('ed25519', {approved}).status).toBe('done');
	});

	it('is compared only where the check is on, and only by those who approved bytes', () => {
		expect(sign('ed25519', {approved, message: OTHER, checks: {approval: false}}).status).toBe('done');
		const one = sign('ed25519', {approved: {chi: sha256(MESSAGE)}, message: OTHER});
		expect(one.reason).toBe('bytes differ from what chi approved');
		expect(sign('ed25519', {message: OTHER}).status).toBe('done');
	});
});

describe('nonces', () => {
	it('are gone from memory once the partial is out, and a second request is refused', () => {
		const {table} = prepared('ed25519');
		const run = sign('ed25519');
		const ada = run.sides.ada?.memory ?? '';
		expect(readMemory<SideBase & {nonces?: unknown}>(ada).nonces).toBeUndefined();
		const request = run.transits.find(({to, round}) => to === 'ada' && round === 2)?.wire ?? '';
		const again = sideOf('signing').receive(ada, request, table.draw('ada'));
		expect(again.send).toEqual([]);
		expect(again.checks.at(-1)).toMatchObject({name: 'nonce', holds: false});
		const fresh = rewriteEnvelope({
			session: table.session('sign-1'),
			identity: table.identity(HUB),
			wire: request,
			changeBody: body => body,
		});
		expect(sideOf('signing').receive(again.memory, fresh, table.draw('ada')).send).toEqual([]);
	});

	it('are discarded when the round is closed', () => {
		const run = sign('ed25519', {carry: ({to, ...packet}) => (to === 'ada' && packet.round === 2 ? [] : [{to, ...packet}])});
		expect(run).toMatchObject({status: 'aborted', blame: []});
		expect(readMemory<SideBase & {nonces?: unknown}>(run.sides.ada?.memory ?? '').nonces).toBeUndefined();
	});

	it('are the same again on a machine that is set back to a snapshot, for whatever message comes then', () => {
		const {table} = prepared('ed25519');
		const snapshot =
			sign('ed25519', {carry: ({round, ...packet}) => (round === 2 ? [] : [{round, ...packet}]), closeRounds: false}).sides.ada?.memory ??
			'';
		expect(Object.values(readMemory<SideBase & {nonces?: object}>(snapshot).nonces ?? {})).toEqual([
			expect.stringMatching(/^[0-9a-f]{64}$/),
			expect.stringMatching(/^[0-9a-f]{64}$/),
		]);
		const requests = [MESSAGE, OTHER].map(
			message => sign('ed25519', {message}).transits.find(({to, round}) => to === 'ada' && round === 2)?.wire ?? '',
		);
		const answers = requests.map(wire => sideOf('signing').receive(snapshot, wire, table.draw('ada')).send[0]?.wire ?? '');
		const [first, second] = answers.map(wire => JSON.parse(wire).body.z);
		expect(first).not.toBe(second);
	});
});

describe('a lying coordinator', () => {
	const rewrite =
		(to: string, changeBody: (body: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>): Carry =>
		packet => {
			if (packet.from !== HUB || packet.to !== to) return [packet];
			const {table} = prepared('ed25519');
			const wire = rewriteEnvelope({
				session: table.session('sign-1'),
				identity: table.identity(HUB),
				wire: packet.wire,
				changeBody,
			});
			return [{...packet, wire}];
		};

	it('who shows one signer another message gets no honest signer blamed: the partial says what it signs', () => {
		const run = sign('ed25519', {carry: rewrite('chi', body => ({...body, message: OTHER}))});
		expect(run).toMatchObject({status: 'aborted', blame: [], reason: 'chi silent in round 2'});
		const unchecked = sign('ed25519', {carry: rewrite('chi', body => ({...body, message: OTHER})), checks: {context: false}});
		expect(unchecked.blame.map(({member}) => member)).toEqual(['chi']);
	});

	it('cannot make a signer use nonces that are not its own', () => {
		const swap = (body: Readonly<Record<string, unknown>>) => {
			const [first, second] = body.list as {index: number; hiding: string; binding: string}[];
			return {
				...body,
				list: [
					{...second, index: first?.index},
					{...first, index: second?.index},
				],
			};
		};
		const run = sign('ed25519', {carry: rewrite('chi', swap)});
		expect(run.status).toBe('aborted');
		expect(run.checks.chi?.at(-1)).toMatchObject({name: 'ownCommitment', holds: false});
	});

	it('cannot ask with a list below the threshold', () => {
		const run = sign('ed25519', {carry: rewrite('chi', body => ({...body, list: (body.list as unknown[]).slice(1)}))});
		expect(run.sides.chi && readMemory(run.sides.chi.memory).reason).toBe('the list names too few signers, or is none');
	});
});

describe('signing over a bad line', () => {
	it('counts a message whose bytes were changed on the way as not received', () => {
		const carry: Carry = packet => [
			packet.from === 'chi' && packet.round === 2 ? {...packet, wire: packet.wire.replace(/"z":"./, '"z":"0')} : packet,
		];
		const touched = sign('ed25519', {carry: packet => carry({...packet, wire: packet.wire})});
		expect(touched).toMatchObject({status: 'aborted', blame: [], reason: 'chi silent in round 2'});
	});

	it('with authentication off blames whoever the message names, guilty or not', () => {
		const carry: Carry = packet => [
			packet.from === 'chi' && packet.round === 2 ? {...packet, wire: packet.wire.replace(/"z":"../, '"z":"0f')} : packet,
		];
		const run = sign('ed25519', {carry, checks: {authentication: false}});
		expect(run.blame.map(({member}) => member)).toEqual(['chi']);
	});

	it('waits for a lost partial for as long as the round is open', () => {
		const carry: Carry = packet => (packet.from === 'chi' && packet.round === 2 ? [] : [packet]);
		const run = sign('ed25519', {carry, closeRounds: false});
		expect(run).toMatchObject({status: 'waiting', waitingFor: ['chi'], blame: []});
		expect(run.transits.filter(({delivered}) => !delivered)).toHaveLength(1);
	});

	it('refuses a delayed partial of an earlier signing, unless nobody looks at its context', () => {
		const inFlight = sign('ed25519', {session: 'sign-0'}).transits.filter(({from}) => from === 'chi');
		expect(sign('ed25519', {inFlight}).status).toBe('done');
		const fooled = sign('ed25519', {inFlight, checks: {context: false}});
		expect(fooled.status).toBe('aborted');
	});

	it('refuses points that are no points, and torsion, and blames their sender', () => {
		const {table} = prepared('ed25519');
		const sending =
			(hiding: string): Carry =>
			packet => {
				if (packet.from !== 'chi' || packet.round !== 1) return [packet];
				const changeBody = (body: Readonly<Record<string, unknown>>) => ({...body, hiding});
				return [
					{
						...packet,
						wire: rewriteEnvelope({session: table.session('sign-1'), identity: table.identity('chi'), wire: packet.wire, changeBody}),
					},
				];
			};
		const order2 = 'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f';
		for (const [hiding, name] of [
			['ff'.repeat(32), 'encoding'],
			['not hex', 'encoding'],
			[order2, 'subgroup'],
		] as const) {
			const run = sign('ed25519', {carry: sending(hiding)});
			expect(run.blame.map(({member, check}) => [member, check.name])).toEqual([['chi', name]]);
		}
	});
});
