/** What the YAML library reports, in plain words. */
import type {YAMLError} from 'yaml';
import type {Diagnostic} from './diagnostic.js';
import type {Finding, Source} from './source.js';

/** The way out of most of YAML's surprises. */
export const QUOTE_IT = 'put the whole value in quotes, or write it as a block: a | after the colon, the text on the next lines';

/** How many lines with the same slip are told at once. */
const MOST = 20;

/**
 * What is wrong, by the first error: what follows it is mostly its echo. A colon inside a value is the exception, since the library reads on after
 * it: each line of its own is told.
 */
export function explainAll(errors: readonly YAMLError[], source: Source): Diagnostic[] {
	const [first] = errors;
	if (first === undefined) return [];
	if (first.code !== 'BLOCK_AS_IMPLICIT_KEY') return [explain(first, source)];
	const alike = errors.filter(({code}) => code === first.code).map(error => explain(error, source));
	return alike.filter(({line}, index) => alike.findIndex(other => other.line === line) === index).slice(0, MOST);
}

/** The rest of a line in quotes, as its author may have meant it. */
export function quoted(source: Source, offset: number): string {
	const {line, column} = source.position(offset);
	const rest = source
		.line(line)
		.slice(column - 1, column + 119)
		.replace(/\s+#\s.*$/, '')
		.trim();
	return rest.includes('"') ? `'${rest.replaceAll("'", "''")}'` : `"${rest}"`;
}

/** yaml's own errors, in the words of somebody who writes a scenario. */
function explain(error: YAMLError, source: Source): Diagnostic {
	const [start] = error.pos;
	const say = (finding: Finding) => source.diagnose(Math.min(start, Math.max(0, source.text.trimEnd().length - 1)), finding);
	switch (error.code) {
		case 'BLOCK_AS_IMPLICIT_KEY':
			return say({
				code: 'yaml-syntax',
				message: 'a colon and a space inside a value start a mapping',
				hint: `put the whole value in quotes: ${quoted(source, start)}`,
			});
		case 'MULTILINE_IMPLICIT_KEY':
			return say({
				code: 'yaml-syntax',
				message: 'a key has no colon after it',
				expected: 'key: value',
				hint: 'a colon is followed by a space',
			});
		case 'TAB_AS_INDENT':
			return say({code: 'yaml-tab', message: 'a tab stands in the indentation', expected: 'spaces'});
		case 'BAD_SCALAR_START':
			return say({code: 'yaml-syntax', message: `a value cannot start with ${source.text[start]}`, hint: QUOTE_IT});
		case 'BAD_DQ_ESCAPE':
			return say({
				code: 'yaml-syntax',
				message: 'this is no escape that double quotes know',
				hint: 'write \\\\ for a backslash, or use single quotes',
			});
		case 'NON_STRING_KEY':
			return say({code: 'yaml-syntax', message: 'a key is not a text', expected: 'key: value', hint: QUOTE_IT});
		case 'BAD_INDENT':
			return say({
				code: 'yaml-syntax',
				message: /Flow/.test(error.message) ? 'a bracket is opened and not closed' : 'the indentation does not fit the lines above',
				expected: /Flow/.test(error.message)
					? 'the closing bracket'
					: 'keys of one mapping in one column, and the lines of a block further in than its key',
			});
		case 'MISSING_CHAR':
			if (/quote/.test(error.message))
				return say({code: 'yaml-syntax', message: 'a quote is opened and not closed', expected: 'the closing quote'});
			if (/map values/.test(error.message))
				return say({
					code: 'yaml-syntax',
					message: 'a key has no colon after it',
					expected: 'key: value',
					hint: 'the lines of a block text stand further in than their key',
				});
			break;
		case 'UNEXPECTED_TOKEN':
			if (/block-seq-ind on same line/.test(error.message))
				return say({
					code: 'yaml-syntax',
					message: 'a list starts on the line of its key',
					hint: 'start the list on the next line, or put the value in quotes',
				});
			return say({
				code: 'yaml-syntax',
				message: 'the value was complete before this',
				hint: 'when a value starts with a quote or a bracket, put the whole of it in (other) quotes, such as when: \'"ada" in signers\'',
			});
		default:
	}
	return say({
		code: 'yaml-syntax',
		message: `this cannot be read as YAML: ${(error.message.split('\n')[0] ?? '').toLowerCase()}`,
		hint: QUOTE_IT,
	});
}
