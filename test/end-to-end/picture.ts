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

/** The visible screen as an SVG document. */
export function svgOf(terminal: xterm.Terminal): string {
	const {active} = terminal.buffer;
	const width = Math.ceil(terminal.cols * cell.width) + 16;
	const height = terminal.rows * cell.height + 16;
	const parts = [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
		`<rect width="100%" height="100%" fill="${background}"/>`,
		`<g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="${cell.size}" xml:space="preserve">`,
	];
	for (let row = 0; row < terminal.rows; row++) {
		const line = active.getLine(active.baseY + row);
		for (let column = 0; line && column < terminal.cols; column++) {
			const shown = line.getCell(column);
			const text = shown?.getChars() ?? '';
			if (!shown) continue;
			const isInverse = shown.isInverse() !== 0;
			const back = colourOf(shown, isInverse ? 'foreground' : 'background');
			const x = (8 + column * cell.width).toFixed(2);
			if (back !== background)
				parts.push(
					`<rect x="${x}" y="${8 + row * cell.height}" width="${(cell.width * Math.max(1, shown.getWidth())).toFixed(2)}" height="${cell.height}" fill="${back}"/>`,
				);
			if (text.trim() === '') continue;
			const fill = colourOf(shown, isInverse ? 'background' : 'foreground');
			parts.push(
				`<text x="${x}" y="${8 + row * cell.height + 14}" fill="${fill}"${shown.isBold() ? ' font-weight="bold"' : ''}${shown.isDim() ? ' fill-opacity="0.55"' : ''}>${escapeXml(text)}</text>`,
			);
		}
	}
	parts.push('</g></svg>');
	return parts.join('\n');
}

/** The visible screen as PNG bytes. */
export function pngOf(terminal: xterm.Terminal): Uint8Array {
	return new Resvg(svgOf(terminal), {font: {loadSystemFonts: true, defaultFontFamily: 'DejaVu Sans Mono'}}).render().asPng();
}
