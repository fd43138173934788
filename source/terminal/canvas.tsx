/**
 * Puts rows on the screen. Ink lays every text out and parses it again, cell by cell, on each frame: at 120x40 that takes ten times as
 * long as everything else a key press causes. The rows of this program are laid out already, so on a terminal they are written directly,
 * and of them only those that changed; Ink keeps what it is good at, the keyboard, the alternate screen and restoring both. Where the
 * output is no terminal, the rows are ordinary Ink text.
 */
import {Text, useStdout} from 'ink';
import {useEffect, useLayoutEffect, useRef} from 'react';

// Terminals that know it show what lies between at once (DEC mode 2026); others ignore it.
const beginFrame = '\u001b[?2026h';
const endFrame = '\u001b[?2026l';

const clear = '\u001b[H\u001b[2J';
// Some terminals move what they clear into their scrollback, which goes after it (xterm, ED 3).
const forget = '\u001b[3J';

/**
 * What turns one screen into another: changed rows, with the cursor left in the corner where nothing scrolls. A row is erased before it is
 * written: after its last column the cursor waits on that column, and erasing from there would take the character away. `isWiped`: the
 * terminal's scrollback is emptied too.
 */
export function frameUpdate(before: readonly string[] | undefined, after: readonly string[], isWiped = false): string {
	let update = before ? '' : isWiped ? `${clear}${forget}` : clear;
	for (const [row, text] of after.entries()) if (before?.[row] !== text) update += `\u001b[${row + 1};1H\u001b[K${text}\u001b[0m`;
	return update === '' ? '' : `${beginFrame}${update}\u001b[H${endFrame}`;
}

export interface CanvasProps {
	readonly rows: readonly string[];
	readonly columns: number;
	readonly height: number;
	/** When it changes, the terminal forgets what it has shown. */
	readonly wipes?: number;
}

export function Canvas({rows, columns, height, wipes = 0}: CanvasProps) {
	const {stdout} = useStdout();
	const isTerminal = 'isTTY' in stdout && stdout.isTTY === true;
	const shown = useRef<Required<CanvasProps>>(undefined);
	const draw = (): void => {
		const last = shown.current;
		if (!isTerminal || (last?.rows === rows && last.wipes === wipes && last.columns === columns && last.height === height)) return;
		// Terminals rearrange what they show when they are resized: draw all of it again.
		const isWiped = last !== undefined && last.wipes !== wipes;
		const isSame = last !== undefined && !isWiped && last.columns === columns && last.height === height;
		const update = frameUpdate(isSame ? last.rows : undefined, rows, isWiped);
		shown.current = {rows, columns, height, wipes};
		if (update !== '') stdout.write(update);
	};
	// The first frame waits for the effects before it, those of the keyboard: whoever sees a screen can press keys. Later ones don't wait.
	useLayoutEffect(() => {
		if (shown.current) draw();
	});
	useEffect(() => {
		if (!shown.current) draw();
	});
	return isTerminal ? null : <Text wrap="truncate">{rows.map(row => row || ' ').join('\n')}</Text>;
}
