/** The report of a playtest as plain text of at most 80 columns. */

import type {Outcomes, PlaytestReport} from '../playtest/report.js';
import type {Rate} from '../playtest/wilson.js';
import {clean, wrap} from '../report/plain-text.js';

const width = 80;
const bars = 30;

const percent = (share: number) => `${Math.round(100 * share)} %`;
const games = (count: number) => `${count} ${count === 1 ? 'game' : 'games'}`;

/** "45 % (38-52)": the share and its 95 % interval. */
function rateWords({share, low, high, of}: Rate): string {
	return of === 0 ? '-' : `${percent(share)} (${Math.round(100 * low)}-${Math.round(100 * high)})`;
}

function bar(part: number, whole: number, length = bars): string {
	const filled = whole === 0 ? 0 : Math.round((length * part) / whole);
	return '#'.repeat(part > 0 ? Math.max(1, filled) : 0);
}

const columns = (...cells: readonly (readonly [text: string, width: number])[]) =>
	cells
		.map(([text, size]) => (size < 0 ? text.padStart(-size) : text.padEnd(size)))
		.join(' ')
		.trimEnd();

function outcomeLine(name: string, {games: played, operators, attackers, neither}: Outcomes): string {
	return columns(
		[name.length > 28 ? `${name.slice(0, 27)}…` : name, 28],
		[String(played), -5],
		[` ${rateWords(operators)}`, 15],
		[rateWords(attackers), 14],
		[rateWords(neither), 14],
	);
}

function winners({outcomes, worlds, pairs}: PlaytestReport): string[] {
	return [
		columns(['WHO WON', 28], ['games', -5], [' operators', 15], ['attackers', 14], ['neither', 14]),
		outcomeLine('all games', outcomes),
		...worlds.map(({world, ...won}) => outcomeLine(`  world ${world}`, won)),
		...pairs.map(({bots, ...won}) => outcomeLine(`  ${bots.operators} against ${bots.attackers}`, won)),
		'In brackets the 95 % interval of each share (Wilson), in percent.',
	];
}

function turns({turns, games: all}: PlaytestReport): string[] {
	const most = Math.max(1, ...turns.map(each => each.games));
	return [
		'TURNS   games',
		...turns.map(({turns: count, games: played}) =>
			columns([String(count), -5], [String(played), -7], [` ${bar(played, most)}`, bars + 1], [percent(played / Math.max(1, all)), -5]),
		),
	];
}

function scores({scores}: PlaytestReport): string[] {
	return [
		columns(['SCORES', 12], ['mean', -5], ['spread', -7], ['lowest', -7], ['highest', -8]),
		...scores.map(({station, mean, spread, lowest, highest}) =>
			columns(
				[station, 12],
				[String(Math.round(mean)), -5],
				[String(Math.round(spread)), -7],
				[String(lowest), -7],
				[String(highest), -8],
				[`  ${bar(mean, 100)}`, bars + 2],
			),
		),
	];
}

function moves({moves}: PlaytestReport): string[] {
	return [
		columns(['MOVES', 30], ['offered', -8], ['chosen', -8], ['  its side won with it', 24]),
		...moves.map(({side, verb, offered, chosen, wonWith}) =>
			columns([`${side} ${verb}`, 30], [String(offered), -8], [String(chosen), -8], [`  ${rateWords(wonWith)}`, 24]),
		),
		'Offered: turns in which such a move was legal when the side began or ended it.',
	];
}

function injects({injects}: PlaytestReport): string[] {
	if (injects.length === 0) return [];
	return [
		columns(['INJECTS', 46], ['fired', -7], ['could', -7]),
		...injects.map(({number, when, fired, of}) => {
			const name = clean(`${number}  ${when}`);
			return columns([name.length > 46 ? `${name.slice(0, 45)}…` : name, 46], [String(fired), -7], [String(of), -7]);
		}),
	];
}

function unseen({neverEntered}: PlaytestReport): string[] {
	const machines = neverEntered.filter(({states}) => states.length > 0);
	if (machines.length === 0) return ['STATES', 'Every state of every rule machine was entered.'];
	return ['STATES never entered', ...machines.flatMap(({machine, states}) => wrap(states.join(', '), width, `${machine}: `, '  '))];
}

function decisions({decisions: {all, forced, places}}: PlaytestReport): string[] {
	const worst = places.slice(0, 3).map(({side, turn, forced: times}) => `${side} in turn ${turn} (${times})`);
	const where = worst.length > 0 ? ` Most often: ${worst.join(', ')}.` : '';
	return ['DECISIONS', ...wrap(`${forced} of ${all} turns of a side began with one legal move only: to end the turn.${where}`, width)];
}

function surprising({surprising}: PlaytestReport, saves: ReadonlyMap<number, string>): string[] {
	if (surprising.length === 0) return ['SURPRISING WINS', 'None: the stronger bot won every game that somebody won.'];
	return [
		'SURPRISING WINS, the shortest first: the weaker bot won',
		...surprising.flatMap(({index, seed, world, operators, attackers, winner, turns, why}) => [
			...wrap(`${operators} against ${attackers} in world ${world}: the ${winner} won in ${turns} turns. ${clean(why)}`, width, '- ', '  '),
			`  ${saves.get(index) ?? `seed ${clean(seed)}`}`,
		]),
	];
}

/**
 * The whole report.
 * @param saves by game: where it was saved
 */
export function playtestText(report: PlaytestReport, saves: ReadonlyMap<number, string>): string {
	const {scenario, seed, asked, games: played, complete, note, findings, world} = report;
	const head = `${clean(scenario.title)}: ${complete ? games(played) : `${played} of ${games(asked)}, interrupted`}, seed "${clean(seed)}"${world === undefined ? '' : `, world ${world}`}`;
	const sections = [
		[...wrap(head, width), ...wrap(note, width)],
		winners(report),
		turns(report),
		scores(report),
		moves(report),
		injects(report),
		decisions(report),
		unseen(report),
		surprising(report, saves),
		['FINDINGS', ...(findings.length > 0 ? findings.flatMap(each => wrap(clean(each), width, '- ', '  ')) : ['None.'])],
	];
	return sections
		.filter(lines => lines.length > 0)
		.map(lines => lines.join('\n'))
		.join('\n\n');
}
