/** What a quorum is worth, as sentences and a table of at most 80 columns: made from the access structure, and nothing is worked out here. */
import type {AccessStructure, SetsOfKind} from '../engine/access-structure.js';
import {type GroupKind, groupKinds} from '../engine/party-groups.js';
import {clean, counted, listed, wrap} from './plain-text.js';

/** What the sets of a row can do, in the words of the table and of its list. */
const goals = [
	{id: 'reach', short: 'reach key', title: 'Reach the key: enough shares of one epoch, the policy is not asked'},
	{id: 'pass', short: 'pass policy', title: 'Pass the policy: approvals that it admits without the requester'},
	{id: 'stop', short: 'stop it', title: 'Stop it: nothing can be signed without them'},
	{id: 'lose', short: 'lose key', title: 'Lose the key: what is left of shares and backups is too little, for good'},
	{id: 'amend', short: 'amend', title: 'Change the policy: consents that an amendment needs'},
] as const;

/** A sentence about a structure, and whether somebody should do something about it. */
export interface ExposureFinding {
	readonly severity: 'warning' | 'note';
	readonly text: string;
}

export interface ExposureSource {
	readonly title: string;
	readonly suite: string;
	/** What was looked at: "epoch 1, as keygen makes it", "turn 4 of the save". */
	readonly moment: string;
	readonly threshold: number;
	/** How many approvals on a swapped display could pass: false when something compares the bytes. */
	readonly isDisplayTrusted: boolean;
	readonly coordinator: {readonly custodian: string; readonly domain: string};
	/** Machines and places that are taken for fallen. */
	readonly given: readonly string[];
}

const setsIn = (all: readonly SetsOfKind[], kind: GroupKind) => all.find(each => each.kind === kind)?.sets ?? [];
const singles = (all: readonly SetsOfKind[], kind: GroupKind) => setsIn(all, kind).flatMap(set => (set.length === 1 ? [set[0]!] : []));

/** What stands out, in words: the warnings first. */
export function exposureFindings(structure: AccessStructure, source: ExposureSource): ExposureFinding[] {
	const {groups, reach, stop, lose, pass, amend, epochs} = structure;
	const found: ExposureFinding[] = [];
	const warn = (text: string) => void found.push({severity: 'warning', text});
	const note = (text: string) => void found.push({severity: 'note', text});
	const partiesOf = (kind: GroupKind, name: string) => listed(groups[kind].find(group => group.name === name)?.parties ?? []);
	const inForce = epochs.find(({isInForce}) => isInForce)!;
	const alone = source.given.length > 0 ? 'alone, with what has fallen already' : 'alone';
	const isWide = (kind: GroupKind, name: string) => (groups[kind].find(group => group.name === name)?.parties.length ?? 0) > 1;

	if (setsIn(reach, 'parties').some(set => set.length === 0)) warn('Nobody else is needed: what is taken already makes the key.');
	for (const name of singles(reach, 'domains'))
		warn(`One organisation (${name}) can sign ${alone}: it administers ${partiesOf('domains', name)}.`);
	for (const name of singles(reach, 'custodians'))
		warn(`One person (${name}) can sign ${alone}: the shares of ${partiesOf('custodians', name)} are in these hands.`);
	for (const place of singles(reach, 'places')) {
		const kept = inForce.backups.filter(backup => backup.place === place).map(({party}) => party);
		warn(`One place (${place}) keeps the key: whoever opens the backups of ${listed(kept)} there can sign ${alone}.`);
	}
	const partyCount = (sets: readonly (readonly string[])[]) => Math.min(...sets.map(({length}) => length));
	const mixed = setsIn(reach, 'domains and places').filter(
		set => set.length < partyCount([...setsIn(reach, 'domains'), ...setsIn(reach, 'places')]),
	);
	for (const set of mixed.slice(0, 3)) warn(`${listed(set)} together reach the key, although neither kind alone is as few.`);
	for (const {epoch, reach: old, isSameKey, isInForce, shares} of epochs)
		if (!isInForce && isSameKey && setsIn(old, 'parties').length > 0)
			warn(`Old shares still make the key: ${listed(shares)} did not erase theirs of epoch ${epoch}.`);
	for (const name of singles(stop, 'domains'))
		if (isWide('domains', name)) warn(`Without one organisation (${name}) nothing can be signed.`);
	for (const name of singles(stop, 'custodians'))
		if (isWide('custodians', name)) warn(`Without one person (${name}) nothing can be signed.`);
	for (const name of singles(stop, 'parties')) warn(`Without ${name} nothing can be signed.`);
	if (setsIn(stop, 'parties').some(({length}) => length === 0))
		warn('Nothing can be signed as it is: too few sound shares are there, or the policy admits no approvals.');
	for (const kind of ['domains', 'places', 'parties'] as const)
		for (const name of singles(lose, kind)) warn(`If ${name} is lost, the key is lost for good.`);
	for (const name of singles(amend, 'domains')) warn(`One organisation (${name}) can change the policy alone.`);
	for (const name of singles(amend, 'custodians')) warn(`One person (${name}) can change the policy alone.`);
	const passing = setsIn(pass, 'parties');
	if (passing.length === 0) note('The policy admits nothing on display or digest: each request needs the word of its requester.');
	else if (partyCount(passing) > inForce.needs)
		note(`The policy asks for ${partyCount(passing)} parties. Shares ask for no policy: ${inForce.needs} are the key.`);
	if (inForce.backups.length === 0) note('No backups are kept: shares that are lost can only be repaired by the holders that are left.');
	note(
		`The coordinator (${source.coordinator.custodian}, ${source.coordinator.domain}) holds no share and changes no policy. ${
			source.isDisplayTrusted
				? 'What it displays is believed by whoever approves on display, and nothing compares it with the bytes that are signed.'
				: 'What it displays is compared with the bytes that are signed.'
		}`,
	);
	return found;
}

/** The table: for each kind how many of it are needed at least, and how many such smallest sets there are. */
function tableOf(structure: AccessStructure): string[] {
	const head = ['at least', ...goals.map(({short}) => short)];
	const rows = groupKinds.flatMap(kind => {
		const cells = goals.map(({id}) => cellOf(structure[id].find(each => each.kind === kind)));
		return cells.every(cell => cell === '-') ? [] : [[kind, ...cells]];
	});
	const widths = head.map((title, column) => Math.max(title.length, ...rows.map(row => row[column]!.length)));
	const line = (row: readonly string[]) =>
		row
			.map((cell, column) => cell.padEnd(widths[column]!))
			.join('  ')
			.trimEnd();
	return [line(head), ...rows.map(line)];
}

/** `2 (3)`: two are enough, and all minimal sets are three. */
function cellOf(found: SetsOfKind | undefined): string {
	if (!found || found.sets.length === 0) return '-';
	return `${Math.min(...found.sets.map(({length}) => length))} (${found.sets.length}${found.isComplete ? '' : '+'})`;
}

/** How many sets of a kind are written out. */
const shownSets = 12;
/** How long a row of sets may be, in characters. */
const mostText = 300;

/** Kinds in which each group is one party, so that their sets are those of the parties by other names. */
function likeParties({groups}: AccessStructure): GroupKind[] {
	return (['custodians', 'domains'] as const).filter(kind => groups[kind].every(({parties}) => parties.length === 1));
}

function listOf(found: readonly SetsOfKind[], skipped: readonly GroupKind[]): string[] {
	return found.flatMap(({kind, sets, isComplete}) => {
		if (sets.length === 0 || skipped.includes(kind) || (kind === 'domains and places' && skipped.includes('domains'))) return [];
		const texts = sets.slice(0, shownSets).map(set => (set.length === 0 ? 'nobody more' : set.map(clean).join(' + ')));
		const shown = texts.filter((_, index) => index === 0 || texts.slice(0, index + 1).join('; ').length <= mostText);
		const more = sets.length - shown.length;
		const rest =
			more > 0 || !isComplete ? ` (${more > 0 ? `${more} more` : 'there may be more'}${isComplete || more === 0 ? '' : ' or above'})` : '';
		return wrap(`${kind}: ${shown.join('; ')}${rest}`, 78, '  ', '    ');
	});
}

/** The whole account as plain text. */
export function exposureText(structure: AccessStructure, source: ExposureSource): string {
	const {title, suite, moment, threshold, given} = source;
	const findings = exposureFindings(structure, source);
	const {holders, epochs, isPolicyComplete} = structure;
	const same = epochs.filter(({isSameKey}) => isSameKey);
	const lines = [
		...wrap(`${title}: what its quorum is worth`, 80),
		...wrap(`${threshold} of ${holders.length} shares, ${suite}; ${moment}`, 80),
		...(given.length > 0 ? wrap(`Taken for fallen already: ${given.join(', ')}. The sets are what is needed besides.`, 80) : []),
		'',
		...findings.flatMap(({severity, text}) => wrap(text, 78, severity === 'warning' ? '! ' : '- ', '  ')),
		'',
		...tableOf(structure),
		'',
		...wrap(
			'A cell counts members of a smallest set, and in brackets how many such sets there are: every one of them is enough, and no part of one is.',
			80,
		),
	];
	const alike = likeParties(structure);
	if (alike.length > 0)
		lines.push(
			'',
			...wrap(`Each party has ${listed(alike.map(kind => `its own ${kind.slice(0, -1)}`))}, so these lists name parties only.`, 80),
		);
	for (const {id, title: heading} of goals) {
		const list = listOf(structure[id], alike);
		lines.push('', heading, ...(list.length > 0 ? list : ['  nobody can']));
	}
	if (epochs.length > 1)
		for (const {epoch, isInForce, isSameKey, shares, backups, taken, needs, reach} of epochs) {
			const where = isInForce ? 'in force' : isSameKey ? 'over, and of the key in force' : 'of another key';
			lines.push(
				'',
				`Epoch ${epoch}, ${where}: ${counted(needs, 'share')} make${needs === 1 ? 's' : ''} the key`,
				...wrap(`sound shares: ${shares.length > 0 ? shares.join(', ') : 'none'}`, 78, '  ', '    '),
				...wrap(
					`sound backups: ${backups.length > 0 ? backups.map(({party, place}) => `${party} at ${place}`).join(', ') : 'none'}`,
					78,
					'  ',
					'    ',
				),
				...(taken.length > 0 ? wrap(`in the attackers' hands: ${taken.join(', ')}`, 78, '  ', '    ') : []),
				...(isInForce && same.length === 1
					? []
					: listOf(reach, alike).length > 0
						? listOf(reach, alike)
						: ['  nobody reaches the key with these']),
			);
		}
	if (!isPolicyComplete)
		lines.push(
			'',
			...wrap(
				'A rule lets fewer approvals pass where more do not, and there are too many sets of them to ask about all: what is said of the policy may be wrong.',
				80,
			),
		);
	return lines.join('\n');
}
