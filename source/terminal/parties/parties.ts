/** The parties: who holds a share, whether they answer, and what this seat last knew of the share. */
import type {LootView, PartyView, SeatView} from '../../engine/view.js';
import {cell, clipped, exactly, heading, type Line, span} from '../lines.js';
import {extent, windowOf} from '../list.js';
import {footholdOf} from '../loot/loot.js';
import type {Role, Theme} from '../theme.js';

export interface PartiesProps {
	readonly parties: SeatView['parties'];
	readonly side: SeatView['side'];
	readonly picked: readonly string[];
	/** Attackers: machines that hold no share, and what they hold there. */
	readonly machines?: LootView['machines'];
	/** What is known to be out of shares; stands in the heading. */
	readonly exposed?: string;
	readonly focused: boolean;
	readonly width: number;
	readonly height: number;
	readonly theme: Theme;
}

/** Sign and word for reach; being out of reach outranks being suspected. */
export function reachOf(party: PartyView): {readonly text: string; readonly role?: Role} {
	const since = party.since === undefined ? '' : ` t${party.since}`;
	if (party.reach === 'dark') return {text: `- dark${since}`, role: 'warn'};
	if (party.reach === 'isolated') return {text: '# isolated', role: 'info'};
	if (party.reach === 'inspected') return {text: '# inspected', role: 'info'};
	if (party.suspected) return {text: '! suspect', role: 'bad'};
	return {text: '+ up', role: 'good'};
}

function shareOf(party: PartyView): {readonly text: string; readonly role?: Role} {
	if (party.share === 'none') return {text: 'no share', role: 'dim'};
	return {text: `epoch ${party.epoch} ${party.share}`, role: party.share === 'BAD' ? 'bad' : party.share === 'ok' ? 'good' : undefined};
}

/** What the attackers hold at a party, the most first. */
function heldAt(party: PartyView): {readonly text: string; readonly role?: Role} {
	if (party.captured) return {text: 'share taken', role: 'bad'};
	if (party.implantSince !== undefined) return {text: `implant t${party.implantSince}`, role: 'warn'};
	if (party.wayIn) return {text: 'way in', role: 'info'};
	return {text: 'nothing', role: 'dim'};
}

export function partyLines({
	parties,
	side,
	picked,
	machines = [],
	exposed = '',
	focused,
	width,
	height,
	theme,
}: PartiesProps): readonly Line[] {
	const isWide = width >= 58;
	const isAttacking = side === 'attackers';
	const at = Math.max(
		0,
		parties.findIndex(({id}) => picked.includes(id)),
	);
	const others = machines.filter(({id}) => !parties.some(party => party.id === id));
	// Parties come first: where machines don't fit below them, they share one row.
	const otherRows = others.length === 0 ? 0 : 2 + parties.length + others.length <= height ? others.length : 1;
	const window = windowOf(parties.length, Math.max(1, height - 2 - otherRows), at);
	const rest =
		extent(parties.length, window) || (isWide && parties.length > 1 && exposed === '' ? `1-${parties.length} picks a party` : '');
	const hint = isWide ? [exposed, rest].filter(text => text !== '').join('  ') : rest || exposed;
	const lines: Line[] = [heading(theme, 'Parties', width, {focused, right: hint})];
	const columns = width >= 78 ? ([8, 10, 18, 13, 14] as const) : isWide ? ([5, 8, 11, 12, 12] as const) : ([6, 9, 0, 12, 12] as const);
	const [id, who, domain, reach, held] = columns;
	lines.push([
		span(
			`  # ${'id'.padEnd(id)}${'who'.padEnd(who)}${domain ? 'domain'.padEnd(domain) : ''}${'reach'.padEnd(reach)}${(isAttacking ? 'you hold' : 'share').padEnd(held)}${isWide && !isAttacking ? 'partial' : ''}`,
			'dim',
		),
	]);
	for (const party of parties.slice(window.start, window.end)) {
		const isPicked = picked.includes(party.id);
		const shownReach = reachOf(party);
		const shown = isAttacking ? heldAt(party) : shareOf(party);
		const base: Role | undefined = isPicked ? 'chosen' : undefined;
		lines.push([
			span(isPicked ? '> ' : '  ', 'focus'),
			cell(String(party.digit), 2, base),
			cell(party.id, id, base),
			cell(party.custodian, who, base),
			...(domain ? [cell(party.domain, domain, base)] : []),
			cell(shownReach.text, reach, shownReach.role),
			cell(shown.text, held, shown.role),
			...(isWide && !isAttacking ? [span(party.lastPartial, party.lastPartial.includes('REFUSED') ? 'bad' : undefined)] : []),
		]);
	}
	if (otherRows < others.length)
		lines.push([
			'    ',
			...others.flatMap((machine, index) => [
				span(`${index > 0 ? ', ' : ''}${machine.id}: `),
				span(footholdOf(machine), footholdOf(machine) === 'nothing' ? 'dim' : 'info'),
			]),
		]);
	else
		for (const machine of others)
			lines.push(['    ', cell(machine.id, id + who + domain + reach), span(footholdOf(machine), machine.wayIn ? 'info' : 'dim')]);
	return exactly(
		lines.map(line => clipped(line, width)),
		height,
	);
}
