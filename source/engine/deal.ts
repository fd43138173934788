/** The deal: chance enters once, here. From a scenario, a seed and (if forced) a world to what is true in this game. */
import {holdsIn, type Scenario, textIn} from '../scenario/schema.js';
import type {Draws} from './draws.js';

export interface DealtRequest {
	readonly id: string;
	readonly title: string;
	readonly requester: string;
	readonly amount: number;
	readonly to: string;
	/** The turn in which it opens by itself, 0 when it does not in this world. */
	readonly opens: number;
	readonly due: number;
	readonly required: boolean;
	readonly legitimate: boolean;
}

/** A computation as dealt: inputs by the party that gives them, in the order of the file. */
export interface DealtComputation {
	readonly id: string;
	readonly function: Scenario['computations'][string]['function'];
	readonly title: string;
	readonly requester: string;
	readonly inputs: ReadonlyArray<readonly [party: string, input: number]>;
	readonly opens: number;
	readonly due: number;
	readonly required: boolean;
	readonly queries: boolean;
	readonly minimum: number;
}

export interface DealtParty {
	readonly id: string;
	readonly index: number;
	readonly custodian: string;
	readonly domain: string;
	readonly at: string;
	/** Takes part in keygen; others can join by reshare or rotate. */
	readonly holds: boolean;
	/** Where a backup of its share is kept, if anywhere. */
	readonly backup?: string;
}

/** What the seed dealt. Everything below speaks of the ids that players see; `partyOf` maps a role of the file to its party. */
export interface Deal {
	readonly world: string;
	readonly worldChosen: boolean;
	readonly partyOf: Readonly<Record<string, string>>;
	readonly parties: readonly DealtParty[];
	/** Places of backups: machines like the parties', with ways in of their own. */
	readonly places: readonly string[];
	readonly coordinator: {readonly custodian: string; readonly domain: string};
	readonly requests: readonly DealtRequest[];
	readonly computations: readonly DealtComputation[];
	/** The attackers' account, and what they sign once they can sign anything. */
	readonly account: string;
	readonly plunder: string;
}

/** Coordinator and log are machines like the parties' (attackers can be on them), and hold no share. */
export const coordinatorId = 'coordinator';
export const logId = 'log';

/**
 * Deals a game.
 * @param world forces one world by name.
 * @throws {Error} with a sentence when the world does not exist.
 */
export function deal(scenario: Scenario, draws: Draws, world?: string): Deal {
	const names = Object.keys(scenario.worlds);
	if (world !== undefined && !names.includes(world))
		throw new Error(`there is no world "${world}" in ${scenario.id}; expected one of ${names.join(', ')}`);
	const lots = names.flatMap(name => Array.from({length: scenario.worlds[name]!.weight}, () => name));
	const dealt = world ?? draws.pick('deal/world', lots);
	const places = draws.shuffle('deal/places', scenario.shuffle);
	const partyOf: Record<string, string> = {};
	for (const id of Object.keys(scenario.parties)) partyOf[id] = id;
	scenario.shuffle.forEach((role, index) => {
		partyOf[role] = places[index]!;
	});
	const account = draws.pick('deal/account', scenario.attackers.account ?? ['offshore-71']);
	return {
		world: dealt,
		worldChosen: world !== undefined,
		partyOf,
		parties: Object.entries(scenario.parties).map(([id, party], index) => ({
			id,
			index: index + 1,
			custodian: draws.pick(`deal/custodian/${id}`, party.custodian ?? [id]),
			domain: party.domain,
			at: party.at ?? '',
			holds: party.holds,
			...(party.backup === undefined ? {} : {backup: party.backup}),
		})),
		places: [...new Set(Object.values(scenario.parties).flatMap(({backup}) => backup ?? []))],
		coordinator: {
			custodian: draws.pick('deal/custodian/coordinator', scenario.coordinator.custodian ?? ['operations']),
			domain: scenario.coordinator.domain ?? 'operations',
		},
		requests: Object.entries(scenario.requests).map(([id, request]) => {
			const steps = Math.round((request.amount.high - request.amount.low) / 10);
			return {
				id,
				title: draws.pick(`deal/title/${id}`, request.title ?? [id]),
				requester: draws.pick(`deal/requester/${id}`, request.by),
				amount: request.amount.low + (steps > 0 ? 10 * draws.number(`deal/amount/${id}`, steps + 1) : 0),
				to: draws.pick(`deal/to/${id}`, request.to),
				opens: request.only === undefined || request.only.includes(dealt) ? request.opens : 0,
				due: request.due,
				required: holdsIn(request.required, dealt),
				legitimate: holdsIn(request.legitimate, dealt),
			};
		}),
		computations: Object.entries(scenario.computations).map(([id, computation]) => ({
			id,
			function: computation.function,
			title: draws.pick(`deal/computation/title/${id}`, computation.title ?? [id]),
			requester: draws.pick(`deal/computation/requester/${id}`, computation.by),
			inputs: Object.entries(computation.inputs).map(([role, input]): [string, number] => [partyOf[role] ?? role, input]),
			opens: computation.opens,
			due: computation.due,
			required: computation.required,
			queries: computation.queries,
			minimum: computation.minimum,
		})),
		account,
		plunder: scenario.attackers.message ?? `everything to ${account}`,
	};
}

/** Fills `{chi}`, `{vendor.amount}`, `{vendor.to}`, `{vendor.by}`, `{vendor.title}` and `{attackers.account}` in a scenario's text. */
export function fillText(text: Readonly<Record<string, string>> | string, dealt: Deal): string {
	const raw = typeof text === 'string' ? text : textIn(text, dealt.world);
	if (!raw.includes('{')) return raw;
	return raw.replace(/\{([a-z0-9-]+)(?:\.([a-z]+))?\}/g, (whole, name: string, field?: string) => {
		if (name === 'attackers' && field === 'account') return dealt.account;
		const party = dealt.parties.find(({id}) => id === dealt.partyOf[name]);
		if (party) return field === undefined || field === 'id' ? party.id : field === 'domain' ? party.domain : party.custodian;
		const request = dealt.requests.find(({id}) => id === name);
		if (!request) return whole;
		if (field === 'amount') return formatAmount(request.amount);
		if (field === 'to') return request.to;
		if (field === 'by') return request.requester;
		return field === 'title' ? request.title : request.id;
	});
}

/** 48200 -> "48 200"; two digits after the point where there are any. */
export function formatAmount(amount: number): string {
	const [whole, part] = (Number.isInteger(amount) ? String(amount) : amount.toFixed(2)).split('.');
	return whole!.replace(/\B(?=(\d{3})+$)/g, ' ') + (part === undefined ? '' : `.${part}`);
}
