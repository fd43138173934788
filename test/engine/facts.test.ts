// What expressions of a scenario can know: the truth in objectives, injects and tests; in a playbook only what attackers know.
import {describe, expect, test} from 'vitest';
import {gameValues, playbookValues} from '../../source/engine/facts.js';
import {Play} from './play.js';

const parties = {ada: {domain: 'a', backup: 'safe'}, ben: {domain: 'b', backup: 'safe'}, chi: {domain: 'c', backup: 'safe'}};
const total = {function: 'sum', inputs: {ada: 10, ben: 20, chi: 31}, due: 2, by: 'finance', queries: true};
const bids = {function: 'auction', inputs: {ada: 10, ben: 20, chi: 31}, due: 3, by: 'finance'};

function begun(deal = ''): Play {
	const file = {operators: {points: 9}, attackers: {points: 9}, parties, computations: {total, bids}, turns: 8, shuffle: ['ada', 'ben']};
	return Play.vault({deal, file, suite: 'glass'});
}

const holds = ({game, state}: Play, text: string) => game.evaluate(text, 'game', gameValues(game, state));
const attackersSee = ({game, state}: Play, text: string) => game.evaluate(text, 'playbook', playbookValues(game, state));

function expectAll(play: Play, ...texts: readonly string[]): void {
	expect(texts.map(text => [text, holds(play, text)])).toEqual(texts.map(text => [text, true]));
}

describe('facts for objectives and injects', () => {
	test('of computations: their value, whether in time, and the inputs that answers gave away', () => {
		const play = begun();
		expectAll(play, 'computations.total.opened == 1 && !computations.total.done && computations.total.value == 0');
		play.operators('compute total parties=ada,ben,chi').endTurn();
		expectAll(play, 'computations.total.in_time && computations.total.value == 61 && computations.total.done_at == 1');
		play.operators('compute bids parties=ada,ben,chi').endTurn();
		expectAll(play, 'computations.bids.value == 20 && computations.bids.winner == "chi"');
		play.attackers('query total parties=ada,ben,chi').endTurn().attackers('query total parties=ada,ben').endTurn();
		expectAll(play, 'computations.total.learned == 1');
	});

	test('of a computation that comes too late', () => {
		const play = begun().endTurn(3);
		expectAll(play, 'computations.total.missed && !computations.total.in_time');
		play.operators('compute total parties=ada,ben,chi').endTurn();
		expectAll(play, 'computations.total.done && !computations.total.in_time');
	});

	test('of epochs and exposure: captured shares of each epoch against its threshold', () => {
		const play = begun('world: implanted at=chi\nworld: keeps-copies party=chi').attackers('steal-share party=chi').endTurn();
		expectAll(play, 'epoch == 1', 'exposure[0].captured == 1 && exposure[0].left == 3 && exposure[0].backups == 3');
		expectAll(play, 'attempts.exists(a, a.epoch == 1 && a.shares == 1 && !a.holds && a.how == "shares of one epoch")');
		play.operators('reshare threshold=2 parties=ada,ben').endTurn();
		expectAll(play, 'epoch == 2 && size(exposure) == 2', 'exposure.exists(e, e.in_force && e.captured == 0 && e.left == 2)');
		expectAll(play, 'exposure.exists(e, e.epoch == 1 && e.left == 1 && e.anywhere == 3)');
		expectAll(play, '!parties.chi.holds && parties.chi.epoch == 0 && parties.chi.old_shares == 1', 'key.holders == 2');
	});

	test('of keys: frozen, rotated, swept, retired', () => {
		const play = begun().operators('freeze');
		expectAll(play, 'key.status == status.suspended && size(keys) == 1 && !rotated');
		play.operators('unfreeze', 'rotate').endTurn();
		expectAll(play, 'rotated && size(keys) == 2 && !keys[0].in_force && !keys[0].swept && key.status == status.active');
		play.sign('sweep').endTurn().endTurn();
		expectAll(play, 'keys[0].swept && keys[0].tombstone && keys[0].status != status.destroyed');
		play.operators('destroy-backups').endTurn();
		expectAll(play, 'keys[0].status == status.destroyed', 'size(exposure) == 2 && exposure[0].anywhere == 0');
	});

	test('of backups and recovery: what lies in the places, and the key that burned', () => {
		const play = begun('world: poisoned-backup party=ben');
		expectAll(play, 'size(backups) == 3 && size(backups.filter(b, b.sound)) == 2');
		play.operators('drill').endTurn();
		expectAll(play, 'backups.exists(b, b.drilled == 1 && !b.drill_ok && b.party == "ben")', '!recovered');
		play.operators('recover at=chi').endTurn();
		expectAll(play, 'recovered && key.burned && key.status == status.compromised');
	});

	test('of the policy', () => {
		const play = begun();
		expectAll(play, 'policy.version == 1 && policy.rules == 0 && policy.exceptions == 0');
		play.operators('amend consents=ada,ben require=digest above=1000').endTurn();
		expectAll(play, 'policy.version == 2 && policy.rules == 1');
	});
});

describe('facts for a playbook', () => {
	test('say no more than attackers know', () => {
		const play = begun('world: implanted at=chi\nworld: keeps-copies party=chi\nworld: poisoned-backup party=ben').attackers(
			'steal-share party=chi',
		);
		play.operators('compute total parties=ada,ben,chi', 'drill', 'refresh').endTurn();
		const same = 'epoch == 2 && exposure[0].captured == 1 && policy.version == 1';
		expect(attackersSee(play, same)).toBe(true);
		const hidden = [
			'computations.total.done',
			'computations.total.value > 0',
			'exposure.exists(e, e.left > 0 || e.backups > 0)',
			'size(backups) > 0',
			'parties.chi.old_shares > 0',
		];
		expect(hidden.map(text => [text, holds(play, text), attackersSee(play, text)])).toEqual(hidden.map(text => [text, true, false]));
	});

	test('hold the labels of backups at a place that they have a way into, and not whether they are sound', () => {
		const play = begun('world: way-in at=safe\nworld: poisoned-backup party=ben');
		expect(attackersSee(play, 'size(backups) == 3 && backups.all(b, b.sound) && "safe" in ways_in')).toBe(true);
		expect(holds(play, 'backups.all(b, b.sound)')).toBe(false);
	});
});
