import {describe, expect, it} from 'vitest';
import {load, SHORT} from './files.js';

/** The codes of the errors in a text. */
function codes(text: string): string[] {
	return load(text)
		.diagnostics.filter(({severity}) => severity === 'error')
		.map(({code}) => code);
}

describe('what is no scenario', () => {
	it.each([
		['an empty file', '', 'empty-file'],
		['blanks', ' \n\n ', 'empty-file'],
		['comments alone', '# nothing\n', 'not-a-mapping'],
		['a list', '- a\n- b\n', 'not-a-mapping'],
		['a text', 'hello\n', 'not-a-mapping'],
		['a text with a forgotten space', 'format:1\n', 'not-a-mapping'],
		['a number', '42\n', 'not-a-mapping'],
		['zero bytes', `${SHORT}\0`, 'not-text'],
		['bytes that were no UTF-8', `${SHORT}summary: caf\ufffd\n`, 'not-text'],
		['an escape sequence', `${SHORT}summary: \x1b[2J\n`, 'not-text'],
		['old line ends', SHORT.replaceAll('\n', '\r'), 'not-text'],
		['a picture', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'not-text'],
		['a tab in the indentation', `${SHORT}controls:\n\ttimelock: on\n`, 'yaml-tab'],
		['a tab after spaces', `${SHORT}controls:\n  \ttimelock: on\n`, 'yaml-tab'],
		['two documents', `${SHORT}---\n${SHORT}`, 'yaml-document'],
		['a document after an end', `${SHORT}...\n${SHORT}`, 'yaml-document'],
		['a directive', `%YAML 1.1\n---\n${SHORT}`, 'yaml-directive'],
		['an unclosed bracket', `${SHORT}learn: [a, b\n`, 'yaml-syntax'],
		['an unclosed quote', `${SHORT}summary: "a\n`, 'yaml-syntax'],
		['an explicit key', `? format\n: 1\n`, 'yaml-syntax'],
		['a list as a key', `${SHORT}[a, b]: c\n`, 'yaml-syntax'],
		['a reserved sign', `${SHORT}summary: @home\n`, 'yaml-syntax'],
		['a broken escape', `${SHORT}summary: "\\q"\n`, 'yaml-syntax'],
		['a block that falls back', `${SHORT}summary: |\n    one\n  two\n`, 'yaml-syntax'],
		['two columns', `${SHORT} turns: 3\n`, 'yaml-syntax'],
	])('%s', (_name, text, code) => {
		expect(codes(text)).toEqual([code]);
	});

	it.each(['0x1F', '1e3', '.5', '0o17', '+5', '.inf', '.nan', '007'])('%s for a number', written => {
		expect(codes(SHORT.replace('800', written))).toEqual(['yaml-number']);
	});

	it('may start with a document mark', () => {
		expect(codes(`# a comment\n---\n${SHORT}`)).toEqual([]);
	});
});

describe('bombs are refused before anything is expanded or nested', () => {
	it('of aliases', () => {
		const levels = Array.from(
			{length: 30},
			(_, index) => `a${index}: &a${index} [${Array.from({length: 9}, () => `*a${index - 1}`).join(', ')}]`,
		);
		const {diagnostics} = load(`${SHORT}${levels.join('\n')}\n`);
		expect(diagnostics.length).toBeLessThanOrEqual(20);
		expect(new Set(diagnostics.map(({code}) => code))).toEqual(new Set(['yaml-anchor']));
	});

	it.each([
		['brackets', `a: ${'['.repeat(200_000)}`],
		['closed brackets', `a: ${'['.repeat(200_000)}${']'.repeat(200_000)}`],
		['braces', `a: ${'{a: '.repeat(100_000)}`],
		['lists on one line', `a:\n  ${'- '.repeat(200_000)}x`],
		['indentation', Array.from({length: 900}, (_, index) => `${' '.repeat(index)}a:`).join('\n')],
		['lists by lines', Array.from({length: 900}, (_, index) => `${' '.repeat(index)}-`).join('\n')],
	])('of %s', (_name, text) => {
		expect(codes(text)).toEqual(['too-deep']);
	});

	it('of sheer size', () => {
		expect(codes(`${SHORT}summary: ${'a'.repeat(1024 * 1024)}\n`)).toEqual(['too-large']);
		expect(codes(`${SHORT}learn:\n${'  - a\n'.repeat(100_000)}`)).toEqual(['too-many-values']);
	});

	it('of many mistakes', () => {
		const keys = Array.from({length: 2000}, (_, index) => `x${index}: 1`).join('\n');
		expect(load(`${SHORT}${keys}\n`).diagnostics).toHaveLength(50);
	});
});
