/** What was played, when, from which files, and how to check the record: the head of every debrief. */
import type {Drill} from '../journal/drill.js';
import type {Declared} from './declared.js';
import type {RosterEntry} from './participants.js';
import {shellWord} from './plain-text.js';
import {only, type Played, place} from './played.js';

/** What the first line of a journal and its verification say, beside the events. */
export interface RecordOfGame {
	/** Program and version that made this document. */
	readonly program?: string;
	readonly rules?: number;
	readonly scenarioSha256?: string;
	readonly seedWas?: 'drawn' | 'typed';
	readonly roster?: readonly RosterEntry[];
	/** Line 1 of a drill. */
	readonly drill?: Drill;
	/** What came of verifying the save when this was made; absent: it was not verified. */
	readonly verification?: Verified;
}

export interface Verified {
	readonly ok: boolean;
	/** Every entry was computed again and compared. */
	readonly reexecuted: boolean;
	readonly signedBy: string | null;
	/** The first line that is wrong, where one is. */
	readonly divergence: {readonly line: number; readonly field: string; readonly message: string} | null;
}

export interface Overview {
	readonly scenario: string;
	readonly title: string;
	readonly summary: string;
	readonly incident: string;
	readonly learn: readonly string[];
	/** SHA-256 of the scenario's file, which holds the objectives; it stands in line 1 of the journal. */
	readonly scenarioSha256: string;
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
	/** The save as a word for a shell. */
	readonly save: string;
	readonly verify: string;
	readonly program: string;
	/** The rules' version, which re-execution needs; 0 where it is not known. */
	readonly rules: number;
	readonly verification: Verified | null;
	/** Clock times where the game was played against a clock: RFC 3339, empty otherwise. */
	readonly date: string;
	readonly zone: string;
	readonly from: string;
	readonly to: string;
	/** Whole minutes between them; null without a clock. */
	readonly minutes: number | null;
	/** Computed is the kind of exercise; the rest is declared, and empty where nobody did. */
	readonly exercise: {
		readonly type: string;
		readonly place: string;
		readonly plan: {
			readonly title: string;
			readonly version: string;
			readonly owner: string;
			readonly followed: readonly string[];
			readonly departed: readonly string[];
		} | null;
		readonly why: string;
		readonly classification: string;
		readonly retention: string;
		readonly previous: string;
		readonly records: string;
		readonly reported: string;
	};
}

export function overviewOf({game, state, entries, head, save}: Played, record: RecordOfGame, declared?: Declared): Overview {
	const {scenario, deal} = game;
	const times = only(place(entries), 'move').flatMap(({event}) => (event.at === undefined ? [] : [event.at]));
	const [from = '', to = ''] = [times[0], times.at(-1)];
	const {
		type,
		place: where = '',
		zone,
		plan,
		why = '',
		classification = '',
		retention = '',
		previous = '',
		records = '',
		reported = '',
	} = declared?.exercise ?? {};
	const isClosed = entries.at(-1)?.event.type === 'closed';
	return {
		scenario: scenario.id,
		title: scenario.title,
		summary: scenario.summary ?? '',
		incident: scenario.incident ?? '',
		learn: scenario.learn,
		scenarioSha256: record.scenarioSha256 ?? '',
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
		save: shellWord(save ?? 'SAVE'),
		verify: `quorum-call verify ${shellWord(save ?? 'SAVE')} --head ${head}${isClosed ? '' : ' --unfinished'}`,
		program: record.program ?? 'quorum-call',
		rules: record.rules ?? 0,
		verification: record.verification ?? null,
		date: from.slice(0, 10),
		zone: zone ?? zoneOf(from),
		from,
		to,
		minutes: minutesBetween(from, to),
		exercise: {
			type: type ?? 'tabletop exercise played as a game, on simulated systems',
			place: where,
			plan: plan
				? {title: plan.title, version: plan.version ?? '', owner: plan.owner ?? '', followed: plan.followed, departed: plan.departed}
				: null,
			why,
			classification,
			retention,
			previous,
			records,
			reported,
		},
	};
}

/** `UTC`, or the offset as the times give it. */
function zoneOf(time: string): string {
	const [, offset = ''] = /T.*?(Z|[+-]\d\d:\d\d)$/.exec(time) ?? [];
	return offset === 'Z' || offset === '+00:00' ? 'UTC' : offset === '' ? '' : `UTC${offset}`;
}

function minutesBetween(from: string, to: string): number | null {
	const [start, end] = [Date.parse(from), Date.parse(to)];
	return Number.isFinite(start) && Number.isFinite(end) ? Math.round((end - start) / 60_000) : null;
}
