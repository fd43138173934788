/**
 * The registry of diagnostics: a stable word for each, how grave it is, what it means and what to do, with a minimal wrong
 * example. What `check` prints, and the list in the author's guide, both come from here.
 */
import {meaningCodes} from './codes-meaning.js';
import {referenceCodes} from './codes-references.js';
import {syntaxCodes} from './codes-syntax.js';

/** An error keeps a scenario from being played, a warning says that something cannot be meant, a note that something is usual and missing. */
export type Severity = 'error' | 'warning' | 'note';

export interface DiagnosticEntry {
	readonly severity: Severity;
	/** What it means, one sentence or two. */
	readonly means: string;
	/** What to do, a sentence. */
	readonly fix: string;
	/** The wrong piece of a file, as short as it can be; empty where an empty file is the example. */
	readonly wrong: string;
}

/** Every diagnostic, in the order in which `check` looks: syntax and shape, references, meaning. */
export const diagnosticRegistry = {...syntaxCodes, ...referenceCodes, ...meaningCodes} as const;

/** A stable word for a kind of finding, such as `unknown-key`. */
export type DiagnosticCode = keyof typeof diagnosticRegistry;
