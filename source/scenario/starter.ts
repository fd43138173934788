/**
 * A scenario file to start from, for a team's own vault: from who holds what to the commented text of a file that checks, tests and plays.
 * Text in, text out; whoever writes it to a disk has it checked first.
 */
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

/** Who approves in the file's tests, and on what: depends on the policy, which is asked before. */
export interface StarterQuorum {
	readonly parties: readonly string[];
	readonly basis: 'display' | 'digest' | 'callback';
}

export interface StarterOptions {
	/** `drill`: worlds, injects and all, with comments. `short`: the smallest file that is worth playing. */
	readonly template: 'drill' | 'short';
	/** A quorum that the policy admits for payroll, and one on display for the invoice, where there is one. */
	readonly payroll: StarterQuorum;
	readonly display?: StarterQuorum | undefined;
	/** Where the schema lies, as the first line names it. */
	readonly schema: string;
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
		need(!REQUESTS.includes(id), `"${id}" is the name of a request in this file; name the party otherwise.`);
	}
	for (const place of new Set(places)) {
		need(ID_PATTERN.test(place) && place.length <= 40, `"${place}" can't be the name of a place: it is a lower-case word such as safe-a.`);
		need(!ids.includes(place) && !REQUESTS.includes(place), `"${place}" is the name of something else; name the place such as safe-a.`);
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

/** A text as YAML takes it whatever is in it: a double-quoted scalar. Words that need no quotes have none. */
function quoted(text: string): string {
	return /^[A-Za-z][A-Za-z]*( [A-Za-z]+)*$/.test(text) && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(text)
		? text
		: JSON.stringify(text);
}

/** An expression, in the quotes that need no escapes where it needs quotes. */
function expressionText(text: string): string {
	if (/^[A-Za-z]/.test(text) && !/: | #|:$/.test(text)) return text;
	return text.includes("'") ? JSON.stringify(text) : `'${text}'`;
}

/** Lines of a block, indented. */
function indent(lines: readonly string[], by: number): string {
	return lines.map(line => (line === '' ? '' : ' '.repeat(by) + line)).join('\n');
}

/** The moves by which a quorum gets a request signed that opens in `from`, and the turn in which it is signed. */
function served(request: string, {parties, basis}: StarterQuorum, threshold: number, from: number): {lines: string[]; turn: number} {
	const turn = basis === 'callback' ? from + 1 : from;
	return {
		turn,
		lines: [
			...(from > 1 ? [`turn ${from}`] : []),
			...(basis === 'callback' ? [`operators: call-back ${request}`, `turn ${turn}`] : []),
			...parties.map(party => `operators: approve ${request} party=${party} basis=${basis}`),
			`operators: sign ${request} parties=${parties.slice(0, threshold).join(',')}`,
			`turn ${turn + 1}`,
		],
	};
}

interface StarterTest {
	readonly name: string;
	readonly world: string;
	readonly moves: readonly string[];
	readonly expect: string;
}

function testText({name, world, moves, expect}: StarterTest): string {
	return `  - name: ${quoted(name)}\n    world: ${world}\n    moves: |\n${indent(moves, 6)}\n    expect: ${expressionText(expect)}`;
}

function testsOf({parties, threshold}: Setup, {payroll, display, template}: StarterOptions): StarterTest[] {
	const holders = parties.slice(0, threshold).map(({id}) => id);
	const first = parties[0]!.id;
	const care = served('payroll', payroll, threshold, 1);
	const swap = ['turn 2', 'attackers: swap-payload invoice'];
	const onDisplay = (of: readonly string[]) => of.map(party => `operators: approve invoice party=${party} basis=display`);
	const sign = (of: readonly string[]) => [`operators: sign invoice parties=${of.slice(0, threshold).join(',')}`, 'turn 3'];
	const stored = parties.find(({backup}) => backup !== undefined);
	return [
		{
			name: 'payroll is served by a quorum that the policy admits',
			world: 'honest',
			moves: care.lines,
			expect: `payroll.signed_at == ${care.turn} && outputs.all(o, o.authorised)`,
		},
		{
			name: 'a digest sees the swap, and nobody approves',
			world: 'swapped',
			moves: [...swap, ...holders.map(party => `operators: approve invoice party=${party} basis=digest`)],
			expect: '!invoice.approved && outputs.all(o, o.authorised)',
		},
		display
			? {
					name: 'approved on display, the swapped bytes are signed',
					world: 'swapped',
					moves: [...swap, ...onDisplay(display.parties), ...sign(display.parties)],
					expect: 'outputs.exists(o, o.request == "invoice" && !o.authorised)',
				}
			: {
					name: 'the policy does not take a display for an invoice',
					world: 'swapped',
					moves: [...swap, ...onDisplay(holders), ...sign(holders)],
					expect: '!outputs.exists(o, o.request == "invoice")',
				},
		...(template === 'short'
			? []
			: [
					{
						name: 'one stolen share is not the key',
						world: 'insider',
						moves: [`attackers: implant party=${first}`, 'turn 2', `attackers: steal-share party=${first}`, 'turn 3'],
						expect: 'stolen == 1 && stolen < threshold && outputs.all(o, o.authorised)',
					},
				]),
		...(template === 'short' || stored === undefined
			? []
			: [
					{
						name: 'a backup is a share to whoever opens it',
						world: 'open-safe',
						moves: [`attackers: steal-backup party=${stored.id}`, 'turn 2'],
						expect: 'stolen == 1',
					},
				]),
	];
}

/** Entries of a playbook that come for the shares of these parties, one after another. */
function plunder(parties: readonly StarterParty[]): string {
	return parties
		.map(({id}, index) =>
			index === 0
				? `      - do: "attackers: implant party=${id}"\n      - when: turn >= 2\n        do: "attackers: steal-share party=${id}"`
				: `      - when: loot >= ${index}\n        do: "attackers: phish party=${id}"\n      - when: loot >= ${index}\n        do: |\n          attackers: implant party=${id}\n          attackers: steal-share party=${id}`,
		)
		.join('\n');
}

function partyLines({id, domain, custodian, backup}: StarterParty): string[] {
	return [
		`  ${id}:`,
		...(custodian === undefined ? [] : [`    custodian: ${quoted(custodian)}`]),
		`    domain: ${quoted(domain)}`,
		...(backup === undefined ? [] : [`    backup: ${backup}`]),
	];
}

/** The text of a file. The set-up must have no problems. */
export function starterFile(setup: Setup, options: StarterOptions): string {
	return options.template === 'short' ? shortFile(setup, options) : drillFile(setup, options);
}

function head({title}: Setup, schema: string): string {
	return `# yaml-language-server: $schema=${schema}\nformat: 1\ntitle: ${quoted(title)}`;
}

function policyText({policy}: Setup): string {
	return Object.entries(policy)
		.map(([name, rule]) => `  ${name}: ${expressionText(rule)}`)
		.join('\n');
}

function coordinatorText({coordinator = {}}: Setup): string {
	const {custodian, domain} = coordinator;
	const fields = [
		...(custodian === undefined ? [] : [`  custodian: ${quoted(custodian)}`]),
		...(domain === undefined ? [] : [`  domain: ${quoted(domain)}`]),
	];
	return fields.length === 0 ? '' : `coordinator:\n${fields.join('\n')}\n`;
}

function shortFile(setup: Setup, options: StarterOptions): string {
	const {turns, minutes, threshold, parties, policy} = setup;
	const due = Math.min(5, turns);
	return `${head(setup, options.schema)}
turns: ${turns}
minutes: ${minutes}
threshold: ${threshold}
parties:
${parties.flatMap(partyLines).join('\n')}
${coordinatorText(setup)}${Object.keys(policy).length === 0 ? '' : `policy:\n${policyText(setup)}\n`}controls: {verify-partials: on}
requests:
  payroll: {opens: 1, due: 3, by: Payroll office, amount: 8000, to: staff}
  invoice: {opens: 2, due: ${due}, by: Purchasing, amount: 24000, to: acme}
worlds:
  honest:
    deal: "world: requote invoice by=500 turn=3"
    playbook: []
  swapped:
    deal: "world: way-in at=coordinator"
    playbook:
      - when: invoice.open
        do: "attackers: swap-payload invoice"
injects:
  - at: ${Math.min(3, turns)}
    text: Purchasing calls. The invoice is urgent, they say.
objectives:
  operators:
    payroll in time: payroll.signed_at > 0 && payroll.signed_at <= payroll.due
    nothing else leaves: outputs.all(o, o.authorised)
tests:
${testsOf(setup, options).map(testText).join('\n')}
`;
}

function drillFile(setup: Setup, options: StarterOptions): string {
	const {turns, minutes, threshold, parties, policy} = setup;
	const [first, second] = [parties[0]!, parties[1]!];
	const last = parties.at(-1)!;
	const due = Math.min(5, turns);
	const stored = parties.filter(({backup}) => backup !== undefined);
	const place = stored[0]?.backup;
	const hasRules = Object.keys(policy).length > 0;
	return `${head(setup, options.schema)}
# The comments say what each part is for. Everything but title, parties and requests may be left out.
# After each change: quorum-call check, then quorum-call test.

# What players read before the game. Say nothing here of what is wrong.
summary: >-
  ${parties.length} parties share a key, and ${threshold} of them must sign. Serve the requests that are really wanted, and let nothing
  else leave.
# The table's clock in minutes, and the turns that the rules count.
minutes: ${minutes}
turns: ${turns}
learn:
  - an approval is worth what its basis could know
  - ${threshold} shares of one epoch are the key, wherever they lie

# How many shares make a signature. The suite is ed25519 unless you say: suite: secp256k1
threshold: ${threshold}

# Who holds the shares. Ids are the names in moves. Parties of one domain can fall together, and so can backups in one
# place: \`quorum-call exposure\` says what that is worth.
parties:
${parties.flatMap(partyLines).join('\n')}
# Relays messages and displays what is to be signed. It holds no share.
${coordinatorText(setup) || '# coordinator: {custodian: operations, domain: office}\n'}
# Rules over the facts of a decision, besides the one that always holds: enough approvals.
${hasRules ? `policy:\n${policyText(setup)}` : '# policy:\n#   big-needs-call: facts.amount < 10000 || approvals.exists(a, a.basis == basis.callback)'}

# Checks that are on at the start. What is not named here is off, or part of the protocol.
controls:
  verify-partials: on
  proof-of-possession: on
  feldman-check: on
  echo-broadcast: on
  sealed-transport: on
  decision-log: on
  bind-payload: off
  independent-verification: off
  one-time-approvals: off
# 0 records nothing, 1 loud acts, 2 subtle acts too, with signals.
logging: {shares: 1, rounds: 1, policy: 2, output: 1, transcript: 1}

# What is asked of the table. A list is a pool from which the seed deals one.
requests:
  payroll:
    opens: 1
    due: 3
    by: Payroll office
    title: wages of the week
    amount: 8000
    to: staff accounts
  invoice:
    opens: 2
    due: ${due}
    by: Purchasing
    title: [new racks, spare parts]
    amount: 24000
    to: [acme-supplies, northwind-gmbh]
  # opens: 0 means that nobody asks for it, unless the attackers submit it.
  refund:
    opens: 0
    due: ${turns}
    by: Customer care
    title: returned deposit
    amount: 900
    to: customer-2207
    required: false
    legitimate: false

# What may be true. The seed deals one world; --world NAME forces one. Each world should look like the others at first.
worlds:
  honest:
    summary: Nobody attacked. The new software was a patch, and the invoice was really changed by who sent it.
    deal: |
      world: patch party=${second.id} turn=1
      world: requote invoice by=500 turn=${Math.min(3, turns)}
    # What a bot does as the attackers. Here nothing, and that is meant.
    playbook: []
  swapped:
    summary: Somebody was on the coordinator, and sent other bytes to sign than it displayed.
    deal: |
      world: way-in at=coordinator
      world: patch party=${first.id} turn=1
    playbook:
      - when: invoice.open && !frozen
        do: "attackers: swap-payload invoice"
      - when: turn >= 3 && !frozen
        do: "attackers: submit refund"
  insider:
    summary: The machine of ${first.id} was theirs from the start. They came for its share, and then for the next.
    deal: |
      world: way-in at=${first.id}
      world: nightly-copy party=${last.id} turn=1
    playbook:
${plunder(parties.slice(0, threshold))}
${
	place === undefined
		? ''
		: `  open-safe:
    summary: Somebody had a key to ${place}, where backups lie.
    deal: |
      world: way-in at=${place}
      world: patch party=${second.id} turn=1
    playbook:
${stored
	.filter(({backup}) => backup === place)
	.map(({id}) => `      - do: "attackers: steal-backup party=${id}"`)
	.join('\n')}
`
}
# What the table is told, and when: \`at\` a turn, or \`when\` something holds. \`do\` are moves at no cost.
injects:
  - at: 1
    from: operations
    text: >-
      Welcome. The key is made, and nobody has it. Look before you approve: what is displayed, what a device would sign,
      and who really asked are three different things.
  - at: 3
    from: a provider
    text: "The machine of {${last.id}} does not answer. Planned maintenance; it is back next turn."
    do: "world: maintenance party=${last.id} turns=1"
  - when: turn >= 3 && invoice.open && !invoice.signed
    from: "{invoice.by}"
    text: The supplier calls every hour. It is only a signature. Can you not just approve it?
    ask:
      by: ${turns}
      text: What did you need to see before you approved, and who could have shown it?

attackers:
  goal: Make the vault pay your account.
  account: [harbour-holdings, blue-finch-ltd]
operators:
  goal: Serve every request that is really wanted by its deadline, and let nothing else leave.

# What each side wants, judged at the end.
objectives:
  operators:
    payroll in time: payroll.signed_at > 0 && payroll.signed_at <= payroll.due
    nothing else leaves: outputs.all(o, o.authorised)
    the key stays shared: stolen < threshold
  attackers:
    one payment of ours: outputs.exists(o, !o.authorised && o.final)

# For the briefing: what players should know of each layer here.
layers:
  business: Somebody wants a payment. Who asks, and is it them?
  protocol: Shares sign together, and no machine ever has the key.
  network: The coordinator relays and displays. It is trusted to show, not to know.
  storage: Each share lies on one machine${place === undefined ? '' : ', and backups lie elsewhere'}.

# For the debrief.
questions:
  - Which approval could have known better, and what would it have cost?
  - Who may freeze, and who may recover?
  - Which line of evidence changed your mind, and which one misled you?

# What must stay true of this file: lines as in a moves file, and \`turn N\` plays on. A side without a line is idle.
tests:
${testsOf(setup, options).map(testText).join('\n')}
`;
}
