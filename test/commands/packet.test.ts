// `packet` gives players what they may read, and nothing of what is going to happen; the guides have it all.
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import {CommandError} from '../../source/commands/command-error.js';
import {type PacketOptions, packet} from '../../source/commands/packet.js';
import {schedule} from '../../source/report/packet.js';

/** A word for every field that gives something away, each found nowhere else. */
const spoilers = {
	world: 'wombat',
	worldSummary: 'zebra in the cellar',
	dealt: 'nightly-copy party=chi',
	planned: 'swap-payload invoice to=koala',
	condition: 'invoice.amount == 4711.0',
	inject: 'a heron calls twice',
	injectFrom: 'the lighthouse keeper',
	effect: 'maintenance party=ben turns=2',
	question: 'why was the ferry late',
	request: 'invoice',
	requester: 'Quagga and Sons',
	account: 'okapi-77',
	test: 'the axolotl line',
	incident: 'the great ibis theft',
} as const;

const text = `format: 1
title: A drill
summary: Three parties and {ada}.
minutes: 60
turns: 5
incident: ${spoilers.incident}
threshold: 2
parties:
  ada: {domain: office, custodian: Mara, at: a rack, backup: safe-a}
  ben: {domain: cloud}
  chi: {domain: datacentre}
shuffle: [ada, ben]
policy:
  big-needs-digest: facts.amount < 10.0 || approvals.all(a, a.basis != basis.display)
exceptions:
  outage: {when: facts.amount < 5.0, summary: a provider is dark}
controls: {bind-payload: on}
requests:
  invoice: {opens: 2, due: 4, by: ${spoilers.requester}, amount: 100, to: acme}
  payroll: {opens: 1, due: 4, by: people, amount: 100, to: staff}
worlds:
  plain: {}
  ${spoilers.world}:
    summary: There is a ${spoilers.worldSummary}.
    deal: "world: ${spoilers.dealt}"
    playbook:
      - when: ${spoilers.condition}
        do: "attackers: ${spoilers.planned}"
injects:
  - at: 2
    from: ${spoilers.injectFrom}
    text: When {ada} sleeps, ${spoilers.inject}.
    do: "world: ${spoilers.effect}"
    ask: {by: 3, text: "${spoilers.question}?"}
attackers: {account: ${spoilers.account}, goal: Be paid.}
tests:
  - {name: ${spoilers.test}, world: ${spoilers.world}, moves: "turn 2", expect: turn == 2}
`;

let folder = '';
let file = '';
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'packet-'));
	file = join(folder, 'drill.yaml');
	writeFileSync(file, text);
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

function printed(name: string, options: PacketOptions = {}): string {
	const written: string[] = [];
	const out = vi.spyOn(process.stdout, 'write').mockImplementation(chunk => written.push(String(chunk)) > 0);
	const messages = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
	try {
		expect(packet(name, options)).toBe(0);
	} finally {
		out.mockRestore();
		messages.mockRestore();
	}
	return written.join('');
}

const read = (out: string, name: string) => readFileSync(join(out, name), 'utf8');

describe('a packet', () => {
	test('has a card for each seat, and tells players nothing of what is going to happen', () => {
		const out = join(folder, 'a');
		const said = printed(file, {out});
		const files = readdirSync(out).sort();
		expect(files).toEqual(
			[
				'agenda.md',
				'briefing.md',
				'evaluator-guide.md',
				'facilitator-guide.md',
				'feedback-form.md',
				...['ada', 'ben', 'chi', 'attackers', 'commander', 'observer'].map(seat => `seat-${seat}.md`),
			].sort(),
		);
		for (const name of files) expect(said).toContain(name);
		for (const name of files.filter(each => !each.endsWith('-guide.md'))) {
			const page = read(out, name);
			for (const [what, word] of Object.entries(spoilers)) {
				// Their own account is the attackers' to know.
				if (what === 'account' && name === 'seat-attackers.md') expect(page).toContain(word);
				else expect(page, `${what} in ${name}`).not.toContain(word);
			}
		}
	});

	test('the briefing says what a seat sees at the start', () => {
		const page = read(join(folder, 'a'), 'briefing.md');
		for (const known of ['2 of 3 shares', 'Mara', 'a rack', 'safe-a', 'big-needs-digest', 'outage', 'bind payload', 'Who is trusted here?'])
			expect(page).toContain(known);
		// Whose role ada is, the seed decides.
		expect(page).toContain('Three parties and a party.');
		expect(read(join(folder, 'a'), 'seat-ada.md')).toContain('`approve REQUEST party=PARTY basis=BASIS`');
		expect(read(join(folder, 'a'), 'seat-commander.md')).toContain('`sign REQUEST parties=P,P`');
		expect(read(join(folder, 'a'), 'seat-attackers.md')).toContain('`steal-share party=PARTY`');
	});

	test("the facilitator's guide has all of it, the moves explained and what stops them", () => {
		const page = read(join(folder, 'a'), 'facilitator-guide.md');
		for (const [what, word] of Object.entries(spoilers)) if (what !== 'account') expect(page, what).toContain(word);
		expect(page).toContain('Not for players');
		expect(page).toContain('When ada sleeps');
		expect(page).toContain(`quorum-call run ${file}`);
		expect(page).toContain('swap-payload: digest, call-back (pins)');
		expect(read(join(folder, 'a'), 'evaluator-guide.md')).toContain(spoilers.question);
	});

	test('first-light: nothing of its worlds, deals, playbooks and injects is in what players get', () => {
		const pages = printed('first-light', {single: 'players'}).toLowerCase();
		const source = readFileSync('scenarios/first-light.yaml', 'utf8');
		const moves = [...source.matchAll(/(?:world|attackers): ([a-z-]+ [a-z-]*=?[a-z-]+)/g)].map(([, move]) => move!);
		const texts = [...source.matchAll(/(?:summary|text): (?:>-\n\s+)?"?([^\n"{]{20,})/g)].map(([, one]) => one!.toLowerCase()).slice(1);
		expect(moves.length).toBeGreaterThan(30);
		expect(texts.length).toBeGreaterThan(10);
		for (const found of [...moves, ...texts]) expect(pages).not.toContain(found);
		for (const request of ['payroll', 'vendor', 'refund']) expect(pages).not.toContain(request);
		expect(printed('first-light', {single: 'all'}).toLowerCase()).toContain(texts[0]);
	});

	test('times fill the session to the minute, and every turn has some', () => {
		for (const [total, turns] of [
			[15, 6],
			[45, 6],
			[100, 12],
			[61, 7],
		] as const) {
			const slots = schedule(total, turns);
			expect(slots.reduce((sum, {minutes}) => sum + minutes, 0)).toBe(total);
			expect(slots.filter(({what, minutes}) => what.startsWith('Turn ') && minutes >= 1)).toHaveLength(turns);
			for (const [index, slot] of slots.entries())
				expect(slot.from).toBe(slots.slice(0, index).reduce((sum, {minutes}) => sum + minutes, 0));
		}
		expect(printed(file, {single: 'players', minutes: '90'})).toContain('| 1:30 |  | End |');
	});

	test('a roster puts names on the agenda and the cards', () => {
		const roster = join(folder, 'roster.txt');
		writeFileSync(roster, '# who sits where\nAda: Mara Olsen, head of *treasury*\nfacilitator: Idris\n');
		const pages = printed(file, {single: 'players', roster});
		expect(pages).toContain('| ada | Mara Olsen | head of \\*treasury\\* |');
		expect(pages).toContain('Mara Olsen, head of');
	});

	test('what is there is not replaced', () => {
		const out = join(folder, 'b');
		printed(file, {out});
		writeFileSync(join(out, 'briefing.md'), 'my notes');
		expect(() => printed(file, {out})).toThrow(/exists already; nothing was written/);
		expect(read(out, 'briefing.md')).toBe('my notes');
		printed(file, {out, force: true});
		expect(read(out, 'briefing.md')).toContain('# Briefing');
	});

	test.each<[string, PacketOptions, string, RegExp]>([
		['no minutes', {minutes: 'soon'}, '', /--minutes is a whole number from 1 to 1440/],
		['too few minutes', {minutes: '6'}, '', /6 minutes are too few for 5 turns/],
		[
			'a seat that does not exist',
			{},
			'dora: X\nada: Y\nada: Y\nnonsense\n',
			/bad-roster.txt:1:1: error: there is no seat "dora"[\s\S]*:3:1: error: Y has the seat ada already[\s\S]*:4:1: error: expected SEAT/,
		],
	])('refuses %s', (_, options, roster, message) => {
		const path = join(folder, 'bad-roster.txt');
		writeFileSync(path, roster);
		const out = join(folder, 'never');
		expect(() => printed(file, {...options, out, ...(roster === '' ? {} : {roster: path})})).toThrow(CommandError);
		expect(() => printed(file, {...options, out, ...(roster === '' ? {} : {roster: path})})).toThrow(message);
		expect(existsSync(out)).toBe(false);
	});
});
