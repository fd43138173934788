/** `saves`: lists the games of this machine. Also the quick look at a save that lists need; nothing that it tells is verified. */
import {closeSync, fstatSync, openSync, readSync} from 'node:fs';
import {readJournalFile} from '../journal/file.js';
import {printable} from '../journal/journal-error.js';
import {listSaves, savesFolder} from '../journal/saves-folder.js';
import {print} from './output.js';
import {shown} from './paths.js';

export interface Glance {
	readonly title: string;
	readonly turn: number;
	readonly turns: number;
	readonly closed: boolean;
	/** Of a closed game. */
	readonly outcome?: string;
	/** The save that it is a branch of, and the line after which it parts from it. */
	readonly branchOf?: string;
}

/** Looks at a save without checking its chain; null when it is none, or can't be read. */
export function glance(path: string): Glance | null {
	try {
		const lines = readJournalFile(path).toString('utf8').split('\n').filter(Boolean);
		const first = JSON.parse(lines[0] ?? '') as {payload?: {scenario?: {title?: unknown; turns?: unknown}}};
		const {title, turns} = first.payload?.scenario ?? {};
		if (typeof title !== 'string' || typeof turns !== 'number') return null;
		// Members of a payload are sorted, and a quote within a text is escaped: only a turn's own line can hold this.
		const turn = Number(lines.findLast(line => /"turn":\d+,"type":"turn-began"/.test(line))?.match(/"turn":(\d+),"type"/)?.[1] ?? 0);
		const closing = lines.slice(-2).find(isClosing);
		const outcome = closing === undefined ? undefined : /"outcome":"([a-z]+)"/.exec(closing)?.[1];
		const branch = lines.findLast(line => /"type":"branched"[,}]/.test(line));
		const {of, line: after} = branch === undefined ? {} : (JSON.parse(branch) as {payload: {of?: unknown; line?: unknown}}).payload;
		const branchOf = typeof of === 'string' && typeof after === 'number' ? {branchOf: `${of} after line ${after}`} : {};
		return {title, turn, turns, closed: closing !== undefined, ...branchOf, ...(outcome === undefined ? {} : {outcome})};
	} catch {
		return null;
	}
}

const isClosing = (line: string): boolean => /"type":"closed"[,}]/.test(line);

/** Whether a save has its closing entry, from its last bytes alone: the title screen counts with it. */
export function isFinished(path: string): boolean {
	try {
		const descriptor = openSync(path, 'r');
		try {
			const {size} = fstatSync(descriptor);
			const tail = Buffer.alloc(Math.min(size, 4096));
			readSync(descriptor, tail, 0, tail.length, size - tail.length);
			return tail.toString('latin1').split('\n').slice(-3).some(isClosing);
		} finally {
			closeSync(descriptor);
		}
	} catch {
		return false;
	}
}

function stateOf(found: Glance | null): string {
	if (!found) return 'not a whole save';
	if (found.closed) return `finished, turn ${found.turn}${found.outcome === undefined ? '' : `, outcome: ${found.outcome}`}`;
	return found.turn === 0 ? 'in the briefing' : `turn ${found.turn} of ${found.turns}`;
}

export function listGames(): number {
	const folder = savesFolder();
	const saves = listSaves(folder);
	if (saves.length === 0) {
		print(`There are no saves in ${shown(folder)} yet. Start a game with: quorum-call play`);
		return 0;
	}
	const rows = saves.map(({path, changed}) => {
		const found = glance(path);
		const when = new Date(changed).toISOString().slice(0, 16).replace('T', ' ');
		return [
			printable(found?.title ?? '?'),
			stateOf(found),
			`${when} UTC`,
			`${printable(shown(path))}${found?.branchOf === undefined ? '' : `  branch of ${printable(found.branchOf)}`}`,
		];
	});
	const widths = [0, 1, 2].map(column => Math.max(...rows.map(row => row[column]!.length)));
	print(rows.map(row => row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  ')).join('\n'));
	print('\nGo on with one: quorum-call resume FILE');
	return 0;
}
