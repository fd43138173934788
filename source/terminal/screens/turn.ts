/** After a turn: what you did and believed when you ended it, and what is different now. */
import type {SeatView} from '../../engine/view.js';
import {type Keymap, keyFor} from '../keymap.js';
import {cell, heading, type Line, span} from '../lines.js';
import {emptyEdit} from '../prompt/edit.js';
import {keymapOf} from '../settings.js';
import {sentence, wrap} from '../text.js';
import {type Role, type Theme, themeOf} from '../theme.js';
import {bodyRows, frameLines} from './frame.js';
import {equationsOf, gameOf, type Handler, motionOf, type ScreenOf, type ScreenProps, type Told} from './screen.js';

/** What this seat had on record when the turn ended: its notes, what it approved on which basis, and what it foretold. */
function believedIn(view: SeatView): readonly Told[] {
	const notes = view.notes
		.filter(({turn}) => turn === view.turn)
		.map(({text, suspect}): Told => ({about: suspect === undefined ? 'note' : `suspects ${suspect}`, text}));
	const approvals = view.requests.flatMap(({id, displayed, approvals: given}) =>
		given
			.filter(({turn}) => turn === view.turn)
			.map(({party, basis}): Told => ({about: `${party}, ${basis}`, text: `${id} is ${displayed}`})),
	);
	// What runs is told with what was done.
	const foretold = view.forecast.filter(text => !text.startsWith('runs:')).map((text): Told => ({about: 'foretold', text}));
	return [...notes, ...approvals, ...foretold];
}

const reachRoles: Readonly<Record<string, Role>> = {dark: 'warn', up: 'good'};

function requestsChanged(before: SeatView, after: SeatView): readonly Told[] {
	return after.requests.flatMap((request): Told[] => {
		const earlier = before.requests.find(({id}) => id === request.id);
		if (!earlier) return [{about: request.id, text: `new: ${request.displayed}, due t${request.due}`, role: 'info'}];
		if (earlier.state === request.state) return [];
		const role = ['expired', 'refused', 'stalled', 'denied'].includes(request.state) ? 'bad' : 'good';
		return [{about: request.id, text: `was ${earlier.state}, is ${request.state}`, role}];
	});
}

/** What became of a share; epoch 0: there is none. */
function epochWords(before: number, after: number): string {
	if (after === 0) return `holds no share any more; it had one of epoch ${before}`;
	return before === 0 ? `holds a share now, of epoch ${after}` : `share of epoch ${before} gave way to epoch ${after}`;
}

function partiesChanged(before: SeatView, after: SeatView): readonly Told[] {
	return after.parties.flatMap((party): Told[] => {
		const earlier = before.parties.find(({id}) => id === party.id);
		if (!earlier) return [];
		const held = (each: typeof party) =>
			each.captured ? 'you have its share' : each.implantSince !== undefined ? 'implant' : each.wayIn ? 'way in' : 'nothing';
		return [
			...(earlier.reach === party.reach
				? []
				: [{about: party.id, text: `was ${earlier.reach}, is ${party.reach}`, role: reachRoles[party.reach] ?? 'info'} as const]),
			...(earlier.epoch === party.epoch ? [] : [{about: party.id, text: epochWords(earlier.epoch, party.epoch), role: 'info'} as const]),
			// A new share was never looked at, and one that is gone is told already.
			...(earlier.share === party.share || after.side === 'attackers' || (earlier.epoch !== party.epoch && party.share !== 'BAD')
				? []
				: [
						{
							about: party.id,
							text: `its share was ${earlier.share}, is ${party.share}`,
							role: party.share === 'BAD' ? 'bad' : 'info',
						} as const,
					]),
			...(held(earlier) === held(party) || after.side === 'operators'
				? []
				: [{about: party.id, text: `you held ${held(earlier)}, now ${held(party)}`, role: 'info'} as const]),
		];
	});
}

function ceremoniesChanged(before: SeatView, after: SeatView): readonly Told[] {
	const known = new Map(before.ceremonies.map(({id, status}) => [id, status]));
	const ceremonies = after.ceremonies
		.filter(({id, status}) => known.get(id) !== status)
		.map(({id, title, status, blamed, waitingFor}): Told => {
			const [what = id] = title.split('   ');
			const who =
				blamed.length > 0
					? `, blamed ${blamed.join(', ')}`
					: waitingFor.length > 0 && status === 'stalled'
						? `, waits for ${waitingFor.join(', ')}`
						: '';
			return {about: what, text: `${status}${who}`, role: status === 'done' ? 'good' : status === 'aborted' ? 'bad' : 'warn'};
		});
	const decisions = after.decisions.slice(before.decisions.length).map(
		({request, verdict, rule, reason}): Told => ({
			about: `policy, ${request}`,
			text: `${verdict.toUpperCase()} by ${rule}: ${reason}`,
			role: verdict === 'allow' ? 'good' : 'bad',
		}),
	);
	return [...ceremonies, ...decisions];
}

function outputsChanged(before: SeatView, after: SeatView): readonly Told[] {
	return after.outputs.flatMap((output): Told[] => {
		const earlier = before.outputs.find(({id}) => id === output.id);
		if (earlier?.state === output.state && earlier.statement === output.statement) return [];
		const isBad = output.request === '' || output.statement?.startsWith('NOT');
		const state = earlier === undefined || earlier.state === output.state ? output.state : `was ${earlier.state}, is ${output.state}`;
		return [
			{
				about: `output ${output.id}`,
				text: `${state}${output.request === '' ? ', no policy saw it' : `, for ${output.request}`}${output.statement ? `: ${output.statement}` : ''}`,
				role: isBad ? 'bad' : 'good',
			},
		];
	});
}

function toldSince(before: SeatView, after: SeatView): readonly Told[] {
	return after.inbox
		.slice(before.inbox.length)
		.filter(({kind}) => kind !== 'statement')
		.map(
			({from, text, kind, equation}): Told => ({
				about: from,
				text,
				...(equation ? {hasWhy: true} : {}),
				...(kind === 'signal' ? {role: 'warn'} : {}),
			}),
		);
}

/** The screen on the turn that has just ended, from the views before and after. */
export function turnOf(before: SeatView, after: SeatView): ScreenOf<'turn'> {
	const written = after.evidenceCount - before.evidenceCount;
	return {
		kind: 'turn',
		ended: before.turn,
		did: before.made.map(({text, queued}): Told => ({about: queued ? 'ran' : 'did', text})),
		believed: believedIn(before),
		changed: [
			...ceremoniesChanged(before, after),
			...requestsChanged(before, after),
			...outputsChanged(before, after),
			...partiesChanged(before, after),
			...(before.frozen === after.frozen ? [] : [{about: 'signing', text: after.frozen ? 'is frozen' : 'goes on', role: 'warn'} as const]),
			...(before.loot && after.loot && before.loot.summary !== after.loot.summary
				? [{about: 'shares', text: after.loot.summary, role: 'info'} as const]
				: []),
			...(written > 0 ? [{about: 'evidence', text: `${written} new ${written === 1 ? 'line' : 'lines'}; review reads them`} as const] : []),
		],
		told: toldSince(before, after),
		equations: after.inbox.slice(before.inbox.length).flatMap(({equation}) => (equation ? [equation] : [])),
		top: 0,
	};
}

export function turnLines({did, believed, changed, told}: ScreenOf<'turn'>, width: number, theme: Theme, keys?: Keymap): readonly Line[] {
	const rows = (items: readonly Told[], empty: string): Line[] =>
		items.length === 0
			? [[span(`   ${empty}`, 'dim')]]
			: items.flatMap(({about, text, role, hasWhy}) => {
					const said = wrap(`${sentence(text, false)}${hasWhy ? ` (${keyFor('turn', 'why', keys)} why)` : ''}`, width - 23);
					const names = wrap(about, 18);
					return Array.from(
						{length: Math.max(said.length, names.length)},
						(_, index): Line => ['   ', cell(names[index] ?? '', 19, 'dim'), span(said[index] ?? '', role)],
					);
				});
	return [
		heading(theme, 'What you believed', width),
		...rows(believed, `nothing on record; ${keyFor('turn', 'note', keys)} writes down what you believe`),
		[],
		heading(theme, 'What changed', width),
		...rows(changed, 'nothing that you could see'),
		...(told.length > 0 ? [[] as Line, heading(theme, 'What you were told', width), ...rows(told, '')] : []),
		[],
		heading(theme, 'What you did', width),
		...rows(did, 'nothing'),
	];
}

export function turnScreen({screen, state, theme, columns, rows}: ScreenProps<'turn'>): readonly Line[] {
	const {view, keys} = gameOf(state);
	return frameLines({
		state,
		theme,
		columns,
		rows,
		context: 'turn',
		title: [
			span(`TURN ${screen.ended} ENDED`, 'info'),
			`   ${view.turn === screen.ended ? 'the game is over' : `now turn ${view.turn} of ${view.turns}`}   ${view.side}`,
		],
		right: [`${view.points.have} points`],
		body: turnLines(screen, columns, theme, keys),
		top: screen.top,
		words: {...(screen.equations.length > 0 ? {} : {why: ''}), ...(view.phase === 'hotWash' ? {do: 'to the hot wash'} : {})},
	});
}

export const handleTurn: Handler<'turn'> = (desk, screen, command) => {
	const page = bodyRows(desk.state);
	const top = motionOf(
		command,
		screen.top,
		turnLines(screen, desk.state.columns, themeOf('none', true), keymapOf(desk.state.settings)).length - page + 1,
		page,
	);
	if (top !== undefined) return desk.set({...screen, top});
	if (command === 'why' && screen.equations.length > 0) return desk.push(equationsOf(screen.equations));
	if (command === 'note') return desk.push({kind: 'note', edit: emptyEdit});
	if (command === 'do') desk.pop();
};
