/** What recorded messages allow, beside captured shares: each attempt is an equation, and what it wins goes to the captured bytes that forge.ts tries. */

import type {Check} from '../ceremony/api.js';
import {extractShare, type NonceUse, nonceUseOf, repeatedNonces} from '../ceremony/attacks/nonces.js';
import {keyFromConstants, regenerateDeal} from '../ceremony/attacks/randomness.js';
import {rogueResult} from '../ceremony/attacks/rogue-key.js';
import {followRefresh, reconstruct} from '../ceremony/attacks/shares.js';
import {ROUND} from '../ceremony/dealing-state.js';
import {sessionOf} from './ceremonies.js';
import {chanceOf} from './chance.js';
import {coordinatorId} from './deal.js';
import {type Deciding, keptFrom} from './deciding.js';
import {recordOf} from './keys.js';
import type {Captured, Recording} from './state.js';

/** Everything that the recordings and the captured bytes of this turn allow, before shares are interpolated. */
export function readRecordings(deciding: Deciding): void {
	readRogueKey(deciding);
	readDeals(deciding);
	readNonces(deciding);
	readRefreshes(deciding);
}

function note(deciding: Deciding, how: string, epoch: number, indices: readonly number[], check: Check): void {
	deciding.emit('attackers', {type: 'attempted', attempt: {turn: deciding.state.turn, epoch, indices: [...indices], check, how}});
}

function win(deciding: Deciding, won: Omit<Captured, 'turn'>, words: string, check: Check): void {
	const {loot, turn} = deciding.state;
	if (loot.some(({index, epoch, share}) => index === won.index && epoch === won.epoch && share === won.share)) return;
	deciding.emit('attackers', {type: 'captured', share: {...won, turn}});
	// Arithmetic on what was recorded leaves no trace on any machine of the organisation.
	const {party, index, how} = won;
	deciding.moved('shares', 'extraction', {
		what: index === 0 ? `the whole key is known (${how})` : `the share of ${party} is known (${how})`,
		about: party,
		facts: keptFrom(0, {party, time: turn}),
	});
	deciding.tell('attackers', 'result', won.party, words, check);
}

/** A rogue dealer's key is its own only if x*G is the key that came out. Tried in the first resolve after it was chosen. */
function readRogueKey(deciding: Deciding): void {
	const {rogueKey, key, turn} = deciding.state;
	if (rogueKey === undefined || key === undefined || Math.max(1, rogueKey.turn) !== turn) return;
	const {checks, result} = rogueResult(key, rogueKey.x);
	const [check] = checks;
	if (check === undefined) return;
	note(deciding, 'rogue key', key.epoch, [], check);
	const {party} = rogueKey;
	if (check.holds)
		win(
			deciding,
			{party, index: 0, epoch: key.epoch, share: result, how: `rogue-key party=${party}`},
			'x*G = PK: the key is the one you chose.',
			check,
		);
	else deciding.tell('attackers', 'result', party, 'x*G is not the key that came out: your commitments did not stand.', check);
}

/**
 * Polynomials that a known generator dealt are dealt again, and compared with the published commitments. The constants of all dealers are the key; the
 * equation says so where some are missing as well.
 */
function readDeals(deciding: Deciding): void {
	const {game, state} = deciding;
	for (const ceremony of state.ceremonies) {
		const {id, kind, status, epoch} = ceremony;
		if ((kind !== 'keygen' && kind !== 'rotation') || status !== 'done' || Math.max(1, ceremony.turn) !== state.turn) continue;
		const key = state.records.find(record => record.epoch === epoch);
		const dealt = state.recorded.filter(
			({ceremony: of, round, from}) => of === id && round === ROUND.commitments && state.knownGenerators.includes(from),
		);
		const dealers = kind === 'keygen' && game.scenario.keygen === 'dealer' ? [coordinatorId] : ceremony.parties;
		if (key === undefined || dealt.length === 0) continue;
		const session = sessionOf(deciding, id, ceremony.parties, key);
		const constants = dealers.flatMap(dealer => {
			const wire = dealt.find(({from}) => from === dealer)?.wire;
			if (wire === undefined) return [];
			const {checks, result} = regenerateDeal({session, draw: chanceOf(game.draws, state, id, dealer), wire});
			const [check] = checks;
			if (check === undefined) return [];
			note(deciding, `the generator of ${dealer}`, epoch, [], check);
			if (!checks.every(({holds}) => holds)) return [];
			deciding.tell('attackers', 'result', dealer, `You have dealt the polynomial of ${dealer} in ${id} again.`, check);
			return [result.constant];
		});
		if (constants.length === 0) continue;
		const {checks, result} = keyFromConstants(key, constants);
		const [check] = checks;
		if (check === undefined) continue;
		const how = `the constants of ${constants.length} of ${dealers.length} dealers`;
		note(deciding, how, epoch, [], check);
		const party = dealers.find(dealer => state.knownGenerators.includes(dealer)) ?? '';
		if (check.holds) win(deciding, {party, index: 0, epoch, share: result, how}, `With ${how} you have the key.`, check);
		else deciding.tell('attackers', 'result', 'forge', `${how} do not make the key: every key is still possible.`, check);
	}
}

function sameRun(recorded: readonly Recording[]): Map<string, Recording[]> {
	const runs = new Map<string, Recording[]>();
	for (const recording of recorded) runs.set(recording.ceremony, [...(runs.get(recording.ceremony) ?? []), recording]);
	return runs;
}

/** Answers of one party, each with the request that it answers. */
function usesOf(deciding: Deciding, party: string, index: number): {use: NonceUse; epoch: number; turn: number}[] {
	return [...sameRun(deciding.state.recorded).values()].flatMap(run => {
		const asked = run.find(({kind, round, from, to}) => kind === 'signing' && round === 2 && from === coordinatorId && to === party);
		const answer = run.find(({kind, round, from, to}) => kind === 'signing' && round === 2 && from === party && to === coordinatorId);
		const key = answer && recordOf(deciding.state, answer.epoch);
		const use = key && asked && nonceUseOf({key, index, request: asked.wire, answer: answer.wire});
		return use ? [{use, epoch: answer.epoch, turn: answer.turn}] : [];
	});
}

/** Several answers under one nonce pair are linear equations in d, e and the share. */
function readNonces(deciding: Deciding): void {
	for (const {id: party, index} of deciding.game.deal.parties) {
		const uses = usesOf(deciding, party, index);
		for (const group of repeatedNonces(uses.map(({use}) => use))) {
			const known = uses.filter(({use}) => group.includes(use));
			const {epoch} = known[0]!;
			const key = recordOf(deciding.state, epoch);
			if (key === undefined || !known.some(({turn}) => turn === deciding.state.turn)) continue;
			const {checks, result} = extractShare({key, uses: group});
			const [check] = checks;
			if (check === undefined) continue;
			const how = `${group.length} answers on one nonce pair`;
			note(deciding, how, epoch, [index], check);
			if (result.share === undefined)
				deciding.tell(
					'attackers',
					'result',
					party,
					`${how} of ${party}: ${result.free === 0 ? 'no share fits them' : 'one equation too few, and every share still fits'}.`,
					check,
				);
			else win(deciding, {party, index, epoch, share: result.share, how}, `${how}: the share of ${party} is the solution.`, check);
		}
	}
}

/** Values of a refresh that travelled in plain text move old shares to the new epoch. */
function readRefreshes(deciding: Deciding): void {
	const {state, game} = deciding;
	for (const [ceremony, run] of sameRun(state.recorded)) {
		const [first] = run;
		if (first?.kind !== 'refresh' || state.ceremonies.find(({id}) => id === ceremony)?.status !== 'done') continue;
		// A refresh runs under the number of the epoch that it makes.
		const place = state.records.findIndex(({epoch}) => epoch === first.epoch);
		const [before, after] = [state.records[place - 1], state.records[place]];
		if (before === undefined || after === undefined) continue;
		const indexes = Object.fromEntries(game.deal.parties.map(({id, index}) => [id, index]));
		const {checks, result} = followRefresh({before, after, captured: state.loot, wires: run.map(({wire}) => wire), indexes});
		for (const [k, {index, epoch, share}] of result.entries()) {
			const check = checks[k];
			const party = game.deal.parties.find(dealt => dealt.index === index)?.id ?? '';
			if (check === undefined || state.loot.some(taken => taken.index === index && taken.epoch === epoch)) continue;
			const how = `plain values of ${ceremony}`;
			note(deciding, how, epoch, [index], check);
			if (check.holds) win(deciding, {party, index, epoch, share, how}, `The ${how} move the share of ${party} to epoch ${epoch}.`, check);
		}
	}
}

/** Shares of several epochs together, where no epoch alone has enough: the attempt that is always made, and misses. */
export function tryMixed(deciding: Deciding): void {
	const {loot, key, turn, attempts} = deciding.state;
	if (
		key === undefined ||
		!loot.some(taken => taken.turn === turn) ||
		attempts.some(({check}) => check.holds && check.name === 'reconstruction')
	)
		return;
	const captured = loot.filter(({index}) => index > 0);
	const alone = Math.max(
		...captured.map(({epoch}) => new Set(captured.filter(taken => taken.epoch === epoch).map(({index}) => index)).size),
	);
	if (new Set(captured.map(({index}) => index)).size < key.threshold || alone >= key.threshold) return;
	const {checks, result, tried} = reconstruct({key, captured});
	const [check] = checks;
	if (check === undefined || tried === 0) return;
	const how = 'shares of several epochs';
	note(
		deciding,
		how,
		key.epoch,
		result.shares.map(({index}) => index),
		check,
	);
	if (!check.holds)
		deciding.tell(
			'attackers',
			'result',
			'forge',
			`${tried} ${tried === 1 ? 'mixture' : 'mixtures'} of epochs tried: shares of different epochs do not make the key.`,
			check,
		);
}
