/** Commands that play: what there is to say to them. */
import {Argument, type Command, Option} from 'commander';
import {type Done, example, inLines} from './arguments-shared.js';
import type {PlayOptions} from './play.js';
import type {ReplayOptions} from './replay.js';
import type {RunOptions} from './run.js';

const dealt = (command: Command): Command =>
	command
		.option('--seed <text>', 'any text; the same seed deals the same game (default: 256 random bits)')
		.option('--world <world>', 'play in this world instead of the one that the seed deals')
		.addOption(new Option('--suite <name>', 'group and signature scheme').choices(['ed25519', 'secp256k1']))
		.option('--notary <file>', 'a private key in PEM that signs the finished game (default: the key of this machine)');

const recorded = 'record what is shown as an asciicast (version 2), with whatever the seats see';

export function addGames(root: Command, done: Done): void {
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
		.addHelpText('after', '\nquorum-call verbs lists what a move can be.')
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
		.command('verbs')
		.description('list the verbs of moves: how each is written, its price and what it does')
		.addArgument(new Argument('[side]', 'whose').choices(['operators', 'attackers', 'table']))
		.action(async (side?: string) => done((await import('./verbs.js')).verbs(side)));

	root
		.command('saves')
		.description('list the games of this machine')
		.action(async () => done(await (await import('./saves.js')).listGames()));
}
