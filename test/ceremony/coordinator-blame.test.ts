// What a coordinator can send wrong: no honest signer is ever blamed for it, neither by the ceremony nor by anybody whom the coordinator shows the
// signed messages, and no signature comes of it.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type Body, bindsOf, type Envelope, parseEnvelope, writeEnvelope} from '../../source/ceremony/envelope.js';
import {
	corruptPartial,
	keyPublicOf,
	type Packet,
	type Program,
	rewriteEnvelope,
	type Session,
	signatureOf,
	verifyOutput,
} from '../../source/ceremony/index.js';
import {checkPartial, signingEquations} from '../../source/ceremony/signing-equations.js';
import {pointFromHex, pointHex, scalarFromHex, scalarHex} from '../../source/sharing/scalars.js';
import {suiteOf} from '../../source/sharing/suites.js';
import {runComputing} from './computing.js';
import {anyShare, makeVault, type Vault} from './same-key.js';
import {type Carry, HUB, makeTable, NAMES, runSigning} from './table.js';

const MESSAGE = 'c0ffee';
const OTHER = 'beef';

interface Entry {
	readonly index: number;
	readonly hiding: string;
	readonly binding: string;
}

/** A request to sign as the coordinator may send it: another body, or the right one under other signed hashes. */
interface Lie {
	readonly what: string;
	readonly change: (body: Body) => {readonly body: Body; readonly binds?: Envelope['binds']};
}

/** Every field of a request to these signers: the message, the list and each entry of it, and the hashes that the envelope binds them to. */
function lies({table}: Vault, signers: readonly string[]): Lie[] {
	const suite = suiteOf(table.suite);
	const listIn = (body: Body) => body.list as readonly Entry[];
	const moved = (text: string) => {
		const point = pointFromHex(suite, text).add(suite.base);
		return pointHex(point.is0() ? point.add(suite.base) : point);
	};
	const shows = (what: string, changed: (body: Body) => Body): Lie => ({what, change: body => ({body: changed(body)})});
	const list = (what: string, changed: (entries: readonly Entry[]) => unknown): Lie =>
		shows(`a list ${what}`, body => ({...body, list: changed(listIn(body))}));
	const messages = [OTHER, '', `${MESSAGE}00`, `${MESSAGE}zz`, `${MESSAGE}0`, MESSAGE.toUpperCase(), 7, null, undefined];
	const entries = signers.flatMap((id, k): Lie[] => {
		const at = (what: string, changed: (entry: Entry) => Partial<Record<keyof Entry, unknown>>) =>
			list(`whose entry of ${id} has ${what}`, all => all.map((entry, j) => (j === k ? {...entry, ...changed(entry)} : entry)));
		return [
			...(['hiding', 'binding'] as const).flatMap(field => [
				at(`another point "${field}"`, entry => ({[field]: moved(entry[field])})),
				at(`no point "${field}"`, entry => ({[field]: 'ff'.repeat(entry[field].length / 2)})),
				at(`no text "${field}"`, () => ({[field]: 1})),
			]),
			at('its two points swapped', ({hiding, binding}) => ({hiding: binding, binding: hiding})),
			...[0, 99, '1', signers.length + 1, ((k + 1) % signers.length) + 1].map(index => at(`index ${index}`, () => ({index}))),
			list(`without ${id}`, all => all.filter((_, j) => j !== k)),
			list(`with ${id} twice`, all => all.flatMap((entry, j) => (j === k ? [entry, entry] : [entry]))),
		];
	});
	return [
		...messages.map(message => shows(`the message ${JSON.stringify(message)}`, body => ({...body, message}))),
		...entries,
		list('in the other order', all => [...all].reverse()),
		list('in which all points are those of the neighbour', all => all.map(({index}, k) => ({...all[(k + 1) % all.length], index}))),
		list('with one who does not sign', all => [...all, {...all[0], index: signers.length + 1}]),
		list('that is empty', () => []),
		shows('no list', ({list: _, ...body}) => body),
		...(['list', 'message'] as const).map(
			(field): Lie => ({
				what: `the hash of another ${field}`,
				change: body => ({body, binds: {...bindsOf(body), [field]: '00'.repeat(32)}}),
			}),
		),
		{what: 'no hashes', change: body => ({body, binds: undefined})},
	];
}

/**
 * What anybody concludes from a request and an answer, both signed: the signer is at fault only where its answer is bound to this list and message and
 * its partial signature does not fit them.
 */
function isAtFault({table, shares}: Vault, request: string, answer: string): boolean {
	const [asked, said] = [parseEnvelope(request), parseEnvelope(answer)];
	if (asked === undefined || said === undefined || typeof said.body.z !== 'string') return false;
	const binds = bindsOf(asked.body);
	if (said.binds?.list !== binds.list || said.binds.message !== binds.message) return false;
	const suite = suiteOf(table.suite);
	const key = anyShare(shares);
	try {
		const list = (asked.body.list as readonly Entry[]).map(({index, hiding, binding}) => ({
			index,
			hiding: pointFromHex(suite, hiding),
			binding: pointFromHex(suite, binding),
		}));
		const equations = signingEquations(
			suite,
			pointFromHex(suite, key.commitments[0] ?? ''),
			list,
			Buffer.from(String(asked.body.message), 'hex'),
		);
		const index = NAMES.indexOf(said.from) + 1;
		const own = list.find(entry => entry.index === index);
		if (own === undefined) return false;
		return !checkPartial(suite, equations, own, pointFromHex(suite, key.verifyingShares[index] ?? ''), scalarFromHex(suite, said.body.z))
			.holds;
	} catch {
		// A request that holds no equation proves nothing.
		return false;
	}
}

interface Case {
	readonly lie: Lie;
	readonly to: readonly string[];
}

/** To all, or to one of them only: then two signers see two lists. */
function cases(vault: Vault, signers: readonly string[]): Case[] {
	return lies(vault, signers).flatMap(lie => [signers, signers.slice(-1)].map(to => ({lie, to})));
}

function expectNobodyFramed(vault: Vault, signers: readonly string[], {lie, to}: Case): void {
	const {table, shares} = vault;
	const session: Session = table.session('s');
	const sent: string[] = [];
	const carry: Carry = packet => {
		if (packet.from !== HUB || !to.includes(packet.to)) return [packet];
		const envelope = parseEnvelope(packet.wire);
		const changed = lie.change(envelope?.body ?? {});
		const binds = 'binds' in changed ? changed.binds : bindsOf(changed.body);
		const letter = {round: 2, from: HUB, to: envelope?.to ?? '', body: changed.body, binds};
		const wire = writeEnvelope(session, table.identity(HUB), JSON.parse(JSON.stringify(letter)));
		sent.push(wire);
		return [{...packet, wire}];
	};
	const run = runSigning(table, {shares: Object.values(shares), signers, message: MESSAGE, session: 's', carry});
	const what = `${lie.what}, to ${to.join()}: ${run.reason}`;
	expect(sent.length, what).toBe(to.length);
	expect([run.status, run.blame], what).toEqual(['aborted', []]);
	expect(() => signatureOf(run.sides[HUB]?.memory ?? ''), what).toThrow('without a signature');
	// Whoever was lied to says so in its own record, or has answered what it was shown and nothing else.
	const answers = run.transits.filter(({to: receiver, round}: Packet) => receiver === HUB && round === 2);
	const shown = new Set(run.transits.filter(({from}) => from === HUB).map(({wire}) => wire));
	for (const request of shown) for (const {wire} of answers) expect(isAtFault(vault, request, wire), what).toBe(false);
}

describe('whatever a coordinator asks', () => {
	test.each([
		[2, 3],
		[3, 5],
	] as const)('no signer is blamed for it, in no field of the request, %s of %s on glass', (t, n) => {
		const vault = makeVault('glass', t, n);
		const signers = NAMES.slice(0, t);
		const all = cases(vault, signers);
		expect(all.length).toBeGreaterThan(80);
		for (const each of all) expectNobodyFramed(vault, signers, each);
	});

	test.each(['ed25519', 'secp256k1'] as const)('nor on %s, sampled', suite => {
		const vault = makeVault(suite, 2, 3);
		const signers = NAMES.slice(0, 2);
		fc.assert(
			fc.property(fc.constantFrom(...cases(vault, signers)), each => expectNobodyFramed(vault, signers, each)),
			{numRuns: 10},
		);
	});

	test('but one who signs wrong is at fault for everybody who sees request and answer', () => {
		const vault = makeVault('glass', 2, 3);
		const {table, shares} = vault;
		const liar = table.identity('ben');
		const carry: Carry = packet => [
			packet.from === 'ben' ? {...packet, wire: corruptPartial({session: table.session('s'), identity: liar, wire: packet.wire})} : packet,
		];
		const run = runSigning(table, {shares: Object.values(shares), signers: ['ada', 'ben'], message: MESSAGE, session: 's', carry});
		const request = run.transits.find(({from}) => from === HUB)?.wire ?? '';
		const answers = run.transits.filter(({to, round}) => to === HUB && round === 2);
		expect(answers.filter(({wire}) => isAtFault(vault, request, wire)).map(({from}) => from)).toEqual(['ben']);
	});

	test('and a signature of which it changes anything is none', () => {
		const vault = makeVault('glass', 2, 3);
		const run = runSigning(vault.table, {shares: Object.values(vault.shares), signers: NAMES.slice(0, 2), message: MESSAGE});
		const signature = signatureOf(run.sides[HUB]?.memory ?? '');
		const {publicKey} = keyPublicOf(anyShare(vault.shares));
		const holds = (message: string, text: string) => verifyOutput('glass', publicKey, message, text);
		expect(holds(MESSAGE, signature)).toBe(true);
		expect(holds(OTHER, signature)).toBe(false);
		for (let at = 0; at < signature.length; at++) {
			const changed = signature.slice(0, at) + (signature[at] === '0' ? '1' : '0') + signature.slice(at + 1);
			expect(holds(MESSAGE, changed), `character ${at}`).toBe(false);
		}
	});
});

describe('whatever a dealer of triples deals', () => {
	const table = makeTable('glass', 2, 3);
	const suite = suiteOf('glass');
	const width = 2 * suite.scalars.BYTES;
	const session = table.session('compute-1');
	const program: Program = {kind: 'product', cohort: ['ada', 'ben']};
	const run = (carry?: Carry) => runComputing(table, {program, inputs: {ada: '3', ben: '5'}, carry});
	const dealt = (to: string, changeBody: (body: Body) => Body): Carry => {
		const identity = table.identity(HUB);
		return packet => [
			packet.from === HUB && packet.to === to
				? {...packet, wire: rewriteEnvelope({session, identity, wire: packet.wire, changeBody})}
				: packet,
		];
	};
	const fieldsOf = (to: string): [string, string][] => {
		const found: [string, string][] = [];
		const reading = dealt(to, body => {
			found.push(...Object.entries(body).map(([field, text]): [string, string] => [field, String(text)]));
			return body;
		});
		run(reading);
		return found;
	};

	// What it knows whole it can also deal wrong: with two shares more than needed its receiver looks like a liar (see the threat model).
	test('no party is blamed for a wrong scalar among three of whom two open, and whoever deals no scalars is named', () => {
		let count = 0;
		for (const to of table.parties) {
			for (const [field, text] of fieldsOf(to)) {
				for (let at = 0; at < text.length; at += width) {
					const other = scalarHex(suite, suite.scalars.add(scalarFromHex(suite, text.slice(at, at + width)), 1n));
					const after = run(dealt(to, body => ({...body, [field]: text.slice(0, at) + other + text.slice(at + width)})));
					expect(after.blame, `scalar ${at / width} of "${field}" to ${to}: ${after.reason}`).toEqual([]);
					// The mask of an input is between its owner and the dealer: with another one the owner gives another number, and nobody can tell.
					if (field === 'shares') expect(after.status, `scalar ${at / width} of "${field}" to ${to}`).toBe('aborted');
					count++;
				}
				for (const wrong of ['ff'.repeat(text.length / 2), text.slice(width), 'none', 1]) {
					const after = run(dealt(to, body => ({...body, [field]: wrong})));
					const what = `"${field}" to ${to} is ${wrong}: ${after.reason}`;
					expect([after.status, [...new Set(after.blame.map(({member}) => member))]], what).toEqual(['aborted', [HUB]]);
				}
			}
		}
		expect(count).toBeGreaterThan(30);
	});
});
