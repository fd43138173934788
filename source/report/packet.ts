/**
 * The packet of a drill, as Markdown files: what players may read before it (agenda, briefing, a card for each seat, feedback form), and what
 * they may not (evaluator's and facilitator's guides). What players get is built up from what a seat sees at the start; nothing of worlds,
 * deals, playbooks or injects is read for it.
 */
import type {Side} from '../engine/view.js';
import type {Person} from '../journal/drill.js';
import type {Scenario} from '../scenario/schema.js';
import {escaped, table} from './markdown.js';
import {evaluatorGuide, facilitatorGuide} from './packet-guides.js';
import {briefing, feedbackForm, seatCard} from './packet-players.js';

/** Who sits where: a name and a function for each seat. */
export type Roster = Readonly<Record<string, {readonly name: string; readonly role: string}>>;

export interface Slot {
	/** Minutes from the start. */
	readonly from: number;
	readonly minutes: number;
	readonly what: string;
	readonly who: string;
}

/** What a side may do: from the first turn on, and what is added by turn. */
export interface Offer {
	readonly now: readonly string[];
	readonly later: ReadonlyArray<readonly [turn: number, verbs: readonly string[]]>;
}

export interface Packet {
	readonly scenario: Scenario;
	/** How the scenario is named in commands: an id or a path. */
	readonly file: string;
	readonly roster: Roster;
	readonly slots: readonly Slot[];
	readonly verbs: Readonly<Record<Side, Offer>>;
}

export interface PacketFile {
	readonly name: string;
	readonly text: string;
	/** Whether players may read it before the game. */
	readonly isForPlayers: boolean;
}

/** The seats of a drill: one for each party's custodian, and those without a share. */
export function seatsOf({parties}: Pick<Scenario, 'parties'>): string[] {
	return ['commander', ...Object.keys(parties), 'attackers', 'facilitator', 'evaluator', 'observer'];
}

/** How long a session lasts if the turns take the scenario's minutes, which are three fifths of it; a multiple of five. */
export function usualMinutes({minutes}: Pick<Scenario, 'minutes'>): number {
	return Math.max(15, Math.ceil(minutes / 0.6 / 5) * 5);
}

/**
 * The parts of a session of so many minutes. Each turn has a whole number of them.
 * @throws {Error} with a sentence when a turn would have less than a minute.
 */
export function schedule(total: number, turns: number): Slot[] {
	const part = (share: number) => Math.max(1, Math.round(total * share));
	const [welcome, before, after, debrief] = [part(0.05), part(0.1), part(0.1), part(0.15)];
	const play = total - welcome - before - after - debrief;
	const each = Math.floor(play / turns);
	if (each < 1) throw new Error(`${total} minutes are too few for ${turns} turns: a turn would have less than a minute`);
	const spare = play - each * turns;
	const parts: Omit<Slot, 'from'>[] = [
		{minutes: welcome, what: 'Welcome, seats, and who may freeze and who may recover', who: 'facilitator'},
		{minutes: before, what: 'Briefing; the start of the record is read out and written down', who: 'facilitator'},
		...Array.from({length: turns}, (_, index) => ({
			// What does not divide goes to the last turns, which are the busy ones.
			minutes: each + (index >= turns - spare ? 1 : 0),
			what: `Turn ${index + 1}`,
			who: 'everybody',
		})),
		{minutes: after, what: 'Hot wash: what did you see, believe and decide? No new facts yet', who: 'everybody'},
		{
			minutes: debrief,
			what: 'Debrief: what was true, what the evidence explains, actions with owners; feedback forms',
			who: 'facilitator, evaluator',
		},
	];
	let from = 0;
	return parts.map(slot => {
		const placed = {from, ...slot};
		from += slot.minutes;
		return placed;
	});
}

/** `1:05` for 65 minutes. */
export function clock(minutes: number): string {
	return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

/** Names and functions by seat. Those who are absent are left out; several people of a seat share its card. */
export function rosterOf(people: readonly Person[]): Roster {
	const roster: Record<string, {name: string; role: string}> = {};
	for (const {name, function: role, seats, isAbsent} of people) {
		for (const seat of isAbsent ? [] : seats) {
			const before = roster[seat];
			roster[seat] = before ? {name: `${before.name} and ${name}`, role: [before.role, role].filter(Boolean).join('; ')} : {name, role};
		}
	}
	return roster;
}

function agenda({scenario, slots, roster}: Packet): string {
	const end = slots.at(-1)!;
	const people = seatsOf(scenario).map(seat => [seat, escaped(roster[seat]?.name ?? ''), escaped(roster[seat]?.role ?? '')]);
	return [
		`# Agenda: ${escaped(scenario.title)}`,
		'',
		'For everybody. Times count from the start.',
		'',
		'Date and time zone: ______________ Place: ______________ Plan under test (title, version, owner): ______________',
		'',
		...table(
			['from', 'minutes', 'what', 'who'],
			[
				...slots.map(({from, minutes, what, who}) => [clock(from), String(minutes), what, who]),
				[clock(end.from + end.minutes), '', 'End', ''],
			],
		),
		'## Seats',
		'',
		'One person may take several seats. The attackers sit apart; facilitator and evaluator play no side.',
		'',
		...table(['seat', 'name', 'function'], people),
		'## To bring',
		'',
		'- the plan that you would follow if this were real',
		'- for each player: the briefing and the card of their seat, and nothing else of this packet',
		'- a place outside of the machine where the first and the last head of the record are written down (a ticket, a mail)',
		'',
		'This is an exercise with practice keys. It is simulated and shows nothing about production controls.',
		'',
	].join('\n');
}

/** All files of a packet. */
export function packetFiles(packet: Packet): PacketFile[] {
	const seats = seatsOf(packet.scenario).filter(seat => !['facilitator', 'evaluator'].includes(seat));
	const forPlayers = [
		{name: 'agenda.md', text: agenda(packet)},
		{name: 'briefing.md', text: briefing(packet)},
		...seats.map(seat => ({name: `seat-${seat}.md`, text: seatCard(packet, seat)})),
		{name: 'feedback-form.md', text: feedbackForm(packet)},
	];
	const apart = [
		{name: 'evaluator-guide.md', text: evaluatorGuide(packet)},
		{name: 'facilitator-guide.md', text: facilitatorGuide(packet)},
	];
	const tidy = ({name, text}: {name: string; text: string}) => ({name, text: `${text.replace(/\n{3,}/g, '\n\n').trim()}\n`});
	return [...forPlayers.map(file => ({...tidy(file), isForPlayers: true})), ...apart.map(file => ({...tidy(file), isForPlayers: false}))];
}
