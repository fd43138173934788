/** How ceremonies start that keep a key and change its shares: refresh, reshare and repair. */
import type {Checks, Identity, KeyPublic, KeyShare, Session} from './api.js';
import {type DealingState, ROUND} from './dealing-state.js';
import {memberIn} from './envelope.js';
import {keyPublicOf} from './key-shares.js';
import {writeMemory} from './memory.js';
import {newBase} from './side.js';
import {listed} from './words.js';

interface Start {
	readonly session: Session;
	readonly me: string;
	readonly identity: Identity;
	/** The public record of the key, the same for all: which shares may take part. */
	readonly key: KeyPublic;
	readonly checks?: Checks;
}

type Roles = Pick<DealingState, 'ceremony' | 'dealers' | 'receivers' | 'witnesses' | 'listeners'>;

function start({session, me, identity, key, checks = {}}: Start, roles: Roles, keyShare?: KeyShare): string {
	const {threshold, members, suite} = session;
	const indexes = members.map(member => member.index);
	if (new Set(indexes).size !== indexes.length || indexes.some(index => !Number.isSafeInteger(index) || index < 1))
		throw new Error(`parties need distinct indexes from 1, got ${indexes.join(', ')}`);
	if (suite !== key.suite) throw new Error(`the key is one of ${key.suite}, not of ${suite}`);
	if (!Number.isSafeInteger(threshold) || threshold < 2 || threshold > roles.receivers.length)
		throw new Error(`the threshold must lie between 2 and the number of receivers ${roles.receivers.length}, got ${threshold}`);
	if (roles.dealers.length < key.threshold)
		throw new Error(`it takes the shares of ${key.threshold} parties, got ${listed(roles.dealers)}`);
	const {index} = memberIn(session, me);
	if (roles.dealers.includes(me) && keyShare === undefined) throw new Error(`${me} deals, but holds no share`);
	if (keyShare !== undefined) {
		if (keyShare.index !== index) throw new Error(`${me} has index ${index} here, but holds share ${keyShare.index}`);
		if (keyShare.epoch !== key.epoch || keyShare.commitments.join() !== key.commitments.join())
			throw new Error(`${me} holds a share of epoch ${keyShare.epoch}, which does not fit this key of epoch ${key.epoch}: repair it first`);
	}
	const state: DealingState = {
		key: keyPublicOf(key),
		...(keyShare === undefined ? {} : {held: {index: keyShare.index, share: keyShare.share}}),
		round: ROUND.commitments,
		disputes: false,
		...roles,
		...newBase({session, me, identity, checks}),
	};
	return writeMemory(state);
}

function needNewEpoch({epoch}: Session, key: KeyPublic): void {
	if (epoch <= key.epoch) throw new Error(`the session's epoch must come after the key's epoch ${key.epoch}, got ${epoch}`);
}

function exactly(key: KeyPublic, ids: readonly string[], what: string): void {
	if (new Set(ids).size !== ids.length || ids.length !== key.threshold)
		throw new Error(`${key.threshold} different ${what} are needed, got ${listed(ids)}`);
}

/**
 * Refresh (Herzberg et al. 1995): every member deals 0, so that all shares change and the key does not. Throws on a changed threshold, an epoch that
 * is not new, fewer than t holders, or a share of another epoch.
 */
export function startRefresh({keyShare, ...options}: Start & {readonly keyShare: KeyShare}): string {
	const {session, key} = options;
	needNewEpoch(session, key);
	if (session.threshold !== key.threshold)
		throw new Error(`a refresh keeps the threshold ${key.threshold}, got ${session.threshold}: to change it, reshare`);
	const all = session.members.map(({id}) => id);
	return start(options, {ceremony: 'refresh', dealers: all, receivers: all, witnesses: [], listeners: []}, keyShare);
}

/**
 * Reshare (Desmedt and Jajodia 1997; Wong, Wang and Wing 2002): exactly t holders deal their weighted shares to the receivers, at the session's
 * threshold. Members who do neither listen, and erase at the end. Throws on wrong roles, an epoch that is not new, or a share of another epoch.
 */
export function startReshare(
	options: Start & {readonly dealers: readonly string[]; readonly receivers: readonly string[]; readonly keyShare?: KeyShare},
): string {
	const {session, key, keyShare} = options;
	needNewEpoch(session, key);
	for (const id of [...options.dealers, ...options.receivers]) memberIn(session, id);
	exactly(key, options.dealers, 'dealers');
	const [dealers, receivers] = [options.dealers, options.receivers].map(ids =>
		session.members.map(({id}) => id).filter(id => ids.includes(id)),
	);
	const roles = {dealers: dealers ?? [], receivers: receivers ?? []};
	const listeners = session.members.map(({id}) => id).filter(id => !roles.dealers.includes(id) && !roles.receivers.includes(id));
	return start(options, {ceremony: 'reshare', ...roles, witnesses: [], listeners}, keyShare);
}

/**
 * Repair (Stinson and Wei 2018): exactly t helpers give the target the share of its index, and learn nothing. An index that had no share before is
 * enrolled. Throws on wrong roles, another epoch or threshold than the key's, or a share of another epoch.
 */
export function startRepair(
	options: Start & {readonly helpers: readonly string[]; readonly target: string; readonly keyShare?: KeyShare},
): string {
	const {session, key, target, me} = options;
	if (session.epoch !== key.epoch || session.threshold !== key.threshold)
		throw new Error(`a repair keeps epoch ${key.epoch} and threshold ${key.threshold}, got ${session.epoch} and ${session.threshold}`);
	for (const id of [...options.helpers, target]) memberIn(session, id);
	exactly(key, options.helpers, 'helpers');
	if (options.helpers.includes(target)) throw new Error(`${target} cannot help itself`);
	const helpers = session.members.map(({id}) => id).filter(id => options.helpers.includes(id));
	const roles = {ceremony: 'repair' as const, dealers: helpers, receivers: helpers, witnesses: [target]};
	const listeners = session.members.map(({id}) => id).filter(id => !helpers.includes(id) && id !== target);
	// What the target held is replaced: it may be the very thing that is broken.
	return start(options, {...roles, listeners}, me === target ? undefined : options.keyShare);
}
