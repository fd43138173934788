/** Equations with this game's numbers: both sides, and whether they are equal. */
import type {EquationView, LootView} from '../../engine/view.js';
import {cell, clipped, heading, type Line, span} from '../lines.js';
import {shortHex, widthOf, wrap} from '../text.js';
import type {Theme} from '../theme.js';

/** The two sides of a formula as words: "z3*G" and "D3 + rho3*E3"; where it isn't one equation, left and right. */
export function sidesOf(equation: string): readonly [string, string] {
	const sides = equation.split(' = ');
	return sides.length === 2 && sides[0] !== undefined && sides[1] !== undefined
		? [sides[0].trim(), sides[1].trim()]
		: ['left side', 'right side'];
}

export function verdictOf(equation: EquationView): string {
	return equation.holds ? 'EQUAL' : 'NOT EQUAL';
}

/** Two rows and a verdict, with shortened numbers: for panes. */
export function shortEquation(equation: EquationView, width: number): readonly Line[] {
	const [left, right] = sidesOf(equation.equation);
	const room = Math.min(Math.max(widthOf(left), widthOf(right)) + 2, width - 22);
	const row = (formula: string, value: string): Line => [`   ${formula.padEnd(room)}`, '= ', span(shortHex(value), 'strong')];
	return [
		row(left, equation.left),
		row(right, equation.right),
		[' '.repeat(room + 5), span(verdictOf(equation), equation.holds ? 'good' : 'bad')],
	].map(line => clipped(line, width));
}

/** The same with every digit. */
export function fullEquation(equation: EquationView, width: number): readonly Line[] {
	const [left, right] = sidesOf(equation.equation);
	const side = (formula: string, value: string): Line[] => [
		[`   ${formula}`],
		...(value.match(/.{1,64}/gu) ?? ['']).map((text): Line => ['     ', span(text, 'strong')]),
	];
	return [
		...side(left, equation.left),
		...side(right, equation.right),
		['     ', span(verdictOf(equation), equation.holds ? 'good' : 'bad')] as Line,
	].map(line => clipped(line, width));
}

/** The shares that an interpolation had, and those it left out, for whoever holds them. */
export function capturedLines(equation: EquationView, loot: LootView, width: number, theme: Theme): readonly Line[] {
	if (equation.picture?.kind !== 'polynomial' || equation.name !== 'reconstruction') return [];
	const {known} = equation.picture;
	const isUsed = ({index, epoch}: LootView['shares'][number]) => known.some(each => each.index === index && each.epoch === epoch);
	const row = (share: LootView['shares'][number], left: boolean): Line => [
		span(left ? ' - ' : ' + ', left ? 'dim' : 'bad'),
		cell(`s${share.index}`, 5, 'strong'),
		cell(`${share.party} epoch ${share.epoch}`, 18),
		cell(`t${share.turn}`, 5, 'dim'),
		span(shortHex(share.share, 8), left ? 'dim' : 'strong'),
		span(left ? '   left out: another epoch is another curve' : `   ${share.how}`, 'dim'),
	];
	return [
		[],
		heading(theme, 'Captured', width, {right: `${known.length} used`}),
		...loot.shares.filter(isUsed).map(share => row(share, false)),
		...loot.shares.filter(share => !isUsed(share)).map(share => row(share, true)),
	].map(line => clipped(line, width));
}

/** Everything about one equation; `isFull` shows all digits; where a key does, `fullKey` is its name. */
export function equationLines(
	equation: EquationView,
	options: {readonly width: number; readonly isFull: boolean; readonly theme: Theme; readonly fullKey?: string},
): readonly Line[] {
	const {width, isFull, theme, fullKey} = options;
	const [left, right] = sidesOf(equation.equation);
	const room = Math.max(14, Math.min(Math.max(widthOf(left), widthOf(right)) + 3, width - 24));
	const value = (hex: string): readonly string[] => (isFull ? (hex.match(/.{1,64}/gu) ?? ['']) : [shortHex(hex, 8)]);
	const side = (formula: string, hex: string): Line[] => {
		const lines = value(hex);
		if (isFull) return [[`   ${formula}`], ...lines.map((text): Line => ['     ', span(text, 'strong')])];
		return [[`   ${formula.padEnd(room)}= `, span(lines[0] ?? '', 'strong')]];
	};
	return [
		heading(theme, 'Equation', width, {right: equation.name}),
		...wrap(equation.equation, width - 4).map((line): Line => ['   ', span(line, 'info')]),
		[],
		heading(theme, 'With the numbers of this game', width, {right: isFull ? 'all digits' : fullKey ? `${fullKey} all digits` : ''}),
		...side(left, equation.left),
		...(isFull ? [[] as Line] : []),
		...side(right, equation.right),
		[' '.repeat(isFull ? 5 : room + 5), span(verdictOf(equation), equation.holds ? 'good' : 'bad')],
		[],
		heading(theme, 'What it means', width),
		...wrap(equation.meaning, width - 4).map((line): Line => ['   ', span(line)]),
	].map(line => clipped(line, width));
}
