/** The command line: what there is to say, in what words, and which file runs it. Commands are imported when they run. */
import {Argument, Command, CommanderError, Option} from 'commander';
import program from '../../package.json' with {type: 'json'};
import type {CompareOptions} from './compare.js';
import type {Shell} from './completion.js';
import type {DebriefOptions} from './debrief.js';
import type {EvalOptions} from './eval.js';
import type {ExposureOptions} from './exposure.js';
import type {GraphOptions} from './graph.js';
import type {NewOptions} from './new.js';
import type {NotaryOptions} from './notary.js';
import type {PacketOptions} from './packet.js';
import type {PlayOptions} from './play.js';
import type {PlaytestOptions} from './playtest.js';
import type {ReplayOptions} from './replay.js';
import type {TranscriptOptions} from './reports.js';
import type {RunOptions} from './run.js';
import type {TakeHomeOptions} from './take-home.js';
import type {TestOptions} from './test.js';
import type {VerifyOptions} from './verify.js';
import type {WatchOptions} from './watch.js';

/**
 * Runs a command line.
 * @returns the exit status: 2 for a line that makes no sense, with a message on stderr.
 */
export async function runArguments(words: readonly string[]): Promise<number> {
	const packs = packsAlone(words.filter(word => word !== '--screen-reader'));
	if (packs) return (await import('./front.js')).front(packs, words.includes('--screen-reader'));
	let status = 0;
	const root = commandLine(found => {
		status = found;
	});
	root.hook('preAction', async () => {
		const {addPacks} = await import('./packs.js');
		addPacks(root.opts<{scenarios?: string[]}>().scenarios ?? []);
	});
	try {
		await root.parseAsync([...words], {from: 'user'});
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		// Commander has said what was wrong. Asking for help or the version is no error; help that nobody asked for is.
		return ['commander.helpDisplayed', 'commander.version'].includes(error.code) || error.exitCode === 0 ? 0 : 2;
	}
	return status;
}

/** The folders of a line that names no command, only `--scenarios FOLDER`; null for any other line. */
function packsAlone(words: readonly string[]): string[] | null {
	const folders: string[] = [];
	for (let index = 0; index < words.length; index++) {
		const word = words[index]!;
		const folder =
			word === '--scenarios' ? words[++index] : word.startsWith('--scenarios=') ? word.slice('--scenarios='.length) : undefined;
		if (folder === undefined || folder === '') return null;
		folders.push(folder);
	}
	return folders;
}

const dealt = (command: Command): Command =>
	command
		.option('--seed <text>', 'any text; the same seed deals the same game (default: 256 random bits)')
		.option('--world <world>', 'play in this world instead of the one that the seed deals')
		.addOption(new Option('--suite <name>', 'group and signature scheme').choices(['ed25519', 'secp256k1']))
		.option('--notary <file>', 'a private key in PEM that signs the finished game (default: the key of this machine)');

const example = (...lines: readonly string[]): string =>
	`\n${lines.length === 1 ? 'Example:' : 'Examples:'}\n${lines.map(line => `  ${line}`).join('\n')}`;

const inLines = 'lines to be read aloud in the place of screens: nothing is drawn, and nothing moves';

const recorded = 'record what is shown as an asciicast (version 2), with whatever the seats see';

/** Options that may be given several times. */
const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

const help = `
Without a command: the title screen; without a terminal, first-light played by bots as plain text.
SCENARIO is the id of a scenario (quorum-call scenarios lists them), or the path of a file. SAVE is the path of a save.
Exit status: 0 done, 1 the check failed, 2 wrong use or unreadable input, 130 interrupted.`;

function commandLine(done: (status: number) => void): Command {
	const root = new Command('quorum-call')
		.description('A terminal tabletop exercise about multi-party custody: every consequence is computed by real secret sharing.')
		.version(program.version, '--version', 'show the version')
		.helpOption('-h, --help', 'show help')
		.option('--scenarios <folder>', 'a folder with scenarios of your own, searched after the shipped ones; may be given again', collect)
		.option('--screen-reader', inLines)
		.addHelpText('after', help)
		.showSuggestionAfterError()
		.exitOverride();

	dealt(root.command('play [scenario]').description('play in the terminal'))
		.addOption(
			new Option('--side <side>', 'the side you play; both: two people at one keyboard')
				.choices(['operators', 'attackers', 'both'])
				.default('operators'),
		)
		.addOption(
			new Option('--layer <number>', 'how deep the briefing explains: 1 business, 2 protocol, 3 network, 4 storage (default: all)').choices(
				['1', '2', '3', '4'],
			),
		)
		.option('--drill [roster]', 'a drill of your team around this screen; the roster says who sits where, and without a file it is asked')
		.option('--minutes <number>', "of a drill: minutes on the clock (default: the scenario's)")
		.option('--rehearsal', 'of a drill: a rehearsal, in which the seed may be typed')
		.addHelpText('after', example('quorum-call play first-light', 'quorum-call play first-light --drill roster.txt --minutes 60'))
		.option('--record <file>', recorded)
		.option('--screen-reader', inLines)
		.action(async (scenario: string | undefined, options: PlayOptions) =>
			done(await (await import('./play.js')).play(scenario, {...root.opts<{screenReader?: boolean}>(), ...options})),
		);

	dealt(root.command('run <scenario>').description('play without a terminal: moves from a file or stdin, then bots'))
		.option('--moves <file>', 'a line per move: "operators: ..." or "attackers: ..."; - reads stdin')
		.option('--operators <bot>', 'who plays the operators after the moves')
		.option('--attackers <bot>', 'who plays the attackers after the moves')
		.option('--save <file>', 'the save to write (default: a new one in the folder of saves)')
		.option('--json', 'one JSON document on stdout')
		.action(async (scenario: string, options: RunOptions) => done(await (await import('./run.js')).run(scenario, options)));

	root
		.command('resume <save>')
		.description('go on with a game')
		.option('--record <file>', recorded)
		.option('--screen-reader', inLines)
		.action(async (save: string, options: {record?: string; screenReader?: boolean}) =>
			done(await (await import('./play.js')).resume(save, {...root.opts<{screenReader?: boolean}>(), ...options})),
		);

	root
		.command('replay <save>')
		.description('step through a game forward and back; without a terminal, its steps as text')
		.addOption(
			new Option('--seat <seat>', 'as this seat saw it; facilitator reads every line (default: the seat that was played)').choices([
				'operators',
				'attackers',
				'facilitator',
			]),
		)
		.option('--branch <line>', 'try again from here: write a new save that goes on after this line, and show no replay')
		.option('--record <file>', recorded)
		.addHelpText('after', example('quorum-call replay saves/first-light-3f9a1c.jsonl --seat attackers'))
		.action(async (save: string, options: ReplayOptions) => done(await (await import('./replay.js')).replay(save, options)));

	root
		.command('saves')
		.description('list the games of this machine')
		.action(async () => done(await (await import('./saves.js')).listGames()));

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
			done(hotwash ? await (await import('./hot-wash.js')).hotWash(save) : (await import('./debrief.js')).debrief(save, options)),
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
		.action(async (saves: string[], options: CompareOptions) => done((await import('./compare.js')).compare(saves, options)));

	root
		.command('take-home <save>')
		.description('files to take home from a game: a negative test, an incident plan for one participant, and a signal to alert on')
		.option('--out <folder>', 'where to write them (default: ID-take-home)')
		.option('--party <party>', 'whose compromise the plan is about (default: the one of this game)')
		.option('--force', 'replace files that are there')
		.option('--json', 'one JSON document on stdout')
		.addHelpText('after', example('quorum-call take-home saves/friday.jsonl --out friday', 'quorum-call test friday/negative-test.yaml'))
		.action(async (save: string, options: TakeHomeOptions) => done((await import('./take-home.js')).takeHome(save, options)));

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

	root
		.command('scenarios')
		.description('list the scenarios that can be named by their ids: shipped ones, and those of packs')
		.option('--json', 'one JSON document on stdout')
		.addHelpText('after', example('quorum-call scenarios --scenarios ~/incidents'))
		.action(async (options: {json?: boolean}) => done((await import('./scenarios.js')).scenarios(options)));

	root
		.command('preferences [key] [value]')
		.description('show or change what is kept of your choices on this machine')
		.option('--unset', 'forget this preference')
		.addHelpText('after', example('quorum-call preferences scenarios ~/incidents', 'quorum-call preferences scenarios --unset'))
		.action(async (key: string | undefined, value: string | undefined, options: {unset?: boolean}) =>
			done(await (await import('./set-preferences.js')).preferences(key, value, options)),
		);

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
			new Option('--format <format>', 'text for a drawing program, or a picture')
				.choices(['mermaid', 'md', 'dot', 'svg', 'json'])
				.default('mermaid'),
		)
		.option('--world <world>', 'of a scenario: draw this world alone')
		.option('--out <file>', 'write to a file instead of stdout')
		.addHelpText(
			'after',
			example('quorum-call graph first-light --world liar --format svg --out liar.svg', 'quorum-call graph protocol --format dot'),
		)
		.action(async (what: string, options: GraphOptions) => done(await (await import('./graph.js')).graph(what, options)));

	root
		.command('completion')
		.description('a script that completes lines in your shell')
		.addArgument(new Argument('<shell>', 'the shell').choices(['bash', 'zsh', 'fish']))
		.addHelpText('after', example('source <(quorum-call completion bash)', 'quorum-call completion fish | source'))
		.action(async (shell: Shell) => done((await import('./completion.js')).completion(shell)));

	root
		.command('complete [words...]', {hidden: true})
		.description('what could come next on a command line; shells ask')
		.action(async (words: string[]) => done((await import('./completion.js')).complete(root, words)));

	// Subcommands made by command() inherit exitOverride and the suggestions from the root, and say how to get help after an error.
	for (const command of root.commands) command.showHelpAfterError(`Show its options with: quorum-call ${command.name()} --help`);
	return root.showHelpAfterError('Show all commands with: quorum-call --help');
}
