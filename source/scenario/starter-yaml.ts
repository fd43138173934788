/** Values and blocks as a scenario file writes them: in quotes where YAML would read something else. */

/** A text as YAML takes it whatever is in it: a double-quoted scalar. Words that need no quotes have none. */
export function quoted(text: string): string {
	return /^[A-Za-z][A-Za-z]*( [A-Za-z]+)*$/.test(text) && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(text)
		? text
		: JSON.stringify(text);
}

/** An expression, in the quotes that need no escapes where it needs quotes. */
export function expressionText(text: string): string {
	if (/^[A-Za-z]/.test(text) && !/: | #|:$/.test(text)) return text;
	return text.includes("'") ? JSON.stringify(text) : `'${text}'`;
}

/** Lines of a block, indented. */
export function indent(lines: readonly string[], by: number): string {
	return lines.map(line => (line === '' ? '' : ' '.repeat(by) + line)).join('\n');
}
