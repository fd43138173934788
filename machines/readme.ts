// The text of README.md in this folder, made from the machines and their vocabulary.

import {type MachineName, vocabulary} from './events.js';
import {machines} from './index.js';
import {toMermaid} from './mermaid.js';

const texts: Readonly<Record<MachineName, string>> = {
	exercise: `The course of an exercise: briefing, turns of five phases, hot wash, closed. A pause keeps the phase in its own states, because a
state value is all that is stepped. A move is refused outside its side's phase, and where it costs more points than the side has.`,
	request: `The way of a request along the five stations. \`approved\` says that the custodians claim enough; \`released\` and \`held\` come only after
\`deciding\`, where the policy allows or denies. Each state's \`meta.station\` names the station at which the request is.`,
	party: `One party in four regions that do not depend on each other: whether it answers, what share it holds, whether nonces are outstanding,
and how far it is trusted. A removed party never comes back and receives no share; an old share that it kept is still a share.`,
	protocol: `The life of a key. The top states are the key states of NIST SP 800-57 part 1 section 7; inside \`active\` each ceremony's rounds, acks and
aborts are states. Every ceremony ends with its \`completed\` or \`aborted\` event, and an abort leaves the epoch and the mode that were there before it began.
Old shares are erased only when the last ack is in (or acks are waived), and from then on there is no abort.
A frozen or compromised key signs nothing; what is left for a compromised key is rotation and destruction.`,
};

/** The whole README, Markdown with one Mermaid picture a machine. */
export function readme(): string {
	const names = Object.keys(machines) as MachineName[];
	return `<!-- Made from the machines by \`npm run machines\`; a test fails when it is not up to date. -->
# Rule machines

The machines say which mode something is in and what may happen next. The code in \`source\` decides what is true, puts it in an
event as a fact (a boolean), and the machines branch on facts: they have no context, no actions and no clock. Machines import \`xstate\` and
each other, and nothing of \`source\`; \`source/engine/step.ts\` is the one file that steps them.

\`events.ts\` is the vocabulary, \`ceremonies.ts\` holds the rounds of the ceremonies inside \`protocol\`, \`index.ts\` has the machines by
name, \`mermaid.ts\` draws the pictures below. In a picture, \`[isX]\` is the guard; an arrow between two boxes names the states inside
them, as in \`(idle to frozen.idle)\`.

${names.map(section).join('\n')}`;
}

function section(name: MachineName): string {
	const rows = Object.entries(vocabulary[name]).map(([type, {says, facts}]) => {
		const meanings = Object.entries(facts as Readonly<Record<string, string>>).map(([fact, meaning]) => `\`${fact}\`: ${meaning}`);
		return [`\`${type}\``, says, meanings.join('<br/>')];
	});
	return `## ${name}

${texts[name]}

${table(['event', 'says', 'facts'], rows)}

\`\`\`mermaid
${toMermaid(machines[name])}
\`\`\`
`;
}

/** A Markdown table with its columns in line, as the formatter leaves it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const widths = head.map((title, column) => Math.max(title.length, ...rows.map(row => row[column]!.length)));
	const rule = widths.map(width => '-'.repeat(width));
	return [head, rule, ...rows].map(row => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`).join('\n');
}
