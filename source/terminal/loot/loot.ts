/** What the attackers hold: shares, footholds on machines, orders for the resolve. Drawn for their seat only. */
import type {LootView} from '../../engine/view.js';
import {type Keymap, keyFor} from '../keymap.js';
import {clipped, exactly, heading, type Line, span} from '../lines.js';
import {sentence, wrap} from '../text.js';
import type {Theme} from '../theme.js';

/** A foothold in words, the deepest first. */
export function footholdOf(machine: LootView['machines'][number]): string {
	const held = [
		...(machine.implantSince === undefined ? [] : [`implant since t${machine.implantSince}`]),
		...(machine.wayIn ? ['way in'] : []),
		...(machine.link ? ['on its link'] : []),
	];
	return held.join(', ') || 'nothing';
}

export interface LootProps {
	readonly loot: LootView;
	readonly width: number;
	readonly height: number;
	readonly theme: Theme;
	readonly keys?: Keymap | undefined;
}

export function lootLines({loot, width, height, theme, keys}: LootProps): readonly Line[] {
	const orders = loot.orders.length > 0 ? `orders: ${loot.orders.join('; ')}` : 'no orders for the resolve';
	const lines = [sentence(loot.summary), sentence(orders)].flatMap(text => wrap(text, width - 4)).map((line): Line => ['  ', span(line)]);
	return exactly(
		[heading(theme, 'What you hold', width, {right: `${keyFor('board', 'view-loot', keys)} more`}), ...lines].map(line =>
			clipped(line, width),
		),
		height,
	);
}
