/** The one path of authority: five stations from shares to transcript, and the two short cuts that attackers look for. */
import type {SeatView, Station, StationView} from '../../engine/view.js';
import {cell, clipped, type Line, span} from '../lines.js';
import {pad, widthOf} from '../text.js';
import type {Role, Theme} from '../theme.js';

const names: Readonly<Record<string, string>> = {
	shares: 'SHARES',
	rounds: 'ROUNDS',
	policy: 'POLICY',
	output: 'OUTPUT',
	transcript: 'TRANSCRIPT',
};
const stateRoles: Readonly<Record<StationView['state'], Role>> = {quiet: 'plain', active: 'info', alert: 'bad'};

export interface PathProps {
	readonly stations: SeatView['stations'];
	readonly shortcuts: SeatView['shortcuts'];
	/** Whether this seat knows what is logged. */
	readonly hasLevels: boolean;
	/** During a ceremony: the station that authority has come to. It stands in brackets, with lit arrows up to it. */
	readonly reached?: Station | undefined;
	/** A sentence in the place of the short cuts. */
	readonly said?: string | undefined;
	readonly width: number;
	readonly theme: Theme;
}

/** A station's name with its sign: `!` asks for attention, so that colour is not the only one to say it. */
function nameOf(station: StationView, reached?: Station): string {
	const name = names[station.station] ?? station.station.toUpperCase();
	const marked = station.station === reached ? `[${name}]` : name;
	return station.state === 'alert' ? `${marked} !` : marked;
}

/** Whether authority has passed from the station at `index` to the next. */
function hasPassed(stations: SeatView['stations'], reached: Station | undefined, index: number): boolean {
	return index < stations.findIndex(({station}) => station === reached);
}

/** A verdict is coloured as what it is; its word says so too. */
const verdictRole = (text = ''): Role | undefined => (/^ALLOW/.test(text) ? 'good' : /^(DENY|STOPPED)/.test(text) ? 'bad' : undefined);

const known = (words: string): string => words || 'not known here';

/** Four rows: names, two lines of each, and the short cuts in words. */
export function narrowPath({stations, shortcuts, reached, said, width, theme}: PathProps): readonly Line[] {
	const column = Math.floor((width - 1) / Math.max(1, stations.length));
	const title: Line = [
		' ',
		...stations.flatMap((station, index) => [
			span(pad(nameOf(station, reached), column - 3), stateRoles[station.state] === 'plain' ? 'strong' : stateRoles[station.state]),
			index === stations.length - 1
				? ''
				: hasPassed(stations, reached, index)
					? span(`${theme.glyphs.litArrow} `, 'info')
					: span(`${theme.glyphs.arrow} `, 'dim'),
		]),
	];
	const row = (index: number): Line => [
		' ',
		...stations.map(station => cell(station.lines[index] ?? '', column, verdictRole(station.lines[index]))),
	];
	const past = `past the policy: ${known(shortcuts.pastPolicy)}`;
	const unrecorded = `no record: ${known(shortcuts.noRecord)}`;
	const last: Line = said === undefined ? [' ', span('short cuts', 'dim'), `  ${past}`, '   ', unrecorded] : [' ', span(said, 'dim')];
	return [title, row(0), row(1), last].map(line => clipped(line, width));
}

/** Eight rows: five boxes with arrows between, and below them the short cuts drawn from where they leave to where they arrive. */
export function widePath({stations, shortcuts, hasLevels, reached, width, theme}: PathProps): readonly Line[] {
	const {glyphs} = theme;
	const gap = 4;
	const inner = Math.max(14, Math.floor((width - 4 - gap * (stations.length - 1)) / stations.length) - 4);
	const box = inner + 4;
	const [topLeft, topRight, bottomLeft, bottomRight] = glyphs.corners;
	const between = (middle: boolean, index: number) => {
		if (!middle) return span(' '.repeat(gap));
		return hasPassed(stations, reached, index) ? span(` ${glyphs.longLitArrow}`, 'info') : span(` ${glyphs.longArrow}`, 'dim');
	};
	const row = (middle: boolean, draw: (station: StationView) => Line): Line => [
		'  ',
		...stations.flatMap((station, index) => [...draw(station), ...(index < stations.length - 1 ? [between(middle, index)] : [])]),
	];
	const frame = (station: StationView): Role => (station.state === 'alert' ? 'bad' : station.station === reached ? 'info' : 'dim');
	const edge = (station: StationView, left: string, right: string): Line => [
		span(left + glyphs.rule.repeat(inner + 2) + right, frame(station)),
	];
	const inside = (station: StationView, text: string, role?: Role): Line => [
		span(`${glyphs.bar} `, frame(station)),
		cell(text, inner + 1, role),
		span(glyphs.bar, frame(station)),
	];
	const titled = (station: StationView): Line => {
		const log = hasLevels ? `log ${station.logging}` : '';
		const name = nameOf(station, reached);
		const room = inner - widthOf(name) - log.length;
		return room < 1
			? inside(station, name, stateRoles[station.state])
			: [
					span(`${glyphs.bar} `, frame(station)),
					span(name, station.state === 'quiet' ? 'strong' : stateRoles[station.state]),
					' '.repeat(room),
					span(log, 'dim'),
					span(` ${glyphs.bar}`, frame(station)),
				];
	};
	const centre = (index: number): number => 2 + index * (box + gap) + Math.floor(box / 2);
	return [
		row(false, station => edge(station, topLeft, topRight)),
		row(false, titled),
		row(true, station => inside(station, station.lines[0] ?? '', verdictRole(station.lines[0]))),
		row(false, station => inside(station, station.lines[1] ?? '')),
		row(false, station => edge(station, bottomLeft, bottomRight)),
		...shortcutRows(theme, centre, shortcuts),
	].map(line => clipped(line, width));
}

/** ROUNDS to OUTPUT runs past the policy; POLICY to TRANSCRIPT leaves a decision with nothing behind it. */
function shortcutRows(theme: Theme, centre: (index: number) => number, shortcuts: SeatView['shortcuts']): readonly Line[] {
	const {dotted, dottedBar, up} = theme.glyphs;
	const run = (from: number, to: number, words: string): string => {
		const room = to - from - 1;
		const said = ` ${pad(words, Math.min(widthOf(words), room - 4))} `;
		const left = Math.floor((room - widthOf(said)) / 2);
		return dotted.repeat(left) + said + dotted.repeat(room - left - widthOf(said));
	};
	const [rounds, policy, output, transcript] = [centre(1), centre(2), centre(3), centre(4)];
	const place = (marks: ReadonlyArray<readonly [number, string]>): Line => {
		let line = '';
		for (const [column, mark] of marks) line += ' '.repeat(Math.max(0, column - widthOf(line))) + mark;
		return [span(line, 'dim')];
	};
	return [
		place([
			[rounds, dottedBar],
			[policy, dottedBar],
			[output, up],
			[transcript, up],
		]),
		place([
			[rounds, `${dottedBar}${run(rounds, output, `past the policy: ${known(shortcuts.pastPolicy)}`)}${dottedBar}`],
			[transcript, dottedBar],
		]),
		place([[policy, `${dottedBar}${run(policy, transcript, `no record: ${known(shortcuts.noRecord)}`)}${dottedBar}`]]),
	];
}
