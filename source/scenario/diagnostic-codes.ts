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

/** What `test` says of a test that did not go as its author expected. */
const testCodes = {
	'test-refused': {
		severity: 'error',
		means: 'A move of a test was refused, and the test goes on to expect something else.',
		fix: 'Put the move right, or expect the refusal: expect: {refused: words of it}.',
		wrong: 'operators: sign payroll parties=mara,jun',
	},
	'test-failed': {
		severity: 'error',
		means: 'The expectation of a test does not hold after its moves.',
		fix: 'The parts of the expectation are shown with their values; put the moves or the expectation right.',
		wrong: 'expect: payroll.signed',
	},
} as const satisfies Readonly<Record<string, DiagnosticEntry>>;

/** Every diagnostic, in the order in which they are looked for: syntax and shape, references, meaning, tests. */
export const diagnosticRegistry = {...syntaxCodes, ...referenceCodes, ...meaningCodes, ...testCodes} as const;

/** A stable word for a kind of finding, such as `unknown-key`. */
export type DiagnosticCode = keyof typeof diagnosticRegistry;
