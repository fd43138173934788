/** Names in a sentence. It imports nothing: whoever writes sentences may use it. */

/** "ada", "ada and ben", "ada, ben and chi". */
export function listed(names: readonly string[]): string {
	return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
