/** A ceremony as the operators see it afterwards: each message with the check its receiver made, and what came of it. */

import {dealerWords} from './computations.js';
import {coordinatorId} from './deal.js';
import {equationView} from './equations.js';
import {laterFrom} from './later.js';
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
	preparation: 'dealt right',
	approval: 'approved bytes',
	commitmentLength: 'length',
	nonce: 'own D, E in list',
	authentication: 'signed',
	context: 'this ceremony',
	signature: 'verifies',
};

/** "ownCommitment" as "own commitment". */
function inWords(name: string): string {
	return name.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
}

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
	if (/^proof of what/.test(carries))
		return `The coordinator proves to ${to} that what it dealt fits together, before any input moves. ${to} compares it with its own shares.`;
	if (/^input of/.test(carries)) return `${from} shows its input less a mask that only it and the dealer know.`;
	if (/to open$/.test(carries)) return `${from} opens shares of differences that are masked; they say nothing about an input.`;
	if (/MAC/.test(carries)) return `${from} shows that what was opened is what was dealt; a lie would not add up to 0.`;
	if (/^result/.test(carries)) return `${from} tells what came out.`;
	if (/^partial/.test(carries))
		return `${from} answers with its part of the signature. Alone it signs nothing and says nothing about the share.`;
	if (/^(\d+ )?commitments .*proof of possession/.test(carries))
		return `${from} commits to its polynomial and proves that it knows the constant. Nobody will ever know the sum.`;
	if (/^\d+ commitments/.test(carries)) return `${from} commits to a polynomial of its own: every point that it deals has to lie on it.`;
	if (/^accepts/.test(carries)) return `${from} has checked what it was dealt, and accepts its new share.`;
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
		check: shown ? (checkWords[shown.name] ?? inWords(shown.name)) : '',
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

/** What came of it, a sentence each. */
function resultOf(state: GameState, ceremony: CeremonyState, blamed: readonly string[]): string[] {
	const {kind, turn, request, status, waitingFor, reason} = ceremony;
	if (status === 'stalled')
		return [`Open: nothing came from ${waitingFor.join(' and ')}. Nonces stay outstanding until you abort or retry.`];
	if (status !== 'done')
		return [
			`Aborted, no output. ${reason}`.trim(),
			blamed.length > 0 ? `Blamed: ${blamed.join(' and ')}, and nobody else. Signed envelopes prove it.` : 'Nobody is blamed.',
		];
	if (kind in madeWords) return [ceremony.message !== undefined && kind === 'rotation' ? tombstoneWords : madeWords[kind]!];
	if (kind === 'computation') {
		const answer = state.computations[ceremony.computation ?? '']?.result;
		const words = Object.entries(answer ?? {}).map(([name, value]) => `${name} ${value}`);
		return [
			...(ceremony.asked === 'operators' && answer ? [`Result: ${words.join(', ')}.`] : []),
			`Everybody learned the result, nobody an input. ${dealerWords}.`,
		];
	}
	const decision = request === undefined ? undefined : state.decisions.find(each => each.request === request && each.turn === turn);
	return [
		'The partials add up to one signature that anybody can verify.',
		...(decision ? [`Policy: ${decision.verdict.toUpperCase()} by ${decision.rule}: ${decision.reason}.`] : []),
	];
}

/** Moves that may help, in notation. */
function nextMoves(state: GameState, ceremony: CeremonyState, blamed: readonly string[]): string[] {
	const {request, parties, status, waitingFor} = ceremony;
	if (request === undefined) return [];
	const others = Object.keys(state.parties).filter(party => !blamed.includes(party));
	const without = (names: readonly string[]) =>
		others
			.filter(party => !names.includes(party))
			.slice(0, parties.length)
			.join(',');
	if (status === 'aborted')
		return [
			...blamed.filter(party => party !== coordinatorId).map(party => `inspect party=${party}`),
			`sign ${request} parties=${without([])}`,
		];
	return status === 'stalled' ? [`abort ${request}`, `retry ${request} parties=${without(waitingFor)}`] : [];
}

function titleOf(ceremony: CeremonyState): string {
	const {kind, request, parties, epoch} = ceremony;
	const names = parties.join(',');
	if (kind === 'signing') return `sign ${request}   parties ${names}   epoch ${epoch}`;
	if (kind !== 'computation') return `${ceremonyName(ceremony)}   parties ${names}   epoch ${epoch}`;
	return `compute ${ceremony.computation}   ${ceremony.asked === 'operators' ? '' : 'for an analyst   '}inputs of ${names}`;
}

interface Source {
	readonly state: GameState;
	readonly ceremony: CeremonyState;
}

function blamedIn({blamed}: CeremonyState): string[] {
	return [...new Set(blamed.map(({member}) => member))];
}

function isUnexplained({status, blamed}: CeremonyState): boolean {
	return status === 'aborted' && blamed.length > 0;
}

export const ceremonyViews = laterFrom<Source, CeremonyView>(
	{
		id: ({ceremony}) => ceremony.id,
		kind: ({ceremony}) => ceremony.kind,
		title: ({ceremony}) => titleOf(ceremony),
		turn: ({ceremony}) => ceremony.turn,
		request: ({ceremony}) => ceremony.request,
		parties: ({ceremony}) => ceremony.parties,
		epoch: ({ceremony}) => ceremony.epoch,
		status: ({ceremony: {status}}) => (status === 'running' ? 'stalled' : status),
		waitingFor: ({ceremony}) => ceremony.waitingFor,
		blamed: ({ceremony}) => blamedIn(ceremony),
		unknown: ({ceremony}) =>
			isUnexplained(ceremony) ? 'Not known: why. A lie, a broken machine and a stale share look the same.' : undefined,
		messages: ({ceremony}) => ceremony.messages.map(messageView),
		result: ({state, ceremony}) => resultOf(state, ceremony, blamedIn(ceremony)),
		next: ({state, ceremony}) => nextMoves(state, ceremony, blamedIn(ceremony)),
	},
	{request: ({ceremony}) => ceremony.request === undefined, unknown: ({ceremony}) => !isUnexplained(ceremony)},
);
