/** Finds scenario files, shipped or given by path, and loads them. */
import {closeSync, existsSync, fstatSync, openSync, readSync} from 'node:fs';
import {basename} from 'node:path';
import {vocabulary} from '../engine/vocabulary.js';
import {fileError} from '../journal/journal-error.js';
import {didYouMean, formatDiagnostic, harmless} from '../scenario/diagnostic.js';
import {type Loaded, loadScenario} from '../scenario/load.js';
import type {Scenario} from '../scenario/schema.js';
import {CommandError} from './command-error.js';
import {tell} from './output.js';
import {scenariosById} from './paths.js';

/** A scenario with its text, which goes into the journal whole. */
export interface ScenarioFile {
	readonly scenario: Scenario;
	readonly scenarioText: string;
	/** The path as it is shown. */
	readonly scenarioFile: string;
}

/**
 * The path of a scenario: an id, looked for among the shipped ones and then in packs, or a path. Where several files have the id, says on
 * stderr which one it is.
 * @throws {CommandError} naming the ids that there are.
 */
export function findScenario(name: string): string {
	const all = scenariosById();
	const found = all.find(({id}) => id === name);
	if (found) {
		if (found.passedOver.length > 0)
			tell(`${name} is ${found.path}. Passed over: ${found.passedOver.join(', ')}; give the path of a file to use that one.`);
		return found.path;
	}
	if (/[\\/]|\.ya?ml$/.test(name) || existsSync(name)) return name;
	const ids = all.map(({id}) => id);
	const hint = didYouMean(name, ids);
	throw new CommandError(
		`There is no scenario "${harmless(name)}"${hint === undefined ? '.' : `; ${hint}`} There ${ids.length === 1 ? 'is' : 'are'}: ${ids.join(', ')}; or give the path of a file.`,
	);
}

/**
 * Reads a text file: UTF-8, regular, and not a device that never ends.
 * @throws {JournalError} or {CommandError}, exit status 2.
 */
export function readText(path: string, what: string): string {
	let bytes: Buffer;
	try {
		bytes = readBytes(path, what);
	} catch (error) {
		if (error instanceof CommandError) throw error;
		throw fileError(error, path, `read ${what}`);
	}
	return decode(bytes, path);
}

/** Texts that people write are far smaller; devices that never end are not. */
const mostBytes = 4 * 1024 * 1024;

/** The bytes of one reading, so that a file that changes meanwhile is seen in one state of it. */
function readBytes(path: string, what: string): Buffer {
	const descriptor = openSync(path, 'r');
	try {
		if (fstatSync(descriptor).isDirectory()) throw new CommandError(`${path}: This is a folder, not ${what}. Name a file in it.`);
		const chunks: Buffer[] = [];
		let size = 0;
		while (size <= mostBytes) {
			const chunk = Buffer.allocUnsafe(64 * 1024);
			const count = readSync(descriptor, chunk, 0, chunk.length, null);
			if (count === 0) return Buffer.concat(chunks);
			chunks.push(chunk.subarray(0, count));
			size += count;
		}
		throw new CommandError(`${path}: This file is larger than 4 MiB; nothing that people write by hand is. It is not ${what}.`);
	} finally {
		closeSync(descriptor);
	}
}

function decode(bytes: Buffer, path: string): string {
	try {
		// The mark at the start of a file is part of its text: what is recorded is what was in the file.
		return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes);
	} catch {
		throw new CommandError(`${path}: This file is not UTF-8 text. Save it as UTF-8; it may be another kind of file.`);
	}
}

/** Reads and checks a file, without judging the findings. */
export function checkFile(path: string): Loaded & {readonly text: string} {
	const text = readText(path, 'the scenario');
	return {...loadScenario(text, {file: path, vocabulary}), text};
}

/**
 * Loads a scenario to play it; warnings go to stderr.
 * @throws {CommandError} with every finding, when there is an error among them.
 */
export function openScenario(name: string): ScenarioFile {
	const path = findScenario(name);
	const {scenario, diagnostics, text} = checkFile(path);
	// Notes are for authors, who ask for them with check.
	const findings = diagnostics.filter(({severity}) => severity !== 'note').map(one => formatDiagnostic(one));
	if (!scenario) {
		const next = `The scenario ${basename(path)} can't be played before this is put right.`;
		throw new CommandError([...findings, next].join('\n\n'));
	}
	if (findings.length > 0) tell(findings.join('\n\n'));
	return {scenario, scenarioText: text, scenarioFile: path};
}
