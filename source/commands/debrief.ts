/** `debrief`: the document that a table files, in three formats, and one page of it as text. */
import {readJournalFile} from '../journal/file.js';
import {JournalError} from '../journal/journal-error.js';
import type {Signer} from '../journal/notary.js';
import {verifyGame} from '../journal/re-execution.js';
import {RecordedGame} from '../journal/recorded-game.js';
import {type DebriefModel, debriefOf as modelOf} from '../report/debrief.js';
import {debriefHtml} from '../report/debrief-html.js';
import {debriefMarkdown} from '../report/debrief-markdown.js';
import {debriefPage} from '../report/debrief-page.js';
import {redacted} from '../report/debrief-redacted.js';
import {type Declared, readDeclared} from '../report/declared.js';
import type {Verified} from '../report/overview.js';
import {aside, isAttended} from './aside.js';
import {CommandError} from './command-error.js';
import {readDeclaredFile} from './declared-file.js';
import {knownAs} from './notary.js';
import {otherwise} from './otherwise.js';
import {deliver, tell} from './output.js';
import {playedOf} from './reports.js';
import {readText} from './scenario-files.js';
import {bundleHash, version} from './this-program.js';

export interface DebriefOptions {
	readonly format?: 'md' | 'html' | 'json' | 'text';
	/** A file to write instead of stdout. */
	readonly out?: string;
	/** A file with what people declare: see report/declared.ts. */
	readonly declared?: string;
	readonly redact?: boolean;
	readonly force?: boolean;
}

const formats: Readonly<Record<NonNullable<DebriefOptions['format']>, (model: DebriefModel) => string>> = {
	md: model => debriefMarkdown(model),
	text: model => debriefPage(model).join('\n'),
	html: debriefHtml,
	json: model => JSON.stringify(model, null, '\t'),
};

/** The debrief's model. The line of moves is played again in the other worlds and with other choices, which takes a moment. */
export function debriefModel(
	recorded: RecordedGame,
	{verification, declared}: {verification?: Verified; declared?: Declared} = {},
): DebriefModel {
	const {opened} = recorded;
	return modelOf(playedOf(recorded), {
		...otherwise(recorded),
		record: {
			program: programWords(opened.program),
			rules: opened.rules,
			scenarioSha256: opened.scenario.sha256,
			seedWas: opened.seedWas,
			roster: opened.roster,
			...(opened.drill ? {drill: opened.drill} : {}),
			...(verification ? {verification} : {}),
		},
		...(declared ? {declared} : {}),
	});
}

/** What played the game, and what made the document of it: to verify it in years, that program has to be kept. */
function programWords(played: string): string {
	const bundle = bundleHash();
	const made = [...(played === version ? [] : [`this document by ${version}`]), ...(bundle === null ? [] : [`bundle SHA-256 ${bundle}`])];
	return [`quorum-call ${played}`, ...made].join('; ');
}

/** One page, and all of it after that. */
function forScreen(model: DebriefModel): string {
	const [title = '', ...rest] = debriefMarkdown(model, 'plain').split('\n');
	return [title, '', '```', ...debriefPage(model), '```', ...rest].join('\n');
}

/** The debrief of a game as Markdown, for screens. */
export function debriefOf(recorded: RecordedGame): string {
	const declared = recorded.path === undefined ? undefined : declaredBeside(recorded.path, recorded.head);
	return forScreen(debriefModel(recorded, declared ? {declared} : {}));
}

/** What lies beside the save, if it speaks of this head; else whoever asks is told, and goes without. */
function declaredBeside(save: string, head: string, say = tell): Declared | undefined {
	const found = readDeclaredFile(save);
	if (!found || found.declared.head === head) return found?.declared;
	say(`${found.path} speaks of another head, and is left out.`);
	return undefined;
}

/**
 * Verifies a save and makes the model of its debrief.
 * @throws {JournalError} when the save does not verify (unless forced), is a seat's copy, or makes no game
 * @throws {CommandError} when the declared file is not as expected, or speaks of another game
 */
function readDebrief(
	save: string,
	{declared: file, force = false}: Pick<DebriefOptions, 'declared' | 'force'> = {},
	{tell: say, onLine}: Telling = {tell},
): Read {
	const bytes = readJournalFile(save);
	const loaded = loadOrNull(save, force);
	const {ok, reexecuted, signedBy, divergence} = verifyGame(bytes, {allowUnfinished: true, onLine});
	if (!ok && !force)
		throw new JournalError({
			file: save,
			...(divergence ? {line: divergence.line} : {}),
			what: `This save does not verify: ${divergence?.message ?? 'it does not hold.'}`,
			next: `No debrief was made. ${forced}`,
			exitStatus: 1,
		});
	const recorded = loaded ?? RecordedGame.salvage(bytes, save);
	const declared = file === undefined ? declaredBeside(save, recorded.head, say) : declaredFrom(file, recorded.head);
	const make = () =>
		debriefModel(recorded, {
			verification: {ok, reexecuted, signedBy: signedBy && signerWords(signedBy), divergence},
			...(declared ? {declared} : {}),
		});
	return {recorded, model: ok ? make() : damaged(save, make)};
}

const forced = 'With --force one is made of what is left, and says so on top.';

/** A save as it is loaded everywhere; null where it can't be and that is not to matter. */
function loadOrNull(save: string, force: boolean): RecordedGame | null {
	try {
		return RecordedGame.load(save);
	} catch (error) {
		if (!(error instanceof JournalError) || error.fault.line === undefined || error.fault.line <= 2) throw error;
		if (force) return null;
		throw new JournalError({...error.fault, next: `${error.fault.next ?? ''} ${forced}`.trim()});
	}
}

interface Read {
	readonly recorded: RecordedGame;
	readonly model: DebriefModel;
}

function signerWords({name, fingerprint, publicKey}: Signer): string {
	const known = knownAs({publicKey});
	return `the notary ${fingerprint}, ${known === null ? `not known here, which calls itself "${name}"` : `known here as ${known}`}`;
}

/** The debrief of a save as Markdown, for screens. */
export function loadDebrief(save: string): string {
	return forScreen(readDebrief(save).model);
}

/** Whom to tell what is worth knowing, and how far the verification has come. */
export interface Telling {
	readonly tell: (text: string) => void;
	readonly onLine?: (line: number, of: number) => void;
}

/** The document that the command delivers. */
export function debriefText(save: string, {format = 'md', redact = false, ...options}: DebriefOptions, telling?: Telling): string {
	const {recorded, model} = readDebrief(save, options, telling);
	return formats[format](redact ? redacted(model, recorded) : model);
}

export async function debrief(save: string, {out, ...options}: DebriefOptions): Promise<number> {
	if (!isAttended()) {
		deliver(debriefText(save, options), out);
		return 0;
	}
	const {text, said} = await aside('Verifying the save, and playing it again otherwise', 'debrief', save, options);
	for (const sentence of said) tell(sentence);
	deliver(text, out);
	return 0;
}

/** What does not verify may make no sense at all. */
function damaged<T>(file: string, make: () => T): T {
	try {
		return make();
	} catch (cause) {
		throw new JournalError({
			file,
			what: 'What is left of this save contradicts itself, and no debrief can be made of it.',
			next: 'Use a copy of it, if there is one.',
			exitStatus: 1,
			cause,
		});
	}
}

function declaredFrom(file: string, head: string): Declared {
	const text = readText(file, 'what is declared');
	let declared: Declared;
	try {
		declared = readDeclared(text);
	} catch (error) {
		throw new CommandError(`${file}: ${error instanceof Error ? error.message : String(error)}. Nothing was written.`);
	}
	if (declared.head !== head)
		throw new CommandError(
			`${file}: it speaks of another game: its head is ${declared.head}, the save's is ${head}. A file of declared facts holds for one head only. Nothing was written.`,
		);
	return declared;
}
