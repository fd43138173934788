/** A ceremony as the operators see it afterwards: each message with the check its receiver made, and what came of it. */

import {dealerWords} from './computations.js';
import {coordinatorId} from './deal.js';
import {equationView} from './equations.js';
import type {CeremonyState, GameState, MessageRecord} from './state.js';
import type {CeremonyView, MessageView} from './view.js';

/** Checks that every envelope passes; they are shown only when one of them fails. */
const everyday = new Set(['authentication', 'context', 'encoding']);

const checkWords: Readonly<Record<string, string>> = {
	verifyPartials: 'equation',
	subgroup: 'valid points',
	proofOfPossession: 'proof',
	feldman: 'on the polynomial',
	echo: 'same for all',
	macs: 'authenticated',
	robustOpening: 'one polynomial',
	minimumCohort: 'minimum cohort',
	bits: 'input is bits',
	commitment: 'as committed',
	approval: 'approved bytes',
	commitmentLength: 'length',
	nonce: 'own D, E in list',
	authentication: 'signed',
	context: 'this ceremony',
	signature: 'verifies',
};

function explain(message: MessageRecord): string {
	const {carries, from, to} = message;
	if (!message.delivered) return `This message from ${from} did not reach ${to}.`;
	const failed = message.checks.find(({holds}) => !holds);
	if (failed) return equationView(failed).meaning;
	if (/refus/.test(carries)) return `${from} refuses to sign: the bytes are not the ones it approved.`;
	if (/^commitments D/.test(carries))
		return `${from} commits to two one-time nonces. They hide its share in this one signature and are never used again.`;
	if (/message/.test(carries))
		return `The coordinator sends ${to} the bytes to sign and everybody's commitments. What the bytes say is for ${to} to check.`;
	if (/^shares of .* triples/.test(carries))
		return `The coordinator deals ${to} random shares: masks, triples and a MAC key. Whoever dealt them could read the inputs; it is trusted not to.`;
	if (/^input of/.test(carries)) return `${from} shows its input less a mask that only it and the dealer know.`;
	if (/to open$/.test(carries)) return `${from} opens shares of differences that are masked; they say nothing about an input.`;
	if (/MAC/.test(carries)) return `${from} shows that what was opened is what was dealt; a lie would not add up to 0.`;
	if (/^result/.test(carries)) return `${from} tells what came out.`;
	if (/^partial/.test(carries))
		return `${from} answers with its part of the signature. Alone it signs nothing and says nothing about the share.`;
	if (/^commitments/.test(carries))
		return `${from} commits to its polynomial and proves that it knows the constant. Nobody will ever know the sum.`;
	if (/echo|hash/.test(carries)) return `${from} repeats what it received, so that nobody can be shown something else.`;
	if (/value|sub-share/.test(carries)) return `${from} deals ${to} one point of its polynomial; ${to} checks it against the commitments.`;
	return `${from} sends ${to}: ${carries}.`;
}

function messageView(message: MessageRecord): MessageView {
	const failed = message.checks.find(({holds}) => !holds);
	const shown = failed ?? message.checks.find(({name}) => !everyday.has(name));
	return {
		n: message.n,
		round: message.round,
		from: message.from,
		to: message.to,
		carries: message.carries,
		delivered: message.delivered,
		check: shown ? (checkWords[shown.name] ?? shown.name) : '',
		result: !message.delivered ? 'lost' : failed ? 'REFUSED' : shown ? 'ok' : '-',
		explains: explain(message),
		learned: message.delivered ? message.learned : [],
		equations: message.checks.filter(check => !everyday.has(check.name) || !check.holds).map(equationView),
	};
}

const madeWords: Readonly<Partial<Record<CeremonyState['kind'], string>>> = {
	keygen: 'Every party holds one share. The key itself was never in one place.',
	refresh: 'Every holder has a new share of the same key. Shares of different epochs do not fit together; t old ones still make the key.',
	reshare: 'The same key for its new holders. What the old ones did not erase still makes it.',
	repair: 'The share is restored. No helper learned it, and nobody learned the key.',
	rotation: 'A new key, never in one place. The old one counts until its sweep is final.',
	recovery: 'The key was put together on one machine and signed the sweep. It is burned.',
};

const tombstoneWords = 'The old key has signed that it is retired, and in favour of which key. Anybody can check it.';

/** "sign payroll", "refresh", "tombstone": a ceremony in two words. */
export function ceremonyName({kind, request, message}: Pick<CeremonyState, 'kind' | 'request' | 'message'>): string {
	if (kind === 'signing') return `sign ${request}`;
	return kind === 'rotation' && message !== undefined ? 'tombstone' : kind;
}

export function ceremonyView(state: GameState, ceremony: CeremonyState): CeremonyView {
	const {id, kind, turn, request, parties, epoch, status, waitingFor, messages, reason} = ceremony;
	const blamed = [...new Set(ceremony.blamed.map(({member}) => member))];
	const decision = request === undefined ? undefined : state.decisions.find(each => each.request === request && each.turn === turn);
	const result: string[] = [];
	if (status === 'done' && kind in madeWords)
		result.push(ceremony.message !== undefined && kind === 'rotation' ? tombstoneWords : madeWords[kind]!);
	else if (kind === 'computation' && status === 'done') {
		const answer = state.computations[ceremony.computation ?? '']?.result;
		if (ceremony.asked === 'operators' && answer)
			result.push(
				`Result: ${Object.entries(answer)
					.map(([name, value]) => `${name} ${value}`)
					.join(', ')}.`,
			);
		result.push(`Everybody learned the result, nobody an input. ${dealerWords}.`);
	} else if (status === 'done') {
		result.push('The partials add up to one signature that anybody can verify.');
		if (decision) result.push(`Policy: ${decision.verdict.toUpperCase()} by ${decision.rule}: ${decision.reason}.`);
	} else if (status === 'stalled')
		result.push(`Open: nothing came from ${waitingFor.join(' and ')}. Nonces stay outstanding until you abort or retry.`);
	else {
		result.push(`Aborted, no output. ${reason}`.trim());
		result.push(blamed.length > 0 ? `Blamed: ${blamed.join(' and ')}, and nobody else. Signed envelopes prove it.` : 'Nobody is blamed.');
	}
	const others = Object.keys(state.parties).filter(party => !blamed.includes(party));
	const next =
		status === 'aborted' && request !== undefined
			? [
					...blamed.filter(party => party !== coordinatorId).map(party => `inspect party=${party}`),
					`sign ${request} parties=${others.slice(0, parties.length).join(',')}`,
				]
			: status === 'stalled' && request !== undefined
				? [
						`abort ${request}`,
						`retry ${request} parties=${others
							.filter(party => !waitingFor.includes(party))
							.slice(0, parties.length)
							.join(',')}`,
					]
				: [];
	return {
		id,
		kind,
		title:
			kind !== 'signing' && kind !== 'computation'
				? `${ceremonyName(ceremony)}   parties ${parties.join(',')}   epoch ${epoch}`
				: kind === 'computation'
					? `compute ${ceremony.computation}   ${ceremony.asked === 'operators' ? '' : 'for an analyst   '}inputs of ${parties.join(',')}`
					: `sign ${request}   parties ${parties.join(',')}   epoch ${epoch}`,
		turn,
		...(request === undefined ? {} : {request}),
		parties,
		epoch,
		status: status === 'running' ? 'stalled' : status,
		waitingFor,
		messages: messages.map(messageView),
		blamed,
		result,
		...(status === 'aborted' && blamed.length > 0
			? {unknown: 'Not known: why. A lie, a broken machine and a stale share look the same.'}
			: {}),
		next,
	};
}
