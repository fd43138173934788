// Completion: what could come next, from the commands' own definitions, and shells asking for it.
import {execFileSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {Argument, Command, Option} from 'commander';
import {expect, test} from 'vitest';
import {completionsOf, type Surroundings} from '../../source/commands/completing.js';
import {keys, PseudoTerminal} from '../end-to-end/pseudo-terminal.js';
import {lateInvoice} from './late-invoice.js';
import {cli, place} from './program.js';

const here = place();
const words = (...values: string[]) => values.map(value => ({value, about: ''}));
const surroundings: Surroundings = {
	scenarios: () => words('first-light', 'forced-fallback'),
	saves: () => words('saves/a.jsonl'),
	worlds: positionals => words(...positionals.map(word => `${word}-world`)),
	bots: side => words(`${side}-bot`),
	preferences: name => words(...(name === undefined ? ['theme', 'scenarios'] : name === 'theme' ? ['mono'] : [])),
	drawings: () => words('party'),
};

const root = new Command('quorum-call').version('1').option('--scenarios <folder>', 'a folder');
root
	.command('run <scenario>')
	.option('--world <world>', 'a world')
	.option('--attackers <bot>', 'a bot')
	.option('--json', 'JSON')
	.option('--save <file>', 'a file');
root.command('test <files...>').addOption(new Option('--format <format>', 'how').choices(['spec', 'tap']));
root.command('verify <save>');
root.command('preferences [key] [value]');
root.command('shell').addArgument(new Argument('<shell>').choices(['bash', 'fish']));
root.command('secret', {hidden: true});

test.each<[string, string[], boolean?]>([
	['', ['run', 'test', 'verify', 'preferences', 'shell', 'help']],
	['r', ['run']],
	['nothing ', []],
	['--', ['--version', '--scenarios', '--help']],
	['run ', ['first-light', 'forced-fallback'], true],
	['run fo', ['forced-fallback'], true],
	['run --', ['--world', '--attackers', '--json', '--save', '--help', '--scenarios']],
	['run --json --j', []],
	['run first-light --world ', ['first-light-world']],
	['run --world=x first-light --attackers=', ['--attackers=attackers-bot']],
	['run first-light --attackers = att', ['attackers-bot']],
	['run first-light --attackers =', ['attackers-bot']],
	['run first-light --save ', [], true],
	['--scenarios pack run first-light --wor', ['--world']],
	['run first-light extra', []],
	['test a b --format t', ['tap']],
	['test a b ', ['first-light', 'forced-fallback'], true],
	['verify ', ['saves/a.jsonl'], true],
	['preferences ', ['theme', 'scenarios']],
	['preferences theme ', ['mono']],
	['preferences scenarios ', [], true],
	['shell b', ['bash']],
])('%j', (line, values, files = false) => {
	const found = completionsOf(root, line.split(' '), surroundings);
	expect([...found.candidates.map(({value}) => value)].sort()).toEqual([...values].sort());
	expect(found.files).toBe(files);
});

test('bash completes ids of packs, worlds of a file, and files', async () => {
	writeFileSync(here.path('late.yaml'), lateInvoice);
	const ask = (...line: string[]) =>
		`COMP_WORDS=(quorum-call ${line.map(word => `'${word}'`).join(' ')}); COMP_CWORD=${line.length}; _quorum_call; echo "\${COMPREPLY[*]}"`;
	const {stdout, stderr} = await here.shell(
		[
			'quorum-call() { $QC "$@"; }; source <(quorum-call completion bash)',
			ask('run', 'late.yaml', '--world', ''),
			ask('--scenarios', '.', 'check', 'la'),
			ask('nonsense', ''),
		].join('\n'),
	);
	expect(stderr).toBe('');
	expect(stdout).toBe('honest swapped\nlate late.yaml\n\n');
});

function run(shell: string, words: readonly string[]): string {
	return execFileSync(shell, words, {cwd: here.folder, env: here.env, encoding: 'utf8'});
}

function isInstalled(shell: string): boolean {
	try {
		run(shell, ['--version']);
		return true;
	} catch {
		return false;
	}
}

test('zsh completes on Tab, in quotes and with files behind an equals sign', async ({skip}) => {
	skip(!isInstalled('zsh'), 'zsh is not installed');
	writeFileSync(here.path('late.yaml'), lateInvoice);
	const {HOME = '', PATH = ''} = here.env;
	const shell = new PseudoTerminal('zsh', ['-f', '-i'], {cwd: here.folder, env: {HOME, PATH}});
	shell.press(`PS1='ready> '; quorum-call() { "${process.execPath}" "${cli}" "$@" }\r`);
	shell.press('autoload -U compinit && compinit -u -D; source <(quorum-call completion zsh); clear\r');
	await shell.until(/^ready>\s*$/);
	shell.press("quorum-call run 'late.yaml' --world sw", keys.tab);
	await shell.until('--world swapped');
	shell.press('--moves=la', keys.tab);
	await shell.until('--moves=late.yaml');
	shell.press(keys.ctrlC, "quorum-call check 'la", keys.tab);
	await shell.until(/check 'late/);
	shell.kill('SIGKILL');
});

test('fish completes ids of packs, worlds and files', async ({skip}) => {
	skip(!isInstalled('fish'), 'fish is not installed');
	writeFileSync(here.path('late.yaml'), lateInvoice);
	const script = [
		`function quorum-call; "${process.execPath}" "${cli}" $argv; end`,
		'quorum-call completion fish | source',
		'complete -C "quorum-call run late.yaml --world "',
		'complete -C "quorum-call --scenarios . check \'la"',
		'complete -C "quorum-call run first-light --moves=la"',
	];
	const words = run('fish', ['--no-config', '-c', script.join('\n')]).split('\n');
	expect(words.map(line => line.split('\t')[0])).toEqual(['honest', 'swapped', 'late', 'late.yaml', '--moves=late.yaml', '']);
});
