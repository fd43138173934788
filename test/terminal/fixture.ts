/** Views and a player for tests of the terminal: the fourth turn of first-light, as in a game, without an engine behind it. */

import {chartStates} from '../../source/engine/charts.js';
import type {CeremonyView, EquationView, FourQuestions, MoveOption, RequestView, SeatView} from '../../source/engine/view.js';
import type {Catalogue, Completion, Outcome, Player, Preview} from '../../source/terminal/player.js';
import {defaultSettings, type Settings} from '../../source/terminal/settings.js';

export const failedPartial: EquationView = {
	name: 'partial',
	about: 'chi',
	equation: 'z3*G = D3 + rho3*E3 + c*lam3*Y3',
	left: '228b61d0c5a9f3417e0d8a52b6c1e94f7a3d20b85c6e1f94d7a8b3c25e60f677',
	right: 'a1b5e07d3c92f6481ab04d7e59c3f8261d0b7a94e5c2f8631a7d40b9e6c51b08',
	holds: false,
	meaning: 'What chi sent is not what its share gives for these nonces and this payload. Only chi could have made it.',
};

/** An older epoch of which two shares may still exist. */
const openEpoch: EquationView = {
	name: 'exposure',
	about: 'epoch 0',
	equation: '|undeleted_0 ∪ backups_0 ∪ stolen_0| <= t - 1',
	left: '2',
	right: '1',
	holds: false,
	meaning: 'Enough shares of this epoch may still exist to make the key.',
	picture: {
		kind: 'polynomial',
		threshold: 2,
		holders: 3,
		known: [
			{index: 2, epoch: 0},
			{index: 3, epoch: 0},
		],
	},
};

export const heldPartial: EquationView = {
	...failedPartial,
	about: 'ada',
	equation: 'z1*G = D1 + rho1*E1 + c*lam1*Y1',
	right: failedPartial.left,
	holds: true,
	meaning: 'The partial of ada is the one that its share gives.',
};

export const ceremony: CeremonyView = {
	id: 'sign-1',
	kind: 'signing',
	title: 'sign payroll   parties ada,chi   epoch 1',
	turn: 3,
	request: 'payroll',
	parties: ['ada', 'chi'],
	epoch: 1,
	status: 'aborted',
	waitingFor: [],
	messages: [
		{
			n: 1,
			round: 1,
			from: 'ada',
			to: 'coord',
			carries: 'commitments D1, E1',
			delivered: true,
			check: 'valid points',
			result: 'ok',
			explains: 'Ada commits to two fresh nonces before she sees anything.',
			learned: [],
			equations: [],
		},
		{
			n: 2,
			round: 1,
			from: 'chi',
			to: 'coord',
			carries: 'commitments D3, E3',
			delivered: true,
			check: 'valid points',
			result: 'ok',
			explains: 'Chi does the same.',
			learned: [],
			equations: [],
		},
		{
			n: 3,
			round: 2,
			from: 'coord',
			to: 'ada,chi',
			carries: 'payload hash, list',
			delivered: true,
			check: 'own D, E in list',
			result: 'ok',
			explains: 'The coordinator sends the message to be signed and the list of commitments.',
			learned: ['the message: 111 bytes', 'the nonce commitments of all 2 signers, R and c'],
			equations: [],
		},
		{
			n: 4,
			round: 2,
			from: 'ada',
			to: 'coord',
			carries: 'partial z1',
			delivered: true,
			check: 'equation',
			result: 'ok',
			explains: 'Ada answers with her partial signature.',
			learned: [],
			equations: [heldPartial],
		},
		{
			n: 5,
			round: 2,
			from: 'chi',
			to: 'coord',
			carries: 'partial z3',
			delivered: true,
			check: 'equation',
			result: 'REFUSED',
			explains: 'The partial of chi does not fit its share.',
			learned: [],
			equations: [failedPartial],
		},
	],
	blamed: ['chi'],
	result: [
		'Aborted, no output. payroll stays approved, due t5. Nonces of ada and chi are spent.',
		'Partial z1 is out; alone it signs nothing and says nothing about the share.',
	],
	unknown: 'why. A lie, a broken machine and a stale share look the same.',
	next: ['inspect party=chi', 'isolate party=chi', 'retry payroll parties=ada,ben'],
};

const request = (over: Partial<RequestView> & Pick<RequestView, 'id'>): RequestView => ({
	title: over.id,
	requester: 'Treasury',
	displayed: '12.00 to hot-wallet-2',
	amount: 12,
	to: 'hot-wallet-2',
	opened: 4,
	due: 6,
	required: true,
	state: 'open',
	station: 'policy',
	isNew: false,
	approvals: [],
	needs: 2,
	digests: [],
	pinned: false,
	...over,
});

export const payroll = request({
	id: 'payroll',
	requester: 'Personnel',
	displayed: '48 200 to 31 staff',
	amount: 48200,
	to: 'staff',
	opened: 1,
	due: 5,
	state: 'approved',
	approvals: [
		{party: 'ada', basis: 'digest', turn: 2, binds: 'c914aa00c914aa00c914aa00c914aa00c914aa00c914aa00c914aa00c9141cf4'},
		{party: 'chi', basis: 'digest', turn: 2, binds: 'c914aa00c914aa00c914aa00c914aa00c914aa00c914aa00c914aa00c9141cf4'},
	],
	digests: [
		{
			party: 'ada',
			turn: 2,
			matches: true,
			says: '48 200 to 31 staff',
			digest: 'c914aa00c914aa00c914aa00c914aa00c914aa00c914aa00c914aa00c9141cf4',
		},
	],
});

export const refill = request({id: 'refill', isNew: true});

const parties = ['ada', 'ben', 'chi'];
const pairs = ['ada,ben', 'ada,chi', 'ben,chi'];
const open = ['payroll', 'refill'];
const choices = {
	request: {name: 'request', candidates: open, optional: false},
	party: {name: 'party', candidates: parties, optional: false},
	basis: {name: 'basis', candidates: ['display', 'digest', 'callback'], optional: false},
	parties: {name: 'parties', candidates: pairs, optional: false},
};

/** The menu as the engine lists it: one option a verb, with the complete legal moves. */
const moves: readonly MoveOption[] = [
	{
		verb: 'approve',
		station: 'policy',
		template: 'approve _ party=_ basis=_',
		cost: [0, 1],
		does: 'one approval of a party, on a basis that goes on record',
		needs: 'a reachable custodian and a basis',
		choices: [choices.request, choices.party, choices.basis],
		ready: open.flatMap(id =>
			['ada', 'chi'].flatMap(party => ['display', 'digest'].map(basis => `approve ${id} party=${party} basis=${basis}`)),
		),
	},
	{
		verb: 'deny',
		station: 'policy',
		template: 'deny _',
		cost: [0, 0],
		does: 'closes the request, the reason on record',
		needs: 'an open request',
		choices: [choices.request, {name: 'reason', candidates: [], optional: true}],
		ready: open.map(id => `deny ${id}`),
	},
	{
		verb: 'call-back',
		station: 'policy',
		template: 'call-back _',
		cost: [1, 1],
		does: 'asks the requester on the known number; the answer comes next turn',
		needs: 'an open request',
		choices: [choices.request],
		ready: open.map(id => `call-back ${id}`),
	},
	{
		verb: 'sign',
		station: 'rounds',
		template: 'sign _ parties=_',
		cost: [1, 1],
		does: 'two rounds with these parties when the turn ends, then the policy decides',
		needs: 'two approvals',
		choices: [choices.request, choices.parties],
		ready: ['sign payroll parties=ada,chi'],
	},
	{
		verb: 'inspect',
		station: 'shares',
		template: 'inspect',
		cost: [1, 2],
		does: 'checks a share against its commitments, or a control',
		needs: 'a reachable party, or a control',
		choices: [
			{...choices.party, optional: true},
			{name: 'control', candidates: ['bind-payload'], optional: true},
			{name: 'depth', candidates: ['full'], optional: true},
		],
		ready: [
			'inspect control=bind-payload',
			'inspect party=ada',
			'inspect party=ada depth=full',
			'inspect party=chi',
			'inspect party=chi depth=full',
		],
	},
	{
		verb: 'isolate',
		station: 'shares',
		template: 'isolate party=_',
		cost: [1, 1],
		does: 'cuts a party off: it signs nothing, and nothing leaves it',
		needs: 'a party that is not isolated',
		choices: [choices.party],
		ready: ['isolate party=ada', 'isolate party=chi'],
	},
	{
		verb: 'freeze',
		station: 'policy',
		template: 'freeze',
		cost: [1, 1],
		does: 'stops all signing; stolen shares still sign',
		needs: 'nothing',
		choices: [],
		ready: ['freeze'],
	},
	{
		verb: 'unfreeze',
		station: 'policy',
		template: 'unfreeze',
		cost: [0, 0],
		does: 'lets signing go on',
		needs: 'a freeze',
		refused: 'nothing is frozen',
		choices: [],
		ready: [],
	},
	{
		verb: 'hold',
		station: 'output',
		template: 'hold _',
		cost: [1, 1],
		does: 'keeps a released output back before it is final',
		needs: 'an output that is not final',
		refused: 'needs an output that is released and not final',
		choices: [{name: 'output', candidates: [], optional: false}],
		ready: [],
	},
	{
		verb: 'log',
		station: 'transcript',
		template: 'log _ level=_',
		cost: [1, 2],
		does: 'raises what a station records, from this resolve',
		needs: 'a station below level 2',
		choices: [
			{name: 'station', candidates: ['shares', 'rounds', 'policy', 'output', 'transcript'], optional: false},
			{name: 'level', candidates: ['1', '2'], optional: false},
		],
		ready: ['log shares level=2', 'log policy level=2', 'log output level=2', 'log transcript level=2'],
	},
	{
		verb: 'note',
		station: 'transcript',
		template: 'note "_"',
		cost: [0, 0],
		does: 'writes a note',
		needs: 'nothing',
		choices: [
			{name: 'text', candidates: [], optional: true},
			{name: 'suspect', candidates: parties, optional: true},
		],
		ready: parties.map(id => `note suspect=${id}`),
	},
	{
		verb: 'takeback',
		station: 'transcript',
		template: 'takeback',
		cost: [0, 0],
		does: 'takes your last move of this turn back',
		needs: 'a move',
		refused: 'there is nothing to take back',
		choices: [],
		ready: [],
	},
	{
		verb: 'end-turn',
		station: 'transcript',
		template: 'end-turn',
		cost: [0, 0],
		does: 'ends the turn',
		needs: 'nothing',
		choices: [],
		ready: ['end-turn'],
	},
];

export const view: SeatView = {
	seat: 'operators',
	side: 'operators',
	scenario: {
		id: 'first-light',
		title: 'First light',
		summary: 'A small treasury signs its first payments with a shared key. Somebody is on one of its machines.',
		minutes: 10,
		turns: 6,
		learn: ['Tell what a custodian saw from what was signed.', 'Notice that stolen shares sign without any policy.'],
		layers: {business: 'Treasury asks for payments by mail.', storage: 'Shares lie on laptops.'},
	} as SeatView['scenario'],
	suite: 'ed25519',
	threshold: 2,
	epoch: 1,
	publicKey: 'db2137e7db2137e7db2137e7db2137e7db2137e7db2137e7db2137e7db2137e7',
	turn: 4,
	turns: 6,
	phase: 'respond',
	toMove: true,
	points: {have: 2, perTurn: 3, carry: 1},
	goal: 'payroll by t5, nothing else leaves',
	frozen: false,
	stations: [
		{station: 'shares', lines: ['2 of 3 up', '2 must sign'], state: 'alert', logging: 1},
		{station: 'rounds', lines: ['idle', '1 abort t3'], state: 'alert', logging: 2},
		{station: 'policy', lines: ['1 to decide', '0 denied'], state: 'active', logging: 1},
		{station: 'output', lines: ['0 released', '0 held'], state: 'quiet', logging: 1},
		{station: 'transcript', lines: ['logging low', '6 entries'], state: 'quiet', logging: 1},
	],
	shortcuts: {pastPolicy: 'none seen', noRecord: '2 approvals lack a basis'},
	parties: [
		{
			id: 'ada',
			digit: 1,
			custodian: 'Mara',
			domain: 'bank-a',
			reach: 'up',
			suspected: false,
			epoch: 1,
			share: 'ok',
			lastPartial: 't3 ok',
			nonces: 'none',
			digestLeft: true,
		},
		{
			id: 'ben',
			digit: 2,
			custodian: 'Idris',
			domain: 'bank-b',
			reach: 'dark',
			since: 2,
			suspected: false,
			epoch: 1,
			share: '?',
			lastPartial: 'none',
			nonces: '?',
			digestLeft: true,
		},
		{
			id: 'chi',
			digit: 3,
			custodian: 'Jun',
			domain: 'vendor',
			reach: 'up',
			suspected: true,
			epoch: 1,
			share: 'BAD',
			lastPartial: 't3 REFUSED',
			nonces: 'none',
			digestLeft: false,
		},
	],
	requests: [payroll, refill],
	ceremonies: [ceremony],
	decisions: [
		{
			request: 'payroll',
			turn: 2,
			verdict: 'allow',
			rule: 'enough-approvals',
			reason: '2 of 2 approvals',
			facts: [
				['approvals', '2'],
				['threshold', '2'],
			],
		},
	],
	outputs: [],
	inbox: [
		{turn: 2, kind: 'inject', from: 'Idris', text: 'Patching my laptop, back in t5.', isNew: false},
		{turn: 2, kind: 'signal', from: 'monitor', text: 'ben: no answer.', isNew: false},
		{turn: 3, kind: 'signal', from: 'monitor', text: 'a partial was refused, signing stopped.', isNew: false},
		{turn: 4, kind: 'inject', from: 'Treasury', text: 'Hot wallet is dry, refill before noon, please.', isNew: true},
		{
			turn: 4,
			kind: 'result',
			from: 'inspect',
			text: 'chi: s3*G is not Y3.',
			isNew: true,
			equation: {
				...failedPartial,
				name: 'share',
				equation: 's3*G = Y3',
				meaning: 'The share that chi holds is not the one its commitment names.',
			},
		},
	],
	controls: [
		{
			id: 'verify-partials',
			title: 'verify partials',
			documented: 'on',
			checks: 'Checks each partial against its share.',
			price: 'One computation a partial.',
		},
		{
			id: 'nonce-guard',
			title: 'nonce guard',
			documented: 'on',
			checks: 'Refuses to use a nonce twice.',
			price: 'A restored party discards nonces first.',
		},
		{id: 'feldman', title: 'feldman check', documented: 'on', inspected: 'off', checks: 'Checks dealt shares.', price: 'None.'},
		{id: 'sealed', title: 'sealed transport', documented: 'off', checks: 'Seals private bodies.', price: 'Bodies vanish from evidence.'},
		{
			id: 'bind-payload',
			title: 'bind payload',
			documented: 'off',
			checks: 'Approvals name the bytes.',
			price: 'Any change voids approvals.',
		},
		{id: 'one-time', title: 'one-time approvals', documented: 'off', checks: 'An approval serves once.', price: 'A retry needs new ones.'},
		{id: 'decision-log', title: 'decision log', documented: 'off', from: 5, checks: 'Keeps rule and facts.', price: 'None.'},
		{
			id: 'verify-output',
			title: 'independent verification',
			documented: 'off',
			checks: 'Reads the output before release.',
			price: 'Release costs 1.',
		},
	],
	evidence: [{turn: 3, station: 'rounds', text: 'chi sent a partial that was refused', level: 1}],
	evidenceCount: 6,
	keeps: {kept: 'who asked, decision, time, signers', lost: 'payload hash, basis of approval, rule and reason'},
	notes: [{turn: 3, text: 'The partial was wrong, but was it a lie?', suspect: 'chi'}],
	made: [],
	moves,
	locked: '5 more from turn 5',
	exposure: [
		{epoch: 0, threshold: 2, parties: ['ben', 'chi'], isInForce: false, equation: openEpoch},
		{epoch: 1, threshold: 2, parties: ['ada', 'ben', 'chi'], isInForce: true, equation: {...openEpoch, about: 'epoch 1', left: '3'}},
	],
	backups: [{id: 'b1', place: 'safe-a', party: 'chi', epoch: 0, turn: 1, drilled: {turn: 2, result: 'ok'}}],
	policy: {
		version: 2,
		rules: [['small', 'facts.amount <= 50000.0']],
		exceptions: ['outage'],
		conditions: [['outage', 'facts.amount < 5000.0']],
		pending: [{from: 5, words: 'the exception outage is gone'}],
	},
	charts: [
		{
			id: 'key',
			about: 'the life of the key and its ceremonies',
			states: chartStates('protocol'),
			current: ['active', 'active.signing', 'active.signing.stalled'],
		},
		{id: 'refill', about: 'the way of this request', states: chartStates('request'), current: ['open']},
	],
	forecast: ['payroll: approved, unsigned, due next turn.', 'refill stays open.'],
	canTakeBack: false,
};

const questions: FourQuestions = {
	boundary: 'ROUNDS -> POLICY',
	trusted: 'the coordinator, to show the bytes that it sends',
	proof: 'none: a text on a screen which the coordinator draws',
	check: 'rule enough-approvals counts approvals, of any basis; control bind-payload is off: bytes are not compared',
	fooled: 'two partials sign other bytes, and the signature is valid; after release no move here takes it back',
	follows: ['refill has 1 of 2 approvals; policy would still say DENY (1 < 2).', 'On record: t4 ada approves refill, basis display.'],
};

export interface FakePlayer extends Player {
	/** Every line that was submitted, in order. */
	readonly lines: readonly string[];
	/** What happens to the view when a line is submitted; the line is refused when it throws. */
	when(line: string, change: (view: SeatView) => SeatView): void;
	/** Changes the view from outside, as another seat or a bot does. */
	become(view: SeatView): void;
}

/** A player over a view that tests change as they like. */
export function fakePlayer(
	start: SeatView = view,
	debrief = '# Debrief\n\nThe world was **liar**.\n\n## Scores\n\n| station | score |\n|---|---|\n| shares | 50 |\n',
): FakePlayer {
	let current = start;
	const lines: string[] = [];
	const listeners = new Set<() => void>();
	const reactions = new Map<string, (view: SeatView) => SeatView>();
	const tell = () => {
		for (const listener of [...listeners]) listener();
	};
	const run = (line: string): Outcome => {
		lines.push(line);
		const reaction = reactions.get(line);
		if (reaction) {
			try {
				current = reaction(current);
			} catch (error) {
				return {ok: false, message: (error as Error).message};
			}
			tell();
		}
		return {ok: true, said: `done: ${line}`};
	};
	const quietly = (outcome: Outcome): Outcome => (outcome.ok ? {ok: true} : outcome);
	return {
		lines,
		when: (line, change) => void reactions.set(line, change),
		become(next) {
			current = next;
			tell();
		},
		view: () => current,
		submit: run,
		begin: () => quietly(run('(begin)')),
		note: text => run(`(note) ${text}`),
		close: () => quietly(run('(close)')),
		preview: (line): Preview => {
			if (/basis=callback/.test(line)) return {ok: false, message: 'call back first'};
			if (/^sign refill/.test(line)) return {ok: false, message: 'ada and chi have not approved refill'};
			if (/party=ben/.test(line)) return {ok: false, message: 'ben is dark'};
			if (line === 'inspect') return {ok: false, message: 'inspect needs party= or control='};
			return {ok: true, cost: /digest|sign|inspect|freeze|isolate|call-back/.test(line) ? 1 : 0};
		},
		complete: (text): readonly Completion[] =>
			['approve payroll', 'approve refill', 'announce refill', 'inspect party=ada']
				.filter(line => line.startsWith(text))
				.map(line => ({text: line, about: `about ${line}`})),
		questions: line => (line.startsWith('approve') ? questions : null),
		hint: () => ({move: 'inspect party=chi', reason: 'The partial of chi was refused, and nobody has looked at its share.'}),
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		head: () => '10c4aa00bb1122334455667788990011223344556677889900112233445fe7b5',
		savePath: () => 'saves/first-light-a1b2.jsonl',
		transcript: () => '# Transcript\n\nada approves payroll.\n',
		debrief: () => debrief,
	};
}

/** A catalogue with one scenario; `open` gives the player. */
export function fakeCatalogue(
	player: Player = fakePlayer(),
	over: Partial<Catalogue> = {},
	firstGame = false,
): Catalogue & {readonly opened: unknown[]; readonly kept: readonly Settings[]; readonly played: () => boolean} {
	const opened: unknown[] = [];
	const kept: Settings[] = [];
	let hasPlayed = false;
	return {
		opened,
		kept,
		played: () => hasPlayed,
		counts: {scenarios: 1, saves: 0, reports: 1},
		scenarios: async () => [
			{id: 'first-light', title: 'First light', summary: view.scenario.summary, minutes: 10, turns: 6, path: 'scenarios/first-light.yaml'},
		],
		saves: async () => [{path: 'saves/first-light-a1b2.jsonl', title: 'First light', turn: 4, closed: false}],
		reports: async () => [
			{
				id: 'example',
				title: 'First light, an example',
				path: 'saves/examples/example.jsonl',
				text: () => '# Example\n\nA finished report.\n',
			},
		],
		open: async choice => {
			opened.push(choice);
			return player;
		},
		preferences: {
			firstGame,
			settings: {...defaultSettings, animation: 'off'},
			keep: async settings => {
				kept.push(settings);
				return {ok: true};
			},
			markPlayed() {
				hasPlayed = true;
			},
		},
		...over,
	};
}

/** The same table as the attackers see it. */
export const attackers: SeatView = {
	...view,
	side: 'attackers',
	seat: 'attackers',
	exposure: [],
	evidence: [],
	backups: [],
	policy: {version: 1, rules: [], exceptions: ['outage']},
	decisions: [],
	controls: [],
	ceremonies: [],
	charts: view.charts?.map(chart => ({...chart, current: []})),
	loot: {
		shares: [{party: 'ada', index: 1, epoch: 1, turn: 3, how: 'steal-share party=ada', share: 'ab'.repeat(32)}],
		attempts: [
			{
				...failedPartial,
				name: 'reconstruction',
				about: 'attackers',
				equation: '(lam1*s1(epoch 1))*G = PK',
				picture: {kind: 'polynomial', threshold: 2, holders: 3, known: [{index: 1, epoch: 1}]},
			},
		],
		summary: '1 of 2 shares of epoch 1: 1 more makes the key',
		orders: ['drop party=ben'],
		machines: [
			{id: 'ada', wayIn: true, implantSince: 2, link: false},
			{id: 'log', wayIn: true, link: true},
		],
		recorded: [{id: 'm1', turn: 3, what: 'c2: ada to coordinator, partial z1', sealed: false}],
		approvals: [{request: 'payroll', party: 'ada', basis: 'digest', turn: 2}],
		log: [{turn: 3, station: 'shares', text: 'new software on ada', level: 1}],
		inputs: [],
	},
};
