/**
 * The four questions of a boundary, for a move about to be made: who is trusted, what proof came, where is the check, what
 * if it is fooled. Computed from what the operators know: nothing here reads a foothold, a payload or a control's true state.
 */

import {amendmentWords, ruleText} from './amendments.js';
import {verbOf} from './catalogue.js';
import {controlTitle, isKnownOn} from './controls.js';
import {withFields} from './copies.js';
import {checkMove, offeredVerbs} from './decide.js';
import {Deciding, Refusal} from './deciding.js';
import type {Game} from './game.js';
import {type Move, NotationError, parseNotation} from './move.js';
import {readPayload} from './moves/approvals.js';
import {decodePayload, digestOf} from './payload.js';
import {knownToCount, staleReason} from './signed-approvals.js';
import type {Approval, GameState, OutputState, RequestState} from './state.js';
import type {Basis, FourQuestions, Station} from './view.js';

/** Preview of a move of the operators; null for moves without four questions, and for lines that are no such move. */
export function fourQuestions(game: Game, state: GameState, moveText: string): FourQuestions | null {
	const move = readLoosely(moveText);
	if (!move) return null;
	if (move.verb === 'approve') return approving(game, state, move);
	if (move.verb === 'sign') return signing(game, state, move);
	if (move.verb === 'amend') return amending(game, state, move);
	return move.verb === 'release' ? releasing(game, state, move) : null;
}

type Answers = Omit<FourQuestions, 'follows'>;

function withFollows(answers: Answers, follows: readonly string[]): FourQuestions {
	return {...answers, follows};
}

/** A line as it is being put together: what is still to be chosen may be missing, or `_`. */
function readLoosely(text: string): Move | null {
	try {
		return parseNotation(text);
	} catch (error) {
		if (error instanceof NotationError) return null;
		throw error;
	}
}

function given(value: string | undefined): string | undefined {
	return value === undefined || value === '' || value === '_' ? undefined : value;
}

function openRequest(state: GameState, id: string | undefined): RequestState | undefined {
	const request = state.requests[id ?? ''];
	return request && request.opened > 0 ? request : undefined;
}

/** "control bind payload is documented as off": the words say how well it is known. */
function controlWords(state: GameState, control: string): string {
	const isKnown = state.controls[control]?.inspected !== undefined;
	return `control ${controlTitle(control)} is ${isKnown ? '' : 'documented as '}${isKnownOn(state, control) ? 'on' : 'off'}`;
}

function short(hex: string): string {
	return `${hex.slice(0, 4)}..${hex.slice(-4)}`;
}

/** Who answers for a party: "ada (Mara)". */
function partyWords(game: Game, id: string | undefined): string {
	const party = game.deal.parties.find(each => each.id === id);
	return party ? `${party.id} (${party.custodian})` : 'the party';
}

interface Given {
	readonly party: string;
	readonly basis: Basis;
	readonly turn: number;
	/** Its words, where it is on record already. */
	readonly signed?: Approval['signed'];
}

/** The rules in force: the scenario's and those of its amendments. */
function rulesInForce(game: Game, state: GameState): ReadonlyArray<readonly [name: string, text: string]> {
	return [...Object.entries(game.scenario.policy), ...state.policy.rules.map(({name, text}): [string, string] => [name, text])];
}

/** What the policy would say to a signature with these approvals, as far as its rules and the documented controls tell. */
function forecast(
	game: Game,
	state: GameState,
	request: RequestState,
	approvals: readonly Given[],
	signers: readonly string[],
	rules = rulesInForce(game, state),
): string {
	const threshold = state.key?.threshold ?? game.scenario.threshold;
	const counting = knownToCount(state, approvals);
	// Where the others are enough, nobody misses one that is stale.
	const stale = counting.length < threshold && approvals.length >= threshold ? approvals.find(each => !counting.includes(each)) : undefined;
	if (stale?.signed) return `DENY (bind-context: the approval of ${stale.party} ${staleReason(state, {signed: stale.signed})})`;
	const known = counting.map(approval => {
		const dealt = game.deal.parties.find(({id}) => id === approval.party);
		return {...approval, custodian: dealt?.custodian ?? '', domain: dealt?.domain ?? ''};
	});
	if (known.length < threshold) return `DENY (enough-approvals: ${known.length} < ${threshold})`;
	const domains = new Set(known.map(({domain}) => domain)).size;
	if (isKnownOn(state, 'distinct-domains') && domains < threshold) return `DENY (distinct-domains: ${domains} < ${threshold})`;
	const {amount, to} = decodePayload(request.displayed);
	for (const [rule, text] of rules) {
		const result = game.evaluate(text, 'policy', {
			facts: {request: request.id, by: request.requester, to, title: request.title, amount},
			approvals: known,
			signers,
			threshold,
			turn: state.turn,
			epoch: state.key?.epoch ?? 1,
		});
		if (result !== true) return `DENY (${rule}: ${result === false ? `${text} is false` : result})`;
	}
	const bound = isKnownOn(state, 'bind-payload') ? ', if the signed bytes are the ones each was shown' : '';
	return `ALLOW (enough-approvals: ${known.length} >= ${threshold})${bound}`;
}

/** The policy's rules by name: the one that always exists first. */
function rulesOf(game: Game, state: GameState): string {
	const names = ['enough-approvals', ...rulesInForce(game, state).map(([name]) => name)];
	return `policy ${names.length > 1 ? 'rules' : 'rule'} ${names.join(', ')}`;
}

function lastChance(game: Game, state: GameState): string {
	const {offered} = offeredVerbs(game, 'operators', state.turn);
	const ways = ['hold', 'announce'].filter(offered);
	return ways.length > 0
		? `after release only ${ways.join(' or ')} stops it, until it is final`
		: 'after release no move here takes it back';
}

/** What the log would keep of an act at a station: `first` from level 1, `second` too at level 2. */
function kept(state: GameState, station: Station, first: string, second: string): string {
	const level = Math.max(state.logging[station], state.loggingOrdered[station] ?? 0);
	if (level === 0) return `The log of ${station} is at level 0: it keeps nothing of it.`;
	return level === 1
		? `The log of ${station} is at level 1: it keeps ${first}, not ${second}.`
		: `The log of ${station} is at level 2: it keeps ${first}, ${second}.`;
}

/** Why the rules refuse the move as it stands; undefined when they do not, or when something is still to be chosen. */
function refusal(game: Game, state: GameState, move: Move): string | undefined {
	const verb = verbOf(move.verb, 'operators')!;
	const isWhole = verb.parameters.every(({name, optional}) => optional || given(move.args[name]) !== undefined);
	if (!isWhole) return undefined;
	try {
		checkMove(new Deciding(game, state), verb, move);
		return undefined;
	} catch (error) {
		if (error instanceof Refusal) return error.message;
		throw error;
	}
}

function refusalLine(game: Game, state: GameState, move: Move): string[] {
	const reason = refusal(game, state, move);
	return reason === undefined ? [] : [`Refused now: ${reason}.`];
}

function approving(game: Game, state: GameState, move: Move): FourQuestions | null {
	const request = openRequest(state, move.object);
	const basis = given(move.args.basis);
	if (!request || (basis !== 'display' && basis !== 'digest' && basis !== 'callback')) return null;
	const party = given(move.args.party);
	const shown = digestOf(request.displayed);
	const others = knownToCount(state, request.approvals).filter(approval => approval.party !== party);
	const approvals: Given[] = [...others, {party: party ?? '', basis, turn: state.turn}];
	const threshold = state.key?.threshold ?? game.scenario.threshold;
	return withFollows({boundary: 'ROUNDS -> POLICY', ...basisQuestions(game, state, request, party, basis, shown)}, [
		...refusalLine(game, state, move),
		`${request.id} has ${others.length} of ${threshold} approvals; with this one the policy would say ${forecast(
			game,
			state,
			request,
			approvals,
			approvals.map(each => each.party),
		)}.`,
		`On record: t${state.turn} ${party ?? '_'} approves ${request.id}, basis ${basis}, ${bindWords(request, basis, shown)}.`,
		kept(state, 'policy', 'who approved', 'basis and payload hash'),
	]);
}

function bindWords(request: RequestState, basis: Basis, shown: string): string {
	if (basis === 'display') return `bound to the id ${request.id} and to no bytes`;
	if (basis === 'digest') return `bound to the bytes that the device reads, if they are H ${short(shown)}`;
	const {callback} = request;
	return callback?.digest === undefined
		? "bound to the requester's own bytes"
		: `bound to the requester's own bytes, H ${short(callback.digest)}`;
}

function basisQuestions(
	game: Game,
	state: GameState,
	request: RequestState,
	party: string | undefined,
	basis: Basis,
	shown: string,
): Omit<Answers, 'boundary'> {
	const binding = isKnownOn(state, 'bind-payload')
		? `${controlWords(state, 'bind-payload')}: signed bytes are compared with those shown to each approver`
		: `${controlWords(state, 'bind-payload')}: signed and shown bytes are not compared`;
	const who = partyWords(game, party);
	const threshold = state.key?.threshold ?? game.scenario.threshold;
	if (basis === 'display')
		return {
			trusted: 'the coordinator, to show the bytes that it sends',
			proof: 'none: a text on a screen that the coordinator draws',
			check: `${rulesOf(game, state)}: approvals count, of any basis; ${binding}`,
			fooled: `${threshold} partials sign other bytes, and the signature is valid; ${lastChance(game, state)}`,
		};
	if (basis === 'digest') {
		const read = request.digests.findLast(digest => digest.party === party);
		const before = read ? `; in turn ${read.turn} it said ${short(read.digest)}, which ${read.matches ? 'matches' : 'differs'}` : '';
		return {
			trusted: `the device of ${who}, to hash the bytes that it will sign`,
			proof: `SHA-256 of those bytes beside the displayed ones, H ${short(shown)}${before}`,
			check: `the device of ${party ?? 'the party'} signs no other bytes than it approved; ${rulesOf(game, state)}`,
			fooled: 'a device that obeys somebody else says "matches" whatever the bytes are; and true bytes can still be a false request',
		};
	}
	const {callback} = request;
	const proof =
		callback === undefined
			? 'none yet: nobody called back'
			: callback.answer === undefined
				? `none yet: called back in turn ${callback.asked}, the answer comes next turn`
				: callback.answer === 'mine'
					? `the answer "mine" and the requester's own digest, H ${short(callback.digest ?? '')}, ${callback.digest === shown ? 'as displayed' : 'which is NOT the displayed one'}`
					: 'the answer "not mine"';
	return {
		trusted: `${request.requester}, on the known number`,
		proof,
		check: `the requester's own bytes take the place of what the coordinator holds, and are pinned; ${rulesOf(game, state)}`,
		fooled: 'whoever answers the known number decides what is signed',
	};
}

function amending(game: Game, state: GameState, move: Move): FourQuestions | null {
	const consents = (given(move.args.consents) ?? '').split(',').filter(Boolean);
	const drop = given(move.args['drop-exception']);
	const basis = given(move.args.require) as Basis | undefined;
	if (basis !== undefined && basis !== 'display' && basis !== 'digest' && basis !== 'callback') return null;
	const require = basis === undefined ? undefined : {basis, above: Number(given(move.args.above) ?? 0)};
	const change = {...(require === undefined ? {} : {require}), ...(drop === undefined ? {} : {drop})};
	const threshold = state.key?.threshold ?? game.scenario.threshold;
	const words = amendmentWords(change);
	const rules = rulesInForce(game, state);
	const next = require === undefined ? rules : [...rules, ['the amendment', ruleText(require)] as const];
	const amended = withFields(state, {policy: {...state.policy, version: state.policy.version + 1}});
	const open = Object.values(state.requests).filter(
		({machine, opened}) => opened > 0 && ['open', 'approved', 'queued', 'stalled'].includes(String(machine)),
	);
	return withFollows(
		{
			boundary: 'POLICY, its rules',
			trusted: `${consents.length > 0 ? consents.map(party => partyWords(game, party)).join(' and ') : 'whoever consents'}, to speak for the vault and not for whoever leans on them`,
			proof: `the consent of ${consents.length} of the ${threshold} who are needed, by name; no device binds it to the words of the change`,
			check: `consents are counted against the threshold and their parties have to answer; no rule of the policy judges a change of the policy`,
			fooled: `whoever moves ${threshold} custodians can write any rule; it holds for every request from the next turn, until it is amended again`,
		},
		[
			...refusalLine(game, state, move),
			`From turn ${state.turn + 1}, version ${state.policy.version + 1}: ${words === '' ? 'nothing is named yet' : words}.`,
			...(require === undefined ? [] : [`The rule: ${ruleText(require)}`]),
			...open.map(
				request =>
					`${request.id} with the approvals it has: now ${forecast(
						game,
						state,
						request,
						request.approvals,
						request.approvals.map(({party}) => party),
					)}, then ${forecast(
						game,
						amended,
						request,
						request.approvals,
						request.approvals.map(({party}) => party),
						next,
					)}.`,
			),
			state.logging.policy === 0
				? 'The log of policy is at level 0: it keeps nothing of it.'
				: 'The log of policy keeps who consented, the change and the turn.',
		],
	);
}

function signing(game: Game, state: GameState, move: Move): FourQuestions | null {
	const request = openRequest(state, move.object);
	if (!request) return null;
	const parties = (given(move.args.parties) ?? '').split(',').filter(Boolean);
	const named = parties.length > 0 ? parties.join(' and ') : 'the signers';
	const bases = request.approvals.map(
		({party, basis, binds}) => `${party}:${basis}${binds === undefined ? ' binds no bytes' : ` binds ${short(binds)}`}`,
	);
	const blind = request.approvals.filter(({party, binds}) => parties.includes(party) && binds === undefined).map(({party}) => party);
	const bound = request.approvals.filter(({party, binds}) => parties.includes(party) && binds !== undefined).map(({party}) => party);
	return withFollows(
		{
			boundary: 'SHARES -> ROUNDS',
			trusted: `${named}, to answer with sound shares; the coordinator, to send all of them the bytes that were approved`,
			proof: bases.length > 0 ? bases.join(', ') : 'none: nobody has approved it',
			check: [
				isKnownOn(state, 'verify-partials')
					? `${controlWords(state, 'verify-partials')}: the equation of each partial is checked, and who fails is named`
					: `${controlWords(state, 'verify-partials')}: only the whole signature is checked, and nobody is named`,
				...(bound.length > 0 ? [`the device of ${bound.join(' and ')} refuses other bytes than it approved`] : []),
			].join('; '),
			fooled:
				blind.length > 0
					? `${blind.join(' and ')} ${blind.length > 1 ? 'sign' : 'signs'} whatever bytes arrive, and the signature is valid; ${lastChance(game, state)}`
					: `a false request with true bytes is signed like any other; ${lastChance(game, state)}`,
		},
		[
			...refusalLine(game, state, move),
			`It runs when you end the turn; the policy would then say ${forecast(game, state, request, request.approvals, parties)}.`,
			releaseWords(state),
			kept(state, 'rounds', 'who signed', 'the payload hash'),
		],
	);
}

function releaseWords(state: GameState): string {
	if (isKnownOn(state, 'independent-verification')) return 'The output is held until you release it, which costs 1.';
	if (isKnownOn(state, 'timelock')) return `The output is held for one turn and leaves in turn ${state.turn + 1}.`;
	return `The output leaves at once and is final when turn ${state.turn + 1} ends.`;
}

function outputOf(state: GameState, name: string | undefined): OutputState | undefined {
	return state.outputs.find(({id}) => id === name) ?? state.outputs.findLast(({request}) => request === name && request !== '');
}

function releasing(game: Game, state: GameState, move: Move): FourQuestions | null {
	const output = outputOf(state, move.object);
	const request = output && openRequest(state, output.request);
	if (!output || !request) return null;
	const isVerified = isKnownOn(state, 'independent-verification');
	const {decisions} = state;
	const decision = decisions.findLast(each => each.request === request.id && each.verdict === 'allow');
	const isFinalSoon = output.turn < state.turn;
	return withFollows(
		{
			boundary: 'POLICY -> OUTPUT',
			trusted: isVerified
				? 'the second machine, to read the signed bytes for itself'
				: 'whoever approved: nobody reads the signed bytes again',
			proof: decision
				? `the decision of turn ${decision.turn}: ALLOW by ${decision.rule}, ${decision.reason}`
				: 'none: there is no decision on record',
			check: isVerified
				? `${controlWords(state, 'independent-verification')}: H(signed) is compared with H(displayed) ${short(digestOf(request.displayed))}`
				: `${controlWords(state, 'independent-verification')}: no bytes are compared`,
			fooled: 'the signature is valid whatever its bytes say; once final, nothing takes it back',
		},
		[
			...refusalLine(game, state, move),
			`${output.id} for ${request.id} ("${readPayload(request.displayed)}" as displayed) leaves${isVerified ? ' if the bytes are the displayed ones' : ''} and is final when turn ${isFinalSoon ? state.turn : state.turn + 1} ends.`,
			kept(state, 'output', 'that it left', 'the payload hash'),
		],
	);
}
