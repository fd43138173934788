// Computations on private inputs: run by the parties on shares, asked for by the scenario or by an analyst who combines answers.
import {describe, expect, test} from 'vitest';
import {learnedIn} from '../../source/report/learned.js';
import {Play} from './play.js';

const inputs = {ada: 10, ben: 20, chi: 31};
const kinds = {
	total: {function: 'sum', inputs, due: 4, by: 'finance', title: 'budgets'},
	average: {function: 'mean', inputs: {ada: 10, ben: 21}, due: 8, by: 'finance', required: false},
	volume: {function: 'product', inputs, due: 8, by: 'finance', required: false},
	below: {function: 'compare', inputs: {chi: 31, ben: 20}, due: 8, by: 'finance', required: false},
	bids: {function: 'auction', inputs, due: 8, by: 'finance', required: false},
	later: {function: 'sum', inputs, opens: 3, due: 8, by: 'finance', required: false},
};
const file = {turns: 8, operators: {points: 9}, attackers: {points: 9}, computations: kinds};

interface Options {
	readonly controls?: Readonly<Record<string, 'on' | 'off'>>;
	readonly deal?: string;
	readonly queries?: boolean;
	readonly minimum?: number;
}

function begin({controls = {}, deal = '', queries = true, minimum = 2}: Options = {}): Play {
	return Play.vault({
		controls,
		deal,
		file: {...file, computations: {...kinds, total: {...kinds.total, queries, minimum}}},
		requests: {payroll: {due: 8, required: false}},
	});
}

describe('compute', () => {
	test.each([
		['total', 'sum of ada, ben and chi is sum 61'],
		['average', 'mean of ada and ben is mean 15.5 of 2'],
		['volume', 'product of ada, ben and chi is product 6200'],
		['below', 'whether chi is below ben is no'],
		['bids', 'second price of ada, ben and chi is price 20, won by chi'],
	])('%s: %s', (id, words) => {
		const play = begin().operators(`compute ${id}`).endTurn();
		expect(play.lastTold('operators', 'result')).toContain(words);
		expect(play.lastCeremony).toMatchObject({kind: 'computation', status: 'done', computation: id});
		const {result} = play.view('operators').computations!.find(each => each.id === id)!;
		expect(words).toContain(`is ${result}`);
	});

	test('says where masks, triples and MAC keys come from', () => {
		const play = begin().operators('compute volume').endTurn();
		const view = play.view('operators').ceremonies.at(-1);
		expect(play.lastTold('operators', 'result')).toContain('dealt by the coordinator, which is trusted not to look');
		expect(view?.result.join(' ')).toContain('dealt by the coordinator, which is trusted not to look');
		expect(view?.messages[0]?.explains).toContain('could read the inputs');
	});

	test('of some parties only, ordered once, done once, not before it is asked for', () => {
		const play = begin();
		expect(play.refusal('operators', 'compute later')).toContain('no computation "later"');
		expect(play.refusal('operators', 'compute average parties=ada,chi')).toContain('chi has no input');
		expect(play.refusal('operators', 'compute volume parties=ada')).toContain('two parties');
		play.operators('compute total parties=ada,chi');
		expect(play.refusal('operators', 'compute total')).toContain('ordered already');
		play.endTurn();
		expect(play.lastTold('operators', 'result')).toContain('sum of ada and chi is sum 41');
		expect(play.refusal('operators', 'compute total')).toContain('computed in turn 1');
	});

	test('a party that can not be reached gives no input; a frozen key computes nothing', () => {
		const play = begin({deal: 'world: maintenance party=chi turns=2'});
		expect(play.refusal('operators', 'compute total')).toContain("chi can't be reached");
		play.operators('compute total parties=ada,ben', 'freeze').endTurn();
		expect(play.lastTold('operators', 'result')).toContain('did not start');
		expect(play.refusal('operators', 'compute total parties=ada,ben')).toContain('frozen');
	});

	test('a dropped party ends it without a result, and the key signs on', () => {
		const play = begin({deal: 'world: link at=ben'}).attackers('drop party=ben').operators('compute total').endTurn();
		expect(play.lastCeremony).toMatchObject({kind: 'computation', status: 'aborted'});
		expect(play.lastTold('operators', 'result')).toContain('has no result');
		play.operators('compute total').endTurn();
		expect(play.lastCeremony.status).toBe('done');
		play.sign('payroll').endTurn();
		expect(play.state.outputs).toHaveLength(1);
	});

	test('what is required and not computed by its deadline costs the rounds and the win', () => {
		const missed = begin().finish().state.end;
		expect(missed?.outcome).toBe('neither');
		expect(missed?.reason).toContain('total');
		expect(missed?.scores.find(({station}) => station === 'rounds')?.because).toContain('total was not computed in time');
		const done = begin().operators('compute total').finish().state.end;
		expect(done?.outcome).toBe('operators');
	});

	test('in each round a party learns what it was sent, and no input of another', () => {
		const play = begin().operators('compute total').endTurn();
		const {title, rows} = learnedIn(play.state).at(-1)!;
		expect(title).toBe('compute total');
		const ada = rows.find(({member}) => member === 'ada')!.rounds.flatMap(({learned}) => learned);
		expect(ada.join(' ')).toContain('the result: sum 61');
		expect(ada.join(' ')).toContain('less a mask');
		for (const {rounds} of rows) for (const {learned} of rounds) expect(learned.join(' ')).not.toMatch(/\b(10|20|31)\b/);
	});

	test('without sealed transport no masked input lies in the operators record', () => {
		const readers = (sealed: 'on' | 'off') => {
			const play = begin({controls: {'sealed-transport': sealed}})
				.operators('compute total')
				.endTurn();
			const {id} = play.lastCeremony;
			return new Set(play.events.flatMap(event => (event.type === 'message' && event.ceremony === id ? [event.audience] : [])));
		};
		expect(readers('on')).toEqual(new Set(['operators']));
		expect(readers('off')).toEqual(new Set(['keeper']));
	});
});

/** Two sums that differ in chi, in two turns. */
function differencing(options: Options): Play {
	const play = begin(options).attackers('query total parties=ada,ben,chi').endTurn();
	return play.attackers('query total parties=ada,ben').endTurn();
}

describe('query', () => {
	test.each([
		['off', ['chi', '31']],
		['on', []],
	] as const)('two sums that differ in one party, with minimum-cohort %s: %j', (control, exposed) => {
		const play = differencing({controls: {'minimum-cohort': control}});
		expect(play.state.exposed.flatMap(({party, input}) => [party, input])).toEqual(exposed);
		expect(play.view('attackers').loot?.inputs?.map(({input}) => input)).toEqual(exposed.slice(1));
		if (control === 'on') {
			expect(play.lastTold('attackers', 'result')).toContain('refuses: no answers combine');
			expect(play.lastCeremony.status).toBe('aborted');
		} else expect(play.state.exposed[0]?.check).toMatchObject({name: 'differencing', holds: true, left: 'chi', right: 'chi'});
	});

	test.each([
		['off', ['ben', '20']],
		['on', []],
	] as const)('a sum of one, with minimum-cohort %s: %j', (control, exposed) => {
		const play = begin({controls: {'minimum-cohort': control}})
			.attackers('query total parties=ben')
			.endTurn();
		expect(play.state.exposed.flatMap(({party, input}) => [party, input])).toEqual(exposed);
		if (control === 'on') expect(play.lastTold('attackers', 'result')).toContain('inputs in the sum >= 2');
	});

	test('with minimum-cohort on, an honest question that overlaps is refused too', () => {
		const play = begin({controls: {'minimum-cohort': 'on'}})
			.attackers('query total parties=ada,ben')
			.operators('compute total')
			.endTurn();
		expect(play.state.computations.total?.doneAt).toBe(1);
		expect(play.told('attackers', 'result').join(' ')).toContain('refuses');
	});

	test('an input that became known costs at the output', () => {
		const because = differencing({})
			.finish()
			.state.end?.scores.find(({station}) => station === 'output')?.because;
		expect(because?.join(' ')).toContain('answers to total gave away the input of chi (-25)');
	});

	test('needs an account, an input of each party named, and is on record', () => {
		const play = begin({queries: false});
		expect(play.refusal('attackers', 'query total parties=ada,ben')).toContain('no account');
		const other = begin().attackers('query total parties=ada,ben');
		expect(other.refusal('attackers', 'query total parties=ben,ada')).toContain('asked already');
		other.operators().endTurn().operators('review');
		expect(other.state.evidence.map(({text}) => text)).toContain('an analyst asked the sum of ada and ben for total');
	});

	test('the operators are not told the answer, and the attackers not theirs', () => {
		const play = begin().attackers('query total parties=ada,chi').operators('compute average').endTurn();
		expect(play.told('operators').join(' ')).not.toContain('sum 41');
		expect(play.told('attackers').join(' ')).not.toContain('15.5');
		expect(play.view('attackers').computations?.find(({id}) => id === 'average')?.result).toBeUndefined();
	});
});
