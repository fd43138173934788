import {describe, expect, it} from 'vitest';
import {
	countDiagnostics,
	type Diagnostic,
	didYouMean,
	formatDiagnostic,
	harmless,
	inFileOrder,
	oneOf,
} from '../../source/scenario/diagnostic.js';

const finding: Diagnostic = {code: 'move', severity: 'error', file: 'a.yaml', line: 7, column: 3, message: 'message', sourceLine: '  text'};

/** The lines of a formatted diagnostic that show the source. */
function source(sourceLine: string, column: number): string[] {
	return formatDiagnostic({...finding, sourceLine, column})
		.split('\n')
		.slice(1);
}

describe('a formatted diagnostic', () => {
	it('keeps tabs, so that the caret stands under its column at any tab width', () => {
		expect(source('\ta\tbc', 4)).toEqual(['7 | \ta\tbc', '  | \t \t^']);
	});

	it('counts wide characters as wide', () => {
		expect(source('名前 x', 4)).toEqual(['7 | 名前 x', '  |      ^']);
	});

	it('shows control characters instead of obeying them', () => {
		const text = formatDiagnostic({
			...finding,
			file: 'a\x1b]0;x\x07.yaml',
			message: 'got "\x1b[2J"',
			sourceLine: 'a: \x1b[31m\u202eb\x9b',
			hint: 'x\ny',
			column: 13,
		});
		// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for.
		expect(text.replaceAll('\n', '')).not.toMatch(/[\0-\x1f\x7f-\x9f\u202e]/);
		expect(text.split('\n')).toHaveLength(4);
		expect(text).toContain('a: ␛[31m�b�');
	});

	it('cuts long lines around the column', () => {
		const [line = '', caret = ''] = source(`${'a'.repeat(500)}X${'b'.repeat(500)}`, 501);
		expect(line.length).toBeLessThan(140);
		expect(line[caret.indexOf('^')]).toBe('X');
		const [start = ''] = source(`X${'b'.repeat(500)}`, 1);
		expect(start.startsWith('7 | Xb')).toBe(true);
	});

	it('leaves the source out when there is none', () => {
		expect(formatDiagnostic({...finding, sourceLine: ''})).toBe('a.yaml:7:3: error: message [move]');
	});
});

describe('words', () => {
	it.each([
		['whn', ['at', 'when'], 'did you mean "when"?'],
		['When', ['at', 'when'], 'did you mean "when"?'],
		['zebra', ['at', 'when'], undefined],
		['b', ['a'], undefined],
		['x', [], undefined],
	])('%s among %j', (word, known, expected) => {
		expect(didYouMean(word, known)).toBe(expected);
	});

	it('are listed, and cut when there are many', () => {
		expect(oneOf([])).toBeUndefined();
		expect(oneOf(['a'])).toBe('"a"');
		expect(oneOf(['a', 'b'])).toBe('one of "a", "b"');
		expect(oneOf(Array.from({length: 30}, (_, index) => `w${index}`))).toMatch(/"w23" and 6 more$/);
	});

	it('are made harmless one character for one', () => {
		expect(harmless('a\0\t\x7f\u200b\ud800z')).toBe('a\u2400 \u2421\ufffd\ufffdz');
	});
});

it('counts findings by severity', () => {
	expect(countDiagnostics([finding, finding, {...finding, severity: 'note'}])).toBe('2 errors, 1 note');
	expect(countDiagnostics([])).toBe('');
});

it('sorts findings by place', () => {
	const [a, b, c] = [finding, {...finding, column: 1}, {...finding, line: 2}];
	expect(inFileOrder([a, b, c])).toEqual([c, b, a]);
});
