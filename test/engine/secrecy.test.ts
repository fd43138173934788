// What a side can see and what is journaled for it, against what it must not know. Views: nothing hidden is in them. Comparison of two games:
// what a side does unseen changes no byte of what the other side sees.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {readMemory} from '../../source/ceremony/memory.js';
import type {SideBase} from '../../source/ceremony/side.js';
import type {GameEvent} from '../../source/engine/events.js';
import {playbookValues} from '../../source/engine/facts.js';
import {legalMoves} from '../../source/engine/options.js';
import {digestOf} from '../../source/engine/payload.js';
import type {GameState} from '../../source/engine/state.js';
import {Play, vault} from './play.js';
import {begin, playRandomly, type RandomGame} from './random-play.js';

fc.configureGlobal({endOnFailure: true});

const games: fc.Arbitrary<RandomGame> = fc.record({
	vault: fc.constantFrom('busy' as const, 'strict' as const, 'dealer' as const, 'first-light' as const),
	seed: fc.constantFrom('seed-5d21c0', 'seed-77aa41'),
	choices: fc.array(fc.nat(100_000), {minLength: 30, maxLength: 80}),
});

type Signer = SideBase & {readonly nonces?: {readonly hiding: string; readonly binding: string}};

/** Strings that only machines know: shares, identity keys, and whatever an open signing keeps on its machines. */
function machineSecrets({parties, identities, ceremonies}: GameState): string[] {
	const memories = ceremonies.flatMap(({kept}) => Object.values(kept?.sides ?? {})).map(({memory}) => readMemory<Signer>(memory));
	return [
		...Object.values(parties).flatMap(({keyShare}) => (keyShare ? [keyShare.share] : [])),
		...Object.values(identities).flatMap(({signing, sealing}) => [signing.secret, sealing.secret]),
		...memories.flatMap(({nonces}) => (nonces ? [nonces.hiding, nonces.binding] : [])),
	];
}

/** Bytes of requests that are not the displayed ones, and that no requester has told the operators. */
function hiddenBytes({requests}: GameState): string[] {
	return Object.values(requests).flatMap(({displayed, payload, intent, callback}) =>
		[payload, intent ?? ''].filter(bytes => bytes !== '' && bytes !== displayed && bytes !== callback?.payload),
	);
}

/** Bytes that signers have been sent, or that are on a statement: from there on they are in the operators' own record. */
function signedBytes({ceremonies, outputs}: GameState): string[] {
	return [...ceremonies.flatMap(({message = ''}) => message), ...outputs.map(({message}) => message)];
}

describe('the view of the operators, before the end', () => {
	test('holds no share, key, nonce, seed or hidden bytes, nothing of the attackers and not the world', () => {
		fc.assert(
			fc.property(games, game => {
				const {play} = playRandomly(game, now => {
					const {state} = now;
					const view = now.view('operators');
					const text = JSON.stringify(view);
					const read = view.outputs.map(({message}) => message);
					const secrets = [
						...machineSecrets(state),
						...hiddenBytes(state).filter(bytes => !read.includes(bytes)),
						...hiddenBytes(state)
							.filter(bytes => !signedBytes(state).includes(bytes))
							.map(digestOf)
							.filter(digest => !Object.values(state.requests).some(({digests}) => digests.some(read => read.digest === digest))),
						...state.outputs
							.filter(({message}) => !read.includes(message) && !Object.values(state.requests).some(({displayed}) => displayed === message))
							.map(({message}) => message),
						game.seed,
					];
					for (const secret of secrets) expect(text.includes(secret), secret).toBe(false);
					expect(text).not.toMatch(/"(wayIn|implantSince|link|loot|captured|playbook|worlds?|intent|payload)"/);
				});
				expect(play.view('operators').end?.world).toBe(play.game.deal.world);
			}),
			{numRuns: 5},
		);
	});

	test.each([
		['implants', ['implant party=ada', 'implant party=coordinator']],
		['phishing', ['phish party=chi']],
		['swapped bytes', ['swap-payload payroll', 'swap-payload vendor']],
		['standing orders', ['implant party=ada', 'drop party=ada', 'delay party=ada', 'corrupt-partial party=ada']],
		['notes', ['note "they will display it"']],
	])('does not change by a byte for %s', (_what, lines) => {
		const quiet = Play.vault({deal: 'world: way-in at=ada\nworld: way-in at=coordinator', file: {attackers: {points: 9}}});
		const hostile = quiet.branch().attackers(...lines);
		expect(hostile.operators().view('operators')).toEqual(quiet.operators().view('operators'));
	});

	test('does not change by a byte for the world that was dealt, as long as nobody looks', () => {
		const deals = [
			'',
			'world: way-in at=ben',
			'world: drift control=verify-partials',
			'world: link at=chi',
			'world: bad-disk party=ada',
			'world: requote vendor by=5',
			'world: nightly-copy party=ada\nworld: patch party=ben\nworld: newsletter party=chi',
		];
		const views = deals.map(deal => JSON.stringify(Play.vault({deal}).operators().view('operators')));
		expect(new Set(views).size).toBe(1);
	});

	test('does not change for a device that lies about the digest of swapped bytes', () => {
		const clean = Play.vault({deal: 'world: way-in at=ada\nworld: way-in at=coordinator', file: {attackers: {points: 9}}});
		const fooled = clean.branch().attackers('implant party=ada', 'swap-payload payroll');
		for (const play of [clean, fooled]) play.operators('approve payroll party=ada basis=digest');
		expect(fooled.view('operators')).toEqual(clean.view('operators'));
		expect(fooled.request('payroll').approvals[0]?.binds).not.toBe(clean.request('payroll').approvals[0]?.binds);
	});

	test('shows the bytes of an output from the statement on, or once they were verified', () => {
		const play = Play.vault({deal: 'world: way-in at=coordinator'}).attackers('swap-payload payroll').sign('payroll').endTurn().operators();
		const output = () => play.view('operators').outputs[0]!;
		expect(output()).toMatchObject({state: 'released', message: '', says: 'as displayed: 1 000 to staff'});
		play.endTurn().operators();
		expect(output()).toMatchObject({
			state: 'final',
			says: '1 000 to thieves',
			statement: 'NOT as displayed',
			message: play.state.outputs[0]!.message,
		});

		const verified = Play.vault({deal: 'world: way-in at=coordinator', controls: {'independent-verification': 'on'}});
		verified.attackers('swap-payload payroll').sign('payroll').endTurn().operators('release payroll');
		expect(verified.view('operators').outputs[0]).toMatchObject({state: 'held', says: '1 000 to thieves'});
	});
});

describe('the view of the attackers, before the end', () => {
	test('holds no share that was not captured, no key, nonce or seed, and nothing of approvals, evidence and controls', () => {
		fc.assert(
			fc.property(games, game => {
				playRandomly(game, now => {
					const {state} = now;
					const captured = state.loot.map(({share}) => share);
					const view = now.view('attackers');
					const text = JSON.stringify(view);
					for (const secret of machineSecrets(state).filter(each => !captured.includes(each))) expect(text.includes(secret)).toBe(false);
					expect(text).not.toContain(game.seed);
					expect(view).toMatchObject({controls: [], evidence: [], evidenceCount: 0, decisions: [], ceremonies: [], forecast: []});
					for (const request of view.requests) expect(request).toMatchObject({approvals: [], digests: []});
					for (const entry of state.inbox.operators)
						if (entry.kind !== 'inject') expect(view.inbox.map(item => item.text)).not.toContain(entry.text);
				});
			}),
			{numRuns: 5},
		);
	});

	test('does not change by a byte for the basis of an approval, who gave it, a call-back, a note or an inspection', () => {
		const start = Play.vault().operators('approve payroll party=ben basis=display');
		const other = start
			.branch()
			.operators('approve payroll party=ben basis=digest', 'call-back vendor', 'note suspect=chi', 'inspect control=timelock');
		expect(other.view('attackers')).toEqual(start.view('attackers'));
		const third = Play.vault().operators('approve payroll party=chi basis=digest');
		expect(third.view('attackers')).toEqual(start.view('attackers'));
	});

	test('shows how far a request has come only with a way into the coordinator, and the playbook knows no more', () => {
		const seen = (deal: string) => {
			const play = Play.vault({deal});
			const steps: unknown[] = [];
			const look = () => {
				const request = play.view('attackers').requests.find(({id}) => id === 'payroll')!;
				const {approved, signed, released, signed_at, open, final} = playbookValues(play.game, play.state).requests.payroll!;
				steps.push([request.state, {approved, signed, released, signed_at, open, final}]);
			};
			play.operators('approve payroll party=ada basis=display', 'approve payroll party=ben basis=display');
			look();
			play.operators('sign payroll parties=ada,ben').endTurn();
			look();
			play.endTurn();
			look();
			return steps;
		};
		const nothing = {approved: false, signed: false, released: false, signed_at: 0, open: true, final: false};
		const final = ['final', {approved: true, signed: true, released: true, signed_at: 1, open: false, final: true}];
		expect(seen('')).toEqual([['open', nothing], ['open', nothing], final]);
		expect(seen('world: way-in at=coordinator')).toEqual([
			['approved', {...nothing, approved: true}],
			['released', {...nothing, approved: true, signed: true, released: true, signed_at: 1}],
			final,
		]);
	});
});

describe('the journal', () => {
	const readable = (events: readonly GameEvent[], side: 'operators' | 'attackers') =>
		events.filter(({audience}) => audience === 'public' || audience === side);

	test('writes nothing for a side that the side must not know', () => {
		fc.assert(
			fc.property(games, game => {
				const {play} = playRandomly(game);
				const state = play.state;
				const end = play.events.findIndex(({type}) => type === 'ended');
				const before = play.events.slice(0, end);
				// Nonces of every signing that was ever kept waiting, too.
				const kept = before.flatMap(event => (event.type === 'sides-kept' ? Object.values(event.sides) : []));
				const nonces = kept.flatMap(({memory}) => Object.values(readMemory<Signer>(memory).nonces ?? {})) as string[];
				const shares = before.flatMap(event =>
					event.type === 'share-stored' ? [event.keyShare.share] : event.type === 'share-changed' ? [event.share] : [],
				);
				const keys = Object.values(state.identities).flatMap(({signing, sealing}) => [signing.secret, sealing.secret]);
				const own = readable(before, 'operators');
				for (const event of own) {
					const text = JSON.stringify(event);
					for (const secret of [...nonces, ...shares, ...keys, game.seed]) expect(text.includes(secret), event.type).toBe(false);
				}
				const types = new Set(own.map(({type}) => type));
				for (const type of [
					'identities',
					'foothold',
					'phished',
					'standing',
					'captured',
					'attempted',
					'act',
					'evidence-written',
					'sides-kept',
					'share-stored',
					'share-changed',
					'tallied',
					'detected',
					'inject-fired',
				] as const)
					expect(types.has(type), type).toBe(false);
				const theirs = readable(before, 'attackers');
				const captured = state.loot.map(({share}) => share);
				for (const event of theirs) {
					const text = JSON.stringify(event);
					for (const secret of [...nonces, ...shares.filter(share => !captured.includes(share)), ...keys, game.seed])
						expect(text.includes(secret), event.type).toBe(false);
				}
				const theirTypes = new Set(theirs.map(({type}) => type));
				for (const type of [
					'identities',
					'approved',
					'digest-read',
					'message',
					'ceremony-started',
					'decided',
					'control-set',
					'noted',
					'logging-set',
					'act',
					'evidence-written',
					'share-stored',
				] as const)
					if (type !== 'noted') expect(theirTypes.has(type), type).toBe(false);
			}),
			{numRuns: 5},
		);
	});

	test('keeps swapped bytes from the operators until their machines were sent them', () => {
		const play = Play.vault({deal: 'world: way-in at=coordinator\nworld: way-in at=ada', file: {attackers: {points: 9}}});
		play.attackers('implant party=ada', 'swap-payload payroll');
		play.operators('approve payroll party=ada basis=digest', 'approve payroll party=ben basis=display', 'sign payroll parties=ada,ben');
		const hidden = play.request('payroll').payload;
		const own = JSON.stringify(readable(play.events, 'operators'));
		expect(own).not.toContain(hidden);
		expect(own).not.toContain(digestOf(hidden));
		expect(JSON.stringify(readable(play.endTurn().events, 'operators'))).toContain(hidden);
	});

	test.each(['parties', 'dealer'])('keeps dealt values that travel in plain text from both sides (keygen: %s)', keygen => {
		for (const sealed of ['on', 'off'] as const) {
			const play = Play.vault({controls: {'sealed-transport': sealed}, file: {keygen}});
			const values = play.events.flatMap(event => (event.type === 'message' && event.record.carries.startsWith('value') ? [event] : []));
			expect(values.length).toBeGreaterThan(0);
			for (const {audience, wire} of values) {
				const isPlain = 'value' in JSON.parse(wire).body;
				expect(isPlain).toBe(sealed === 'off');
				expect(audience).toBe(isPlain ? 'keeper' : 'operators');
			}
		}
	});
});

describe('menus', () => {
	test('offer the same to the operators whatever is hidden', () => {
		const quiet = Play.vault({deal: 'world: way-in at=ada\nworld: way-in at=coordinator', file: {attackers: {points: 9}}});
		const hostile = quiet.branch().attackers('implant party=ada', 'implant party=coordinator', 'swap-payload payroll');
		const ready = (play: Play) => [...legalMoves(play.game, play.operators().state, 'operators').values()];
		expect(ready(hostile)).toEqual(ready(quiet));
	});

	test('and a drifted control looks like one that is on', () => {
		const menus = ['', 'world: drift control=verify-partials\nworld: drift control=timelock'].map(deal => {
			const play = Play.begin({scenario: vault({deal, controls: {timelock: 'on'}})}).operators();
			return [play.view('operators').moves, play.view('operators').controls];
		});
		expect(menus[1]).toEqual(menus[0]);
	});
});

describe('what the attackers are refused', () => {
	const approve = (request: string, party: string) => `approve ${request} party=${party} basis=display`;
	const orders = ['payroll', 'vendor', 'refund'].flatMap(request => [
		[approve(request, 'ada')],
		[approve(request, 'ben')],
		[approve(request, 'ada'), approve(request, 'ben'), `sign ${request} parties=ada,ben`],
		[`release ${request}`],
		[`call-back ${request}`],
	]);
	const others = [
		['freeze'],
		['note "it is ada"'],
		['inspect party=chi'],
		['harden bind-context'],
		['back-up party=ben'],
		['log policy level=2'],
	];

	/** A game of two turns in which the operators do what they can of these orders, and the attackers the same in all games. */
	function playedWith(...turns: readonly (readonly (readonly string[])[])[]): Play {
		const play = Play.vault({
			suite: 'glass',
			deal: 'world: way-in at=chi\nworld: link at=chi',
			controls: {'independent-verification': 'on'},
			requests: {sundries: {opens: 0, due: 6, by: 'care', title: 'sundries', amount: 20, to: 'shop', required: false, legitimate: false}},
			file: {
				turns: 6,
				operators: {points: 9},
				attackers: {points: 9},
				exceptions: {outage: {when: 'turn > 0', summary: 'a provider is dark'}},
			},
		}).attackers('submit refund', 'implant party=chi', 'snapshot party=chi');
		// What passes chi they see in all games, and what ada and ben do in none.
		play.operators(approve('vendor', 'chi'));
		for (const turn of turns) {
			play.operators();
			for (const line of turn.flat()) if (play.try('operators', line).ok) play.operators(line);
			play.endTurn();
		}
		return play;
	}

	/** Every move that the menu could make of its words, with what the rules say to it. */
	function answers(play: Play): string[] {
		return play.view('attackers').moves.flatMap(({verb, template, choices, ready, refused}) => {
			const first = choices[0];
			const isObject = first !== undefined && template.startsWith(`${verb} _`);
			const lines = choices.reduce<string[]>(
				(begun, {name, candidates, optional}) => [
					...(optional ? begun : []),
					...begun.flatMap(line =>
						candidates.map(value => (isObject && name === first.name ? `${line} ${value}` : `${line} ${name}=${value}`)),
					),
				],
				[verb],
			);
			const said = lines.slice(0, 60).map(line => {
				const decided = play.try('attackers', line);
				return `${line}: ${decided.ok ? 'taken' : decided.message}`;
			});
			return [...said, `${verb}: ${refused}`, ...ready];
		});
	}

	test('is the same wherever all that they see is the same', () => {
		const known = new Map<string, string[]>();
		const turn = fc.subarray([...orders, ...others], {maxLength: 5});
		let compared = 0;
		for (const [first, second] of fc.sample(fc.tuple(turn, turn), {numRuns: 60, seed: 4})) {
			const play = playedWith(first, second);
			const {moves: _, ...seen} = play.view('attackers');
			const key = JSON.stringify(seen);
			const said = answers(play);
			const before = known.get(key);
			if (before) {
				compared++;
				expect(said, JSON.stringify([first, second])).toEqual(before);
			} else known.set(key, said);
		}
		expect(compared).toBeGreaterThan(20);
	});

	test('tells how far a request is only with a way into the coordinator', () => {
		const said = (deal: string) => {
			const play = Play.vault({
				deal,
				file: {exceptions: {outage: {when: 'turn > 0', summary: 'a provider is dark'}}, attackers: {points: 9}},
			});
			play.attackers('submit refund').sign('refund').endTurn();
			return ['use-exception refund exception=outage', 'submit refund'].map(line => {
				const decided = play.try('attackers', line);
				return decided.ok ? 'taken' : decided.message;
			});
		};
		expect(said('')).toEqual(['taken', 'your request refund is still open; one at a time']);
		expect(said('world: way-in at=coordinator')).toEqual(['refund is released, there is nothing to decide', 'refund was made already']);
	});
});

describe('one-time values', () => {
	/** Every commitment that a signer sent: ceremony and sender to D and E. */
	function commitmentsOf(events: readonly GameEvent[]): Map<string, string> {
		const found = new Map<string, string>();
		for (const event of events) {
			if (event.type !== 'message' || event.record.round !== 1 || !event.record.carries.startsWith('commitments D')) continue;
			const {hiding, binding} = JSON.parse(event.wire).body;
			for (const [kind, value] of [
				['D', hiding],
				['E', binding],
			])
				found.set(`${event.ceremony} ${event.record.from} ${kind}`, value);
		}
		return found;
	}

	test('no nonce commitment is ever sent for two signings, in any game', () => {
		fc.assert(
			fc.property(games, game => {
				const sent = commitmentsOf(playRandomly(game).play.events);
				expect(new Set(sent.values()).size).toBe(sent.size);
			}),
			{numRuns: 5},
		);
	});

	test('a signing that is retried, and one after a takeback, draw new nonces', () => {
		const play = Play.vault({deal: 'world: link at=ben', file: {operators: {points: 9}}});
		play
			.attackers('drop party=ben')
			.operators('approve payroll party=chi basis=display')
			.sign('payroll')
			.operators('takeback', 'sign payroll parties=ada,ben');
		play.endTurn().operators('retry payroll parties=ada,chi', 'takeback', 'retry payroll parties=ada,ben').endTurn();
		play.sign('vendor', 'ada,chi').endTurn();
		const sent = commitmentsOf(play.events);
		expect(sent.size).toBe(12);
		expect(new Set(sent.values()).size).toBe(12);
	});

	test('no label of a ceremony is drawn twice', () => {
		const play = begin({vault: 'busy', seed: 'one', choices: []});
		const labels: string[] = [];
		const bytes = play.game.draws.bytes;
		(play.game.draws as {bytes: typeof bytes}).bytes = label => {
			labels.push(label);
			return bytes(label);
		};
		play.attackers('drop party=ben').sign('payroll', 'ben,chi').endTurn();
		play.operators('abort payroll', 'approve payroll party=ada basis=display', 'sign payroll parties=ada,ben').endTurn();
		play.sign('vendor', 'ada,ben').endTurn();
		expect(labels.length).toBeGreaterThan(10);
		expect(new Set(labels).size).toBe(labels.length);
	});
});
