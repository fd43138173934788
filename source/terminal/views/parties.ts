/** The parties: shares by epoch, backups, partials, and what each of them learned in ceremonies. */
import type {PartyView, SeatView} from '../../engine/view.js';
import {cell, type Line, span} from '../lines.js';
import {footholdOf} from '../loot/loot.js';
import {partyLines} from '../parties/parties.js';
import {shortHex} from '../text.js';
import {dim, type Laid, labelled, section, type ViewProps, words} from './laid.js';

/** What ceremonies taught a machine, newest first: [turn, ceremony, round, what]. */
export function learnedBy(view: SeatView, id: string): ReadonlyArray<{readonly where: string; readonly what: string}> {
	return [...view.ceremonies]
		.reverse()
		.flatMap(({id: ceremony, turn, messages}) =>
			messages
				.filter(({to}) => to === id)
				.flatMap(({round, from, learned}) =>
					learned.map(what => ({where: `t${turn} ${ceremony} r${round}`, what: `${what} (from ${from})`})),
				),
		);
}

function sharesOf(party: PartyView, {view, width}: ViewProps): Line[] {
	const epochs = view.exposure.map(({epoch, parties, isInForce}) => {
		const holds = party.epoch === epoch && party.share !== 'none';
		const text = holds
			? `${isInForce ? 'in force; ' : ''}holds it, last check: ${party.share}`
			: parties.includes(party.id)
				? 'may still exist: never said to be erased, or in a backup'
				: 'gone';
		return labelled(`epoch ${epoch}`, text, width, holds ? undefined : parties.includes(party.id) ? 'warn' : 'dim');
	});
	return epochs.length > 0 ? epochs.flat() : labelled(`epoch ${party.epoch}`, `last check: ${party.share}`, width);
}

function operatorsDetail(party: PartyView, props: ViewProps): Line[] {
	const {view, width, theme} = props;
	const backups = view.backups.filter(backup => backup.party === party.id);
	const learned = learnedBy(view, party.id);
	return [
		...labelled('custodian', `${party.custodian}, ${party.domain}`, width),
		...labelled(
			'reach',
			`${party.reach}${party.since === undefined ? '' : ` since t${party.since}`}${party.suspected ? ', SUSPECTED' : ''}`,
			width,
		),
		...labelled('last partial', party.lastPartial, width, party.lastPartial.includes('REFUSED') ? 'bad' : undefined),
		...labelled('nonces', party.nonces, width, party.nonces === 'outstanding' ? 'warn' : undefined),
		...(party.digestLeft === undefined ? [] : labelled('digest', party.digestLeft ? 'one left this turn' : 'used this turn', width)),
		...section(theme, 'Shares', width, sharesOf(party, props)),
		...section(
			theme,
			'Backups of its share',
			width,
			backups.length === 0
				? [dim('none in the register')]
				: backups.flatMap(({id, place, epoch, turn, drilled}) =>
						labelled(
							id,
							`${place}, epoch ${epoch}, made t${turn}, ${drilled ? `drilled t${drilled.turn}: ${drilled.result}` : 'never drilled'}`,
							width,
							drilled?.result === 'BAD' ? 'bad' : undefined,
						),
					),
		),
		...section(
			theme,
			'What it learned',
			width,
			learned.length === 0 ? [dim('nothing yet from any ceremony')] : learned.flatMap(({where, what}) => labelled(where, what, width)),
		),
	];
}

function attackersDetail(party: PartyView, {view, width, theme}: ViewProps): Line[] {
	const {loot} = view;
	const shares = loot?.shares.filter(share => share.party === party.id) ?? [];
	const machine = loot?.machines.find(({id}) => id === party.id);
	const recorded = loot?.recorded?.filter(({what}) => what.includes(`${party.id} to `) || what.includes(` to ${party.id},`)) ?? [];
	return [
		...labelled('custodian', `${party.custodian}, ${party.domain}${loot?.bribed?.includes(party.id) ? ', bribed by you' : ''}`, width),
		...labelled('reach', `${party.reach}${party.since === undefined ? '' : ` since t${party.since}`}`, width),
		...labelled('you hold', machine ? footholdOf(machine) : 'nothing', width),
		...section(
			theme,
			'Its shares that you have',
			width,
			shares.length === 0
				? [dim('none')]
				: shares.flatMap(({epoch, turn, how, share}) =>
						labelled(`epoch ${epoch}, t${turn}`, `${shortHex(share, 6)}   ${how}`, width, 'bad'),
					),
		),
		...section(
			theme,
			'Its messages that you recorded',
			width,
			recorded.length === 0
				? [dim('none')]
				: recorded.map(
						({id, turn, what, sealed}): Line => [
							'  ',
							cell(`t${turn} ${id}`, 14),
							span(what),
							span(sealed ? '   sealed' : '   plain', 'dim'),
						],
					),
		),
	];
}

export function partiesView(props: ViewProps): Laid {
	const {view, cursor, listWidth, theme} = props;
	const picked = view.parties[cursor]?.id;
	const machines = view.loot?.machines.filter(({id}) => !view.parties.some(party => party.id === id)) ?? [];
	const [, ...table] = partyLines({
		parties: view.parties,
		side: view.side,
		picked: picked === undefined ? [] : [picked],
		focused: true,
		width: listWidth,
		machines,
		height: 2 + view.parties.length + machines.length,
		theme,
	});
	const party = view.parties[cursor];
	return {
		listTitle: 'Parties',
		list: table,
		items: view.parties.map((_, index) => 1 + index),
		title: party ? `${party.id}, party ${party.digit}` : 'Parties',
		lines: !party
			? words('There are no parties.', props.width)
			: view.side === 'attackers'
				? attackersDetail(party, props)
				: operatorsDetail(party, props),
	};
}
