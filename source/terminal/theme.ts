/**
 * Colours and glyphs by meaning. Views name a role, never a colour; every role also has a word or a sign on screen, so nothing hangs
 * on colour. Glyphs have the same width in both sets, so columns do not move between ASCII and Unicode.
 *
 * A theme paints by itself instead of through chalk, whose colour level is one for the whole process: several seats on one server
 * may want different themes.
 */

/** What a piece of text is. */
export type Role = 'plain' | 'dim' | 'strong' | 'heading' | 'focus' | 'good' | 'warn' | 'bad' | 'info' | 'chosen' | 'caret';

export interface Glyphs {
	readonly rule: string;
	readonly bar: string;
	readonly teeRight: string;
	readonly teeDown: string;
	readonly teeUp: string;
	readonly corners: readonly [string, string, string, string];
	readonly arrow: string;
	readonly longArrow: string;
	/** Arrows that authority has passed. */
	readonly litArrow: string;
	readonly longLitArrow: string;
	readonly dotted: string;
	readonly dottedBar: string;
	readonly up: string;
	readonly full: string;
	readonly empty: string;
	readonly bullet: string;
}

/** Opening and closing SGR codes of a role. */
type Style = readonly [open: string, close: string];

export interface Theme {
	readonly name: string;
	readonly glyphs: Glyphs;
	readonly styles: Readonly<Partial<Record<Role, Style>>>;
}

const ascii: Glyphs = {
	rule: '-',
	bar: '|',
	teeRight: '|',
	teeDown: '+',
	teeUp: '+',
	corners: ['+', '+', '+', '+'],
	arrow: '->',
	longArrow: '-->',
	litArrow: '=>',
	longLitArrow: '==>',
	dotted: '.',
	dottedBar: ':',
	up: '^',
	full: '#',
	empty: '.',
	bullet: '-',
};

const unicode: Glyphs = {
	rule: '─',
	bar: '│',
	teeRight: '├',
	teeDown: '┬',
	teeUp: '┴',
	corners: ['┌', '┐', '└', '┘'],
	arrow: '─▸',
	longArrow: '──▸',
	litArrow: '═▸',
	longLitArrow: '══▸',
	dotted: '┈',
	dottedBar: '┊',
	up: '▴',
	full: '█',
	empty: '░',
	bullet: '•',
};

const sgr = (open: string, close: string): Style => [`\u001b[${open}m`, `\u001b[${close}m`];
const bold = sgr('1', '22');
const faint = sgr('2', '22');
const inverse = sgr('7', '27');

const palettes = {
	/** The terminal's own sixteen colours: whatever the user chose stays readable. Cyan against red, never green against red. */
	sixteen: {
		dim: faint,
		strong: bold,
		heading: bold,
		focus: sgr('1;36', '22;39'),
		good: sgr('36', '39'),
		warn: sgr('33', '39'),
		bad: sgr('1;31', '22;39'),
		info: sgr('94', '39'),
		chosen: bold,
		caret: inverse,
	},
	/** Okabe and Ito's palette (2002), which colour-blind readers tell apart. Needs a terminal with 24-bit colour. */
	'okabe-ito': {
		dim: faint,
		strong: bold,
		heading: bold,
		focus: sgr('1;38;2;86;180;233', '22;39'),
		good: sgr('38;2;86;180;233', '39'),
		warn: sgr('38;2;230;159;0', '39'),
		bad: sgr('1;38;2;213;94;0', '22;39'),
		info: sgr('38;2;204;121;167', '39'),
		chosen: bold,
		caret: inverse,
	},
	/** The nearest of 256 colours, where a terminal has no more. */
	'okabe-ito-256': {
		dim: faint,
		strong: bold,
		heading: bold,
		focus: sgr('1;38;5;74', '22;39'),
		good: sgr('38;5;74', '39'),
		warn: sgr('38;5;214', '39'),
		bad: sgr('1;38;5;166', '22;39'),
		info: sgr('38;5;175', '39'),
		chosen: bold,
		caret: inverse,
	},
	/** Nothing faint: what matters is bright, and what is selected or bad stands out in reverse. */
	'high-contrast': {
		strong: bold,
		heading: sgr('1;4', '22;24'),
		focus: sgr('1;7', '22;27'),
		good: sgr('1;96', '22;39'),
		warn: sgr('1;93', '22;39'),
		bad: sgr('1;97;41', '22;39;49'),
		info: sgr('1;97', '22;39'),
		chosen: sgr('1;4', '22;24'),
		caret: inverse,
	},
	/** No hue at all: weight only. */
	mono: {dim: faint, strong: bold, heading: bold, focus: bold, bad: bold, chosen: bold, caret: inverse},
	/** NO_COLOR: nothing but the text cursor, which has to be seen somewhere. */
	none: {caret: inverse},
} satisfies Record<string, Partial<Record<Role, Style>>>;

export type Palette = keyof typeof palettes;

const themes = new Map<string, Theme>();

/** The theme of a palette and a set of glyphs; the same object for the same choice. */
export function themeOf(palette: Palette, isAscii: boolean): Theme {
	const name = `${palette}${isAscii ? ' ascii' : ''}`;
	let theme = themes.get(name);
	if (!theme) {
		theme = {name, glyphs: isAscii ? ascii : unicode, styles: palettes[palette]};
		themes.set(name, theme);
	}
	return theme;
}

export function paint(theme: Theme, role: Role | undefined, text: string): string {
	const style = role && theme.styles[role];
	return style && text !== '' ? style[0] + text + style[1] : text;
}
