/** The debrief's smaller parts, each from the journal, the state at the end, and what people declared. */

import {isAuthorised, mostStolen} from '../engine/facts.js';
import {decodePayload} from '../engine/payload.js';
import type {Ending} from '../engine/state.js';
import type {Answered, DebriefModel, DebriefNote, Impact, IncidentTime, Statement} from './debrief-model.js';
import {type Declared, sourceOf} from './declared.js';
import {equationOf} from './equation.js';
import type {AuthorityMove} from './explained.js';
import type {Finding} from './finding.js';
import type {History} from './history.js';
import {questionsOf} from './hot-wash.js';
import type {Action, computedActions} from './improvements.js';
import {counted} from './plain-text.js';
import {only, type Played} from './played.js';

/** What every debrief says of itself. */
const limits =
	'Simulated, with practice keys and made-up people, companies and payments. It shows nothing about production controls, and it is no threat-led penetration test.';

export function statements(
	declared: Declared | undefined,
	all: ReadonlyArray<{readonly text: string; readonly by?: string | undefined; readonly at?: string | undefined}> = [],
): Statement[] {
	return declared ? all.map(({text, ...source}) => ({text, ...sourceOf(declared, source)})) : [];
}

export function strengthsOf(held: readonly Finding[], end?: Ending): string[] {
	return [
		...held.map(({how, boundary, turn, line}) => `${boundary}, turn ${turn}, line ${line}: ${how}.`),
		...(end?.scores ?? [])
			.filter(({score, because}) => score === 100 && because.length === 0)
			.map(({station}) => `Nothing cost a point at ${station.toUpperCase()}.`),
	];
}

export function scopeOf(
	{game, state}: Played,
	history: History,
	authority: readonly AuthorityMove[],
	declared?: Declared,
): DebriefModel['scope'] {
	const moves = only(history.entries, 'move').filter(({event: {side, text}}) => side === 'attackers' && text !== 'end-turn');
	const evidence = only(history.entries, 'act').filter(({cause}) => cause?.side === 'attackers');
	return {
		stations: (state.end?.scores ?? []).map(({station}) => ({
			station,
			authorityMoves: authority.filter(each => each.station === station).length,
			ceremonies: station === 'rounds' ? state.ceremonies.length : 0,
			attacks: evidence.filter(({event}) => event.act.station === station).length,
		})),
		attacks: [...new Set(moves.map(({event}) => event.text.split(' ', 1)[0]!))],
		declared: declared?.exercise.scope ?? '',
		limits: `${limits} The suite was ${game.suite}; outside of the file's ${game.scenario.turns} turns nothing was played.`,
	};
}

export function impactOf({state, game}: Played, history: History): Impact {
	const threshold = state.key?.threshold ?? game.scenario.threshold;
	const isServed = (id: string): boolean =>
		state.outputs.some(
			({request, state: mode, message, turn}) =>
				request === id &&
				(mode === 'released' || mode === 'final') &&
				message === state.requests[id]!.intent &&
				turn <= state.requests[id]!.due,
		);
	const wanted = Object.values(state.requests).filter(({intent, opened, required}) => intent !== null && opened > 0 && required);
	const first = only(history.entries, 'move').find(({event: {side, text}}) => side === 'attackers' && text !== 'end-turn');
	return {
		lost: state.outputs
			.filter(output => output.state === 'final' && !isAuthorised(state, output))
			.map(({id, message, announcedAt}) => {
				const {amount, to} = decodePayload(message);
				return {output: id, amount, to, announced: announcedAt > 0};
			}),
		served: wanted.filter(({id}) => isServed(id)).map(({id}) => id),
		missed: wanted.filter(({id, judged}) => judged !== undefined && !isServed(id)).map(({id}) => id),
		key: {stolen: mostStolen(state), threshold, isTheirs: state.attempts.some(({check, how}) => how === undefined && check.holds)},
		exposedInputs: state.exposed.length,
		turnsToDetect: state.detected && first ? Math.max(0, state.detected.turn - first.turn) : null,
	};
}

/** Computed actions with what people declared of them, and actions that people added. */
export function actionsOf(computed: ReturnType<typeof computedActions>, declared?: Declared): Action[] {
	const empty = {owner: '', start: '', due: '', ticket: '', status: 'open'};
	const filled = computed.map((action, index): Action => {
		const id = `A${index + 1}`;
		const own = declared?.actions.find(each => each.id === id);
		return {id, ...action, ...empty, origin: 'computed', by: '', at: '', ...(declared && own ? declaredPart(own, declared) : {})};
	});
	const added = (declared?.actions ?? []).filter(({id}) => !filled.some(each => each.id === id));
	return [
		...filled,
		...added.map(
			(each): Action => ({
				id: each.id,
				issue: each.issue ?? '',
				action: each.action ?? '',
				shownBy: '',
				retest: '',
				...empty,
				origin: 'declared',
				...declaredPart(each, declared!),
				...sourceOf(declared!, each),
			}),
		),
	];
}

function declaredPart(own: Declared['actions'][number], declared: Declared): Partial<Action> {
	const {owner, start, due, ticket, status} = own;
	const given = Object.fromEntries(Object.entries({owner, start, due, ticket, status}).filter(([, value]) => value !== undefined));
	return {...given, ...sourceOf(declared, own)};
}

export function answersOf(played: Played, declared?: Declared): Answered[] {
	const questions = questionsOf(played);
	const given = declared?.answers ?? [];
	const others = given.filter(({question}) => !questions.includes(question));
	return [
		...questions.map((question): Answered => {
			const found = given.find(each => each.question === question);
			return {question, answer: found?.answer ?? '', ...(declared && found ? sourceOf(declared, found) : {by: '', at: ''})};
		}),
		...others.map(({question, answer, ...source}) => ({question, answer, ...sourceOf(declared!, source)})),
	];
}

export function timesOf(history: History): IncidentTime[] {
	const bad = history.outputs.find(({output, isAuthorised: isFine}) => !isFine && output.state === 'final');
	if (!bad) return [];
	const {id, announcedAt} = bad.output;
	const statement = only(history.entries, 'told').find(({event: {entry}}) => entry.kind === 'statement' && entry.text.startsWith(`${id}:`));
	const announced = only(history.entries, 'move').find(
		({event: {side, text}}) =>
			side === 'operators' && text.startsWith('announce ') && (text.includes(` ${id} `) || text.includes(` ${bad.output.request} `)),
	);
	const momentOf = (at: {turn: number; line: number; at?: string} | undefined) =>
		at === undefined ? {} : {moment: {turn: at.turn, line: at.line, ...(at.at === undefined ? {} : {at: at.at})}};
	return [
		{
			what: 'released',
			...momentOf(bad.released ?? bad.made),
			how: bad.released ? `${id} for ${bad.output.request}` : `${id}, signed with captured shares`,
		},
		{what: 'final', ...momentOf(bad.final), how: id},
		{what: 'noticed', ...momentOf(statement), how: statement ? 'on the statement' : 'no statement came before the end'},
		{
			what: 'contained',
			...(announcedAt > 0 ? momentOf(announced) : {}),
			how: announcedAt > 0 ? `announced in turn ${announcedAt}` : 'nobody outside was told',
		},
	];
}

export function attackersOf({state, game}: Played, history: History): DebriefModel['attackers'] {
	const {threshold} = game.scenario;
	const most = mostStolen(state);
	const holds = state.attempts.some(({check, how}) => how === undefined && check.holds);
	return {
		shares: history.captured.map(({share: {party, index, epoch, share, how}, ...moment}) => ({party, index, epoch, share, how, ...moment})),
		summary:
			most === 0
				? 'No share left its machine.'
				: holds
					? `${counted(most, 'share')} of one epoch, of the ${threshold} that make the key: they had the key.`
					: most >= threshold
						? `${counted(most, 'share')} of one epoch, and they do not make the key: one of them is not sound.`
						: `${counted(most, 'share')} of one epoch, of the ${threshold} that make the key: every key was still possible.`,
		attempts: history.attempts.map(({attempt, turn, line, at}) => ({
			equation: equationOf(attempt.check),
			turn,
			line,
			...(at === undefined ? {} : {at}),
		})),
		machines: Object.entries(state.footholds)
			.filter(([, {wayIn, implantSince, link}]) => wayIn || link || implantSince !== undefined)
			.map(([machine, foothold]) => ({machine, ...foothold})),
	};
}

/** Notes in the order in which they were written; a suspicion is judged by what was true at that moment. */
export function notesOf({entries}: History): DebriefNote[] {
	const held = new Set<string>();
	const notes: DebriefNote[] = [];
	for (const {event, turn, line, at, cause} of entries) {
		if (event.type === 'foothold') {
			if (event.cleared) held.delete(event.machine);
			else if (event.set.wayIn || event.set.implantSince !== undefined) held.add(event.machine);
		}
		if (event.type !== 'noted') continue;
		const {side, text, suspect} = event;
		notes.push({
			turn,
			line,
			...(at === undefined ? {} : {at}),
			side,
			seat: cause?.seat ?? side,
			text,
			...(suspect === undefined ? {} : {suspect, wasRight: held.has(suspect)}),
		});
	}
	return notes;
}
