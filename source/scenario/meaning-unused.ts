/** What nothing uses: deals, requests, parties, verbs and settings without an effect. */
import type {Meaning, MoveLine} from './meaning.js';
import type {Span} from './meaning-attacks.js';

/** Requests that are required where they do not open, and those that nothing opens. */
export function checkRequests(meaning: Meaning): void {
	for (const [id, {required}] of Object.entries(meaning.scenario.requests)) {
		const missed = meaning.worlds.filter(
			world =>
				!meaning.opensIn(id, world) &&
				(typeof required === 'boolean' ? required : required.includes(world)) &&
				!isOpened(meaning, id, world),
		);
		if (missed.length > 0)
			meaning.atKey(['requests', id], {
				code: 'never-opens',
				message: `"${id}" is required but does not open by itself in ${missed.join(', ')}`,
				hint: 'give required: false, or the worlds in which it is required',
			});
		else if (!meaning.worlds.some(world => meaning.canOpen(id, world)))
			meaning.atKey(['requests', id], {
				code: 'unused-request',
				message: `nothing opens "${id}" in any world, and attackers cannot submit it`,
				hint: 'give it a turn, offer submit to the attackers, or take it out',
			});
	}
}

/** Whether the deal or an inject puts a request on the table. */
export function isOpened(meaning: Meaning, id: string, world: string): boolean {
	const lines = [...meaning.deals.get(world)!, ...meaning.injectsOf(world).flatMap(index => meaning.effects[index]!)];
	return lines.some(({verb, object}) => object === id && verb === 'open');
}

export function checkParties(meaning: Meaning): void {
	const {parties, controls, threshold} = meaning.scenario;
	const canChange = meaning.canChangeHolders;
	for (const [id, {holds}] of Object.entries(parties))
		if (!holds && !canChange)
			meaning.atKey(['parties', id], {
				code: 'unused-party',
				message: `${id} holds no share, and neither reshare nor rotate is offered to give it one`,
				hint: 'offer reshare or rotate, let it hold a share, or take it out',
			});
	const voters = canChange ? Object.keys(parties) : meaning.holders;
	const domains = new Set(voters.map(id => parties[id]!.domain)).size;
	const needed = canChange ? 2 : threshold;
	const drifts = [...meaning.deals.values()].some(lines =>
		lines.some(({verb, args}) => verb === 'drift' && args.control === 'distinct-domains'),
	);
	if (controls['distinct-domains'] === 'on' && domains < needed && !drifts)
		meaning.atValue(['controls', 'distinct-domains'], {
			code: 'no-quorum',
			message: `approvals of ${needed} domains are needed, and the parties have ${domains}: nothing can be signed`,
			hint: 'turn distinct-domains off, lower the threshold, or spread the parties over more domains',
		});
}

/** What a listed verb needs of the scenario; a sentence when it is not there. */
export function needOf(meaning: Meaning, verb: string): string | undefined {
	const {scenario, worlds} = meaning;
	const {controls, attackers, exceptions, computations, parties, threshold, requests} = scenario;
	const has = (...verbs: string[]) => verbs.some(each => meaning.hasVerb(each));
	const canBeOn = (control: string) => controls[control] === 'on' || meaning.offers('operators', 'harden');
	const deals = (...verbs: string[]) =>
		[...meaning.deals.values(), ...meaning.effects].some(lines => lines.some(line => verbs.includes(line.verb)));
	const wayInto = (machine: string) =>
		has('phish') ||
		[...meaning.deals.values(), ...meaning.effects].some(lines =>
			lines.some(line => ['way-in', 'implanted'].includes(line.verb) && line.args.at === machine),
		);
	const places = new Set(Object.values(parties).flatMap(({backup}) => backup ?? []));
	const backedUp = Object.values(parties).filter(({backup}) => backup !== undefined).length;
	switch (verb) {
		case 'unfreeze':
			return has('freeze') ? undefined : 'nothing freezes: freeze is not offered';
		case 'rejoin':
			return has('isolate') ? undefined : 'nothing is isolated: isolate is not offered';
		case 'release':
			return has('hold') || canBeOn('independent-verification') || canBeOn('timelock')
				? undefined
				: 'nothing is held: hold is not offered, and no control holds outputs';
		case 'compute':
			return Object.keys(computations).length > 0 ? undefined : 'there is no computation';
		case 'back-up':
		case 'drill':
		case 'destroy-backups':
		case 'steal-backup':
		case 'poison-backup':
			if (places.size === 0) return 'no party has a place for a backup';
			return verb.endsWith('backup') && ![...places].some(wayInto) ? 'nothing gives a way into a place of backups' : undefined;
		case 'recover':
			return backedUp >= (has('reshare') ? 2 : threshold)
				? undefined
				: `${backedUp} of the ${threshold} backups that it needs have a place`;
		case 'anchor':
			return canBeOn('anchored-log') ? undefined : 'the log is not anchored, and nothing turns anchored-log on';
		case 'bribe':
			return (attackers.bribable ?? []).length > 0 || deals('bribable') ? undefined : 'no custodian is bribable';
		case 'use-exception':
			return Object.keys(exceptions).length > 0 ? undefined : 'the policy has no exceptions';
		case 'query':
			return Object.values(computations).some(({queries}) => queries) ? undefined : 'no computation takes queries';
		case 'submit':
			return Object.keys(requests).some(id => worlds.some(world => !meaning.opensIn(id, world)))
				? undefined
				: 'every request opens by itself in every world';
		case 'implant':
			return has('phish') || deals('way-in', 'implanted', 'keygen-attack')
				? undefined
				: 'nothing gives a way in: no world deals one, and phish is not offered';
		case 'steal-share':
		case 'snapshot':
		case 'corrupt-partial':
			return has('implant') || deals('implanted', 'keygen-attack') ? undefined : 'nothing puts an implant on a machine';
		case 'restore-snapshot':
			return has('snapshot') ? undefined : 'nothing copies a memory: snapshot is not offered';
		case 'drop':
		case 'delay':
		case 'eavesdrop':
			return has('implant') || deals('link', 'implanted', 'keygen-attack') ? undefined : 'nothing puts the attackers on a link';
		case 'replay-message':
			return has('eavesdrop') ? undefined : 'nothing is recorded: eavesdrop is not offered';
		case 'swap-payload':
			return wayInto('coordinator') ? undefined : 'nothing gives a way into the coordinator';
		case 'trim-log':
		case 'plant-entry':
			return wayInto('log') ? undefined : 'nothing gives a way into the log';
		case 'corrupt-deal':
		case 'equivocate':
			return has('refresh', 'reshare', 'rotate') ? undefined : 'no ceremony in which shares are dealt is offered';
		case 'rogue-key':
			return has('rotate') ? undefined : 'no key is made during the game: rotate is not offered';
		default:
			return undefined;
	}
}

/** Verbs that are listed and never legal, or never do anything. */
export function checkVerbs(meaning: Meaning): void {
	const {verbs, unlock} = meaning.scenario;
	const lists: (readonly [(string | number)[], readonly string[]])[] = [
		...(['operators', 'attackers'] as const).map(side => [['verbs', side], verbs?.[side] ?? []] as const),
		...Object.entries(unlock ?? {}).map(([turn, list]) => [['unlock', turn], list] as const),
	].map(([path, list]) => [[...path], list]);
	for (const [path, list] of lists)
		list.forEach((verb, index) => {
			const missing = needOf(meaning, verb);
			if (missing !== undefined)
				meaning.atValue([...path, index], {
					code: 'useless-verb',
					message: `${verb} is of no use here: ${missing}`,
					hint: `take ${verb} out, or add what it needs`,
				});
		});
}

/** Lines of the deal that change nothing. */
export function checkDeals(meaning: Meaning): void {
	for (const world of meaning.worlds)
		for (const line of meaning.deals.get(world)!) {
			const turn = Number(line.args.turn ?? 1);
			const why =
				turn > meaning.scenario.turns ? `turn ${turn} is never played` : idle(meaning, world, line, {turn, last: turn, isDeal: true});
			if (why !== undefined)
				meaning.atLine(line, {
					code: 'unused-deal',
					message: `${line.verb} changes nothing in ${world}: ${why}`,
					hint: 'take the line out, or make it matter',
				});
		}
}

/** When a line of the world can happen. The deal comes before the requests of its turn open, and injects after. */
interface Moment extends Span {
	readonly isDeal: boolean;
}

/** Lines of the world that belong to the time before the game. */
const beforeTurnOne = ['keygen-attack', 'stale-backup'];

/** Why a line of the world can change nothing; nothing when it may. */
export function idle(
	meaning: Meaning,
	world: string,
	{verb, object = '', args}: MoveLine,
	{turn, last, isDeal}: Moment,
): string | undefined {
	const {scenario, vocabulary} = meaning;
	const uses = (...verbs: string[]) => verbs.some(each => meaning.hasVerb(each));
	if (!isDeal && beforeTurnOne.includes(verb)) return 'it speaks of the time before turn 1, and belongs in the deal of a world';
	if (isDeal && verb === 'stale-backup' && args.turn !== undefined && turn > 0)
		return 'it speaks of the time before turn 1; leave turn= out';
	if (verb === 'drift') {
		const control = args.control ?? '';
		const isOn =
			scenario.controls[control] === 'on' || (scenario.controls[control] === undefined && vocabulary.standardControls.includes(control));
		return isDeal && turn <= 1 && !isOn ? `${control} is not on at the start` : undefined;
	}
	if (verb === 'open') {
		const {opens, due} = scenario.requests[object] ?? {opens: 0, due: last};
		if (turn > due) return `${object} is due in turn ${due}, before it would open`;
		return meaning.opensIn(object, world) && turn >= opens ? `${object} opens by itself in turn ${opens}` : undefined;
	}
	if (verb === 'requote' || verb === 'steal-mailbox') {
		const {opens, due} = scenario.requests[object] ?? {opens: 1, due: last};
		if (object === 'sweep') return undefined;
		if (verb === 'requote' && turn > due) return `${object} is due in turn ${due}, and closed after it`;
		if (isOpened(meaning, object, world)) return undefined;
		if (!meaning.opensIn(object, world)) return `${object} does not open by itself there`;
		const quotable = isDeal ? opens + 1 : opens;
		if (verb === 'requote' && last < quotable)
			return `${object} opens in turn ${opens}, and can be quoted anew from ${quotable > opens ? `turn ${quotable}` : 'then on'}`;
		if (verb === 'steal-mailbox' && turn > (isDeal ? opens : opens - 1)) return `${object} is on the table since turn ${opens}`;
		return undefined;
	}
	if ((verb === 'bad-disk' || verb === 'lose-share') && scenario.parties[args.party ?? '']?.holds === false && !meaning.canChangeHolders)
		return `${args.party} holds no share`;
	if (verb === 'way-in') {
		const machine = args.at ?? '';
		if (scenario.parties[machine]) return uses('implant') ? undefined : 'implant is not offered';
		if (machine === 'coordinator')
			return uses('swap-payload', 'implant', 'replay-approval') ? undefined : 'no verb is offered that uses it';
		if (machine === 'log') return uses('trim-log', 'plant-entry') ? undefined : 'neither trim-log nor plant-entry is offered';
		return uses('steal-backup', 'poison-backup') ? undefined : 'neither steal-backup nor poison-backup is offered';
	}
	if (['poisoned-backup', 'bad-tape', 'stale-backup', 'media-check', 'media-renewal'].includes(verb)) {
		const without = (args.parties ?? args.party ?? '')
			.split(',')
			.filter(id => scenario.parties[id] && scenario.parties[id].backup === undefined);
		return without.length > 0 ? `no place keeps a backup of ${without.join(' and ')}` : undefined;
	}
	if (verb === 'bribable') return uses('bribe') ? undefined : 'bribe is not offered';
	if (verb === 'link') return uses('drop', 'delay', 'eavesdrop', 'replay-message') ? undefined : 'no verb is offered that uses a link';
	return undefined;
}

/** Settings that nothing uses. */
export function checkSettings(meaning: Meaning): void {
	const {scenario} = meaning;
	const {shuffle, attackers, exceptions, controls, parties, unlock, verbs, computations, worlds} = scenario;
	const say = (path: (string | number)[], message: string, hint: string) => meaning.atKey(path, {code: 'no-effect', message, hint});
	if (shuffle.length === 1) say(['shuffle'], 'one party has no places to change', 'name at least two parties');
	if ((attackers.bribable ?? []).length > 0 && !meaning.hasVerb('bribe'))
		say(['attackers', 'bribable'], 'bribe is not offered, so nobody is bribed', 'add bribe under verbs: attackers:');
	const drifts = [...meaning.deals.values()].some(lines =>
		lines.some(({verb, args}) => verb === 'drift' && args.control === 'no-exceptions'),
	);
	if (Object.keys(exceptions).length > 0 && controls['no-exceptions'] === 'on' && !drifts)
		say(['exceptions'], 'the control no-exceptions is on, so no exception is looked at', 'turn it off, or take the exceptions out');
	const backup = Object.keys(parties).find(id => parties[id]!.backup !== undefined);
	if (
		backup !== undefined &&
		!['back-up', 'drill', 'recover', 'destroy-backups', 'repair', 'steal-backup', 'poison-backup'].some(verb => meaning.hasVerb(verb))
	)
		say(['parties', backup, 'backup'], 'no verb is offered that uses a backup', 'offer drill, recover or steal-backup, or take it out');
	for (const [turn, list] of Object.entries(unlock ?? {}))
		list.forEach((verb, index) => {
			if (verbs?.operators?.includes(verb) || verbs?.attackers?.includes(verb))
				say(['unlock', turn, index], `${verb} is offered from the start`, 'take it out of unlock, or out of verbs');
		});
	for (const [id, {queries}] of Object.entries(computations))
		if (queries && !meaning.hasVerb('query'))
			say(['computations', id, 'queries'], 'query is not offered, so nobody asks', 'add query under verbs: attackers:');
	if (meaning.worlds.length === 1 && worlds[meaning.worlds[0]!]!.weight > 1)
		say(['worlds', meaning.worlds[0]!, 'weight'], 'there is one world, and it is always dealt', 'take the weight out');
	scenario.injects.forEach(({text, worlds: own}, index) => {
		const fires = own ?? meaning.worlds;
		for (const world of Object.keys(text)) {
			const isUsed = world === 'default' ? fires.some(each => !Object.hasOwn(text, each)) : fires.includes(world);
			if (!isUsed && meaning.isMapping(['injects', index, 'text']))
				say(
					['injects', index, 'text', world],
					world === 'default' ? 'every world in which the inject fires has a text of its own' : `the inject does not fire in ${world}`,
					'take the text out',
				);
		}
	});
}

/** Notes: worlds without a plan, and layers without a text. */
export function checkGaps(meaning: Meaning): void {
	const {scenario} = meaning;
	const quiet: string[] = [];
	for (const [world, {deal, playbook}] of Object.entries(scenario.worlds)) {
		// A playbook that is given and empty says that nothing is planned.
		if (playbook.length > 0 || meaning.isGiven(['worlds', world, 'playbook'])) continue;
		const path = meaning.isGiven(['worlds', world]) ? ['worlds', world] : ['title'];
		if (deal.trim() === '' && meaning.worlds.length > 1 && !isMentioned(meaning, world)) {
			quiet.push(world);
			meaning.atKey(path, {
				code: 'quiet-world',
				message: `nothing happens in ${world}: no deal, no playbook, and nothing else speaks of it`,
				hint: 'give it a deal and a playbook; where a calm world is meant, playbook: [] says so',
			});
		} else
			meaning.atKey(path, {
				code: 'no-playbook',
				message: `attackers that a bot plays do nothing${path[0] === 'worlds' ? ` in ${world}` : ''}: there is no playbook`,
				hint: 'write one under playbook: of the world; playbook: [] says that none is meant',
			});
	}
	const layers = scenario.layers ?? {};
	const missing = (['business', 'protocol', 'network', 'storage'] as const).filter(layer => layers[layer] === undefined);
	if (missing.length > 0)
		meaning.atKey(scenario.layers ? ['layers'] : ['title'], {
			code: 'missing-layer',
			message: `no text of its own for the ${missing.length === 1 ? 'layer' : 'layers'} ${missing.join(', ')}`,
			hint: 'the usual texts are shown; write your own under layers: when the scenario needs them',
		});
}

function isMentioned({scenario}: Meaning, world: string): boolean {
	const names = (value: boolean | readonly string[] | undefined) => Array.isArray(value) && value.includes(world);
	return (
		Object.values(scenario.requests).some(({required, legitimate, only}) => names(required) || names(legitimate) || names(only)) ||
		scenario.injects.some(({worlds, text}) => names(worlds) || Object.hasOwn(text, world)) ||
		scenario.tests.some(test => test.world === world)
	);
}
