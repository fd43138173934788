/** A drill of a team around one screen: from its roster to the setup that the terminal walks through before the start. */
import type {Side} from '../engine/view.js';
import type {Agreed} from '../journal/drill.js';
import {RecordedGame} from '../journal/recorded-game.js';
import {type Packet, rosterOf, schedule, seatsOf} from '../report/packet.js';
import {seatCard} from '../report/packet-players.js';
import {parseRoster, type RosterFile} from '../report/roster.js';
import type {DrillAgreed, DrillSetup} from '../terminal/drill-table.js';
import type {Player, Playing} from '../terminal/player.js';
import {CommandError} from './command-error.js';
import {type Decider, ThreadDecider} from './decider.js';
import {DrillPlayer, drillSeat, isUnanswered} from './drill-player.js';
import {opponent} from './opponents.js';
import {verbsOf} from './packet.js';
import {readRoster, rosterBots} from './roster.js';
import {openScenario, type ScenarioFile} from './scenario-files.js';
import {type GameOptions, startGame} from './start.js';

export interface DrillOptions extends GameOptions {
	/** The path of a roster; true where it is asked for. */
	readonly drill?: string | true;
	readonly minutes?: string;
	readonly rehearsal?: boolean;
}

/** Objectives that every drill can have. */
const usualObjectives = [
	'Nothing unauthorised leaves, and what is required is signed in time',
	'Each approval rests on something that could have told a false request',
	'The plan for a suspected participant is followed, or its gap is found',
];

/** The scale of HSEEP's exercise evaluation guides: performed, with some or major challenges, or unable to be performed. */
const usualCriteria = [
	'P: performed without challenges',
	'S: performed with some challenges, the objective was met',
	'M: performed with major challenges, the objective was met in part',
	'U: unable to be performed',
];

/**
 * Reads the roster and prepares a drill. `leave` closes whatever was opened.
 * @throws {CommandError} for a roster with mistakes, minutes that make no sense, and a typed seed without a rehearsal.
 */
export function prepareDrill(name: string, options: DrillOptions): {readonly setup: DrillSetup; leave(): void} {
	const file = openScenario(name);
	const {scenario} = file;
	const {drill: source, minutes: wanted, rehearsal, ...dealt} = options;
	const isRehearsal = rehearsal === true;
	if (options.seed !== undefined && !isRehearsal)
		throw new CommandError(
			"A drill's seed is drawn: whoever can guess a typed one knows all that is hidden. Leave --seed out, or say --rehearsal; the record will name it one.",
		);
	const minutes = wanted === undefined ? scenario.minutes : Number(wanted);
	if (!Number.isInteger(minutes) || minutes < 1 || minutes > 1440)
		throw new CommandError(`--minutes is a whole number from 1 to 1440, what the clock starts with, got "${wanted}".`);
	const seats = [...seatsOf(scenario), 'operators'];
	const given: RosterFile | undefined = typeof source === 'string' ? readRoster(source, seatsOf(scenario)) : undefined;
	const read = (lines: readonly string[]) => parseRoster(lines.join('\n'), {seats, bots: rosterBots});
	let leave = (): void => {};
	let endWarmUp = (): void => {};

	const setup: DrillSetup = {
		title: scenario.title,
		minutes,
		isRehearsal,
		lines: given ? linesOf(given) : [],
		seats,
		agreed: given?.agreed ?? {},
		objectives: [...scenario.learn.map(each => `Learn: ${each}`), ...usualObjectives],
		criteria: usualCriteria,
		read(lines) {
			const {people, bots, problems} = read(lines);
			const [first] = problems;
			const wrong = first && `Line ${first.line}: ${first.message}${first.hint === undefined ? '' : `; ${first.hint}`}.`;
			const problem = wrong ?? sidesOf({people, bots}).problem;
			const dark = Object.keys(scenario.parties).filter(party => isUnanswered(people, party));
			return {people, dark, ...(problem === undefined ? {} : {problem})};
		},
		cards(lines) {
			const roster = rosterOf(read(lines).people);
			const packet: Packet = {file: name, scenario, roster, slots: slotsOf(minutes, scenario.turns), verbs: verbsOf(scenario)};
			return Object.keys(roster)
				.filter(seat => seat !== 'facilitator' && seat !== 'evaluator' && seat !== 'operators')
				.map(seat => seatCard(packet, seat))
				.join('\n');
		},
		warmUp(lines) {
			const {people} = read(lines);
			endWarmUp();
			const recorded = warmUpGame(file);
			const decider = ThreadDecider.for(recorded);
			endWarmUp = () => decider.end();
			return warmUp(recorded, decider, people, minutes);
		},
		async start(lines, agreed) {
			endWarmUp();
			const {people, bots} = read(lines);
			const {side, against, players} = sidesOf({people, bots});
			const drill = {minutes, isRehearsal, people: [...people], agreed: mutable(agreed)};
			const recorded = startGame(file, players, dealt, drill);
			const decider = ThreadDecider.for(recorded);
			leave = () => {
				decider.end();
				recorded.close();
			};
			const seated = await drillSeat(recorded, decider, {side, ...(against === undefined ? {} : {against})});
			leave = () => seated.leave();
			return seated.player;
		},
	};
	return {
		setup,
		leave() {
			endWarmUp();
			leave();
		},
	};
}

const mutable = ({freeze, recover, objectives, criteria}: DrillAgreed): Agreed => ({
	freeze,
	recover,
	objectives: [...objectives],
	criteria: [...criteria],
});

/** One line for each person and bot, as they can be typed. */
function linesOf({people, bots}: RosterFile): string[] {
	return [
		...people.map(
			({name, function: role, seats, isAbsent}) =>
				`${seats.join(', ')}: ${name}${role === '' ? '' : `, ${role}`}${isAbsent ? ', absent' : ''}`,
		),
		...Object.entries(bots).map(([side, bot]) => `${side}: bot ${bot}`),
	];
}

interface Sides {
	readonly side: Playing;
	readonly against?: string;
	readonly players: Readonly<Record<Side, string>>;
	readonly problem?: string;
}

/** Which sides people play: the operators unless a bot does, the attackers where somebody sits there. */
function sidesOf({people, bots}: Pick<RosterFile, 'people' | 'bots'>): Sides {
	const sits = (isSeat: (seat: string) => boolean) => people.some(({seats, isAbsent}) => !isAbsent && seats.some(isSeat));
	const hasAttackers = sits(seat => seat === 'attackers');
	const hasOperators = sits(seat => !['attackers', 'facilitator', 'evaluator', 'observer'].includes(seat));
	const bot = (side: Side) => opponent(side, bots[side]).name;
	const players = {
		operators: hasOperators ? 'person' : `bot ${bot('operators')}`,
		attackers: hasAttackers ? 'person' : `bot ${bot('attackers')}`,
	};
	const taken = (['operators', 'attackers'] as const).find(side => bots[side] !== undefined && players[side] === 'person');
	const problem = taken
		? `A bot plays the ${taken}, and people sit there too; leave one of them out.`
		: !hasOperators && !hasAttackers
			? 'Nobody plays yet: seat a commander, the custodian of a party, or the attackers.'
			: undefined;
	const wrong = problem === undefined ? {} : {problem};
	if (hasOperators && hasAttackers) return {side: 'both', players, ...wrong};
	const side = hasAttackers ? 'attackers' : 'operators';
	return {side, against: bot(side === 'attackers' ? 'operators' : 'attackers'), players, ...wrong};
}

/** A game in memory: another deal, no injects. */
function warmUpGame(file: ScenarioFile): RecordedGame {
	return RecordedGame.create({...file, scenario: {...file.scenario, injects: []}});
}

/** One turn of the operators in it, against attackers who do nothing. */
async function warmUp(recorded: RecordedGame, decider: Decider, people: RosterFile['people'], minutes: number): Promise<Player> {
	const players = people.map(person => ({...person, seats: person.seats.map(seat => (seat === 'attackers' ? 'operators' : seat))}));
	const player = new DrillPlayer(
		recorded,
		{side: 'operators', against: 'idle', now: () => new Date().toISOString(), decider},
		{people: players, minutes},
		true,
	);
	const begun = await player.begin();
	if (!begun.ok) throw new CommandError(begun.message);
	return player;
}

function slotsOf(minutes: number, turns: number): Packet['slots'] {
	try {
		return schedule(minutes, turns);
	} catch {
		// A clock that is shorter than an agenda needs none.
		return [];
	}
}
