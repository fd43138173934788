/** The questions of `new`: one a line, with what an empty answer means. An answer that can't be used is asked for again, with the reason. */
import {createInterface} from 'node:readline/promises';
import {policyOf, type Setup, type StarterParty, setupProblems, usualThreshold} from '../scenario/starter-setup.js';
import {CommandError} from './command-error.js';

/** Somebody who answers. */
export interface Ask {
	/** The answer, trimmed; empty for the default. @throws {CommandError} when the person leaves. */
	question(text: string): Promise<string>;
	say(text: string): void;
	close(): void;
}

/** Asks on the terminal. Ctrl-C and Ctrl-D leave, and nothing is written. */
export function askInTerminal(): Ask {
	const lines = createInterface({input: process.stdin, output: process.stdout});
	let leave: (error: Error) => void = () => {};
	let isDone = false;
	const left = new Promise<never>((_, reject) => {
		leave = reject;
	});
	left.catch(() => {});
	lines.on('SIGINT', () => lines.close());
	lines.on('close', () => {
		if (!isDone) leave(new CommandError('\nNothing was written.', 130));
	});
	return {
		question: async text => (await Promise.race([lines.question(text), left])).trim(),
		say: text => void process.stdout.write(`${text}\n`),
		close() {
			isDone = true;
			lines.close();
		},
	};
}

/** Asks until an answer reads; an empty one is the default. */
async function until<T>(ask: Ask, text: string, standard: string, read: (answer: string) => T): Promise<T> {
	for (;;) {
		const answer = (await ask.question(`${text}${standard === '' ? '' : ` [${standard}]`}: `)) || standard;
		try {
			return read(answer);
		} catch (error) {
			if (!(error instanceof CommandError) || error.exitStatus === 130) throw error;
			ask.say(error.message);
		}
	}
}

/** An answer that has to make a set-up without problems of its own, the rest being as it is. */
function checked(setup: Setup): void {
	const [problem] = setupProblems(setup);
	if (problem !== undefined) throw new CommandError(problem);
}

/** Asks for each part of a set-up; what is given already is the default. */
export async function askSetup(given: Setup, ask: Ask): Promise<Setup> {
	ask.say('A new scenario. An empty answer takes what stands in brackets. Ctrl-C leaves,\nand nothing is written.');
	let setup = given;
	const put = async <K extends keyof Setup>(key: K, text: string, standard: string, read: (answer: string) => Setup[K]) => {
		setup = await until(ask, text, standard, answer => {
			const next = {...setup, [key]: read(answer)};
			checked(next);
			return next;
		});
	};
	await put('title', 'Title', given.title, answer => answer);
	const parties: StarterParty[] = [];
	ask.say('The parties: each holds one share. - ends the list.');
	for (;;) {
		const known = given.parties[parties.length];
		const need = parties.length < 2;
		const text = `Party ${parties.length + 1}, its id`;
		const standard = known?.id ?? (need ? '' : '-');
		const id = await until(ask, text, standard, answer => {
			if (answer === '-' && !need) return undefined;
			checked(withParties(given, [...parties, {id: answer, domain: 'a'}]));
			return answer;
		});
		if (id === undefined) break;
		const domain = await until(ask, `  Who administers ${id} (an organisation, a provider)`, known?.domain ?? id, answer => {
			checked(withParties(given, [...parties, {id, domain: answer}]));
			return answer;
		});
		const custodian = await until(ask, '  Who answers for it (a name; empty: none)', known?.custodian ?? '', answer => {
			if (answer !== '') checked(withParties(given, [...parties, {id, domain, custodian: answer}]));
			return answer;
		});
		const backup = await until(ask, '  Where a backup of its share lies (such as safe-a; empty: nowhere)', known?.backup ?? '', answer => {
			if (answer !== '') checked(withParties(given, [...parties, {id, domain, backup: answer}]));
			return answer;
		});
		parties.push({id, domain, ...(custodian === '' ? {} : {custodian}), ...(backup === '' ? {} : {backup})});
		if (parties.length === 15) break;
	}
	setup = {...setup, parties, threshold: usualThreshold(parties.length)};
	await put('threshold', `How many of ${parties.length} must sign`, String(setup.threshold), Number);
	ask.say(
		'The policy: rules besides "enough approvals", such as\n  facts.amount < 10000 || approvals.exists(a, a.basis == basis.callback)',
	);
	const rules: string[] = [];
	for (;;) {
		const rule = await until(ask, `Rule ${rules.length + 1} (empty: no more)`, '', answer => {
			if (answer !== '') checked({...setup, policy: policyOf([...rules, answer])});
			return answer;
		});
		if (rule === '') break;
		rules.push(rule);
	}
	if (rules.length > 0) setup = {...setup, policy: policyOf(rules)};
	await put('turns', 'How many turns', String(given.turns), Number);
	await put('minutes', 'How many minutes', String(given.minutes), Number);
	return setup;
}

/** The set-up with these parties so far, as if the rest of it were fine: a vault of one is not wrong yet. */
function withParties(given: Setup, parties: readonly StarterParty[]): Setup {
	const names = new Set(parties.map(({id}) => id));
	const more = ['later-1', 'later-2'].filter(id => !names.has(id)).map(id => ({id, domain: 'later'}));
	return {...given, threshold: 2, parties: parties.length < 2 ? [...parties, ...more] : parties};
}
