/** What players of a drill may read before it: the briefing, the card of each seat, and the feedback form. */
import {catalogue, usage} from '../engine/catalogue.js';
import {controls} from '../engine/controls.js';
import type {Verb} from '../engine/verb.js';
import type {Scenario} from '../scenario/schema.js';
import {code, escaped, table} from './markdown.js';
import type {Offer, Packet} from './packet.js';
import {counted, listed} from './plain-text.js';

const bullets = (items: readonly string[]) => items.map(item => `- ${item}`);
const paragraph = (text: string | undefined) => (text === undefined || text === '' ? [] : [escaped(text), '']);

/** A text of the file with the pools for what the seed deals. For players, a party whose place is permuted is not named. */
export function withPools(text: string, {shuffle, parties, requests, attackers}: Scenario, isForPlayers: boolean): string {
	return text.replace(/\{([a-z0-9-]+)(?:\.([a-z]+))?\}/g, (whole, name: string, field?: string) => {
		if (name === 'attackers') return (attackers.account ?? ['their account']).join(' or ');
		if (Object.hasOwn(parties, name))
			return isForPlayers && shuffle.includes(name) ? 'a party' : field === 'domain' ? parties[name]!.domain : name;
		const request = Object.hasOwn(requests, name) ? requests[name]! : undefined;
		if (!request) return whole;
		if (field === 'by' || field === 'to') return request[field].join(' or ');
		if (field === 'amount')
			return request.amount.low === request.amount.high ? String(request.amount.low) : `${request.amount.low} to ${request.amount.high}`;
		return field === 'title' ? (request.title ?? [name]).join(' or ') : name;
	});
}

function personOf(custodian: readonly string[] | undefined): string {
	return custodian === undefined ? '' : custodian.length === 1 ? custodian[0]! : `one of ${custodian.join(', ')}`;
}

/** "2 more from turn 3", or nothing. */
function laterOf({later}: Offer): string {
	return later.length === 0 ? '' : ` More moves come later: ${listed(later.map(([turn, verbs]) => `${verbs.length} from turn ${turn}`))}.`;
}

function verbsOf({now}: Offer, side: 'operators' | 'attackers'): Verb[] {
	return catalogue.filter(verb => verb.side === side && now.includes(verb.name));
}

function price({cost: [low, high]}: Verb): string {
	return low === high ? String(low) : `${low} to ${high}`;
}

function verbTable(verbs: readonly Verb[]): string[] {
	return table(
		['move', 'points', 'what it does', 'what it needs'],
		verbs.map(verb => [code(usage(verb)), price(verb), verb.does, verb.needs]),
	);
}

export function briefing({scenario}: Packet): string {
	const {
		title,
		summary,
		operators,
		parties,
		threshold,
		suite,
		coordinator,
		policy,
		exceptions,
		logging,
		turns,
		minutes,
		layers,
		learn,
		controls: set,
	} = scenario;
	const holders = Object.values(parties).filter(({holds}) => holds).length;
	const documented = controls.map(({id, title: name, standard}) => ({name, isOn: (set[id] ?? standard ?? 'off') === 'on'}));
	const names = (isOn: boolean) => listed(documented.filter(each => each.isOn === isOn).map(({name}) => name)) || 'none';
	const levels = {0: 'nothing', 1: 'loud acts', 2: 'subtle acts too, with signals'} as const;
	const filled = (text: string | undefined) => (text === undefined ? undefined : withPools(text, scenario, true));
	return [
		`# Briefing: ${escaped(title)}`,
		'',
		'For all operators. It says what you know at the start, and nothing of what may happen.',
		'',
		...paragraph(filled(summary)),
		`Your goal: ${escaped(filled(operators.goal) ?? 'Serve every request that is really wanted by its deadline, and let nothing else leave.')}`,
		'',
		`The game has ${counted(turns, 'turn')}, and the table about ${counted(minutes, 'minute')} for them. In each turn you have ${counted(operators.points, 'point')} together, and may keep one for the next.`,
		'',
		...(learn.length > 0 ? ['## What this exercise is for', '', ...bullets(learn.map(escaped)), ''] : []),
		'## The vault',
		'',
		`${threshold} of ${holders} shares make a signature (${suite}). Nobody has the key: each party holds a share, and shares sign together.`,
		'',
		...table(
			['party', 'custodian', 'administered by', 'where the share lies', 'backup kept at'],
			Object.entries(parties).map(([id, {custodian, domain, at, backup, holds}]) => [
				id,
				escaped(personOf(custodian)),
				escaped(domain),
				holds ? escaped(at ?? '') : 'holds no share yet',
				backup ?? '',
			]),
		),
		`The coordinator (${escaped([personOf(coordinator.custodian), coordinator.domain ?? ''].filter(Boolean).join(', ') || 'operations')}) relays messages and displays what is to be signed. It holds no share, and is trusted to show, not to know.`,
		'',
		'## Rules that are in force',
		'',
		...bullets([
			`enough approvals: ${threshold} for each request`,
			...Object.entries(policy).map(([name, rule]) => `${name}: ${code(rule)}`),
			...Object.entries(exceptions).map(
				([name, {when, summary: why}]) => `an emergency path, ${name}: ${code(when)}${why === undefined ? '' : ` (${escaped(why)})`}`,
			),
		]),
		'',
		`Controls that are documented as on: ${names(true)}.`,
		'',
		`Controls that are off: ${names(false)}.`,
		'',
		'What is documented can have changed since; inspecting a control tells.',
		'',
		`What is recorded: ${Object.entries(logging)
			.map(([station, level]) => `${station} ${levels[level]}`)
			.join('; ')}.`,
		'',
		...(layers
			? [
					'## The four layers',
					'',
					...bullets(
						Object.entries(layers).flatMap(([layer, text]) =>
							text === undefined ? [] : [`${layer}: ${escaped(withPools(text, scenario, true))}`],
						),
					),
					'',
				]
			: []),
		'## At each boundary ask',
		'',
		...bullets(questions),
		'',
		'Before the first turn the table decides: who may freeze, who may recover, and by what you will judge yourselves.',
		'',
	].join('\n');
}

const questions = ['Who is trusted here?', 'What proof did they bring?', 'Where is it checked?', 'What if the check is fooled?'] as const;

interface Card {
	readonly role: readonly string[];
	readonly powers: readonly string[];
	readonly questions: readonly string[];
}

function cardOf(packet: Packet, seat: string): Card {
	const {scenario} = packet;
	if (seat === 'attackers') {
		const {goal, points, account} = scenario.attackers;
		return {
			role: [
				escaped(
					withPools(
						goal ?? 'Make the vault sign something that nobody legitimate wants. Any signature that verifies will do.',
						scenario,
						true,
					),
				),
				`Your account: ${escaped((account ?? ['offshore-71']).join(' or '))}. You move first in each turn, and the operators do not see what you did. What you have at the start the game tells you, and nobody else.`,
			],
			powers: [
				`${counted(points, 'point')} a turn, of which you may keep two.${laterOf(packet.verbs.attackers)}`,
				'',
				...verbTable(verbsOf(packet.verbs.attackers, 'attackers')),
			],
			questions: [
				'What do they check, and what do they only display?',
				'What is loud, and who would hear it?',
				'What will they have to sign in a hurry?',
			],
		};
	}
	const now = verbsOf(packet.verbs.operators, 'operators');
	const free = now.filter(({cost: [low, high]}) => low === 0 && high === 0);
	const paid = now.filter(({cost: [, high]}) => high > 0);
	if (seat === 'commander')
		return {
			role: ["You lead the operators. You spend the side's points, say which order comes first, and end the turn."],
			powers: [
				`${counted(scenario.operators.points, 'point')} a turn, of which one may be kept.${laterOf(packet.verbs.operators)}`,
				'',
				...verbTable(paid),
			],
			questions: [
				'What has to be signed by when, and who would miss it?',
				'What do we believe, and on what basis? Say it aloud each turn.',
				'What does waiting cost, and what does acting too soon?',
				'Who may freeze, and who may recover?',
			],
		};
	if (seat === 'observer')
		return {
			role: ['You watch, and say nothing until the hot wash. Write down when somebody changed their mind, and at which line.'],
			powers: ['None: you see what the operators see.'],
			questions: ['Who spoke last before each decision?', 'Which question was never asked?', 'Which signal was noticed, and by whom?'],
		};
	const {domain, at, backup, holds} = scenario.parties[seat]!;
	return {
		role: [
			`You are the custodian of ${seat}, administered by ${escaped(domain)}.${holds ? ` Its share ${at === undefined ? 'is on its machine' : `lies on ${escaped(at)}`}.` : ' It holds no share yet, and can join later.'}${backup === undefined ? '' : ` A backup is kept at ${backup}.`}`,
			'You answer for what your device signs. Nobody can approve for you.',
		],
		powers: [
			'These are yours alone and cost nothing. One digest a turn: your device reads the bytes that it would sign.',
			'',
			...verbTable(free.filter(({name}) => name !== 'end-turn' && name !== 'takeback')),
			"An approval rests on a basis, which goes on record: display (what the coordinator shows), digest (what your device would sign), or callback (the requester's own word).",
		],
		questions: [
			'What did I see, and what was I only told?',
			'Would I approve this if nobody were waiting?',
			`Who else could have used ${seat} today?`,
			...questions,
		],
	};
}

/** The card of one seat: its role, its powers and the questions to ask. */
export function seatCard(packet: Packet, seat: string): string {
	const {scenario, roster} = packet;
	const {role, powers, questions: asked} = cardOf(packet, seat);
	const person = roster[seat];
	const isParty = Object.hasOwn(scenario.parties, seat);
	return [
		`# ${escaped(scenario.title)}: ${isParty ? `custodian of ${seat}` : seat}`,
		'',
		person
			? `${escaped(person.name)}${person.role === '' ? '' : `, ${escaped(person.role)}`}`
			: 'Name: ______________ Function: ______________',
		'',
		'## Role',
		'',
		...role.flatMap(text => [text, '']),
		'## Powers',
		'',
		...powers,
		'',
		'## Questions',
		'',
		...bullets(asked),
		'',
		'Say one sentence each turn: "I believe ...". It keeps the table thinking together, and it goes into the notes.',
		'',
	].join('\n');
}

export function feedbackForm({scenario}: Packet): string {
	const scale = '1  2  3  4  5';
	return [
		`# Feedback: ${escaped(scenario.title)}`,
		'',
		'To be filled in after the debrief. Answers may stay without a name.',
		'',
		'Seat: ______________ Name (optional): ______________ Date: ______________',
		'',
		...table(
			['from 1 (no) to 5 (yes)', ''],
			[
				['I knew what my seat could do', scale],
				['The situation could happen to us', scale],
				['Our plan told me what to do', scale],
				['I had what I needed to decide', scale],
				['I dared to say that I was not sure', scale],
				['The debrief showed me something that I had not seen', scale],
			],
		),
		...[
			'What went well, and should stay as it is?',
			'What would you change in our plan, our controls or our contacts?',
			'Which decision would you take otherwise, and what would have told you?',
			'What was unclear in the exercise itself?',
		].flatMap(question => [
			`${question}`,
			'',
			'______________________________________________',
			'',
			'______________________________________________',
			'',
		]),
		'## Actions I propose',
		'',
		...table(
			['what', 'which risk it lowers', 'owner', 'due'],
			[
				['', '', '', ''],
				['', '', '', ''],
			],
		),
	].join('\n');
}
