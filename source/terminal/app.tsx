/** Draws a session: the screen on top of its stack at the terminal's size, and hands it what is pressed. */
import {useApp, useInput, usePaste, useWindowSize} from 'ink';
import {useEffect, useMemo, useSyncExternalStore} from 'react';
import {Canvas} from './canvas.js';
import {smallest} from './first-frame.js';
import {clipped, type Line, painted} from './lines.js';
import type {Catalogue} from './player.js';
import {approveScreen} from './screens/approve.js';
import {boardScreen} from './screens/board.js';
import {briefingScreen} from './screens/briefing.js';
import {confirmScreen} from './screens/confirm.js';
import {drillReadyScreen, drillScreen} from './screens/drill.js';
import {beliefsScreen, facilitatorAskScreen, facilitatorScreen, speakerScreen} from './screens/drill-table.js';
import {endTurnScreen} from './screens/end-turn.js';
import {equationScreen} from './screens/equation.js';
import {handOverScreen} from './screens/hand-over.js';
import {helpScreen, openingScreen, quitScreen} from './screens/help.js';
import {hotWashScreen} from './screens/hot-wash.js';
import {movesScreen} from './screens/moves.js';
import {paneScreen, viewsScreen} from './screens/panes.js';
import {pausedScreen} from './screens/paused.js';
import {readerScreen} from './screens/reader.js';
import {replayScreen} from './screens/replay.js';
import {resolveScreen} from './screens/resolve.js';
import type {DeskState} from './screens/screen.js';
import {keysScreen, newKeyScreen, settingsScreen} from './screens/settings.js';
import {reportsScreen, savesScreen, scenariosScreen, titleScreen} from './screens/title.js';
import {turnScreen} from './screens/turn.js';
import type {Session} from './session.js';
import {type Abilities, themeFor} from './settings.js';
import {splitKeys} from './split-keys.js';
import type {Theme} from './theme.js';

/** The lines of the screen on top of the stack: exactly as many as the terminal has rows. */
export function screenLines(state: DeskState, catalogue: Catalogue, theme: Theme): readonly Line[] {
	const screen = state.stack.at(-1);
	if (!screen) return [];
	const props = {state, catalogue, theme, columns: state.columns, rows: state.rows};
	switch (screen.kind) {
		case 'title':
			return titleScreen({screen, ...props});
		case 'scenarios':
			return scenariosScreen({screen, ...props});
		case 'saves':
			return savesScreen({screen, ...props});
		case 'reports':
			return reportsScreen({screen, ...props});
		case 'opening':
			return openingScreen({screen, ...props});
		case 'briefing':
			return briefingScreen({screen, ...props});
		case 'replay':
		case 'goTo':
			return replayScreen({screen, ...props});
		case 'paused':
			return pausedScreen({screen, ...props});
		case 'handOver':
			return handOverScreen({screen, ...props});
		case 'board':
		case 'prompt':
		case 'note':
		case 'choose':
			return boardScreen({screen, ...props});
		case 'approve':
			return approveScreen({screen, ...props});
		case 'resolve':
			return resolveScreen({screen, ...props});
		case 'equation':
			return equationScreen({screen, ...props});
		case 'reader':
			return readerScreen({screen, ...props});
		case 'pane':
			return paneScreen({screen, ...props});
		case 'views':
			return viewsScreen({screen, ...props});
		case 'moves':
		case 'find':
			return movesScreen({screen, ...props});
		case 'endTurn':
			return endTurnScreen({screen, ...props});
		case 'turn':
			return turnScreen({screen, ...props});
		case 'confirm':
			return confirmScreen({screen, ...props});
		case 'hotWash':
			return hotWashScreen({screen, ...props});
		case 'drill':
			return drillScreen({screen, ...props});
		case 'drillReady':
			return drillReadyScreen({screen, ...props});
		case 'speaker':
			return speakerScreen({screen, ...props});
		case 'beliefs':
			return beliefsScreen({screen, ...props});
		case 'facilitatorAsk':
			return facilitatorAskScreen({screen, ...props});
		case 'facilitator':
		case 'facilitatorLine':
			return facilitatorScreen({screen, ...props});
		case 'settings':
			return settingsScreen({screen, ...props});
		case 'keys':
			return keysScreen({screen, ...props});
		case 'newKey':
			return newKeyScreen({screen, ...props});
		case 'quit':
			return quitScreen({screen, ...props});
		case 'help':
			return helpScreen({screen, ...props});
	}
}

function tooSmallLines({columns, rows, isLeaving}: DeskState): readonly Line[] {
	const words: Line[] = [
		[`needs ${smallest.columns}x${smallest.rows}, now ${columns}x${rows}`],
		...(isLeaving ? [['Ctrl-C again leaves'] as Line] : []),
	];
	return words.slice(0, rows).map(line => clipped(line, columns));
}

/** Hands what is pressed and pasted to the session. */
function Keyboard({session, isTooSmall}: {readonly session: Session; readonly isTooSmall: boolean}) {
	const {exit} = useApp();
	// A handler that throws must end the program with its message and the terminal restored: Ink guards only what is drawn.
	const guarded = (work: () => void): void => {
		try {
			work();
		} catch (error) {
			exit(error instanceof Error ? error : new Error(String(error)));
		}
	};
	useInput((input, key) =>
		guarded(() => {
			const presses = splitKeys(input, key);
			// On a screen too small to be read, only leaving is allowed: no move is made blindly.
			session.press(isTooSmall ? presses.filter(({name}) => name === 'ctrl+c') : presses);
		}),
	);
	usePaste(text => guarded(() => (isTooSmall ? undefined : session.paste(text))));
	return null;
}

export function App({session, abilities}: {readonly session: Session; readonly abilities: Abilities}) {
	const state = useSyncExternalStore(session.subscribe, session.snapshot);
	const {columns, rows} = useWindowSize();
	const {exit} = useApp();
	const theme = themeFor(state.settings, abilities);
	const isTooSmall = columns < smallest.columns || rows < smallest.rows;

	useEffect(() => session.resize({columns, rows}), [session, columns, rows]);
	useEffect(() => {
		if (state.exit !== undefined) exit(state.exit);
	}, [state.exit, exit]);

	// The one clock of the terminal: a replay, or the messages of a ceremony, that play by themselves where they can be seen, and the clock of a drill.
	const pace = isTooSmall ? undefined : session.pace;
	useEffect(() => {
		if (pace === undefined) return;
		const timer = setInterval(() => session.tick(), 1000 / pace);
		return () => clearInterval(timer);
	}, [session, pace]);

	const lines = useMemo(() => {
		const sized = state.columns === columns && state.rows === rows ? state : {...state, columns, rows};
		const drawn = isTooSmall ? tooSmallLines(sized) : screenLines(sized, session.catalogue, theme);
		return drawn.map(line => painted(theme, line));
	}, [state, columns, rows, isTooSmall, session, theme]);
	return (
		<>
			<Keyboard session={session} isTooSmall={isTooSmall} />
			<Canvas rows={lines} columns={columns} height={rows} wipes={state.wipes} />
		</>
	);
}
