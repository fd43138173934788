/** A table of several people at one recorded game: who speaks, who was heard, what the clock says, and what the facilitator does. */
import {catalogue} from '../engine/catalogue.js';
import {complete} from '../engine/complete.js';
import {phaseOf, seatView} from '../engine/seat-view.js';
import type {FourQuestions, Side} from '../engine/view.js';
import {clockAt, type Drill, type Person, presentAt} from '../journal/drill.js';
import {JournalError} from '../journal/journal-error.js';
import type {RecordedGame} from '../journal/recorded-game.js';
import {truthMarkdown} from '../report/truth.js';
import {didYouMean} from '../scenario/diagnostic.js';
import {type DrillTable, spokenLine} from '../terminal/drill-table.js';
import type {Completion, Outcome, Preview} from '../terminal/player.js';
import type {Decider} from './decider.js';
import {GamePlayer, type Seating, type Spoken, seatingOf} from './game-player.js';
import type {Seated} from './seat.js';

/** Seats that play no side. */
const apart: ReadonlySet<string> = new Set(['facilitator', 'evaluator', 'observer']);

/** Verbs of the table that come from the screens themselves. */
const byItself: ReadonlySet<string> = new Set(['begin', 'close', 'ask-hint']);

/** Whether a person plays a side: attackers have one seat, all else but those apart are operators'. */
function isOf({seats}: Person, side: Side): boolean {
	return seats.some(seat => (side === 'attackers' ? seat === 'attackers' : seat !== 'attackers' && !apart.has(seat)));
}

export class DrillPlayer extends GamePlayer {
	readonly drill: DrillTable;
	readonly #recorded: RecordedGame;
	readonly #agreement: Pick<Drill, 'people' | 'minutes'>;
	readonly #chosen: Map<Side, string>;

	constructor(recorded: RecordedGame, seating: Omit<Seating, 'speaker'>, agreement: Pick<Drill, 'people' | 'minutes'>, isWarmUp = false) {
		const chosen = new Map<Side, string>();
		super(recorded, {
			...seating,
			speaker: (side, text) => {
				const person = speakerOf(presentAt(agreement, recorded.events), side, chosen.get(side));
				return person && spokenBy(person, side, text);
			},
		});
		this.#recorded = recorded;
		this.#agreement = agreement;
		this.#chosen = chosen;
		this.drill = this.#table(isWarmUp, seating.now);
	}

	override async submit(line: string): Promise<Outcome> {
		const said = this.#speakerIn(line);
		return said.problem === undefined ? super.submit(said.move) : {ok: false, message: said.problem};
	}

	override preview(line: string): Preview {
		return super.preview(spokenLine(line).move);
	}

	override questions(line: string): FourQuestions | null {
		return super.questions(spokenLine(line).move);
	}

	override complete(line: string): readonly Completion[] {
		const {name, move} = spokenLine(line);
		if (name === undefined) return super.complete(line);
		const prefix = line.slice(0, line.length - move.length);
		return super.complete(move).map(completion => ({...completion, text: `${prefix}${completion.text}`}));
	}

	/** Parties all of whose custodians are absent do not answer from the first turn on. */
	override async begin(): Promise<Outcome> {
		const wasBriefing = this.#isBriefing();
		const begun = await super.begin();
		if (!begun.ok || !wasBriefing || this.#isBriefing()) return begun;
		for (const {id} of this.#recorded.game.deal.parties)
			if (isUnanswered(this.#agreement.people, id))
				await this.run(`absent party=${id}`, {seat: 'facilitator', person: this.#facilitator()});
		return begun;
	}

	#isBriefing(): boolean {
		return phaseOf(this.#recorded.state) === 'briefing';
	}

	#facilitator(): string {
		const present = presentAt(this.#agreement, this.#recorded.events);
		return present.find(({seats}) => seats.includes('facilitator'))?.name ?? 'facilitator';
	}

	#side(): Side {
		return this.view().side;
	}

	#speakers(): readonly Person[] {
		return presentAt(this.#agreement, this.#recorded.events).filter(person => isOf(person, this.#side()));
	}

	/** `as jun: MOVE`: Jun speaks from here on. A seat names whoever sits there. */
	#speakerIn(line: string): {readonly move: string; readonly problem?: string} {
		const {name, move} = spokenLine(line);
		if (name === undefined) return {move};
		const people = this.#speakers();
		const wanted = name.toLowerCase();
		const person =
			people.find(each => each.name.toLowerCase() === wanted) ??
			people.find(each => each.seats.includes(wanted)) ??
			people.find(each => each.name.toLowerCase().split(/\s+/).includes(wanted));
		const known = people.map(each => each.name);
		if (!person) return {move, problem: `Nobody here is "${name}"; ${didYouMean(name, known) ?? `expected one of ${known.join(', ')}`}`};
		this.#chosen.set(this.#side(), person.name);
		return {move};
	}

	#table(isWarmUp: boolean, now: () => string): DrillTable {
		return {
			isWarmUp,
			speakers: () => this.#speakers(),
			speaker: () => speakerOf(this.#speakers(), this.#side(), this.#chosen.get(this.#side())),
			speak: name => void this.#chosen.set(this.#side(), name),
			unheard: () => (this.view().toMove ? this.#speakers().filter(({name}) => !this.#heard().has(name)) : []),
			believe: async (name, text) => {
				const before = this.#chosen.get(this.#side());
				this.#chosen.set(this.#side(), name);
				const made = await this.note(`I believe ${text}`);
				if (before === undefined) this.#chosen.delete(this.#side());
				else this.#chosen.set(this.#side(), before);
				return made;
			},
			clock: () => clockAt(this.#agreement, this.#recorded.events, now()),
			actions: catalogue
				.filter(({side, name}) => side === 'table' && !byItself.has(name))
				.map(verb => ({line: templateOf(verb), about: verb.does})),
			facilitate: line => this.run(line, {seat: 'facilitator', person: this.#facilitator()}),
			completeAction: line => complete(this.#recorded.game, this.#recorded.state, 'table', line),
			truth: () => truthMarkdown(seatView(this.#recorded.game, this.#recorded.state, 'facilitator')),
		};
	}

	/** Names of those who wrote a note in this turn. */
	#heard(): ReadonlySet<string> {
		const heard = new Set<string>();
		for (const event of this.#recorded.events) {
			if (event.type === 'turn-began') heard.clear();
			if (event.type === 'move' && event.person !== undefined && event.side !== 'table' && event.text.startsWith('note '))
				heard.add(event.person);
		}
		return heard;
	}
}

/** The chosen one while present; else the commander, else whoever is first. */
function speakerOf(people: readonly Person[], side: Side, chosen: string | undefined): Person | undefined {
	const own = people.filter(person => isOf(person, side));
	return own.find(({name}) => name === chosen) ?? own.find(({seats}) => seats.includes('commander')) ?? own[0];
}

/** The seat that a person's move is recorded with: that of the party it is about where the person has it, else the first of theirs. */
function spokenBy({name, seats}: Person, side: Side, text: string): Spoken {
	const own = seats.filter(seat => (side === 'attackers' ? seat === 'attackers' : seat !== 'attackers' && !apart.has(seat)));
	const about = /\bparty=(\S+)/.exec(text)?.[1];
	return {seat: own.find(seat => seat === about) ?? own[0] ?? side, person: name};
}

/** Whether a seat has people, and none of them is here. */
export function isUnanswered(people: readonly Person[], seat: string): boolean {
	const own = people.filter(({seats}) => seats.includes(seat));
	return own.length > 0 && own.every(({isAbsent}) => isAbsent);
}

/** A verb with what it needs, to be filled in: `inject ""`, `absent party=`. */
function templateOf(verb: (typeof catalogue)[number]): string {
	const needed = verb.parameters.filter(({optional}) => !optional).map(({name}) => `${name}=`);
	return [verb.name, ...(verb.object && !verb.object.optional ? ['""'] : []), ...needed].join(' ');
}

/** Pauses a drill whose clock runs; where the disk refuses, opening it again will. */
function pauseAt(recorded: RecordedGame, at: string | undefined): void {
	const {exercise} = recorded.state;
	if (typeof exercise === 'string' || !('turn' in exercise)) return;
	try {
		recorded.submit({side: 'table', text: 'pause', ...(at === undefined ? {} : {at})});
	} catch (error) {
		if (!(error instanceof JournalError)) throw error;
	}
}

/** Goes on with a drill, paused as it was left. */
export async function drillSeat(
	recorded: RecordedGame,
	decider: Decider,
	seating: Pick<Seating, 'side' | 'against'> = seatingOf(recorded),
): Promise<Seated> {
	const {drill} = recorded.opened;
	if (!drill) throw new Error('this save is no drill');
	const now = (): string => new Date().toISOString();
	try {
		// Nobody sat here between the last move and now: the clock stood.
		pauseAt(recorded, recorded.state.at);
		const player = await new DrillPlayer(recorded, {...seating, now, decider}, drill).ready();
		return {
			player,
			mended: recorded.mended,
			leave() {
				decider.end();
				if (!recorded.isClosed) pauseAt(recorded, now());
				recorded.close();
			},
		};
	} catch (error) {
		decider.end();
		recorded.close();
		throw error;
	}
}
