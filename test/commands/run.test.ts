// `run` and the game without a terminal, as whoever scripts them sees them.
import {createPublicKey, verify as verifySignature} from 'node:crypto';
import {once} from 'node:events';
import {existsSync, mkdirSync, readdirSync, readFileSync, watch, writeFileSync} from 'node:fs';
import {beforeAll, describe, expect, test} from 'vitest';
import {RecordedGame} from '../../source/journal/recorded-game.js';
import {type Ended, place} from './program.js';

const here = place();

interface Result {
	outcome: string;
	reason: string;
	turns: number;
	scores: Record<string, number>;
	head: string;
	save: string;
	outputs: {request: string; authorised: boolean; suite: string; publicKey: string; message: string; signature: string}[];
}

async function run(...words: string[]): Promise<Result> {
	const {status, stdout, stderr} = await here.run(['run', 'first-light', '--json', ...words]);
	expect({status, stderr}).toEqual({status: 0, stderr: ''});
	return JSON.parse(stdout) as Result;
}

describe('run --json', () => {
	let result: Result;
	beforeAll(async () => {
		result = await run('--seed', 'demo', '--save', 'first.jsonl');
	});

	test('answers with the outcome, the scores, the head, the save and the outputs', () => {
		expect(Object.keys(result)).toEqual(['outcome', 'reason', 'turns', 'scores', 'head', 'save', 'outputs']);
		expect(['operators', 'attackers', 'neither']).toContain(result.outcome);
		expect(Object.keys(result.scores)).toEqual(['shares', 'rounds', 'policy', 'output', 'transcript']);
		expect(result).toMatchObject({turns: 6, save: 'first.jsonl', head: expect.stringMatching(/^[0-9a-f]{64}$/)});
		expect(result.outputs.length).toBeGreaterThan(0);
	});

	test('gives outputs that verify from public key, message and signature alone', () => {
		for (const {publicKey, message, signature, suite} of result.outputs) {
			expect(suite).toBe('ed25519');
			const key = createPublicKey({
				key: {kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey, 'hex').toString('base64url')},
				format: 'jwk',
			});
			expect(verifySignature(null, Buffer.from(message, 'hex'), key, Buffer.from(signature, 'hex'))).toBe(true);
		}
	});

	test('gives the same head for the same seed, and another for another', async () => {
		const again = await run('--seed', 'demo', '--save', 'again.jsonl');
		expect({...again, save: ''}).toEqual({...result, save: ''});
		expect(readFileSync(here.path('again.jsonl')).equals(readFileSync(here.path('first.jsonl')))).toBe(true);
		const other = await run('--seed', 'demo ', '--save', 'other.jsonl');
		expect(other.head).not.toBe(result.head);
	});

	test('writes a save that verify accepts, under the head it gave', async () => {
		const {status, stdout} = await here.run(['verify', 'first.jsonl', '--json', '--head', result.head.toUpperCase()]);
		expect(status).toBe(0);
		const found = JSON.parse(stdout) as Record<string, unknown>;
		expect(Object.keys(found)).toEqual(['ok', 'entries', 'head', 'closed', 'withheld', 'reexecuted', 'signedBy', 'outputs', 'divergence']);
		expect(found).toMatchObject({
			ok: true,
			closed: true,
			withheld: 0,
			reexecuted: true,
			signedBy: {known: 'this machine'},
			head: result.head,
			divergence: null,
		});
		expect(found.outputs).toEqual({checked: result.outputs.length, valid: result.outputs.length});
	});
});

describe('run with moves', () => {
	const win = `# a first turn by hand
operators: approve payroll party=ada basis=digest
operators: approve payroll party=ben basis=digest   # two devices agree
operators: sign payroll parties=ada,ben
turn 2
operators: note "two of three # are enough"
`;

	test('plays them from a file, bots go on, and the save says so', async () => {
		writeFileSync(here.path('win.moves'), win);
		const {outputs, save} = await run(
			'--seed',
			'demo',
			'--world',
			'liar',
			'--moves',
			'win.moves',
			'--operators',
			'idle',
			'--save',
			'moves.jsonl',
		);
		expect(outputs.map(({request, authorised}) => ({request, authorised}))).toEqual([{request: 'payroll', authorised: true}]);
		const game = RecordedGame.load(here.path(save));
		expect(game.opened.roster.map(({player}) => player)).toEqual(['script, then bot idle', 'bot playbook']);
		expect(game.state.notes).toMatchObject([{turn: 2, text: 'two of three # are enough'}]);
	});

	test('plays them from stdin, both sides by hand', async () => {
		const input =
			'attackers: swap-payload payroll\r\nattackers: end-turn\r\noperators: approve payroll party=ada basis=display\r\n\
operators: approve payroll party=ben basis=display\r\noperators: sign payroll parties=ada,ben\r\nturn 3\r\n';
		const {status, stdout} = await here.run(
			['run', 'first-light', '--world', 'liar', '--seed', 'demo', '--json', '--moves', '-', '--operators', 'idle'],
			{input},
		);
		const {outcome, outputs, save} = JSON.parse(stdout) as Result;
		expect({status, outcome}).toEqual({status: 0, outcome: 'attackers'});
		expect(outputs).toMatchObject([{request: 'payroll', authorised: false}]);
		expect(save).toContain(here.path('state', 'quorum-call', 'saves', 'first-light-'));
	});

	test('in another suite gives outputs of that suite', async () => {
		writeFileSync(here.path('win.moves'), win);
		const {outputs} = await run(
			'--seed',
			'demo',
			'--world',
			'liar',
			'--suite',
			'secp256k1',
			'--moves',
			'win.moves',
			'--operators',
			'idle',
			'--save',
			'taproot.jsonl',
		);
		expect(outputs).toMatchObject([
			{suite: 'secp256k1', publicKey: expect.stringMatching(/^[0-9a-f]{64}$/), signature: expect.stringMatching(/^[0-9a-f]{128}$/)},
		]);
		expect((await here.run(['verify', 'taproot.jsonl'])).status).toBe(0);
	});

	test.each<[string, string, RegExp]>([
		[
			'an unknown verb',
			'operators: end-turn\noperators:  aprove payroll',
			/^bad\.moves:2:13: there is no verb "aprove"\n {2}did you mean "approve"\? quorum-call verbs lists all verbs$/m,
		],
		['an unknown party', 'operators: isolate party=dora', /^bad\.moves:1:20: "dora" is no party here\n {2}expected one of ada, ben, chi/],
		['a misspelt side', 'operatrs: end-turn', /^bad\.moves:1:1: expected a side before the move\n {2}did you mean "operators"\?$/m],
		['a missing side', '\n  end-turn', /^bad\.moves:2:3: expected a side before the move/],
		[
			'the other side',
			'attackers: approve payroll party=ada basis=digest',
			/^bad\.moves:1:12: "approve" is a verb of the operators, not of the attackers/,
		],
		['an open quote', 'operators: note "I think', /^bad\.moves:1:17: a quote is opened and never closed/],
		['the world', 'world: way-in at=ada', /^bad\.moves:1:1: lines of the world belong in a scenario/],
	])('says where %s stands, and starts no game', async (_, moves, message) => {
		writeFileSync(here.path('bad.moves'), moves);
		const {status, stdout, stderr} = await here.run(['run', 'first-light', '--moves', 'bad.moves', '--save', 'never.jsonl']);
		expect({status, stdout}).toEqual({status: 2, stdout: ''});
		expect(stderr).toMatch(message);
		expect(stderr).not.toMatch(/^\s+at /m);
		expect(existsSync(here.path('never.jsonl'))).toBe(false);
	});

	test.each<[string, string, RegExp]>([
		[
			'out of turn',
			'attackers: end-turn\nattackers: end-turn',
			/^bad\.moves:2:12: attackers: end-turn: it is not the attackers' turn to move\n {2}the attackers move before/,
		],
		[
			'that cannot be paid',
			'operators: inspect party=ada depth=full\noperators: inspect party=ben depth=full',
			/^bad\.moves:2:12: .*costs 2, you have 1/,
		],
		['on what is not there', 'operators: hold o9', /^bad\.moves:1:12: .*there is no output "o9"; none was made yet/],
		['after the end', 'turn 5\nturn 4', /^bad\.moves:2:1: turn 4 is over; it is turn 5/],
		['past the end', 'turn 70', /^bad\.moves:1:1: the game ended in turn 6, before turn 70/],
	])('refuses a move %s with its place; what was played before is saved and can be gone on with', async (_, moves, message) => {
		writeFileSync(here.path('bad.moves'), moves);
		const save = `refused-${moves.length}.jsonl`;
		const {status, stdout, stderr} = await here.run(['run', 'first-light', '--world', 'liar', '--moves', 'bad.moves', '--save', save]);
		expect({status, stdout}).toEqual({status: 2, stdout: ''});
		expect(stderr).toMatch(message);
		expect(stderr).toContain(`quorum-call resume ${save}`);
		expect((await here.run(['verify', save, '--unfinished'])).status).toBe(0);
		RecordedGame.resume(here.path(save)).close();
	});
});

describe('run for people', () => {
	test('tells the game turn by turn, then the outcome, the scores, the head and the save', async () => {
		const {status, stdout} = await here.run(['run', 'first-light', '--seed', 'demo', '--save', 'plain.jsonl']);
		expect(status).toBe(0);
		for (const text of ['turn 1 of 6', 'turn 6 of 6', 'approve payroll party=', 'The end', 'SHARES', 'Head:', 'plain.jsonl'])
			expect(stdout).toContain(text);
		expect(Math.max(...stdout.split('\n').map(line => line.length))).toBeLessThanOrEqual(80);
		expect(stdout).toContain(RecordedGame.load(here.path('plain.jsonl')).head);
	});
});

describe('without a terminal', () => {
	const saved = () => readdirSync(here.path('state', 'quorum-call', 'saves')).filter(name => name.endsWith('.jsonl'));

	test('the program plays the demo to its debrief, and stdin that is closed or never ends does not hold it up', async () => {
		const before = existsSync(here.path('state', 'quorum-call', 'saves')) ? saved() : [];
		const endless = here.start([]);
		const [closed, open] = await Promise.all([
			here.shell('$QC <&-'),
			(async (): Promise<Ended> => {
				let stdout = '';
				endless.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
				const [status] = (await once(endless, 'close')) as [number];
				return {status, stdout, stderr: ''};
			})(),
		]);
		for (const {status, stdout} of [closed, open]) {
			expect(status).toBe(0);
			expect(stdout).toContain('turn 1 of 6');
			expect(stdout).toMatch(/^# Debrief: First light$/m);
		}
		const made = saved().filter(name => !before.includes(name));
		expect(made).toHaveLength(2);
		for (const name of made) expect((await here.run(['verify', here.path('state', 'quorum-call', 'saves', name)])).status).toBe(0);
	});

	test('where no save can be written it says so and plays on in memory', async () => {
		writeFileSync(here.path('a-file'), '');
		const {status, stdout, stderr} = await here.run([], {env: {XDG_STATE_HOME: here.path('a-file')}});
		expect(status).toBe(0);
		expect(stderr).toMatch(/a part of this path is a file, not a folder.*The game is played in memory and not saved\.\n$/s);
		expect(stdout).toMatch(/^# Debrief/m);
		expect(stdout).not.toContain('Saved in');
	});
});

describe('signals', () => {
	/** A game of bots, and its save, as soon as that has grown by some writes. */
	async function underWay(name: string): Promise<{child: ReturnType<typeof here.start>; save: string}> {
		mkdirSync(here.path(name));
		const save = here.path(name, 'game.jsonl');
		const watcher = watch(here.path(name));
		let writes = 0;
		const enough = new Promise<void>(resolve => {
			watcher.on('change', (_, file) => {
				if (file === 'game.jsonl' && ++writes === 8) resolve();
			});
		});
		const child = here.start(['run', 'first-light', '--seed', name, '--save', save]);
		child.stdout?.resume();
		await enough;
		watcher.close();
		return {child, save};
	}

	test('SIGKILL in the middle of a turn loses nothing that was played', async () => {
		const {child, save} = await underWay('killed');
		child.kill('SIGKILL');
		await once(child, 'close');
		const size = readFileSync(save).length;
		const game = RecordedGame.resume(save);
		expect(game.isClosed).toBe(false);
		expect(game.state.turn).toBeGreaterThan(0);
		const moves = game.events.filter(({type}) => type === 'move').length;
		expect(moves).toBeGreaterThan(2);
		game.submit({side: 'operators', text: 'note "back again"'});
		game.close();
		expect(readFileSync(save).length).toBeGreaterThan(size - 20_000);
		expect((await here.run(['verify', save, '--unfinished'])).status).toBe(0);
	});

	test('SIGINT leaves with 130, and the save is free and whole', async () => {
		const {child, save} = await underWay('interrupted');
		child.kill('SIGINT');
		const [status] = (await once(child, 'close')) as [number];
		expect(status).toBe(130);
		expect(existsSync(`${save}.lock`)).toBe(false);
		expect((await here.run(['verify', save, '--unfinished'])).status).toBe(0);
	});

	test('a reader that leaves early ends the program quietly', async () => {
		const {stdout, stderr} = await here.shell(
			'set -o pipefail; $QC run first-light --seed pipe --save pipe.jsonl | true; echo "status $?"',
		);
		expect(stdout).toMatch(/^status 0\n$/);
		expect(stderr).toBe('');
		expect(RecordedGame.load(here.path('pipe.jsonl')).isClosed).toBe(true);
	});
});
