/** What captured bytes allow: after each capture the engine tries it, and writes down the equation that held or failed. */
import {forge as signWithShares, tryShares} from '../ceremony/index.js';
import type {Deciding} from './deciding.js';
import {encodePayload} from './payload.js';
import {checkShare} from './share-check.js';
import type {Captured} from './state.js';

/** Standing orders `steal-share`: the share's bytes leave, unless the party was cut off, inspected or rebuilt in time. */
export function stealShares(deciding: Deciding): void {
	for (const {verb, party} of deciding.state.standing) {
		if (verb !== 'steal-share') continue;
		const {implantSince} = deciding.state.footholds[party]!;
		const {keyShare} = deciding.party(party);
		if (implantSince === undefined || keyShare === undefined || deciding.is('party', party, 'trust.isolated')) {
			deciding.tell(
				'attackers',
				'result',
				party,
				`The share of ${party} did not leave: ${implantSince === undefined ? 'your implant is gone' : 'it is cut off'}.`,
			);
			continue;
		}
		const captured: Captured = {
			party,
			index: keyShare.index,
			epoch: keyShare.epoch,
			share: keyShare.share,
			turn: deciding.state.turn,
			how: `steal-share party=${party}`,
		};
		deciding.emit('attackers', {type: 'captured', share: captured});
		deciding.tell('attackers', 'result', party, `The share of ${party} (epoch ${keyShare.epoch}) is yours.`);
		deciding.act('shares', 'large transfer', {level: 1, loud: true}, `a large transfer left ${party}`, {
			what: `a share leaves ${party}`,
			needs: ['machine', 'time'],
			kept: deciding.state.logging.shares >= 1 ? ['machine', 'time'] : [],
		});
	}
}

/** Interpolates what was captured this turn, an epoch at a time; where k*G = PK, signs the attackers' message with the shares. */
export function forge(deciding: Deciding): void {
	const {game, state} = deciding;
	if (!state.key || !state.loot.some(({turn}) => turn === state.turn)) return;
	for (const epoch of new Set(state.loot.map(share => share.epoch))) {
		const all = [...new Map(state.loot.filter(share => share.epoch === epoch).map(share => [share.index, share])).values()];
		const sound = all.filter(share => epoch !== state.key?.epoch || checkShare({...state.key, ...share}, share.party).holds);
		// The commitments are public: whoever holds enough sound shares leaves a spoilt one out.
		const shares = sound.length >= state.key.threshold ? sound : all;
		if (state.outputs.some(({request}) => request === '')) return;
		const {check} = tryShares({key: state.key, shares});
		deciding.emit('attackers', {type: 'attempted', attempt: {turn: state.turn, epoch, indices: shares.map(({index}) => index), check}});
		if (!check.holds) {
			const missing = state.key.threshold - shares.length;
			deciding.tell(
				'attackers',
				'result',
				'forge',
				missing > 0
					? `${shares.length} of ${state.key.threshold} shares of epoch ${epoch}: every key is still possible.`
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
		const id = `o${state.counters.output + 1}`;
		const {signature} = signWithShares({key: state.key, shares, message, draw: label => game.draws.bytes(`forge/${id}/${label}`)});
		deciding.emit('attackers', {
			type: 'output-made',
			suite: game.suite,
			publicKey: state.key.publicKey,
			output: {
				id,
				request: '',
				ceremony: '',
				turn: state.turn,
				message,
				signature,
				state: 'final',
				finalAt: state.turn,
				heldSince: 0,
				heldUntil: 0,
				announcedAt: 0,
			},
		});
		deciding.tell(
			'attackers',
			'result',
			'forge',
			`k*G = PK. You hold the key, and ${id} is signed with it: "${game.deal.plunder}". It is final.`,
			check,
		);
		// Nothing of the organisation sees this happen, so no level of logging records it; it is an authority move all the same.
		deciding.emit('keeper', {
			type: 'act',
			act: {
				turn: state.turn,
				station: 'output',
				kind: 'forged',
				level: 2,
				loud: false,
				text: `${id} was made from captured shares`,
				logged: 0,
				authority: {what: `${id} is signed past the policy`, needs: ['output'], kept: []},
			},
		});
		endAfterUnauthorised(deciding);
	}
}

/** Everything that the vault's requests move, ten times over: what whoever holds the key would take. */
function plunder(deciding: Deciding): number {
	return deciding.game.deal.requests.reduce((sum, {amount}) => sum + amount, 0) * 10;
}

/** After an unauthorised output is final one more full turn is played, to contain. */
export function endAfterUnauthorised(deciding: Deciding): void {
	if (deciding.state.unauthorisedFinalAt === 0)
		deciding.emit('keeper', {type: 'game-ends-at', turn: deciding.state.turn + 1, unauthorised: true});
}
