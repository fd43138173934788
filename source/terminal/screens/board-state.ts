/** What the board makes of a view and its own state: the menu, the line in the prompt, what a pane's cursor is on. Pure functions. */
import type {CeremonyView, EquationView, FourQuestions, SeatView} from '../../engine/view.js';
import {newestFirst} from '../inbox/inbox.js';
import {type Keymap, keyFor} from '../keymap.js';
import {isComplete, type MenuRow, menuOf} from '../moves/menu.js';
import type {Player} from '../player.js';
import {byUrgency, isOpen} from '../requests/requests.js';
import {sentence} from '../text.js';
import type {BoardScreen, Game, PaneName} from './screen.js';

/** A board looking at what needs attention first: a new open request, else the first open one. */
export function boardOf(view: SeatView): BoardScreen {
	const open = byUrgency(view.requests).filter(isOpen);
	const request = (open.find(({isNew}) => isNew) ?? open[0] ?? view.requests[0])?.id;
	return {
		kind: 'board',
		focus: 'moves',
		picked: [],
		move: 0,
		inbox: 0,
		message: firstMessage(view.ceremonies.at(-1)),
		ceremony: 0,
		...(request === undefined ? {} : {request}),
	};
}

/** The same board after the view has changed: what is selected stays as far as it still exists. */
export function boardAfter(board: BoardScreen, before: SeatView, view: SeatView, player: Player): BoardScreen {
	if (before.turn !== view.turn) return {...boardOf(view), focus: board.focus};
	// A line that waits for Enter stays, whatever else is put on record; a move of this seat's own takes it away.
	const {draft, ...others} = board;
	const rest = draft === undefined || before.made.length !== view.made.length ? others : board;
	const isKnown = view.requests.some(({id}) => id === board.request);
	const kept: BoardScreen = isKnown ? rest : {...rest, request: boardOf(view).request};
	const count = menuRows({view, player}, kept).length;
	return {...kept, move: Math.max(0, Math.min(count - 1, kept.move))};
}

/** Panes that Tab goes through, by layout. */
export function panesOf(hasMessages: boolean): readonly PaneName[] {
	return hasMessages ? ['moves', 'requests', 'parties', 'messages', 'inbox'] : ['moves', 'requests', 'parties', 'inbox'];
}

export function menuRows(
	{view, player, keys}: Pick<Game, 'view' | 'player'> & {readonly keys?: Keymap},
	board: BoardScreen,
): readonly MenuRow[] {
	return menuOf(view, board, line => player.preview(line), keys);
}

/** The line that Enter would play or go on asking about. */
export function lineOf(board: BoardScreen, rows: readonly MenuRow[]): string {
	return board.draft ?? rows[board.move]?.notation ?? '';
}

/** True when Enter plays the line as it stands. */
export function isReady(line: string): boolean {
	return line !== '' && isComplete(line);
}

/** The ceremony in the messages pane. */
export function ceremonyAt(view: SeatView, board: BoardScreen): CeremonyView | undefined {
	return view.ceremonies[view.ceremonies.length - 1 - board.ceremony];
}

/** The message that a ceremony's pane starts at: what was refused, else the last. */
export function firstMessage(ceremony: CeremonyView | undefined): number {
	const refused = ceremony?.messages.findIndex(({result}) => result === 'REFUSED') ?? -1;
	return refused >= 0 ? refused : Math.max(0, (ceremony?.messages.length ?? 1) - 1);
}

/** Why something is as it is: equations with numbers, or a text. */
export type Why = {readonly equations: readonly EquationView[]; readonly at?: number} | {readonly title: string; readonly text: string};

/** The equations of a message; where it has none, all of its ceremony that are shown, at the next one after it. */
export function equationsAt(
	{messages}: CeremonyView,
	cursor: number,
	shown = messages.length,
): {readonly equations: readonly EquationView[]; readonly at: number} {
	const own = messages[cursor]?.equations ?? [];
	if (own.length > 0) return {equations: own, at: 0};
	const equations = messages.slice(0, shown).flatMap(message => message.equations);
	const after = messages.slice(cursor, shown).flatMap(message => message.equations);
	return {equations, at: Math.max(0, Math.min(equations.length - 1, equations.length - after.length))};
}

/** The answer to `=` for what the board's cursor is on. */
export function whyOf(game: Pick<Game, 'view' | 'player'> & {readonly keys?: Keymap}, board: BoardScreen): Why {
	const {view} = game;
	if (board.focus === 'inbox') {
		const item = newestFirst(view.inbox)[board.inbox];
		if (item?.equation) return {equations: [item.equation]};
		if (item)
			return {
				title: `INBOX   t${item.turn} ${item.from}`,
				text: `${item.text}\n\nNothing was computed for this message: it is what somebody says.`,
			};
	}
	if (board.focus === 'messages') {
		const ceremony = ceremonyAt(view, board);
		const found = ceremony ? equationsAt(ceremony, board.message) : undefined;
		if (found && found.equations.length > 0) return found;
	}
	if (board.focus === 'parties' && board.picked.length > 0) return whyOfParty(view, board.picked.at(-1) ?? '');
	if (board.focus === 'moves') return whyOfMove(game, board);
	const request = board.request === undefined ? undefined : whyOfRequest(view, board.request);
	return (
		request ?? {
			title: 'WHY',
			text: `Pick a request, a party or a message first; then \`${keyFor('board', 'why', game.keys)}\` tells why it is as it is.`,
		}
	);
}

/** Refused partials of a party with their numbers, else what is known of it. */
export function whyOfParty(view: SeatView, id: string): Why {
	const equations = [
		...view.ceremonies.flatMap(({messages}) => messages.flatMap(message => message.equations)),
		...view.inbox.flatMap(({equation}) => (equation ? [equation] : [])),
	].filter(({about}) => about === id);
	const failed = equations.filter(({holds}) => !holds);
	if (failed.length > 0 || equations.length > 0) return {equations: failed.length > 0 ? failed.reverse() : equations.reverse()};
	const party = view.parties.find(entry => entry.id === id);
	return {
		title: `PARTY   ${id}`,
		text: party
			? `${party.id} (${party.custodian}, ${party.domain}) is ${party.reach}. Its share was last known as: epoch ${party.epoch}, ${party.share}. No equation about it has been computed yet; \`inspect party=${id}\` computes one.`
			: `${id} is not known.`,
	};
}

/** The four questions of a boundary, for reading. */
function questionsText({boundary, trusted, proof, check, fooled, follows}: FourQuestions): string {
	return [
		`## Four questions at ${boundary}`,
		`- Who is trusted? ${sentence(trusted)}`,
		`- What proof came? ${sentence(proof)}`,
		`- Where is the check? ${sentence(check)}`,
		`- What if it is fooled? ${sentence(fooled)}`,
		'## What would follow',
		...follows.map(text => `- ${text}`),
		'',
		'',
	].join('\n');
}

/** The refusal of a move in full, or what it does and needs. */
function whyOfMove(game: Pick<Game, 'view' | 'player'> & {readonly keys?: Keymap}, board: BoardScreen): Why {
	const row = menuRows(game, board)[board.move];
	if (!row) return {title: 'WHY', text: 'No move is offered now.'};
	const {option} = row;
	const answer = row.refused ? `It is refused now: ${sentence(row.refused, false)}` : 'It is allowed now.';
	const request = row.request === undefined ? undefined : whyOfRequest(game.view, row.request);
	const questions = game.player.questions(row.notation);
	return {
		title: `MOVE   ${option.verb}`,
		text: `${answer}\n\n**Does:** ${sentence(option.does, false)}\n\n**Needs:** ${sentence(option.needs, false)}\n\n${questions ? questionsText(questions) : ''}${request ? request.text : ''}`,
	};
}

/** Everything on record about a request: displayed, approvals, digests, call-back, decisions. */
export function whyOfRequest(view: SeatView, id: string): {readonly title: string; readonly text: string} | undefined {
	const request = view.requests.find(entry => entry.id === id);
	if (!request) return undefined;
	const approvals = request.approvals.map(
		({party, basis, turn, binds}) =>
			`- t${turn} ${party} approved on ${basis}${binds ? `, bound to \`${binds}\`` : ', bound to the request id and nothing else'}`,
	);
	const digests = request.digests.map(
		({party, turn, matches, says, digest}) =>
			`- t${turn} ${party}'s device says ${matches ? 'the bytes match the display' : 'the bytes do NOT match the display'}: "${says}", \`${digest}\``,
	);
	const {callback} = request;
	const answer = callback
		? [
				`- asked in t${callback.asked}: ${callback.answer ? `"${callback.answer}"${callback.says ? `, ${callback.says}` : ''}${callback.digest ? `, \`${callback.digest}\`` : ''}` : 'no answer yet'}`,
			]
		: [];
	const decisions = view.decisions
		.filter(decision => decision.request === id)
		.flatMap(({turn, verdict, rule, reason, facts}) => [
			`- t${turn} **${verdict}** by rule ${rule}: ${reason}`,
			...facts.map(([name, value]) => `  - ${name}: ${value}`),
		]);
	const section = (title: string, lines: readonly string[], none: string): string =>
		`## ${title}\n${lines.length > 0 ? lines.join('\n') : none}\n`;
	return {
		title: `REQUEST   ${id}`,
		text: [
			`${request.requester} asks: **${request.displayed}** (as the coordinator displays it). Opened in turn ${request.opened}, due in turn ${request.due}${request.required ? ', required' : ''}. It is ${request.state}, at ${request.station}.\n`,
			section('Approvals', approvals, `None of ${request.needs}.`),
			section('Digests', digests, 'No device has read the bytes.'),
			section('Call-back', answer, 'Nobody has asked the requester.'),
			section('Decisions of the policy', decisions, 'The policy has not decided yet.'),
		].join('\n'),
	};
}
