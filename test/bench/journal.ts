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
const WARM_UP = 200;

/**
 * Interleaved, in alternating order, medians. The budget is for one entry of 700 bytes, which is what a bare append writes too; a move of
 * several entries, still one write and one fsync, is listed beside it.
 */
export async function rows(): Promise<Row[]> {
	const folder = mkdtempSync(join(tmpdir(), 'journal-bench-'));
	try {
		const one = measure(folder, 'one', turn => move(turn).slice(-1));
		const three = measure(folder, 'three', move);
		const bytes = readJournalFile(join(folder, 'three.jsonl'));
		const started = process.hrtime.bigint();
		const {ok, entries} = verifyJournal(bytes, {allowUnfinished: true});
		const perLine = Number(process.hrtime.bigint() - started) / 1000 / entries;
		if (!ok) throw new Error('The journal that was measured does not verify.');
		return [
			{...row('journal append with fsync over a bare append with fsync', one), budget: 1.5},
			row('the same for three entries in one append', three),
			{what: 'journal verify without re-execution, a line', value: `${perLine.toFixed(1)} µs`, note: `${entries} lines`},
		];
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}

interface Medians {
	/** Microseconds. */
	readonly own: number;
	readonly bare: number;
}

function row(what: string, {own, bare}: Medians): Row {
	return {what, value: `${own.toFixed(0)} µs`, ratio: own / bare, note: `bare ${bare.toFixed(0)} µs; medians of ${APPENDS}`};
}

function measure(folder: string, name: string, payloads: (turn: number) => ReturnType<typeof move>): Medians {
	const seed = 'bench';
	const opening = [
		{audience: 'public', format: FORMAT},
		{audience: 'keeper', seed},
	];
	const recorder = Recorder.create(join(folder, `${name}.jsonl`), seed, opening);
	const descriptor = openSync(join(folder, `${name}.bare`), 'ax', 0o600);
	const own: number[] = [];
	const bare: number[] = [];
	let text = 'x'.repeat(1000);
	const appendOwn = (turn: number) => {
		text = recorder.append(payloads(turn)).lines.join('');
	};
	const appendBare = () => {
		writeSync(descriptor, text);
		fsyncSync(descriptor);
	};
	for (let turn = 0; turn < APPENDS + WARM_UP; turn++) {
		const isFirst = turn % 2 === 0;
		const started = process.hrtime.bigint();
		if (isFirst) appendOwn(turn);
		else appendBare();
		const between = process.hrtime.bigint();
		if (isFirst) appendBare();
		else appendOwn(turn);
		const ended = process.hrtime.bigint();
		if (turn < WARM_UP) continue;
		(isFirst ? own : bare).push(Number(between - started) / 1000);
		(isFirst ? bare : own).push(Number(ended - between) / 1000);
	}
	closeSync(descriptor);
	recorder.close();
	return {own: median(own), bare: median(bare)};
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
