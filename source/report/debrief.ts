/**
 * The debrief as data: what was computed from the journal, what people declared, and what is left to declare. It knows nothing of a
 * format: debrief-document.ts writes it down, and `debrief --format json` prints it as it is. DEBRIEF.md documents its fields.
 */

import {controlTitle} from '../engine/controls.js';
import {absencesOf} from './absences.js';
import {type AttackPath, attackPathOf, stopsAt} from './attack-path.js';
import {communicationOf} from './communication.js';
import {actionsOf, answersOf, attackersOf, impactOf, notesOf, scopeOf, statements, strengthsOf, timesOf} from './debrief-facts.js';
import type {DebriefModel, DebriefOptions, Origin, WorldResult} from './debrief-model.js';
import {type Declared, sourceOf} from './declared.js';
import {drillReport} from './drill.js';
import {type AuthorityMove, authorityMoves} from './explained.js';
import type {Finding} from './finding.js';
import {failedAssumptions} from './findings.js';
import {frameworksCovered} from './frameworks.js';
import {heldAssumptions} from './held-findings.js';
import {type History, historyOf} from './history.js';
import {computedActions, type Hardened, hardenedRuns, improvementsOf} from './improvements.js';
import {irregularities} from './irregularities.js';
import {learnedIn} from './learned.js';
import {luckOf} from './luck.js';
import {objectivesOf, ratingCriteria} from './objectives.js';
import {type Alternative, alternativesOf} from './otherwise.js';
import {outputCheck} from './output-check.js';
import {overviewOf} from './overview.js';
import {participantsOf} from './participants.js';
import type {Played} from './played.js';
import {plotsOf} from './plots.js';
import {scoresOf} from './score-moments.js';
import {signalsOf} from './signals.js';
import {timelineOf} from './timeline.js';

export type {DebriefModel, DebriefOptions, IncidentTime, Origin, WorldResult} from './debrief-model.js';

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
	const attackers = attackersOf(played, history);
	const open = attackers.machines.filter(({wayIn, implantSince}) => wayIn || implantSince !== undefined).length;
	const status = end === undefined ? 'unfinished' : state.stopped ? 'stopped' : 'finished';
	const times = timesOf(history);
	const impact = impactOf(played, history);
	const absences = absencesOf(played, entries, impact);
	return {
		debrief: 1,
		status,
		redacted: false,
		origins: originsOf(declared),
		overview: overviewOf(played, record, declared),
		participants: participantsOf(entries, record, declared),
		scope: scopeOf(played, history, authority, declared),
		...(end === undefined ? {} : {outcome: {winner: end.outcome, reason: end.reason}}),
		impact,
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
		absences,
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
		frameworks: frameworksCovered(played, {status, failed, times, absences}),
		signOff: (declared?.signOff ?? []).map(({name, function: role = '', as, at}) => ({name, function: role, as, at})),
		irregularities: irregularities({seedWas: record.seedWas ?? 'drawn', worldChosen: game.deal.worldChosen}, played.entries),
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
		'absences',
		'learned',
		'attackers',
		'controls',
		'luck',
		'frameworks',
		'irregularities',
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
