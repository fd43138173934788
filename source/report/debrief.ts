/**
 * The debrief as data: what was computed from the journal, what the table declared, and what is left to declare. It knows
 * nothing of a format; debrief-markdown.ts is one way to write it down.
 */
import {controlTitle} from '../engine/controls.js';
import {mostStolen} from '../engine/facts.js';
import type {Ending} from '../engine/state.js';
import type {Side, Station} from '../engine/view.js';
import {type Equation, equationOf} from './equation.js';
import {type AuthorityMove, authorityMoves} from './explained.js';
import {type Finding, failedAssumptions} from './findings.js';
import {heldAssumptions} from './held-findings.js';
import {type History, historyOf, type Moment} from './history.js';
import {type CeremonyLearned, learnedIn} from './learned.js';
import {luckOf} from './luck.js';
import {type Objective, objectivesOf} from './objectives.js';
import {type Alternative, alternativesOf, type ReplayWith} from './otherwise.js';
import {type OutputCheck, outputCheck} from './output-check.js';
import {counted} from './plain-text.js';
import {only, type Played, place} from './played.js';
import {type TimelineRow, timelineOf} from './timeline.js';

/** This game's line of moves in another world: how it ended, and how many moves the rules refused there. */
export interface WorldResult {
	readonly end?: Ending;
	readonly refused: number;
}

export interface DebriefOptions {
	/** Plays this game's line of moves in a world; see `lineOfMoves`. Without it the section is left out. */
	readonly inWorld?: (world: string) => WorldResult;
	/** Plays another line of moves in this game. Without it the section is left out. */
	readonly replayWith?: ReplayWith;
	/** Program and version, for the record. */
	readonly program?: string;
}

export interface StationScore {
	readonly station: Station;
	readonly score: number;
	readonly because: readonly string[];
}

/** A moment in the life of an output that nobody legitimate wanted. */
export interface IncidentTime {
	readonly what: 'released' | 'final' | 'noticed' | 'contained';
	/** Absent: never. */
	readonly moment?: Moment;
	readonly how: string;
}

export interface DebriefNote {
	readonly turn: number;
	readonly line: number;
	readonly side: Side;
	readonly text: string;
	readonly suspect?: string;
	/** Whether the attackers had a way into the suspected machine, or an implant there, at that moment. */
	readonly wasRight?: boolean;
}

export interface DebriefModel {
	/** finished: to its last turn, or to the turn after an unauthorised output. stopped: ended early by whoever ran it. */
	readonly status: 'finished' | 'stopped' | 'unfinished';
	readonly overview: {
		readonly scenario: string;
		readonly title: string;
		readonly summary: string;
		readonly incident: string;
		readonly suite: string;
		readonly threshold: number;
		readonly parties: ReadonlyArray<{readonly id: string; readonly index: number; readonly custodian: string; readonly domain: string}>;
		readonly turn: number;
		readonly turns: number;
		readonly world: string;
		readonly worldSummary: string;
		readonly otherWorlds: ReadonlyArray<{readonly world: string; readonly summary: string}>;
		readonly publicKey: string;
		readonly head: string;
		readonly entries: number;
		readonly verify: string;
		readonly program: string;
		readonly from: string;
		readonly to: string;
	};
	/** Absent while the game is unfinished. */
	readonly outcome?: {readonly winner: Ending['outcome']; readonly reason: string};
	readonly goals: {readonly operators: string; readonly attackers: string};
	readonly objectives: readonly Objective[];
	readonly scores: readonly StationScore[];
	/** What failed, the deciding one first. */
	readonly failed: readonly Finding[];
	/** What was tested and held, the strongest first. */
	readonly held: readonly Finding[];
	readonly times: readonly IncidentTime[];
	readonly timeline: readonly TimelineRow[];
	readonly authority: readonly AuthorityMove[];
	readonly learned: readonly CeremonyLearned[];
	readonly attackers: {
		readonly shares: ReadonlyArray<
			{readonly party: string; readonly index: number; readonly epoch: number; readonly share: string; readonly how: string} & Moment
		>;
		readonly summary: string;
		readonly attempts: ReadonlyArray<{readonly equation: Equation} & Moment>;
		readonly machines: ReadonlyArray<{
			readonly machine: string;
			readonly wayIn: boolean;
			readonly implantSince?: number;
			readonly link: boolean;
		}>;
	};
	readonly controls: ReadonlyArray<{readonly title: string; readonly documented: boolean; readonly actual: boolean}>;
	readonly luck: readonly string[];
	readonly alternatives: readonly Alternative[] | null;
	readonly worlds: ReadonlyArray<{
		readonly world: string;
		readonly isDealt: boolean;
		readonly outcome: Ending['outcome'] | 'open';
		readonly reason: string;
		readonly refused: number;
	}> | null;
	readonly notes: readonly DebriefNote[];
	/** Questions of the scenario, and those its injects asked. */
	readonly questions: readonly string[];
	/** How it was played: what a reader should know before trusting it. */
	readonly process: readonly string[];
	readonly outputs: readonly OutputCheck[];
}

/** Makes the debrief of a game. Pure, but for what `inWorld` and `replayWith` do. */
export function debriefOf(played: Played, options: DebriefOptions = {}): DebriefModel {
	const {game, state} = played;
	const history = historyOf(played);
	const {end} = state;
	const failed = failedAssumptions(played, history);
	return {
		status: end === undefined ? 'unfinished' : state.stopped ? 'stopped' : 'finished',
		overview: overviewOf(played, options.program ?? 'quorum-call'),
		...(end === undefined ? {} : {outcome: {winner: end.outcome, reason: end.reason}}),
		goals: {operators: game.scenario.operators.goal ?? '', attackers: game.scenario.attackers.goal ?? ''},
		objectives: objectivesOf(played),
		scores: end?.scores ?? [],
		failed,
		held: heldAssumptions(played, history),
		times: timesOf(history),
		timeline: timelineOf(history.entries),
		authority: authorityMoves(history.entries, state),
		learned: learnedIn(state),
		attackers: attackersOf(played, history),
		controls: Object.entries(state.controls)
			.filter(([id]) => id in game.scenario.controls)
			.map(([id, {documented, actual}]) => ({title: controlTitle(id), documented, actual})),
		luck: luckOf(played, history),
		alternatives: options.replayWith && end ? alternativesOf(played, history, options.replayWith) : null,
		worlds: options.inWorld && end ? worldsOf(played, options.inWorld) : null,
		notes: notesOf(history),
		questions: [
			...game.scenario.questions,
			...only(history.entries, 'told')
				.filter(({event}) => event.entry.kind === 'question')
				.map(({event, turn}) => `Turn ${turn}: ${event.entry.text}`),
		],
		process: processOf(played),
		outputs: state.key
			? history.outputs.map(({output, isAuthorised}) => outputCheck(game.suite, state.key!.publicKey, output, isAuthorised))
			: [],
	};
}

function overviewOf({game, state, entries, head, save}: Played, program: string): DebriefModel['overview'] {
	const {scenario, deal} = game;
	const times = only(place(entries), 'move').flatMap(({event}) => (event.at === undefined ? [] : [event.at]));
	return {
		scenario: scenario.id,
		title: scenario.title,
		summary: scenario.summary ?? '',
		incident: scenario.incident ?? '',
		suite: game.suite,
		threshold: scenario.threshold,
		parties: deal.parties.map(({id, index, custodian, domain}) => ({id, index, custodian, domain})),
		turn: state.turn,
		turns: scenario.turns,
		world: deal.world,
		worldSummary: scenario.worlds[deal.world]?.summary ?? '',
		otherWorlds: Object.entries(scenario.worlds)
			.filter(([world]) => world !== deal.world)
			.map(([world, {summary}]) => ({world, summary: summary ?? ''})),
		publicKey: state.key?.publicKey ?? '',
		head,
		entries: entries.at(-1)?.line ?? 0,
		verify: `quorum-call verify ${shellWord(save ?? 'SAVE')} --head ${head}${entries.at(-1)?.event.type === 'closed' ? '' : ' --unfinished'}`,
		program,
		from: times[0] ?? '',
		to: times.at(-1) ?? '',
	};
}

/** A word that a shell takes as it is. */
function shellWord(text: string): string {
	return /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function timesOf(history: History): IncidentTime[] {
	const bad = history.outputs.find(({output, isAuthorised}) => !isAuthorised && output.state === 'final');
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

function attackersOf({state, game}: Played, history: History): DebriefModel['attackers'] {
	const {threshold} = game.scenario;
	const most = mostStolen(state);
	const holds = state.attempts.some(({check}) => check.holds);
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

function worldsOf({game}: Played, inWorld: (world: string) => WorldResult): NonNullable<DebriefModel['worlds']> {
	return Object.keys(game.scenario.worlds).map(world => {
		const {end, refused} = inWorld(world);
		return {
			world,
			isDealt: world === game.deal.world,
			outcome: end?.outcome ?? ('open' as const),
			reason: end?.reason ?? 'the moves end before the game does',
			refused,
		};
	});
}

/** Notes in the order in which they were written; a suspicion is judged by what was true at that moment. */
function notesOf({entries}: History): DebriefNote[] {
	const held = new Set<string>();
	const notes: DebriefNote[] = [];
	for (const {event, turn, line} of entries) {
		if (event.type === 'foothold') {
			if (event.cleared) held.delete(event.machine);
			else if (event.set.wayIn || event.set.implantSince !== undefined) held.add(event.machine);
		}
		if (event.type !== 'noted') continue;
		const {side, text, suspect} = event;
		notes.push({turn, line, side, text, ...(suspect === undefined ? {} : {suspect, wasRight: held.has(suspect)})});
	}
	return notes;
}

function processOf({game, state, entries}: Played): string[] {
	const placed = place(entries);
	const back = only(placed, 'taken-back');
	const table = only(placed, 'move').filter(({event: {side, text}}) => side === 'table' && text !== 'begin' && text !== 'close');
	const seats = [...new Set(only(placed, 'move').map(({event: {seat}}) => seat))];
	return [
		game.deal.worldChosen ? 'The world was chosen, not dealt.' : 'The world was dealt by the seed.',
		back.length === 0
			? 'No move was taken back.'
			: `${counted(back.length, 'move')} taken back: ${back.map(({event, turn, line}) => `${event.text} (${event.side}, turn ${turn}, line ${line})`).join('; ')}.`,
		...(table.length > 0
			? [`Whoever ran the exercise: ${table.map(({event, turn, line}) => `${event.text} (turn ${turn}, line ${line})`).join('; ')}.`]
			: []),
		`Moves were made by: ${seats.join(', ')}.`,
		state.detected
			? `First correct suspicion or targeted act of the operators: ${state.detected.what}, turn ${state.detected.turn}.`
			: 'The operators never suspected or acted against a machine that the attackers held.',
	];
}
