/** What the attackers hold: shares, footholds, recordings, approvals, inputs, and the equations that were tried. Drawn for their seat only. */
import type {LootView, SeatView} from '../../engine/view.js';
import {type Keymap, keyFor} from '../keymap.js';
import {cell, type Line, span} from '../lines.js';
import {footholdOf} from '../loot/loot.js';
import {oneMore} from '../loot/one-more.js';
import {sentence, shortHex} from '../text.js';
import {dim, type Laid, labelled, section, type ViewProps, words} from './laid.js';

function rows<T>(items: readonly T[] | undefined, empty: string, draw: (item: T) => readonly Line[]): Line[] {
	return items === undefined || items.length === 0 ? [dim(empty)] : items.flatMap(draw);
}

function held(view: SeatView, loot: LootView, width: number, theme: ViewProps['theme'], keys: Keymap): Line[] {
	return [
		...words(sentence(loot.summary), width, 2, 'strong'),
		...section(
			theme,
			'Shares',
			width,
			rows(loot.shares, 'none', ({party, epoch, turn, how, share}) =>
				labelled(`${party} epoch ${epoch}`, `t${turn}, ${how}, ${shortHex(share, 6)}`, width, 'bad'),
			),
		),
		...section(
			theme,
			'With one more capture',
			width,
			rows(oneMore(view), 'nothing is missing', ({what, gives, isEnough}) => labelled(what, gives, width, isEnough ? 'info' : undefined)),
		),
		...section(
			theme,
			'Machines',
			width,
			rows(loot.machines, 'none', machine => [['  ', cell(machine.id, 14, 'strong'), span(footholdOf(machine))]]),
		),
		...section(
			theme,
			'Orders for the resolve',
			width,
			rows(loot.orders, 'none', order => [['  ', span(order)]]),
		),
		...section(
			theme,
			'What was tried',
			width,
			rows(loot.attempts, 'nothing yet: fewer than two shares, and no nonces that repeat', attempt =>
				labelled(attempt.holds ? 'EQUAL' : 'NOT EQUAL', attempt.equation, width, attempt.holds ? 'good' : 'warn'),
			),
			loot.attempts.length > 0 ? `${keyFor('pane', 'why', keys)} the equations` : '',
		),
		...section(
			theme,
			'Recorded messages',
			width,
			rows(loot.recorded, 'none', ({id, turn, what, sealed}) =>
				labelled(`t${turn} ${id}`, `${what}${sealed ? ', sealed' : ', plain'}`, width),
			),
		),
		...section(
			theme,
			'Recorded approvals',
			width,
			rows(loot.approvals, 'none', ({request, party, basis, turn}) => labelled(`t${turn} ${party}`, `${request}, on ${basis}`, width)),
		),
		...section(
			theme,
			'Memories and people',
			width,
			loot.snapshots?.length || loot.bribed?.length
				? [
						...(loot.snapshots ?? []).flatMap(({party, turn}) => labelled(party, `a copy of its memory, of turn ${turn}`, width)),
						...(loot.bribed ?? []).flatMap(party => labelled(party, 'its custodian approves what you want', width)),
					]
				: [dim('none')],
		),
		...section(
			theme,
			'Private inputs that answers gave away',
			width,
			rows(loot.inputs, 'none', ({computation, party, input}) => labelled(party, `${input}, from ${computation}`, width, 'bad')),
		),
	];
}

export function lootView({view, width, theme, keys}: ViewProps): Laid {
	const {loot} = view;
	return {
		title: 'What you hold',
		lines: loot ? held(view, loot, width, theme, keys) : [dim('What the attackers hold is not known to this seat.')],
	};
}
