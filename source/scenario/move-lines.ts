/** Blocks of moves as scenario files and moves files write them: one a line, `#` starts a comment. */

/** A line without its comment: from a # at its start or after a space, unless it stands in quotes. */
export function withoutComment(line: string): string {
	let isQuoted = false;
	for (let index = 0; index < line.length; index++) {
		const char = line[index];
		if (isQuoted && char === '\\') index++;
		else if (char === '"') isQuoted = !isQuoted;
		else if (char === '#' && !isQuoted && (index === 0 || /\s/.test(line[index - 1]!))) return line.slice(0, index);
	}
	return line;
}

/** The moves of a block, without comments and empty lines. */
export function moveLines(block: string): string[] {
	return block
		.split('\n')
		.map(line => withoutComment(line).trim())
		.filter(line => line !== '');
}
