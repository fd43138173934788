/** Placeholders in texts: `{chi}`, `{vendor.amount}`. The engine fills them in with what the seed dealt. */

/** Fields that a placeholder can ask of a party or a request. */
export const PARTY_FIELDS = ['id', 'custodian', 'domain'] as const;
export const REQUEST_FIELDS = ['id', 'amount', 'to', 'by', 'title'] as const;

export interface Placeholder {
	/** As written, without the braces: `vendor.amount`. */
	readonly name: string;
	/** Where its brace stands in the text, from 0. */
	readonly offset: number;
}

/** The placeholders of a text, in order. A brace that holds anything but a name is text. */
export function placeholdersIn(text: string): Placeholder[] {
	return [...text.matchAll(/\{([A-Za-z][\w-]*(?:\.[A-Za-z]\w*)?)\}/g)].map(match => ({name: match[1] ?? '', offset: match.index}));
}

/** Every placeholder that a scenario's texts may hold. */
export function knownPlaceholders(parties: readonly string[], requests: readonly string[]): string[] {
	return [
		...parties.flatMap(id => [id, ...PARTY_FIELDS.map(field => `${id}.${field}`)]),
		...requests.flatMap(id => [id, ...REQUEST_FIELDS.map(field => `${id}.${field}`)]),
		'attackers.account',
	];
}
