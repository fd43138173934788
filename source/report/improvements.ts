/**
 * What would have helped, each thing tried: this game with one control on from the start, and with one choice changed. From that follow the areas
 * for improvement with their root causes, and actions whose owner and dates are left for people to fill in.
 */

import {controls, controlTitle} from '../engine/controls.js';
import {cellName, matrix} from '../engine/matrix.js';
import type {GameState} from '../engine/state.js';
import {dealtRows} from './deal-lines.js';
import {componentOf} from './enforcers.js';
import type {AuthorityMove} from './explained.js';
import type {Finding} from './finding.js';
import type {History} from './history.js';
import type {Alternative} from './otherwise.js';
import {counted, listed, stopped} from './plain-text.js';
import {only, type Played} from './played.js';
import {hasLost} from './unsafe.js';

/** Plays the game's own moves again with controls on from the start that were off. */
export type ReplayHardened = (controls: readonly string[]) => {readonly state: GameState; readonly refused: readonly string[]};

export interface Hardened {
	readonly control: string;
	readonly title: string;
	/** The cell of the attack x control matrix because of which it was tried; empty where none names it. */
	readonly cell: string;
	readonly result: 'won' | 'kept' | 'lost';
	readonly reason: string;
	readonly state: GameState;
}

export interface Improvement {
	readonly issue: string;
	readonly rootCause: string;
	/** Where on the path. */
	readonly place: string;
	readonly lines: readonly number[];
}

export interface Action {
	/** `A1`, `A2`, ...: declared entries name it. */
	readonly id: string;
	readonly issue: string;
	readonly action: string;
	/** What shows that it helps: a re-run, or lines of the journal. */
	readonly shownBy: string;
	readonly owner: string;
	readonly start: string;
	readonly due: string;
	readonly ticket: string;
	readonly status: string;
	/** How to see that it was done. */
	readonly retest: string;
	readonly origin: 'computed' | 'declared';
	readonly by: string;
	readonly at: string;
}

/** An action that follows from the journal; its owner and dates are for people to fill in. */
type Computed = Pick<Action, 'issue' | 'action' | 'shownBy' | 'retest'>;

/** Controls that were off and that the matrix names against an attack of this game, each tried alone. Nothing to try in a game that lost nothing. */
export function hardenedRuns(played: Played, history: History, replay: ReplayHardened): Hardened[] {
	const {state} = played;
	if (!hasLost(state)) return [];
	const verbs = new Set(
		only(history.entries, 'move').flatMap(({event}) => (event.side === 'attackers' ? [event.text.split(' ', 1)[0]!] : [])),
	);
	const rows = [...matrix.filter(({attack, isDealt}) => !isDealt && verbs.has(attack)), ...dealtRows(played)];
	const named = rows.flatMap(row =>
		row.cells.filter(({is}) => is === 'control').map(cell => ({control: cell.by, cell: cellName(row, cell)})),
	);
	const tried = [...new Map(named.map(each => [each.control, each])).values()].filter(({control}) => !state.controls[control]?.actual);
	return tried.map(({control, cell}) => {
		const {state: after} = replay([control]);
		return {
			control,
			title: controlTitle(control),
			cell,
			result: hasLost(after) ? 'lost' : after.end?.outcome === 'operators' ? 'won' : 'kept',
			reason: after.end?.reason ?? `the game is in turn ${after.turn}`,
			state: after,
		};
	});
}

export interface Causes {
	readonly failed: readonly Finding[];
	readonly authority: readonly AuthorityMove[];
	readonly hardened: readonly Hardened[];
	readonly alternatives: readonly Alternative[];
}

/** Why it could happen, from the equation that decided: an inequality that nobody looked at, or an equality that nobody prevented. */
function rootCauseOf({boundary, equations, turn}: Finding, history: History, hardened: readonly Hardened[]): string {
	const off = hardened.filter(({result}) => result !== 'lost').map(({title}) => title);
	const alone =
		off.length === 0
			? ''
			: off.length === 1
				? ` ${off[0]} was off, and would have stopped it.`
				: ` ${listed(off)} were off, and each alone would have stopped it.`;
	const [first] = equations;
	if (!first) return `No check stood at ${boundary}.${alone}`;
	const {left, right, holds, verdict} = first;
	if (boundary === 'ROUNDS ~> OUTPUT' && holds) {
		const turns = history.captured.map(each => each.turn);
		const [from, to] = [Math.min(...turns), Math.max(...turns)];
		return `Once ${left.label} = ${right.label} holds, no policy is asked. ${from < to ? `Between turn ${from}, when the first share left, and turn ${to}` : `Until turn ${turn}`}, nothing cut the machines off, cleaned them or refreshed the shares.${alone}`;
	}
	if (verdict === 'LESS') return `${left.label} came to ${left.value}, and it took ${right.value} (${right.label}).${alone}`;
	if (holds) return `${left.label} and ${right.label} were equal, and nothing at ${boundary} used it in time.${alone}`;
	return `${left.label} and ${right.label} differ, and nothing at ${boundary} compared them in time.${alone}`;
}

/** What did not work, and why, from the equations and the controls as they really were. */
export function improvementsOf(played: Played, history: History, {failed, authority, hardened}: Causes): Improvement[] {
	const {state, game} = played;
	const found: Improvement[] = failed.map(finding => ({
		issue: stopped(finding.how),
		rootCause: rootCauseOf(finding, history, hardened),
		place: finding.boundary,
		lines: [finding.line],
	}));
	for (const [id, {documented, actual}] of Object.entries(state.controls)) {
		if (!(id in game.scenario.controls) || !documented || actual) continue;
		found.push({
			issue: `${controlTitle(id)} was documented as on and was off.`,
			rootCause: `Nobody looked whether ${componentOf(id)} really makes this check (inspect control=${id}).`,
			place: componentOf(id),
			lines: only(history.entries, 'control-set').flatMap(({event, line}) => (event.id === id && event.actual === false ? [line] : [])),
		});
	}
	const gaps = authority.filter(({verdict}) => verdict !== 'explained');
	for (const station of new Set(gaps.map(each => each.station))) {
		const here = gaps.filter(each => each.station === station);
		const missing = [...new Set(here.flatMap(each => each.missing))];
		found.push({
			issue: `${counted(here.length, 'authority move')} at ${station.toUpperCase()} can not be explained in full from the evidence.`,
			rootCause: [
				...(missing.length > 0 ? [`The log at ${station} did not keep: ${missing.join(', ')}.`] : []),
				...(here.some(({verdict}) => verdict === 'wrongly explained') ? ['The log says what a station saw, and that was not so.'] : []),
			].join(' '),
			place: station.toUpperCase(),
			lines: here.map(({line}) => line),
		});
	}
	const open = Object.entries(state.footholds).filter(([, {wayIn, implantSince}]) => wayIn || implantSince !== undefined);
	if (open.length > 0)
		found.push({
			issue: `At the end the attackers still had ${listed(open.map(([machine]) => machine))}.`,
			rootCause: 'Only a full inspection or a rebuild finds and removes what sits on a machine, and none came in time.',
			place: 'SHARES',
			lines: open.flatMap(([machine]) =>
				only(history.entries, 'foothold')
					.filter(({event}) => event.machine === machine)
					.slice(-1)
					.map(({line}) => line),
			),
		});
	return found;
}

/** Actions that follow from the journal alone. */
export function computedActions(played: Played, {failed, authority, hardened, alternatives}: Causes, open: number): Computed[] {
	const {scenario} = played.game;
	const actions: Computed[] = [];
	const issue = failed[0] ? `"${failed[0].assumption}" did not hold at ${failed[0].boundary}` : '';
	for (const {control, title, cell, result, reason} of hardened.filter(each => each.result !== 'lost').slice(0, 3))
		actions.push({
			issue,
			action: `Turn on ${title}, at the ${componentOf(control)}: ${controls.find(({id}) => id === control)?.checks ?? ''}. Its price: ${controls.find(({id}) => id === control)?.price ?? 'none'}.`,
			shownBy: `re-run of these moves with it on: ${result === 'won' ? 'won' : 'nothing unauthorised left'} (${reason}); matrix: ${cell}`,
			retest: `Play ${scenario.id} again in this world with the control on; the output must not become final.`,
		});
	const better = alternatives.find(({result}) => result === 'won' || result === 'kept');
	if (failed.length > 0 && better)
		actions.push({
			issue,
			action: `Write into the procedure, and practise: ${better.choice}${better.instead === '' ? '' : ` ${better.instead}`}.`,
			shownBy: `re-run of this game with that one choice changed: ${better.reason}`,
			retest: `Play ${scenario.id} with a seed that nobody knows, and see that the choice is made.`,
		});
	const logs = [...new Set(authority.flatMap(({log}) => (log === undefined ? [] : [log])))];
	for (const log of logs)
		actions.push({
			issue: `Authority moves that the evidence does not explain: journal lines ${authority
				.filter(each => each.log === log)
				.map(({line}) => line)
				.join(', ')}`,
			action: `Raise what is logged: ${log}.`,
			shownBy: 'what each level keeps of each of these moves',
			retest: 'The next transcript explains every move of this kind.',
		});
	for (const [id, {documented, actual}] of Object.entries(played.state.controls))
		if (id in scenario.controls && documented && !actual)
			actions.push({
				issue: `${controlTitle(id)} is documented as on and is off`,
				action: 'Test each documented control on a schedule, by an input that it has to refuse.',
				shownBy: `inspect control=${id} says: off`,
				retest: 'A test input is refused, and the refusal is on record.',
			});
	if (open > 0)
		actions.push({
			issue: `${counted(open, 'machine')} still in the attackers' hands at the end`,
			action: 'Inspect each machine in full after an odd mail, new software or a large transfer, and rebuild what can not be inspected.',
			shownBy: 'footholds at the end of the game',
			retest: 'In the next exercise no way in lasts longer than two turns.',
		});
	return actions;
}
