/**
 * A driver for tests of the engine: a scenario, a seed and lines of notation, as people at a table would type them.
 * It imports the engine's entrances only (game, decide, seat views); what a test wants to know it asks the state or a view.
 */
import {readFileSync} from 'node:fs';
import {type Decided, decide, type Input} from '../../source/engine/decide.js';
import type {GameEvent} from '../../source/engine/events.js';
import {createGame, type Game, type GameOptions, initialState} from '../../source/engine/game.js';
import {seatView} from '../../source/engine/seat-view.js';
import type {GameState} from '../../source/engine/state.js';
import type {SeatView, Side} from '../../source/engine/view.js';
import {vocabulary} from '../../source/engine/vocabulary.js';
import {loadScenario} from '../../source/scenario/load.js';
import type {Scenario} from '../../source/scenario/schema.js';

export type Mover = Side | 'table';

function load(text: string, file: string): Scenario {
	const {scenario, diagnostics} = loadScenario(text, {file, vocabulary});
	if (!scenario) throw new Error(diagnostics.map(({line, message}) => `${file}:${line}: ${message}`).join('\n'));
	return scenario;
}

/** The shipped first scenario, ten minutes and five worlds. */
export const firstLight = load(readFileSync('scenarios/first-light.yaml', 'utf8'), 'first-light.yaml');

type Part = Readonly<Record<string, unknown>>;

const texts = new WeakMap<Scenario, string>();

/** The file that a vault was loaded from. */
export function textOf(scenario: Scenario): string {
	const text = texts.get(scenario);
	if (text === undefined) throw new Error('only a vault has its text here');
	return text;
}

const plainVault = {
	format: 1,
	title: 'A vault',
	suite: 'secp256k1',
	turns: 6,
	threshold: 2,
	parties: {ada: {domain: 'office'}, ben: {domain: 'cloud'}, chi: {domain: 'datacentre'}},
	requests: {
		payroll: {opens: 1, due: 3, by: 'people', title: 'wages', amount: 1000, to: 'staff'},
		vendor: {opens: 1, due: 5, by: 'purchasing', title: 'racks', amount: 2000, to: 'acme', required: false},
		refund: {opens: 0, due: 6, by: 'care', title: 'deposit', amount: 300, to: 'customer', required: false, legitimate: false},
	},
	attackers: {account: 'thieves', message: 'all of it'},
};

/** The controls of a vault in which each key is set and every control that is not named stays as a fresh install has it. */
const installed = {
	'verify-partials': 'on',
	'sealed-transport': 'on',
	'proof-of-possession': 'on',
	'echo-broadcast': 'on',
	'feldman-check': 'on',
	'bind-payload': 'off',
	'independent-verification': 'off',
	'one-time-approvals': 'off',
	'distinct-domains': 'off',
	timelock: 'off',
};

interface VaultOptions {
	/** Controls that differ from a fresh install. */
	readonly controls?: Readonly<Record<string, 'on' | 'off'>>;
	/** What is true from the start: `world:` lines. */
	readonly deal?: string;
	/** Requests that differ, or are added. */
	readonly requests?: Readonly<Record<string, Part | undefined>>;
	/** Fields of the file that replace those of the plain vault. */
	readonly file?: Part;
}

/** A small vault of three parties, two of which sign, in the faster suite; nothing is shuffled and nothing is dealt but `deal`. */
export function vault({controls = {}, deal = '', requests = {}, file = {}}: VaultOptions = {}): Scenario {
	const merged: Record<string, Part> = {...plainVault.requests};
	for (const [id, request] of Object.entries(requests)) {
		if (request === undefined) delete merged[id];
		else merged[id] = {...merged[id], ...request};
	}
	// A shorter game has no deadlines after its end.
	const turns = Number(file.turns ?? plainVault.turns);
	for (const [id, request] of Object.entries(merged))
		merged[id] = {...request, opens: Math.min(Number(request.opens), turns), due: Math.min(Number(request.due), turns)};
	const text = JSON.stringify({
		...plainVault,
		requests: merged,
		controls: {...installed, ...controls},
		worlds: {plain: {deal}},
		...file,
		attackers: {...plainVault.attackers, ...(file.attackers as Part | undefined)},
	});
	const scenario = load(text, 'vault.yaml');
	texts.set(scenario, text);
	return scenario;
}

const begun = new Map<string, Play>();

/** One game being played. Every method that makes a move throws where it does not go as it says. */
export class Play {
	readonly game: Game;
	state: GameState;
	/** Everything that has happened, as it would be journaled. */
	readonly events: GameEvent[] = [];

	private readonly options: Partial<GameOptions>;

	constructor(options: Partial<GameOptions> = {}) {
		this.options = options;
		this.game = createGame({scenario: vault(), seed: 'table', ...options});
		this.state = initialState(this.game);
	}

	/**
	 * A game in which the key is made and the attackers have the move in turn 1. Keygen is run once for all games of one beginning: states are
	 * never changed in place.
	 */
	static begin(options: Partial<GameOptions> = {}): Play {
		const key = JSON.stringify(options);
		const first = begun.get(key) ?? new Play(options).table('begin');
		begun.set(key, first);
		return first.branch();
	}

	/** A game of the small vault, begun. */
	static vault(options: VaultOptions & Pick<Partial<GameOptions>, 'seed' | 'suite'> = {}): Play {
		const {seed = 'table', suite, ...rest} = options;
		return Play.begin({scenario: vault(rest), seed, ...(suite === undefined ? {} : {suite})});
	}

	/** Another game that has come to the same point and goes its own way from here. */
	branch(): Play {
		const other = new Play(this.options);
		other.state = this.state;
		other.events.push(...this.events);
		return other;
	}

	/** What would come of a line; nothing is changed. */
	try(side: Mover, text: string, more: Partial<Input> = {}): Decided {
		return decide(this.game, this.state, {side, text, ...more});
	}

	say(side: Mover, ...lines: readonly string[]): this {
		for (const text of lines) {
			const decided = this.try(side, text);
			if (!decided.ok) throw new Error(`turn ${this.state.turn}, ${side}: ${text}: refused: ${decided.message}`);
			this.events.push(...decided.events);
			this.state = decided.state;
		}
		return this;
	}

	table(...lines: readonly string[]): this {
		return this.say('table', ...lines);
	}

	/** Moves of the operators; where the attackers still have the move, they end their part first. */
	operators(...lines: readonly string[]): this {
		if (this.phase === 'attack') this.say('attackers', 'end-turn');
		return this.say('operators', ...lines);
	}

	/** Moves of the attackers; where the operators still have the move, they end the turn first. */
	attackers(...lines: readonly string[]): this {
		if (this.phase === 'respond') this.endTurn();
		return this.say('attackers', ...lines);
	}

	/** Plays on to the attack phase of the next turn, or of a later one. */
	endTurn(turn = this.state.turn + 1): this {
		while (this.state.turn < turn && !this.state.end) this.operators('end-turn');
		return this;
	}

	/** Ends turns until the game is over. */
	finish(): this {
		return this.endTurn(Number.POSITIVE_INFINITY);
	}

	/** The refusal of a line, which must be refused and change nothing. Brings the side to move, as its own method does. */
	refusal(side: Mover, text: string): string {
		if (side === 'operators') this.operators();
		const decided = this.try(side, text);
		if (decided.ok) throw new Error(`turn ${this.state.turn}, ${side}: ${text}: allowed`);
		return decided.message;
	}

	get phase(): string {
		return this.view('operators').phase;
	}

	view(side: Side): SeatView {
		return seatView(this.game, this.state, side);
	}

	request(id: string) {
		const request = this.state.requests[id];
		if (!request) throw new Error(`there is no request ${id}`);
		return request;
	}

	/** The state of a request's machine. */
	stateOf(request: string): string {
		return String(this.request(request).machine);
	}

	/** What a side was told, as lines. */
	told(side: Side, kind?: string): string[] {
		return this.state.inbox[side].filter(entry => kind === undefined || entry.kind === kind).map(({text}) => text);
	}

	/** The last thing of a kind that a side was told. */
	lastTold(side: Side, kind?: string): string {
		return this.told(side, kind).at(-1) ?? '';
	}

	get lastCeremony() {
		const ceremony = this.state.ceremonies.at(-1);
		if (!ceremony) throw new Error('there was no ceremony');
		return ceremony;
	}

	/** Approves by these parties on a basis and orders their signature. */
	sign(request: string, parties = 'ada,ben', basis = 'display'): this {
		for (const party of parties.split(',')) this.operators(`approve ${request} party=${party} basis=${basis}`);
		return this.operators(`sign ${request} parties=${parties}`);
	}
}
