/**
 * The one table of keys: in each context, which key gives which command, and in what words. Footers and the help screen are made from
 * it, so they can't differ from what the keys do. What becomes of it, with settings and in texts, is in keymap.ts.
 */
export type Command =
	| 'up'
	| 'down'
	| 'page-up'
	| 'page-down'
	| 'first'
	| 'last'
	| 'next-pane'
	| 'previous-pane'
	| 'do'
	| 'back'
	| 'help'
	| 'quit'
	| 'leave'
	| 'switch-side'
	| 'pause'
	| 'settings'
	| 'play'
	| 'faster'
	| 'slower'
	| 'next-turn'
	| 'previous-turn'
	| 'seat'
	| 'again'
	| 'sit-operators'
	| 'sit-attackers'
	| 'keygen'
	| 'why'
	| 'take-back'
	| 'note'
	| 'hint'
	| 'end-turn'
	| 'views'
	| 'all-moves'
	| 'more-letters'
	| 'find'
	| 'prompt'
	| 'older'
	| 'newer'
	| 'pick'
	| 'toggle'
	| 'rule'
	| 'next'
	| 'previous'
	| 'skip'
	| 'full'
	| 'picture'
	| 'complete'
	| 'left'
	| 'right'
	| 'erase'
	| 'erase-forward'
	| 'erase-word'
	| 'erase-line'
	| 'cards'
	| 'warm-up'
	| 'speaker'
	| `view-${ViewName}`;

/** What a seat can look at on a screen of its own. */
export type ViewName =
	| 'board'
	| 'requests'
	| 'parties'
	| 'policy'
	| 'evidence'
	| 'protocol'
	| 'exposure'
	| 'transcript'
	| 'notes'
	| 'messages'
	| 'inbox'
	| 'controls'
	| 'outputs'
	| 'loot'
	| 'briefing';

export interface Binding {
	readonly command: Command;
	readonly keys: readonly string[];
	readonly words: string;
	/** Where the footer has room for it; a binding without it is found in the help. */
	readonly footer?: 'always' | 'wide';
}

const motion: readonly Binding[] = [
	{command: 'up', keys: ['up', 'k'], words: 'one up'},
	{command: 'down', keys: ['down', 'j'], words: 'one down'},
	{command: 'page-up', keys: ['pageup'], words: 'a page up'},
	{command: 'page-down', keys: ['pagedown'], words: 'a page down'},
	{command: 'first', keys: ['home'], words: 'to the top'},
	{command: 'last', keys: ['end'], words: 'to the bottom'},
];

/** Ctrl-C leaves from anywhere; `?` explains wherever no text is typed. */
const leave: Binding = {command: 'leave', keys: ['ctrl+c'], words: 'leave: press it twice'};
const help: Binding = {command: 'help', keys: ['?'], words: 'help', footer: 'always'};
const settings: Binding = {command: 'settings', keys: [','], words: 'settings', footer: 'wide'};
const back: Binding = {command: 'back', keys: ['esc', 'left', 'h'], words: 'back', footer: 'always'};
const escapeOnly: Binding = {command: 'back', keys: ['esc'], words: 'back', footer: 'always'};
const quit: Binding = {command: 'quit', keys: ['q'], words: 'quit', footer: 'always'};
const digits: Binding = {command: 'pick', keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'], words: 'pick this party'};

const views: readonly Binding[] = [
	{command: 'view-board', keys: ['B'], words: 'board'},
	{command: 'view-requests', keys: ['R'], words: 'requests'},
	{command: 'view-parties', keys: ['P'], words: 'parties'},
	{command: 'view-policy', keys: ['D'], words: 'policy, decisions'},
	{command: 'view-evidence', keys: ['E'], words: 'evidence, logging'},
	{command: 'view-protocol', keys: ['S'], words: 'protocol, states'},
	{command: 'view-exposure', keys: ['X'], words: 'exposure of shares'},
	{command: 'view-transcript', keys: ['T'], words: 'transcript'},
	{command: 'view-notes', keys: ['N'], words: 'notes, moves made'},
	{command: 'view-messages', keys: ['M'], words: 'messages'},
	{command: 'view-inbox', keys: ['I'], words: 'inbox'},
	{command: 'view-controls', keys: ['C'], words: 'controls'},
	{command: 'view-outputs', keys: ['O'], words: 'joint outputs'},
	{command: 'view-loot', keys: ['L'], words: 'what attackers hold'},
	{command: 'view-briefing', keys: ['G'], words: 'goal and briefing'},
];

const editing: readonly Binding[] = [
	{command: 'left', keys: ['left'], words: 'one character left'},
	{command: 'right', keys: ['right'], words: 'one character right'},
	{command: 'first', keys: ['home', 'ctrl+a'], words: 'to the start of the line'},
	{command: 'last', keys: ['end', 'ctrl+e'], words: 'to the end of the line'},
	{command: 'erase', keys: ['backspace'], words: 'erase the character before'},
	{command: 'erase-forward', keys: ['delete', 'ctrl+d'], words: 'erase the character under the cursor'},
	{command: 'erase-word', keys: ['ctrl+w'], words: 'erase the word before'},
	{command: 'erase-line', keys: ['ctrl+u'], words: 'erase the line'},
];

export const keymap = {
	title: [
		{command: 'do', keys: ['enter', 'space', 'right', 'l'], words: 'choose', footer: 'always'},
		...motion,
		{...settings, footer: 'always'},
		quit,
		help,
		leave,
	],
	scenarios: [
		{command: 'do', keys: ['enter', 'space', 'right', 'l'], words: 'play', footer: 'always'},
		{command: 'switch-side', keys: ['a'], words: 'other side, or both', footer: 'always'},
		...motion,
		back,
		quit,
		help,
		leave,
	],
	saves: [
		{command: 'do', keys: ['enter', 'space', 'right', 'l'], words: 'go on with it', footer: 'always'},
		...motion,
		back,
		quit,
		help,
		leave,
	],
	reports: [{command: 'do', keys: ['enter', 'space', 'right', 'l'], words: 'read', footer: 'always'}, ...motion, back, quit, help, leave],
	opening: [leave],
	briefing: [
		{command: 'do', keys: ['enter', 'space'], words: 'begin', footer: 'always'},
		...motion,
		{command: 'keygen', keys: ['c'], words: 'how the key was made', footer: 'always'},
		settings,
		quit,
		help,
		leave,
	],
	paused: [{command: 'do', keys: ['enter', 'ctrl+p'], words: 'go on', footer: 'always'}, quit, help, leave],
	replay: [
		{command: 'next', keys: ['right', 'enter', 'l'], words: 'next move', footer: 'always'},
		{command: 'previous', keys: ['left', 'h', 'b'], words: 'back', footer: 'always'},
		{command: 'next-turn', keys: [']'], words: 'next turn'},
		{command: 'previous-turn', keys: ['['], words: 'turn before'},
		{command: 'down', keys: ['down', 'j'], words: 'one line on'},
		{command: 'up', keys: ['up', 'k'], words: 'one line back'},
		{command: 'first', keys: ['home'], words: 'to the start'},
		{command: 'last', keys: ['end'], words: 'to the end'},
		{command: 'again', keys: ['a'], words: 'try again', footer: 'always'},
		{command: 'play', keys: ['space', 'p'], words: 'play', footer: 'always'},
		{command: 'faster', keys: ['+'], words: 'faster'},
		{command: 'slower', keys: ['-'], words: 'slower'},
		{command: 'find', keys: [':', '/'], words: 'go to', footer: 'always'},
		{command: 'seat', keys: ['s'], words: 'seat', footer: 'always'},
		{command: 'page-up', keys: ['pageup'], words: "facilitator's page up"},
		{command: 'page-down', keys: ['pagedown'], words: "facilitator's page down"},
		{command: 'views', keys: ['V'], words: 'views', footer: 'wide'},
		...views,
		quit,
		help,
		leave,
	],
	goTo: [{command: 'do', keys: ['enter'], words: 'go there', footer: 'always'}, ...editing, escapeOnly, leave],
	handOver: [
		{command: 'sit-attackers', keys: ['a'], words: 'attackers sit down', footer: 'always'},
		{command: 'sit-operators', keys: ['o'], words: 'operators sit down', footer: 'always'},
		quit,
		help,
		leave,
	],
	board: [
		{command: 'do', keys: ['enter'], words: 'do', footer: 'always'},
		{command: 'next-pane', keys: ['tab', 'right'], words: 'pane', footer: 'always'},
		{command: 'previous-pane', keys: ['shift+tab', 'left'], words: 'pane before'},
		...motion,
		digits,
		{command: 'why', keys: ['='], words: 'why', footer: 'always'},
		{command: 'take-back', keys: ['u'], words: 'take back', footer: 'always'},
		{command: 'views', keys: ['V'], words: 'views', footer: 'always'},
		{command: 'note', keys: ['n'], words: 'note', footer: 'wide'},
		{command: 'hint', keys: ['h'], words: 'hint', footer: 'wide'},
		{command: 'speaker', keys: ['@'], words: 'who speaks, in a drill'},
		{command: 'pause', keys: ['ctrl+p'], words: 'pause'},
		{command: 'end-turn', keys: ['e'], words: 'end turn', footer: 'always'},
		{command: 'all-moves', keys: ['m'], words: 'all moves by station', footer: 'wide'},
		{command: 'find', keys: ['/'], words: 'find a move', footer: 'wide'},
		{command: 'more-letters', keys: [';'], words: 'and a letter: moves that have two keys'},
		{command: 'prompt', keys: [':'], words: 'type a move', footer: 'wide'},
		{command: 'older', keys: ['['], words: 'older ceremony'},
		{command: 'newer', keys: [']'], words: 'newer ceremony'},
		...views,
		{command: 'back', keys: ['esc'], words: 'let go of the pick'},
		settings,
		quit,
		help,
		leave,
	],
	prompt: [
		{command: 'do', keys: ['enter'], words: 'do', footer: 'always'},
		{command: 'complete', keys: ['tab'], words: 'complete', footer: 'always'},
		{command: 'up', keys: ['up'], words: 'earlier lines', footer: 'always'},
		{command: 'down', keys: ['down'], words: 'later lines'},
		...editing,
		escapeOnly,
		leave,
	],
	note: [
		{command: 'do', keys: ['enter'], words: 'put on record', footer: 'always'},
		{command: 'complete', keys: ['tab'], words: 'suspect somebody', footer: 'always'},
		...editing,
		escapeOnly,
		leave,
	],
	choose: [
		{command: 'do', keys: ['enter'], words: 'take', footer: 'always'},
		{command: 'toggle', keys: ['space'], words: 'mark', footer: 'always'},
		...motion,
		digits,
		escapeOnly,
		help,
		leave,
	],
	approve: [
		{command: 'do', keys: ['enter'], words: 'approve', footer: 'always'},
		...motion,
		digits,
		{command: 'why', keys: ['='], words: 'hashes', footer: 'always'},
		{command: 'rule', keys: ['r'], words: 'policy decisions', footer: 'always'},
		{command: 'prompt', keys: [':'], words: 'type a move', footer: 'wide'},
		escapeOnly,
		help,
		leave,
	],
	resolve: [
		{command: 'next', keys: ['space', 'down', 'j', 'right', 'l'], words: 'next', footer: 'always'},
		{command: 'previous', keys: ['b', 'up', 'k', 'left', 'h'], words: 'back', footer: 'always'},
		{command: 'why', keys: ['='], words: 'full numbers', footer: 'always'},
		{command: 'skip', keys: ['s', 'end'], words: 'skip to the end', footer: 'always'},
		{command: 'older', keys: ['['], words: 'older ceremony'},
		{command: 'newer', keys: [']'], words: 'newer ceremony'},
		{command: 'do', keys: ['enter'], words: 'go on', footer: 'always'},
		{command: 'back', keys: ['esc'], words: 'to the board'},
		help,
		leave,
	],
	equation: [
		{command: 'previous', keys: ['left', 'h', '['], words: 'equation before'},
		{command: 'next', keys: ['right', 'l', ']'], words: 'next equation', footer: 'always'},
		{command: 'full', keys: ['f'], words: 'full numbers', footer: 'always'},
		{command: 'picture', keys: ['p'], words: 'picture', footer: 'always'},
		...motion,
		{command: 'back', keys: ['esc', 'enter', '='], words: 'back', footer: 'always'},
		help,
		leave,
	],
	reader: [
		...motion.filter(({command}) => command !== 'page-down' && command !== 'page-up'),
		{command: 'page-down', keys: ['pagedown', 'space', 'f'], words: 'page', footer: 'always'},
		{command: 'page-up', keys: ['pageup', 'b'], words: 'page back', footer: 'always'},
		{command: 'previous', keys: ['['], words: 'section before', footer: 'wide'},
		{command: 'next', keys: [']'], words: 'next section', footer: 'always'},
		{command: 'back', keys: ['esc', 'q', 'enter', 'left', 'h'], words: 'back', footer: 'always'},
		help,
		leave,
	],
	pane: [
		{command: 'do', keys: ['enter'], words: 'open', footer: 'always'},
		...motion,
		{command: 'why', keys: ['='], words: 'why', footer: 'always'},
		{command: 'note', keys: ['n'], words: 'write a note', footer: 'always'},
		{command: 'views', keys: ['V'], words: 'views', footer: 'always'},
		...views,
		{command: 'back', keys: ['esc', 'q', 'left', 'h'], words: 'back', footer: 'always'},
		help,
		leave,
	],
	views: [
		{command: 'do', keys: ['enter'], words: 'look', footer: 'always'},
		...motion,
		...views,
		{command: 'back', keys: ['esc', 'q', 'left', 'h', 'V'], words: 'back', footer: 'always'},
		help,
		leave,
	],
	moves: [
		{command: 'do', keys: ['enter'], words: 'take it to the board', footer: 'always'},
		...motion,
		{command: 'find', keys: ['/'], words: 'find', footer: 'always'},
		{command: 'why', keys: ['='], words: 'why', footer: 'always'},
		{command: 'back', keys: ['esc', 'm', 'q', 'left', 'h'], words: 'back', footer: 'always'},
		help,
		leave,
	],
	find: [
		{command: 'do', keys: ['enter'], words: 'take it to the board', footer: 'always'},
		{command: 'up', keys: ['up'], words: 'one up'},
		{command: 'down', keys: ['down'], words: 'one down'},
		...editing,
		escapeOnly,
		leave,
	],
	endTurn: [
		{command: 'do', keys: ['enter', 'e', 'y'], words: 'end the turn', footer: 'always'},
		...motion,
		{command: 'back', keys: ['esc', 'n', 'left', 'h'], words: 'back to the board', footer: 'always'},
		help,
		leave,
	],
	turn: [
		{command: 'do', keys: ['enter', 'space', 'esc', 'q'], words: 'to the board', footer: 'always'},
		...motion,
		{command: 'note', keys: ['n'], words: 'note', footer: 'always'},
		{command: 'why', keys: ['='], words: 'equations', footer: 'always'},
		help,
		leave,
	],
	confirm: [
		{command: 'do', keys: ['enter', 'y'], words: 'do it', footer: 'always'},
		...motion,
		{command: 'prompt', keys: [':'], words: 'change the line', footer: 'always'},
		{command: 'back', keys: ['esc', 'n'], words: 'back', footer: 'always'},
		help,
		leave,
	],
	hotWash: [
		{command: 'do', keys: ['enter'], words: 'put on record; an empty line goes on', footer: 'always'},
		{command: 'speaker', keys: ['tab'], words: 'who speaks', footer: 'always'},
		...editing,
		{command: 'back', keys: ['esc'], words: 'skip', footer: 'always'},
		leave,
	],
	drill: [
		{command: 'do', keys: ['enter'], words: 'put down; an empty line goes on', footer: 'always'},
		...editing,
		{command: 'back', keys: ['esc'], words: 'step before', footer: 'always'},
		leave,
	],
	drillReady: [
		{command: 'do', keys: ['enter'], words: 'start', footer: 'always'},
		{command: 'warm-up', keys: ['w'], words: 'warm up', footer: 'always'},
		{command: 'cards', keys: ['c'], words: 'role cards', footer: 'always'},
		...motion,
		{command: 'back', keys: ['esc'], words: 'step before', footer: 'always'},
		help,
		leave,
	],
	speaker: [{command: 'do', keys: ['enter'], words: 'speaks', footer: 'always'}, ...motion, digits, escapeOnly, help, leave],
	beliefs: [
		{command: 'do', keys: ['enter'], words: 'put on record; an empty line passes', footer: 'always'},
		...editing,
		{command: 'back', keys: ['esc'], words: 'back to the board', footer: 'always'},
		leave,
	],
	facilitatorAsk: [{command: 'do', keys: ['enter'], words: 'open', footer: 'always'}, escapeOnly, leave],
	facilitator: [
		{command: 'do', keys: ['enter'], words: 'choose', footer: 'always'},
		...motion,
		{command: 'back', keys: ['esc'], words: 'back to the table', footer: 'always'},
		help,
		leave,
	],
	facilitatorLine: [
		{command: 'do', keys: ['enter'], words: 'do it, on record', footer: 'always'},
		{command: 'complete', keys: ['tab'], words: 'complete', footer: 'always'},
		...editing,
		escapeOnly,
		leave,
	],
	quit: [
		{command: 'do', keys: ['enter', 'y', 'q'], words: 'leave', footer: 'always'},
		{command: 'back', keys: ['esc', 'n'], words: 'stay', footer: 'always'},
		leave,
	],
	settings: [
		{command: 'next', keys: ['right', 'l', 'enter', 'space'], words: 'next value', footer: 'always'},
		{command: 'previous', keys: ['left', 'h'], words: 'value before', footer: 'always'},
		...motion,
		{command: 'back', keys: ['esc', 'q', ','], words: 'back', footer: 'always'},
		help,
		leave,
	],
	keys: [
		{command: 'do', keys: ['enter', 'space'], words: 'give it another key', footer: 'always'},
		{command: 'erase', keys: ['backspace', 'delete'], words: 'its first key again', footer: 'always'},
		...motion,
		{command: 'back', keys: ['esc', 'q', 'left', 'h'], words: 'back', footer: 'always'},
		help,
		leave,
	],
	newKey: [escapeOnly, leave],
	help: [...motion, {command: 'back', keys: ['esc', '?', 'q', 'enter', 'left', 'h'], words: 'back', footer: 'always'}, leave],
} as const satisfies Record<string, readonly Binding[]>;
