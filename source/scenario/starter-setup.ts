/** A team's own set-up, from which a scenario file is begun, and what may be wrong with it. */
import {MACHINES, RESERVED_IDS} from './reserved-ids.js';
import {ID_PATTERN} from './schema.js';

export interface StarterParty {
	readonly id: string;
	readonly domain: string;
	readonly custodian?: string;
	/** The place where a backup of its share is kept. */
	readonly backup?: string;
}

/** A team's own set-up. */
export interface Setup {
	readonly id: string;
	readonly title: string;
	readonly minutes: number;
	readonly turns: number;
	readonly threshold: number;
	readonly parties: readonly StarterParty[];
	readonly coordinator?: {readonly custodian?: string; readonly domain?: string};
	/** Rules of the policy by name. */
	readonly policy: Readonly<Record<string, string>>;
}

const MAX_PARTIES = 15;
/** The requests of the file; parties and places can't have these names. */
const REQUESTS = ['payroll', 'invoice', 'refund'];

/** Text that can stand on one line of a file: no control characters, marks that reorder it, or halves of characters. */
function isPlain(text: string): boolean {
	return (
		text.trim() !== '' &&
		text.length <= 100 &&
		!/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/u.test(text)
	);
}

/** What is wrong with a set-up, a sentence each; none when a file can be made of it. */
export function setupProblems({title, minutes, turns, threshold, parties, coordinator = {}, policy}: Setup): string[] {
	const problems: string[] = [];
	const need = (holds: boolean, problem: string) => void (holds || problems.push(problem));
	const whole = (value: number, low: number, high: number) => Number.isInteger(value) && value >= low && value <= high;
	need(isPlain(title) && !/[{}]/.test(title), 'The title is one line of at most 100 characters, without braces.');
	need(whole(minutes, 1, 600), `The minutes are a whole number from 1 to 600, got ${minutes}.`);
	need(whole(turns, 3, 50), `The turns are a whole number from 3 to 50, got ${turns}.`);
	need(whole(parties.length, 2, MAX_PARTIES), `A vault has 2 to ${MAX_PARTIES} parties, got ${parties.length}.`);
	need(
		whole(threshold, 2, parties.length),
		`The threshold is a whole number from 2 to ${parties.length}, the number of parties, got ${threshold}.`,
	);
	const ids = parties.map(({id}) => id);
	const places = parties.flatMap(({backup}) => backup ?? []);
	for (const id of new Set(ids)) {
		need(ID_PATTERN.test(id) && id.length <= 40, `"${id}" can't be the id of a party: an id is a lower-case word such as ada or node-1.`);
		need(ids.indexOf(id) === ids.lastIndexOf(id), `There are two parties with the id ${id}.`);
		need(!RESERVED_IDS.includes(id), `"${id}" means something else in a scenario; name the party otherwise, such as ${id}-1.`);
		need(!REQUESTS.includes(id), `"${id}" is the name of a request in this file; name the party otherwise.`);
	}
	for (const place of new Set(places)) {
		need(ID_PATTERN.test(place) && place.length <= 40, `"${place}" can't be the name of a place: it is a lower-case word such as safe-a.`);
		need(![...ids, ...REQUESTS, ...MACHINES].includes(place), `"${place}" is the name of something else; name the place such as safe-a.`);
	}
	for (const {id, domain, custodian} of parties) {
		need(isPlain(domain), `The domain of ${id} is one line of at most 100 characters: an organisation, a provider, an account.`);
		need(custodian === undefined || isPlain(custodian), `The custodian of ${id} is one line of at most 100 characters.`);
	}
	for (const [what, text] of Object.entries(coordinator))
		need(text === undefined || isPlain(text), `The coordinator's ${what} is one line of at most 100 characters.`);
	for (const [name, rule] of Object.entries(policy)) {
		need(ID_PATTERN.test(name), `"${name}" can't be the name of a rule: it is a lower-case word such as big-needs-call.`);
		need(isPlain(rule) || (rule.length > 100 && rule.length <= 2000 && isPlain(rule.slice(0, 100))), `The rule ${name} is one line.`);
	}
	return problems;
}

/** More than half of the parties, and at least two. */
export function usualThreshold(parties: number): number {
	return Math.max(2, Math.floor(parties / 2) + 1);
}

/** Rules by name; those without one are numbered. */
export function policyOf(rules: readonly string[]): Record<string, string> {
	return Object.fromEntries(
		rules.map((text, index) => {
			const named = /^([a-z][a-z0-9-]*):\s+(.*)$/s.exec(text.trim());
			return named ? [named[1]!, named[2]!] : [`rule-${index + 1}`, text.trim()];
		}),
	);
}
