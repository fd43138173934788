// The record: what attackers on the log's machine can make it say, and what anchored heads and the outputs themselves tell of that.
import {describe, expect, test} from 'vitest';
import {Play} from './play.js';

const file = {turns: 8, operators: {points: 9}, attackers: {points: 9}, logging: {policy: 2, rounds: 2, output: 2, transcript: 2}};
const onLog = 'world: way-in at=log';
const anchored = {'anchored-log': 'on'} as const;

/** Payroll is signed in turn 1, in a vault whose log the attackers can reach. */
function signed(controls: Readonly<Record<string, 'on' | 'off'>> = {}, deal = onLog): Play {
	return Play.vault({controls, deal, file}).sign('payroll').endTurn();
}

/** The number of the line with these words, as the attackers read it. */
function lineOf(play: Play, words: string): number {
	const number = play.view('attackers').loot!.log!.findIndex(({text}) => text.includes(words)) + 1;
	if (number === 0) throw new Error(`no line says "${words}"`);
	return number;
}

function trim(play: Play, words: string): Play {
	return play.attackers(`trim-log line=${lineOf(play, words)}`);
}

const transcriptScore = (play: Play) => play.finish().state.end!.scores.find(({station}) => station === 'transcript')!;

describe('trim-log', () => {
	test('a review does not show the line any more', () => {
		const play = signed();
		expect(
			play
				.branch()
				.operators('review')
				.view('operators')
				.evidence.some(({text}) => text.startsWith('allow payroll')),
		).toBe(true);
		trim(play, 'allow payroll').operators('review');
		expect(play.view('operators').evidence.some(({text}) => text.startsWith('allow payroll'))).toBe(false);
	});

	test('what was read stays read: a line that is gone moves no mark', () => {
		const play = signed().operators('review').endTurn();
		const unread = play.state.evidence.slice(play.state.reviewed);
		trim(play, 'allow payroll');
		expect(play.state.evidence.slice(play.state.reviewed)).toEqual(unread);
	});

	test('the transcript scores what the evidence still holds', () => {
		const [whole, cut] = [signed().attackers(), trim(signed(), 'allow payroll')].map(transcriptScore);
		expect(cut!.score).toBeLessThan(whole!.score);
		expect(cut!.because.join(' ')).toContain('5 of');
	});

	test('needs a way into the log, and reads it from there only', () => {
		const play = signed({}, '').attackers();
		expect(play.view('attackers').loot?.log).toEqual([]);
		expect(play.view('attackers').moves.find(({verb}) => verb === 'trim-log')?.choices[0]?.candidates).toEqual([]);
		expect(play.refusal('attackers', 'trim-log line=1')).toContain('no way into the log');
		expect(play.refusal('attackers', 'plant-entry as=odd-mail party=ada')).toContain('no way into the log');
		const there = signed();
		expect(there.refusal('attackers', 'trim-log line=99')).toContain('there is no line 99');
	});

	test('leaves a subtle trace at level 2', () => {
		const play = trim(signed(), 'allow payroll').endTurn().operators('review');
		expect(play.lastTold('operators', 'result')).toContain('the file of the log was written anew');
		expect(play.told('operators', 'signal').join(' ')).not.toContain('log edited');
	});
});

describe('plant-entry', () => {
	test('a review shows the false line like any other, and nothing tells it apart', () => {
		const play = signed().attackers('plant-entry as=new-software party=ben').operators('review');
		expect(play.lastTold('operators', 'result')).toContain('new software was installed on ben');
		expect(JSON.stringify(play.view('operators'))).not.toContain('planted');
	});

	test('is dated and stands among the lines of that turn', () => {
		const play = signed().endTurn().attackers('plant-entry as=large-transfer party=chi turn=1');
		const turns = play.state.evidence.map(({turn}) => turn);
		expect(turns).toEqual([...turns].sort());
		expect(play.state.evidence.findLast(({turn}) => turn === 1)?.text).toBe('a large transfer left chi');
		expect(play.refusal('attackers', 'plant-entry as=odd-mail party=ada turn=3')).toContain('turn 1 to 2');
	});

	test('speaks of a party or of a request, as its kind needs', () => {
		const play = signed();
		expect(play.refusal('attackers', 'plant-entry as=odd-mail request=payroll')).toContain('speaks of a party');
		expect(play.refusal('attackers', 'plant-entry as=decision party=ada')).toContain('speaks of a request');
		expect(play.refusal('attackers', 'plant-entry as=decision party=ada request=payroll')).toContain('speaks of a request');
	});

	test('a false line in the evidence costs the transcript', () => {
		const because = transcriptScore(signed().attackers('plant-entry as=disk-errors party=ada')).because.join(' ');
		expect(because).toContain('the evidence says "the disk of ada reports errors", which never happened (-10)');
	});
});

describe('reconcile', () => {
	test('log and outputs fit where nobody touched them', () => {
		expect(signed().operators('reconcile').lastTold('operators', 'result')).toBe(
			'Log and outputs fit. No head was written down to compare it with.',
		);
	});

	test.each([
		['signed payroll', 'signing'],
		['allow payroll', 'decision'],
		['was released', 'release'],
	])('an output whose line "%s" is gone is without its %s', (words, what) => {
		const play = trim(signed(), words).operators('reconcile');
		expect(play.lastTold('operators', 'result')).toContain(`o1 (payroll) is an output without its ${what} in the log`);
	});

	test.each(['signing', 'decision'])('a planted %s has no output', kind => {
		const play = signed().attackers(`plant-entry as=${kind} request=vendor`).operators('reconcile');
		expect(play.lastTold('operators', 'result')).toContain('there is no output of it');
	});

	test('an output signed with stolen shares stands in no log', () => {
		const play = Play.vault({deal: 'world: way-in at=ada\nworld: way-in at=ben', file})
			.attackers('implant party=ada', 'implant party=ben')
			.endTurn();
		play.attackers('steal-share party=ada', 'steal-share party=ben').endTurn().operators('reconcile');
		expect(play.lastTold('operators', 'result')).toContain('o1 is signed, and the log has no signing, no decision and no release of it');
	});
});

/** Payroll is signed, the operators read the log and write its head down; then the attackers come. */
function attacked(control: 'on' | 'off', attack: (play: Play) => void, documented: 'on' | 'off' = control): Play {
	const deal = documented === control ? onLog : `${onLog}\nworld: drift control=anchored-log turn=3`;
	const play = signed({'anchored-log': documented}, deal)
		.operators('review', ...(documented === 'on' ? ['anchor'] : []))
		.endTurn();
	attack(play);
	return play.operators('reconcile');
}

describe('anchor and reconcile', () => {
	const gone = (play: Play) => void trim(play, 'ben approved payroll');
	const put = (play: Play) => void play.attackers('plant-entry as=new-software party=ben turn=1');

	test('a line among anchored ones gives their head the lie', () => {
		const play = signed(anchored)
			.endTurn()
			.operators('anchor')
			.endTurn()
			.attackers('plant-entry as=odd-mail party=ben turn=1')
			.operators('reconcile');
		expect(play.lastTold('operators', 'result')).toContain('planted: t1 policy: "ben opened a mail from an unknown sender"');
	});

	test.each([
		['on', 'trimmed: line'],
		['off', 'Log and outputs fit.'],
	] as const)('an approval is trimmed, with anchored-log %s: %s', (control, words) => {
		const told = attacked(control, gone).lastTold('operators', 'result');
		expect(told).toContain(words);
		if (control === 'on') expect(told).toContain('which a review read as t1 policy: "ben approved payroll"');
	});

	test.each([
		['on', 'planted: t1 shares: "new software was installed on ben"'],
		['off', 'Log and outputs fit.'],
	] as const)('a trace is planted, with anchored-log %s: %s', (control, words) => {
		expect(attacked(control, put).lastTold('operators', 'result')).toContain(words);
	});

	test('the equation shows both heads, and the log as it was holds them', () => {
		const cut = attacked('on', gone).state.inbox.operators.findLast(({from}) => from === 'reconcile')?.check;
		expect(cut).toMatchObject({name: 'anchoredLog', holds: false});
		expect(cut?.left).not.toBe(cut?.right);
		const whole = attacked('on', () => {}).state.inbox.operators.findLast(({from}) => from === 'reconcile');
		expect(whole?.check).toMatchObject({name: 'anchoredLog', holds: true});
		expect(whole?.text).toContain('Log and outputs fit. It holds all 1 anchored heads.');
	});

	test('a line that was put in after the last head gives no head the lie', () => {
		const late = attacked('on', play => void play.attackers('plant-entry as=new-software party=ben turn=2'));
		expect(late.lastTold('operators', 'result')).toContain('It holds all 1 anchored heads.');
	});

	test('a control that drifted compares no heads, and anchor finds it out', () => {
		const play = attacked('off', gone, 'on');
		expect(play.lastTold('operators', 'result')).toContain('Log and outputs fit.');
		play.operators('anchor');
		expect(play.lastTold('operators', 'result')).toContain('off, though documented as on');
		expect(play.refusal('operators', 'anchor')).toContain('harden anchored-log first');
	});

	test('anchor needs the control, and once a turn is enough', () => {
		expect(signed().refusal('operators', 'anchor')).toContain('harden anchored-log first');
		const play = signed(anchored).operators('anchor');
		expect(play.refusal('operators', 'anchor')).toContain('this turn');
	});

	test('finding a changed line is a detection of whoever is on the log', () => {
		expect(attacked('on', gone).state.detected).toEqual({turn: 3, what: 'reconcile'});
		expect(attacked('on', () => {}).state.detected).toBeUndefined();
	});
});
