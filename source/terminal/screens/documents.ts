/** Views that have a screen of their own, laid out whole: what the small panes of the board show in part. */
import type {SeatView} from '../../engine/view.js';
import {controlState} from '../controls/controls.js';
import {itemLines, newestFirst} from '../inbox/inbox.js';
import type {ViewName} from '../keymap.js';
import {cell, heading, type Line, span} from '../lines.js';
import {footholdOf} from '../loot/loot.js';
import {partyLines} from '../parties/parties.js';
import {byUrgency, requestLines} from '../requests/requests.js';
import {sentence, shortHex, wrap} from '../text.js';
import type {Theme} from '../theme.js';
import {briefingLines} from './briefing.js';

/** A view laid out: its lines, and where its items begin, for views with a cursor. */
interface Laid {
	readonly lines: readonly Line[];
	readonly items: readonly number[];
}

const words = (text: string, width: number, indent = 2): Line[] =>
	wrap(text, width - indent - 2).map(line => [' '.repeat(indent), span(line)]);
const none = (text: string): Laid => ({lines: [[], [span(`  ${text}`, 'dim')]], items: []});

/** Blocks of lines, one an item, with the cursor drawn by the block itself. */
function blocks<T>(items: readonly T[], empty: string, draw: (item: T, index: number) => readonly Line[]): Laid {
	if (items.length === 0) return none(empty);
	const lines: Line[] = [];
	const starts: number[] = [];
	for (const [index, item] of items.entries()) {
		starts.push(lines.length);
		lines.push(...draw(item, index));
	}
	return {lines, items: starts};
}

const sign = (isAtCursor: boolean) => span(isAtCursor ? '> ' : '  ', 'focus');

/** Lays a view out in `width` columns. */
export function layOut(name: ViewName, view: SeatView, cursor: number, width: number, theme: Theme): Laid {
	switch (name) {
		case 'parties': {
			const picked = view.parties[cursor]?.id;
			const table = partyLines({
				parties: view.parties,
				side: view.side,
				picked: picked === undefined ? [] : [picked],
				focused: true,
				width,
				machines: view.loot?.machines,
				height: 4 + view.parties.length,
				theme,
			});
			const party = view.parties[cursor];
			const held =
				party && view.side === 'attackers'
					? `You hold: ${party.captured ? 'its share' : party.implantSince !== undefined ? `an implant since t${party.implantSince}` : party.wayIn ? 'a way in' : 'nothing'}.`
					: '';
			const about = party
				? [
						[],
						heading(theme, `${party.id}: ${party.custodian}, ${party.domain}`, width),
						...words(
							`${party.suspected ? 'Suspected. ' : ''}Share of epoch ${party.epoch}, last known ${party.share}. Last partial: ${party.lastPartial}. Nonces: ${party.nonces}. ${party.digestLeft === undefined ? '' : party.digestLeft ? 'Its digest of this turn is unused. ' : 'Its digest of this turn is used. '}${held}`,
							width,
						),
					]
				: [];
			return {lines: [...table, ...about], items: view.parties.map((_, index) => 2 + index)};
		}
		case 'requests': {
			const selected = byUrgency(view.requests)[cursor]?.id;
			const table = requestLines({
				requests: view.requests,
				parties: view.parties,
				turn: view.turn,
				selected,
				focused: true,
				width,
				height: 3 + view.requests.length,
				theme,
			});
			return {
				lines: [...table, [], [span('  = tells everything on record about the request', 'dim')]],
				items: view.requests.map((_, index) => 2 + index),
			};
		}
		case 'inbox':
			return blocks(newestFirst(view.inbox), 'Nothing has come in yet.', (item, index) => itemLines(item, width, index === cursor));
		case 'controls': {
			const laid = blocks(view.controls, 'No control can be switched here.', (control, index) => {
				const state = controlState(control);
				const found =
					control.inspected === undefined
						? ''
						: control.inspected === control.documented
							? 'inspected: it is so'
							: `inspected: it is ${control.inspected}`;
				const from = control.from === undefined ? '' : `from turn ${control.from}`;
				return [
					[
						sign(index === cursor),
						cell(state.text, 8, state.role),
						cell(control.title, 28, index === cursor ? 'chosen' : 'strong'),
						span([control.id, from, found].filter(text => text !== '').join('   '), state.role === 'bad' ? 'bad' : 'dim'),
					],
					...words(`${sentence(control.checks)} Price: ${sentence(control.price, false)}`, width, 10),
				];
			});
			const intro = words('As documented. Only an inspection tells whether a control really is so.', width);
			return {lines: [...intro, [], ...laid.lines], items: laid.items.map(row => row + intro.length + 1)};
		}
		case 'evidence':
			if (view.keeps.kept === '' && view.keeps.lost === '') return none('What the logs keep is not known to this seat.');
			return {
				lines: [
					[],
					...words(`Kept: ${view.keeps.kept}`, width),
					...words(`Lost: ${view.keeps.lost}`, width),
					[],
					...view.stations.map(
						({station, logging}): Line => [
							'  ',
							cell(station, 12),
							`level ${logging}   `,
							span(
								['nothing is recorded', 'loud acts are recorded', 'all acts are recorded, loud ones are signalled'][logging] ?? '',
								'dim',
							),
						],
					),
					[],
					heading(theme, `What a review has read, of ${view.evidenceCount} entries`, width),
					...(view.evidence.length === 0
						? [[span('  nothing has been reviewed', 'dim')] as Line]
						: view.evidence.flatMap(({turn, station, text, level}) =>
								wrap(text, width - 24).map(
									(row, index): Line => [
										index === 0 ? `  t${String(turn).padEnd(3)} ${station.padEnd(11)} ${level}  ` : ' '.repeat(22),
										span(row),
									],
								),
							)),
				],
				items: [],
			};
		case 'decisions':
			return blocks([...view.decisions].reverse(), 'The policy has not decided anything yet.', (decision, index) => [
				[
					sign(index === cursor),
					cell(`t${decision.turn}`, 4),
					cell(decision.request, 10, 'strong'),
					span(decision.verdict.toUpperCase(), decision.verdict === 'allow' ? 'good' : 'bad'),
					`   rule ${decision.rule}`,
				],
				...words(decision.reason, width, 6),
				...(decision.facts.length === 0
					? [[span('      its facts were not kept: the decision log is off', 'dim')] as Line]
					: decision.facts.map(([fact, value]): Line => [span(`      ${fact.padEnd(16)}`, 'dim'), span(value)])),
			]);
		case 'outputs':
			return blocks([...view.outputs].reverse(), 'No joint output has been made yet.', (output, index) => [
				[
					sign(index === cursor),
					cell(`t${output.turn}`, 4),
					cell(output.id, 12, 'strong'),
					`for ${output.request}   `,
					span(output.state, output.state === 'final' ? 'good' : 'info'),
				],
				...words(`Says: ${output.says}`, width, 6),
				...(output.statement ? words(`Statement: ${output.statement}`, width, 6) : []),
				[
					span('      public key ', 'dim'),
					shortHex(output.publicKey, 8),
					span('   message ', 'dim'),
					shortHex(output.message, 8),
					span('   signature ', 'dim'),
					shortHex(output.signature, 8),
				],
			]);
		case 'notes':
			return {
				lines: [
					heading(theme, 'Moves of this turn', width),
					...(view.made.length === 0
						? [[span('  none yet', 'dim')] as Line]
						: view.made.map(
								({text, cost, queued}): Line => [
									'  ',
									span(text, 'strong'),
									span(`   cost ${cost}${queued ? ', queued: runs when the turn ends' : ''}`, 'dim'),
								],
							)),
					[],
					heading(theme, 'Notes', width),
					...(view.notes.length === 0
						? [[span('  none yet; n on the board writes one', 'dim')] as Line]
						: view.notes.flatMap(({turn, text, suspect}) => words(`t${turn}  ${suspect ? `suspects ${suspect}: ` : ''}${text}`, width))),
				],
				items: [],
			};
		case 'loot': {
			const {loot} = view;
			if (!loot) return none('What the attackers hold is not known to this seat.');
			return {
				lines: [
					[],
					...words(sentence(loot.summary), width),
					[],
					heading(theme, 'Shares', width),
					...loot.shares.map(
						(share): Line => [
							'  ',
							cell(share.party, 8, 'strong'),
							`epoch ${share.epoch}   t${share.turn}   ${share.how}   `,
							span(shortHex(share.share, 6), 'dim'),
						],
					),
					[],
					heading(theme, 'Machines', width),
					...loot.machines.map((machine): Line => ['  ', cell(machine.id, 14, 'strong'), span(footholdOf(machine))]),
					[],
					heading(theme, 'Orders for the resolve', width),
					...(loot.orders.length === 0 ? [[span('  none', 'dim')] as Line] : loot.orders.map((order): Line => ['  ', span(order)])),
					[],
					heading(theme, 'What was tried', width, {right: '= the equations'}),
					...loot.attempts.map(
						(attempt): Line => ['  ', cell(attempt.name, 24), span(attempt.holds ? 'EQUAL' : 'NOT EQUAL', attempt.holds ? 'good' : 'bad')],
					),
				],
				items: [],
			};
		}
		case 'briefing':
			return {lines: briefingLines(view, width, theme), items: []};
		case 'messages':
			return none('Messages have a screen of their own.');
	}
}
