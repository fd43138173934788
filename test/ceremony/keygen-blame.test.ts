import fc from 'fast-check';
import {describe, expect, it, test} from 'vitest';
import {type Checks, corruptValue, equivocate, type Packet, rewriteEnvelope, tryShares} from '../../source/ceremony/index.js';
import {pointHex, scalarFromHex, scalarHex} from '../../source/sharing/scalars.js';
import {suiteOf} from '../../source/sharing/suites.js';
import {type Carry, HUB, makeTable, runDealer, runKeygen, sharesOf, type Table} from './table.js';

/** Changes what one dealer sends to some receivers. */
function tamper(from: string, to: readonly string[], change: (packet: Packet) => string): Carry {
	return packet => [packet.from === from && to.includes(packet.to) ? {...packet, wire: change(packet)} : packet];
}

const rewriting = (table: Table, from: string, wire: string, id = 'keygen-1') => ({
	session: table.session(id),
	identity: table.identity(from),
	wire,
});

describe('blame in key generation', () => {
	const table = makeTable('ed25519', 2, 3);
	const suite = suiteOf('ed25519');
	const shift = (hex: string) => scalarHex(suite, suite.scalars.add(scalarFromHex(suite, hex), 1n));
	const commitment = (k: number) => (body: Readonly<Record<string, unknown>>) => {
		const commitments = [...(body.commitments as string[])];
		commitments[k] = pointHex(suite.base.multiply(9n));
		return {...body, commitments};
	};
	const proof = (body: Readonly<Record<string, unknown>>) => {
		const {nonce, z} = body.proof as {nonce: string; z: string};
		return {...body, proof: {nonce, z: shift(z)}};
	};
	const others = (id: string) => table.parties.filter(party => party !== id);
	const changed = (round: number, from: string, to: readonly string[], changeBody: Parameters<typeof rewriteEnvelope>[0]['changeBody']) =>
		tamper(from, to, packet =>
			packet.round === round ? rewriteEnvelope({...rewriting(table, from, packet.wire), changeBody}) : packet.wire,
		);

	test('exactly the sender of a wrong scalar or point is blamed, whoever it is and whatever the transport', () => {
		const faults: [string, (from: string) => Carry, string, Checks?][] = [
			['a proof that does not hold', from => changed(1, from, others(from), proof), 'proofOfPossession'],
			['another constant', from => changed(1, from, others(from), commitment(0)), 'proofOfPossession'],
			['another slope than its own side knows', from => changed(1, from, others(from), commitment(1)), 'echo'],
			[
				'a coefficient too many',
				from => changed(1, from, others(from), body => ({...body, commitments: [...(body.commitments as string[]), pointHex(suite.base)]})),
				'commitmentLength',
			],
			[
				'no point at all',
				from => changed(1, from, others(from), body => ({...body, commitments: [(body.commitments as string[])[0], 'ff'.repeat(32)]})),
				'encoding',
				// Its own side knows another version, which the echo would catch first.
				{echo: false},
			],
			['a proof that is none', from => changed(1, from, others(from), body => ({...body, proof: 'trust me'})), 'encoding'],
			[
				'a wrong value for one',
				from => tamper(from, others(from).slice(0, 1), ({wire}) => corruptValue(rewriting(table, from, wire))),
				'feldman',
			],
			['a value that is no scalar', from => changed(3, from, others(from).slice(1), () => ({value: 'ff'.repeat(32)})), 'encoding'],
			[
				'a false complaint',
				from => changed(4, from, others(from), () => ({complaints: [{against: others(from)[0], wire: '', key: ''}]})),
				'complaint',
			],
			['a false accusation', from => changed(2, from, others(from), () => ({accuse: others(from)[0], wire: ''})), 'accusation'],
			['a verdict that says nothing', from => changed(4, from, others(from), () => ({})), 'complaint'],
		];
		fc.assert(
			fc.property(
				fc.constantFrom(...faults),
				fc.constantFrom(...table.parties),
				fc.boolean(),
				([what, fault, name, checks], from, sealed) => {
					const run = runKeygen(table, {carry: fault(from), sealed, checks});
					expect(run.status, what).toBe('aborted');
					expect([...new Set(run.blame.map(({member}) => member))], `${what} by ${from}: ${run.reason}`).toEqual([from]);
					expect(run.blame.map(({check}) => check.name)).toContain(name);
					expect(run.blame.every(({check, evidence}) => !check.holds && evidence.length > 0)).toBe(true);
				},
			),
			{numRuns: 40},
		);
	});

	test('a point with a torsion part is blamed on its sender; with the subgroup check off it passes', () => {
		// Feldman's check passes at every index: T has order 2, and j + j^2 is even.
		const order2 = suite.decode(Buffer.from('ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f', 'hex'));
		const three = makeTable('ed25519', 3, 3);
		const carry = tamper('ben', ['ada', 'chi'], packet => {
			if (packet.round !== 1) return packet.wire;
			const changeBody = (body: Readonly<Record<string, unknown>>) => {
				const [constant, ...rest] = body.commitments as string[];
				return {...body, commitments: [constant, ...rest.map(hex => pointHex(suite.decode(Buffer.from(hex, 'hex')).add(order2)))]};
			};
			return rewriteEnvelope({...rewriting(three, 'ben', packet.wire), changeBody});
		});
		// ben's own copy differs from what it sent, so it is the echo that would stop it first.
		const run = runKeygen(three, {carry, checks: {echo: false}});
		expect(run.blame.map(({member, check}) => [member, check.name])).toEqual([['ben', 'subgroup']]);
		const off = runKeygen(three, {carry, checks: {echo: false, subgroup: false}});
		expect(off.status).toBe('done');
		expect(sharesOf(off).map(({commitments}) => suite.inSubgroup(suite.decode(Buffer.from(commitments[1] ?? '', 'hex'))))).toContain(false);
	});

	test('with proof of possession off, or the Feldman check off, the same wrong message goes unnoticed', () => {
		expect(
			runKeygen(table, {carry: changed(1, 'ben', ['ada', 'chi'], proof), checks: {proofOfPossession: false, echo: false}}).status,
		).toBe('done');
		const carry = tamper('ben', ['ada'], ({wire}) => corruptValue(rewriting(table, 'ben', wire)));
		const run = runKeygen(table, {carry, checks: {feldman: false}});
		expect(run.status).toBe('done');
		const [ada, , chi] = sharesOf(run);
		if (ada === undefined || chi === undefined) throw new Error('no shares');
		expect(tryShares({key: chi, shares: [ada, chi]}).check.holds).toBe(false);
	});

	test('a wrong coefficient count passes where nobody counts, and the key then needs one party more', () => {
		const wide = makeTable('ed25519', 2, 4);
		const run = runKeygen(wide, {
			checks: {commitmentLength: false, echo: false},
			carry: packet => {
				if (packet.from !== 'ben' || (packet.round !== 1 && packet.round !== 3)) return [packet];
				const index = BigInt(wide.parties.indexOf(packet.to) + 1);
				const changeBody = (body: Readonly<Record<string, unknown>>) =>
					packet.round === 1
						? {...body, commitments: [...(body.commitments as string[]), pointHex(suite.base)]}
						: {value: scalarHex(suite, suite.scalars.add(scalarFromHex(suite, body.value as string), index * index))};
				return [{...packet, wire: rewriteEnvelope({...rewriting(wide, 'ben', packet.wire), changeBody})}];
			},
		});
		expect(run.status).toBe('done');
		const [ada, , chi, dee] = sharesOf(run);
		if (ada === undefined || chi === undefined || dee === undefined) throw new Error('no shares');
		expect(tryShares({key: ada, shares: [ada, chi]}).check.holds).toBe(false);
		expect(tryShares({key: ada, shares: [ada, dee]}).check.holds).toBe(false);
		expect(ada.commitments).toHaveLength(3);
	});
});

describe('equivocation in key generation', () => {
	const table = makeTable('ed25519', 2, 3);
	const carry = tamper('ben', ['chi'], ({wire}) => equivocate({...rewriting(table, 'ben', wire), receiver: 'chi', by: 5n}));

	it('passes every equation of the one who is lied to, so without echo the ceremony ends with two different keys', () => {
		const run = runKeygen(table, {carry, checks: {echo: false}});
		expect(run.status).toBe('done');
		const [ada, ben, chi] = sharesOf(run);
		expect(ada?.commitments).toEqual(ben?.commitments);
		expect(chi?.commitments).not.toEqual(ada?.commitments);
		expect(run.checks.chi?.every(check => check.holds)).toBe(true);
	});

	it('is stopped by the echo, before any value has left, and two signed versions prove who did it', () => {
		const run = runKeygen(table, {carry});
		expect(run.status).toBe('aborted');
		expect(run.blame.map(({member, check}) => [member, check.name])).toEqual([['ben', 'echo']]);
		expect(run.transits.some(({round}) => round === 3)).toBe(false);
		const [first, second] = run.blame[0]?.evidence ?? [];
		expect(first).not.toBe(second);
		expect([first, second].map(wire => JSON.parse(wire ?? '').from)).toEqual(['ben', 'ben']);
	});

	it('blames who lies in its echo, not those who heard it', () => {
		for (const to of [['ada'], ['ada', 'chi']]) {
			const lie = tamper('ben', to, packet =>
				packet.round === 2
					? rewriteEnvelope({...rewriting(table, 'ben', packet.wire), changeBody: () => ({echo: '00'.repeat(32)})})
					: packet.wire,
			);
			const run = runKeygen(table, {carry: lie});
			expect(run.status).toBe('aborted');
			expect(run.blame.map(({member}) => member)).toEqual(['ben']);
		}
	});
});

describe('complaints', () => {
	const table = makeTable('secp256k1', 2, 3);
	const wrong: Carry = tamper('ben', ['ada'], ({wire}) => corruptValue(rewriting(table, 'ben', wire)));

	it.each([true, false])(
		'show the signed envelope that came, so that an honest answer afterwards does not save its sender (sealed: %s)',
		sealed => {
			const run = runKeygen(table, {carry: wrong, sealed});
			expect(run.transits.filter(({round}) => round === 5).map(({carries}) => carries)).toContain('the values in question: s21');
			expect(run.blame.map(({member, check}) => [member, check.name, check.equation])).toEqual([
				['ben', 'feldman', 's21*G = D2_0 + 1*D2_1'],
			]);
			expect(run.reason).toContain('ben failed feldman');
		},
	);

	it('blame the accused who does not answer, once the round is closed', () => {
		const lie: Carry = packet => {
			if (packet.from === 'ben' && packet.round === 5) return [];
			if (packet.from !== 'ada' || packet.round !== 4) return [packet];
			const changeBody = () => ({complaints: [{against: 'ben', wire: '', key: ''}]});
			return [{...packet, wire: rewriteEnvelope({...rewriting(table, 'ada', packet.wire), changeBody})}];
		};
		expect(runKeygen(table, {carry: lie, closeRounds: false})).toMatchObject({waitingFor: ['ben']});
		const run = runKeygen(table, {carry: lie});
		expect(run.blame.find(({member}) => member === 'ben')?.check.name).toBe('answer');
	});

	it('and accusations with a doctored exhibit fall back on who makes them', () => {
		const doctor = (wire: string, field: string) => wire.replace(new RegExp(`("${field}":"?\\[?"?)..`), '$100');
		for (const [round, field] of [
			[4, 'value'],
			[2, 'z'],
		] as const) {
			let genuine = '';
			const frame: Carry = packet => {
				if (packet.from === 'ben' && packet.to === 'ada' && packet.round === round - 1) genuine = packet.wire;
				if (packet.from !== 'ada' || packet.round !== round) return [packet];
				const wire = doctor(genuine, field);
				expect(wire).not.toBe(genuine);
				const body = round === 4 ? {complaints: [{against: 'ben', wire, key: ''}]} : {accuse: 'ben', wire};
				return [{...packet, wire: rewriteEnvelope({...rewriting(table, 'ada', packet.wire), changeBody: () => body})}];
			};
			const run = runKeygen(table, {carry: frame, sealed: false});
			expect(run.status).toBe('aborted');
			expect([...new Set(run.blame.map(({member}) => member))]).toEqual(['ada']);
			// Nobody who looks at tags is fooled; without authentication the doctored message counts.
			const fooled = runKeygen(table, {carry: frame, sealed: false, checks: {authentication: false}});
			expect(fooled.blame.map(({member}) => member)).toContain('ben');
		}
	});

	it('with an exhibit of another run fall back on who makes them', () => {
		const old = runKeygen(table, {session: 'keygen-0', sealed: false}).transits.find(
			({from, to, round}) => from === 'ben' && to === 'ada' && round === 3,
		);
		const complaint = {complaints: [{against: 'ben', wire: old?.wire, key: ''}]};
		const frame: Carry = packet => {
			if (packet.from !== 'ada' || packet.round !== 4) return [packet];
			return [{...packet, wire: rewriteEnvelope({...rewriting(table, 'ada', packet.wire), changeBody: () => complaint})}];
		};
		expect([...new Set(runKeygen(table, {carry: frame, sealed: false}).blame.map(({member}) => member))]).toEqual(['ada']);
		const fooled = runKeygen(table, {carry: frame, sealed: false, checks: {context: false}});
		expect(fooled.blame.map(({member}) => member)).toEqual(['ben']);
	});

	it('against a trusted dealer name the dealer', () => {
		const dealer: Carry = tamper(HUB, ['chi'], ({wire}) => corruptValue(rewriting(table, HUB, wire, 'deal-1')));
		const run = runDealer(table, {carry: dealer});
		expect(run.blame.map(({member, check}) => [member, check.name])).toEqual([[HUB, 'feldman']]);
	});
});
