/** Pictures of a screen: from the terminal's cells to SVG, and to PNG, for the README and for looking at screens. */
import {Resvg} from '@resvg/resvg-js';
import type xterm from '@xterm/headless';

const palette = [
	'#1c1f26',
	'#e0565b',
	'#8fbf6f',
	'#e3b341',
	'#5b9bd5',
	'#c07fc9',
	'#4fb3bf',
	'#d7dae0',
	'#6b7280',
	'#ff6b6f',
	'#a8d98a',
	'#ffd166',
	'#79b8ff',
	'#dda0e6',
	'#6fd3df',
	'#ffffff',
];
const background = '#14161b';
const foreground = '#d7dae0';
const cell = {width: 8.43, height: 18, size: 14};

const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The sRGB colour of entry `index` of the 256-colour palette. */
function indexed(index: number): string {
	if (index < 16) return palette[index] ?? foreground;
	if (index >= 232) return `#${(8 + (index - 232) * 10).toString(16).padStart(2, '0').repeat(3)}`;
	const levels = [0, 95, 135, 175, 215, 255];
	const value = index - 16;
	return `#${[Math.floor(value / 36), Math.floor(value / 6) % 6, value % 6].map(step => (levels[step] ?? 0).toString(16).padStart(2, '0')).join('')}`;
}

type Cell = NonNullable<ReturnType<NonNullable<ReturnType<xterm.IBuffer['getLine']>>['getCell']>>;

function colourOf(shown: Cell, which: 'foreground' | 'background'): string {
	const isForeground = which === 'foreground';
	const value = isForeground ? shown.getFgColor() : shown.getBgColor();
	if (isForeground ? shown.isFgRGB() : shown.isBgRGB()) return `#${value.toString(16).padStart(6, '0')}`;
	if (isForeground ? shown.isFgPalette() : shown.isBgPalette()) return indexed(value);
	return isForeground ? foreground : background;
}

interface Style {
	readonly fill: string;
	readonly back: string;
	readonly isBold: boolean;
	readonly isDim: boolean;
	readonly isUnderlined: boolean;
}

function styleOf(shown: Cell): Style {
	const isInverse = shown.isInverse() !== 0;
	return {
		fill: colourOf(shown, isInverse ? 'background' : 'foreground'),
		back: colourOf(shown, isInverse ? 'foreground' : 'background'),
		isBold: shown.isBold() !== 0,
		isDim: shown.isDim() !== 0,
		isUnderlined: shown.isUnderline() !== 0,
	};
}

const isSame = (a: Style, b: Style): boolean => Object.entries(a).every(([name, value]) => b[name as keyof Style] === value);
const at = (column: number): string => (8 + column * cell.width).toFixed(2);

/** The visible screen as an SVG document: a text for each run of characters in one style, so that documents stay small and can be compared. */
export function svgOf(terminal: xterm.Terminal): string {
	const {active} = terminal.buffer;
	const width = Math.ceil(terminal.cols * cell.width) + 16;
	const height = terminal.rows * cell.height + 16;
	const parts = [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
		`<rect width="100%" height="100%" fill="${background}"/>`,
		`<g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="${cell.size}" fill="${foreground}" xml:space="preserve">`,
	];
	for (let row = 0; row < terminal.rows; row++) {
		const line = active.getLine(active.baseY + row);
		let run: {text: string; readonly start: number; readonly style: Style} | undefined;
		const flush = (end: number): void => {
			if (!run) return;
			const {start, style, text} = run;
			run = undefined;
			const y = 8 + row * cell.height;
			if (style.back !== background)
				parts.push(
					`<rect x="${at(start)}" y="${y}" width="${((end - start) * cell.width).toFixed(2)}" height="${cell.height}" fill="${style.back}"/>`,
				);
			const words = text.trimEnd();
			if (words === '') return;
			const marks = `${style.fill === foreground ? '' : ` fill="${style.fill}"`}${style.isBold ? ' font-weight="bold"' : ''}${style.isDim ? ' fill-opacity="0.55"' : ''}${style.isUnderlined ? ' text-decoration="underline"' : ''}`;
			parts.push(`<text x="${at(start)}" y="${y + 14}"${marks}>${escapeXml(words)}</text>`);
		};
		for (let column = 0; line && column < terminal.cols; column++) {
			const shown = line.getCell(column);
			if (!shown || shown.getWidth() === 0) continue;
			const text = shown.getChars() || ' ';
			const style = styleOf(shown);
			// Wide gaps and wide characters begin a run of their own: fonts differ, and columns have to stand.
			const isGap = run?.text.endsWith('  ') && text !== ' ';
			if (!run || !isSame(run.style, style) || isGap || shown.getWidth() > 1) flush(column);
			if (!run && text === ' ' && style.back === background) continue;
			run ??= {text: '', start: column, style};
			run.text += text;
			if (shown.getWidth() > 1) flush(column + shown.getWidth());
		}
		flush(terminal.cols);
	}
	parts.push('</g></svg>');
	return `${parts.join('\n')}\n`;
}

/** The visible screen as PNG bytes. */
export function pngOf(terminal: xterm.Terminal): Uint8Array {
	return new Resvg(svgOf(terminal), {font: {loadSystemFonts: true, defaultFontFamily: 'DejaVu Sans Mono'}}).render().asPng();
}
