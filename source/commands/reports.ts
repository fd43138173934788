/** `transcript` and `debrief`: the two documents of a game. */
import {RecordedGame} from '../journal/recorded-game.js';
import {debriefOf as modelOf} from '../report/debrief.js';
import {debriefMarkdown} from '../report/debrief-markdown.js';
import type {Played} from '../report/played.js';
import {otherwise} from './otherwise.js';
import {deliver} from './output.js';
import {shown} from './paths.js';

export interface ReportOptions {
	readonly format: string;
	/** `operators`, `attackers` or `public`; without it, everything. */
	readonly seat?: string;
	readonly out?: string;
}

function playedOf({game, state, entries, head, path}: RecordedGame): Played {
	return {game, state, entries, head, ...(path === undefined ? {} : {save: shown(path)})};
}

/** A game as Markdown: its line of moves is played again in the other worlds, which takes a moment. */
export function debriefOf(recorded: RecordedGame): string {
	return debriefMarkdown(modelOf(playedOf(recorded), {...otherwise(recorded), program: `quorum-call ${recorded.opened.program}`}));
}

/** The debrief of a save. */
export function loadDebrief(path: string): string {
	return debriefOf(RecordedGame.load(path));
}

export function debrief(save: string, {out}: ReportOptions): number {
	deliver(loadDebrief(save), out);
	return 0;
}

/** The game as text for eyes, without a terminal. */
export function plainAccount(recorded: RecordedGame): string {
	return JSON.stringify(recorded.state.end);
}
