/** Exposure: for each epoch, the shares that are out or may still exist, as this seat knows them, against the threshold. */
import type {EquationView, PictureView, SeatView} from '../../engine/view.js';
import {cell, type Line, lineWidth, span} from '../lines.js';
import {pictureLines} from '../picture/picture.js';
import {shortHex} from '../text.js';
import type {Theme} from '../theme.js';
import {dim, type Laid, labelled, mathText, section, sign, type ViewProps, words} from './laid.js';

/** One epoch as this seat counts it. */
interface Account {
	readonly epoch: number;
	readonly threshold: number;
	readonly isInForce: boolean;
	/** Parties whose shares count, with the reason. */
	readonly counted: ReadonlyArray<readonly [party: string, why: string]>;
	readonly picture: PictureView;
	readonly caption: string;
	readonly equation?: EquationView;
}

function operatorsAccounts(view: SeatView): readonly Account[] {
	return view.exposure.map(({epoch, threshold, parties, isInForce, equation}) => ({
		epoch,
		threshold,
		isInForce,
		counted: parties.map(id => {
			const party = view.parties.find(each => each.id === id);
			const backups = view.backups.filter(backup => backup.party === id && backup.epoch === epoch).map(({place}) => place);
			const holds = party?.epoch === epoch && party.share !== 'none';
			return [
				id,
				[
					...(holds
						? [`${isInForce ? 'holds it' : 'still has it'}${party.suspected ? ', SUSPECTED' : ''}`]
						: backups.length === 0
							? ['may not have erased it']
							: []),
					...backups.map(place => `backup in ${place}`),
				].join(', '),
			] as const;
		}),
		...thiefOf(view, {epoch, threshold, isInForce, picture: equation.picture}),
		...(isInForce ? {} : {equation}),
	}));
}

/** Whose shares the picture shows: of the epoch in force those of the suspected parties, else as many as are still harmless; of an older one all that may exist. */
function thiefOf(
	view: SeatView,
	{epoch, threshold, isInForce, picture}: Pick<Account, 'epoch' | 'threshold' | 'isInForce'> & {readonly picture?: PictureView | undefined},
): Pick<Account, 'picture' | 'caption'> {
	if (!isInForce && picture) return {picture, caption: 'If all that may exist were in one hand'};
	const holders = view.parties.filter(party => party.epoch === epoch && party.share !== 'none');
	const suspects = holders.filter(({suspected, share}) => suspected || share === 'BAD');
	const out = suspects.length > 0 ? suspects : holders.slice(0, threshold - 1);
	return {
		picture: {kind: 'polynomial', threshold, holders: view.parties.length, known: out.map(({digit}) => ({index: digit, epoch}))},
		caption: `If the ${out.length === 1 ? 'share' : 'shares'} of ${out.map(({id}) => id).join(' and ')} were out`,
	};
}

function attackersAccounts(view: SeatView): readonly Account[] {
	const shares = view.loot?.shares ?? [];
	const epochs = [...new Set([...shares.map(({epoch}) => epoch), view.epoch])].sort((a, b) => a - b);
	return epochs.map(epoch => {
		const held = [...new Map(shares.filter(share => share.epoch === epoch).map(share => [share.index, share])).values()];
		return {
			epoch,
			threshold: view.threshold,
			isInForce: epoch === view.epoch,
			counted: held.map(({party, turn, how}) => [party, `t${turn}, ${how}`] as const),
			picture: {
				kind: 'polynomial' as const,
				threshold: view.threshold,
				holders: view.parties.length,
				known: held.map(({index}) => ({index, epoch})),
			},
			caption: 'Picture',
		};
	});
}

/** One cell a holder, filled for shares that count, with the threshold as a bar after the t-th. */
function barOf(count: number, threshold: number, holders: number, isInUse: boolean, {theme, gap}: {theme: Theme; gap: string}): Line {
	const {full, empty, bar} = theme.glyphs;
	const cells = Array.from({length: Math.max(holders, threshold)}, (_, index) => (index < count ? full : empty));
	const role = isInUse ? 'info' : count >= threshold ? 'bad' : 'good';
	return [
		span(cells.slice(0, threshold).join(gap), role),
		span(`${gap}${bar}${gap}`, 'strong'),
		span(cells.slice(threshold).join(gap), role),
	];
}

function verdictOf({counted, threshold, isInForce}: Account, isAttacking: boolean): string {
	const missing = threshold - counted.length;
	if (isAttacking) return missing <= 0 ? 'the key is yours' : `${missing} short`;
	if (isInForce) return 'in use';
	return missing <= 0 ? 'OPEN: enough may exist' : `closed, ${missing} short`;
}

/** Attackers count what they hold; everybody else, and everybody once the game is over, what may exist. */
const countsLoot = (view: SeatView): boolean => view.side === 'attackers' && view.exposure.length === 0;
const accountsOf = (view: SeatView): readonly Account[] => (countsLoot(view) ? attackersAccounts(view) : operatorsAccounts(view));

/** A row an epoch: its bar, the count against the threshold, and what follows. Where the row is wider than `width`, the bar is narrower, and then it alone says the threshold. */
export function exposureRows(view: SeatView, theme: Theme, width: number): readonly Line[] {
	const isAttacking = countsLoot(view);
	const holders = view.parties.length;
	const rowOf = (each: Account, gap: string, threshold: string): Line => [
		cell(`epoch ${each.epoch}`, 9),
		...barOf(each.counted.length, each.threshold, holders, each.isInForce && !isAttacking, {theme, gap}),
		span(`  ${each.counted.length} of ${holders}${threshold}  `),
		span(verdictOf(each, isAttacking), each.counted.length >= each.threshold && !each.isInForce ? 'bad' : 'dim'),
	];
	return accountsOf(view).map(each => {
		const words = `, ${each.threshold} make the key`;
		const rows = [rowOf(each, ' ', words), rowOf(each, '', words), rowOf(each, '', '')];
		return rows.find(row => lineWidth(row) <= width) ?? rows.at(-1)!;
	});
}

export function exposureView({view, cursor, width, listWidth, theme}: ViewProps): Laid {
	const isAttacking = countsLoot(view);
	const accounts = accountsOf(view);
	const account = accounts[cursor];
	const list = exposureRows(view, theme, listWidth - 2).map((row, index): Line => [sign(index === cursor), ...row]);
	if (!account) return {title: 'Exposure', lines: [dim('There is no key yet.')]};
	const {title, lines} = pictureLines(account.picture, width, theme);
	const {equation} = account;
	return {
		listTitle: isAttacking ? 'Shares that you hold' : 'Shares that may exist',
		list,
		items: list.map((_, index) => index),
		title: `Epoch ${account.epoch}${account.isInForce ? ', in force' : ''}`,
		lines: [
			...(account.counted.length === 0
				? [dim(isAttacking ? 'you hold no share of it' : 'no share of it is left')]
				: account.counted.flatMap(([party, why]) => labelled(party, why, width))),
			...(equation
				? [
						[] as Line,
						...words(mathText(equation.equation, theme), width, 2, 'info'),
						...words(
							`${equation.left} <= ${equation.right} ${equation.holds ? 'HOLDS' : 'DOES NOT HOLD'}`,
							width,
							2,
							equation.holds ? 'good' : 'warn',
						),
					]
				: []),
			...(isAttacking
				? []
				: words(
						account.isInForce
							? 'It is in use, so its holders have their shares. What somebody copied in silence is not known to you: it shows when the key is used.'
							: (equation?.meaning ?? ''),
						width,
					)),
			...section(theme, `${account.caption}: ${title}`, width, lines),
			...(isAttacking ? section(theme, 'As bytes', width, bytesOf(view, account.epoch, width)) : []),
		],
	};
}

function bytesOf(view: SeatView, epoch: number, width: number): Line[] {
	const shares = view.loot?.shares.filter(share => share.epoch === epoch) ?? [];
	return shares.length === 0
		? [dim('none')]
		: shares.flatMap(({index, share}) => labelled(`s${index}`, shortHex(share, 8), width, 'strong'));
}

/** The equation of the epoch at the cursor. */
export function exposureEquations(view: SeatView, cursor: number): readonly EquationView[] {
	if (!countsLoot(view)) {
		const equation = view.exposure[cursor]?.equation;
		return equation ? [equation] : [];
	}
	const epoch = attackersAccounts(view)[cursor]?.epoch;
	return (
		view.loot?.attempts.filter(({picture}) => picture?.kind === 'polynomial' && picture.known.some(each => each.epoch === epoch)) ?? []
	);
}
