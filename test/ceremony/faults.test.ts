// Every scalar, point and hash that a party sends, wrong: that party is blamed and nobody else. Every message changed on its way: not received.
import fc from 'fast-check';
import {describe, expect, it, test} from 'vitest';
import {type CeremonyRun, corruptValue, type Packet, rewriteEnvelope, type Session} from '../../source/ceremony/index.js';
import {pointHex, scalarFromHex, scalarHex} from '../../source/sharing/scalars.js';
import {suiteOf} from '../../source/sharing/suites.js';
import {makeVault, refreshSides, repairSides, reshareSides, runRefresh, runRepair, runReshare, type Vault, vaultOf} from './same-key.js';
import {type Carry, HUB, NAMES, runDealer, runKeygen, runSigning} from './table.js';

type Body = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

interface Ceremony {
	readonly name: string;
	readonly session: Session;
	readonly run: (carry?: Carry) => CeremonyRun;
}

function ceremonies(vault: Vault, sealed: boolean): Ceremony[] {
	const {table, shares} = vault;
	const [t, n] = [table.threshold, Object.keys(shares).length];
	const committee = {threshold: t, dealers: NAMES.slice(0, t), receivers: [...NAMES.slice(1, n), 'ida']};
	const roles = {helpers: NAMES.slice(0, t), target: NAMES[t] ?? ''};
	const signers = NAMES.slice(0, t);
	// A key is made by the first n, whoever else sits at the table.
	const keygen = {
		...table,
		parties: table.parties.slice(0, n),
		session: (id: string, s?: boolean) => ({...table.session(id, s), members: table.session(id, s).members.slice(0, n)}),
	};
	return [
		{name: 'keygen', session: keygen.session('k', sealed), run: carry => runKeygen(keygen, {session: 'k', sealed, carry})},
		{name: 'dealer', session: keygen.session('d', sealed), run: carry => runDealer(keygen, {session: 'd', sealed, carry})},
		{name: 'refresh', session: refreshSides(vault, {sealed}).session, run: carry => runRefresh(vault, {sealed, carry})},
		{
			name: 'reshare',
			session: reshareSides(vault, committee, {sealed}).session,
			run: carry => runReshare(vault, committee, {sealed, carry}),
		},
		{name: 'repair', session: repairSides(vault, roles, {sealed}).session, run: carry => runRepair(vault, roles, {sealed, carry})},
		{
			name: 'signing',
			session: table.session('s'),
			run: carry => runSigning(table, {shares: Object.values(shares), signers, message: 'c0ffee', session: 's', carry}),
		},
	];
}

/** The places in a body where a scalar, a point or a hash stands. */
function fields(value: unknown, path: Path = []): Path[] {
	if (typeof value === 'string') return /^([0-9a-f]{2}){12,}$/.test(value) ? [path] : [];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, part]) => fields(part, [...path, Array.isArray(value) ? Number(key) : key]));
}

function changeAt(value: unknown, [step, ...rest]: Path, change: (text: string) => string): unknown {
	if (step === undefined) return change(String(value));
	if (Array.isArray(value)) return value.map((part, k) => (k === step ? changeAt(part, rest, change) : part));
	return Object.fromEntries(Object.entries(value as Body).map(([key, part]) => [key, key === step ? changeAt(part, rest, change) : part]));
}

const SCALARS = ['value', 'sum', 'z'];
/** Roots are nothing by themselves, but whoever shows different ones to different members has sent two messages. */
const HASHES = ['echo', 'accept', 'flipped', 'roots'];

/** Another value of the same kind: x + 1, P + G, a hash with another first byte; or no value at all. */
function wrong(vault: Vault, path: Path, kind: 'other' | 'none'): (text: string) => string {
	const suite = suiteOf(vault.table.suite);
	const name = String(path.findLast(step => typeof step === 'string'));
	if (kind === 'none') return text => 'ff'.repeat(text.length / 2);
	if (HASHES.includes(name)) return text => (text.startsWith('00') ? `ff${text.slice(2)}` : `00${text.slice(2)}`);
	if (SCALARS.includes(name)) return text => scalarHex(suite, suite.scalars.add(scalarFromHex(suite, text), 1n));
	return text => {
		const moved = suite.decode(Buffer.from(text, 'hex')).add(suite.base);
		return pointHex(moved.is0() ? moved.add(suite.base) : moved);
	};
}

interface Fault {
	readonly what: string;
	readonly ceremony: Ceremony;
	readonly from: string;
	readonly carry: Carry;
}

/** Each field of each message of each party: wrong for all who get it, wrong for one of them only, or no value at all. */
function faults(vault: Vault, ceremony: Ceremony): Fault[] {
	const {session, run, name} = ceremony;
	const {identity} = vault.table;
	const messages = new Map<string, Packet[]>();
	for (const packet of run().transits) messages.set(packet.wire, [...(messages.get(packet.wire) ?? []), packet]);
	const list: Fault[] = [];
	for (const packets of messages.values()) {
		const [{from, round, wire, carries}] = packets as [Packet];
		// What the coordinator of a signing sends wrong: coordinator-blame.test.ts.
		if (from === HUB && name === 'signing') continue;
		let body: Body = {};
		rewriteEnvelope({session, identity: identity(from), wire, changeBody: seen => (body = seen)});
		for (const path of fields(body)) {
			for (const kind of ['other', 'none'] as const) {
				const everybody = packets.map(packet => packet.to);
				for (const to of kind === 'other' && packets.length > 1 ? [everybody, everybody.slice(-1)] : [everybody]) {
					const changeBody = (seen: Body) => changeAt(seen, path, wrong(vault, path, kind)) as Body;
					const carry: Carry = packet => {
						const hit = packet.from === from && packet.round === round && to.includes(packet.to) && packet.wire === wire;
						return [hit ? {...packet, wire: rewriteEnvelope({session, identity: identity(from), wire, changeBody})} : packet];
					};
					const what = `${name}: ${from}, round ${round} (${carries}), ${path.join('.')} ${kind} to ${to.join()}`;
					list.push({what, ceremony, from, carry});
				}
			}
		}
	}
	return list;
}

function expectBlame({what, ceremony, from, carry}: Fault): void {
	const run = ceremony.run(carry);
	const blamed = [...new Set(run.blame.map(({member}) => member))];
	expect([run.status, blamed], `${what}: ${run.reason}`).toEqual(['aborted', [from]]);
	for (const {check, evidence, member} of run.blame) {
		expect(check.holds, what).toBe(false);
		expect(evidence.length, what).toBeGreaterThan(0);
		// The evidence holds something that the culprit signed.
		expect(
			evidence.some(wire => wire !== '' && JSON.parse(wire).from === member),
			what,
		).toBe(true);
	}
}

describe('a wrong field is blamed on its sender, and on nobody else', () => {
	test.each([
		[2, 3, true],
		[2, 3, false],
		[3, 5, true],
	] as const)('in every message, %s of %s on glass, sealed %s', (t, n, sealed) => {
		const vault = makeVault('glass', t, n, {seats: 9});
		const all = ceremonies(vault, sealed).flatMap(ceremony => faults(vault, ceremony));
		expect(all.length).toBeGreaterThan(100);
		for (const fault of all) expectBlame(fault);
	});

	test.each(['ed25519', 'secp256k1'] as const)('in sampled messages of 2 of 3 on %s', suite => {
		const vault = makeVault(suite, 2, 3, {seats: 9});
		const all = ceremonies(vault, true).flatMap(ceremony => faults(vault, ceremony));
		fc.assert(
			fc.property(fc.constantFrom(...all), fault => expectBlame(fault)),
			{numRuns: 24},
		);
	});

	it('and whoever contradicts itself about a deal is blamed, not the dealer who never heard of the complaint', () => {
		const vault = makeVault('glass', 2, 3, {seats: 9});
		for (const {name, session, run} of ceremonies(vault, true).filter(({name: id}) => id !== 'signing')) {
			const dealers = [
				...new Set(
					run()
						.transits.filter(({round}) => round === 1)
						.map(({from}) => from),
				),
			];
			const complainers = [
				...new Set(
					run()
						.transits.filter(({round}) => round === 4)
						.map(({from}) => from),
				),
			];
			for (const from of complainers) {
				for (const against of dealers.filter(id => id !== from)) {
					const heard = run()
						.transits.filter(packet => packet.from === from && packet.round === 4)
						.map(({to}) => to);
					for (const only of heard) {
						const changeBody = () => ({complaints: [{against, wire: '', key: ''}]});
						const identity = vault.table.identity(from);
						const carry: Carry = packet =>
							packet.from === from && packet.round === 4 && packet.to === only
								? [{...packet, wire: rewriteEnvelope({session, identity, wire: packet.wire, changeBody})}]
								: [packet];
						const {blame, reason} = run(carry);
						const what = `${name}: ${from} complains about ${against} to ${only}: ${reason}`;
						expect([...new Set(blame.map(({member}) => member))], what).toEqual([from]);
					}
				}
			}
		}
	});
});

describe('a reshare whose dealer does not start at its share of the key', () => {
	test.each([
		['glass', 200],
		['ed25519', 10],
		['secp256k1', 10],
	] as const)('names that dealer: D_i0 is not lambda_i*Y_i, on %s (%i cases)', (suite, numRuns) => {
		const sizes = fc.integer({min: 2, max: 4}).chain(n => fc.tuple(fc.integer({min: 2, max: n}), fc.constant(n)));
		fc.assert(
			fc.property(sizes, fc.nat(), fc.integer({min: 2, max: 5}), fc.boolean(), ([t, n], pick, receivers, sealed) => {
				const vault = vaultOf(suite, t, n);
				const first = pick % (n - t + 1);
				const dealers = NAMES.slice(first, first + t);
				const committee = {threshold: 2, dealers, receivers: NAMES.slice(pick % 3).slice(0, receivers)};
				const from = dealers[pick % t] ?? '';
				const options = {sealed, session: `reshare ${pick}`};
				const {session} = reshareSides(vault, committee, options);
				// The same polynomial, one higher everywhere: all that it sends fits together.
				const carry: Carry = packet => [
					packet.from === from
						? {...packet, wire: corruptValue({session, identity: vault.table.identity(from), wire: packet.wire})}
						: packet,
				];
				const run = runReshare(vault, committee, {...options, carry});
				const blamed = [...new Set(run.blame.map(({member, check}) => `${member} ${check.name}`))];
				// Who alone gets its own deal sees no wrong one.
				const isSeen = committee.receivers.some(id => id !== from);
				expect([run.status, blamed], `${from}: ${run.reason}`).toEqual(isSeen ? ['aborted', [`${from} feldman`]] : ['done', []]);
			}),
			{numRuns},
		);
	});
});

describe('a message that was changed on its way', () => {
	test('counts as not received: all ends as if it had been lost', () => {
		const vault = makeVault('glass', 2, 3, {seats: 9});
		for (const sealed of [true, false]) {
			for (const {name, run} of ceremonies(vault, sealed)) {
				const messages = run().transits;
				for (const [n, {wire}] of messages.entries()) {
					let count = 0;
					const nth = (act: (packet: Packet) => readonly Packet[]): Carry => {
						count = 0;
						return packet => (count++ === n ? act(packet) : [packet]);
					};
					const lost = run(nth(() => []));
					// One position of every message, a different one each time.
					const at = (n * 37 + 11) % wire.length;
					const other = wire[at] === '0' ? '1' : '0';
					const changed = run(nth(packet => [{...packet, wire: wire.slice(0, at) + other + wire.slice(at + 1)}]));
					const what = `${name}, message ${n + 1}, character ${at}`;
					expect([changed.status, changed.reason, changed.blame], what).toEqual([lost.status, lost.reason, lost.blame]);
					expect(changed.blame, what).toEqual([]);
				}
			}
		}
	});
});
