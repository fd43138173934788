/** Ceremonies for tests that keep a key and change its shares, on a table of parties. */
import {
	type CeremonyRun,
	type KeyShare,
	keyPublicOf,
	memberOf,
	runCeremony,
	type Session,
	startRefresh,
	startRepair,
	startReshare,
} from '../../source/ceremony/index.js';
import {makeTable, NAMES, type RunOptions, runKeygen, runSigning, sharesOf, type Table} from './table.js';

export type Shares = Readonly<Record<string, KeyShare>>;

/** A table of `seats` machines, of which the first n made a key. */
export interface Vault {
	readonly table: Table;
	readonly shares: Shares;
}

export function makeVault(suite: Table['suite'], threshold: number, n: number, {seed = 'vault', seats = n} = {}): Vault {
	const table = makeTable(suite, threshold, n, seed);
	const shares = Object.fromEntries(sharesOf(runKeygen(table)).map(share => [NAMES[share.index - 1] ?? '', share]));
	return {table: makeTable(suite, threshold, Math.max(n, seats), seed), shares};
}

const vaults = new Map<string, Vault>();

/** A vault with seats for nine, made once for each seed and size: what happens to a key afterwards changes nothing in it. */
export function vaultOf(suite: Table['suite'], threshold: number, n: number, seed = 'vault'): Vault {
	const name = `${suite} ${threshold} ${n} ${seed}`;
	const vault = vaults.get(name) ?? makeVault(suite, threshold, n, {seed, seats: 9});
	vaults.set(name, vault);
	return vault;
}

export function anyShare(shares: Shares): KeyShare {
	const [first] = Object.values(shares);
	if (first === undefined) throw new Error('nobody holds a share');
	return first;
}

function sessionOf(
	{table}: Vault,
	ids: readonly string[],
	options: {id: string; epoch: number; threshold: number; sealed: boolean},
): Session {
	const members = ids.map(id => memberOf(id, NAMES.indexOf(id) + 1, table.identity(id)));
	return {...table.session(options.id, options.sealed), ...options, members};
}

type Options = RunOptions & {readonly key?: KeyShare};

export function refreshSides(
	vault: Vault,
	{checks = {}, sealed = true, session: id, key = anyShare(vault.shares), members}: Options & {members?: readonly string[]} = {},
) {
	const ids = members ?? Object.keys(vault.shares);
	const session = sessionOf(vault, ids, {id: id ?? `refresh-${key.epoch + 1}`, epoch: key.epoch + 1, threshold: key.threshold, sealed});
	const memory = (me: string) =>
		startRefresh({session, me, identity: vault.table.identity(me), key: keyPublicOf(key), keyShare: vault.shares[me] as KeyShare, checks});
	return {session, sides: Object.fromEntries(ids.map(me => [me, {kind: 'refresh' as const, memory: memory(me)}]))};
}

export interface Committee {
	readonly threshold: number;
	readonly dealers: readonly string[];
	readonly receivers: readonly string[];
}

export function reshareSides(
	vault: Vault,
	committee: Committee,
	{checks = {}, sealed = true, session: id, key = anyShare(vault.shares)}: Options = {},
) {
	const {threshold, dealers, receivers} = committee;
	const ids = NAMES.filter(name => name in vault.shares || dealers.includes(name) || receivers.includes(name));
	const session = sessionOf(vault, ids, {id: id ?? `reshare-${key.epoch + 1}`, epoch: key.epoch + 1, threshold, sealed});
	const memory = (me: string) =>
		startReshare({
			session,
			me,
			identity: vault.table.identity(me),
			key: keyPublicOf(key),
			dealers,
			receivers,
			keyShare: vault.shares[me],
			checks,
		});
	return {session, sides: Object.fromEntries(ids.map(me => [me, {kind: 'reshare' as const, memory: memory(me)}]))};
}

export function repairSides(
	vault: Vault,
	{helpers, target}: {readonly helpers: readonly string[]; readonly target: string},
	{checks = {}, sealed = true, session: id = 'repair-1', key = anyShare(vault.shares)}: Options = {},
) {
	const ids = NAMES.filter(name => name === target || helpers.includes(name));
	const session = sessionOf(vault, ids, {id, epoch: key.epoch, threshold: key.threshold, sealed});
	const memory = (me: string) =>
		startRepair({
			session,
			me,
			identity: vault.table.identity(me),
			key: keyPublicOf(key),
			helpers,
			target,
			keyShare: vault.shares[me],
			checks,
		});
	return {session, sides: Object.fromEntries(ids.map(me => [me, {kind: 'repair' as const, memory: memory(me)}]))};
}

function run(
	vault: Vault,
	sides: Parameters<typeof runCeremony>[0]['sides'],
	{carry, inFlight, closeRounds = true}: RunOptions,
): CeremonyRun {
	return runCeremony({sides, draw: vault.table.draw, carry, inFlight, closeRounds});
}

export function runRefresh(vault: Vault, options: Options & {members?: readonly string[]} = {}): CeremonyRun {
	return run(vault, refreshSides(vault, options).sides, options);
}

export function runReshare(vault: Vault, committee: Committee, options: Options = {}): CeremonyRun {
	return run(vault, reshareSides(vault, committee, options).sides, options);
}

export function runRepair(
	vault: Vault,
	roles: {readonly helpers: readonly string[]; readonly target: string},
	options: Options = {},
): CeremonyRun {
	return run(vault, repairSides(vault, roles, options).sides, options);
}

let signings = 0;

/** Do the first t of these shares sign a message? By an ordinary signing, verified by a stock verifier. */
export function signs({table}: Vault, shares: Shares, signers = Object.keys(shares)): boolean {
	const {threshold} = anyShare(shares);
	signings += 1;
	const chosen = signers.slice(0, threshold);
	return (
		runSigning(table, {shares: Object.values(shares), signers: chosen, message: 'c0ffee', session: `sign-${signings}`}).status === 'done'
	);
}
