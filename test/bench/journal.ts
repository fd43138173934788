// What the journal adds to a durable write: append with chain and fsync over a bare append of the same bytes with fsync.
import {closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {FORMAT} from '../../source/journal/chain.js';
import {readJournalFile} from '../../source/journal/file.js';
import {Recorder} from '../../source/journal/recorder.js';
import {verifyJournal} from '../../source/journal/verify.js';
import type {Row} from './row.js';

const APPENDS = 600;
const WARM_UP = 60;

/** Interleaved, medians. A move here is one line of about 700 bytes and two that follow from it, written at once. */
export async function rows(): Promise<Row[]> {
	const folder = mkdtempSync(join(tmpdir(), 'journal-bench-'));
	try {
		const path = join(folder, 'game.jsonl');
		const seed = 'bench';
		const recorder = Recorder.create(path, seed, [
			{audience: 'public', format: FORMAT},
			{audience: 'keeper', seed},
		]);
		const bare = openSync(join(folder, 'bare.jsonl'), 'ax', 0o600);
		const own: number[] = [];
		const floor: number[] = [];
		for (let turn = 0; turn < APPENDS + WARM_UP; turn++) {
			const payloads = move(turn);
			const started = process.hrtime.bigint();
			const {lines} = recorder.append(payloads);
			const between = process.hrtime.bigint();
			writeSync(bare, lines.join(''));
			fsyncSync(bare);
			const ended = process.hrtime.bigint();
			if (turn < WARM_UP) continue;
			own.push(Number(between - started) / 1000);
			floor.push(Number(ended - between) / 1000);
		}
		closeSync(bare);
		recorder.close();
		const bytes = readJournalFile(path);
		const started = process.hrtime.bigint();
		const {ok, entries} = verifyJournal(bytes, {allowUnfinished: true});
		const perLine = Number(process.hrtime.bigint() - started) / 1000 / entries;
		if (!ok) throw new Error('The journal that was measured does not verify.');
		return [
			{
				what: 'journal append with fsync over a bare append with fsync',
				value: `${median(own).toFixed(0)} µs`,
				ratio: median(own) / median(floor),
				budget: 1.5,
				note: `bare ${median(floor).toFixed(0)} µs; three entries a move, medians of ${APPENDS}`,
			},
			{what: 'journal verify without re-execution, a line', value: `${perLine.toFixed(1)} µs`, note: `${entries} lines`},
		];
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}

function move(turn: number): {audience: string; [member: string]: unknown}[] {
	return [
		{audience: 'operators', type: 'move', line: `sign payroll parties=ada,ben turn=${turn}`, note: 'x'.repeat(300)},
		{audience: 'public', type: 'decision', rule: 'enough-approvals', approvals: ['ada', 'ben'], allowed: true, turn},
		{audience: 'ada', type: 'message', round: 1, wire: 'ab'.repeat(300), checks: [{name: 'partial', holds: true, left: '00', right: '00'}]},
	];
}

function median(values: readonly number[]): number {
	return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)]!;
}
