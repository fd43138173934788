/**
 * The debrief as data: what was computed from the journal, what people declared, and what is left to declare. It knows nothing of a
 * format: debrief-document.ts writes it down, and `debrief --format json` prints it as it is. DEBRIEF.md documents its fields.
 */
import {controlTitle} from '../engine/controls.js';
import {isAuthorised, mostStolen} from '../engine/facts.js';
import {decodePayload} from '../engine/payload.js';
import type {Ending} from '../engine/state.js';
import type {Side} from '../engine/view.js';
import {type AttackPath, attackPathOf, stopsAt} from './attack-path.js';
import {type Communication, communicationOf} from './communication.js';
import {type Declared, sourceOf} from './declared.js';
import {type DrillReport, drillReport} from './drill.js';
import {type Equation, equationOf} from './equation.js';
import {type AuthorityMove, authorityMoves} from './explained.js';
import {type Finding, failedAssumptions} from './findings.js';
import {type Coverage, frameworksCovered} from './frameworks.js';
import {heldAssumptions} from './held-findings.js';
import {type History, historyOf, type Moment} from './history.js';
import {questionsOf} from './hot-wash.js';
import {
	type Action,
	computedActions,
	type Hardened,
	hardenedRuns,
	type Improvement,
	improvementsOf,
	type ReplayHardened,
} from './improvements.js';
import {type Irregularity, irregularities} from './irregularities.js';
import {type CeremonyLearned, learnedIn} from './learned.js';
import {luckOf} from './luck.js';
import {type Objective, objectivesOf, ratingCriteria} from './objectives.js';
import {type Alternative, alternativesOf, type ReplayWith} from './otherwise.js';
import {type OutputCheck, outputCheck} from './output-check.js';
import {type Overview, overviewOf, type RecordOfGame} from './overview.js';
import {type Participant, participantsOf} from './participants.js';
import {counted} from './plain-text.js';
import {only, type Played} from './played.js';
import {type Plots, plotsOf} from './plots.js';
import {type StationScore, scoresOf} from './score-moments.js';
import {type SignalStory, signalsOf} from './signals.js';
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
	/** Plays this game's moves with controls on that were off. Without it no control is tried. */
	readonly replayHardened?: ReplayHardened;
	/** What the journal's first lines and its verification say. */
	readonly record?: RecordOfGame;
	readonly declared?: Declared;
}

/** Where a part of the debrief comes from. */
export type Origin =
	| {readonly is: 'computed'; readonly from: 'journal' | 're-run'}
	/** By a seat, during the game; the entries name turn and line. */
	| {readonly is: 'declared'; readonly by: 'the table, during the game'}
	/** By people, beside the journal. Entries may name another source. */
	| {readonly is: 'declared'; readonly by: string; readonly at: string}
	/** Nobody has declared anything yet. */
	| {readonly is: 'not declared'};

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
	readonly at?: string;
	readonly side: Side;
	readonly seat: string;
	readonly text: string;
	readonly suspect?: string;
	/** Whether the attackers had a way into the suspected machine, or an implant there, at that moment. */
	readonly wasRight?: boolean;
}

/** What came of it for the organisation that the vault stands for. */
export interface Impact {
	/** What left without being wanted and is final: amount and receiver of each. */
	readonly lost: ReadonlyArray<{readonly output: string; readonly amount: number; readonly to: string; readonly announced: boolean}>;
	readonly served: readonly string[];
	readonly missed: readonly string[];
	/** Shares of one epoch in the attackers' hands, of how many that make the key, and whether they made it. */
	readonly key: {readonly stolen: number; readonly threshold: number; readonly isTheirs: boolean};
	/** Inputs of computations that answers gave away. */
	readonly exposedInputs: number;
	/** In turns: from the first hostile move to the first correct suspicion or targeted act; null: never. */
	readonly turnsToDetect: number | null;
}

/** A question for the table, with its answer or none. */
export interface Answered {
	readonly question: string;
	/** Empty: not answered. */
	readonly answer: string;
	readonly by: string;
	readonly at: string;
}

interface Statement {
	readonly text: string;
	readonly by: string;
	readonly at: string;
}

/** Version 1. Fields may be added; none changes its meaning without a new number. */
export interface DebriefModel {
	readonly debrief: 1;
	/** finished: to its last turn, or to the turn after an unauthorised output. stopped: ended early by whoever ran it. */
	readonly status: 'finished' | 'stopped' | 'unfinished';
	/** Names and domains were replaced. */
	readonly redacted: boolean;
	/** Where each part comes from. */
	readonly origins: Readonly<Record<string, Origin>>;
	readonly overview: Overview;
	readonly participants: readonly Participant[];
	readonly scope: {
		readonly stations: ReadonlyArray<{
			readonly station: string;
			readonly authorityMoves: number;
			readonly ceremonies: number;
			readonly attacks: number;
		}>;
		readonly attacks: readonly string[];
		readonly declared: string;
		readonly limits: string;
	};
	/** Absent while the game is unfinished. */
	readonly outcome?: {readonly winner: Ending['outcome']; readonly reason: string};
	readonly impact: Impact;
	readonly goals: {readonly operators: string; readonly attackers: string};
	readonly objectives: readonly Objective[];
	readonly ratingCriteria: readonly string[];
	readonly scores: readonly StationScore[];
	/** What failed, the deciding one first. */
	readonly failed: readonly Finding[];
	/** What was tested and held, the strongest first. */
	readonly held: readonly Finding[];
	readonly times: readonly IncidentTime[];
	readonly path: AttackPath;
	readonly timeline: readonly TimelineRow[];
	readonly authority: readonly AuthorityMove[];
	readonly plots: Plots;
	readonly signals: readonly SignalStory[];
	readonly communication: readonly Communication[];
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
	readonly controls: ReadonlyArray<{readonly id: string; readonly title: string; readonly documented: boolean; readonly actual: boolean}>;
	readonly strengths: {readonly computed: readonly string[]; readonly declared: readonly Statement[]};
	readonly improvements: {readonly computed: readonly Improvement[]; readonly declared: readonly Statement[]};
	readonly luck: readonly string[];
	/** Controls tried alone in this game's own moves; null where nothing was played again. */
	readonly hardened: ReadonlyArray<Omit<Hardened, 'state'>> | null;
	readonly alternatives: ReadonlyArray<Omit<Alternative, 'state'>> | null;
	readonly worlds: ReadonlyArray<{
		readonly world: string;
		readonly summary: string;
		readonly isDealt: boolean;
		readonly outcome: Ending['outcome'] | 'open';
		readonly reason: string;
		readonly refused: number;
	}> | null;
	readonly actions: readonly Action[];
	readonly commitments: ReadonlyArray<{
		readonly when: string;
		readonly will: string;
		readonly due: string;
		readonly by: string;
		readonly at: string;
	}>;
	readonly notes: readonly DebriefNote[];
	readonly answers: readonly Answered[];
	readonly signOff: ReadonlyArray<{readonly name: string; readonly function: string; readonly as: string; readonly at: string}>;
	/** How it was played, where a reader should know it before trusting the result. */
	readonly irregularities: readonly Irregularity[];
	/** What the exercise covered of the frameworks that auditors ask for, and how it went. */
	readonly frameworks: readonly Coverage[];
	/** Of a drill around a table: who sat there, what was agreed before the start, what the facilitator did. */
	readonly drill: DrillReport | null;
	/** First correct suspicion or targeted act of the operators. */
	readonly detected: {readonly turn: number; readonly what: string} | null;
	readonly outputs: readonly OutputCheck[];
}

/** What every debrief says of itself. */
const limits =
	'Simulated, with practice keys and made-up people, companies and payments. It shows nothing about production controls, and it is no threat-led penetration test.';

/** Makes the debrief of a game. Pure, but for what the functions in `options` do. */
export function debriefOf(played: Played, options: DebriefOptions = {}): DebriefModel {
	const {game, state} = played;
	const {declared, record = {}} = options;
	const history = historyOf(played);
	const {entries} = history;
	const {end} = state;
	const failed = failedAssumptions(played, history);
	const held = heldAssumptions(played, history);
	const authority = authorityMoves(entries, state);
	const hardened = options.replayHardened && end ? hardenedRuns(played, history, options.replayHardened) : null;
	const alternatives = options.replayWith && end ? alternativesOf(played, history, options.replayWith) : null;
	const causes = {failed, authority, hardened: hardened ?? [], alternatives: alternatives ?? []};
	const improvements = end ? improvementsOf(played, history, causes) : [];
	const status = end === undefined ? 'unfinished' : state.stopped ? 'stopped' : 'finished';
	const times = timesOf(history);
	const attackers = attackersOf(played, history);
	const open = attackers.machines.filter(({wayIn, implantSince}) => wayIn || implantSince !== undefined).length;
	return {
		debrief: 1,
		status,
		redacted: false,
		origins: originsOf(declared),
		overview: overviewOf(played, record, declared),
		participants: participantsOf(entries, record, declared),
		scope: scopeOf(played, history, authority, declared),
		...(end === undefined ? {} : {outcome: {winner: end.outcome, reason: end.reason}}),
		impact: impactOf(played, history),
		goals: {operators: game.scenario.operators.goal ?? '', attackers: game.scenario.attackers.goal ?? ''},
		objectives: objectivesOf(played, declared),
		ratingCriteria,
		scores: end ? scoresOf(end, entries, authority) : [],
		failed,
		held,
		times,
		path: pathOf(played, history, {failed, held, authority, hardened: causes.hardened, alternatives: causes.alternatives}),
		timeline: timelineOf(entries),
		authority,
		plots: plotsOf(played, history, authority),
		signals: signalsOf(entries),
		communication: communicationOf(entries),
		learned: learnedIn(state),
		attackers,
		controls: Object.entries(state.controls)
			.filter(([id]) => id in game.scenario.controls)
			.map(([id, {documented, actual}]) => ({id, title: controlTitle(id), documented, actual})),
		strengths: {computed: strengthsOf(held, end), declared: statements(declared, declared?.strengths)},
		improvements: {computed: improvements, declared: statements(declared, declared?.gaps)},
		luck: luckOf(played, history),
		hardened: hardened?.map(({state: _, ...rest}) => rest) ?? null,
		alternatives: alternatives?.map(({state: _, ...rest}) => rest) ?? null,
		worlds: options.inWorld && end ? worldsOf(played, options.inWorld) : null,
		actions: end ? actionsOf(computedActions(played, causes, open), declared) : [],
		commitments: (declared?.commitments ?? []).map(({when, will, due = '', ...source}) => ({
			when,
			will,
			due,
			...sourceOf(declared!, source),
		})),
		notes: notesOf(history),
		answers: answersOf(played, declared),
		signOff: (declared?.signOff ?? []).map(({name, function: role = '', as, at}) => ({name, function: role, as, at})),
		irregularities: irregularities({seedWas: record.seedWas ?? 'drawn', worldChosen: game.deal.worldChosen}, played.entries),
		frameworks: frameworksCovered(played, {status, failed, times}),
		drill: record.drill ? drillReport(record.drill, played.entries) : null,
		detected: state.detected ?? null,
		outputs: history.outputs.map(({output, isAuthorised: isFine, publicKey}) => outputCheck(game.suite, publicKey, output, isFine)),
	};
}

/** Which parts are computed, and which are somebody's word. */
function originsOf(declared?: Declared): Record<string, Origin> {
	const journal: Origin = {is: 'computed', from: 'journal'};
	const rerun: Origin = {is: 'computed', from: 're-run'};
	const people = (has: boolean): Origin => (declared && has ? {is: 'declared', by: declared.by, at: declared.at} : {is: 'not declared'});
	const computed = [
		'overview',
		'participants',
		'scope',
		'outcome',
		'impact',
		'goals',
		'objectives',
		'scores',
		'failed',
		'held',
		'times',
		'timeline',
		'authority',
		'plots',
		'signals',
		'communication',
		'learned',
		'attackers',
		'controls',
		'luck',
		'irregularities',
		'frameworks',
		'detected',
		'outputs',
	];
	return {
		...Object.fromEntries(computed.map(part => [part, journal])),
		'overview.exercise': people(Object.keys(declared?.exercise ?? {}).length > 0),
		'participants.people': people((declared?.participants.length ?? 0) > 0),
		'objectives.rating.suggested': journal,
		'objectives.rating.set': people((declared?.ratings.length ?? 0) > 0),
		path: rerun,
		hardened: rerun,
		alternatives: rerun,
		worlds: rerun,
		'strengths.computed': journal,
		'strengths.declared': people((declared?.strengths.length ?? 0) > 0),
		'improvements.computed': rerun,
		'improvements.declared': people((declared?.gaps.length ?? 0) > 0),
		actions: rerun,
		'actions.owner': people((declared?.actions.length ?? 0) > 0),
		commitments: people((declared?.commitments.length ?? 0) > 0),
		notes: {is: 'declared', by: 'the table, during the game'},
		answers: people((declared?.answers.length ?? 0) > 0),
		signOff: people((declared?.signOff.length ?? 0) > 0),
	};
}

function statements(
	declared: Declared | undefined,
	all: ReadonlyArray<{readonly text: string; readonly by?: string | undefined; readonly at?: string | undefined}> = [],
): Statement[] {
	return declared ? all.map(({text, ...source}) => ({text, ...sourceOf(declared, source)})) : [];
}

function strengthsOf(held: readonly Finding[], end?: Ending): string[] {
	return [
		...held.map(({how, boundary, turn, line}) => `${boundary}, turn ${turn}, line ${line}: ${how}.`),
		...(end?.scores ?? [])
			.filter(({score, because}) => score === 100 && because.length === 0)
			.map(({station}) => `Nothing cost a point at ${station.toUpperCase()}.`),
	];
}

function scopeOf({game, state}: Played, history: History, authority: readonly AuthorityMove[], declared?: Declared): DebriefModel['scope'] {
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

function impactOf({state, game}: Played, history: History): Impact {
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

function pathOf(
	played: Played,
	history: History,
	{
		failed,
		held,
		authority,
		hardened,
		alternatives,
	}: {
		failed: readonly Finding[];
		held: readonly Finding[];
		authority: readonly AuthorityMove[];
		hardened: readonly Hardened[];
		alternatives: readonly Alternative[];
	},
): AttackPath {
	const {path, steps} = attackPathOf(played, history, {failed, held, authority});
	const words = {won: 'The game is won', kept: 'Nothing unauthorised becomes final', lost: 'It is lost all the same', refused: ''} as const;
	const after =
		path.kind === 'unauthorised'
			? [
					...hardened.map(({title, result, reason, state}) => ({
						improvement: `${title} on`,
						result: `${words[result]}: ${reason}`,
						stopsAt: stopsAt(steps, state),
						isHelp: result !== 'lost',
					})),
					...alternatives
						.filter(({result}) => result === 'won' || result === 'kept')
						.map(({choice, result, reason, state}) => ({
							improvement: choice,
							result: `${words[result]}: ${reason}`,
							stopsAt: stopsAt(steps, state),
							isHelp: true,
						})),
				]
			: [];
	return {
		...path,
		after: after
			.filter(({isHelp, stopsAt: at}) => isHelp && at < steps.length)
			.map(({improvement, result, stopsAt: at}) => ({improvement, result, stopsAt: at})),
	};
}

/** Computed actions with what people declared of them, and actions that people added. */
function actionsOf(computed: ReturnType<typeof computedActions>, declared?: Declared): Action[] {
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

function answersOf(played: Played, declared?: Declared): Answered[] {
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

function timesOf(history: History): IncidentTime[] {
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

function attackersOf({state, game}: Played, history: History): DebriefModel['attackers'] {
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

function worldsOf({game}: Played, inWorld: (world: string) => WorldResult): NonNullable<DebriefModel['worlds']> {
	return Object.entries(game.scenario.worlds).map(([world, {summary = ''}]) => {
		const {end, refused} = inWorld(world);
		return {
			world,
			summary,
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
