/** Approving: whose approval, on what it is based, and the four questions of the boundary it crosses. */
import type {ApprovalView, RequestView, SeatView} from '../../engine/view.js';
import {cell, clipped, heading, type Line, span} from '../lines.js';
import {moved, scrolled} from '../list.js';
import type {Player, Preview} from '../player.js';
import {promptLine} from '../prompt/prompt.js';
import {type Theme, themeOf} from '../theme.js';
import {whyOfRequest} from './board-state.js';
import {questionLines} from './confirm.js';
import {bodyRows, frameLines} from './frame.js';
import {type Game, gameOf, type Handler, type ScreenOf, type ScreenProps} from './screen.js';

type Basis = ApprovalView['basis'];
type Approve = ScreenOf<'approve'>;

/** What each basis compares, and what it leaves open. */
const bases: ReadonlyArray<{readonly basis: Basis; readonly compares: string; readonly open: string}> = [
	{basis: 'display', compares: 'nothing', open: 'if the bytes say the same'},
	{basis: 'digest', compares: 'the bytes, on the own device', open: 'who asked, and why'},
	{basis: 'callback', compares: 'the answer to a call-back', open: 'if the requester is fooled'},
];

/** Parties that could approve, as the move's choices name them. */
function partiesOf(view: SeatView): readonly string[] {
	const option = view.moves.find(({verb}) => verb === 'approve');
	return option?.choices.find(({name}) => name === 'party')?.candidates ?? view.parties.map(({id}) => id);
}

function partyOf(view: SeatView, screen: Approve): string {
	const parties = partiesOf(view);
	if (screen.party !== undefined && parties.includes(screen.party)) return screen.party;
	// Whoever can still approve comes first: reachable, and not on record for this request.
	const given =
		view.requests.find(({id}) => id === screen.request)?.approvals.flatMap(({party, stale}) => (stale === undefined ? [party] : [])) ?? [];
	const free = parties.find(id => !given.includes(id) && view.parties.find(party => party.id === id)?.reach === 'up');
	return free ?? parties[0] ?? '_';
}

/** The line that Enter would play. */
function lineOf(view: SeatView, screen: Approve, basis: Basis = bases[screen.cursor]?.basis ?? 'display'): string {
	return `approve ${screen.request} party=${partyOf(view, screen)} basis=${basis}`;
}

function readBytes(request: RequestView, party: string): Line {
	const digest = request.digests.findLast(entry => entry.party === party) ?? request.digests.at(-1);
	if (!digest) return [span('not read yet', 'dim')];
	return [
		span(digest.matches ? 'as displayed, ' : 'DIFFER: ', digest.matches ? undefined : 'bad'),
		span(`${digest.party} reads "${digest.says}"`, digest.matches ? undefined : 'bad'),
	];
}

function basisRow(preview: Preview, entry: (typeof bases)[number], isAtCursor: boolean): Line {
	const role = preview.ok ? (isAtCursor ? 'chosen' : undefined) : 'dim';
	return [
		span(isAtCursor ? '>' : ' ', 'focus'),
		span(preview.ok ? '   ' : 'x  ', 'bad'),
		cell(entry.basis, 10, role),
		cell(preview.ok ? String(preview.cost) : '', 5, role),
		...(preview.ok ? [cell(entry.compares, 32, role), span(entry.open, role)] : [span(`refused: ${preview.message}`, 'warn')]),
	];
}

/** `isTight` leaves out what the consequences say too, so that all of it fits the smallest screen. */
function approveLines(game: Game, screen: Approve, width: number, isTight: boolean, theme: Theme): readonly Line[] {
	const {view, player} = game;
	const request = view.requests.find(({id}) => id === screen.request);
	if (!request) return [[], [`   ${screen.request} is not open.`]];
	const party = partyOf(view, screen);
	const line = lineOf(view, screen);
	const questions = player.questions(line);
	const labelled = (label: string, value: Line): Line => [span(` ${label.padEnd(27)}`, 'dim'), ...value];
	return [
		labelled('The coordinator displays', [span(request.displayed, 'strong'), `   asked by ${request.requester}`]),
		labelled('The bytes to be signed', readBytes(request, party)),
		...(request.approvals.length > 0 && !isTight
			? [
					labelled('Approvals', [
						`${request.approvals.map(({party: by, basis, stale}) => `${by} on ${basis}${stale === undefined ? '' : ' (stale)'}`).join(', ')}; needs ${request.needs}`,
					]),
				]
			: []),
		...(isTight ? [] : [heading(theme, 'What is the approval based on?', width)]),
		[span(`    ${isTight ? 'based on' : 'basis   '}  cost you compare                     you cannot tell`, 'dim')],
		...bases.map((entry, index) => basisRow(player.preview(lineOf(view, screen, entry.basis)), entry, index === screen.cursor)),
		...(questions
			? questionLines(questions, `Four questions for ${bases[screen.cursor]?.basis ?? ''}`, 'If you approve', width, theme)
			: []),
	].map(row => clipped(row, width));
}

const isTight = (rows: number): boolean => rows < 28;

export function approveScreen({screen, state, theme, columns, rows}: ScreenProps<'approve'>): readonly Line[] {
	const game = gameOf(state);
	const {view, player} = game;
	const party = view.parties.find(({id}) => id === partyOf(view, screen));
	const line = lineOf(view, screen);
	const preview = player.preview(line);
	const note = preview.ok ? `costs ${preview.cost}, leaves ${view.points.have - preview.cost}` : 'refused';
	return frameLines({
		state,
		theme,
		columns,
		rows,
		context: 'approve',
		title: [
			span('APPROVE', 'info'),
			` ${screen.request}   for party ${party?.digit ?? ''}, ${party?.custodian ?? 'nobody'}   `,
			span(`1-${view.parties.length} another party`, 'dim'),
		],
		right: [`turn ${view.turn}   ${view.points.have} points`],
		body: approveLines(game, screen, columns, isTight(rows), theme),
		top: screen.top,
		prompt: promptLine({notation: line, label: ':', note, noteRole: preview.ok ? 'dim' : 'warn', width: columns}),
	});
}

/** Hashes and the rest of the record on the request. */
function record(view: SeatView, player: Player, screen: Approve): {readonly title: string; readonly text: string} {
	const questions = player.questions(lineOf(view, screen));
	const why = whyOfRequest(view, screen.request);
	return {title: why?.title ?? 'WHY', text: `${why?.text ?? ''}\n${questions ? `## Where the check is\n${questions.check}\n` : ''}`};
}

export const handleApprove: Handler<'approve'> = (desk, screen, command, press) => {
	const {view, player} = gameOf(desk.state);
	if (command === 'up' || command === 'down')
		return desk.set({...screen, cursor: moved(screen.cursor, command === 'up' ? -1 : 1, bases.length)});
	if (command === 'first' || command === 'last') return desk.set({...screen, cursor: command === 'first' ? 0 : bases.length - 1});
	if (command === 'page-down' || command === 'page-up') {
		const page = bodyRows(desk.state, true);
		const length = approveLines(gameOf(desk.state), screen, desk.state.columns, isTight(desk.state.rows), themeOf('none', true)).length;
		return desk.set({...screen, top: scrolled(screen.top, command === 'page-down' ? page : -page, length, page)});
	}
	if (command === 'back') return desk.pop();
	if (command === 'pick') {
		const party = view.parties.find(({digit}) => String(digit) === press.name)?.id;
		if (party === undefined || !partiesOf(view).includes(party)) return desk.say('info', `Party ${press.name} can't approve this.`);
		return desk.set({...screen, party});
	}
	if (command === 'why') {
		const {title, text} = record(view, player, screen);
		return desk.push({kind: 'reader', title, text, top: 0});
	}
	if (command === 'rule') return desk.push({kind: 'pane', name: 'policy', cursor: 0, top: 0});
	if (command === 'prompt') {
		desk.pop();
		return desk.push({kind: 'prompt', edit: {text: lineOf(view, screen), caret: lineOf(view, screen).length}, recall: {typed: ''}});
	}
	if (command === 'do') desk.submit(lineOf(view, screen), ({ok}) => ok && desk.close('approve'));
};
