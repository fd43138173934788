/** The steps of an attack path, each made from a line of the journal and what the evidence has of it. */
import {verbOf} from '../engine/catalogue.js';
import {controlTitle} from '../engine/controls.js';
import {wrongWords} from '../engine/explain.js';
import {readPayload} from '../engine/moves/approvals.js';
import type {Act, GameState} from '../engine/state.js';
import type {PathStep, Step} from './attack-path.js';
import {componentOf} from './enforcers.js';
import type {AuthorityMove} from './explained.js';
import type {Finding} from './finding.js';
import {type History, type OutputHistory, placesOf} from './history.js';
import {type Boundary, placeOf, stationName} from './places.js';
import type {Placed, Played} from './played.js';

const always = (): boolean => true;

/** How an act showed when it happened. */
function seenOf(act: Act | undefined): Pick<PathStep, 'seen' | 'isGap'> {
	if (!act) return {seen: 'nothing is written of it', isGap: true};
	if (act.logged < act.level) return {seen: `nothing: ${act.station} logged at ${act.logged}, it takes ${act.level}`, isGap: true};
	return {seen: act.loud && act.logged === 2 ? `a signal: "${act.kind}"` : `a line "${act.kind}"`, isGap: false};
}

/** What the evidence has of an authority move: what the report on the evidence says at its line. */
function keptOf(authority: readonly AuthorityMove[], line: number): Pick<PathStep, 'seen' | 'isGap'> {
	const move = authority.find(each => each.line === line);
	if (!move || move.verdict === 'unexplained') return {seen: 'nothing is left of it in the evidence', isGap: true};
	if (move.verdict === 'wrongly explained')
		return {seen: `the evidence tells it wrongly: ${[...move.wrong.map(wrongWords), ...move.against].join('; ')}`, isGap: true};
	return {seen: move.missing.length > 0 ? `a line without ${move.missing.join(', ')}` : 'a line that explains it', isGap: false};
}

function controlState(played: Played, control: string): NonNullable<PathStep['enforcer']>['state'] {
	return played.state.controls[control]?.actual ? 'did not stop it' : 'off';
}

export function unauthorisedSteps(played: Played, history: History, item: OutputHistory, authority: readonly AuthorityMove[]): Step[] {
	const {output} = item;
	const {entries} = history;
	const machines = new Set(
		output.request === ''
			? history.captured.flatMap(({share: {party, how}}) => [party, ...placesOf(entries, how)])
			: ['coordinator', ...item.approvals.map(({party}) => party)],
	);
	const moves = attackerSteps(entries, item.made.line, text => isAbout(text, output.request, machines));
	const ways = entries.filter(
		({event, cause, line}) =>
			event.type === 'foothold' &&
			event.set.wayIn === true &&
			cause?.side !== 'attackers' &&
			machines.has(event.machine) &&
			line < item.made.line,
	);
	const opened = ways.map(
		({event, turn, line}): Step => ({
			turn,
			line,
			by: 'world',
			place: 'SHARES',
			what: `a way into ${event.type === 'foothold' ? event.machine : ''} is open`,
			enforcer: {component: 'full inspection', check: 'finds and closes a way in', state: 'not used'},
			seen: 'nothing is written of it',
			isGap: true,
			stillIn: always,
		}),
	);
	const rest = output.request === '' ? captureSteps(played, history, item, authority) : requestSteps(played, history, item, authority);
	return [...opened, ...moves, ...rest].sort((a, b) => a.line - b.line);
}

/** What disturbs and wins no bytes of a share; a share that leaves has a step of its own. */
const besideShares =
	/^(corrupt-partial|drop|delay|partition|tamper|replay-message|submit|query|swap-payload|trim-log|plant-entry|steal-share|steal-backup)\b/;

/** Whether an attackers' move belongs to the path: it names the request, or a machine that mattered. */
function isAbout(text: string, request: string, machines: ReadonlySet<string>): boolean {
	if (request === '' && besideShares.test(text)) return false;
	const words = text.split(/[ =,]/).slice(1);
	return words.some(word => (request !== '' && word === request) || machines.has(word));
}

function attackerSteps(entries: readonly Placed[], before: number, isPart: (text: string) => boolean): Step[] {
	return entries.flatMap(({event, turn, line}): Step[] => {
		if (event.type !== 'move' || event.side !== 'attackers' || event.text === 'end-turn' || line > before || !isPart(event.text)) return [];
		const [name = ''] = event.text.split(' ', 1);
		const verb = verbOf(name, 'attackers');
		const act = entries.find(each => each.line > line && each.cause?.line === line && each.event.type === 'act');
		const evidence = act?.event.type === 'act' ? act.event.act : undefined;
		// An order that stands acts in resolve, and is seen there.
		const isLater = evidence === undefined && verb?.evidence !== undefined;
		return [
			{
				turn,
				line,
				by: 'attackers',
				place: placeOf(event) ?? stationName('rounds'),
				what: event.text,
				...(isLater ? {seen: 'nothing yet: the order acts when the turn resolves', isGap: false} : seenOf(evidence)),
				stillIn: always,
			},
		];
	});
}

function captureStep({share, turn, line}: History['captured'][number], authority: readonly AuthorityMove[]): Step {
	const {party, epoch, index} = share;
	const isBackup = share.how.startsWith('steal-backup ');
	return {
		turn,
		line,
		by: 'attackers',
		place: 'SHARES',
		what: index === 0 ? 'the whole key is theirs' : `the ${isBackup ? 'backup' : 'share'} of ${party}, epoch ${epoch}, leaves`,
		enforcer: isBackup
			? {component: `place of the backup of ${party}`, check: 'inspect it in full, destroy backups, refresh', state: 'not used'}
			: {component: `share store of ${party}`, check: 'isolate, inspect in full, rebuild or refresh in time', state: 'not used'},
		...keptOf(authority, line),
		stillIn: state => state.loot.some(each => each.party === party && each.epoch === epoch && each.index === index),
	};
}

function captureSteps(played: Played, history: History, item: OutputHistory, authority: readonly AuthorityMove[]): Step[] {
	const {threshold} = played.game.scenario;
	const attempt = history.attempts.findLast(({attempt: {check, how}, line}) => how === undefined && check.holds && line < item.made.line);
	const taken = history.captured.filter(({share, line}) => share.epoch === attempt?.attempt.epoch && line < item.made.line);
	return [
		...taken.map(each => captureStep(each, authority)),
		...(attempt
			? [
					{
						turn: attempt.turn,
						line: attempt.line,
						by: 'attackers' as const,
						place: 'ROUNDS ~> OUTPUT',
						what: `${taken.length} of the ${threshold} that make the key: k*G is the public key`,
						seen: 'nothing: mathematics leaves no trace',
						isGap: true,
						stillIn: (state: GameState) => state.attempts.some(({check, how}) => how === undefined && check.holds),
					},
				]
			: []),
		{
			turn: item.made.turn,
			line: item.made.line,
			by: 'attackers',
			place: 'ROUNDS ~> OUTPUT' satisfies Boundary,
			what: `${item.output.id} is signed past the policy and final: ${readPayload(item.output.message)}`,
			enforcer: {component: 'policy', check: 'decides on what passes it; this did not', state: 'not used'},
			seen: 'its bytes, on the next statement',
			isGap: true,
			stillIn: isLost,
		},
	];
}

function isLost(state: GameState): boolean {
	return state.unauthorisedFinalAt > 0 || state.outputs.some(({request, state: mode}) => request === '' && mode === 'final');
}

function requestSteps(played: Played, history: History, item: OutputHistory, authority: readonly AuthorityMove[]): Step[] {
	const {output, decision, released, final} = item;
	const {request, message} = output;
	const wasSwapped = message !== item.displayed;
	const steps: Step[] = [];
	const approved = history.entries.filter(
		({event, line}) => event.type === 'approved' && event.request === request && line < item.made.line,
	);
	for (const approval of item.approvals) {
		const entry = approved.findLast(({event}) => event.type === 'approved' && event.approval.party === approval.party);
		if (!entry) continue;
		const {party, basis} = approval;
		steps.push({
			turn: entry.turn,
			line: entry.line,
			by: entry.cause?.side === 'attackers' ? 'attackers' : 'operators',
			place: 'ROUNDS -> POLICY',
			what: `${party} approves ${request} on ${basis}`,
			enforcer: wasSwapped
				? {
						component: `device of ${party}`,
						check: 'digest: hashes the bytes that it would sign',
						state: basis === 'display' ? 'not used' : 'did not stop it',
					}
				: {
						component: 'call-back',
						check: 'asks the requester for its own bytes',
						state: basis === 'callback' ? 'did not stop it' : 'not used',
					},
			...keptOf(authority, entry.line),
			stillIn: state => {
				const kept = state.requests[request]?.approvals.some(each => each.party === party && each.basis === basis);
				return kept === true || state.outputs.some(each => each.request === request && each.message === message);
			},
		});
	}
	steps.push({
		turn: item.made.turn,
		line: item.made.line,
		by: 'operators',
		place: 'ROUNDS -> POLICY',
		what: `${output.id} is signed: ${readPayload(message)}${wasSwapped ? `; displayed was ${readPayload(item.displayed)}` : ''}`,
		...keptOf(authority, item.made.line),
		stillIn: state => state.outputs.some(each => each.request === request && each.message === message),
	});
	if (decision)
		steps.push({
			turn: decision.turn,
			line: decision.line,
			by: 'policy',
			place: 'POLICY -> OUTPUT',
			what: `the policy allows ${request} by ${decision.rule}`,
			enforcer: {
				component: componentOf('bind-payload'),
				check: wasSwapped ? 'bind payload: compares signed bytes with shown bytes' : `${decision.rule}: ${decision.reason}`,
				state: wasSwapped ? controlState(played, 'bind-payload') : 'did not stop it',
			},
			...keptOf(authority, decision.line),
			stillIn: state =>
				state.decisions.some(each => each.request === request && each.verdict === 'allow') && hasLeft(state, request, message, true),
		});
	if (released)
		steps.push({
			turn: released.turn,
			line: released.line,
			by: 'operators',
			place: 'POLICY -> OUTPUT',
			what: `${output.id} leaves`,
			enforcer: {
				component: componentOf('independent-verification'),
				check: `${controlTitle('independent-verification')}: reads the signed bytes`,
				state: controlState(played, 'independent-verification'),
			},
			...keptOf(authority, released.line),
			stillIn: state => hasLeft(state, request, message, false),
		});
	if (final)
		steps.push({
			turn: final.turn,
			line: final.line,
			by: 'world',
			place: 'OUTPUT -> TRANSCRIPT',
			what: `${output.id} is final`,
			enforcer: {component: 'operators', check: 'hold or announce before it is final', state: 'not used'},
			seen: 'its bytes, on the next statement',
			isGap: false,
			stillIn: state => state.outputs.some(each => each.request === request && each.message === message && each.state === 'final'),
		});
	return steps;
}

function hasLeft(state: GameState, request: string, message: string, isHeldEnough: boolean): boolean {
	return state.outputs.some(
		each =>
			each.request === request &&
			each.message === message &&
			(each.state === 'released' || each.state === 'final' || (isHeldEnough && each.state === 'held')),
	);
}

/** No unauthorised output: the attackers' moves one by one, what left all the same, and where something was missed, or a check held. */
export function otherSteps(
	history: History,
	failed: readonly Finding[],
	held: readonly Finding[],
	authority: readonly AuthorityMove[],
): Step[] {
	const moves = attackerSteps(history.entries, Number.POSITIVE_INFINITY, text => !/^steal-(share|backup)\b/.test(text));
	const taken = history.captured.map(each => captureStep(each, authority));
	const missed = failed[0];
	const ends = missed ? [findingStep(missed, 'did not stop it')] : held.slice(0, 8).map(finding => findingStep(finding, 'held'));
	const all = [...moves, ...taken, ...ends].sort((a, b) => a.line - b.line);
	return missed ? all.filter(({line}) => line <= missed.line) : all;
}

function findingStep({turn, line, boundary, how, equations: [first], assumption}: Finding, state: 'held' | 'did not stop it'): Step {
	return {
		turn,
		line,
		by: 'policy',
		place: boundary,
		what: how,
		enforcer: {component: boundary, check: first?.formula ?? assumption, state},
		seen: 'the table saw it',
		isGap: false,
		stillIn: always,
	};
}
