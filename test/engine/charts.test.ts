/** What views say of state machines and of pictures is read off the machines and off the equations themselves. */
import {describe, expect, test} from 'vitest';
import {machines} from '../../machines/index.js';
import {chartStates, pathsOf} from '../../source/engine/charts.js';
import {table} from './cells.js';
import {Play} from './play.js';

interface Configured {
	readonly states?: Readonly<Record<string, Configured>>;
}

/** The paths of all states as the machine's definition nests them. */
function configured({states = {}}: Configured, above = ''): string[] {
	return Object.entries(states).flatMap(([name, inner]) => [above + name, ...configured(inner, `${above}${name}.`)]);
}

describe('charts', () => {
	test('list every state of a machine once, with what leads out of it', () => {
		for (const name of ['protocol', 'request', 'exercise', 'party'] as const) {
			const paths = chartStates(name).map(({path}) => path);
			expect([...paths].sort()).toEqual(configured(machines[name].config as Configured).sort());
		}
		expect(chartStates('request').find(({path}) => path === 'signing')?.events).toContainEqual(['signing.stalled', 'stalled']);
	});

	test('every state of a value is named, the outermost first', () => {
		expect(pathsOf({active: {signing: 'stalled'}})).toEqual(['active', 'active.signing', 'active.signing.stalled']);
	});

	test('light a stalled signing for the operators only, and a freeze for both sides', () => {
		const play = Play.vault({deal: 'world: link at=ben'}).attackers('drop party=ben').sign('payroll').endTurn();
		const lit = (side: 'operators' | 'attackers') => play.view(side).charts?.find(({id}) => id === 'key')?.current;
		expect(lit('operators')).toContain('active.signing.stalled');
		expect(lit('attackers')).toEqual([]);
		play.operators('freeze');
		expect(lit('operators')).toContain('suspended.frozen.stalled');
		expect(lit('attackers')).toEqual(['suspended', 'suspended.frozen']);
	});
});

describe('pictures', () => {
	const pictures = (play: Play) => play.view('attackers').loot?.attempts.map(({picture}) => picture);

	test('of captured shares: their indexes and epochs against the threshold', () => {
		const play = table().attackers('implant party=ben').endTurn().attackers('steal-share party=ben').endTurn();
		expect(pictures(play)).toEqual([{kind: 'polynomial', threshold: 2, holders: 3, known: [{index: 2, epoch: 1}]}]);
	});

	test('of nonces used more than once: how many equations there are in how many unknowns', () => {
		const play = table({controls: {'nonce-guard': 'off'}})
			.attackers('implant party=ben', 'snapshot party=ben')
			.sign('payroll')
			.endTurn();
		play.attackers('restore-snapshot party=ben').sign('vendor').endTurn();
		expect(pictures(play)).toEqual([{kind: 'candidates', equations: 2, unknowns: 3}]);
		play.attackers('restore-snapshot party=ben').sign('rent').endTurn();
		expect(
			pictures(play)
				?.filter(picture => picture?.kind === 'candidates')
				.at(-1),
		).toEqual({kind: 'candidates', equations: 3, unknowns: 3});
	});

	test('what a receiver learned stands with the message that taught it, and nobody learns a share of another', () => {
		const play = table().sign('payroll').endTurn();
		const messages = play.view('operators').ceremonies.flatMap(ceremony => ceremony.messages);
		expect(messages.flatMap(({learned}) => learned).length).toBeGreaterThan(0);
		for (const {to, learned} of messages)
			for (const what of learned.filter(text => /^its share/.test(text))) expect(['ada', 'ben', 'chi'], what).toContain(to);
	});
});
