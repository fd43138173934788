/** Games side by side: the same scenario by several teams, or by one over months. A pure function of what was computed from each journal. */
import type {Station} from '../engine/view.js';
import {stations} from '../engine/view.js';
import {type DebriefModel, debriefOf} from './debrief.js';
import {code, escaped, table} from './markdown.js';
import {clean} from './plain-text.js';
import {only, type Played, place} from './played.js';

/** A save to compare: its game, and what its first line says. */
export interface Compared {
	/** How it is named: the path. */
	readonly save: string;
	readonly played: Played;
	readonly rules: number;
	readonly program: string;
	/** SHA-256 of the scenario's text. */
	readonly scenario: string;
	/** What does not hold in it; null where all of it does. */
	readonly divergence: {readonly line: number; readonly message: string} | null;
}

export interface ComparedRow {
	readonly save: string;
	readonly head: string;
	readonly verified: boolean;
	/** What stands in the way of taking it at its word. */
	readonly marks: readonly string[];
	readonly status: DebriefModel['status'];
	readonly outcome: string;
	readonly reason: string;
	readonly world: string;
	readonly turns: number;
	/** Clock time of the first and last move, and the minutes between them; null where the journal has none. */
	readonly from: string | null;
	readonly to: string | null;
	readonly minutes: number | null;
	readonly scores: Readonly<Record<Station, number | null>>;
	/** Required requests that were served in time, of those that were due. */
	readonly served: {readonly inTime: number; readonly due: number};
	/** The turn of the first correct suspicion or targeted act; null where there was none. */
	readonly detected: {readonly turn: number; readonly what: string} | null;
	/** Shares of one epoch that the attackers had at the end. */
	readonly stolen: number;
	readonly unauthorised: number;
	/** The assumption that decided, and where; null where none failed. */
	readonly lostBy: {readonly assumption: string; readonly boundary: string} | null;
}

export interface Comparison {
	readonly compare: 1;
	readonly scenario: {readonly id: string; readonly title: string};
	/** Why these games can not simply be held side by side: other files, rules or worlds. */
	readonly differences: readonly string[];
	readonly games: readonly ComparedRow[];
}

/** Saves of different scenarios: they have nothing to be compared by. */
export function scenariosOf(games: readonly Compared[]): readonly string[] {
	return [...new Set(games.map(({played}) => played.game.scenario.id))];
}

export function comparison(games: readonly Compared[]): Comparison {
	const [first] = games;
	if (!first) throw new Error('there is nothing to compare');
	const {id, title} = first.played.game.scenario;
	const distinct = <T>(values: readonly T[]) => [...new Set(values)];
	const scenarios = scenariosOf(games);
	const versions = distinct(games.map(({scenario}) => scenario.slice(0, 12)));
	const rules = distinct(games.map(each => each.rules));
	const worlds = distinct(games.map(({played}) => played.game.deal.world));
	const seeds = distinct(games.map(({played}) => played.game.seed));
	return {
		compare: 1,
		scenario: {id, title},
		differences: [
			...(scenarios.length > 1
				? [`Different scenarios: ${scenarios.join(', ')}. Scores and times of different tasks say nothing of each other.`]
				: []),
			...(scenarios.length === 1 && versions.length > 1
				? [`The scenario's file was not the same: ${versions.join(', ')} (SHA-256, shortened).`]
				: []),
			...(rules.length > 1 ? [`Different versions of the rules: ${rules.join(', ')}.`] : []),
			...(scenarios.length === 1 && worlds.length > 1
				? [`Different worlds were dealt: ${worlds.join(', ')}. Each has another difficulty.`]
				: []),
			...(games.length > 1 && seeds.length === 1 && worlds.length === 1
				? ['All games are of one seed: whoever played the second one could know the first.']
				: []),
		],
		games: games.map(rowOf),
	};
}

function rowOf({save, played, divergence}: Compared): ComparedRow {
	const {state, game} = played;
	const debrief = debriefOf(played);
	const times = only(place(played.entries), 'move').flatMap(({event}) => (event.at === undefined ? [] : [event.at]));
	const from = times[0] ?? null;
	const to = times.at(-1) ?? null;
	const minutes = from === null || to === null ? Number.NaN : (Date.parse(to) - Date.parse(from)) / 60_000;
	const due = Object.values(state.requests).filter(
		({required, opened, intent, judged}) => required && opened > 0 && intent !== null && judged !== undefined,
	);
	const inTime = due.filter(({id, due: last, intent}) =>
		state.outputs.some(
			({request, state: mode, turn, message}) =>
				request === id && (mode === 'released' || mode === 'final') && turn <= last && message === intent,
		),
	);
	const [failed] = debrief.failed;
	return {
		save,
		head: played.head,
		verified: divergence === null,
		marks: [
			...(divergence ? [`does not verify: line ${divergence.line}: ${divergence.message}`] : []),
			...(debrief.status === 'unfinished' ? ['unfinished'] : debrief.status === 'stopped' ? ['stopped early'] : []),
			...(game.deal.worldChosen ? ['the world was chosen'] : []),
		],
		status: debrief.status,
		outcome: debrief.outcome?.winner ?? 'open',
		reason: debrief.outcome?.reason ?? '',
		world: game.deal.world,
		turns: state.turn,
		from,
		to,
		minutes: Number.isFinite(minutes) ? Math.round(minutes) : null,
		scores: Object.fromEntries(
			stations.map(station => [station, state.end?.scores.find(each => each.station === station)?.score ?? null]),
		) as ComparedRow['scores'],
		served: {inTime: inTime.length, due: due.length},
		detected: state.detected ?? null,
		stolen: new Set(state.loot.map(({epoch, index}) => `${epoch} ${index}`)).size,
		unauthorised: debrief.outcome
			? state.outputs.filter(
					({state: mode, message}) => mode === 'final' && !Object.values(state.requests).some(({intent}) => intent === message),
				).length
			: 0,
		lostBy: failed ? {assumption: failed.assumption, boundary: failed.boundary} : null,
	};
}

const none = '-';

/** Rows of the table: a label, and a cell for each game. */
function rowsOf({games}: Comparison): readonly (readonly [string, ...string[]])[] {
	const row = (label: string, cell: (game: ComparedRow) => string): readonly [string, ...string[]] => [label, ...games.map(cell)];
	return [
		row('outcome', ({outcome}) => outcome),
		row('world', ({world}) => world),
		row('turns', ({turns}) => String(turns)),
		...stations.map(station => row(`score ${station}`, ({scores}) => (scores[station] === null ? none : String(scores[station])))),
		row('requests in time', ({served: {inTime, due}}) => `${inTime} of ${due}`),
		row('first detection', ({detected}) => (detected ? `turn ${detected.turn}` : 'never')),
		row('shares that left', ({stolen}) => String(stolen)),
		row('unauthorised', ({unauthorised}) => String(unauthorised)),
		row('started', ({from}) => from ?? none),
		row('minutes', ({minutes}) => (minutes === null ? none : String(minutes))),
		row('lost at', ({lostBy}) => lostBy?.boundary ?? none),
		row('verified', ({verified}) => (verified ? 'yes' : 'NO')),
	];
}

const letter = (index: number) => (index < 26 ? String.fromCharCode(65 + index) : String(index + 1));

/** As plain text: a legend of the games, and a table as wide as there are games. */
export function comparisonText(found: Comparison): string {
	const rows = [['', ...found.games.map((_, index) => letter(index))], ...rowsOf(found)];
	const widths = rows[0]!.map((_, column) => Math.max(...rows.map(row => clean(row[column]!).length)));
	return [
		`${clean(found.scenario.title)}: ${found.games.length} games`,
		...found.differences.map(text => `! ${clean(text)}`),
		'',
		...found.games.map(
			({save, head, marks}, index) =>
				`${letter(index)}  ${clean(save)} (head ${head.slice(0, 12)})${marks.length > 0 ? `: ${clean(marks.join('; '))}` : ''}`,
		),
		'',
		...rows.map(row =>
			row
				.map((cell, column) => clean(cell).padEnd(widths[column]!))
				.join('  ')
				.trimEnd(),
		),
		'',
		...found.games.flatMap(({lostBy, reason}, index) =>
			lostBy ? [`${letter(index)}  lost by: "${clean(lostBy.assumption)}"`] : reason === '' ? [] : [`${letter(index)}  ${clean(reason)}`],
		),
	].join('\n');
}

export function comparisonMarkdown(found: Comparison): string {
	return `${[
		`# Compared: ${escaped(found.scenario.title)}`,
		'',
		'*computed from the journals*',
		'',
		...found.differences.flatMap(text => [`**${escaped(text)}**`, '']),
		...table(
			['', ...found.games.map((_, index) => letter(index))],
			rowsOf(found).map(row => row.map(escaped)),
		),
		...table(
			['game', 'save', 'head', 'lost by', 'to be said of it'],
			found.games.map(({save, head, lostBy, reason, marks}, index) => [
				letter(index),
				escaped(save),
				code(head),
				lostBy ? escaped(`"${lostBy.assumption}"`) : escaped(reason),
				escaped(marks.join('; ')),
			]),
		),
		'Simulated, with practice keys. Scores of few games are no measure of a team: luck and the dealt world weigh more.',
	].join('\n')}\n`;
}
