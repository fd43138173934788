/** The controls: what each checks, what it costs while it is on, and what an inspection found. */
import {controlState} from '../controls/controls.js';
import {cell, type Line, span} from '../lines.js';
import {sentence} from '../text.js';
import {dim, type Laid, labelled, sign, type ViewProps, words} from './laid.js';

export function controlsView({view, cursor, width}: ViewProps): Laid {
	const {controls} = view;
	const control = controls[cursor];
	const list = controls.map((each, index): Line => {
		const {text, role} = controlState(each);
		return [
			sign(index === cursor),
			cell(text, 8, role),
			cell(each.title, 28, index === cursor ? 'chosen' : undefined),
			span(each.from === undefined ? '' : `on from t${each.from}`, 'dim'),
		];
	});
	const found = (state: 'on' | 'off', documented: 'on' | 'off') =>
		state === documented ? `inspected: it is ${state}, as documented` : `inspected: it is ${state}, NOT as documented`;
	return {
		listTitle: 'Controls, as documented',
		list,
		items: list.map((_, index) => index),
		title: control?.title ?? 'Controls',
		lines: control
			? [
					...labelled('documented', control.documented, width),
					...labelled(
						'known',
						control.inspected
							? found(control.inspected, control.documented)
							: `not inspected: inspect control=${control.id} tells whether it is so`,
						width,
						control.inspected && control.inspected !== control.documented ? 'bad' : undefined,
					),
					...labelled('checks', sentence(control.checks), width),
					...labelled('price', sentence(control.price), width),
					...(control.documented === 'off' && control.from === undefined ? labelled('to switch it on', `harden ${control.id}`, width) : []),
				]
			: view.side === 'attackers'
				? words('Which controls are on is not known to you.', width)
				: [dim('No control can be switched here.')],
	};
}
