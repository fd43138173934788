/** What a team takes home from a game, as files by name: a negative test, an incident plan, a signal, and a page that says what each is for. */
import {type DebriefModel, type DebriefOptions, debriefOf} from './debrief.js';
import {suspectOf} from './incident-facts.js';
import {incidentPlan} from './incident-plan.js';
import {code, escaped} from './markdown.js';
import {type NegativeTest, type NegativeTestSource, negativeTestOf} from './negative-test.js';
import type {Played} from './played.js';
import {type Signal, signalFiles, signalOf} from './signal.js';
import {transcriptOf} from './transcript.js';

export interface TakeHomeOptions extends NegativeTestSource {
	/** Whose compromise the incident plan is about; without it the participant of this game. */
	readonly party?: string;
	/** For the debrief from which the plan takes its gaps. */
	readonly debrief?: DebriefOptions;
}

export interface TakeHome {
	readonly files: Readonly<Record<string, string>>;
	/** Null where nothing happened that a test could look for. */
	readonly test: NegativeTest | null;
	readonly signal: Signal;
	/** Whom the incident plan is about. */
	readonly party: string;
}

/**
 * Makes all of it.
 * @throws {Error} with a sentence for a party that does not exist, and where the moves do not lead where they led
 */
export function takeHome(played: Played, options: TakeHomeOptions): TakeHome {
	const {game, entries, head, save = 'SAVE'} = played;
	const debrief = debriefOf(played, options.debrief);
	const {id, title} = game.scenario;
	const transcript = transcriptOf({scenario: {id, title}, entries, head, deal: game.deal, seat: 'facilitator'});
	const signal = signalOf(debrief.failed[0] ?? debrief.held[0], transcript);
	const test = negativeTestOf(played, options);
	const party = options.party ?? suspectOf(played);
	const plan = incidentPlan(played, debrief, {party, signal: signal.title, ...(test ? {test: 'negative-test.yaml'} : {})});
	return {
		test,
		signal,
		party,
		files: {
			...test?.files,
			'incident-plan.md': plan,
			...signalFiles(signal, save),
			'README.md': readme(debrief, {test, signal, party}),
		},
	};
}

function readme({overview, status}: DebriefModel, {test, signal, party}: Omit<TakeHome, 'files'>): string {
	return `${[
		`# To take home: ${escaped(overview.title)}`,
		'',
		`Made from the game with head ${code(overview.head)}${status === 'unfinished' ? ', which is **unfinished**' : ''}. Simulated, with practice keys: it shows nothing about production controls.`,
		'',
		...(test
			? [
					`- ${code('negative-test.yaml')}: fails as long as this can happen: ${test.unsafe.what}. ${test.moves.needed} of ${test.moves.all} moves are needed for it. ${remedyWords(test)}`,
					`- ${code('as-played.yaml')}: the moves as they were made, as a test that holds. It documents what happened.`,
					...(test.remedy ? [`- ${code('negative-test-fixed.yaml')}: the same with the remedy in: it holds.`] : []),
				]
			: ['- There is no negative test: nothing happened that should not have.']),
		`- ${code('incident-plan.md')}: the suspected compromise of ${escaped(party)}, filled with the facts of this game.`,
		`- ${code('signal.md')}: ${signal.title}. ${code('signal.jq')} and ${code('signal.sql')} are its query, ${code('signal-fires.jsonl')} and ${code('signal-quiet.jsonl')} are two records to try it with.`,
		'',
		'The test files hold the seed of the game: give them to nobody who is to play it.',
	].join('\n')}\n`;
}

function remedyWords({remedy, tried}: NegativeTest): string {
	if (remedy?.is === 'control') return `It holds with ${remedy.title} on (tried in this order: ${tried.join(', ')}).`;
	if (remedy)
		return `No control stops it; it holds with this put in: ${remedy.lines.join('; ')} (tried in this order: ${tried.join(', ')}).`;
	return tried.length > 0
		? `Nothing that the attack x control matrix names stopped it (tried: ${tried.join(', ')}).`
		: 'The attack x control matrix names nothing against it: no attack decided it.';
}
