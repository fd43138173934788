/** What is true and hidden, as Markdown: for the facilitator of a drill, while it runs. */
import type {SeatView} from '../engine/view.js';
import {code, escaped, table} from './markdown.js';
import {listed} from './plain-text.js';

/** @param view of the seat `facilitator`; of any other, there is nothing to tell */
export function truthMarkdown({truth, loot, turn}: SeatView): string {
	if (!truth) return 'Only the facilitator sees what is true.\n';
	const bullets = (items: readonly string[], none: string) => (items.length > 0 ? items.map(item => `- ${item}`) : [none]);
	return [
		`The world is **${escaped(truth.world)}**${truth.summary === '' ? '.' : `: ${escaped(truth.summary)}`}`,
		'',
		'## What the attackers hold',
		'',
		...bullets(
			truth.machines.map(({id, wayIn, implantSince, link}) =>
				escaped(
					`${id}: ${listed([...(wayIn ? ['a way in'] : []), ...(implantSince === undefined ? [] : [`an implant since turn ${implantSince}`]), ...(link ? ['its link'] : [])])}`,
				),
			),
			'No machine.',
		),
		'',
		`Shares: ${escaped(loot?.summary ?? '')}.`,
		'',
		...(loot && loot.orders.length > 0 ? [`Standing orders: ${loot.orders.map(code).join(', ')}.`, ''] : []),
		...(truth.attack.length > 0 ? [`Their moves of turn ${turn}: ${truth.attack.map(code).join(', ')}.`, ''] : []),
		'## Requests',
		'',
		...(truth.requests.length > 0
			? table(
					['request', 'the requester wants', 'displayed', 'would be signed'],
					truth.requests.map(({id, wants, displayed, signs}) => [
						escaped(id),
						wants === '' ? '**nobody wants it**' : escaped(wants),
						escaped(displayed),
						signs === displayed ? 'the same' : `**${escaped(signs)}**`,
					]),
				)
			: ['None is open.', '']),
		...(truth.drifted.length > 0
			? [
					'## Controls that are not what they are documented as',
					'',
					...truth.drifted.map(({title, documented, actual}) => `- ${escaped(title)}: documented ${documented}, really ${actual}`),
					'',
				]
			: []),
		'## What comes',
		'',
		...bullets(
			truth.coming.map(({when, text}) => `${escaped(when)}: ${text === '' ? 'no words, only effects' : escaped(text)}`),
			'No inject is left.',
		),
		'',
		'## What both sides wrote down',
		'',
		...bullets(
			truth.notes.map(note =>
				escaped(`turn ${note.turn}, ${note.side}: ${note.text}${note.suspect === undefined ? '' : ` (suspects ${note.suspect})`}`),
			),
			'Nothing yet.',
		),
		'',
	].join('\n');
}
