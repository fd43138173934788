/** The controls: checks that can be on or off, as documented and as inspected. */
import type {ControlView, SeatView} from '../../engine/view.js';
import {type Keymap, keyFor} from '../keymap.js';
import {cell, clipped, exactly, heading, type Line, span} from '../lines.js';
import type {Role, Theme} from '../theme.js';

export interface ControlsProps {
	readonly controls: SeatView['controls'];
	readonly focused: boolean;
	readonly width: number;
	readonly height: number;
	readonly theme: Theme;
	readonly keys?: Keymap | undefined;
}

/** The state as far as it is known: `[on]` and `[off]` are what the documents say, `!` marks an inspection that found otherwise. */
export function controlState(control: ControlView): {readonly text: string; readonly role: Role} {
	if (control.inspected && control.inspected !== control.documented) return {text: `[${control.inspected}!]`, role: 'bad'};
	if (control.documented === 'on') return {text: '[on]', role: 'good'};
	return {text: '[off]', role: 'dim'};
}

export function controlLines({controls, focused, width, height, theme, keys}: ControlsProps): readonly Line[] {
	const half = Math.floor((width - 2) / 2);
	const found = controls.filter(control => control.inspected && control.inspected !== control.documented).length;
	const lines: Line[] = [
		heading(theme, 'Controls, as documented', width, {
			focused,
			right: found > 0 ? `! ${found} not as documented` : `${keyFor('board', 'view-controls', keys)} more`,
		}),
	];
	const title = (control: ControlView) => (control.from === undefined ? control.title : `${control.title} (t${control.from})`);
	for (let index = 0; index < Math.ceil(controls.length / 2); index++) {
		const pair = [controls[index], controls[index + Math.ceil(controls.length / 2)]].filter(control => control !== undefined);
		lines.push([
			'  ',
			...pair.flatMap(control => [cell(controlState(control).text, 7, controlState(control).role), cell(title(control), half - 7)]),
		]);
	}
	if (controls.length === 0) lines.push([span('  none that can be switched', 'dim')]);
	return exactly(
		lines.map(line => clipped(line, width)),
		height,
	);
}
