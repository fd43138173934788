/** Commands about saves of finished games: check them, read them, compare them, sign them. */
import {type Command, Option} from 'commander';
import {type Done, example} from './arguments-shared.js';
import type {CompareOptions} from './compare.js';
import type {DebriefOptions} from './debrief.js';
import type {NotaryOptions} from './notary.js';
import type {TranscriptOptions} from './reports.js';
import type {TakeHomeOptions} from './take-home.js';
import type {VerifyOptions} from './verify.js';

export function addRecords(root: Command, done: Done): void {
	root
		.command('verify <save>')
		.description('check chain, re-execution and joint outputs of a save, or of the copy of a seat')
		.option('--head <hex>', 'a head that somebody wrote down; some entry must have it')
		.option('--signer <key>', 'the notary that must have signed: its public key or fingerprint')
		.option('--timestamp <file>', 'what a time stamping authority (RFC 3161) answered for a head of this save')
		.option('--tsa-cert <file>', 'certificates in PEM that vouch for that authority')
		.option('--unfinished', 'accept a game that is not closed yet')
		.option('--json', 'one JSON document on stdout')
		.action(async (save: string, options: VerifyOptions) => done(await (await import('./verify.js')).verify(save, options)));

	root
		.command('transcript <save>')
		.description('the audit transcript of a game')
		.addOption(
			new Option('--seat <seat>', 'only what this seat may read')
				.choices(['facilitator', 'operators', 'attackers', 'public'])
				.default('facilitator', 'facilitator, who reads every line'),
		)
		.option('--redacted <file>', "write the seat's own copy of the save instead: verify accepts it, and withheld lines stay sealed")
		.addOption(new Option('--format <format>', 'Markdown or JSON lines').choices(['md', 'jsonl']).default('md'))
		.option('--out <file>', 'write to a file instead of stdout')
		.action(async (save: string, options: TranscriptOptions) => done((await import('./reports.js')).transcript(save, options)));

	root
		.command('debrief <save>')
		.description('the debrief of a game: outcome, causes, evidence, and what would have happened otherwise')
		.addOption(
			new Option('--format <format>', 'Markdown, one HTML file, the model as JSON, or one page of text')
				.choices(['md', 'html', 'json', 'text'])
				.default('md'),
		)
		.option('--out <file>', 'write to a file instead of stdout')
		.option(
			'--declared <file>',
			'what people declare beside the journal, instead of SAVE.declared.json: participants, ratings, answers, owners',
		)
		.option('--hotwash', 'ask the questions of the hot wash now; answers are kept in SAVE.declared.json, with by whom and when')
		.option('--redact', 'replace names of people, parties, domains and places, and leave out what people wrote')
		.option('--force', 'also of a save that does not verify; the debrief says so on top')
		.addHelpText('after', example('quorum-call debrief saves/examples/lost-on-display.jsonl --format html --out debrief.html'))
		.action(async (save: string, {hotwash = false, ...options}: DebriefOptions & {readonly hotwash?: boolean}) =>
			done(hotwash ? await (await import('./hot-wash.js')).hotWash(save) : await (await import('./debrief.js')).debrief(save, options)),
		);

	root
		.command('compare <saves...>')
		.description('games of one scenario side by side, by several teams or over months: outcome, scores, times, what each lost by')
		.addOption(new Option('--format <format>', 'a table, Markdown or JSON').choices(['text', 'md', 'json']).default('text'))
		.option('--force', 'compare saves that do not verify and games of different scenarios too; they are marked')
		.option('--out <file>', 'write to a file instead of stdout')
		.addHelpText(
			'after',
			example('quorum-call compare saves/march.jsonl saves/june.jsonl', 'quorum-call compare saves/*.jsonl --format md --out teams.md'),
		)
		.action(async (saves: string[], options: CompareOptions) => done(await (await import('./compare.js')).compare(saves, options)));

	root
		.command('take-home <save>')
		.description('files to take home from a game: a negative test, an incident plan for one participant, and a signal to alert on')
		.option('--out <folder>', 'where to write them (default: ID-take-home)')
		.option('--party <party>', 'whose compromise the plan is about (default: the one of this game)')
		.option('--force', 'replace files that are there')
		.option('--json', 'one JSON document on stdout')
		.addHelpText('after', example('quorum-call take-home saves/friday.jsonl --out friday', 'quorum-call test friday/negative-test.yaml'))
		.action(async (save: string, options: TakeHomeOptions) => done(await (await import('./take-home.js')).takeHome(save, options)));

	root
		.command('notary')
		.description('the key of this machine that signs finished games: its public key, and the notaries that are known by name')
		.option('--name <name>', 'what it calls itself from now on')
		.option('--know <key>', 'the public key of another notary, to be known here')
		.option('--as <name>', 'the name under which it is known')
		.option('--sign <save>', 'sign a finished game that has no signature yet')
		.option('--attest <save>', 'print the text that whoever took part can sign with a key of their own')
		.option('--notary <file>', 'a private key in PEM instead of the one of this machine')
		.option('--json', 'one JSON document on stdout')
		.addHelpText(
			'after',
			example(
				'quorum-call notary --name "Security, Bank A"',
				'quorum-call notary --attest SAVE | ssh-keygen -Y sign -f ~/.ssh/id_ed25519 -n quorum-call > SAVE.sig',
			),
		)
		.action(async (options: NotaryOptions) => done((await import('./notary.js')).notary(options)));
}
