/** `transcript`: the audit record of a game; and its account as plain text. */
import {writeFileSync} from 'node:fs';
import type {Audience, GameEvent} from '../engine/events.js';
import {readJournalFile} from '../journal/file.js';
import {fileError} from '../journal/journal-error.js';
import {checkTrailer} from '../journal/notary.js';
import {type Opened, readOpened} from '../journal/opening.js';
import {parseJournal} from '../journal/parse.js';
import {RecordedGame} from '../journal/recorded-game.js';
import {loadJournal} from '../journal/recorder.js';
import {redact} from '../journal/redact.js';
import {plainGame} from '../report/plain-game.js';
import type {Played} from '../report/played.js';
import {mayRead, type TranscriptSeat, type TranscriptSource, transcriptJsonLines, transcriptOf} from '../report/transcript.js';
import {transcriptMarkdown} from '../report/transcript-markdown.js';
import {CommandError} from './command-error.js';
import {knownAs} from './notary.js';
import {deliver, tell} from './output.js';
import {shown} from './paths.js';

export interface TranscriptOptions {
	/** A file to write instead of stdout. */
	readonly out?: string;
	readonly format: 'md' | 'jsonl';
	readonly seat: TranscriptSeat;
	/** A file for the seat's own copy of the save, instead of a document. */
	readonly redacted?: string;
}

/** A recorded game as reports read it. */
export function playedOf({game, state, entries, head, path}: RecordedGame): Played {
	return {game, state, entries, head, ...(path === undefined ? {} : {save: shown(path)})};
}

/** The transcript of a game so far as a seat may read it, as Markdown. */
export function transcriptText(recorded: RecordedGame, seat: TranscriptSeat): string {
	const {entries, head, opened, game} = recorded;
	return transcriptMarkdown(transcriptOf({entries, head, scenario: idOf(opened), deal: game.deal, seat, origin: opened}));
}

/** The game turn by turn, its outcome and scores, and the debrief in short: at most 80 columns. */
export function plainAccount(recorded: RecordedGame): string {
	return plainGame(playedOf(recorded));
}

/** @throws {CommandError} where the seat reads everything, and {JournalError} where the copy can't be made or written; exit status 2 */
export function transcript(save: string, {seat, format, out, redacted}: TranscriptOptions): number {
	if (redacted !== undefined) return copyFor(save, seat, redacted);
	const found = transcriptOf({...sourceOf(save), seat});
	deliver(format === 'md' ? transcriptMarkdown(found) : transcriptJsonLines(found), out);
	return 0;
}

/** A seat's own copy: the same chain, with the lines of others sealed. */
function copyFor(save: string, seat: TranscriptSeat, to: string): number {
	if (seat === 'facilitator')
		throw new CommandError('The facilitator reads every line: there is nothing to seal. Say whose copy it is, such as --seat operators.');
	const copy = redact(readJournalFile(save), audience => mayRead(seat, audience as Audience));
	try {
		writeFileSync(to, copy, {flag: 'wx'});
	} catch (error) {
		throw fileError(error, to, 'write the copy');
	}
	const {entries, withheld} = parseJournal(copy);
	const {seedWas} = readOpened(entries[0]?.payload);
	tell(
		`Written to ${to}: ${entries.length - withheld} of ${entries.length} lines are open. Check it with: quorum-call verify ${shown(to)}${seedWas === 'typed' ? '\nThe seed of this game was typed. Whoever guesses it can open the sealed lines.' : ''}`,
	);
	return 0;
}

/** A whole save is rebuilt, so that requesters have their names; of a seat's copy, the open lines are read as they are. */
function sourceOf(save: string): Omit<TranscriptSource, 'seat'> {
	const {entries, withheld, head, trailer} = loadJournal(save);
	const checked = trailer && checkTrailer(trailer, {head, entries: entries.length});
	const more = {
		origin: readOpened(entries[0]?.payload),
		signedBy: checked && 'signer' in checked ? {...checked.signer, known: knownAs(checked.signer)} : null,
	};
	if (withheld === 0) {
		const recorded = RecordedGame.load(save);
		// Not the whole scenario: what goes into a seat's transcript is what the source holds.
		return {...more, entries: recorded.entries, head, scenario: idOf(recorded.opened), deal: recorded.game.deal};
	}
	return {
		...more,
		scenario: idOf(readOpened(entries[0]?.payload)),
		entries: entries.slice(2).flatMap(({seq, payload}) => (payload ? [{line: seq + 1, event: payload as unknown as GameEvent}] : [])),
		head,
		withheld: entries.slice(2).filter(({payload}) => payload === undefined).length,
	};
}

function idOf({scenario: {id, title}}: Opened): {readonly id: string; readonly title: string} {
	return {id, title};
}
