import {describe, expect, it} from 'vitest';
import {
	type ContextName,
	compileExpression,
	createVocabulary,
	type GameValues,
	type KeyFacts,
	type PlaybookValues,
	type PolicyValues,
	type RequestFacts,
} from '../../source/scenario/expression.js';
import {load, SAMPLE} from './files.js';

const vocabulary = createVocabulary({
	parties: ['ada', 'ben', 'dee-2'],
	requests: ['payroll', 'late-fee'],
	computations: ['total'],
	domains: ['office', 'cloud'],
});

const request: RequestFacts = {
	open: true,
	approved: false,
	signed: false,
	released: false,
	final: false,
	denied: false,
	expired: false,
	due: 3,
	opened: 1,
	signed_at: 0,
	final_at: 0,
	amount: 800.5,
	to: 'staff',
};
const party = {reachable: true, isolated: false, share_ok: true, holds: true, epoch: 2, old_shares: 0, suspected: false};
const key: KeyFacts = {
	status: 'active',
	in_force: true,
	burned: false,
	epoch: 2,
	threshold: 2,
	holders: 3,
	swept: false,
	tombstone: false,
};
const game: GameValues = {
	turn: 3,
	turns: 6,
	threshold: 2,
	frozen: false,
	stolen: 1,
	requests: {payroll: request, 'late-fee': {...request, signed: true, signed_at: 2}},
	outputs: [{request: 'payroll', authorised: false, final: true, turn: 2, to: 'eve', amount: 800}],
	parties: {ada: party, ben: {...party, reachable: false}, 'dee-2': party},
	computations: {
		total: {opened: 1, due: 3, done: true, done_at: 2, in_time: true, missed: false, value: 31, winner: '', learned: 0},
	},
	policy: {version: 2, rules: 1, exceptions: 0},
	epoch: 2,
	key,
	keys: [{...key, status: 'destroyed', in_force: false, epoch: 1, swept: true, tombstone: true}, key],
	exposure: [{epoch: 1, threshold: 2, in_force: false, captured: 1, left: 0, backups: 2, anywhere: 3}],
	attempts: [{turn: 2, epoch: 1, shares: 1, holds: false, how: 'shares of one epoch'}],
	backups: [{party: 'ada', epoch: 1, turn: 0, sound: true, drilled: 0, drill_ok: false}],
	recovered: false,
	rotated: true,
};
const playbook: PlaybookValues = {...game, ways_in: ['ada', 'log'], implants: ['coordinator'], loot: 1, points: 3};
const policy: PolicyValues = {
	facts: {request: 'payroll', by: 'finance', to: 'staff', title: 'Salaries', amount: 1000},
	approvals: [
		{party: 'ada', custodian: 'Ada', domain: 'office', basis: 'digest', turn: 2},
		{party: 'ben', custodian: 'Ben', domain: 'cloud', basis: 'display', turn: 3},
	],
	signers: ['ada', 'ben'],
	threshold: 2,
	turn: 3,
	epoch: 0,
};

/** The value of an expression that must compile. */
function value(text: string, context: ContextName, values: PolicyValues | GameValues): unknown {
	const compiled = vocabulary.compile(text, context);
	if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
	const result = compiled.evaluate(values as never);
	return result.ok ? result.value : result.message;
}

/** The first finding of an expression that must not compile: code, column from 1, message, expected, hint. */
function refusal(text: string, context: ContextName = 'policy') {
	const compiled = vocabulary.compile(text, context);
	if (compiled.ok) throw new Error(`${text} compiles`);
	const {code, offset, message, expected, hint} = compiled.diagnostics[0]!;
	return {code, column: offset + 1, message, expected, hint};
}

describe('expressions over a decision', () => {
	it.each([
		['size(approvals) >= threshold', true],
		['approvals.size() > threshold', false],
		['facts.amount == 1000', true],
		['facts.amount == 1000.0', true],
		['facts.amount != 1000', false],
		['999 < facts.amount && facts.amount < 1000.5', true],
		['facts.amount * 2 == 2000 && 2 * facts.amount >= 2000 && facts.amount / 4 == 250', true],
		['facts.amount in [999, 1000]', true],
		['turn == 3 && turn < 3.5 && turn in [1, 3]', true],
		['approvals.exists(a, a.basis == basis.callback)', false],
		['approvals.all(a, a.basis in [basis.display, "digest"])', true],
		['approvals.filter(a, a.turn < turn).map(a, a.party) == ["ada"]', true],
		['approvals.all(a, approvals.exists_one(b, b.domain == a.domain))', true],
		['signers.all(s, approvals.exists(a, a.party == s))', true],
		['"ada" in signers && !("dee-2" in signers)', true],
		['facts.to.startsWith("st") ? epoch == 0 : false', true],
	])('%s', (text, expected) => {
		expect(value(text, 'policy', policy)).toBe(expected);
	});
});

describe('expressions over a game', () => {
	it.each([
		['payroll.open && turn >= 3', true],
		['payroll.signed && payroll.signed_at <= payroll.due', false],
		['requests["late-fee"].signed_at == 2', true],
		['payroll.amount == 800.5 && payroll.amount > 800', true],
		['outputs.all(o, o.authorised)', false],
		['outputs.exists(o, o.final && o.to == "eve" && o.amount == 800)', true],
		['parties.ada.reachable && !parties["ben"].reachable && parties["dee-2"].share_ok', true],
		['parties.exists(p, !parties[p].reachable)', true],
		['stolen < threshold && !frozen', true],
		['computations.total.in_time && computations["total"].value == 31 && computations.total.winner == ""', true],
		['policy.version == 2 && epoch == 2 && key.status == status.active && rotated && !recovered', true],
		['keys.all(k, k.in_force || k.swept && k.tombstone)', true],
		['exposure.all(e, e.captured < e.threshold)', true],
		['exposure.exists(e, e.anywhere >= e.threshold && !e.in_force)', true],
		['attempts.exists(a, a.shares == 1 && a.holds)', false],
		['size(backups.filter(b, b.sound && b.epoch == epoch)) >= threshold', false],
		['parties.ada.holds && parties.ada.old_shares == 0', true],
	])('%s', (text, expected) => {
		expect(value(text, 'game', game)).toBe(expected);
	});

	it('over what the attackers know, and over the outcome in tests', () => {
		expect(value('"log" in ways_in && implants == ["coordinator"] && loot < points', 'playbook', playbook)).toBe(true);
		expect(value('outcome == "neither"', 'test', {...game, outcome: 'neither'} as GameValues)).toBe(true);
	});
});

describe('what is refused', () => {
	it.each([
		['facts.to.matches("a+")', 10, '"matches" is refused here'],
		['approvals.all(a, a.domain.matches("a+"))', 27, '"matches" is refused here'],
		['dyn(turn) == 1', 1, '"dyn" is refused here'],
		['timestamp("2026-01-01T00:00:00Z") == timestamp("2026-01-01T00:00:00Z")', 1, '"timestamp" is refused here'],
		['duration("1s") < duration("2s")', 1, '"duration" is refused here'],
		['turn.getHours() == 1', 6, '"getHours" is refused here'],
		['has(facts.amount)', 1, '"has" is refused here'],
		['cel.bind(x, 1, x == 1)', 5, '"bind" is refused here'],
		['"a,b".split(",").size() == 2', 7, 'there is no function "split" after a point'],
		['type(turn) == int', 1, 'there is no function "type"'],
		['approvals.all(a, approvals.all(b, signers.all(c, true)))', 43, '"all" nests 3 deep'],
		['approvals.map(a, approvals.filter(b, signers.exists(c, c == b.party))).size() > 0', 46, '"exists" nests 3 deep'],
	])('%s', (text, column, message) => {
		expect(refusal(text)).toMatchObject({column, message});
	});

	it('not macros that follow each other', () => {
		expect(value('approvals.filter(a, true).map(a, a.party).filter(p, true).all(p, p in signers)', 'policy', policy)).toBe(true);
	});

	it('lists of more than 64, written or given', () => {
		expect(refusal(`[${Array.from({length: 65}, () => '1').join(',')}].size() > 1`).code).toBe('expression-too-long');
		const many = {...policy, signers: Array.from({length: 65}, () => 'ada')};
		expect(value('size(signers) > 1', 'policy', many)).toContain('lists hold at most 64');
	});

	it('expressions that are too long or too deep', () => {
		expect(refusal(`${'('.repeat(50)}true${')'.repeat(50)}`).code).toBe('expression-too-long');
		expect(refusal(Array.from({length: 300}, () => 'true').join(' && ')).code).toBe('expression-too-long');
	});
});

describe('mistakes', () => {
	it.each([
		['approvals.exists(a, a.prty == "ada")', 23, 'an approval has no "prty"', 'did you mean "party"?'],
		['facts.amuont > 1', 7, 'the decision has no "amuont"', 'did you mean "amount"?'],
		['amount > 1', 1, 'there is nothing called "amount" here', 'write facts.amount'],
		['payroll.open', 1, 'there is nothing called "payroll" here', 'write facts.request == "payroll"'],
		['frozen', 1, 'there is nothing called "frozen" here', '"frozen" exists in injects and objectives only'],
		['approvals.all(a, a.basis == "digets")', 29, 'there is no basis "digets"', 'did you mean "digest"?'],
		['approvals.all(a, a.basis == basis.digets)', 35, 'an enumeration has no "digets"', 'did you mean "digest"?'],
		['approvals.exists(a, a.party in ["ada", "benn"])', 40, 'there is no party "benn"', 'did you mean "ben"?'],
		['"adda" in signers', 1, 'there is no party "adda"', 'did you mean "ada"?'],
		['facts.request == "payrol"', 18, 'there is no request "payrol"', 'did you mean "payroll"?'],
		['facts.amount > "1"', 16, '">" does not work between a number and a text', 'texts are written in quotes, numbers without'],
		['turn and true', 6, '"and" does not fit here', 'write && for and'],
		['not true', 5, '"true" does not fit here', 'write ! for not'],
		['turn = 2', 6, '"=" does not fit here', 'write == to compare'],
		['turn & 2', 6, '"&" does not fit here', 'write &&'],
		['facts.to == “x”', 13, '"“" does not fit here', 'use straight quotes: "…"'],
		['turn >', 6, 'the expression ends too early', undefined],
		['(turn > 1', 9, 'the expression ends too early', undefined],
		["facts.to == 'x", 13, 'a quote is opened and not closed', undefined],
		['!turn', 1, '"!" does not work on a whole number', undefined],
		['true && turn', 9, '&& and || join true or false, and this is a whole number', 'compare it with something, such as == or >='],
		['approvals.all(a, a.turn)', 20, 'the condition is a whole number', undefined],
		['size(turn) == 1', 1, '"size" does not take a whole number', undefined],
		['approvals.exits(a, true)', 11, 'there is no function "exits" after a point', 'did you mean "exists"?'],
		['turn ? "a" : "b"', 1, 'the condition is a whole number', undefined],
	])('%s', (text, column, message, hint) => {
		expect(refusal(text)).toMatchObject({column, message, hint});
	});

	it.each([
		['late-fee.open', 1, 'there is nothing called "late" here', 'an id with dashes is read as a subtraction; write requests["late-fee"]'],
		[
			'requests.late-fee.open',
			15,
			'there is nothing called "fee" here',
			'an id with dashes is read as a subtraction; write requests["late-fee"]',
		],
		['parties.benn.reachable', 9, 'there is no party "benn"', 'did you mean "ben"?'],
		['ada.reachable', 1, 'there is nothing called "ada" here', 'write parties.ada'],
		['"payrol" in requests', 1, 'there is no request "payrol"', 'did you mean "payroll"?'],
		['parties["__proto__"].reachable', 9, 'there is no party "__proto__"', undefined],
		['parties.constructor.reachable', 9, 'there is no party "constructor"', undefined],
	])('of a game: %s', (text, column, message, hint) => {
		expect(refusal(text, 'game')).toMatchObject({column, message, hint});
	});

	it.each(['turn', 'facts.to', 'approvals', 'facts', '[]', 'facts.amount'])('%s is neither true nor false', text => {
		expect(refusal(text)).toMatchObject({code: 'expression-not-bool', column: 1, expected: 'true or false'});
	});

	it('that only show in play come as a sentence', () => {
		expect(value('approvals[5].turn == 1', 'policy', policy)).toBe(
			'"approvals[5].turn == 1" could not be evaluated: the list has no entry at this index',
		);
		expect(value('1 / (turn - 3) == 1', 'policy', policy)).toBe('"1 / (turn - 3) == 1" could not be evaluated: a division by zero');
	});

	it('of the caller come as a sentence too', () => {
		expect(value('turn > 1', 'policy', {} as PolicyValues)).toContain('the fact "turn" is missing');
		expect(value('turn > 1', 'policy', {...policy, turn: 1.5})).toContain('the fact "turn" is not a whole number');
		expect(value('facts.amount > 1', 'policy', {...policy, facts: {...policy.facts, amount: Number.NaN}})).toContain(
			'the fact "facts.amount" is not a number',
		);
		expect(value('payroll.open', 'game', {...game, requests: {}})).toContain('the fact "payroll" is missing');
	});

	it('warn where a turn that never came counts as early', () => {
		const warned = vocabulary.compile('payroll.due >= payroll.final_at', 'game');
		expect(warned).toMatchObject({
			ok: true,
			warnings: [{code: 'expression-unset-turn', hint: 'write payroll.final && payroll.due >= payroll.final_at'}],
		});
		for (const text of [
			'payroll.final && payroll.final_at <= 3',
			'payroll.final_at > 0 && payroll.final_at <= 3',
			'payroll.final_at >= 2',
		]) {
			expect(vocabulary.compile(text, 'game')).toMatchObject({ok: true, warnings: []});
		}
	});
});

describe('a vocabulary', () => {
	it('evaluates values of any type for authors', () => {
		const evaluate = (text: string) => {
			const compiled = vocabulary.compileAny(text, 'game');
			return compiled.ok ? compiled.evaluate(game) : compiled;
		};
		expect(evaluate('turn + 1')).toEqual({ok: true, value: 4});
		expect(evaluate('outputs.map(o, o.amount)')).toEqual({ok: true, value: [800]});
		expect(evaluate('payroll')).toEqual({ok: true, value: request});
	});

	it('tells what each context knows', () => {
		expect(vocabulary.help('policy').map(({name}) => name)).toEqual(
			expect.arrayContaining(['facts', 'facts.amount', 'approvals[0].basis', 'epoch']),
		);
		expect(vocabulary.help('game').map(({name}) => name)).toEqual(expect.arrayContaining(['payroll.signed_at', 'outputs[0].authorised']));
		for (const {about, type} of vocabulary.help('playbook')) expect(`${about}${type}`).not.toContain('undefined');
	});

	it('is made once for a scenario', () => {
		const {scenario} = load(SAMPLE);
		const compiled = compileExpression('invoice.open && parties.mara.share_ok', 'game', scenario!);
		expect(compiled.ok).toBe(true);
		expect(compileExpression('payrol.open', 'game', scenario!).ok).toBe(false);
	});
});
