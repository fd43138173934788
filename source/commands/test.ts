/** `test`: plays the tests that scenario files hold, and shows what happened where one does not hold. */
import {setImmediate as breath} from 'node:timers/promises';
import {type PlayedTest, playTest, type ScenarioTest} from '../playtest/scenario-test.js';
import {testAccount} from '../report/test-account.js';
import {partTable} from '../report/value-text.js';
import {countDiagnostics, type Diagnostic, formatDiagnostic, harmless} from '../scenario/diagnostic.js';
import {placesOf} from '../scenario/places.js';
import type {Scenario} from '../scenario/schema.js';
import {CommandError} from './command-error.js';
import {print, printJson, tell} from './output.js';
import {createPaint} from './paint.js';
import {checkFile, findScenario} from './scenario-files.js';

export interface TestOptions {
	readonly json?: boolean;
	/** spec: for people. tap: TAP version 14, for programs. */
	readonly format?: 'spec' | 'tap';
	/** Only tests whose name holds this. */
	readonly only?: string;
}

interface TestFile {
	readonly file: string;
	readonly text: string;
	readonly diagnostics: readonly Diagnostic[];
	/** Missing when the file is broken. */
	readonly scenario?: Scenario;
	/** The chosen tests with their places in the file's list. */
	readonly tests: readonly {readonly index: number; readonly test: ScenarioTest}[];
}

export interface TestResult {
	readonly test: ScenarioTest;
	readonly played: PlayedTest;
	/** Where the file says what did not hold. */
	readonly diagnostic?: Diagnostic;
}

interface FileResult extends TestFile {
	readonly results: readonly TestResult[];
}

/** How results are told, as they come. */
interface Reporter {
	begin(files: readonly TestFile[]): void;
	file(file: TestFile): void;
	result(file: TestFile, result: TestResult): void;
	end(files: readonly FileResult[]): void;
}

/**
 * Exit status 1 when a test does not hold or a file is broken.
 * @throws {CommandError} where no test has the name that was asked for.
 */
export async function test(names: readonly string[], {json = false, format = 'spec', only}: TestOptions = {}): Promise<number> {
	const files = names.map(name => readTests(findScenario(name), only));
	if (only !== undefined && files.every(({scenario, tests}) => scenario && tests.length === 0)) throw noSuchTest(only, files);
	const reporter = json ? jsonReporter : format === 'tap' ? tapReporter() : specReporter();
	reporter.begin(files);
	const done: FileResult[] = [];
	for (const file of files) {
		reporter.file(file);
		const results: TestResult[] = [];
		for (const {index, test: each} of file.tests) {
			// Lets signals in.
			await breath();
			const result = runTest(file, index, each);
			results.push(result);
			reporter.result(file, result);
		}
		done.push({...file, results});
	}
	reporter.end(done);
	return done.every(isGood) ? 0 : 1;
}

const isGood = ({scenario, results}: FileResult): boolean => scenario !== undefined && results.every(({played}) => played.ok);

function readTests(file: string, only?: string): TestFile {
	const {scenario, diagnostics, text} = checkFile(file);
	const tests = (scenario?.tests ?? []).map((each, index) => ({index, test: each}));
	const chosen = only === undefined ? tests : tests.filter(({test: {name}}) => name.toLowerCase().includes(only.toLowerCase()));
	return {file, text, diagnostics, ...(scenario ? {scenario} : {}), tests: chosen};
}

function noSuchTest(only: string, files: readonly TestFile[]): CommandError {
	const names = files.flatMap(({scenario}) => scenario?.tests ?? []).map(({name}) => `  ${harmless(name)}`);
	return new CommandError(
		names.length === 0 ? 'There are no tests.' : [`No test has "${harmless(only)}" in its name. There are:`, ...names].join('\n'),
	);
}

/** Plays one test of a file, and finds the place of what does not hold. */
export function runTest(
	{file, text, scenario}: Pick<TestFile, 'file' | 'text' | 'scenario'>,
	index: number,
	each: ScenarioTest,
): TestResult {
	if (!scenario) throw new Error(`${file} is broken`);
	const played = playTest(scenario, each);
	const {problem} = played;
	if (!problem) return {test: each, played};
	const places = placesOf(text, file);
	const diagnostic =
		problem.at === 'moves'
			? places.inText(['tests', index, 'moves'], each.moves, problem.offset, {
					code: 'test-refused',
					message: problem.message,
					hint: problem.hint,
				})
			: typeof each.expect === 'string'
				? places.inText(['tests', index, 'expect'], each.expect, problem.offset ?? 0, {code: 'test-failed', message: problem.message})
				: places.atValue(['tests', index, 'expect', 'refused'], {code: 'test-failed', message: problem.message});
	return {test: each, played, diagnostic};
}

const indented = (lines: readonly string[], by: string): string => lines.map(line => `${by}${line}`.trimEnd()).join('\n');

/** What did not hold, where, why, and what was played. */
function failureLines({played, diagnostic}: TestResult): string[] {
	const {problem} = played;
	// A single part is what the message says already.
	const parts = problem?.at === 'expect' && problem.explained ? partTable(problem.explained) : [];
	return [
		...(diagnostic ? formatDiagnostic(diagnostic).split('\n') : []),
		...(parts.length > 1 ? ['', 'its parts:', ...parts.map(line => `  ${line}`)] : []),
		'',
		'what was played:',
		...testAccount(played).map(line => `  ${line}`),
	];
}

function dealtWords({test: {seed}, played: {game}}: TestResult): string {
	return `(world ${game.deal.world}, seed ${harmless(seed)})`;
}

function specReporter(): Reporter {
	const paint = createPaint();
	return {
		begin() {},
		file({file, scenario, diagnostics, tests}) {
			print(paint('bold', harmless(file)));
			if (!scenario) {
				for (const diagnostic of diagnostics) print(`\n${formatDiagnostic(diagnostic)}`);
				print(`\n  ${paint('red', paint.marks.bad)} the file does not load: ${countDiagnostics(diagnostics)}`);
			} else if (tests.length === 0) print(scenario.tests.length === 0 ? '  it has no tests' : '  no test of that name');
		},
		result(_, result) {
			const {played, test: each} = result;
			const mark = played.ok ? paint('green', paint.marks.ok) : paint('red', paint.marks.bad);
			print(`  ${mark} ${harmless(each.name)} ${paint('dim', dealtWords(result))}`);
			if (!played.ok) print(`\n${indented(failureLines(result), '      ')}\n`);
		},
		end(files) {
			const all = files.flatMap(({results}) => results);
			const failed = all.filter(({played}) => !played.ok).length;
			const broken = files.filter(({scenario}) => !scenario).length;
			const words = [
				`${all.length} ${all.length === 1 ? 'test' : 'tests'}`,
				...(failed > 0
					? [`${failed} ${failed === 1 ? 'does' : 'do'} not hold`]
					: all.length > 0
						? [all.length === 1 ? 'it holds' : 'all hold']
						: []),
				...(broken > 0 ? [`${broken} ${broken === 1 ? 'file does' : 'files do'} not load`] : []),
			];
			print(`\n${paint(failed + broken > 0 ? 'red' : 'green', words.join(', '))}`);
		},
	};
}

/** TAP version 14 (https://testanything.org/tap-version-14-specification.html). */
function tapReporter(): Reporter {
	let count = 0;
	const escaped = (text: string): string => harmless(text).replace(/[\\#]/g, '\\$&');
	/** A YAML block of texts; JSON's quotes are YAML's. */
	const block = (entries: Readonly<Record<string, string | number | readonly string[]>>): string => {
		const lines = Object.entries(entries).flatMap(([key, value]) =>
			typeof value === 'object' ? [`${key}: |`, ...value.map(line => `  ${line}`)] : [`${key}: ${JSON.stringify(value)}`],
		);
		return indented(['---', ...lines, '...'], '  ');
	};
	const placeOf = ({file, line, column}: Diagnostic): Record<string, string | number> => ({file, line, column});
	return {
		begin(files) {
			print('TAP version 14');
			print(`1..${files.reduce((sum, {scenario, tests}) => sum + (scenario ? tests.length : 1), 0)}`);
		},
		file({file, scenario, diagnostics, tests}) {
			print(`# ${harmless(file)}${scenario && tests.length === 0 ? ': no tests' : ''}`);
			if (scenario) return;
			count++;
			print(`not ok ${count} - ${escaped(file)} loads`);
			const [first] = diagnostics;
			if (first) print(block({message: harmless(first.message), ...placeOf(first)}));
		},
		result(_, result) {
			const {played, diagnostic, test: each} = result;
			count++;
			print(`${played.ok ? 'ok' : 'not ok'} ${count} - ${escaped(each.name)}`);
			if (!played.ok && diagnostic)
				print(block({message: harmless(diagnostic.message), severity: 'fail', ...placeOf(diagnostic), details: failureLines(result)}));
		},
		end() {},
	};
}

const jsonReporter: Reporter = {
	begin() {},
	file() {},
	result() {},
	end(files) {
		printJson({
			ok: files.every(isGood),
			files: files.map(each => ({
				file: each.file,
				ok: isGood(each),
				diagnostics: each.diagnostics,
				tests: each.results.map(({test: {name, expect}, played, diagnostic}) => ({
					name,
					ok: played.ok,
					world: played.game.deal.world,
					seed: played.game.seed,
					expect,
					...(diagnostic ? {line: diagnostic.line, column: diagnostic.column, message: diagnostic.message} : {}),
					...(played.problem?.at === 'expect' && played.problem.explained ? {parts: played.problem.explained} : {}),
					moves: played.moves,
					turn: played.state.turn,
					outcome: played.state.end?.outcome ?? 'open',
				})),
			})),
		});
		if (files.every(({results, scenario}) => scenario && results.length === 0)) tell('There are no tests.');
	},
};
