/**
 * The way an attack took, step by step: what happened at each, which component was there to enforce something and whether it did, and
 * whether anything of the step could be seen. Where the game was played again with an improvement, the step at which the same moves stop.
 */
import {verbOf} from '../engine/catalogue.js';
import {controlTitle} from '../engine/controls.js';
import {wrongWords} from '../engine/explain.js';
import {readPayload} from '../engine/moves/approvals.js';
import type {Act, GameState} from '../engine/state.js';
import type {AuthorityMove} from './explained.js';
import type {Finding} from './findings.js';
import type {History, OutputHistory} from './history.js';
import {type Boundary, placeOf, stationName} from './places.js';
import type {Placed, Played} from './played.js';

export interface PathStep {
	readonly turn: number;
	readonly line: number;
	readonly by: 'attackers' | 'operators' | 'policy' | 'world';
	/** A station or a boundary between two. */
	readonly place: string;
	readonly what: string;
	/** What stood there to enforce something: absent where nothing could. */
	readonly enforcer?: {readonly component: string; readonly check: string; readonly state: 'held' | 'did not stop it' | 'off' | 'not used'};
	/** What the operators' side could see of it then. */
	readonly seen: string;
	/** Nothing was seen: a gap in visibility. */
	readonly isGap: boolean;
}

export interface AttackPath {
	/** unauthorised: an output that nobody wanted became final. stopped: the attack ended before. none: the attackers got nowhere near. */
	readonly kind: 'unauthorised' | 'stopped' | 'missed' | 'none';
	readonly target: string;
	readonly steps: readonly PathStep[];
	/** By improvement: the position of the first step that does not happen any more; the number of steps where all of them do. */
	readonly after: ReadonlyArray<{readonly improvement: string; readonly stopsAt: number; readonly result: string}>;
}

/** A step, and whether it is still there in a game that was played again. */
interface Step extends PathStep {
	readonly stillIn: (state: GameState) => boolean;
}

const always = (): boolean => true;

/** The component that makes the check of a control. */
const components: Readonly<Record<string, string>> = {
	'verify-partials': 'coordinator',
	'bind-payload': 'policy',
	'bind-context': 'policy',
	'one-time-approvals': 'policy',
	'distinct-domains': 'policy',
	'no-exceptions': 'policy',
	'independent-verification': 'second machine at the output',
	timelock: 'output gate',
	'sealed-transport': 'envelopes of the parties',
	'authenticated-envelopes': 'envelopes of the parties',
	'envelope-context': 'envelopes of the parties',
	'proof-of-possession': 'every receiver in keygen',
	'echo-broadcast': 'every receiver in keygen',
	'feldman-check': 'every receiver of a deal',
	'commitment-lengths': 'every receiver of a deal',
	'ack-before-erase': 'share store',
	'erase-old-shares': 'share store',
	'fingerprinted-backups': 'place of the backups',
	'nonce-guard': 'security module of the party',
	'minimum-cohort': 'every party that computes',
	'decision-log': 'record of decisions',
	'anchored-log': 'log',
};

export function componentOf(control: string): string {
	return components[control] ?? 'control';
}

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

/** The path of what decided: the first unauthorised output, else the strongest thing that was stopped. */
export function attackPathOf(
	played: Played,
	history: History,
	{
		failed,
		held,
		authority,
	}: {readonly failed: readonly Finding[]; readonly held: readonly Finding[]; readonly authority: readonly AuthorityMove[]},
): {path: Omit<AttackPath, 'after'>; steps: readonly Step[]} {
	const bad = history.outputs.find(({output, isAuthorised}) => output.state === 'final' && !isAuthorised);
	const steps = bad ? unauthorisedSteps(played, history, bad, authority) : otherSteps(history, failed[0] ?? held[0], failed.length === 0);
	const kind = bad ? 'unauthorised' : failed.length > 0 ? 'missed' : steps.some(({by}) => by === 'attackers') ? 'stopped' : 'none';
	const target = bad ? `${bad.output.id}: ${readPayload(bad.output.message)}` : failed[0] ? failed[0].assumption : '';
	return {path: {kind, target, steps: steps.map(({stillIn: _, ...step}) => step)}, steps};
}

/** The first step that a state does not have; the number of steps where it has all of them. */
export function stopsAt(steps: readonly Step[], state: GameState): number {
	const at = steps.findIndex(({stillIn}) => !stillIn(state));
	return at < 0 ? steps.length : at;
}

function unauthorisedSteps(played: Played, history: History, item: OutputHistory, authority: readonly AuthorityMove[]): Step[] {
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

/** The place from which a backup was stolen, where one was. */
function placesOf(entries: readonly Placed[], how: string): string[] {
	const [, id] = /^steal-backup .*\((\w+)\)$/.exec(how) ?? [];
	return entries.flatMap(({event}) => (event.type === 'backup-made' && event.backup.id === id ? [event.backup.place] : []));
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

function captureSteps(played: Played, history: History, item: OutputHistory, authority: readonly AuthorityMove[]): Step[] {
	const {threshold} = played.game.scenario;
	const attempt = history.attempts.findLast(({attempt: {check}, line}) => check.holds && line < item.made.line);
	const taken = history.captured.filter(({share, line}) => share.epoch === attempt?.attempt.epoch && line < item.made.line);
	return [
		...taken.map(({share, turn, line}): Step => {
			return {
				turn,
				line,
				by: 'attackers',
				place: 'SHARES',
				what:
					share.index === 0
						? 'the whole key is theirs'
						: `${share.how.startsWith('steal-backup ') ? 'the backup' : 'the share'} of ${share.party}, epoch ${share.epoch}, leaves`,
				enforcer: {
					component: `share store of ${share.party}`,
					check: 'isolate, inspect in full, rebuild or refresh in time',
					state: 'not used',
				},
				...keptOf(authority, line),
				stillIn: state => state.loot.some(each => each.party === share.party && each.epoch === share.epoch && each.index === share.index),
			};
		}),
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

/** No unauthorised output: the attackers' moves one by one, and where what they led to was stopped or what was missed. */
function otherSteps(history: History, finding: Finding | undefined, isHeld: boolean): Step[] {
	const moves = attackerSteps(history.entries, Number.POSITIVE_INFINITY, () => true);
	if (!finding) return moves;
	const end: Step = {
		turn: finding.turn,
		line: finding.line,
		by: 'policy',
		place: finding.boundary,
		what: finding.how,
		enforcer: {
			component: finding.boundary,
			check: finding.equations[0]?.formula ?? finding.assumption,
			state: isHeld ? 'held' : 'did not stop it',
		},
		seen: 'the table saw it',
		isGap: false,
		stillIn: always,
	};
	return [...moves.filter(({line}) => line < finding.line), end];
}
