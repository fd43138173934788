/** The phases of a turn that run by themselves: inject, resolve and account. */

import {moveLines} from '../scenario/move-lines.js';
import type {Scenario} from '../scenario/schema.js';
import {startAmendments} from './amendments.js';
import {readRecordings, tryMixed} from './attempts.js';
import {resumeSigning, startSigningOf} from './ceremonies.js';
import {judgeComputations, openComputations, runComputations} from './computations.js';
import {fillText, formatAmount} from './deal.js';
import type {Deciding} from './deciding.js';
import {gameValues, isAuthorised} from './facts.js';
import {endAfterUnauthorised, forge, stealShares} from './forge.js';
import {keyFor} from './keys.js';
import {answerCallbacks} from './moves/approvals.js';
import {openRequest} from './moves/attacks.js';
import {signForMoney} from './moves/bribes.js';
import {runInspections} from './moves/custody.js';
import {startControls} from './moves/governance.js';
import {runLifecycle} from './moves/lifecycle.js';
import {abortCeremony} from './moves/signing.js';
import {decodePayload} from './payload.js';
import {decideOutputs, endTimelocks} from './policy.js';
import {retireKeys} from './rotation.js';
import {judgeRequests, scoreGame} from './score.js';
import type {OutputState} from './state.js';
import type {Side} from './view.js';

type World = Scenario['worlds'][string];

/** Runs a line of moves that cost nothing: the deal, and effects of injects. Handed in by decide, which knows the catalogue. */
export type RunFree = (deciding: Deciding, line: string) => void;

export const carry: Readonly<Record<Side, number>> = {operators: 1, attackers: 2};

/** Begins a turn: points, controls that come into force, answers, statement, the deal's events, requests and injects. */
export function beginTurn(deciding: Deciding, runFree: RunFree): void {
	const {scenario} = deciding.game;
	const turn = deciding.state.turn + 1;
	const left = deciding.state.points;
	deciding.emit('public', {type: 'turn-began', turn});
	for (const side of ['operators', 'attackers'] as const)
		deciding.emit(side, {type: 'points', side, have: scenario[side].points + Math.min(left[side], carry[side])});
	startControls(deciding);
	startAmendments(deciding);
	for (const machine of deciding.state.phished) {
		deciding.emit('attackers', {type: 'foothold', machine, set: {wayIn: true}});
		deciding.tell('attackers', 'result', machine, `Somebody at ${machine} opened the mail: you have a way in.`);
	}
	if (deciding.state.phished.length > 0) deciding.emit('attackers', {type: 'phish-landed'});
	runDeal(deciding, runFree);
	sendStatement(deciding);
	answerCallbacks(deciding);
	for (const {id, opens, opened} of Object.values(deciding.state.requests)) if (opens === turn && opened === 0) openRequest(deciding, id);
	openComputations(deciding);
	fireInjects(deciding, runFree);
	raiseSignals(deciding);
	deciding.step('exercise', '', {type: 'phase.next', isOver: false}, 'no inject phase', 'public');
}

/** What was true before turn 1: while the key was made, and once it was there. Other verbs of the deal happen in turn 1 unless they name a turn. */
const prologue: Readonly<Record<string, 'keygen' | 'key'>> = {
	'keygen-attack': 'keygen',
	'weak-generator': 'keygen',
	'stale-backup': 'key',
};

/** A line of a world's deal: the turn in which it happens, and what part of turn 0 it belongs to. */
interface DealLine {
	readonly text: string;
	readonly turn: number;
	readonly part: 'keygen' | 'key';
}

/** The deals of worlds, line by line: they are read every turn. */
const dealLines = new WeakMap<World, readonly DealLine[]>();

function linesOf(world: World): readonly DealLine[] {
	const known = dealLines.get(world);
	if (known !== undefined) return known;
	const lines = moveLines(world.deal).map((text): DealLine => {
		const [, verb = ''] = /^world: (\S+)/.exec(text) ?? [];
		const part = prologue[verb];
		return {text, part: part ?? 'keygen', turn: Number(/\bturn=(\d+)/.exec(text)?.[1] ?? (part === undefined ? 1 : 0))};
	});
	dealLines.set(world, lines);
	return lines;
}

/** The deal's lines of this turn; turn 0 is the prologue, and `before` says of what in it. */
export function runDeal(deciding: Deciding, runFree: RunFree, before?: 'keygen' | 'key'): void {
	const {game, state} = deciding;
	for (const {text, turn, part} of linesOf(game.scenario.worlds[game.deal.world]!))
		if (turn === state.turn && (before === undefined || part === before)) runFree(deciding, text);
}

function fireInjects(deciding: Deciding, runFree: RunFree): void {
	const {game} = deciding;
	game.scenario.injects.forEach((inject, index) => {
		if (deciding.state.firedInjects.includes(index)) return;
		if (inject.worlds && !inject.worlds.includes(game.deal.world)) return;
		const fires =
			inject.at === undefined
				? game.evaluate(inject.when ?? 'false', 'game', gameValues(game, deciding.state)) === true
				: inject.at === deciding.state.turn;
		if (!fires) return;
		deciding.emit('keeper', {type: 'inject-fired', index});
		for (const line of moveLines(inject.do ?? '')) runFree(deciding, line);
		const text = fillText(inject.text, game.deal);
		const side: Side = inject.to.includes('attackers') ? 'attackers' : 'operators';
		if (text !== '') deciding.tell(side, 'inject', fillText(inject.from ?? 'the scenario', game.deal), text);
		if (inject.ask)
			deciding.tell(
				side,
				'question',
				'the scenario',
				`${fillText(inject.ask.text, game.deal)} (answer with a note by turn ${inject.ask.by})`,
			);
	});
}

/** Every output that became final since the last statement, as it reaches the books. */
function sendStatement(deciding: Deciding): void {
	tellRefused(deciding);
	for (const output of deciding.state.outputs) {
		if (output.state !== 'final' || output.finalAt !== deciding.state.turn - 1) continue;
		// Whoever reads a payment that no request asked for knows now that the key is not only theirs.
		if (output.request === '') exposeKey(deciding, output);
		const {amount, to} = decodePayload(output.message);
		const request = output.request === '' ? undefined : deciding.state.requests[output.request];
		const asShown = request?.displayed === output.message;
		deciding.tell(
			'operators',
			'statement',
			'statement',
			`${output.id}: ${formatAmount(amount)} to ${to}, signed with the vault's key, final. ${request ? (asShown ? `It is ${request.id} as displayed.` : `${request.id} was displayed as "${formatAmount(decodePayload(request.displayed).amount)} to ${decodePayload(request.displayed).to}".`) : 'No request on the table asked for it.'}`,
		);
	}
}

/** The key that signed it is known to be in other hands from now on: what it was about to sign is given up. */
function exposeKey(deciding: Deciding, output: OutputState): void {
	const publicKey = output.publicKey ?? deciding.state.records[0]?.publicKey;
	const id = deciding.state.retiring.find(({key}) => key.publicKey === publicKey)?.id ?? '';
	const canShow = id === '' ? !deciding.is('protocol', id, 'compromised.exposed') : !isKnown(deciding, id);
	if (!canShow) return;
	deciding.step('protocol', id, {type: 'key.exposed'}, 'the key is in no use', 'operators');
	for (const ceremony of deciding.state.ceremonies)
		if (ceremony.status === 'stalled' && keyFor(deciding.state, ceremony.request ?? '').id === id)
			abortCeremony(deciding, ceremony, 'the key is compromised');
}

/** A key that was rotated away from and is compromised, or destroyed: there is nothing left to learn of it. */
function isKnown(deciding: Deciding, id: string): boolean {
	return deciding.is('protocol', id, 'compromised') || deciding.is('protocol', id, 'destroyed');
}

/** Whoever was to receive an output of a retired key reads the tombstone, refuses it and says so. */
function tellRefused(deciding: Deciding): void {
	for (const output of deciding.state.outputs) {
		if (output.state !== 'recalled' || output.request !== '' || output.turn !== deciding.state.turn - 1) continue;
		exposeKey(deciding, output);
		const {amount, to} = decodePayload(output.message);
		deciding.tell(
			'operators',
			'statement',
			'statement',
			`${output.id}: ${formatAmount(amount)} to ${to}, signed with a retired key. It was refused: the tombstone is on record.`,
		);
	}
}

function raiseSignals(deciding: Deciding): void {
	for (const act of deciding.state.evidence) {
		if (act.turn === deciding.state.turn - 1 && act.loud && act.logged === 2)
			deciding.tell('operators', 'signal', 'monitoring', `${act.station}: ${act.kind}.`);
	}
}

/** Resolve: orders run against the attackers' standing orders, the policy decides, shares leave, captured bytes are tried. */
export function resolve(deciding: Deciding): void {
	const levels = deciding.state.loggingOrdered;
	if (Object.keys(levels).length > 0) deciding.emit('operators', {type: 'logging-set', levels});
	runInspections(deciding);
	signForMoney(deciding);
	for (const ceremony of deciding.state.ceremonies) if (ceremony.status === 'stalled') resumeSigning(deciding, ceremony);
	decideOutputs(deciding);
	runLifecycle(deciding, () => stealShares(deciding, true));
	for (const order of deciding.state.orders) {
		if (order.verb !== 'sign') continue;
		startSigningOf(deciding, order);
		decideOutputs(deciding);
	}
	runComputations(deciding);
	deciding.emit('operators', {type: 'orders-done'});
	stealShares(deciding);
	readRecordings(deciding);
	forge(deciding);
	tryMixed(deciding);
	deciding.step('exercise', '', {type: 'phase.next', isOver: false}, 'no resolve phase', 'public');
}

/** Account: outputs become final, deadlines are judged, evidence is written, standing orders lapse; perhaps the game is over. */
export function account(deciding: Deciding): void {
	const {state} = deciding;
	const isLast = state.turn >= state.endsAt;
	for (const output of state.outputs) {
		// What leaves in the last turn is final with it: nobody is at the table any more to hold it.
		if (output.state !== 'released' || (output.turn >= state.turn && !isLast)) continue;
		deciding.step('request', output.request, {type: 'output.finalised'}, `${output.id} is not released`, 'operators');
		deciding.emit('operators', {type: 'output-changed', id: output.id, set: {state: 'final', finalAt: state.turn}});
		if (!isAuthorised(deciding.state, output)) endAfterUnauthorised(deciding);
	}
	endTimelocks(deciding);
	retireKeys(deciding);
	judgeRequests(deciding);
	judgeComputations(deciding);
	for (const [id, party] of Object.entries(deciding.state.parties)) {
		if (party.silentUntil !== undefined && party.silentUntil <= state.turn) deciding.offer('party', id, {type: 'party.heard'}, 'operators');
		deciding.offer('party', id, {type: 'inspection.ended'}, 'operators');
	}
	deciding.emit('attackers', {type: 'standing-lapsed'});
	deciding.emit('keeper', {type: 'evidence-written', lines: deciding.state.acts.filter(act => act.logged >= act.level)});
	const isOver = deciding.state.turn >= deciding.state.endsAt;
	if (isOver) deciding.emit('public', {type: 'ended', end: scoreGame(deciding.game, deciding.state)});
	deciding.step('exercise', '', {type: 'phase.next', isOver}, 'no account phase', 'public');
}
