/**
 * The file of declared facts beside a save (`game.declared.json` beside `game.jsonl`): what people said, with by whom and when, for one head. It is no
 * part of the journal, whose chain covers computed things alone; its own hash is shown, so that it can be written down with the head.
 */
import {createHash} from 'node:crypto';
import {existsSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import {fileError} from '../journal/journal-error.js';
import {type Declared, readDeclared} from '../report/declared.js';
import {harmless} from '../scenario/diagnostic.js';
import type {Washed} from '../terminal/screens/hot-wash-dialogue.js';
import {CommandError} from './command-error.js';

/** Where the declared facts of a save lie. */
export function declaredPath(save: string): string {
	return `${save.replace(/\.jsonl$/, '')}.declared.json`;
}

/**
 * What is declared beside a save; undefined where nothing is.
 * @throws {CommandError} for a file that is not as expected
 */
export function readDeclaredFile(save: string): {readonly declared: Declared; readonly sha256: string; readonly path: string} | undefined {
	const path = declaredPath(save);
	if (!existsSync(path)) return undefined;
	let text: string;
	try {
		text = readFileSync(path, 'utf8');
	} catch (error) {
		throw fileError(error, path, 'read what is declared');
	}
	try {
		return {declared: readDeclared(text), sha256: createHash('sha256').update(text, 'utf8').digest('hex'), path};
	} catch (error) {
		throw new CommandError(`${path}: ${error instanceof Error ? error.message : String(error)}.`);
	}
}

/** Adds what a table said to what was declared before; nothing that is there is changed. */
export function withWashed(
	before: Declared | undefined,
	{by, answers, strengths, gaps, commitments}: Washed,
	head: string,
	at: string,
): Declared {
	const source = {by, at};
	const base: Declared = before ?? readDeclared(JSON.stringify({declared: 1, head, by, at}));
	return {
		...base,
		answers: [...base.answers, ...answers.map(each => ({...each, ...source}))],
		strengths: [...base.strengths, ...strengths.map(text => ({text, ...source}))],
		gaps: [...base.gaps, ...gaps.map(text => ({text, ...source}))],
		commitments: [...base.commitments, ...commitments.map(each => ({...each, at}))],
	};
}

/**
 * Writes down what a table said, beside its save.
 * @throws {CommandError} where a file is there that speaks of another head, or is full
 */
export function declare(save: string, head: string, washed: Washed, at: string): string {
	const path = declaredPath(save);
	const before = readDeclaredFile(save)?.declared;
	if (before && before.head !== head)
		throw new CommandError(
			`${path} speaks of another game: its head is ${before.head}, the save's is ${head}. Nothing was written; move it away first.`,
		);
	const text = `${JSON.stringify(withWashed(before, washed, head, at), null, '\t')}\n`;
	try {
		readDeclared(text);
	} catch (error) {
		throw new CommandError(`${path}: ${error instanceof Error ? error.message : String(error)}. Nothing was written.`);
	}
	try {
		// Whole or not at all: what was declared before is not lost with a full disk.
		writeFileSync(`${path}.new`, text, {mode: 0o600});
		renameSync(`${path}.new`, path);
	} catch (error) {
		throw fileError(error, path, 'write what is declared');
	}
	return path;
}

/** One line on the declared facts of a save, for whoever verifies it; undefined where there are none. */
export function declaredWords(save: string, head: string): string | undefined {
	let found: ReturnType<typeof readDeclaredFile>;
	try {
		found = readDeclaredFile(save);
	} catch (error) {
		return `What is declared beside the save can not be read: ${error instanceof Error ? harmless(error.message) : String(error)}`;
	}
	if (!found) return undefined;
	const {declared, sha256, path} = found;
	if (declared.head !== head) return `${path} speaks of another head (${declared.head}): it does not belong to this save.`;
	const entries = [declared.answers, declared.strengths, declared.gaps, declared.commitments, declared.actions, declared.ratings].flat();
	const people = [...new Set([declared.by, ...entries.map(({by}) => by ?? declared.by)])];
	return `${path} holds ${entries.length} declared ${entries.length === 1 ? 'entry' : 'entries'} for this head, by ${people.map(name => harmless(name)).join(', ')} (SHA-256 ${sha256}). They are people's words: nothing of them is computed, and the chain does not cover them.`;
}
