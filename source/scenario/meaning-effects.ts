/** Effects of injects that the rules would refuse whatever was played before: they are passed over without a word in the game. */
import type {Meaning, MoveLine} from './meaning.js';
import {type Obstacle, obstacle, type Reach, reachOf, type Span} from './meaning-attacks.js';
import {idle, isOpened, needOf} from './meaning-unused.js';

/** Verbs that need a request on the table. */
const needsRequest = ['approve', 'deny', 'call-back', 'sign', 'swap-payload', 'use-exception', 'replay-approval'];

export function checkEffects(meaning: Meaning): void {
	const reach = new Map<string, Reach>();
	const reachIn = (world: string) => {
		const known = reach.get(world) ?? withPlayers(meaning, world);
		reach.set(world, known);
		return known;
	};
	meaning.scenario.injects.forEach(({at, when, worlds = meaning.worlds}, index) => {
		for (const line of meaning.effects[index]!) {
			const found = worlds.flatMap(world => {
				const turn = at ?? meaning.earliest(when, 'game', world);
				return turn === undefined
					? []
					: [whyNot(meaning, world, line, {turn, last: at ?? meaning.scenario.turns + 1}, () => reachIn(world))];
			});
			const [why] = found;
			// What works in one of its worlds may be meant to fail in the others.
			if (why === undefined || found.includes(undefined)) continue;
			meaning.atLine(line, {
				code: 'unused-effect',
				message: why.message,
				hint: why.hint,
			});
		}
	});
}

const ofBackups = ['steal-backup', 'poison-backup', 'poisoned-backup', 'bad-tape', 'stale-backup', 'media-check', 'media-renewal'];
const ofShares = ['steal-share', 'bad-disk', 'lose-share'];

/** Lines that mean one thing or another by who plays a shuffled role: backups and shares stay with the party. */
export function checkShuffled(meaning: Meaning): void {
	const {shuffle, parties} = meaning.scenario;
	const lines = [...[...meaning.deals.values()].flat(), ...[...meaning.playbooks.values()].flat(2), ...meaning.effects.flat()];
	const places = shuffle.map(id => parties[id]?.backup);
	const holding = shuffle.map(id => parties[id]?.holds);
	const name = (id: string, index: number) =>
		places[index] === undefined ? `${id} has no backup` : `${id} keeps its backup in ${places[index]}`;
	for (const line of lines) {
		const role = (line.args.parties ?? line.args.party ?? '').split(',').find(id => shuffle.includes(id));
		if (role === undefined) continue;
		const differs = (values: readonly unknown[]) => shuffle.findIndex((_, index) => values[index] !== values[shuffle.indexOf(role)]);
		const place = ofBackups.includes(line.verb) ? differs(places) : -1;
		const holder = ofShares.includes(line.verb) ? differs(holding) : -1;
		const other = Math.max(place, holder);
		if (other < 0) continue;
		const own = shuffle.indexOf(role);
		const how =
			place >= 0
				? `${name(role, own)} and ${name(shuffle[other]!, other)}`
				: `${holding[own] ? role : shuffle[other]} holds a share and ${holding[own] ? shuffle[other] : role} holds none`;
		meaning.atLine(line, {
			code: 'shuffle-differs',
			message: `${role} is a role here that ${shuffle[other]} can play too: ${how}`,
			hint: 'let the shuffled parties be alike in this, or take one of them out of shuffle',
		});
	}
}

/** Why an effect can never be carried out, or counts for less than it says; nothing when it is right. */
function whyNot(meaning: Meaning, world: string, line: MoveLine, span: Span, reach: () => Reach): Obstacle | undefined {
	const {side, verb, object = '', args} = line;
	const never = (why: string | undefined, hint = 'take the line out, or let it come when it can be') =>
		why === undefined ? undefined : {message: `${verb} is passed over when this inject fires: ${why}`, hint};
	if (side === 'world') {
		if (args.turn === undefined) return never(idle(meaning, world, line, {...span, isDeal: false}));
		return {
			message: 'turn= does nothing here: an effect happens when its inject fires',
			hint: 'leave it out, and let the inject come at that turn',
		};
	}
	const isOff = needsRequest.includes(verb) ? offTable(meaning, object, world, span) : undefined;
	if (isOff !== undefined) return never(isOff);
	if (side === 'operators') return never(needOf(meaning, verb));
	const why = obstacle(meaning, world, line, span, reach());
	return never(why?.message, why?.hint);
}

/** Why a request is not on the table in any of these turns. */
function offTable(meaning: Meaning, id: string, world: string, {turn, last}: Span): string | undefined {
	const request = meaning.scenario.requests[id];
	if (request === undefined) return undefined;
	if (turn > request.due) return `${id} is due in turn ${request.due}, and closed after it`;
	if (isOpened(meaning, id, world)) return undefined;
	// Attackers submit only what does not open by itself.
	if (!meaning.opensIn(id, world)) return meaning.offers('attackers', 'submit') ? undefined : `${id} never is on the table in ${world}`;
	return last < request.opens ? `${id} opens in turn ${request.opens}` : undefined;
}

/** What the file gives the attackers in a world, and what people who play them can have by then: injects come before their moves of a turn. */
function withPlayers(meaning: Meaning, world: string): Reach {
	const base = reachOf(meaning, world);
	const has = (verb: string) => meaning.offers('attackers', verb);
	const {parties} = meaning.scenario;
	const places = Object.values(parties).flatMap(({backup}) => backup ?? []);
	const [waysIn, implants, links] = [new Map(base.waysIn), new Map(base.implants), new Map(base.links)];
	const earlier = (map: Map<string, number>, machine: string, turn: number) =>
		void map.set(machine, Math.min(turn, map.get(machine) ?? Number.POSITIVE_INFINITY));
	for (const machine of [...Object.keys(parties), 'coordinator', 'log', ...places]) {
		if (has('phish')) earlier(waysIn, machine, 2);
		const wayIn = waysIn.get(machine);
		if (wayIn === undefined || !has('implant')) continue;
		earlier(implants, machine, wayIn);
		earlier(links, machine, wayIn + 1);
	}
	return {
		waysIn,
		implants,
		links,
		copies: new Set([...base.copies, ...(has('snapshot') ? implants.keys() : [])]),
		recorded: {done: base.recorded.done || has('eavesdrop')},
	};
}
