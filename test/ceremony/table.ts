/** A table of parties for tests: draws, identities, sessions and whole ceremonies, all made from a seed. */
import {hash} from 'node:crypto';
import {
	type CeremonyRun,
	type Checks,
	type Draw,
	type Identity,
	type KeyShare,
	keyPublicOf,
	keyShareOf,
	makeIdentity,
	memberOf,
	type Packet,
	runCeremony,
	type Session,
	type SuiteName,
	startCoordinating,
	startDealer,
	startKeygen,
	startReceiver,
	startSigning,
} from '../../source/ceremony/index.js';

/** Names by index from 1; beyond nine parties, which only benches have, they are numbers. */
export const NAMES = ['ada', 'ben', 'chi', 'dee', 'eli', 'fay', 'gus', 'hal', 'ida', ...Array.from({length: 24}, (_, k) => `p${k + 10}`)];
export const HUB = 'hub';
export const REAL_SUITES = ['ed25519', 'secp256k1'] as const;

export type Carry = (packet: Packet) => readonly Packet[];

/** Named draws from a seed. */
export function drawFrom(seed: string): Draw {
	return label => hash('sha512', `${seed}/${label}`, 'buffer');
}

export interface Table {
	readonly suite: SuiteName;
	readonly threshold: number;
	readonly parties: readonly string[];
	readonly identities: Readonly<Record<string, Identity>>;
	readonly draw: (id: string) => Draw;
	session(id: string, sealed?: boolean): Session;
	identity(id: string): Identity;
}

export function makeTable(suite: SuiteName, threshold: number, n: number, seed = 'table'): Table {
	const parties = NAMES.slice(0, n);
	const draw = (id: string) => drawFrom(`${seed}/${id}`);
	const identities = Object.fromEntries([...parties, HUB].map(id => [id, makeIdentity(draw(id), suite)]));
	const identity = (id: string): Identity => {
		const found = identities[id];
		if (found === undefined) throw new Error(`nobody is called ${id}`);
		return found;
	};
	return {
		suite,
		threshold,
		parties,
		identities,
		draw,
		identity,
		session: (id, sealed = true) => ({
			id,
			suite,
			vault: 'treasury',
			epoch: 1,
			threshold,
			members: parties.map((name, k) => memberOf(name, k + 1, identity(name))),
			coordinator: memberOf(HUB, 0, identity(HUB)),
			sealed,
		}),
	};
}

export interface RunOptions {
	readonly carry?: Carry;
	readonly checks?: Checks;
	readonly closeRounds?: boolean;
	readonly inFlight?: readonly Packet[];
	readonly sealed?: boolean;
	readonly session?: string;
}

export function runKeygen(table: Table, options: RunOptions = {}): CeremonyRun {
	const {carry, checks = {}, closeRounds = true, inFlight, sealed = true, session: id = 'keygen-1'} = options;
	const session = table.session(id, sealed);
	const sides = table.parties.map(me => {
		const memory = startKeygen({session, me, identity: table.identity(me), checks});
		return [me, {kind: 'keygen' as const, memory}] as const;
	});
	return runCeremony({sides: Object.fromEntries(sides), draw: table.draw, carry, inFlight, closeRounds});
}

export function runDealer(table: Table, options: RunOptions & {secret?: string} = {}): CeremonyRun {
	const {carry, checks = {}, closeRounds = true, sealed = true, session: id = 'deal-1', secret} = options;
	const session = table.session(id, sealed);
	const receivers = table.parties.map(me => {
		const memory = startReceiver({session, me, identity: table.identity(me), checks});
		return [me, {kind: 'receiver' as const, memory}] as const;
	});
	const dealer = {kind: 'dealer' as const, memory: startDealer({session, identity: table.identity(HUB), checks, secret})};
	return runCeremony({sides: {...Object.fromEntries(receivers), [HUB]: dealer}, draw: table.draw, carry, closeRounds});
}

export function sharesOf(run: CeremonyRun): KeyShare[] {
	return Object.values(run.sides)
		.filter(({kind}) => kind === 'keygen' || kind === 'receiver')
		.map(({memory}) => keyShareOf(memory));
}

export interface SigningOptions extends RunOptions {
	readonly shares: readonly KeyShare[];
	readonly signers: readonly string[];
	readonly message: string;
	readonly approved?: Readonly<Record<string, string>>;
}

export function runSigning(table: Table, options: SigningOptions): CeremonyRun {
	const {shares, signers, message, approved = {}, carry, checks = {}, closeRounds = true, inFlight, session: id = 'sign-1'} = options;
	const session = table.session(id);
	const [first] = shares;
	if (first === undefined) throw new Error('signing needs shares');
	const sides = signers.map(me => {
		const keyShare = shares.find(share => NAMES[share.index - 1] === me);
		if (keyShare === undefined) throw new Error(`${me} has no share`);
		const memory = startSigning({session, me, identity: table.identity(me), keyShare, approved: approved[me], checks});
		return [me, {kind: 'signing' as const, memory}] as const;
	});
	const hub = startCoordinating({session, identity: table.identity(HUB), key: keyPublicOf(first), signers, message, checks});
	return runCeremony({
		sides: {...Object.fromEntries(sides), [HUB]: {kind: 'coordinating', memory: hub}},
		draw: table.draw,
		carry,
		inFlight,
		closeRounds,
	});
}
