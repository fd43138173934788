import {describe, expect, it} from 'vitest';
import {load, SAMPLE, SHORT, shown} from './files.js';

/** Where a piece of a text stands. */
function placeOf(text: string, piece: string): {line: number; column: number} {
	const before = text.slice(0, text.indexOf(piece)).split('\n');
	return {line: before.length, column: (before.at(-1) ?? '').length + 1};
}

describe('files that load', () => {
	it('fills in every default of the shortest file', () => {
		const {scenario, diagnostics} = load(SHORT);
		expect(diagnostics.map(({code}) => code)).toEqual(['no-playbook', 'missing-layer']);
		expect(scenario).toMatchObject({
			id: 'late',
			minutes: 30,
			turns: 6,
			suite: 'ed25519',
			threshold: 2,
			keygen: 'parties',
			logging: {shares: 1, rounds: 1, policy: 1, output: 1, transcript: 1},
			worlds: {plain: {weight: 1, deal: '', playbook: []}},
			attackers: {points: 3},
			operators: {points: 3},
			requests: {payroll: {amount: {low: 800, high: 800}, by: ['finance'], to: ['staff'], required: true, legitimate: true}},
		});
	});

	it('loads the sample of the guide without an error or a warning', () => {
		const {scenario, diagnostics} = load(SAMPLE);
		expect(diagnostics.map(({code}) => code)).toEqual(['missing-layer', 'no-playbook']);
		expect(scenario?.controls).toEqual({'bind-payload': 'off', 'decision-log': 'off'});
		expect(scenario?.requests.invoice).toMatchObject({amount: {low: 80_000, high: 90_000}, to: ['acme', 'apex'], required: ['honest']});
		expect(scenario?.injects[0]?.to).toEqual(['operators']);
		expect(scenario?.injects[1]?.text).toMatchObject({default: 'Salaries are late.'});
		expect(scenario?.tests[0]?.seed).toBe('test');
	});

	it('reads files of other systems: carriage returns and a byte order mark', () => {
		const {scenario} = load(`\ufeff${SAMPLE.replaceAll('\n', '\r\n')}`);
		expect(scenario).toEqual(load(SAMPLE).scenario);
	});

	it('finds places in files with carriage returns', () => {
		const text = SAMPLE.replace('party=mara', 'party=mra');
		expect(load(text.replaceAll('\n', '\r\n')).diagnostics.find(({code}) => code === 'move')).toMatchObject({
			...placeOf(text, 'mra'),
			sourceLine: '      operators: approve invoice party=mra',
		});
	});

	it('keeps a warning and still loads', () => {
		const {scenario, diagnostics} = load(`${SHORT}summary: Pay invoice #12 today\n`);
		expect(scenario?.summary).toBe('Pay invoice');
		expect(diagnostics.map(({code, severity}) => `${severity} ${code}`)).toContain('warning cut-at-hash');
	});
});

/** A name, a change to the short file, and exactly what is shown. */
const BROKEN: readonly (readonly [string, string, string])[] = [
	[
		'an unknown key',
		`${SHORT}injects:\n  - at: 2\n    whn: turn > 2\n    text: Hello\n`,
		`late.yaml:11:5: error: unknown key "whn" [unknown-key]
11 |     whn: turn > 2
   |     ^
  expected one of "at", "when", "to", "from", "text", "do", "worlds", "ask"
  did you mean "when"?`,
	],
	[
		'a text for a whole number',
		SHORT.replace('opens: 1', 'opens: two'),
		`late.yaml:8:20: error: expected a whole number, got the text "two" [wrong-type]
8 |   payroll: {opens: two, due: 4, by: finance, amount: 800, to: staff}
  |                    ^`,
	],
	[
		'digits in groups',
		SHORT.replace('800', '48 200'),
		`late.yaml:8:52: error: the text "48 200" does not fit here [wrong-value]
8 |   payroll: {opens: 1, due: 4, by: finance, amount: 48 200, to: staff}
  |                                                    ^
  expected a number such as 48200, or a range such as "500..900"
  write 48200: digits only, without spaces, commas or points between thousands`,
	],
	[
		'a leading zero',
		SHORT.replace('800', '0123'),
		`late.yaml:8:52: error: "0123" would be read as the number 123 [yaml-number]
8 |   payroll: {opens: 1, due: 4, by: finance, amount: 0123, to: staff}
  |                                                    ^
  expected a number in plain digits, such as 48200 or 0.5
  write 123, or put it in quotes if it is a text: "0123"`,
	],
	[
		'an expression that YAML reads as a tag',
		`${SHORT}injects:\n  - when: !frozen && turn > 2  # later\n    text: Hello\n`,
		`late.yaml:10:11: error: "!frozen" is read as a YAML tag, and what it belongs to would be changed [yaml-tag]
10 |   - when: !frozen && turn > 2  # later
   |           ^
  quote this expression: "!frozen && turn > 2"`,
	],
	[
		'an expression cut at a comma',
		`${SHORT}injects:\n  - {at: 2, when: outputs.all(o, o.to != "eve"), text: x}\n`,
		`late.yaml:10:34: error: a comma inside { } ended the value before "o.to != "eve")" [cut-at-comma]
10 |   - {at: 2, when: outputs.all(o, o.to != "eve"), text: x}
   |                                  ^
  put the expression in quotes, or write the mapping in block style, one key a line`,
	],
	[
		'an expression cut at a hash',
		`${SHORT}policy:\n  not-one: facts.to == "a # 1"\n`,
		`late.yaml:10:24: error: a quote is opened and not closed [expression-syntax]
10 |   not-one: facts.to == "a # 1"
   |                        ^
  expected the closing quote
  a # after a space starts a comment; put the whole expression in quotes`,
	],
	[
		'moves as a list',
		`${SHORT}tests:\n  - name: x\n    moves: [operators: sign payroll parties=1,2]\n    expect: turn > 1\n`,
		`late.yaml:11:12: error: expected a text, got a list [wrong-type]
11 |     moves: [operators: sign payroll parties=1,2]
   |            ^
  moves are one block of text: "moves: |", and then a line for each move`,
	],
	[
		'a colon inside a text',
		`${SHORT}summary: Finance says: sign\n`,
		`late.yaml:9:10: error: a colon and a space inside a value start a mapping [yaml-syntax]
9 | summary: Finance says: sign
  |          ^
  put the whole value in quotes: "Finance says: sign"`,
	],
	[
		'a key given twice',
		`${SHORT}title: again\n`,
		`late.yaml:9:1: error: "title" is given twice; the first is on line 2 [duplicate-key]
9 | title: again
  | ^
  keep one of the two, or rename one`,
	],
	[
		'anchors, aliases and merge keys',
		`${SHORT}a: &x 1\nb: *x\n`,
		`late.yaml:9:4: error: "&x" is read as a YAML anchor; anchors are not used here [yaml-anchor]
9 | a: &x 1
  |    ^
  quote the value: "&x 1"
late.yaml:10:4: error: "*x" is read as a YAML alias; aliases are not used here [yaml-alias]
10 | b: *x
   |    ^
  quote the value: "*x"`,
	],
	[
		'a merge key',
		`${SHORT}<<: {turns: 3}\n`,
		`late.yaml:9:1: error: "<<" merges mappings in YAML 1.1; merging is not used here [yaml-merge]
9 | <<: {turns: 3}
  | ^
  write the keys out`,
	],
	[
		'an outcome that a file tries to set',
		`${SHORT}injects:\n  - at: 2\n    text: Oh\n    stolen: [jun]\n`,
		`late.yaml:12:5: error: "stolen" would set what happened, and outcomes are computed [sets-outcome]
12 |     stolen: [jun]
   |     ^
  expected one of "at", "when", "to", "from", "text", "do", "worlds", "ask"
  outcomes are not set; write \`do: |\` and a move, such as "attackers: steal-share party=jun"`,
	],
	[
		'a missing key',
		SHORT.replace('format: 1\n', ''),
		`late.yaml:1:1: error: "format" is missing [missing-key]
1 | title: The late invoice
  | ^
  expected format: 1
  format: the version of this format: 1.`,
	],
	[
		'a switch written as true',
		`${SHORT}controls: {bind-payload: true}\n`,
		`late.yaml:9:26: error: true does not fit here [wrong-choice]
9 | controls: {bind-payload: true}
  |                          ^
  expected one of "on", "off"
  write on`,
	],
	[
		'a misspelt choice',
		`${SHORT}suite: ed2551\n`,
		`late.yaml:9:8: error: the text "ed2551" does not fit here [wrong-choice]
9 | suite: ed2551
  |        ^
  expected one of "ed25519", "secp256k1"
  did you mean "ed25519"?`,
	],
	[
		'a control that does not exist',
		`${SHORT}controls: {bind-paylod: on}\n`,
		`late.yaml:9:12: error: there is no control "bind-paylod" [unknown-control]
9 | controls: {bind-paylod: on}
  |            ^
  expected one of "verify-partials", "bind-payload", "decision-log", "timelock"
  did you mean "bind-payload"?`,
	],
	[
		'more shares than parties',
		`${SHORT}threshold: 4\n`,
		`late.yaml:9:12: error: 4 shares are needed and there are 3 parties [threshold-too-high]
9 | threshold: 4
  |            ^
  expected at most 3
  lower the threshold or add a party`,
	],
	[
		'a deadline before the opening',
		SHORT.replace('opens: 1', 'opens: 5'),
		`late.yaml:8:28: error: due in turn 4, before it opens in turn 5 [due-too-early]
8 |   payroll: {opens: 5, due: 4, by: finance, amount: 800, to: staff}
  |                            ^
  expected at least 5`,
	],
	[
		'a turn that is never played',
		`${SHORT}turns: 3\n`,
		`late.yaml:8:28: error: turn 4 is never played: the last one is turn 3 [turn-never-played]
8 |   payroll: {opens: 1, due: 4, by: finance, amount: 800, to: staff}
  |                            ^
  expected at most 3
  raise turns, or come earlier`,
	],
	[
		'an id that means something else',
		SHORT.replace('payroll', 'turn'),
		`late.yaml:8:3: error: "turn" means something else here and cannot be an id [reserved-id]
8 |   turn: {opens: 1, due: 4, by: finance, amount: 800, to: staff}
  |   ^
  call it turn-1, or by another name`,
	],
	[
		'an id that is no word',
		SHORT.replace('mara', 'Mara Lee'),
		`late.yaml:4:3: error: "Mara Lee" is not an id [bad-key]
4 |   Mara Lee: {domain: bank-a, backup: safe-a}
  |   ^
  expected a lower-case word such as "ada" or "safe-a"
  write mara-lee`,
	],
	[
		'a world as a list',
		`${SHORT}worlds:\n  honest: []\n`,
		`late.yaml:10:11: error: expected a mapping, got a list [wrong-type]
10 |   honest: []
   |           ^
  a world is a mapping: moves of the deal go under \`deal: |\`, and {} says that there are none`,
	],
	[
		'an expression cut by quotes',
		`${SHORT}injects:\n  - when: "mara" in parties\n    text: x\n`,
		`late.yaml:10:18: error: the value was complete before this [yaml-syntax]
10 |   - when: "mara" in parties
   |                  ^
  when a value starts with a quote or a bracket, put the whole of it in (other) quotes, such as when: '"ada" in signers'`,
	],
	[
		'a basis that does not exist',
		`${SHORT}policy:\n  big: approvals.exists(a, a.basis == "calback")\n`,
		`late.yaml:10:39: error: there is no basis "calback" [expression-unknown-word]
10 |   big: approvals.exists(a, a.basis == "calback")
   |                                       ^
  expected one of "display", "digest", "callback"
  did you mean "callback"?`,
	],
	[
		'a number for a text',
		SHORT.replace('title: The late invoice', 'title: 2026'),
		`late.yaml:2:8: error: expected a text, got the number 2026 [wrong-type]
2 | title: 2026
  |        ^
  put it in quotes: "2026"`,
	],
	[
		'a control character behind an escape',
		`${SHORT}summary: "a\\e[31m"\n`,
		`late.yaml:9:10: error: the text holds a control character (U+001B) [not-text]
9 | summary: "a\\e[31m"
  |          ^
  remove the escape from the quoted text`,
	],
	[
		'an objective that is met by doing nothing',
		`${SHORT}objectives:\n  operators:\n    in time: payroll.signed_at <= payroll.due\n`,
		`late.yaml:11:14: warning: "payroll.signed_at" is 0 as long as it has not happened, and then this holds too [expression-unset-turn]
11 |     in time: payroll.signed_at <= payroll.due
   |              ^
  write payroll.signed && payroll.signed_at <= payroll.due`,
	],
	[
		'an inject that never fires',
		`${SHORT}injects:\n  - text: x\n`,
		`late.yaml:10:5: error: the inject never fires: it has neither \`at\` nor \`when\` [at-or-when]
10 |   - text: x
   |     ^
  expected exactly one of the two: at: a turn, or when: an expression`,
	],
];

describe('broken files', () => {
	it.each(BROKEN)('%s', (_name, text, expected) => {
		expect(shown(text)).toBe(expected);
	});

	it('gives no scenario when a finding is an error', () => {
		for (const [, text] of BROKEN) {
			const {scenario, diagnostics} = load(text);
			expect(scenario === undefined).toBe(diagnostics.some(({severity}) => severity === 'error'));
		}
	});

	it('lists all findings of one kind of check in the order of the file', () => {
		const found = load(`${SHORT}injects:\n  - at: 9\n    text: Hello {mra}\n  - when: turn > "2"\n    text: x\n`).diagnostics;
		expect(found.filter(({severity}) => severity === 'error').map(({line, code}) => [line, code])).toEqual([
			[10, 'turn-never-played'],
			[11, 'placeholder'],
			[12, 'expression-type'],
		]);
	});
});

/** The line, column and message of each error in a file. */
function places(text: string): [number, number, string][] {
	return load(text)
		.diagnostics.filter(({severity}) => severity === 'error')
		.map(({line, column, message}) => [line, column, message]);
}

describe('places inside texts', () => {
	it('of moves in a block, after comments and empty lines', () => {
		const text = `${SHORT}tests:
  - name: x
    moves: |   # lines of a moves file
      turn 3

      # a comment
      operators: sign payroll parties=mara,jn   # wrong
      turn 2
      sign payroll
        attackers: fish party=jun
    expect: turn > 1
`;
		expect(places(text)).toEqual([
			[15, 44, 'there is no party "jn"'],
			[16, 12, 'the test cannot play on to turn 2'],
			[17, 7, 'the line does not say whose move it is'],
			[18, 20, 'attackers have no verb "fish"'],
		]);
	});

	it('of moves that stand where others belong', () => {
		const text = `${SHORT}worlds:
  one:
    deal: |
      attackers: implant party=jun
    playbook:
      - do: |-
          attackers: implant party=jun
          operators: freeze
`;
		expect(places(text)).toEqual([
			[12, 7, '"attackers:" does not fit here'],
			[16, 11, '"operators:" does not fit here'],
		]);
	});

	it.each([
		['folded', '>-\n      turn > 2 &&\n\n      payrol.open', 13, 7],
		['literal', '|\n      turn > 2 &&\n        payrol.open', 12, 9],
		['over several plain lines', 'turn > 2 &&\n      payrol.open', 11, 7],
		['in single quotes', "'turn > 2 && ''a'' == ''a'' && payrol.open'", 10, 42],
		['in double quotes with escapes', '"turn > 2 && \\"a\\" == \\"a\\" &&\\tpayrol.open"', 10, 43],
		['in double quotes over lines', '"turn > 2 &&\n      payrol.open"', 11, 7],
	])('of an expression %s', (_style, written, line, column) => {
		expect(places(`${SHORT}injects:\n  - when: ${written}\n    text: x\n`)).toEqual([
			[line, column, 'there is nothing called "payrol" here'],
		]);
	});

	it('of placeholders, in one text and in texts by world', () => {
		const text = `${SHORT}worlds: {one: {}}
injects:
  - at: 1
    text: |
      {payroll} is late,
      says {marra}.
  - at: 2
    text:
      one: Ask {jun.custodian} or {jun.phone}.
      default: x
`;
		expect(places(text)).toEqual([
			[14, 12, 'there is nothing to fill {marra} with'],
			[17, 35, 'there is nothing to fill {jun.phone} with'],
		]);
	});
});

describe('names of worlds', () => {
	it.each(['required', 'legitimate', 'only'])('must exist in %s', key => {
		const text = `${SHORT.replace('to: staff', `to: staff, ${key}: [hones]`)}worlds: {honest: {}}\n`;
		expect(load(text).diagnostics.filter(({severity}) => severity === 'error')).toMatchObject([
			{...placeOf(text, 'hones]'), message: 'there is no world "hones"', hint: 'did you mean "honest"?'},
		]);
	});

	it('must each have a text', () => {
		expect(places(`${SHORT}worlds: {a: {}, b: {}}\ninjects:\n  - at: 1\n    text: {a: x}\n`)).toEqual([[12, 5, 'there is no text for b']]);
	});

	it('in which a required request never opens are pointed out', () => {
		const [warning] = load(`${SHORT.replace('opens: 1', 'opens: 0')}`).diagnostics.filter(({severity}) => severity === 'warning');
		expect(warning?.message).toBe('"payroll" is required but does not open by itself in plain');
	});
});

it('takes an empty playbook for a world that is meant to be quiet', () => {
	const codesOf = (worlds: string) => load(`${SHORT}worlds:\n${worlds}`).diagnostics.map(({code}) => code);
	expect(codesOf('  calm: {}\n  noisy: {deal: "world: bad-disk party=mara"}\n')).toEqual(['missing-layer', 'quiet-world', 'no-playbook']);
	expect(codesOf('  calm: {playbook: []}\n  noisy: {deal: "world: bad-disk party=mara", playbook: []}\n')).toEqual(['missing-layer']);
});
