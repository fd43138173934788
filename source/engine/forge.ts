/** What captured bytes allow: after each capture the engine tries it, and writes down the equation that held or failed. */
import {forge as signWithShares, tryShares} from '../ceremony/index.js';
import {type Deciding, keptFrom} from './deciding.js';
import {publicKeyField, recordOf, retiredKey} from './keys.js';
import {digestOf, encodePayload} from './payload.js';
import {checkShare} from './share-check.js';
import type {Captured} from './state.js';

/**
 * Standing orders `steal-share`: the share's bytes leave, with all that the machine keeps of earlier generations, unless the party was cut off,
 * inspected or rebuilt in time. Where shares are replaced in a resolve it runs before that as well: who is inside sees both epochs.
 */
export function stealShares(deciding: Deciding, isBefore = false): void {
	for (const {verb, party} of deciding.state.standing) {
		if (verb !== 'steal-share') continue;
		const {implantSince} = deciding.state.footholds[party]!;
		const {keyShare, older = []} = deciding.party(party);
		const here = [...(keyShare ? [keyShare] : []), ...older];
		if (implantSince === undefined || here.length === 0 || deciding.is('party', party, 'trust.isolated')) {
			if (isBefore) continue;
			deciding.tell(
				'attackers',
				'result',
				party,
				`The share of ${party} did not leave: ${implantSince === undefined ? 'your implant is gone' : here.length === 0 ? 'there is none' : 'it is cut off'}.`,
			);
			continue;
		}
		const {turn, loot} = deciding.state;
		const fresh = here.filter(({share}) => !loot.some(taken => taken.turn === turn && taken.party === party && taken.share === share));
		if (fresh.length === 0) continue;
		for (const {index, epoch, share} of fresh) {
			const captured: Captured = {party, index, epoch, share, turn, how: `steal-share party=${party}`};
			deciding.emit('attackers', {type: 'captured', share: captured});
			deciding.tell('attackers', 'result', party, `The share of ${party} (epoch ${epoch}) is yours.`);
		}
		deciding.act('shares', 'large transfer', {level: 1, loud: true}, `a large transfer left ${party}`, {
			what: `a share leaves ${party}`,
			about: party,
			facts: keptFrom(1, {machine: party, time: turn}),
		});
	}
}

/** Interpolates what was captured this turn, an epoch at a time; where k*G = PK, signs the attackers' message with the shares. */
export function forge(deciding: Deciding): void {
	const {game, state} = deciding;
	if (!state.key || !state.loot.some(({turn}) => turn === state.turn)) return;
	for (const epoch of new Set(state.loot.map(share => share.epoch))) {
		const key = recordOf(state, epoch) ?? state.key;
		const retired = retiredKey(state, key);
		const all = [...new Map(state.loot.filter(share => share.epoch === epoch).map(share => [share.index, share])).values()];
		const sound = all.filter(share => checkShare({...key, ...share}, share.party).holds);
		// Index 0 is the key itself, from a machine on which it was put together.
		const whole = all.find(({index}) => index === 0);
		// The commitments are public: whoever holds enough sound shares leaves a spoilt one out.
		const shares = whole ? [{...whole, index: 1}] : sound.length >= key.threshold ? sound : all;
		if (deciding.state.outputs.some(({request, state: stands}) => request === '' && stands === 'final')) return;
		const isRefused = deciding.state.outputs.some(
			({request, publicKey = state.records[0]?.publicKey}) => request === '' && publicKey === key.publicKey,
		);
		if (retired && isRefused) continue;
		const tried = tryShares({key, shares});
		const check = whole ? {...tried.check, equation: 'k*G = PK'} : tried.check;
		deciding.emit('attackers', {type: 'attempted', attempt: {turn: state.turn, epoch, indices: shares.map(({index}) => index), check}});
		if (!check.holds) {
			const missing = key.threshold - shares.length;
			deciding.tell(
				'attackers',
				'result',
				'forge',
				missing > 0
					? `${shares.length} of ${key.threshold} shares of epoch ${epoch}: every key is still possible.`
					: `The captured shares of epoch ${epoch} do not make the key: one of them is not sound.`,
				check,
			);
			continue;
		}
		const message = encodePayload({
			vault: game.scenario.id,
			request: '',
			amount: plunder(deciding),
			to: game.deal.account,
			text: game.deal.plunder,
		});
		const id = `o${deciding.state.counters.output + 1}`;
		const {signature} = signWithShares({key, shares, message, draw: label => game.draws.bytes(`forge/${id}/${label}`)});
		deciding.emit('attackers', {
			type: 'output-made',
			suite: game.suite,
			publicKey: key.publicKey,
			output: {
				id,
				request: '',
				ceremony: '',
				turn: state.turn,
				message,
				signature,
				...publicKeyField(state, key),
				state: retired ? 'recalled' : 'final',
				finalAt: retired ? 0 : state.turn,
				heldSince: 0,
				heldUntil: 0,
				announcedAt: 0,
			},
		});
		if (retired) {
			deciding.tell(
				'attackers',
				'result',
				'forge',
				`k*G = PK, and ${id} verifies under the old key. It moves nothing: what the key guarded is swept, and whoever receives ${id} reads the tombstone.`,
				retired.tombstone?.check,
			);
			continue;
		}
		deciding.tell(
			'attackers',
			'result',
			'forge',
			`k*G = PK. You hold the key, and ${id} is signed with it: "${game.deal.plunder}". It is final.`,
			check,
		);
		// Nothing of the organisation sees this happen, so no level of logging records it; it is an authority move all the same.
		deciding.moved('output', 'forgery', {
			what: `${id} is signed past the policy`,
			about: id,
			facts: keptFrom(0, {output: id, 'payload hash': digestOf(message)}),
		});
		endAfterUnauthorised(deciding);
	}
}

/** Everything that the vault's requests move, ten times over: what whoever holds the key would take. */
export function plunder(deciding: Deciding): number {
	return deciding.game.deal.requests.reduce((sum, {amount}) => sum + amount, 0) * 10;
}

/** After an unauthorised output is final one more full turn is played, to contain. */
export function endAfterUnauthorised(deciding: Deciding): void {
	if (deciding.state.unauthorisedFinalAt === 0)
		deciding.emit('keeper', {type: 'game-ends-at', turn: deciding.state.turn + 1, unauthorised: true});
}
