/** The evidence as a log on a machine: lines in a chain, heads written down elsewhere, and what the two say when they are held together. */
import {anchorOf, append, checkAnchors, type Log} from '../ceremony/anchored-log.js';
import type {Check} from '../ceremony/api.js';
import {canonical} from '../ceremony/canonical.js';
import {hashText} from '../ceremony/envelope.js';
import type {AnchorState} from './policy-state.js';
import type {Act, OutputState} from './state.js';

/** A line as the log holds it. */
function lineOf({turn, station, kind, text, facts = []}: Act) {
	return {turn, station, kind, text, facts: facts.map(([name, says]) => `${name}: ${says}`)};
}

/** The log of these lines, each with the hash of the one before. */
export function logOf(lines: readonly Act[]): Log {
	return lines.reduce<Log>((log, line) => append(log, lineOf(line), {chained: true}), []);
}

/** A hash of one line by itself. */
export function receiptOf(line: Act): string {
	return hashText(canonical(lineOf(line)));
}

/** The head of the log as it is now, with a receipt for each line. */
export function anchorNow(lines: readonly Act[], turn: number): AnchorState {
	return {turn, ...anchorOf(logOf(lines)), receipts: lines.map(receiptOf)};
}

export interface Reconciled {
	/** What does not fit, a sentence each. */
	readonly gaps: readonly string[];
	/** Anchors against the log: equations. */
	readonly checks: readonly Check[];
}

function place({turn, station, text}: Act): string {
	return `t${turn} ${station}: "${text}"`;
}

/** Lines of `some` that `others` lack, counted: a line that is there twice must be there twice. */
function without<T>(some: readonly T[], others: readonly string[], key: (item: T) => string): T[] {
	const left = [...others];
	return some.filter(item => {
		const index = left.indexOf(key(item));
		if (index >= 0) left.splice(index, 1);
		return index < 0;
	});
}

/** The log against its anchors: the first head that is not its any more, and the lines that were taken out or put in before it was written down. */
export function againstAnchors(lines: readonly Act[], anchors: readonly AnchorState[], read: readonly Act[]): Reconciled {
	const heads = checkAnchors(logOf(lines), anchors);
	// A head covers all that was written before its turn: a line behind it that is dated earlier came later.
	const dates = anchors.map(({length, turn}): Check => {
		const late = lines.slice(length).find(line => line.turn < turn);
		return {
			name: 'anchoredLog',
			about: 'log',
			holds: late === undefined,
			equation: `lines behind the head of turn ${turn} are of turn ${turn} or later`,
			left: late === undefined ? '' : `turn ${late.turn}`,
			right: '',
		};
	});
	const checks = [...heads, ...dates.filter(({holds}) => !holds)];
	const failed = anchors.filter((_, index) => heads[index]?.holds === false);
	const last = failed.at(-1) ?? anchors.find((_, index) => dates[index]?.holds === false);
	if (last === undefined) return {gaps: [], checks};
	const here = lines.map(receiptOf);
	const trimmed = without(last.receipts, here, receipt => receipt);
	// Whatever is dated before the head was there when it was written down, or was put in since.
	const planted = without(
		lines.filter(line => line.turn < last.turn),
		last.receipts,
		receiptOf,
	);
	return {
		checks,
		gaps: [
			...trimmed.map(receipt => {
				const known = read.find(line => receiptOf(line) === receipt);
				const number = last.receipts.indexOf(receipt) + 1;
				return known
					? `trimmed: line ${number}, which a review read as ${place(known)}`
					: `trimmed: line ${number} of the anchored log, which nobody read`;
			}),
			...planted.map(line => `planted: ${place(line)}`),
		],
	};
}

/** Outputs that no line explains, and lines that speak of outputs that do not exist. */
export function againstOutputs(lines: readonly Act[], outputs: readonly OutputState[]): string[] {
	const gaps: string[] = [];
	const texts = lines.map(({text}) => text);
	const has = (test: (text: string) => boolean) => texts.filter(test).length;
	const left = ({state, announcedAt}: OutputState) =>
		state === 'released' || state === 'final' || (state === 'recalled' && announcedAt > 0);
	for (const output of outputs) {
		const {id, request} = output;
		if (request === '') {
			gaps.push(`${id} is signed, and the log has no signing, no decision and no release of it`);
			continue;
		}
		const missing = [
			...(has(text => text.endsWith(` signed ${request}`)) === 0 ? ['signing'] : []),
			...(left(output) && has(text => text === `allow ${request}` || text.startsWith(`allow ${request} by `)) === 0 ? ['decision'] : []),
			...(left(output) && has(text => text === `${id} was released`) === 0 ? ['release'] : []),
		];
		if (missing.length > 0) gaps.push(`${id} (${request}) is an output without its ${missing.join(' and ')} in the log`);
	}
	for (const line of lines) {
		const [, released] = /^(\S+) was released$/.exec(line.text) ?? [];
		if (released !== undefined && !outputs.some(({id}) => id === released)) gaps.push(`${place(line)}: there is no such output`);
		const [, signed] = / signed (\S+)$/.exec(line.text) ?? [];
		const [, allowed] = /^allow (\S+)/.exec(line.text) ?? [];
		const request = line.kind === 'signing' ? signed : line.kind === 'decision' ? allowed : undefined;
		if (request === undefined) continue;
		const isSame = (other: Act) =>
			other.kind === line.kind &&
			(line.kind === 'signing' ? other.text.endsWith(` signed ${request}`) : /^allow (\S+)/.exec(other.text)?.[1] === request);
		const made = outputs.filter(
			each => each.request === request && (line.kind === 'signing' || left(each) || each.state === 'held'),
		).length;
		const written = lines.filter(isSame);
		// Of several lines on one request the last are those too many.
		if (written.indexOf(line) >= made) gaps.push(`${place(line)}: there is no output of it`);
	}
	return gaps;
}
