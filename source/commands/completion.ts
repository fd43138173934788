/** `completion`: a script that teaches a shell to complete this program's lines; the program itself is asked what could come next. */
import type {Command} from 'commander';
import {attackerBots, operatorBots} from '../bots/index.js';
import {listSaves, savesFolder} from '../journal/saves-folder.js';
import {harmless} from '../scenario/diagnostic.js';
import {type Candidate, completionsOf, type Surroundings} from './completing.js';
import {drawn} from './graph.js';
import {print} from './output.js';
import {addPacks} from './packs.js';
import {exampleSaves, scenariosById, shown} from './paths.js';
import {type PreferenceKey, preferenceKeys} from './preferences.js';
import {checkFile} from './scenario-files.js';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

const scripts: Readonly<Record<Shell, string>> = {
	bash: `# bash completion for quorum-call. Load it with: source <(quorum-call completion bash)
_quorum_call() {
	local cur="\${COMP_WORDS[COMP_CWORD]}" value about
	[[ $cur == = ]] && cur=
	COMPREPLY=()
	while IFS=$'\\t' read -r value about; do
		if [[ $value == :files ]]; then
			compopt -o filenames 2>/dev/null
			while IFS= read -r value; do COMPREPLY+=("$value"); done < <(compgen -f -- "$cur")
		else
			COMPREPLY+=("$value")
		fi
	done < <(quorum-call complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _quorum_call quorum-call`,
	zsh: `#compdef quorum-call
# zsh completion for quorum-call. Load it with: source <(quorum-call completion zsh)
_quorum_call() {
	local -a values
	local value about with_files=0 current=\${words[CURRENT]}
	# A word in quotes is still open while it is typed.
	current=\${current#[\\'\\"]}
	while IFS=$'\\t' read -r value about; do
		if [[ $value == :files ]]; then with_files=1; else values+=("\${value//:/\\\\:}\${about:+:$about}"); fi
	done < <(quorum-call complete -- "\${(@Q)words[2,CURRENT-1]}" "$current" 2>/dev/null)
	(( \${#values} )) && _describe 'quorum-call' values
	if (( with_files )); then
		compset -P '--*='
		_files
	fi
}
if [[ \${funcstack[1]} == _quorum?call ]]; then
	_quorum_call "$@"
elif (( $+functions[compdef] )); then
	compdef _quorum_call quorum-call
else
	print -u2 'quorum-call: completion needs compinit; run this first: autoload -U compinit && compinit'
fi`,
	fish: `# fish completion for quorum-call. Load it with: quorum-call completion fish | source
function __quorum_call_complete
	set -l words (commandline -opc)
	# A word in quotes is still open while it is typed.
	set -l current (string replace --regex '^["\\']' '' -- (commandline -ct))
	for line in (quorum-call complete -- $words[2..-1] "$current" 2>/dev/null)
		if test "$line" = ':files'
			set -l option (string match --regex -- '^--[^=]*=' "$current")
			string replace --regex -- '^' "$option" (__fish_complete_path (string replace -- "$option" '' "$current"))
		else
			echo $line
		end
	end
end
complete -c quorum-call -f -a '(__quorum_call_complete)'`,
};

/** Prints the script of a shell. */
export function completion(shell: Shell): number {
	print(scripts[shell]);
	return 0;
}

const plain = (value: string): Candidate => ({value, about: ''});

const surroundings: Surroundings = {
	scenarios: () => scenariosById().map(({id, path}) => ({value: id, about: path})),
	saves: () => [...listSaves(savesFolder()).map(({path}) => shown(path)), ...exampleSaves()].map(plain),
	worlds(positionals) {
		const all = scenariosById();
		for (const word of positionals) {
			const {scenario} = checkFile(all.find(({id}) => id === word)?.path ?? word);
			if (scenario) return Object.keys(scenario.worlds).map(plain);
		}
		return [];
	},
	bots: side => Object.values(side === 'attackers' ? attackerBots : operatorBots).map(({name, about}) => ({value: name, about})),
	preferences(name) {
		if (name === undefined) return Object.entries(preferenceKeys).map(([value, {about}]) => ({value, about}));
		return Object.hasOwn(preferenceKeys, name)
			? (preferenceKeys[name as PreferenceKey].values ?? []).map(value => plain(String(value)))
			: [];
	},
	drawings: () => drawn.map(plain),
};

/** Answers a shell: a candidate a line with a tab before what it is about, and `:files` where files fit too. Never fails: a shell asked. */
export function complete(root: Command, words: readonly string[]): number {
	try {
		addPacks(words.flatMap((word, index) => (words[index - 1] === '--scenarios' ? [word] : [])));
		const found = completionsOf(root, words, surroundings);
		for (const {value, about} of found.candidates) print(`${harmless(value)}\t${harmless(about)}`);
		if (found.files) print(':files');
	} catch {
		// There is nothing to offer, and a message would land in the middle of somebody's line.
	}
	return 0;
}
