/** The command line: what there is to say, in what words, and which file runs it. Commands are imported when they run. */
import {Argument, Command, CommanderError} from 'commander';
import program from '../../package.json' with {type: 'json'};
import {collect, type Done, example, inLines} from './arguments-shared.js';
import {addAuthors} from './author-arguments.js';
import type {Shell} from './completion.js';
import {addGames} from './game-arguments.js';
import {addRecords} from './record-arguments.js';

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

const help = `
Without a command: the title screen; without a terminal, first-light played by bots as plain text.
SCENARIO is the id of a scenario (quorum-call scenarios lists them), or the path of a file. SAVE is the path of a save.
Exit status: 0 done, 1 the check failed, 2 wrong use or unreadable input, 130 interrupted.`;

function commandLine(done: Done): Command {
	const root = new Command('quorum-call')
		.description('A terminal tabletop exercise about multi-party custody: every consequence is computed by real secret sharing.')
		.version(program.version, '--version', 'show the version')
		.helpOption('-h, --help', 'show help')
		.option('--scenarios <folder>', 'a folder with scenarios of your own, searched after the shipped ones; may be given again', collect)
		.option('--screen-reader', inLines)
		.addHelpText('after', help)
		.showSuggestionAfterError()
		.exitOverride();

	addGames(root, done);
	addRecords(root, done);

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

	addAuthors(root, done);

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
