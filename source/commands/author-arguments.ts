/** Commands for those who write scenarios and host drills. */
import {type Command, Option} from 'commander';
import {collect, type Done, example} from './arguments-shared.js';
import type {EvalOptions} from './eval.js';
import type {ExposureOptions} from './exposure.js';
import type {GraphOptions} from './graph.js';
import type {NewOptions} from './new.js';
import type {PacketOptions} from './packet.js';
import type {PlaytestOptions} from './playtest.js';
import type {TestOptions} from './test.js';
import type {WatchOptions} from './watch.js';

export function addAuthors(root: Command, done: Done): void {
	root
		.command('check <files...>')
		.description('say what is wrong with scenario files')
		.option('--json', 'one JSON document on stdout')
		.action(async (files: string[], options: {json?: boolean}) => done((await import('./check.js')).check(files, options)));

	root
		.command('new <name>')
		.description("write a scenario file to start from, for a team's own vault: asks, or takes what the options say")
		.addOption(
			new Option('--template <name>', 'a whole drill with comments, or the shortest playable file')
				.choices(['drill', 'short'])
				.default('drill'),
		)
		.option('--title <text>', 'its title')
		.option('--parties <list>', 'ID:DOMAIN:PLACE for each, commas between them; PLACE is where a backup lies')
		.option('--custodian <party=name>', 'who answers for a party; may be given again', collect)
		.option('--coordinator <custodian:domain>', 'who answers for the coordinator, and who administers it')
		.option('--threshold <number>', 'how many must sign (default: more than half)')
		.option('--policy <rule>', 'a rule, or "name: rule"; may be given again', collect)
		.option('--turns <number>', 'how many turns are played')
		.option('--minutes <number>', "the table's clock")
		.option('--out <file>', 'the file to write (default: NAME.yaml)')
		.option('--force', 'replace a file that is there')
		.addHelpText('after', example('quorum-call new our-vault --parties ada:bank-a:safe-a,ben:bank-b,chi:provider --threshold 2'))
		.action(async (name: string, options: NewOptions) => done(await (await import('./new.js')).newScenario(name, options)));

	root
		.command('packet <scenario>')
		.description('what a drill needs on paper, as Markdown: agenda, briefing, seat cards, feedback form, and the guides')
		.option('--out <folder>', 'where to write it (default: ID-packet)')
		.option('--minutes <number>', "how long the session is (default: so that the turns have the scenario's minutes)")
		.option('--roster <file>', 'who sits where: a line "SEAT: NAME, FUNCTION" for each')
		.addOption(new Option('--single <part>', 'one document on stdout or in --out instead of a folder').choices(['players', 'all']))
		.option('--force', 'replace files that are there')
		.addHelpText('after', example('quorum-call packet first-light --minutes 45', 'quorum-call packet first-light --single players'))
		.action(async (scenario: string, options: PacketOptions) => done((await import('./packet.js')).packet(scenario, options)));

	root
		.command('exposure <file>')
		.description('who can reach the key, stop it, or change the policy: the smallest sets, for a scenario or a save')
		.option('--save <file>', 'a game of this scenario: who has which share now')
		.option('--epoch <number>', 'of a save: as it was when this generation of shares was last in force')
		.option('--world <name>', 'of a scenario: what this world gives the attackers is taken for fallen')
		.option('--json', 'one JSON document on stdout')
		.addHelpText('after', example('quorum-call exposure first-light'))
		.action(async (file: string, options: ExposureOptions) => done((await import('./exposure.js')).exposure(file, options)));

	root
		.command('test <files...>')
		.description('play the tests that scenario files hold')
		.option('--only <name>', 'only tests whose name holds this text')
		.addOption(new Option('--format <format>', 'for people, or TAP version 14').choices(['spec', 'tap']).default('spec'))
		.option('--json', 'one JSON document on stdout')
		.addHelpText('after', example('quorum-call test late-invoice.yaml --only "call-back"'))
		.action(async (files: string[], options: TestOptions) => done(await (await import('./test.js')).test(files, options)));

	root
		.command('playtest <scenario>')
		.description('play many games of bots against bots, and say what they show of a scenario')
		.option('--games <number>', 'how many games (default: 200)')
		.option('--seed <text>', 'any text; the same seed gives the same report')
		.option('--workers <number>', 'threads that play (default: one for each core)')
		.option('--world <name>', 'play in this world instead of those that are dealt')
		.option('--operators <bot>', 'this bot plays the operators in every game (default: a mix)')
		.option('--attackers <bot>', 'this bot plays the attackers in every game (default: a mix)')
		.option('--saves <folder>', 'save the surprising games there, on the suite of the scenario')
		.option('--json', 'one JSON document on stdout')
		.addHelpText('after', example('quorum-call playtest first-light --games 500 --saves wins'))
		.action(async (scenario: string, options: PlaytestOptions) => done(await (await import('./playtest.js')).playtest(scenario, options)));

	root
		.command('eval <file> [expression]')
		.description('the value of an expression at a turn of a played test; without one, every name and its value')
		.option(
			'--at <turn>',
			"a turn: injects and playbooks see it as it begins, all else after its moves (default: after the test's last move)",
		)
		.option('--test <name>', 'a test by its name or a part of it (default: the first, or an idle game)')
		.option('--world <world>', "another world than the test's")
		.option('--seed <text>', "another seed than the test's")
		.addOption(
			new Option('--context <context>', 'where the file would hold it')
				.choices(['objective', 'inject', 'policy', 'playbook', 'test'])
				.default('test'),
		)
		.option('--json', 'one JSON document on stdout')
		.addHelpText('after', example("quorum-call eval first-light 'vendor.open && !vendor.signed' --at 3 --context inject"))
		.action(async (file: string, expression: string | undefined, options: EvalOptions) =>
			done((await import('./eval.js')).evaluate(file, expression, options)),
		);

	root
		.command('watch <file>')
		.description('at each save of a scenario: check it, play its tests, and show the board in each world')
		.option('--test <name>', 'the test whose moves are played, by its name or a part of it (default: the first)')
		.option('--world <world>', 'show this world alone')
		.addOption(new Option('--side <side>', 'whose board is shown').choices(['operators', 'attackers']).default('operators'))
		.addHelpText('after', example('quorum-call watch late-invoice.yaml --world swapped'))
		.action(async (file: string, options: WatchOptions) => done(await (await import('./watch.js')).watch(file, options)));

	root
		.command('schema')
		.description('the JSON Schema of scenario files, for editors')
		.action(async () => done((await import('./schema.js')).schema()));

	root
		.command('graph <what>')
		.description(
			'draw a scenario (with spoilers), a rule machine (protocol, party, request, exercise), or what stops which attack (attacks)',
		)
		.addOption(
			new Option(
				'--format <format>',
				'text for a drawing program, or a picture (default: mermaid; attacks: text on a terminal, else md)',
			).choices(['mermaid', 'md', 'dot', 'svg', 'json', 'text']),
		)
		.option('--world <world>', 'of a scenario: draw this world alone')
		.option('--out <file>', 'write to a file instead of stdout')
		.addHelpText(
			'after',
			example('quorum-call graph first-light --world liar --format svg --out liar.svg', 'quorum-call graph protocol --format dot'),
		)
		.action(async (what: string, options: GraphOptions) => done(await (await import('./graph.js')).graph(what, options)));
}
