/** `transcript` and `debrief`: the two documents of a game, and its account as plain text. */
import type {GameEvent} from '../engine/events.js';
import {type Opened, readOpened} from '../journal/opening.js';
import {RecordedGame} from '../journal/recorded-game.js';
import {loadJournal} from '../journal/recorder.js';
import {debriefOf as modelOf} from '../report/debrief.js';
import {debriefMarkdown} from '../report/debrief-markdown.js';
import {drillMarkdown, drillReport} from '../report/drill.js';
import {plainGame} from '../report/plain-game.js';
import type {Played} from '../report/played.js';
import {type TranscriptSeat, type TranscriptSource, transcriptJsonLines, transcriptOf} from '../report/transcript.js';
import {transcriptMarkdown} from '../report/transcript-markdown.js';
import {otherwise} from './otherwise.js';
import {deliver} from './output.js';
import {shown} from './paths.js';

export interface DebriefOptions {
	/** A file to write instead of stdout. */
	readonly out?: string;
}

export interface TranscriptOptions extends DebriefOptions {
	readonly format: 'md' | 'jsonl';
	readonly seat: TranscriptSeat;
}

function playedOf({game, state, entries, head, path}: RecordedGame): Played {
	return {game, state, entries, head, ...(path === undefined ? {} : {save: shown(path)})};
}

/** The debrief as Markdown. The line of moves is played again in the other worlds, which takes a moment. */
export function debriefOf(recorded: RecordedGame): string {
	const {drill, program} = recorded.opened;
	const text = debriefMarkdown(modelOf(playedOf(recorded), {...otherwise(recorded), program: `quorum-call ${program}`}));
	return drill === undefined ? text : `${text}\n${drillMarkdown(drillReport(drill, recorded.entries))}`;
}

/** The transcript of a game so far as a seat may read it, as Markdown. */
export function transcriptText(recorded: RecordedGame, seat: TranscriptSeat): string {
	const {entries, head, opened, game} = recorded;
	return transcriptMarkdown(transcriptOf({entries, head, scenario: idOf(opened), deal: game.deal, seat}));
}

/** The debrief of a save. */
export function loadDebrief(path: string): string {
	return debriefOf(RecordedGame.load(path));
}

/** The game turn by turn, its outcome and scores, and the debrief in short: at most 80 columns. */
export function plainAccount(recorded: RecordedGame): string {
	return plainGame(playedOf(recorded));
}

export function debrief(save: string, {out}: DebriefOptions): number {
	deliver(loadDebrief(save), out);
	return 0;
}

export function transcript(save: string, {seat, format, out}: TranscriptOptions): number {
	const found = transcriptOf({...sourceOf(save), seat});
	deliver(format === 'md' ? transcriptMarkdown(found) : transcriptJsonLines(found), out);
	return 0;
}

/** A whole save is rebuilt, so that requesters have their names; of a seat's copy, the open lines are read as they are. */
function sourceOf(save: string): Omit<TranscriptSource, 'seat'> {
	const {entries, withheld, head} = loadJournal(save);
	if (withheld === 0) {
		const recorded = RecordedGame.load(save);
		// Not the whole scenario: what goes into a seat's transcript is what the source holds.
		return {entries: recorded.entries, head, scenario: idOf(recorded.opened), deal: recorded.game.deal};
	}
	return {
		scenario: idOf(readOpened(entries[0]?.payload)),
		entries: entries.slice(2).flatMap(({seq, payload}) => (payload ? [{line: seq + 1, event: payload as unknown as GameEvent}] : [])),
		head,
		withheld: entries.slice(2).filter(({payload}) => payload === undefined).length,
	};
}

function idOf({scenario: {id, title}}: Opened): {readonly id: string; readonly title: string} {
	return {id, title};
}
