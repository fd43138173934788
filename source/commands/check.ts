/** `check`: reads scenario files and says everything that is wrong with them, in actionlint's manner. */
import {countDiagnostics, type Diagnostic, type DiagnosticStyle, formatDiagnostic, harmless} from '../scenario/diagnostic.js';
import {explain} from './command-error.js';
import {print, printJson, tell} from './output.js';
import {createPaint, type Paint} from './paint.js';
import {checkFile, findScenario} from './scenario-files.js';

/** What is said of one file: its findings, or why it could not be read. */
interface Result {
	readonly file: string;
	readonly ok: boolean;
	readonly diagnostics: readonly Diagnostic[];
	/** Why the file could not be read. */
	readonly unreadable?: string;
}

/** Exit status 0 with warnings only, 1 when a file has an error, 2 when one could not be read. The other files are checked all the same. */
export function check(names: readonly string[], {json = false}: {readonly json?: boolean} = {}): number {
	const results = names.map(checked);
	const status = results.some(({unreadable}) => unreadable !== undefined) ? 2 : results.every(({ok}) => ok) ? 0 : 1;
	if (json) {
		printJson({ok: status === 0, files: results});
		return status;
	}
	const style = styleOf(createPaint());
	for (const {file, diagnostics, unreadable} of results) {
		if (unreadable !== undefined) {
			tell(unreadable);
			continue;
		}
		for (const diagnostic of diagnostics) print(`${formatDiagnostic(diagnostic, style)}\n\n`);
		print(`${harmless(file)}: ${countDiagnostics(diagnostics) || 'nothing wrong'}`);
	}
	return status;
}

function checked(name: string): Result {
	try {
		const file = findScenario(name);
		const {scenario, diagnostics} = checkFile(file);
		return {file, ok: scenario !== undefined, diagnostics};
	} catch (error) {
		if (!(error instanceof Error) || !('exitStatus' in error)) throw error;
		return {
			file: name,
			ok: false,
			diagnostics: [],
			unreadable: explain(error)
				.message.split('\n')
				.map(line => harmless(line))
				.join('\n'),
		};
	}
}

function styleOf(paint: Paint): DiagnosticStyle {
	const styles = {
		error: 'red',
		warning: 'yellow',
		note: 'dim',
		place: 'bold',
		message: 'bold',
		code: 'dim',
		gutter: 'dim',
		caret: 'green',
	} as const;
	return (piece, text) => paint(styles[piece], text);
}
