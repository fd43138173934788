/**
 * A scenario file to start from, for a team's own vault: from who holds what to the commented text of a file that checks, tests and plays.
 * Text in, text out; whoever writes it to a disk has it checked first.
 */
import type {Setup, StarterParty} from './starter-setup.js';
import {type StarterPlan, testsOf, testText} from './starter-tests.js';
import {expressionText, quoted} from './starter-yaml.js';

export interface StarterOptions extends StarterPlan {
	/** Where the schema lies, as the first line names it. */
	readonly schema: string;
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
