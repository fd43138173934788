// Broken scenario files, each with exactly what is said of it. A file NAME.yaml has its findings in NAME.expected.
import {readdirSync, readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {vocabulary} from '../../source/engine/vocabulary.js';
import {countDiagnostics, type Diagnostic, formatDiagnostic} from '../../source/scenario/diagnostic.js';
import {diagnosticRegistry} from '../../source/scenario/diagnostic-codes.js';
import {loadScenario} from '../../source/scenario/load.js';

const folder = 'test/scenario/broken';
const names = readdirSync(folder).flatMap(name => (name.endsWith('.yaml') ? [name.slice(0, -5)] : []));

/** Files that are too big to lie in a folder. */
const big: Readonly<Record<string, string>> = {
	'too-large': `title: ${'a'.repeat(1024 * 1024)}\n`,
	'too-many-values': `learn: [${'[], '.repeat(7_001)}]\n`,
};

function findings(name: string, text: string): readonly Diagnostic[] {
	return loadScenario(text, {file: `${name}.yaml`, vocabulary}).diagnostics;
}

function textOf(name: string): string {
	return big[name] ?? readFileSync(`${folder}/${name}.yaml`, 'utf8');
}

const all = [...names, ...Object.keys(big)];

describe('a broken file', () => {
	it.each(all)('%s', async name => {
		const found = findings(name, textOf(name));
		const shown = [...found.map(one => formatDiagnostic(one)), countDiagnostics(found)].join('\n\n');
		await expect(`${shown}\n`).toMatchFileSnapshot(`broken/${name}.expected`);
	});
});

describe('the registry of diagnostics', () => {
	// What `test` says is for the tests of that command.
	it.each(Object.entries(diagnosticRegistry).filter(([code]) => !code.startsWith('test-')))(
		'has a file for %s, with its example in it',
		(code, {severity, wrong}) => {
			expect(all).toContain(code);
			const text = textOf(code);
			// Examples of files that are too big stand for them.
			if (!Object.hasOwn(big, code)) expect(text.replace(/^ +/gm, '')).toContain(wrong.replace(/^ +/gm, ''));
			expect(findings(code, text)).toContainEqual(expect.objectContaining({code, severity}));
		},
	);

	it('explains each in sentences', () => {
		for (const [code, {means, fix}] of Object.entries(diagnosticRegistry)) {
			expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
			expect(means).toMatch(/^[A-Z].*\.$/);
			expect(fix).toMatch(/^[A-Z].*\.$/);
		}
	});
});
