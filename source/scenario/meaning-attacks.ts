/**
 * Playbooks and deals that cannot work: moves that are not offered or not to be paid, and attacks whose preconditions
 * nothing in the file brings about. What the attackers may get in a world is followed turn by turn, always in their favour.
 */
import type {Meaning, MoveLine} from './meaning.js';

export function checkAttacks(meaning: Meaning): void {
	for (const world of meaning.worlds) {
		checkOffers(meaning, world);
		const reach = reachOf(meaning, world);
		for (const {line, turn} of playedLines(meaning, world)) {
			const why = obstacle(meaning, world, line, {turn, last: meaning.scenario.turns + 1}, reach);
			if (why !== undefined)
				meaning.atLine(line, {
					code: 'impossible-attack',
					message: `${line.verb} can't be done in ${world}: ${why.message}`,
					hint: why.hint,
				});
		}
		checkKeygenAttacks(meaning, world);
		checkShares(meaning, world);
	}
}

function checkOffers(meaning: Meaning, world: string): void {
	for (const line of meaning.playbooks.get(world)!.flat()) {
		if (!meaning.offers('attackers', line.verb))
			meaning.atLine(line, {
				code: 'verb-not-offered',
				message: `${line.verb} is not offered to the attackers, and the playbook waits for it in vain`,
				hint: `add ${line.verb} under verbs: attackers: or under unlock`,
			});
	}
}

/** Where the attackers can be in a world, with the first turn in which they can be there. */
export interface Reach {
	readonly waysIn: Map<string, number>;
	readonly implants: Map<string, number>;
	readonly links: Map<string, number>;
	readonly copies: Set<string>;
	readonly recorded: {done: boolean};
}

interface TimedLine {
	readonly line: MoveLine;
	/** The first turn in which it can be tried. */
	readonly turn: number;
}

/** Lines of a world's playbook that can come up, each with its first turn. */
function playedLines(meaning: Meaning, world: string): TimedLine[] {
	const {playbook} = meaning.scenario.worlds[world]!;
	return meaning.playbooks.get(world)!.flatMap((lines, index) => {
		const turn = meaning.earliest(playbook[index]!.when, 'playbook', world);
		return turn === undefined ? [] : lines.map(line => ({line, turn}));
	});
}

export function effectsIn(meaning: Meaning, world: string): TimedLine[] {
	return meaning.injectsOf(world).flatMap(index => {
		const {at, when} = meaning.scenario.injects[index]!;
		const turn = at ?? meaning.earliest(when, 'game', world);
		return turn === undefined ? [] : meaning.effects[index]!.map(line => ({line, turn}));
	});
}

/** Lines of the deal that happen before turn 1 unless they name a turn. */
const beforeTheGame = ['keygen-attack', 'implanted', 'weak-generator'];

const turnOf = ({args}: MoveLine, otherwise = 1) => (args.turn === undefined ? otherwise : Number(args.turn));

/** What the deal, injects and the playbook of a world give the attackers. */
export function reachOf(meaning: Meaning, world: string): Reach {
	const reach: Reach = {waysIn: new Map(), implants: new Map(), links: new Map(), copies: new Set(), recorded: {done: false}};
	const deal = (meaning.deals.get(world) ?? []).map(line => ({line, turn: turnOf(line, beforeTheGame.includes(line.verb) ? 0 : 1)}));
	const lines = [...deal, ...effectsIn(meaning, world), ...playedLines(meaning, world)];
	// Each pass can only add or come earlier; a chain is at most as long as there are lines.
	for (let pass = 0; pass <= lines.length && lines.map(each => advance(reach, each)).includes(true); pass += 1);
	return reach;
}

/** Adds what a line gives; true when something is new or comes earlier. */
function advance(reach: Reach, {line, turn}: TimedLine): boolean {
	const {verb, args} = line;
	const at = args.at ?? args.party ?? '';
	const earlier = (map: Map<string, number>, machine: string, when: number): boolean => {
		if ((map.get(machine) ?? Number.POSITIVE_INFINITY) <= when) return false;
		map.set(machine, when);
		return true;
	};
	switch (verb) {
		case 'way-in':
			return earlier(reach.waysIn, at, turn);
		case 'link':
			return earlier(reach.links, at, turn);
		case 'keygen-attack':
		case 'implanted':
			return [earlier(reach.waysIn, at, turn), earlier(reach.implants, at, turn), earlier(reach.links, at, turn)].includes(true);
		case 'phish':
			return earlier(reach.waysIn, at, turn + 1);
		case 'implant': {
			const wayIn = reach.waysIn.get(at);
			if (wayIn === undefined) return false;
			const when = Math.max(turn, wayIn);
			return [earlier(reach.implants, at, when), earlier(reach.links, at, when)].includes(true);
		}
		case 'snapshot': {
			const isNew = !reach.copies.has(at);
			reach.copies.add(at);
			return isNew;
		}
		case 'eavesdrop': {
			const isNew = !reach.recorded.done;
			reach.recorded.done = true;
			return isNew;
		}
		default:
			return false;
	}
}

export interface Obstacle {
	readonly message: string;
	readonly hint: string;
}

const NEEDS_IMPLANT = ['steal-share', 'snapshot', 'restore-snapshot', 'corrupt-partial', 'corrupt-deal', 'equivocate', 'rogue-key'];
const NEEDS_LINK = ['drop', 'delay', 'eavesdrop'];
const NEEDS_DEALING = ['corrupt-deal', 'equivocate'];

/** The first and the last turn in which a line can come up. */
export interface Span {
	readonly turn: number;
	readonly last: number;
}

/** Why a move of the attackers can never be legal or never does anything in these turns; nothing when it may. */
export function obstacle(
	meaning: Meaning,
	world: string,
	{verb, object = '', args}: MoveLine,
	{turn, last}: Span,
	reach: Reach,
): Obstacle | undefined {
	const party = args.party ?? '';
	const {scenario} = meaning;
	if (verb === 'implant') return late(reach.waysIn.get(party), turn, last) ?? noWayIn(reach, party);
	if (NEEDS_IMPLANT.includes(verb)) {
		const since = reach.implants.get(party);
		if (since === undefined)
			return {message: `nothing puts an implant on ${party}`, hint: `let an entry before it do "attackers: implant party=${party}"`};
		if (verb === 'steal-share') {
			if (scenario.parties[party]?.holds === false && !meaning.canChangeHolders)
				return {message: `${party} holds no share, and gets none`, hint: 'name a party that holds one'};
			return late(since + 1, turn, last);
		}
		if (verb === 'restore-snapshot' && !reach.copies.has(party))
			return {
				message: `nothing copies the memory of ${party} before`,
				hint: `let an entry before it do "attackers: snapshot party=${party}"`,
			};
		if (NEEDS_DEALING.includes(verb) && !['refresh', 'reshare', 'rotate'].some(each => meaning.hasVerb(each)))
			return {message: 'no ceremony in which shares are dealt is offered', hint: 'offer refresh, reshare or rotate to the operators'};
		if (verb === 'rogue-key' && !meaning.hasVerb('rotate'))
			return {message: 'no key is made any more', hint: 'offer rotate to the operators, or deal "world: keygen-attack by=rogue-key"'};
		return late(since, turn, last);
	}
	if (NEEDS_LINK.includes(verb)) {
		const late_ = late(reach.links.get(party), turn, last);
		if (late_ || !reach.links.has(party))
			return (
				late_ ?? {
					message: `the attackers never are on the link of ${party}`,
					hint: `deal "world: link at=${party}", or let an implant come first`,
				}
			);
	}
	if (verb === 'swap-payload') {
		if (!reach.waysIn.has('coordinator')) return noWayIn(reach, 'coordinator');
		if (object !== 'sweep' && !meaning.canOpen(object, world))
			return {message: `${object} never is on the table in this world`, hint: 'name a request that opens'};
	}
	if (verb === 'trim-log' || verb === 'plant-entry') return noWayIn(reach, 'log');
	if (verb === 'steal-backup' || verb === 'poison-backup') {
		const place = scenario.parties[party]?.backup;
		if (place === undefined) return {message: `no place keeps a backup of ${party}`, hint: `give ${party} a backup: place`};
		return noWayIn(reach, place);
	}
	if (verb === 'bribe' && !scenario.attackers.bribable?.includes(party) && !takesMoney(meaning, world, party))
		return {
			message: `the custodian of ${party} takes no money`,
			hint: `name ${party} under attackers: bribable:, or deal "world: bribable party=${party}"`,
		};
	if (verb === 'submit' && meaning.opensIn(object, world))
		return {
			message: `${object} opens by itself in this world`,
			hint: 'attackers submit what nobody else asks for: opens: 0, or only: other worlds',
		};
	if (verb === 'query' && scenario.computations[object]?.queries !== true)
		return {message: `analysts have no account on ${object}`, hint: 'give the computation queries: true'};
	if (verb === 'replay-message' && !reach.recorded.done)
		return {message: 'nothing is recorded before', hint: 'let an entry before it do "attackers: eavesdrop party=..."'};
	return undefined;
}

/** Whether the deal or an inject makes a custodian one who takes money. */
function takesMoney(meaning: Meaning, world: string, party: string): boolean {
	const lines = [...meaning.deals.get(world)!, ...effectsIn(meaning, world).map(({line}) => line)];
	return lines.some(({verb, args}) => verb === 'bribable' && args.party === party);
}

function noWayIn({waysIn}: Reach, machine: string): Obstacle | undefined {
	if (waysIn.has(machine)) return undefined;
	return {
		message: `the attackers have no way into ${machine}`,
		hint: `deal "world: way-in at=${machine}", or let an entry before it do "attackers: phish party=${machine}"`,
	};
}

/** `ready`: the first turn in which what it needs is there. */
function late(ready: number | undefined, turn: number, last: number): Obstacle | undefined {
	if (ready === undefined || Math.max(ready, turn) <= last) return undefined;
	return {
		message: `it takes until turn ${Math.max(ready, turn)}, and the last turn for it is ${last}`,
		hint: 'let it come later, raise turns, or let the deal give what it needs earlier',
	};
}

/** Attacks on keygen: who takes part in it, and whether those who speak last are enough. */
function checkKeygenAttacks(meaning: Meaning, world: string): void {
	const {scenario, holders} = meaning;
	const lines = (meaning.deals.get(world) ?? []).filter(({verb}) => verb === 'keygen-attack');
	const theirs = new Set(lines.map(({args}) => args.at ?? '').filter(id => holders.includes(id)));
	for (const line of lines) {
		const {at = '', by = ''} = line.args;
		const honest = holders.length - theirs.size;
		const say = (message: string, hint: string) =>
			meaning.atLine(line, {code: 'impossible-attack', message: `${by} can't work in ${world}: ${message}`, hint});
		if (turnOf(line, 0) > 0) say('the key is made before turn 1', 'leave turn= out');
		else if (scenario.keygen === 'dealer') say('one dealer makes the key, and no party deals', 'write keygen: parties, or take it out');
		else if (!holders.includes(at)) say(`${at} holds no share and takes no part in keygen`, 'name a party that holds one');
		else if (by === 'rogue-key' && honest >= scenario.threshold)
			say(
				`${honest} of ${holders.length} parties are honest, and ${scenario.threshold} of them fix the key`,
				`it takes fewer than ${scenario.threshold} honest parties: deal keygen-attack at ${honest - scenario.threshold + 1} more, or raise the threshold`,
			);
	}
}

const LADDER = ['phish', 'implant', 'steal-share', 'drop', 'delay'];
/** Lines of the deal that can give bytes of a share besides. */
const LEAKS = ['keygen-attack', 'implanted', 'weak-generator', 'stuck-generator', 'rollback', 'keeps-copies', 'bribable', 'bribed'];

/** A playbook that wants shares and nothing else has to take as many as the threshold. */
function checkShares(meaning: Meaning, world: string): void {
	const {scenario} = meaning;
	const lines = meaning.playbooks.get(world)!.flat();
	const steals = lines.filter(({verb}) => verb === 'steal-share');
	const others = [...lines, ...effectsIn(meaning, world).map(({line}) => line)].filter(({side}) => side === 'attackers');
	if (steals.length === 0 || !others.every(({verb}) => LADDER.includes(verb))) return;
	if ((meaning.deals.get(world) ?? []).some(({verb}) => LEAKS.includes(verb)) || meaning.canChangeHolders) return;
	const taken = new Set(others.filter(({verb}) => verb === 'steal-share').map(({args}) => args.party));
	if (taken.size < scenario.threshold)
		meaning.atLine(steals[0]!, {
			code: 'too-few-shares',
			message: `the playbook of ${world} goes for shares and takes ${taken.size} of the ${scenario.threshold} that sign`,
			hint: 'let it take the shares of more parties, or attack something else too',
		});
	else checkPrice(meaning, world, lines, [...taken]);
}

/** The cheapest shares of a ladder, against all points that the attackers get. Points are never lent, so carrying over adds none. */
function checkPrice(meaning: Meaning, world: string, lines: readonly MoveLine[], taken: ReadonlyArray<string | undefined>): void {
	const {scenario, vocabulary} = meaning;
	// What effects of injects do is free, and may be any step of it.
	if (effectsIn(meaning, world).some(({line}) => line.side === 'attackers')) return;
	const dealt = (meaning.deals.get(world) ?? []).filter(({verb}) => verb === 'way-in').map(({args}) => args.at);
	const prices = taken.map(party => {
		const steps = dealt.includes(party) ? ['implant', 'steal-share'] : ['phish', 'implant', 'steal-share'];
		return steps.reduce((sum, verb) => sum + vocabulary.priceOf(verb), 0);
	});
	const price = prices
		.sort((a, b) => a - b)
		.slice(0, scenario.threshold)
		.reduce((sum, each) => sum + each, 0);
	const last = scenario.turns + 1;
	if (price > scenario.attackers.points * last)
		meaning.atLine(lines.find(({verb}) => verb === 'steal-share')!, {
			code: 'cannot-pay',
			message: `${scenario.threshold} shares cost at least ${price} points in ${world}, and the attackers get ${scenario.attackers.points * last} in the whole game`,
			expected: `attackers: {points: ${Math.ceil(price / last)}} or more`,
			hint: 'raise the points or the turns, or deal ways in',
		});
}
