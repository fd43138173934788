/**
 * One person at one terminal: the screens, the game if there is one, what keys do to them, and the move whose answer is awaited. It knows nothing
 * of React: presses change it at once, one after another, so a burst of keys never meets a stale screen; the app only draws its state.
 */
import {DeskStack} from './desk-stack.js';
import {clockOf, isTicking} from './drill-clock.js';
import {type DrillSetup, spokenLine} from './drill-table.js';
import {deskAtFirst, titleAtFirst} from './first-frame.js';
import {commandOf, keyName} from './keymap.js';
import {isMover} from './movers.js';
import type {Catalogue, Choice, Later, Outcome, Player} from './player.js';
import {changeOf} from './screens/changes.js';
import {drillOf} from './screens/drill.js';
import {baseOf, firstTip, seenIn, stackAfter, underneath} from './screens/follow-game.js';
import {handlers} from './screens/handlers.js';
import {afterPaste, PasteWatch} from './screens/paste.js';
import {playOn, replayStart} from './screens/replay.js';
import {ticked} from './screens/resolve.js';
import type {Desk, Game, Handler, Screen, Working} from './screens/screen.js';
import {hasTips, keymapOf, pace, type Settings} from './settings.js';
import {SharedKeyboard} from './shared-keyboard.js';
import type {KeyPress} from './split-keys.js';

export interface Size {
	readonly columns: number;
	readonly rows: number;
}

/** Milliseconds that a move may take before the screen says that it is being computed. Until then, keys wait their turn. */
const noticed = 120;

const stillComputing = 'Not yet: the last move is still being computed.';

export class Session extends DeskStack implements Desk {
	readonly catalogue: Catalogue;
	/** A move whose answer is awaited. */
	#underway: {readonly words: string; readonly since: number; readonly timer: ReturnType<typeof setTimeout>} | undefined;
	readonly #pasteWatch = new PasteWatch();
	/** What was pressed and pasted, and waits for the move that was made before. */
	readonly #waiting: (() => void)[] = [];
	#unsubscribe: (() => void) | undefined;
	/** What a warm-up goes back to. */
	#beforeWarmUp: Screen | undefined;
	readonly #keyboard = new SharedKeyboard();

	/** Starts at the title, or in a game that is already open. */
	constructor(catalogue: Catalogue, size: Size, start?: Player | DrillSetup) {
		const first = start === undefined ? [titleAtFirst] : 'read' in start ? [drillOf(start)] : [];
		super(deskAtFirst(catalogue.preferences, first, size));
		this.catalogue = catalogue;
		if (start && !('read' in start)) this.batch(() => this.#enter(start));
	}

	/**
	 * Handles the presses of one read in order. What a handler throws is thrown on: the app ends with its message, and the save is intact.
	 * @param at milliseconds on a clock that never goes back
	 */
	press(presses: readonly KeyPress[], at = performance.now()) {
		this.#waiting.push(() => {
			const pasted = this.#pasteWatch.textIn(presses, at, this.state.stack.at(-1));
			if (pasted) this.update(afterPaste(this.state, pasted.text, pasted.goesOn));
			else this.#waiting.unshift(...presses.map(press => () => this.#press(press)));
		});
		this.#goThrough();
	}

	/** Does what waits, in order: all of it, or up to a move whose answer is awaited. */
	#goThrough() {
		if (this.isBatching) return;
		this.batch(() => {
			while (this.#waiting.length > 0 && !this.#isHolding()) {
				this.#waiting.shift()?.();
				if (!this.#handOver()) this.#endWarmUp();
			}
		});
	}

	/** Whether a move is so young that keys wait for it: most are answered before anybody could notice. */
	#isHolding(): boolean {
		return this.#underway !== undefined && !this.state.working;
	}

	/** Puts pasted text into the line being typed, or opens the prompt with it on the board; elsewhere it is left out. */
	paste(text: string) {
		this.#waiting.push(() => this.update(afterPaste(this.state, text)));
		this.#goThrough();
	}

	resize(size: Size) {
		if (size.columns === this.state.columns && size.rows === this.state.rows) return;
		this.update(size);
	}

	#press(press: KeyPress) {
		const top = this.state.stack.at(-1);
		if (!top || this.state.exit !== undefined) return;
		const command = commandOf(top.kind, press.name, keymapOf(this.state.settings));
		if (command === 'leave') {
			if (this.state.isLeaving) this.leave(130);
			else this.update({isLeaving: true});
			return;
		}
		if (this.state.isLeaving || this.state.notice) this.update({isLeaving: false, notice: undefined});
		const isDrill = this.state.game?.player.drill?.isWarmUp === false;
		if (isDrill && press.name === this.state.settings.facilitator && !top.kind.startsWith('facilitator'))
			return this.push({kind: 'facilitatorAsk'});
		if (command === 'settings') return this.push({kind: 'settings', cursor: 0});
		if (command === 'help') return this.push({kind: 'help', about: top.kind, top: 0});
		if (this.#underway && command !== undefined && isMover(top, command)) return this.say('info', stillComputing);
		// The table's types tie each kind to its screen; a lookup by the kind of this very screen keeps the tie.
		const handle = handlers[top.kind] as Handler<Screen['kind']>;
		const before = this.state;
		handle(this, top, command, press);
		// A key that means nothing here says so, where there is help to be had.
		const isIdle = command === undefined && press.text !== undefined && this.state === before;
		if (isIdle && commandOf(top.kind, '?', keymapOf(this.state.settings)) === 'help')
			this.say('info', `${keyName(press.name)} does nothing here. ? shows the keys.`);
	}

	/** Removes the top screen. Below a game's first screen lies the title; below the title, or below a game opened without one, the way out. */
	pop() {
		const stack = this.state.stack.slice(0, -1);
		if (stack.length === 0) return this.leave(0);
		if (stack.length === 1 && stack[0]?.kind === 'title' && this.state.game) this.#drop();
		this.update({stack});
	}

	configure(settings: Settings) {
		this.update({settings});
		this.wait(this.catalogue.preferences.keep(settings), outcome => {
			if (!outcome.ok) this.say('bad', outcome.message);
		});
	}

	submit(line: string, then: (outcome: Outcome) => void = () => {}) {
		const before = this.state.game?.view;
		const parties = before?.parties.length ?? 0;
		const said = (outcome: Outcome): void => {
			const {game} = this.state;
			const change =
				outcome.ok && !outcome.said && before && game
					? changeOf(before, game.view, spokenLine(line).move, keymapOf(this.state.settings))
					: undefined;
			if (change) this.say(change.tone, change.text);
			if (game && game.history.at(-1) !== line) this.update({game: {...game, history: [...game.history, line]}});
			then(outcome);
		};
		this.act(player => player.submit(line), said, line === 'end-turn' ? `the turn ends, ${parties} parties do their part` : line);
	}

	act(what: (player: Player) => Later<Outcome>, then: (outcome: Outcome) => void = () => {}, words = 'what follows from this') {
		const {game} = this.state;
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
			this.update({working: undefined});
		};
		// What goes wrong in a move is an error of this program, and ends it; unless the game was left meanwhile, and nobody waits for it any more.
		const isAwaited = () => this.state.game?.player === player && this.state.exit === undefined;
		void outcome
			.then(
				found =>
					this.batch(() => {
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
		const {working} = this.state;
		if (!this.#underway || (!working && 'progress' in told)) return;
		const {words, since} = this.#underway;
		const seconds = pace(this.state.settings) === undefined ? {} : {seconds: Math.floor((performance.now() - since) / 1000)};
		this.update({working: {...working, ...told, words, ...seconds}});
		this.#goThrough();
	}

	open(choice: Choice) {
		this.push({kind: 'opening', words: 'scenario' in choice ? `Opening ${choice.scenario} ...` : `Opening ${choice.save} ...`});
		const isWaiting = () => this.state.stack.at(-1)?.kind === 'opening';
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
			value => this.batch(() => then(value)),
			(error: unknown) =>
				this.batch(() => {
					otherwise();
					this.say('bad', error instanceof Error ? error.message : String(error));
				}),
		);
	}

	/** Steps a second, while a replay or the messages of a ceremony play by themselves on top of everything, or a clock is in sight. */
	get pace(): number | undefined {
		const top = this.state.stack.at(-1);
		if (top?.kind === 'resolve' && top.isPlaying) return pace(this.state.settings);
		if (top?.kind === 'replay' && top.isPlaying) return top.speed;
		// Where nothing moves, the clock of a drill is read with each key.
		return (isTicking(this.state) || this.state.working) && pace(this.state.settings) !== undefined ? 1 : undefined;
	}

	tick() {
		const top = this.state.stack.at(-1);
		const {game} = this.state;
		if (game && top?.kind === 'resolve' && top.isPlaying) this.set(ticked(game.view, top));
		if (top?.kind === 'replay' && top.isPlaying) this.batch(() => playOn(this, top));
		if (isTicking(this.state)) this.update({clock: clockOf(this.state.game)});
		if (this.state.working) this.#tellOf({});
	}

	sit() {
		const seated = this.#keyboard.sit(this.state);
		if (!seated) return;
		this.update(seated);
		this.#look();
	}

	/** Hands a shared keyboard over where it is time to; says whether it did. */
	#handOver(): boolean {
		const change = this.#underway ? undefined : this.#keyboard.handOver(this.state);
		if (!change) return false;
		// What was typed ahead is not for the next side.
		this.#waiting.length = 0;
		this.update(change);
		return true;
	}

	enter(words: string, make: () => Later<Player>, then: () => void = () => {}) {
		const before = this.state.stack.at(-1);
		this.push({kind: 'opening', words});
		const isWaiting = () => this.state.stack.at(-1)?.kind === 'opening' && this.state.exit === undefined;
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

	/** Throws a warm-up away once its turn is over and what came of it was read; says whether it did. */
	#endWarmUp(): boolean {
		const {game, stack} = this.state;
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
		this.update({stack: [before], clock: undefined, isLeaving: false, wipes: this.state.wipes + 1});
		this.say('good', 'The warm-up is over. It was thrown away: nothing of it is on record.');
	}

	leave(status: number) {
		if (status === 0 && this.#beforeWarmUp) return this.#dropWarmUp();
		this.#unsubscribe?.();
		this.#unsubscribe = undefined;
		this.update({exit: status});
	}

	#enter(player: Player) {
		this.#unsubscribe?.();
		this.#keyboard.clear();
		const view = player.view();
		const game: Game = {
			player,
			view,
			head: player.head(),
			isFirst: hasTips(this.state.settings, this.catalogue.preferences.firstGame),
			history: [],
			seen: seenIn(view),
		};
		this.update({game, stack: underneath(this.state.stack)});
		// What a move changes is looked at when all of it is there.
		this.#unsubscribe = player.subscribe(() => {
			if (!this.#underway) this.#look();
		});
		this.#look();
	}

	#drop() {
		this.#unsubscribe?.();
		this.#unsubscribe = undefined;
		this.update({game: undefined});
	}

	/** Reads the game again, and goes where it now is. */
	#look() {
		const before = this.state.game;
		if (!before) return;
		const view = before.player.view();
		const game: Game = {...before, view, head: before.player.head(), seen: seenIn(view)};
		this.update({game, clock: clockOf(game)});
		this.#follow(before, game);
	}

	#follow(before: Game, game: Game) {
		const {stack, settings} = this.state;
		const base = baseOf(stack);
		if (game.player.replay) {
			// What a replay shows was seen already: nothing comes up by itself.
			if (!base) this.restack([...underneath(stack), replayStart]);
			return;
		}
		const after = stackAfter(this.state, before, game);
		const next = baseOf(after);
		this.restack(after);
		if (game.isFirst && next?.kind === 'board' && base?.kind === 'briefing') this.say('info', firstTip(settings));
		if (next?.kind === 'reader' && base?.kind !== 'reader') this.#readDebrief();
		const {phase} = game.view;
		const {preferences} = this.catalogue;
		if ((phase === 'hotWash' || phase === 'closed') && preferences.firstGame && before.view.phase !== phase) preferences.markPlayed();
	}

	#readDebrief() {
		const player = this.state.game?.player;
		if (!player) return;
		this.wait(player.debrief(), text => this.change('reader', reader => ({...reader, text})));
	}

	protected override beforeTold() {
		if (!this.#endWarmUp()) this.#handOver();
	}
}
