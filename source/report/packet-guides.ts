/** The two guides of a drill that players may not read: the evaluator's, and the facilitator's with everything that is going to happen. */
import {catalogue} from '../engine/catalogue.js';
import {holdsIn, type Scenario} from '../scenario/schema.js';
import {block, code, escaped, table} from './markdown.js';
import type {Packet} from './packet.js';
import {withPools} from './packet-players.js';
import {counted, listed} from './plain-text.js';

const bullets = (items: readonly string[]) => items.map(item => `- ${item}`);
const warning = '**Not for players.** This page tells what is going to happen.';
const linesOf = (moves: string) =>
	moves
		.split('\n')
		.map(line => line.trim())
		.filter(line => line !== '' && !line.startsWith('#'));

export function evaluatorGuide({scenario, slots}: Packet): string {
	const {title, turns, objectives, learn, questions, injects} = scenario;
	const asked = injects.flatMap(({ask, at, when}) =>
		ask
			? [[at === undefined ? `when ${code(when ?? '')}` : `turn ${at}`, escaped(withPools(ask.text, scenario, false)), `turn ${ask.by}`]]
			: [],
	);
	return [
		`# Evaluator's guide: ${escaped(title)}`,
		'',
		'**Not for players.** You watch and write; you help nobody and rate nobody as a person. What is rated is the plan and what it assumed.',
		'',
		'## Before the start',
		'',
		...bullets([
			'the objectives and the ratings below are agreed on, and are not changed afterwards',
			'the table has said who may freeze and who may recover; write it down: ______________',
			'the first head of the record is written down where nobody at the table can change it: ______________',
			`the session has ${counted(slots.length, 'part')}; note the clock time at which each begins`,
		]),
		'',
		'## Objectives',
		'',
		'P performed without challenges, S with some, M with major ones, U unable to be performed. The game judges the expressions by itself; the rating is yours. Empty stays "not rated".',
		'',
		...table(
			['side', 'objective', 'met when', 'P S M U', 'because (turn, line)'],
			(['operators', 'attackers'] as const).flatMap(side =>
				Object.entries(objectives[side]).map(([name, rule]) => [side, escaped(name), code(rule), '', '']),
			),
		),
		...(learn.length > 0 ? ['What the table is to learn:', '', ...bullets(learn.map(escaped)), ''] : []),
		'## What to write down, turn by turn',
		'',
		...table(
			['turn', 'what they believed', 'on what basis', 'what they decided, who said it', 'what they did not look at'],
			Array.from({length: turns}, (_, index) => [String(index + 1), '', '', '', '']),
		),
		...(asked.length > 0 ? ['## Questions that the exercise asks', '', ...table(['from', 'question', 'answer by'], asked)] : []),
		'## Communication',
		'',
		...table(
			['turn', 'who told whom', 'what', 'by whose authority'],
			[
				['', '', '', ''],
				['', '', '', ''],
				['', '', '', ''],
			],
		),
		...(questions.length > 0
			? ['## Questions for the debrief', '', ...bullets(questions.map(text => escaped(withPools(text, scenario, false)))), '']
			: []),
		'## Limits',
		'',
		'Simulated, with practice keys. It shows how people decided with what they could see; it shows nothing about production controls, and is no penetration test.',
		'',
		'Evaluator: ______________ Signature: ______________ Date: ______________',
		'',
	].join('\n');
}

/** When a request is on the table, in words, and in which worlds it is meant. */
function requestRows({requests, worlds}: Scenario): string[][] {
	const names = Object.keys(worlds);
	const inWords = (value: boolean | readonly string[]) => {
		const holds = names.filter(world => holdsIn(value, world));
		return holds.length === names.length ? 'always' : holds.length === 0 ? 'never' : holds.join(', ');
	};
	return Object.entries(requests).map(([id, {opens, due, amount, to, by, only, required, legitimate}]) => [
		id,
		opens === 0 ? 'only if attackers submit it' : `turn ${opens}${only ? ` (${only.join(', ')})` : ''}`,
		`turn ${due}`,
		`${amount.low === amount.high ? amount.low : `${amount.low} to ${amount.high}`} to ${escaped(to.join(' or '))}`,
		escaped(by.join(' or ')),
		inWords(required),
		inWords(legitimate),
	]);
}

/** A move of the file, and what it does, as the catalogue says it. */
function explained(line: string): string {
	const [, side, name] = /^(\w+):\s*([a-z-]+)/.exec(line) ?? [];
	const verb = catalogue.find(each => each.side === side && each.name === name);
	return `${code(line)}${verb ? `: ${verb.does}` : ''}`;
}

/** What stops or exposes the moves of a playbook, each said once. */
function hints(moves: readonly string[]): string[] {
	const stops = new Map<string, string>();
	for (const line of moves) {
		const name = /^attackers:\s*([a-z-]+)/.exec(line)?.[1];
		const verb = catalogue.find(each => each.side === 'attackers' && each.name === name);
		if (verb?.stoppedBy !== undefined) stops.set(verb.name, verb.stoppedBy);
	}
	return [...stops].map(([verb, stop]) => `${verb}: ${stop}`);
}

/** What monitoring can record of the moves of a world, hostile and innocent ones apart. */
function traces(moves: readonly string[], side: 'attackers' | 'world'): string[] {
	const kinds = moves.flatMap(line => {
		const name = new RegExp(`^${side}:\\s*([a-z-]+)`).exec(line)?.[1];
		const {evidence} = catalogue.find(each => each.side === side && each.name === name) ?? {};
		return evidence ? [`${evidence.kind} (${evidence.station}, level ${evidence.level}${evidence.loud ? ', loud' : ''})`] : [];
	});
	return [...new Set(kinds)];
}

function worldSection(scenario: Scenario, name: string): string[] {
	const {summary, weight, deal, playbook} = scenario.worlds[name]!;
	const total = Object.values(scenario.worlds).reduce((sum, world) => sum + world.weight, 0);
	const dealt = linesOf(deal);
	const planned = playbook.flatMap(entry => linesOf(entry.do));
	const innocent = traces(dealt, 'world');
	const hostile = traces(planned, 'attackers');
	const tests = scenario.tests.filter(test => test.world === name);
	return [
		`### ${escaped(name)}`,
		'',
		...(summary === undefined ? [] : [escaped(withPools(summary, scenario, false)), '']),
		`Dealt ${weight} time${weight === 1 ? '' : 's'} in ${total}. Force it with ${code(`--world ${name}`)}.`,
		'',
		...(dealt.length > 0
			? ['True from the start, or from a turn on:', '', ...bullets(dealt.map(explained)), '']
			: ['Nothing is wrong in it.', '']),
		...(playbook.length > 0
			? [
					"The attackers' plan, when a bot plays them:",
					'',
					...bullets(
						playbook.map(
							({when, do: lines}) => `${when === undefined ? 'at once' : `when ${code(when)}`}: ${linesOf(lines).map(code).join(', ')}`,
						),
					),
					'',
				]
			: []),
		...(hostile.length > 0 || innocent.length > 0
			? [
					'What to watch for:',
					'',
					...bullets([
						...(hostile.length > 0 ? [`traces of the attack: ${listed(hostile)}`] : []),
						...(innocent.length > 0 ? [`innocent traces that look like one: ${listed(innocent)}`] : []),
					]),
					'',
				]
			: []),
		...(planned.length > 0
			? ['Hints, if the table is stuck; each names what stops or exposes a move:', '', ...bullets(hints(planned).map(escaped)), '']
			: []),
		...tests.slice(0, 4).flatMap(({name: title, moves}) => [`A line that was tested, "${escaped(title)}":`, '', ...block(linesOf(moves))]),
	];
}

export function facilitatorGuide({scenario, slots, roster, file}: Packet): string {
	const {title, minutes, turns, incident, shuffle, injects, worlds, questions} = scenario;
	const play = slots.filter(({what}) => what.startsWith('Turn '));
	const told = injects
		.map((inject, index) => ({...inject, number: index + 1}))
		.sort((a, b) => (a.at ?? turns + 1) - (b.at ?? turns + 1))
		.map(({number, at, when, to, from, text, do: effects, worlds: only, ask}) => [
			String(number),
			at === undefined ? `when ${code(when ?? '')}` : `turn ${at}`,
			only ? only.join(', ') : 'all',
			escaped(to.join(', ')),
			Object.entries(text)
				.map(
					([world, one]) =>
						`${world === 'default' ? '' : `in ${world}: `}${from === undefined ? '' : `${escaped(withPools(from, scenario, false))}: `}${escaped(withPools(one, scenario, false))}`,
				)
				.join(' / '),
			[
				...(effects === undefined ? [] : linesOf(effects).map(code)),
				...(ask ? [`asks by turn ${ask.by}: ${escaped(withPools(ask.text, scenario, false))}`] : []),
			].join('; '),
		]);
	const person = roster.facilitator;
	return [
		`# Facilitator's guide: ${escaped(title)}`,
		'',
		warning,
		'',
		...(person ? [`Facilitator: ${escaped(person.name)}${person.role === '' ? '' : `, ${escaped(person.role)}`}`, ''] : []),
		'## Before the start',
		'',
		...bullets([
			`play it once by yourself: ${code(`quorum-call run ${file}`)}, and read its debrief`,
			"print the agenda, the briefing and a card for each seat; keep this guide and the evaluator's apart",
			`the session has ${play[0]?.minutes ?? 1} minutes a turn; the file says ${counted(minutes, 'minute')} for ${counted(turns, 'turn')}`,
			'write the first head of the record down where nobody at the table can change it, and the last one at the end',
			'let the table say who may freeze and who may recover, before it is asked in earnest',
			...(shuffle.length > 0
				? [
						`${listed(shuffle)} are roles here: the seed gives each to one of these parties, so what this guide says of ${shuffle[0]} may be true of another`,
					]
				: []),
		]),
		'',
		...(incident === undefined ? [] : ['## The incident behind it', '', escaped(incident), '']),
		'## What is asked, and what is meant',
		'',
		...table(['request', 'opens', 'due', 'amount', 'asked by', 'required in', 'really wanted in'], requestRows(scenario)),
		'## What the table is told',
		'',
		...(told.length > 0 ? table(['', 'fires', 'worlds', 'to', 'text', 'effects'], told) : ['Nothing but the requests.', '']),
		'## Worlds',
		'',
		`The seed deals one of ${Object.keys(worlds).length}. Do not say which before the debrief.`,
		'',
		...Object.keys(worlds).flatMap(name => worldSection(scenario, name)),
		'## When it does not go as planned',
		'',
		...bullets([
			'the table is stuck: ask which of the four questions it has not asked yet (who is trusted, what proof, where is the check, what if it is fooled)',
			'the table is too fast: ask a seat what it saw itself, and what it was only told',
			'time runs out: end the turn, go to the hot wash, and let the debrief say "not reached"',
			'somebody has played it before: force a world, or let them be the attackers',
		]),
		'',
		'## Hot wash and debrief',
		'',
		'First the table, seat by seat: what did you see, what did you believe, what would you have needed? Then the debrief of the program. Texts blame assumptions, never people.',
		'',
		...bullets(
			questions.length > 0
				? questions.map(text => escaped(withPools(text, scenario, false)))
				: ['Which approval could have known better, and what would it have cost?'],
		),
		'',
	].join('\n');
}
