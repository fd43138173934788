/** Views as sentences: what a screen reader reads aloud, one thing a line, with no columns, signs or shortened words. */
import type {CeremonyView, EquationView, MoveOption, RequestView, SeatView} from '../../engine/view.js';
import {costText} from '../moves/menu.js';
import {pictureLines} from '../picture/picture.js';
import {isOpen} from '../requests/requests.js';
import type {Told} from '../screens/screen.js';
import {clean, sentence, shortHex} from '../text.js';
import {themeOf} from '../theme.js';
import type {ViewName} from '../views/view-name.js';

const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`;
const list = (items: readonly string[]): string =>
	items.length < 2 ? (items[0] ?? 'nobody') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
const or = (lines: readonly string[], empty: string): readonly string[] => (lines.length > 0 ? lines : [empty]);

/** Digits of a number that ears can compare: both ends. */
const ends = (hex: string): string => shortHex(hex, 4).replace('..', ' to ');

/** An equation in words, and what its picture shows. */
export function equationWords(equation: EquationView): readonly string[] {
	return [
		`Equation ${equation.name}, about ${equation.about}: ${equation.equation}.`,
		`Left side ${ends(equation.left)}, right side ${ends(equation.right)}: ${equation.holds ? 'equal' : 'NOT EQUAL'}.`,
		sentence(equation.meaning),
		...(equation.picture ? [`The picture shows: ${pictureLines(equation.picture, 80, themeOf('none', true)).title}.`] : []),
	];
}

function requestWords({
	id,
	displayed,
	requester,
	due,
	required,
	approvals,
	isUnseen,
	needs,
	state,
	digests,
	callback,
}: RequestView): readonly string[] {
	const given = approvals.map(
		({party, basis, stale}) => `${party} on ${basis}${stale === undefined ? '' : `, which is stale because it ${stale}`}`,
	);
	return [
		`Request ${id}: ${displayed}, asked by ${requester}, due in turn ${due}${required ? ', required' : ''}. It is ${state}.`,
		isUnseen
			? `What ${id} was approved on is not known to you.`
			: `Approvals of ${id}: ${given.length === 0 ? 'none' : list(given)}, of ${needs} that it needs.`,
		...digests.map(
			({party, matches, says}) =>
				`The device of ${party} says ${matches ? 'the bytes match' : 'the bytes do NOT match'}: ${sentence(says)}`,
		),
		...(callback
			? [`The requester was called back in turn ${callback.asked}: ${callback.answer ? `"${callback.answer}"` : 'no answer yet'}.`]
			: []),
	];
}

function partyWords(party: SeatView['parties'][number]): string {
	const reach = party.reach === 'up' ? 'answers' : `is ${party.reach}${party.since === undefined ? '' : ` since turn ${party.since}`}`;
	const share = {ok: 'sound when last checked', BAD: 'BAD', '?': 'not checked', none: 'missing'}[party.share];
	const held = [
		party.captured ? 'you have its share' : '',
		party.implantSince === undefined ? '' : `your implant is there since turn ${party.implantSince}`,
		party.wayIn ? 'you have a way in' : '',
	].filter(text => text !== '');
	return `Party ${party.digit}, ${party.id}: ${party.custodian} of ${party.domain} ${reach}; share of epoch ${party.epoch}, ${share}${party.suspected ? '; suspected' : ''}${held.length > 0 ? `; ${list(held)}` : ''}.`;
}

/** A ceremony message by message, with its refusals and what came of it. */
export function ceremonyWords({title, turn, messages, status, result, unknown, blamed}: CeremonyView): readonly string[] {
	return [
		`Turn ${turn}, ${title.replaceAll(/ {2,}/g, ', ')}: ${count(messages.length, 'message')}.`,
		...messages.flatMap(({n, from, to, carries, check, result: came, equations}) => [
			`Message ${n}, from ${from} to ${to}, carries ${carries}. ${came === 'lost' ? 'It did not arrive.' : check === '' ? 'Nothing is checked yet.' : `Checked: ${check}, ${came}.`}`,
			...(came === 'REFUSED' ? equations.filter(({holds}) => !holds).flatMap(equationWords) : []),
		]),
		`Result: ${status}${blamed.length > 0 ? `, blamed ${list(blamed)}` : ''}. ${result.join(' ')}`,
		...(unknown ? [`Not known: ${unknown}`] : []),
	];
}

/** Moves by what they need of the reader: a line each, refused ones with the reason. */
export function moveWords(moves: readonly MoveOption[]): readonly string[] {
	return moves.map(
		({verb, cost, does, refused, ready}) =>
			`${verb}, cost ${costText(cost).replace('-', ' to ')}: ${sentence(does, false)}${refused === undefined ? (ready[0] ? ` For example: ${ready[0]}` : '') : ` Refused now: ${sentence(refused, false)}`}`,
	);
}

function boardWords(view: SeatView): readonly string[] {
	const open = view.requests.filter(isOpen);
	const fresh = view.inbox.filter(({isNew}) => isNew);
	return [
		`${view.scenario.title}, turn ${view.turn} of ${view.turns}. You play the ${view.side}. ${count(view.points.have, 'point')}.${view.frozen ? ' Signing is frozen.' : ''}`,
		...view.stations.map(({station, lines, state}) => `${station}: ${lines.join(', ')}${state === 'alert' ? ', look here' : ''}.`),
		`Short cuts. Past the policy: ${view.shortcuts.pastPolicy}. Without record: ${view.shortcuts.noRecord}.`,
		`${count(open.length, 'open request')}${open.length > 0 ? `: ${list(open.map(({id, due}) => `${id}, due in turn ${due}`))}` : ''}.`,
		`${count(fresh.length, 'new message')} in the inbox.`,
		...view.made.map(({text, queued}) => `${queued ? 'Queued for the end of the turn' : 'Done'}: ${text}.`),
		...view.forecast.map(text => `If you end the turn now: ${text}`),
	];
}

/** Every view that is made from what the seat sees. The transcript is a document of its own. */
export const spokenViews: {readonly [N in Exclude<ViewName, 'transcript'>]: (view: SeatView) => readonly string[]} = {
	board: boardWords,
	requests: ({requests}) => or(requests.flatMap(requestWords), 'No request has come yet.'),
	parties: ({parties, backups, threshold}) => [
		`${threshold} of ${parties.length} must sign.`,
		...parties.map(partyWords),
		...backups.map(
			({id, place, party, epoch, drilled}) =>
				`Backup ${id} of ${party}, epoch ${epoch}, lies at ${place}${drilled ? `; drilled in turn ${drilled.turn}: ${drilled.result}` : ''}.`,
		),
	],
	policy: ({policy, decisions}) => [
		...(policy
			? [`The policy is version ${policy.version}.`, ...policy.rules.map(([name, text]) => `Rule ${name}: ${text}.`)]
			: ['The policy is not known to you.']),
		...(policy?.exceptions ?? []).map(name => `Exception ${name} is there.`),
		...or(
			decisions.map(
				({request, turn, verdict, rule, reason}) =>
					`Turn ${turn}, ${request}: ${verdict} by rule ${rule}, because ${sentence(reason, false)}`,
			),
			'It has decided nothing yet.',
		),
	],
	evidence: ({stations, keeps, evidence, evidenceCount}) => [
		...stations.map(({station, logging}) => `${station}: logging level ${logging} of 2.`),
		`Kept: ${sentence(keeps.kept, false)}`,
		`Lost: ${sentence(keeps.lost, false)}`,
		`${count(evidenceCount, 'line')} on record, ${evidence.length} of them read.`,
		...evidence.map(({turn, station, text}) => `Turn ${turn}, ${station}: ${sentence(text, false)}`),
	],
	protocol: ({charts = []}) =>
		or(
			charts.map(
				({id, about, current}) => `${id}, ${about}: ${current.length === 0 ? 'its state is not known to you' : `it is ${current.at(-1)}`}.`,
			),
			'No machine is known to you.',
		),
	exposure: ({exposure, loot}) =>
		or(
			[
				...exposure.flatMap(({epoch, parties, threshold, isInForce}) => [
					`Epoch ${epoch}${isInForce ? ', in force' : ''}: shares of ${list(parties)} may still exist; any ${threshold} of them make the key.`,
				]),
				...(loot ? [sentence(loot.summary)] : []),
			],
			'Nothing is known of shares that are out.',
		),
	notes: ({notes}) =>
		or(
			notes.map(({turn, text, suspect}) => `Turn ${turn}${suspect ? `, suspecting ${suspect}` : ''}: ${sentence(text)}`),
			'No note yet.',
		),
	messages: ({ceremonies}) => or(ceremonies.slice(-1).flatMap(ceremonyWords), 'No ceremony has run yet.'),
	inbox: ({inbox}) =>
		or(
			inbox.map(({turn, from, text, isNew}) => `${isNew ? 'New. ' : ''}Turn ${turn}, ${from}: ${sentence(text)}`),
			'The inbox is empty.',
		),
	controls: ({controls}) =>
		or(
			controls.map(
				({title, documented, inspected, checks, price}) =>
					`${title}: documented as ${documented}${inspected ? `, found ${inspected}` : ', not inspected'}. It checks ${sentence(checks, false)} Its price: ${sentence(price, false)}`,
			),
			'The controls are not known to you.',
		),
	outputs: ({outputs}) =>
		or(
			outputs.map(
				({id, request, turn, state, says, statement}) =>
					`Output ${id}, turn ${turn}, ${request === '' ? 'no policy saw it' : `for ${request}`}: ${state}.${says ? ` It says: ${sentence(says)}` : ''}${statement ? ` ${sentence(statement)}` : ''}`,
			),
			'Nothing has left yet.',
		),
	loot: ({loot}) =>
		loot
			? [
					sentence(loot.summary),
					...loot.shares.map(
						({party, epoch, turn, how, share}) => `Share of ${party}, epoch ${epoch}, since turn ${turn} by ${how}: ${ends(share)}.`,
					),
					...loot.machines
						.filter(({wayIn, link, implantSince}) => wayIn || link || implantSince !== undefined)
						.map(
							({id, wayIn, implantSince, link}) =>
								`${id}: ${list([...(wayIn ? ['way in'] : []), ...(implantSince === undefined ? [] : [`implant since turn ${implantSince}`]), ...(link ? ['link'] : [])])}.`,
						),
					...loot.orders.map(order => `Standing order: ${order}.`),
					...loot.attempts.flatMap(equationWords),
				]
			: ['What the attackers hold is not known to this seat.'],
	briefing: view => [
		`${view.scenario.title}. ${view.scenario.summary}`.trim(),
		`You play the ${view.side}.${view.goal === '' ? '' : ` Your goal: ${sentence(view.goal, false)}`}`,
		`${view.turns} turns, ${count(view.points.perTurn, 'point')} a turn, of which ${view.points.carry} can be kept for the next.`,
		`The key is shared, and ${view.threshold} of ${view.parties.length} must sign. Practice keys only.`,
		...view.parties.map(({digit, id, custodian, domain}) => `Party ${digit}, ${id}: ${custodian} of ${domain}.`),
	],
};

/** What is different after a turn, in the words of the report that screens show. */
export function toldWords(title: string, told: readonly Told[], none: string): readonly string[] {
	return told.length === 0 ? [`${title}: ${none}.`] : told.map(({about, text}) => `${title}: ${about}: ${sentence(text, false)}`);
}

/** Markdown as lines to be read: headings are called so, and each cell of a table has its column's name. */
export function markdownWords(text: string): readonly string[] {
	let columns: readonly string[] = [];
	let isListing = false;
	return text.split(/\r\n|\n|\r/).flatMap((line): string[] => {
		const plain = clean(line)
			.replaceAll(/\*\*|`/g, '')
			.trim();
		if (/^(```|~~~)/.test(plain)) {
			isListing = !isListing;
			return [];
		}
		if (isListing) return [clean(line)];
		const isRow = plain.startsWith('|');
		const cells = isRow
			? plain
					.slice(1, -1)
					.split(/(?<!\\)\|/)
					.map(cell => cell.trim())
			: [];
		if (!isRow) columns = [];
		if (isRow && /^\|[\s|:-]+\|$/.test(plain)) return [];
		if (isRow && columns.length === 0) {
			columns = cells;
			return [];
		}
		if (isRow) return [`${cells.map((cell, index) => (columns[index] ? `${columns[index]}: ${cell}` : cell)).join('; ')}.`];
		if (plain === '' || plain === '*computed*') return [];
		const heading = /^#+\s+(.*)$/.exec(plain);
		if (heading) return [`Heading: ${heading[1]}.`];
		return [plain.replace(/^[-*+]\s+/, '').replaceAll(/^\*(.*)\*$/g, '$1')];
	});
}
