/**
 * A game as plain text, turn by turn, for wherever there is no terminal to draw in: what the table heard, what the
 * operators did, what the ceremonies gave with the equation that decided, and at the end outcome and scores. At most 80 columns.
 */

import type {Check} from '../ceremony/api.js';
import {ceremonyName} from '../engine/ceremony-view.js';
import type {EventOf, GameEvent} from '../engine/events.js';
import type {Game} from '../engine/game.js';
import type {Ending} from '../engine/state.js';
import {bar} from './debrief-words.js';
import {equationLine, equationOf} from './equation.js';
import type {Finding} from './finding.js';
import {failedAssumptions} from './findings.js';
import {heldAssumptions} from './held-findings.js';
import {historyOf} from './history.js';
import {stationName} from './places.js';
import {listed, short, wrap} from './plain-text.js';
import {type Played, standing} from './played.js';

const columns = 80;
const rule = '-'.repeat(columns);

type Part = 'Heard' | 'Done' | 'Came of it';

/** Tells a game as it is played: give it events in order, as they come; it answers with the lines to print. */
export interface PlainTeller {
	tell(events: Iterable<GameEvent>): string[];
}

export function plainTeller(game: Game): PlainTeller {
	const ceremonies = new Map<string, EventOf<'ceremony-started'>>();
	let part: Part | '' = '';
	const say = (title: Part, text: string, mark = '   ', rest = '     '): string[] => {
		const heading = part === title ? [] : [` ${title}`];
		part = title;
		return [...heading, ...wrap(text, columns, mark, rest)];
	};

	function linesOf(event: GameEvent): string[] {
		switch (event.type) {
			case 'turn-began': {
				part = '';
				return ['', ...wrap(`${game.scenario.title}, turn ${event.turn} of ${game.scenario.turns}`, columns), rule];
			}
			case 'branched':
				return ['', ...wrap(`From here on this is branch ${event.name} of ${event.of}.`, columns)];
			case 'key-made':
				return wrap(
					`The key is made: ${event.key.threshold} of ${Object.keys(event.key.verifyingShares).length}, ${event.key.suite}, public key ${short(event.key.publicKey)}.`,
					columns,
				);
			case 'move':
				if (event.side === 'table' && event.text !== 'begin' && event.text !== 'close')
					return ['', ...wrap(`The exercise: ${event.text}`, columns)];
				return event.side === 'operators' && event.text !== 'end-turn' ? say('Done', event.text) : [];
			case 'taken-back':
				return event.side === 'operators' ? say('Done', `takes back: ${event.text}`) : [];
			case 'told':
				return event.side === 'operators' ? toldLines(event) : [];
			case 'ceremony-started':
				ceremonies.set(event.id, event);
				return [];
			case 'ceremony-ended':
				return ceremonyLines(event);
			case 'decided': {
				const {verdict, request, rule: name, reason} = event.decision;
				return say('Came of it', `policy: ${verdict.toUpperCase()} ${request} by ${name}: ${reason}`);
			}
			case 'output-made':
				return event.output.request === ''
					? []
					: say('Came of it', `${event.output.id}: signature ${short(event.output.signature)} under public key ${short(event.publicKey)}`);
			case 'output-changed':
				return event.set.state === 'final' ? say('Came of it', `${event.id} is final`) : [];
			case 'ended':
				return endLines(event.end);
			default:
				return [];
		}
	}

	function toldLines({entry}: EventOf<'told'>): string[] {
		const {kind, from, text, check} = entry;
		const isNews = ['inject', 'signal', 'statement', 'question', 'answer'].includes(kind);
		const title: Part = isNews ? 'Heard' : part === 'Done' ? 'Done' : 'Came of it';
		const indent = title === 'Done' ? '     ' : '   ';
		return [
			...say(title, `${from}: ${text}`, indent, `${indent}  `),
			...(check && title !== 'Came of it' ? equationLines(check, `${indent}  `) : []),
		];
	}

	function ceremonyLines({id, status, waitingFor, checks, blamed}: EventOf<'ceremony-ended'>): string[] {
		const started = ceremonies.get(id);
		if (!started || started.kind === 'keygen') return [];
		const waits = waitingFor.length > 0 ? `, waits for ${listed(waitingFor)}` : '';
		// The equation that decided: the one that failed, or the joint signature's own.
		const deciding = blamed[0]?.check ?? checks.find(({holds}) => !holds) ?? checks.findLast(({name}) => name === 'signature');
		return [
			...say('Came of it', `${id} ${ceremonyName(started)}, parties ${started.parties.join(', ')}: ${status}${waits}`),
			...(deciding ? equationLines(deciding, '     ') : []),
		];
	}

	return {
		tell(events) {
			const lines: string[] = [];
			for (const event of events) lines.push(...linesOf(event));
			return lines;
		},
	};
}

function equationLines(check: Check, indent: string): string[] {
	return [
		...wrap(check.equation, columns, indent, `${indent}  `),
		...wrap(equationLine(equationOf(check), ', '), columns, `${indent}  `, `${indent}    `),
	];
}

function endLines({outcome, reason, scores}: Ending): string[] {
	const words = {operators: 'The operators won', attackers: 'The attackers won', neither: 'Neither side won'}[outcome];
	return [
		'',
		'The end',
		rule,
		...wrap(`${words}: ${reason}.`, columns, ' '),
		'',
		...scores.flatMap(({station, score, because}) => [
			` ${stationName(station).padEnd(11)}${String(score).padStart(3)}  ${bar(score)}`,
			...because.flatMap(text => wrap(text, columns, '                 ', '                   ')),
		]),
	];
}

/** What decided, which world it was, and how to check: the debrief in short, once a game is over. */
export function plainDebrief(played: Played): string[] {
	const {game, state, head, save} = played;
	if (!state.end) return ['', ...wrap(`The game is unfinished: turn ${state.turn} of ${game.scenario.turns}.`, columns, ' ')];
	const history = historyOf(played);
	const failed = failedAssumptions(played, history)[0];
	const held = heldAssumptions(played, history)[0];
	const world = game.scenario.worlds[game.deal.world]?.summary ?? '';
	return [
		'',
		...(failed ? findingLines('The assumption that failed', failed) : held ? findingLines('The assumption that was tested', held) : []),
		...wrap(`World: ${game.deal.world}. ${world}`, columns, ' ', '   '),
		...wrap(`Head:  ${head}`, columns, ' ', '   '),
		...(save === undefined ? [] : wrap(`Save:  ${save}`, columns, ' ', '   ')),
	];
}

function findingLines(title: string, {assumption, boundary, turn, line, how, equations}: Finding): string[] {
	const [first] = equations;
	return [
		...wrap(`${title}: "${assumption}"`, columns, ' ', '   '),
		...wrap(`${boundary}, turn ${turn}, line ${line}: ${how}.`, columns, '   '),
		...(first ? wrap(equationLine(first, ', '), columns, '   ', '     ') : []),
		'',
	];
}

/** The whole game. Moves that were taken back are left out. The text ends with a line break. */
export function plainGame(played: Played): string {
	const teller = plainTeller(played.game);
	const lines = [...teller.tell(standing(played.entries).map(({event}) => event)), ...plainDebrief(played)];
	return `${lines.join('\n').trim()}\n`;
}
