/** The policy: its rules as they are written, its exceptions and amendments, and what it decided on which facts. */
import type {DecisionView, SeatView} from '../../engine/view.js';
import {cell, type Line, span} from '../lines.js';
import {dim, type Laid, labelled, section, sign, type ViewProps, words} from './laid.js';

/** The rule that every policy has, whatever its file says. */
const builtIn = ['enough-approvals', 'approvals.size() >= threshold'] as const;

type Item =
	| {readonly kind: 'rule'; readonly name: string; readonly text: string}
	| {readonly kind: 'exception'; readonly name: string; readonly text?: string}
	| {readonly kind: 'decision'; readonly decision: DecisionView};

/** What can be selected, in the order of the screen: rules, exceptions, decisions from the newest. */
function itemsOf({policy, decisions, side}: SeatView): readonly Item[] {
	const rules = side === 'operators' ? [builtIn, ...(policy?.rules ?? [])] : [];
	return [
		...rules.map(([name, text]): Item => ({kind: 'rule', name, text})),
		...(policy?.exceptions ?? []).map((name): Item => {
			const text = policy?.conditions?.find(([exception]) => exception === name)?.[1];
			return {kind: 'exception', name, ...(text === undefined ? {} : {text})};
		}),
		...[...decisions].reverse().map((decision): Item => ({kind: 'decision', decision})),
	];
}

/** The request of the decision at the cursor. */
export function decidedAt(view: SeatView, cursor: number): string | undefined {
	const item = itemsOf(view)[cursor];
	return item?.kind === 'decision' ? item.decision.request : undefined;
}

function rowOf(item: Item, isAtCursor: boolean): Line {
	const base = isAtCursor ? 'chosen' : undefined;
	if (item.kind === 'decision') {
		const {turn, request, verdict, rule} = item.decision;
		return [
			sign(isAtCursor),
			cell(`t${turn}`, 4, base),
			cell(request, 12, base),
			cell(verdict.toUpperCase(), 7, verdict === 'allow' ? 'good' : 'bad'),
			span(rule, base),
		];
	}
	return [sign(isAtCursor), cell(item.name, 24, base), span(item.text ?? '', 'dim')];
}

function ruleDetail(name: string, text: string, {view, width, theme}: ViewProps): Line[] {
	const denied = view.decisions.filter(({rule, verdict}) => rule === name && verdict === 'deny');
	const named = view.decisions.filter(({rule}) => rule === name);
	return [
		...words(text, width, 2, 'strong'),
		[],
		...words(
			name === builtIn[0]
				? `Every policy begins with it. The threshold is ${view.threshold}.`
				: 'An expression in CEL over the facts of a request: facts, approvals, signers, threshold, turn and epoch. It has to be true.',
			width,
		),
		...section(
			theme,
			'What it decided',
			width,
			named.length === 0
				? [dim('no decision names it yet')]
				: named.flatMap(({turn, request, verdict, reason}) =>
						labelled(`t${turn} ${request}`, `${verdict.toUpperCase()}: ${reason}`, width, verdict === 'allow' ? 'good' : 'bad'),
					),
			denied.length > 0 ? `${denied.length} denied` : '',
		),
	];
}

function decisionDetail({request, turn, verdict, rule, reason, facts}: DecisionView, {view, width, theme}: ViewProps): Line[] {
	const text = [builtIn, ...(view.policy?.rules ?? [])].find(([name]) => name === rule)?.[1];
	return [
		...labelled('request', `${request}, in turn ${turn}`, width),
		...labelled('verdict', verdict.toUpperCase(), width, verdict === 'allow' ? 'good' : 'bad'),
		...labelled('rule', rule, width),
		...(text === undefined ? [] : labelled('as written', text, width, 'strong')),
		...labelled('reason', reason, width),
		...section(
			theme,
			'The facts that it saw',
			width,
			facts.length === 0
				? words('They were not kept: with the decision log off and policy logging below 2, facts are gone after a turn.', width, 2, 'warn')
				: facts.flatMap(([fact, value]) => labelled(fact, value, width)),
		),
	];
}

function detailOf(item: Item | undefined, props: ViewProps): {readonly title: string; readonly lines: readonly Line[]} {
	const {width, view} = props;
	if (!item)
		return {
			title: 'Policy',
			lines: [dim(view.side === 'attackers' ? 'The rules are not known to you.' : 'The policy has not decided anything yet.')],
		};
	if (item.kind === 'decision')
		return {
			title: `t${item.decision.turn} ${item.decision.request}: ${item.decision.verdict}`,
			lines: decisionDetail(item.decision, props),
		};
	if (item.kind === 'rule') return {title: `Rule ${item.name}`, lines: ruleDetail(item.name, item.text, props)};
	return {
		title: `Exception ${item.name}`,
		lines: [
			...(item.text === undefined ? [] : [...words(item.text, width, 2, 'strong'), []]),
			...words(
				'The emergency path: while it is true of a request and somebody invokes it, what a rule denies is allowed in that turn. The control no exceptions closes it; amend drop-exception= takes it out.',
				width,
			),
		],
	};
}

export function policyView(props: ViewProps): Laid {
	const {view, cursor, listWidth} = props;
	const items = itemsOf(view);
	const list: Line[] = [];
	const rows: number[] = [];
	const titles = {rule: 'rules, all of which have to be true', exception: 'exceptions', decision: 'decisions, newest first'} as const;
	let last: Item['kind'] | undefined;
	for (const [index, item] of items.entries()) {
		if (item.kind !== last) list.push(dim(titles[item.kind]));
		last = item.kind;
		rows.push(list.length);
		list.push(rowOf(item, index === cursor));
	}
	for (const {from, words: text} of view.policy?.pending ?? []) list.push(...words(`from turn ${from}: ${text}`, listWidth, 2, 'info'));
	return {
		listTitle: `Policy, version ${view.policy?.version ?? 1}`,
		list: items.length > 0 ? list : [],
		items: rows,
		...detailOf(items[cursor], props),
	};
}
