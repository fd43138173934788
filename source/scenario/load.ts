/**
 * The folder turns a file's text into a checked scenario: YAML (syntax.ts), then shape (schema.ts, shape.ts), then
 * cross references (check.ts), then meaning (check-meaning.ts). It takes text, never files, knows nothing of the engine but the words it is handed, and
 * imports packages only.
 */
import {checkScenario} from './check.js';
import {checkMeaning} from './check-meaning.js';
import {type Diagnostic, inFileOrder} from './diagnostic.js';
import {type GameVocabulary, ID_PATTERN, type Scenario, scenarioSchema} from './schema.js';
import {diagnoseShape} from './shape.js';
import {Locator, Source} from './source.js';
import {parseSyntax} from './syntax.js';

export interface LoadOptions {
	/** The name shown in diagnostics; the scenario's id comes from it when the file gives none. */
	readonly file: string;
	/** The engine's words: controls, verbs, and how a move line is read. */
	readonly vocabulary: GameVocabulary;
	/** Looks for errors only. Whoever plays a recorded game again has no use for advice on its scenario, which is half of the work. */
	readonly withoutAdvice?: boolean;
}

export interface Loaded {
	/** There exactly when no diagnostic is an error. */
	readonly scenario?: Scenario;
	/** Findings in the order of the file. */
	readonly diagnostics: readonly Diagnostic[];
}

/** How many findings are worth reading at once. */
const MAX_DIAGNOSTICS = 50;

/** Loads a scenario from the text of its file. Never throws, whatever the text holds. */
export function loadScenario(text: string, {file, vocabulary, withoutAdvice = false}: LoadOptions): Loaded {
	const source = new Source(file, text.replace(/^\ufeff/, ''));
	const syntax = parseSyntax(source);
	if ('diagnostics' in syntax) return fail(syntax.diagnostics);
	const {document, warnings} = syntax;
	const locator = new Locator(source, document);
	const data: unknown = document.toJS();
	const parsed = scenarioSchema.safeParse(data);
	if (!parsed.success) return fail([...warnings, ...diagnoseShape(parsed.error.issues, data, locator)]);
	const scenario: Scenario = {...parsed.data, id: parsed.data.id ?? idFrom(file)};
	const diagnostics = [...warnings, ...checkScenario(scenario, {locator, vocabulary})];
	if (diagnostics.some(({severity}) => severity === 'error')) return fail(diagnostics);
	const meaning = withoutAdvice ? [] : checkMeaning(scenario, {locator, vocabulary});
	return {scenario, diagnostics: inFileOrder([...diagnostics, ...meaning]).slice(0, MAX_DIAGNOSTICS)};
}

function fail(diagnostics: readonly Diagnostic[]): Loaded {
	return {diagnostics: inFileOrder(diagnostics).slice(0, MAX_DIAGNOSTICS)};
}

/** `first-light` from `scenarios/First Light.yaml`. */
function idFrom(file: string): string {
	const name = (file.split(/[\\/]/).at(-1) ?? '')
		.replace(/\.[^.]*$/, '')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^[-0-9]+|-+$/g, '');
	return ID_PATTERN.test(name) ? name : 'scenario';
}
