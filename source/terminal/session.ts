/**
 * One person at one terminal: the stack of screens, the game if there is one, and what keys do to them. It knows nothing of React:
 * presses change it at once, one after another, so a burst of keys never meets a stale screen; the app only draws its state.
 */
import type {SeatView, Side} from '../engine/view.js';
import {clockWords, type DrillSetup, spokenLine} from './drill-table.js';
import {deskAtFirst, titleAtFirst} from './first-frame.js';
import type {Command} from './key-bindings.js';
import {commandOf, keyFor, keyName} from './keymap.js';
import type {Catalogue, Choice, Later, Outcome, Player} from './player.js';
import {editOf, emptyEdit, pasted} from './prompt/edit.js';
import {boardAfter, boardOf} from './screens/board-state.js';
import {changeOf} from './screens/changes.js';
import {drillOf} from './screens/drill.js';
import {handlers} from './screens/handlers.js';
import {playOn, replayStart} from './screens/replay.js';
import {playing, resolveOf, ticked} from './screens/resolve.js';
import type {BoardScreen, Desk, DeskState, Game, Handler, Notice, Screen, ScreenOf, Working} from './screens/screen.js';
import {turnOf} from './screens/turn.js';
import {hasTips, keymapOf, pace, type Settings} from './settings.js';
import {isPasted, type KeyPress, textOf} from './split-keys.js';

export interface Size {
	readonly columns: number;
	readonly rows: number;
}

/** Screens on which the clock of a drill is drawn. */
const shownWithClock: ReadonlySet<string> = new Set(['board', 'prompt', 'note', 'choose']);

/** Milliseconds that a move may take before the screen says that it is being computed. Until then, keys wait their turn. */
const noticed = 120;

/** Milliseconds within which reads belong to one paste: nobody presses Enter behind it as fast. */
const onePaste = 40;

/** Keys that would move, or that need the answer which is still awaited. All others look, and work while something is computed. */
const movers: Readonly<Partial<Record<Screen['kind'], readonly Command[]>>> = {
	briefing: ['do'],
	paused: ['do'],
	handOver: ['do'],
	board: ['take-back', 'pause', 'hint'],
	prompt: ['do'],
	note: ['do'],
	approve: ['do'],
	endTurn: ['do'],
	confirm: ['do'],
	beliefs: ['do'],
	facilitatorLine: ['do'],
	hotWash: ['do', 'back'],
	drillReady: ['do', 'warm-up'],
};

function isMover(screen: Screen, command: Command): boolean {
	// On the board, Enter looks at what is in a pane, or plays the line that waits.
	if (screen.kind === 'board' && command === 'do') return screen.focus === 'moves' || screen.draft !== undefined;
	return movers[screen.kind]?.includes(command) ?? false;
}

const stillComputing = 'Not yet: the last move is still being computed.';

/** What was seen of each ceremony: a retried one changes its status or grows, and is shown again. */
function seenIn(view: SeatView): ReadonlyMap<string, string> {
	return new Map(view.ceremonies.map(({id, status, messages}) => [id, `${status} ${messages.length}`]));
}

export class Session implements Desk {
	readonly catalogue: Catalogue;
	#state: DeskState;
	readonly #listeners = new Set<() => void>();
	#isHandling = false;
	/** A move whose answer is awaited. */
	#underway: {readonly words: string; readonly since: number; readonly timer: ReturnType<typeof setTimeout>} | undefined;
	/** When a text that came as keys was taken for pasted: a long one comes in several reads. */
	#pastedAt = Number.NEGATIVE_INFINITY;
	/** What was pressed and pasted, and waits for the move that was made before. */
	readonly #waiting: (() => void)[] = [];
	#unsubscribe: (() => void) | undefined;
	/** What a warm-up goes back to. */
	#beforeWarmUp: Screen | undefined;
	/** Of a shared keyboard: each side's game and board as it left them. */
	readonly #left = new Map<Side, {readonly game: Game; readonly base: Screen | undefined}>();
	/** Of a shared keyboard: the sides that have sat down since the game was opened. */
	readonly #sat = new Set<Side>();

	/** Starts at the title, or in a game that is already open. */
	constructor(catalogue: Catalogue, size: Size, start?: Player | DrillSetup) {
		this.catalogue = catalogue;
		const first = start === undefined ? [titleAtFirst] : 'read' in start ? [drillOf(start)] : [];
		this.#state = deskAtFirst(catalogue.preferences, first, size);
		if (start && !('read' in start)) this.#batch(() => this.#enter(start));
	}

	get state(): DeskState {
		return this.#state;
	}

	readonly snapshot = (): DeskState => this.#state;

	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	};

	/**
	 * Handles the presses of one read in order. What a handler throws is thrown on: the app ends with its message, and the save is intact.
	 * @param at milliseconds on a clock that never goes back
	 */
	press(presses: readonly KeyPress[], at = performance.now()) {
		this.#waiting.push(() => this.#read(presses, at));
		this.#goThrough();
	}

	/** Keys are pressed; what was pasted into a terminal that sends it as keys is pasted here too, or it would make moves unseen. */
	#read(presses: readonly KeyPress[], at: number) {
		const top = this.#state.stack.at(-1);
		const text = textOf(presses);
		const goesOn = at - this.#pastedAt < onePaste;
		if (text === undefined || !(goesOn || isPasted(text, top !== undefined && 'edit' in top))) {
			this.#waiting.unshift(...presses.map(press => () => this.#press(press)));
			return;
		}
		this.#pastedAt = at;
		this.#paste(text, goesOn);
	}

	/** Does what waits, in order: all of it, or up to a move whose answer is awaited. */
	#goThrough() {
		if (this.#isHandling) return;
		this.#batch(() => {
			while (this.#waiting.length > 0 && !this.#isHolding()) {
				this.#waiting.shift()?.();
				if (!this.#handOver()) this.#endWarmUp();
			}
		});
	}

	/** Whether a move is so young that keys wait for it: most are answered before anybody could notice. */
	#isHolding(): boolean {
		return this.#underway !== undefined && !this.#state.working;
	}

	/** Puts pasted text into the line being typed, or opens the prompt with it on the board; elsewhere it is left out. */
	paste(text: string) {
		this.#waiting.push(() => this.#paste(text));
		this.#goThrough();
	}

	/** @param goesOn the rest of a long paste: where a move is typed, its first line is there already */
	#paste(text: string, goesOn = false) {
		const top = this.#state.stack.at(-1);
		if (!top) return;
		const lines = text.split(/[\r\n]+/).filter(line => line.trim() !== '');
		// A text in quotes may have several lines.
		const isQuoted = (lines[0]?.split('"').length ?? 1) % 2 === 0;
		const isMove = !isQuoted && (top.kind === 'board' || top.kind === 'prompt' || top.kind === 'facilitatorLine');
		if (isMove && goesOn) return;
		const {edit, notice} = pasted('edit' in top ? top.edit : emptyEdit, isMove ? (lines[0] ?? '').replace(/^\s*:/, '') : text);
		if (top.kind === 'board') this.push({kind: 'prompt', edit, recall: {typed: ''}});
		else if ('edit' in top) this.set({...top, edit});
		else return this.say('info', 'Nothing takes text here: what was pasted is left out.');
		if (isMove && lines.length > 1)
			this.say('info', `Of ${lines.length} pasted lines the first is here, and nothing was done: a move is one line, and Enter does it.`);
		else if (notice !== undefined) this.say('info', notice);
	}

	resize(size: Size) {
		if (size.columns === this.#state.columns && size.rows === this.#state.rows) return;
		this.#change(size);
	}

	#press(press: KeyPress) {
		const top = this.#state.stack.at(-1);
		if (!top || this.#state.exit !== undefined) return;
		const command = commandOf(top.kind, press.name, keymapOf(this.#state.settings));
		if (command === 'leave') {
			if (this.#state.isLeaving) this.leave(130);
			else this.#change({isLeaving: true});
			return;
		}
		if (this.#state.isLeaving || this.#state.notice) this.#change({isLeaving: false, notice: undefined});
		const isDrill = this.#state.game?.player.drill?.isWarmUp === false;
		if (isDrill && press.name === this.#state.settings.facilitator && !top.kind.startsWith('facilitator'))
			return this.push({kind: 'facilitatorAsk'});
		if (command === 'settings') return this.push({kind: 'settings', cursor: 0});
		if (command === 'help') return this.push({kind: 'help', about: top.kind, top: 0});
		if (this.#underway && command !== undefined && isMover(top, command)) return this.say('info', stillComputing);
		// The table's types tie each kind to its screen; a lookup by the kind of this very screen keeps the tie.
		const handle = handlers[top.kind] as Handler<Screen['kind']>;
		const before = this.#state;
		handle(this, top, command, press);
		// A key that means nothing here says so, where there is help to be had.
		const isIdle = command === undefined && press.text !== undefined && this.#state === before;
		if (isIdle && commandOf(top.kind, '?', keymapOf(this.#state.settings)) === 'help')
			this.say('info', `${keyName(press.name)} does nothing here. ? shows the keys.`);
	}

	set(screen: Screen) {
		this.#change({stack: [...this.#state.stack.slice(0, -1), screen]});
	}

	push(screen: Screen) {
		const isFull = screen.kind === 'equation' && this.#state.settings.explanation === 'full';
		this.#change({stack: [...this.#state.stack, isFull ? {...screen, isFull} : screen]});
	}

	/** Removes the top screen. Below a game's first screen lies the title; below the title, or below a game opened without one, the way out. */
	pop() {
		const stack = this.#state.stack.slice(0, -1);
		if (stack.length === 0) return this.leave(0);
		if (stack.length === 1 && stack[0]?.kind === 'title' && this.#state.game) this.#drop();
		this.#change({stack});
	}

	close(kind: Screen['kind']) {
		const {stack} = this.#state;
		const at = stack.findLastIndex(screen => screen.kind === kind);
		if (at >= 0) this.#change({stack: stack.filter((_, index) => index !== at)});
	}

	change<K extends Screen['kind']>(kind: K, change: (screen: ScreenOf<K>) => ScreenOf<K>) {
		const at = this.#state.stack.findLastIndex(screen => screen.kind === kind);
		if (at < 0) return;
		this.#change({stack: this.#state.stack.map((screen, index) => (index === at ? change(screen as ScreenOf<K>) : screen))});
	}

	restack(stack: readonly Screen[]) {
		this.#change({stack});
	}

	say(tone: Notice['tone'], text: string) {
		this.#change({notice: {tone, text}});
	}

	configure(settings: Settings) {
		this.#change({settings});
		this.wait(this.catalogue.preferences.keep(settings), outcome => {
			if (!outcome.ok) this.say('bad', outcome.message);
		});
	}

	submit(line: string, then: (outcome: Outcome) => void = () => {}) {
		const before = this.#state.game?.view;
		const parties = before?.parties.length ?? 0;
		const said = (outcome: Outcome): void => {
			const {game} = this.#state;
			const change =
				outcome.ok && !outcome.said && before && game
					? changeOf(before, game.view, spokenLine(line).move, keymapOf(this.#state.settings))
					: undefined;
			if (change) this.say(change.tone, change.text);
			if (game && game.history.at(-1) !== line) this.#change({game: {...game, history: [...game.history, line]}});
			then(outcome);
		};
		this.act(player => player.submit(line), said, line === 'end-turn' ? `the turn ends, ${parties} parties do their part` : line);
	}

	act(what: (player: Player) => Later<Outcome>, then: (outcome: Outcome) => void = () => {}, words = 'what follows from this') {
		const {game} = this.#state;
		if (!game) return;
		if (this.#underway) return this.say('info', stillComputing);
		const {player} = game;
		const made = (outcome: Outcome): void => {
			this.#look();
			if (!outcome.ok) this.say('bad', outcome.message);
			else if (outcome.said) this.say('good', outcome.said);
			then(outcome);
		};
		const outcome = what(player);
		if (!(outcome instanceof Promise)) return made(outcome);
		const unwatch = player.watch?.(progress => this.#tellOf({progress}));
		this.#underway = {words, since: performance.now(), timer: setTimeout(() => this.#tellOf({}), noticed)};
		const settled = (): void => {
			clearTimeout(this.#underway?.timer);
			this.#underway = undefined;
			unwatch?.();
			this.#change({working: undefined});
		};
		// What goes wrong in a move is an error of this program, and ends it; unless the game was left meanwhile, and nobody waits for it any more.
		const isAwaited = () => this.#state.game?.player === player && this.#state.exit === undefined;
		void outcome
			.then(
				found =>
					this.#batch(() => {
						settled();
						if (isAwaited()) made(found);
					}),
				(error: unknown) => {
					settled();
					if (isAwaited()) throw error;
				},
			)
			.then(() => this.#goThrough());
	}

	/** Shows that a move is being computed, and how far it has come. Keys that waited for it are taken for what they are now. */
	#tellOf(told: Pick<Working, 'progress'>) {
		const {working} = this.#state;
		if (!this.#underway || (!working && 'progress' in told)) return;
		const {words, since} = this.#underway;
		const seconds = pace(this.#state.settings) === undefined ? {} : {seconds: Math.floor((performance.now() - since) / 1000)};
		this.#change({working: {...working, ...told, words, ...seconds}});
		this.#goThrough();
	}

	/** The key of the board that texts name for a command. */
	#key(command: Command): string {
		return keyFor('board', command, keymapOf(this.#state.settings));
	}

	open(choice: Choice) {
		this.push({kind: 'opening', words: 'scenario' in choice ? `Opening ${choice.scenario} ...` : `Opening ${choice.save} ...`});
		const isWaiting = () => this.#state.stack.at(-1)?.kind === 'opening';
		this.wait(
			this.catalogue.open(choice),
			player => {
				if (isWaiting()) this.#enter(player);
			},
			() => {
				if (isWaiting()) this.pop();
			},
		);
	}

	wait<T>(what: T | Promise<T>, then: (value: T) => void, otherwise: () => void = () => {}) {
		if (!(what instanceof Promise)) return then(what);
		what.then(
			value => this.#batch(() => then(value)),
			(error: unknown) =>
				this.#batch(() => {
					otherwise();
					this.say('bad', error instanceof Error ? error.message : String(error));
				}),
		);
	}

	/** Steps a second, while a replay or the messages of a ceremony play by themselves on top of everything, or a clock is in sight. */
	get pace(): number | undefined {
		const top = this.#state.stack.at(-1);
		if (top?.kind === 'resolve' && top.isPlaying) return pace(this.#state.settings);
		if (top?.kind === 'replay' && top.isPlaying) return top.speed;
		// Where nothing moves, the clock of a drill is read with each key.
		return (this.#isTicking() || this.#state.working) && pace(this.#state.settings) !== undefined ? 1 : undefined;
	}

	tick() {
		const top = this.#state.stack.at(-1);
		const {game} = this.#state;
		if (game && top?.kind === 'resolve' && top.isPlaying) this.set(ticked(game.view, top));
		if (top?.kind === 'replay' && top.isPlaying) this.#batch(() => playOn(this, top));
		if (this.#isTicking()) this.#change({clock: this.#clock()});
		if (this.#state.working) this.#tellOf({});
	}

	sit() {
		const {game, stack, wipes} = this.#state;
		if (!game) return;
		const {player} = game;
		player.sharing?.sit();
		const view = player.view();
		const earlier = this.#sat.has(view.side) ? null : player.sharing?.earlier?.();
		this.#sat.add(view.side);
		const from = earlier ?? view;
		const fresh = {game: {...game, view: from, history: [], seen: seenIn(from)}, base: earlier ? boardOf(earlier) : undefined};
		const left = earlier ? fresh : (this.#left.get(view.side) ?? fresh);
		const under = stack.filter(({kind}) => kind === 'title');
		this.#change({
			game: left.game,
			stack: [...under, ...(left.base ? [left.base] : [])],
			notice: undefined,
			wipes: wipes + 1,
		});
		this.#look();
	}

	/** Hands a shared keyboard over where the other side is next and who sits here has read all that came up; says whether it did. */
	#handOver(): boolean {
		const {game, stack, wipes, exit} = this.#state;
		if (this.#underway) return false;
		const next = game?.player.sharing?.next;
		const under = stack.filter(({kind}) => kind === 'title');
		const base = stack[under.length];
		if (!game || !next || exit !== undefined || stack.length !== under.length + 1 || base?.kind === 'handOver') return false;
		// What was typed ahead is not for the next side.
		this.#waiting.length = 0;
		this.#left.set(game.view.side, {game, base});
		this.#change({stack: [...under, {kind: 'handOver', to: next}], notice: undefined, isLeaving: false, wipes: wipes + 1});
		return true;
	}

	enter(words: string, make: () => Later<Player>, then: () => void = () => {}) {
		const before = this.#state.stack.at(-1);
		this.push({kind: 'opening', words});
		const isWaiting = () => this.#state.stack.at(-1)?.kind === 'opening' && this.#state.exit === undefined;
		this.wait(
			(async () => make())(),
			player => {
				if (!isWaiting()) return;
				this.#beforeWarmUp = player.drill?.isWarmUp ? before : undefined;
				this.#enter(player);
				then();
			},
			() => {
				if (isWaiting()) this.pop();
			},
		);
	}

	wipe() {
		this.#change({wipes: this.#state.wipes + 1});
	}

	/** Whether the clock of a drill runs and is drawn. */
	#isTicking(): boolean {
		const {game, stack} = this.#state;
		const {drill} = game?.player ?? {};
		return drill?.isWarmUp === false && shownWithClock.has(stack.at(-1)?.kind ?? '') && drill.clock().isRunning;
	}

	#clock(): string | undefined {
		const drill = this.#state.game?.player.drill;
		return drill && (drill.isWarmUp ? 'WARM-UP' : clockWords(drill.clock()));
	}

	/** Throws a warm-up away once its turn is over and what came of it was read; says whether it did. */
	#endWarmUp(): boolean {
		const {game, stack} = this.#state;
		const isOver = !this.#underway && game?.player.drill?.isWarmUp && game.view.turn !== 1 && stack.length === 1;
		if (isOver) {
			this.#waiting.length = 0;
			this.#dropWarmUp();
		}
		return isOver === true;
	}

	#dropWarmUp() {
		const before = this.#beforeWarmUp;
		if (!before) return;
		this.#beforeWarmUp = undefined;
		this.#drop();
		this.#change({stack: [before], clock: undefined, isLeaving: false, wipes: this.#state.wipes + 1});
		this.say('good', 'The warm-up is over. It was thrown away: nothing of it is on record.');
	}

	leave(status: number) {
		if (status === 0 && this.#beforeWarmUp) return this.#dropWarmUp();
		this.#unsubscribe?.();
		this.#unsubscribe = undefined;
		this.#change({exit: status});
	}

	#enter(player: Player) {
		this.#unsubscribe?.();
		this.#left.clear();
		this.#sat.clear();
		const view = player.view();
		const game: Game = {
			player,
			view,
			head: player.head(),
			isFirst: hasTips(this.#state.settings, this.catalogue.preferences.firstGame),
			history: [],
			seen: seenIn(view),
		};
		this.#change({game, stack: this.#state.stack.filter(({kind}) => kind === 'title')});
		// What a move changes is looked at when all of it is there.
		this.#unsubscribe = player.subscribe(() => {
			if (!this.#underway) this.#look();
		});
		this.#look();
	}

	#drop() {
		this.#unsubscribe?.();
		this.#unsubscribe = undefined;
		this.#change({game: undefined});
	}

	/** Reads the game again, and goes where it now is. */
	#look() {
		const before = this.#state.game;
		if (!before) return;
		const view = before.player.view();
		const seen = seenIn(view);
		// What ran before the first turn nobody has ordered: it is among the messages for whoever wants to see it.
		const unseen = view.ceremonies
			.filter(({id, kind, turn}) => before.seen.get(id) !== seen.get(id) && kind !== 'keygen' && turn > 0)
			.map(({id}) => id);
		const game: Game = {...before, view, head: before.player.head(), seen};
		this.#change({game, clock: this.#clock()});
		this.#route(before.view, game, unseen);
	}

	/** The game's first screen follows its phase; ceremonies that were not seen yet are shown above it. */
	#route(before: SeatView, {view, player, isFirst}: Game, unseen: readonly string[]) {
		const {stack} = this.#state;
		const under = stack.filter(({kind}) => kind === 'title');
		const base = stack[under.length];
		if (player.replay) {
			// What a replay shows was seen already: nothing comes up by itself.
			if (!base) this.#change({stack: [...under, replayStart]});
			return;
		}
		const above = stack.slice(under.length + 1);
		const isNewTurn = before.turn !== view.turn || before.phase !== view.phase;
		const next = this.#baseFor(view, before, base, player);
		const kept =
			next.kind === base?.kind && !isNewTurn ? above : above.filter(({kind}) => kind === 'resolve' || kind === 'quit' || kind === 'help');
		const open = kept.findLast((screen): screen is ScreenOf<'resolve'> => screen.kind === 'resolve');
		const shown =
			open && unseen.length > 0
				? kept.map(screen =>
						screen === open ? {...open, queue: [...open.queue, ...unseen.filter(id => !open.queue.includes(id))]} : screen,
					)
				: kept;
		const resolve = !open && unseen.length > 0 ? [this.#resolve(view, unseen, isFirst)] : [];
		const isOver = next.kind === 'hotWash';
		const hasEnded = before.turn > 0 && base?.kind === 'board' && (isOver || (before.turn !== view.turn && next.kind === 'board'));
		const summary = hasEnded ? [turnOf(before, view)] : [];
		this.#change({stack: [...under, next, ...summary, ...shown, ...resolve]});
		if (isFirst && next.kind === 'board' && base?.kind === 'briefing')
			this.say(
				'info',
				`Enter does the highlighted move, ${this.#key('end-turn')} ends the turn. ${this.#key('hint')} gives a hint, ${this.#key('why')} tells why, ? shows all keys.`,
			);
		if (next.kind === 'reader' && base?.kind !== 'reader') this.#readDebrief();
		if ((view.phase === 'hotWash' || view.phase === 'closed') && this.catalogue.preferences.firstGame && before.phase !== view.phase)
			this.catalogue.preferences.markPlayed();
	}

	#resolve(view: SeatView, unseen: readonly string[], isGuided: boolean): ScreenOf<'resolve'> {
		const screen = resolveOf(view, unseen, isGuided);
		return pace(this.#state.settings) === undefined ? screen : playing(view, screen);
	}

	#baseFor(view: SeatView, before: SeatView, base: Screen | undefined, player: Player): Screen {
		// Around a shared screen a pause is there to look at the picture and talk about it.
		if (view.isPaused && !player.drill) return {kind: 'paused'};
		if (view.phase === 'briefing') return base?.kind === 'briefing' ? base : {kind: 'briefing', top: 0};
		if (view.phase === 'hotWash') return base?.kind === 'hotWash' ? base : {kind: 'hotWash', edit: editOf(''), told: 0};
		if (view.phase === 'closed')
			return base?.kind === 'reader'
				? base
				: {
						kind: 'reader',
						title: `DEBRIEF   ${view.scenario.title}`,
						text: 'The debrief is being made: it plays the same moves in the other worlds ...',
						top: 0,
					};
		return base?.kind === 'board' ? boardAfter(base as BoardScreen, before, view, player) : boardOf(view);
	}

	#readDebrief() {
		const player = this.#state.game?.player;
		if (!player) return;
		this.wait(player.debrief(), text => this.change('reader', reader => ({...reader, text})));
	}

	#batch(work: () => void) {
		const isOuter = !this.#isHandling;
		this.#isHandling = true;
		try {
			work();
		} finally {
			if (isOuter) {
				if (!this.#endWarmUp()) this.#handOver();
				this.#isHandling = false;
				this.#tell();
			}
		}
	}

	#change(change: Partial<DeskState>) {
		this.#state = {...this.#state, ...change};
		if (!this.#isHandling) this.#tell();
	}

	#tell() {
		for (const listener of this.#listeners) listener();
	}
}
