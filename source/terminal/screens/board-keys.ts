/** What keys do on the board, and on the prompt, the note and the choices that open over it. */
import type {MoveOption} from '../../engine/view.js';
import {newestFirst} from '../inbox/inbox.js';
import type {Command} from '../key-command.js';
import {keyFor, keyName} from '../keymap.js';
import {fill, isComplete, type MenuRow, quoted, refusedCandidates, slotsOf} from '../moves/menu.js';
import type {Outcome} from '../player.js';
import {commonStart, editFor, editOf, emptyEdit, recalled} from '../prompt/edit.js';
import {byUrgency} from '../requests/requests.js';
import {sentence} from '../text.js';
import {secondPrefix} from '../verb-letters.js';
import type {ViewName} from '../views/view-name.js';
import {hasMessages} from './board.js';
import {ceremonyAt, firstMessage, isReady, lineOf, menuRows, panesOf, whyOf} from './board-state.js';
import {isAskedAbout} from './confirm.js';
import {openView} from './panes.js';
import {resolveOf} from './resolve.js';
import {type BoardScreen, type ChooseScreen, type Desk, equationsOf, gameOf, type Handler, motionOf} from './screen.js';

/** A board without the line that a hint or a choice left in the prompt. */
function withoutDraft(board: BoardScreen): BoardScreen {
	const {draft: _, ...rest} = board;
	return rest;
}

export const handleBoard: Handler<'board'> = (desk, board, command, press) => {
	const {view, keys} = gameOf(desk.state);
	const rows = menuRows(gameOf(desk.state), board);
	if (board.isSecond) return takeSecond(desk, board, rows, press.name);
	if (command === undefined) {
		const at = rows.findIndex(({letter}) => letter === press.name);
		if (at >= 0) takeRow(desk, board, rows, at);
		else if (/^[A-Z]$/.test(press.name))
			desk.say('info', `No view has the key ${press.name}. ${keyFor('board', 'views', keys)} lists all views.`);
		else if (/^[a-z]$/.test(press.name))
			desk.say('info', `No move has the key ${press.name} here. ${keyFor('board', 'all-moves', keys)} shows all moves, ? all keys.`);
		return;
	}
	if (command.startsWith('view-')) return openView(desk, command.slice(5) as ViewName);
	switch (command) {
		case 'up':
		case 'down':
		case 'page-up':
		case 'page-down':
		case 'first':
		case 'last':
			return desk.set(movedIn(desk, board, command));
		case 'next-pane':
		case 'previous-pane': {
			const panes = panesOf(hasMessages(desk.state.rows));
			const at = Math.max(0, panes.indexOf(board.focus)) + (command === 'next-pane' ? 1 : panes.length - 1);
			const focus = panes[at % panes.length] ?? 'moves';
			return desk.set({...board, focus, ...(focus === 'messages' ? {message: firstMessage(ceremonyAt(view, board))} : {})});
		}
		case 'pick': {
			const party = view.parties.find(({digit}) => String(digit) === press.name);
			if (!party) return desk.say('info', `There is no party ${press.name}.`);
			return desk.set({...withoutDraft(board), picked: board.picked.at(-1) === party.id ? [] : [party.id]});
		}
		case 'do':
			return doPane(desk, board);
		case 'why': {
			const why = whyOf(gameOf(desk.state), board);
			return 'equations' in why
				? desk.push(equationsOf(why.equations, why.at))
				: desk.push({kind: 'reader', title: why.title, text: why.text, top: 0});
		}
		case 'take-back':
			if (!view.canTakeBack)
				return desk.say('bad', 'There is nothing to take back: no move was made this turn, or the last one showed you something.');
			return desk.submit('takeback');
		case 'note':
			return desk.push({kind: 'note', edit: emptyEdit});
		case 'hint': {
			const hint = gameOf(desk.state).player.hint();
			desk.set({...board, draft: hint.move});
			return desk.say('info', `${hint.reason} Enter does it, Esc lets it go.`);
		}
		case 'speaker':
			if (!gameOf(desk.state).player.drill) return desk.say('info', 'You play alone: moves are recorded with your side.');
			return desk.push({kind: 'speaker', cursor: 0});
		case 'pause': {
			const {player} = gameOf(desk.state);
			if (!player.pause) return desk.say('info', 'Nothing can be paused here.');
			return desk.act(() => player.pause?.(!view.isPaused) ?? {ok: true});
		}
		case 'end-turn':
			if (view.isPaused) return desk.say('info', `The exercise is paused. ${keyFor('board', 'pause', keys)} goes on.`);
			if (!view.toMove) return desk.say('info', 'The other side moves now.');
			return desk.push({kind: 'endTurn', top: 0});
		case 'views':
			return desk.push({kind: 'views', cursor: 0});
		case 'all-moves':
			return desk.push({kind: 'moves', cursor: 0, find: ''});
		case 'more-letters':
			return askSecond(desk, board, rows);
		case 'find':
			return desk.push({kind: 'find', cursor: 0, edit: emptyEdit});
		case 'prompt': {
			const line = lineOf(board, rows)
				.split(' ')
				.filter(token => token !== '_' && !token.endsWith('=_'));
			return desk.push({kind: 'prompt', edit: board.draft === undefined ? emptyEdit : editOf(line.join(' ')), recall: {typed: ''}});
		}
		case 'older':
		case 'newer': {
			const ceremony = Math.max(0, Math.min(view.ceremonies.length - 1, board.ceremony + (command === 'older' ? 1 : -1)));
			return desk.set({...board, ceremony, message: firstMessage(ceremonyAt(view, {...board, ceremony}))});
		}
		case 'back':
			return desk.set({...withoutDraft(board), picked: [], focus: 'moves'});
		case 'quit':
			return desk.push({kind: 'quit'});
	}
};

/** Highlights a move by its key; one that lacks something asks for it. */
function takeRow(desk: Desk, board: BoardScreen, rows: readonly MenuRow[], at: number) {
	const chosen = {...withoutDraft(board), focus: 'moves', move: at} as const;
	desk.set(chosen);
	if (!isComplete(rows[at]?.notation ?? '')) run(desk, chosen);
}

/** The moves that have two keys, after the first of them. */
function askSecond(desk: Desk, board: BoardScreen, rows: readonly MenuRow[]) {
	const {keys} = gameOf(desk.state);
	const second = rows.filter(({letter}) => (letter?.length ?? 0) > 1);
	if (second.length === 0) return desk.say('info', `Every move here has one key. ${keyFor('board', 'all-moves', keys)} shows all moves.`);
	desk.set({...board, isSecond: true});
	desk.say('info', `Now a letter: ${second.map(({letter, option}) => `${letter?.slice(1)} ${option.verb}`).join(', ')}.`);
}

function takeSecond(desk: Desk, {isSecond: _, ...board}: BoardScreen, rows: readonly MenuRow[], name: string) {
	const at = rows.findIndex(({letter}) => letter?.length === 2 && letter.slice(1) === name);
	desk.set(board);
	if (at >= 0) return takeRow(desk, board, rows, at);
	const first = secondPrefix(gameOf(desk.state).keys);
	if (name !== 'esc' && name !== first) desk.say('info', `No move has the keys ${first} ${keyName(name)}.`);
}

/** The board after a motion in the pane that has the keys. Moving to another request or party lets a waiting line go. */
function movedIn(desk: Desk, board: BoardScreen, command: Command): BoardScreen {
	const {view} = gameOf(desk.state);
	const to = (at: number, count: number): number => motionOf(command, at, count, 5) ?? at;
	switch (board.focus) {
		case 'moves':
			return {...withoutDraft(board), move: to(board.move, menuRows(gameOf(desk.state), board).length)};
		case 'requests': {
			const requests = byUrgency(view.requests);
			const at = Math.max(
				0,
				requests.findIndex(({id}) => id === board.request),
			);
			const request = requests[to(at, requests.length)]?.id;
			return {...withoutDraft(board), move: 0, ...(request === undefined ? {} : {request})};
		}
		case 'parties': {
			const last = view.parties.findIndex(({id}) => id === board.picked.at(-1));
			const party = view.parties[last < 0 ? 0 : to(last, view.parties.length)];
			return {...withoutDraft(board), picked: party ? [party.id] : []};
		}
		case 'inbox':
			return {...board, inbox: to(board.inbox, view.inbox.length)};
		case 'messages':
			return {...board, message: to(board.message, ceremonyAt(view, board)?.messages.length ?? 0)};
	}
}

/** Enter on the board: plays the line, or opens what the cursor is on. */
function doPane(desk: Desk, board: BoardScreen) {
	const {view} = gameOf(desk.state);
	if (board.draft !== undefined) return play(desk, board.draft);
	if (board.focus === 'inbox') {
		const item = newestFirst(view.inbox)[board.inbox];
		if (item?.equation) return desk.push(equationsOf([item.equation]));
		if (item) desk.push({kind: 'reader', title: `INBOX   t${item.turn} ${item.from}`, text: item.text, top: 0});
		return;
	}
	if (board.focus === 'messages') {
		if (view.ceremonies.length > 0)
			desk.push({
				...resolveOf(
					view,
					view.ceremonies.map(({id}) => id),
					false,
					view.ceremonies.length - 1 - board.ceremony,
				),
				cursor: board.message,
			});
		return;
	}
	if (board.focus !== 'moves') return desk.set({...board, focus: 'moves'});
	run(desk, board);
}

/** Plays the highlighted move, or asks for what it still lacks: an approval on its own screen, other values one by one. */
function run(desk: Desk, board: BoardScreen) {
	const row = menuRows(gameOf(desk.state), board)[board.move];
	if (!row) return;
	if (row.refused !== undefined) return desk.say('bad', `Refused: ${sentence(row.refused, false)}`);
	const slots = slotsOf(row.option, row.notation);
	if (slots.some(({name}) => name === 'basis') && row.request !== undefined) {
		const party = board.picked.at(-1);
		return desk.push({kind: 'approve', request: row.request, cursor: 0, top: 0, ...(party === undefined ? {} : {party})});
	}
	ask(desk, row.option, row.notation);
}

/** Asks for the first value that a notation lacks; plays it when it lacks none. */
export function ask(desk: Desk, option: MoveOption, notation: string) {
	const [slot] = slotsOf(option, notation);
	if (!slot) return play(desk, notation);
	if (slot.candidates.length === 0) {
		desk.say('info', `${slot.name} is yours to write.`);
		return desk.push({kind: 'prompt', edit: editOf(notation.slice(0, notation.indexOf('_'))), recall: {typed: ''}});
	}
	const refused = refusedCandidates(option, notation, slot);
	const first = slot.candidates.findIndex(candidate => !refused.has(candidate));
	desk.push({kind: 'choose', option, notation, slot, cursor: Math.max(0, first), marked: []});
}

function play(desk: Desk, line: string) {
	if (!isReady(line)) return desk.say('bad', `Something is still to be chosen in: ${line}`);
	if (isAskedAbout(desk, line)) return desk.push({kind: 'confirm', line, top: 0});
	desk.submit(line);
}

export const handleChoose: Handler<'choose'> = (desk, screen, command, press) => {
	const {candidates, several} = screen.slot;
	const cursor = motionOf(command, screen.cursor, candidates.length, 5);
	if (cursor !== undefined) return desk.set({...screen, cursor});
	if (command === 'back') return desk.pop();
	if (command === 'toggle' && several) return desk.set(toggled(screen, candidates[screen.cursor]));
	if (command === 'pick') {
		const party = gameOf(desk.state).view.parties.find(({digit}) => String(digit) === press.name)?.id;
		const at = party === undefined ? -1 : candidates.indexOf(party);
		// Of whole lines, the first that speaks of it.
		const line = candidates.findIndex(candidate => candidate.includes(` party=${party}`));
		if (at < 0 && line >= 0) return desk.set({...screen, cursor: line});
		if (at < 0) return desk.say('info', `${press.name} is not among the choices.`);
		if (several) return desk.set({...toggled(screen, party), cursor: at});
		return take(desk, screen, party ?? '');
	}
	if (command !== 'do') return;
	if (several) {
		const chosen = screen.marked.length > 0 ? candidates.filter(candidate => screen.marked.includes(candidate)) : [];
		if (chosen.length === 0) return desk.say('info', 'Mark the parties with Space or their number, then Enter.');
		return take(desk, screen, chosen.join(','));
	}
	const candidate = candidates[screen.cursor];
	if (candidate !== undefined) take(desk, screen, candidate);
};

function toggled(screen: ChooseScreen, candidate: string | undefined): ChooseScreen {
	if (candidate === undefined) return screen;
	return {
		...screen,
		marked: screen.marked.includes(candidate) ? screen.marked.filter(mark => mark !== candidate) : [...screen.marked, candidate],
	};
}

/** Fills in what was chosen; a line that lacks nothing more waits in the prompt for Enter, so that it is read before it runs. */
function take(desk: Desk, screen: ChooseScreen, value: string) {
	const notation = fill(screen.notation, screen.slot.name, value);
	desk.pop();
	if (!isComplete(notation)) return ask(desk, screen.option, notation);
	desk.change('board', board => ({...board, draft: notation, focus: 'moves'}));
	const preview = gameOf(desk.state).player.preview(notation);
	if (preview.ok) desk.say('info', 'Enter does it, Esc lets it go.');
	else desk.say('bad', `Refused: ${sentence(preview.message, false)}`);
}

export const handlePrompt: Handler<'prompt'> = (desk, screen, command, press) => {
	const {player, history} = gameOf(desk.state);
	if (command === 'back') return desk.pop();
	if (command === 'do') {
		const line = screen.edit.text.trim();
		if (line === '') return desk.pop();
		// Whoever types for help gets what could be typed.
		if (/^(help|\?)$/i.test(line)) return desk.set({kind: 'moves', cursor: 0, find: ''});
		if (isAskedAbout(desk, line)) {
			desk.pop();
			desk.push({kind: 'confirm', line, top: 0});
		} else desk.submit(line, ({ok}) => ok && desk.close('prompt'));
		return;
	}
	if (command === 'up' || command === 'down') {
		const {recall, line} = recalled(history, screen.recall, command === 'up' ? -1 : 1, screen.edit.text);
		return desk.set({...screen, edit: editOf(line), recall});
	}
	if (command === 'complete') {
		const completions = player.complete(screen.edit.text);
		if (completions.length === 0) return desk.say('info', 'Nothing completes this line.');
		const start = commonStart(completions.map(({text}) => text));
		const found = start.length > screen.edit.text.length ? start : (completions[0]?.text ?? '');
		// A word that is whole goes on to the next one, where there is one.
		const isWhole = completions.length === 1 && !found.endsWith('=') && player.complete(`${found} `).length > 0;
		const text = isWhole ? `${found} ` : found;
		return desk.set({...screen, edit: editOf(text), recall: {typed: ''}});
	}
	const edit = editFor(screen.edit, command, press.text);
	if (edit) desk.set({...screen, edit});
};

export const handleNote: Handler<'note'> = (desk, screen, command, press) => {
	if (command === 'back') return desk.pop();
	if (command === 'do') {
		const text = screen.edit.text.trim();
		const close = ({ok}: Outcome) => ok && desk.close('note');
		if (screen.suspect !== undefined)
			desk.submit(['note', ...(text === '' ? [] : [quoted(text)]), `suspect=${screen.suspect}`].join(' '), close);
		else if (text === '') desk.pop();
		else desk.act(player => player.note(text), close);
		return;
	}
	if (command === 'complete') {
		const candidates = gameOf(desk.state)
			.view.moves.find(({verb}) => verb === 'note')
			?.choices.find(({name}) => name === 'suspect')?.candidates;
		if (!candidates || candidates.length === 0) return desk.say('info', 'There is nobody to suspect from here.');
		const next = candidates[screen.suspect === undefined ? 0 : candidates.indexOf(screen.suspect) + 1];
		const {suspect: _, ...rest} = screen;
		return desk.set(next === undefined ? rest : {...rest, suspect: next});
	}
	const edit = editFor(screen.edit, command, press.text);
	if (edit) desk.set({...screen, edit});
};
