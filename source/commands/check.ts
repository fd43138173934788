/** `check`: reads scenario files and says everything that is wrong with them. */
import {countDiagnostics, formatDiagnostic} from '../scenario/diagnostic.js';
import {print, printJson} from './output.js';
import {checkFile, findScenario} from './scenario-files.js';

/** Exit status 1 when a file has an error; warnings are shown and pass. */
export function check(names: readonly string[], {json = false}: {readonly json?: boolean} = {}): number {
	const results = names.map(name => {
		const file = findScenario(name);
		const {scenario, diagnostics} = checkFile(file);
		return {file, ok: scenario !== undefined, diagnostics};
	});
	const ok = results.every(result => result.ok);
	if (json) {
		printJson({ok, files: results});
		return ok ? 0 : 1;
	}
	for (const {file, diagnostics} of results) {
		for (const diagnostic of diagnostics) print(`${formatDiagnostic(diagnostic)}\n`);
		print(`${file}: ${countDiagnostics(diagnostics) || 'nothing wrong'}`);
	}
	return ok ? 0 : 1;
}
