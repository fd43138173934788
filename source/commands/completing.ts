/** What could come next on a command line: from the commands' own definitions, and from what there is on this machine. */
import type {Argument, Command, Option} from 'commander';

export interface Candidate {
	readonly value: string;
	readonly about: string;
}

export interface Completions {
	readonly candidates: readonly Candidate[];
	/** The shell may offer files besides them. */
	readonly files: boolean;
}

/** What can't be read from the definitions. `positionals` are the words of the line that are no options, in order. */
export interface Surroundings {
	scenarios(): readonly Candidate[];
	saves(): readonly Candidate[];
	worlds(positionals: readonly string[]): readonly Candidate[];
	bots(side: string): readonly Candidate[];
	/** Names of preferences; with a name, its values. */
	preferences(name?: string): readonly Candidate[];
	/** What `graph` draws besides scenarios. */
	drawings(): readonly Candidate[];
}

const nothing: Completions = {candidates: [], files: false};
const files: Completions = {candidates: [], files: true};

/**
 * Completes the last of some words.
 * @param root the program
 * @param line the words after the program's name; the last one is being typed and may be empty. Bash gives an equals sign as a word of its own.
 */
export function completionsOf(root: Command, line: readonly string[], surroundings: Surroundings): Completions {
	const words = line.flatMap((word, index) =>
		word !== '=' || !line[index - 1]?.startsWith('--') ? [word] : index === line.length - 1 ? [''] : [],
	);
	const current = words.at(-1) ?? '';
	const positionals: string[] = [];
	const given = new Set<string>();
	let command = root;
	let waiting: Option | undefined;
	let isOptionsEnded = false;
	for (const word of words.slice(0, -1)) {
		if (waiting) {
			waiting = undefined;
		} else if (word === '--') {
			isOptionsEnded = true;
		} else if (word.startsWith('-') && !isOptionsEnded) {
			const [name = '', value] = word.split('=', 2);
			const option = optionOf(root, command, name);
			if (option) given.add(option.name());
			if (option && takesValue(option) && value === undefined) waiting = option;
		} else if (command === root) {
			const found = root.commands.find(each => each.name() === word);
			if (!found) return nothing;
			command = found;
		} else positionals.push(word);
	}
	const starts = (prefix: string, {candidates, files: isFile}: Completions): Completions => ({
		candidates: candidates.filter(({value}) => value.startsWith(prefix)),
		files: isFile,
	});
	if (waiting) return starts(current, valuesOf(waiting, positionals, surroundings));
	const equals = current.indexOf('=');
	if (current.startsWith('--') && equals > 0 && !isOptionsEnded) {
		const head = current.slice(0, equals + 1);
		const option = optionOf(root, command, current.slice(0, equals));
		if (!option) return nothing;
		const found = starts(current.slice(equals + 1), valuesOf(option, positionals, surroundings));
		return {...found, candidates: found.candidates.map(each => ({...each, value: `${head}${each.value}`}))};
	}
	if (current.startsWith('-') && !isOptionsEnded) {
		const help = root.createHelp();
		const options = [...help.visibleOptions(command), ...(command === root ? [] : root.options.filter(({long}) => long !== '--version'))];
		const candidates = options
			.filter(option => option.long && (!given.has(option.name()) || option.name() === 'scenarios'))
			.map(option => ({value: option.long!, about: option.description}));
		return starts(current, {candidates, files: false});
	}
	if (command === root) {
		const candidates = root
			.createHelp()
			.visibleCommands(root)
			.map(each => ({value: each.name(), about: each.description()}));
		return starts(current, {candidates, files: false});
	}
	const all = command.registeredArguments;
	const argument = all[positionals.length] ?? (all.at(-1)?.variadic ? all.at(-1) : undefined);
	return argument ? starts(current, wordsOf(argument, positionals, surroundings)) : nothing;
}

const takesValue = (option: Option): boolean => option.required || option.optional;

function optionOf(root: Command, command: Command, name: string): Option | undefined {
	return [...command.options, ...root.options].find(({long, short}) => long === name || short === name);
}

const plain = (values: readonly string[]): Completions => ({candidates: values.map(value => ({value, about: ''})), files: false});

/** Values of an option, by its choices, its name, or what its placeholder is called. */
function valuesOf(option: Option, positionals: readonly string[], {worlds, bots}: Surroundings): Completions {
	if (option.argChoices) return plain(option.argChoices);
	const name = option.name();
	if (name === 'world') return {candidates: worlds(positionals), files: false};
	if (name === 'operators' || name === 'attackers') return {candidates: bots(name), files: false};
	return /[<[](file|folder|save|dir|directory)[\]>]/.test(option.flags) ? files : nothing;
}

/** Words of an argument, by its choices or by its name. */
function wordsOf(argument: Argument, positionals: readonly string[], surroundings: Surroundings): Completions {
	if (argument.argChoices) return plain(argument.argChoices);
	switch (argument.name()) {
		case 'scenario':
		case 'file':
		case 'files':
			return {candidates: surroundings.scenarios(), files: true};
		case 'what':
			return {candidates: [...surroundings.drawings(), ...surroundings.scenarios()], files: true};
		case 'save':
			return {candidates: surroundings.saves(), files: true};
		case 'key':
			return {candidates: surroundings.preferences(), files: false};
		case 'value': {
			const candidates = surroundings.preferences(positionals[0]);
			return {candidates, files: candidates.length === 0};
		}
		default:
			return nothing;
	}
}
