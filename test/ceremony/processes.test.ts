import {type ChildProcess, fork} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {build} from 'esbuild';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {
	keyPublicOf,
	keyShareOf,
	type Packet,
	type SideState,
	signatureOf,
	startCoordinating,
	startKeygen,
	startSigning,
	verifyOutput,
} from '../../source/ceremony/index.js';
import type {Order, Reply} from './party-process.js';
import {HUB, makeTable, runKeygen, runSigning, sharesOf} from './table.js';

const MESSAGE = 'c0ffee';
const folder = mkdtempSync(join(tmpdir(), 'quorum-call-'));
const program = join(folder, 'party.mjs');

beforeAll(async () => {
	symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
	await build({
		entryPoints: ['test/ceremony/party-process.ts'],
		outfile: program,
		bundle: true,
		platform: 'node',
		format: 'esm',
		packages: 'external',
		logLevel: 'error',
	});
});

afterAll(() => rmSync(folder, {recursive: true, force: true}));

async function ask(child: ChildProcess, order: Order): Promise<Reply> {
	const reply = once(child, 'message');
	child.send(order);
	const [answer] = await reply;
	return answer;
}

/** Runs a ceremony whose sides live in processes of their own; the parent knows wires only. Gives the memories at the end, and all wires. */
async function runApart(sides: Readonly<Record<string, SideState>>): Promise<{memories: Record<string, string>; wires: string[]}> {
	const children = new Map(Object.keys(sides).map(id => [id, fork(program, {stdio: ['ignore', 'inherit', 'inherit', 'ipc']})]));
	try {
		const queue: Packet[] = [];
		const wires: string[] = [];
		for (const [id, child] of [...children].sort()) {
			const {kind, memory} = sides[id] as SideState;
			queue.push(...(await ask(child, {kind, memory, seed: `table/${id}`})).send);
		}
		for (let packet = queue.shift(); packet !== undefined; packet = queue.shift()) {
			wires.push(packet.wire);
			queue.push(...(await ask(children.get(packet.to) as ChildProcess, {wire: packet.wire})).send);
		}
		const memories: Record<string, string> = {};
		for (const [id, child] of children) memories[id] = (await ask(child, {reveal: true})).memory ?? '';
		return {memories, wires};
	} finally {
		for (const child of children.values()) child.kill();
	}
}

describe('parties in processes of their own', () => {
	const table = makeTable('ed25519', 2, 3);

	it('make the same key and the same signature, byte for byte, as parties in one process', async () => {
		const session = table.session('keygen-1');
		const keygen = await runApart(
			Object.fromEntries(
				table.parties.map(me => [me, {kind: 'keygen', memory: startKeygen({session, me, identity: table.identity(me)})} as const]),
			),
		);
		const shares = table.parties.map(id => keyShareOf(keygen.memories[id] ?? ''));
		const here = runKeygen(table);
		expect(keygen.wires).toEqual(here.transits.map(({wire}) => wire));
		expect(shares).toEqual(sharesOf(here));

		const [first] = shares;
		if (first === undefined) throw new Error('no share');
		const signing = table.session('sign-1');
		const signers = ['ada', 'chi'];
		const parties = signers.map(me => {
			const keyShare = shares[table.parties.indexOf(me)] ?? first;
			return [me, {kind: 'signing', memory: startSigning({session: signing, me, identity: table.identity(me), keyShare})} as const];
		});
		const hub = startCoordinating({session: signing, identity: table.identity(HUB), key: keyPublicOf(first), signers, message: MESSAGE});
		const signed = await runApart({...Object.fromEntries(parties), [HUB]: {kind: 'coordinating', memory: hub}});
		const signature = signatureOf(signed.memories[HUB] ?? '');
		expect(verifyOutput('ed25519', first.publicKey, MESSAGE, signature)).toBe(true);
		const together = runSigning(table, {shares, signers, message: MESSAGE});
		expect(signature).toBe(signatureOf(together.sides[HUB]?.memory ?? ''));
	});
});
