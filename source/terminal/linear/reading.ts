/**
 * The table as a conversation: a line in, sentences out. For screen readers, for terminals without a cursor, and for pipes. Nothing is
 * drawn, nothing moves by itself, and each view is asked for by its name.
 */
import type {SeatView} from '../../engine/view.js';
import type {DrillSetup} from '../drill-table.js';
import {bindingsOf} from '../keymap.js';
import type {Catalogue, Choice, Outcome, Player, SaveEntry, ScenarioEntry} from '../player.js';
import {turnOf} from '../screens/turn.js';
import {sentence} from '../text.js';
import {AroundTheTable, tableWords} from './around-the-table.js';
import {Preparing} from './preparing.js';
import {ceremonyWords, equationWords, markdownWords, moveWords, spokenViews, toldWords} from './spoken.js';
import {Washing} from './washing.js';

const viewNames = bindingsOf('views').flatMap(({command}) => (command.startsWith('view-') ? [command.slice(5)] : []));

const words: readonly (readonly [string, string])[] = [
	[viewNames.join(', '), 'read a view'],
	['moves, or moves and a word', 'what can be done, with the cost; the word narrows it down'],
	['a move, such as approve payroll party=ada basis=digest', 'does it'],
	['complete and the start of a line', 'how it can go on'],
	['questions and a move', 'the four questions of the boundary that the move crosses'],
	['why and a word', 'equations about a party, an output or the attackers'],
	['hint', 'what you could do next, and why'],
	['note and a text in quotation marks', 'what you believe, on record'],
	['undo', 'take back the last move, where it showed you nothing'],
	['end', 'end the turn, after it is asked once more'],
	['quit', 'leave; the game is saved'],
];

const pauseWords: readonly (readonly [string, string])[] = [['pause, and go on', 'stops the exercise for a while, on record']];

/** One reader at one game, or at the list of games. */
export class Reading {
	readonly #catalogue: Catalogue;
	#player: Player | undefined;
	/** Before a drill, and again after its warm-up. */
	readonly #preparing: Preparing | undefined;
	#table: AroundTheTable | undefined;
	#washing: Washing | undefined;
	#isEnding = false;
	#scenarios: readonly ScenarioEntry[] = [];
	#saves: readonly SaveEntry[] = [];
	/** Exit status, once the reader has left. */
	exit: number | undefined;

	constructor(catalogue: Catalogue, start?: Player | DrillSetup) {
		this.#catalogue = catalogue;
		if (start && 'read' in start) this.#preparing = new Preparing(start);
		else this.#sit(start);
	}

	#sit(player: Player | undefined): void {
		this.#player = player;
		this.#table = player?.drill && new AroundTheTable(player.drill, () => player.view());
		this.#washing = undefined;
	}

	get player(): Player | undefined {
		return this.#player;
	}

	/** What is asked for, in words. */
	get prompt(): string {
		const player = this.#player;
		if (!player) return this.#preparing?.prompt ?? 'Your choice:';
		if (this.#table?.prompt !== undefined) return this.#table.prompt;
		const next = player.sharing?.next;
		if (next) return `Type sit when only the ${next} listen:`;
		const view = player.view();
		if (view.phase === 'briefing') return 'Type begin, or a view:';
		if (view.isPaused) return 'Paused. Type go on, or a view:';
		if (view.phase === 'hotWash') return this.#wash(player).prompt;
		if (view.phase === 'closed') return 'Type debrief, transcript, or quit:';
		if (this.#isEnding) return 'Type yes to end the turn:';
		return `Turn ${view.turn}, ${view.points.have} ${view.points.have === 1 ? 'point' : 'points'}, your line:`;
	}

	/** What is read first. */
	async greet(): Promise<readonly string[]> {
		const {warning} = this.#catalogue.preferences;
		const said = warning === undefined ? [] : [warning];
		if (this.#player) return [...said, ...this.#where(), 'Type help for everything that can be typed.'];
		if (this.#preparing) return [...said, ...this.#preparing.where()];
		this.#scenarios = await this.#catalogue.scenarios();
		this.#saves = await this.#catalogue.saves();
		return [
			...said,
			'Quorum Call, a tabletop exercise about multi-party custody. Practice keys only.',
			...this.#scenarios.map(
				({title, minutes, turns, summary, broken}, index) =>
					`Play ${index + 1}: ${title}, ${minutes} minutes, ${turns} turns. ${broken === undefined ? summary : `It does not load: ${broken}`}`,
			),
			...this.#saves.map(({title, turn}, index) => `Go on ${index + 1}: ${title}, turn ${turn}.`),
			'Type play and a number, then attackers or both if you want that side; or go on and a number; or quit.',
		];
	}

	/** What follows from a line. */
	async answer(typed: string): Promise<readonly string[]> {
		const line = typed.trim();
		if (this.#player) return this.#afterWarmUp(await this.#inGame(this.#player, line));
		if (/^(quit|q|exit)$/i.test(line)) return this.#leave();
		if (this.#preparing) return this.#prepare(this.#preparing, line);
		const chosen = this.#chosen(line);
		if (typeof chosen === 'string') return [chosen];
		try {
			this.#sit(await this.#catalogue.open(chosen));
		} catch (error) {
			return [error instanceof Error ? error.message : String(error)];
		}
		return this.#where();
	}

	async #prepare(preparing: Preparing, line: string): Promise<readonly string[]> {
		try {
			const {said, player} = await preparing.answer(line);
			if (!player) return said;
			this.#sit(player);
			return [...said, ...this.#where()];
		} catch (error) {
			return [error instanceof Error ? error.message : String(error)];
		}
	}

	/** A warm-up is thrown away once its turn is over, or when it is left. */
	#afterWarmUp(said: readonly string[]): readonly string[] {
		const isWarmUp = this.#player?.drill?.isWarmUp === true && this.#preparing !== undefined;
		if (!isWarmUp || (this.exit === undefined && this.#player?.view().turn === 1)) return said;
		this.exit = undefined;
		this.#sit(undefined);
		return [...said, 'The warm-up is over. It was thrown away: nothing of it is on record.'];
	}

	#chosen(line: string): Choice | string {
		const [, verb = '', number = '', side = 'operators'] = /^(play|go on)\s+(\d+)(?:\s+(operators|attackers|both))?$/i.exec(line) ?? [];
		const at = Number(number) - 1;
		const scenario = verb.toLowerCase() === 'play' ? this.#scenarios[at] : undefined;
		const save = verb.toLowerCase() === 'go on' ? this.#saves[at] : undefined;
		if (scenario) return {scenario: scenario.id, side: side.toLowerCase() as 'operators' | 'attackers' | 'both'};
		return save ? {save: save.path} : 'That is not among the choices. Type play 1, play 1 attackers, go on 1, or quit.';
	}

	/** Where the game stands, in its own words for each phase. */
	#where(): readonly string[] {
		const player = this.#player;
		if (!player) return [];
		if (player.sharing?.next) return [`The next part is for the ${player.sharing.next} alone.`];
		const view = player.view();
		if (view.phase === 'briefing')
			return [...spokenViews.briefing(view), `Saved in ${player.savePath()}. The head of the record is ${player.head()}.`];
		if (view.phase === 'hotWash') return ['The game is over. Before the debrief tells what really happened, say what you believe.'];
		if (view.phase === 'closed') return ['The game is closed.'];
		return [...spokenViews.board(view), ...view.inbox.filter(({isNew}) => isNew).map(({from, text}) => `New, ${from}: ${sentence(text)}`)];
	}

	async #inGame(player: Player, line: string): Promise<readonly string[]> {
		const view = player.view();
		if (player.sharing?.next) {
			if (/^sit$/i.test(line)) {
				player.sharing.sit();
				return this.#where();
			}
			return /^quit$/i.test(line) ? this.#leave() : [`Type sit when only the ${player.sharing.next} listen, or quit.`];
		}
		if (view.phase === 'hotWash' && !/^(quit|help|transcript)$/i.test(line) && !viewNames.includes(line.toLowerCase())) {
			return this.#wash(player).answer(line);
		}
		const answered = await this.#table?.answer(line);
		if (answered?.isHeard) return [...answered.said, ...(await this.#move(player, view, 'end-turn'))];
		if (answered) return answered.isElsewhere ? [...answered.said, ...this.#where()] : answered.said;
		if (this.#isEnding) {
			this.#isEnding = false;
			if (!/^(y|yes)$/i.test(line)) return ['The turn goes on.'];
			return this.#table?.asksBeliefs()
				? ['Before the turn ends, everybody who was not heard says one sentence.']
				: this.#move(player, view, 'end-turn');
		}
		const [, first = '', rest = ''] = /^(\S+)\s*(.*)$/.exec(line) ?? [];
		const name = first.toLowerCase();
		if (rest === '' && name in spokenViews) return spokenViews[name as keyof typeof spokenViews](view);
		switch (name) {
			case '':
				return this.#where();
			case 'transcript':
				return markdownWords(await player.transcript());
			case 'debrief':
				return view.phase === 'closed' ? markdownWords(await player.debrief()) : ['The debrief is made when the game is over.'];
			case 'help':
			case '?':
				return [
					...[...words, ...(player.pause ? pauseWords : []), ...(this.#table ? tableWords : [])].map(
						([typed, does]) => `${typed}: ${does}.`,
					),
					...(view.moves.length > 0 ? [`Verbs of this turn: ${view.moves.map(({verb}) => verb).join(', ')}.`] : []),
				];
			case 'quit':
			case 'q':
				return this.#leave();
			case 'pause':
			case 'go':
				if (!player.pause || (name === 'go' && rest !== 'on')) break;
				return this.#did(
					await player.pause(name === 'pause'),
					name === 'pause' ? 'Paused, on record. Type go on to go on.' : 'The game goes on.',
				);
			case 'begin':
				return this.#did(await player.begin());
			case 'moves':
				return this.#moves(view, rest);
			case 'complete':
				return player.complete(rest).map(({text, about}) => `${text}: ${about}.`);
			case 'questions':
				return questionsOf(player, rest);
			case 'why':
				return whyOf(view, rest);
			case 'hint': {
				if (!view.toMove) return ['The other side moves now.'];
				const hint = player.hint();
				return [hint.reason, `To do it, type: ${hint.move}`];
			}
			case 'undo':
				return this.#move(player, view, 'takeback');
			case 'end':
				if (rest !== '' && rest !== 'turn') break;
				this.#isEnding = true;
				return [
					...view.made.filter(({queued}) => queued).map(({text}) => `Runs now: ${text}.`),
					...(view.forecast.length > 0
						? view.forecast.filter(text => !text.startsWith('runs:'))
						: ['Nothing that you could know changes.']),
				];
		}
		return this.#move(player, view, line);
	}

	#wash(player: Player): Washing {
		this.#washing ??= new Washing(player);
		return this.#washing;
	}

	#moves(view: SeatView, wanted: string): readonly string[] {
		const found = view.moves.filter(({verb, template, does}) => `${verb} ${template} ${does}`.toLowerCase().includes(wanted.toLowerCase()));
		return found.length > 0 ? moveWords(found) : [`No move fits "${wanted}".`];
	}

	#did(outcome: Outcome, said?: string): readonly string[] {
		if (!outcome.ok) return [`Refused: ${sentence(outcome.message, false)}`];
		return said === undefined ? [...(outcome.said ? [outcome.said] : []), ...this.#where()] : [said];
	}

	/** Plays a line; where that ends the turn, what ran and what is different follows. */
	async #move(player: Player, before: SeatView, line: string): Promise<readonly string[]> {
		const outcome = await player.submit(line);
		if (!outcome.ok) return [`Refused: ${sentence(outcome.message, false)}`];
		if (outcome.said) return [outcome.said];
		const after = player.view();
		if (after.turn === before.turn && after.phase === before.phase) {
			const queued = after.made.some(({text, queued: isQueued}) => isQueued && text === line);
			const fresh = after.inbox
				.slice(before.inbox.length)
				.flatMap(({from, text, equation}) => [`${from}: ${sentence(text)}`, ...(equation ? equationWords(equation) : [])]);
			return [
				`${queued ? 'Queued for the end of the turn' : line === 'takeback' ? 'Taken back' : 'Done'}: ${line}. ${after.points.have} points left.`,
				...fresh,
			];
		}
		const known = new Map(before.ceremonies.map(({id, status, messages}) => [id, `${status} ${messages.length}`]));
		const run = after.ceremonies.filter(({id, status, messages}) => known.get(id) !== `${status} ${messages.length}`);
		const {believed, changed, told} = turnOf(before, after);
		return [
			`Turn ${before.turn} has ended.`,
			...run.flatMap(ceremonyWords),
			...toldWords('You believed', believed, 'nothing on record'),
			...toldWords('Changed', changed, 'nothing that you could see'),
			...(told.length > 0 ? toldWords('You were told', told, '') : []),
			...(player.drill?.isWarmUp ? [] : after.phase === before.phase ? spokenViews.board(after) : this.#where()),
		];
	}

	#leave(): readonly string[] {
		this.exit = 0;
		const player = this.#player;
		if (!player || player.view().phase === 'closed') return [];
		return [`Saved. Go on with: quorum-call resume ${player.savePath()}`, `The head of the record is ${player.head()}.`];
	}
}

function questionsOf(player: Player, line: string): readonly string[] {
	const questions = player.questions(line);
	if (!questions) return [`"${line}" crosses no boundary, or is no whole move.`];
	const {boundary, trusted, proof, check, fooled, follows} = questions;
	return [
		`Boundary ${boundary}.`,
		`Who is trusted? ${sentence(trusted)}`,
		`What proof came? ${sentence(proof)}`,
		`Where is the check? ${sentence(check)}`,
		`What if it is fooled? ${sentence(fooled)}`,
		...follows.map(text => `If you do it: ${text}`),
	];
}

function whyOf(view: SeatView, wanted: string): readonly string[] {
	const equations = [
		...view.ceremonies.flatMap(({messages}) => messages.flatMap(message => message.equations)),
		...view.inbox.flatMap(({equation}) => (equation ? [equation] : [])),
		...(view.loot?.attempts ?? []),
		...view.exposure.map(({equation}) => equation),
	].filter(({about, name}) => wanted === '' || about === wanted || name === wanted);
	const last = equations.slice(-3);
	if (last.length === 0) return ['No equation about that has been computed yet.'];
	return [...(equations.length > last.length ? [`The last 3 of ${equations.length}:`] : []), ...last.flatMap(equationWords)];
}
