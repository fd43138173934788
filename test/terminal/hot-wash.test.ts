import {describe, expect, test} from 'vitest';
import {answerWash, asked, countWashed, startWash, type Wash} from '../../source/terminal/screens/hot-wash-dialogue.js';

const say = (wash: Wash, ...lines: string[]): Wash => lines.reduce(answerWash, wash);

describe('the hot wash as a dialogue', () => {
	test('asks who answers, the questions, strengths, gaps and commitments, and then nothing', () => {
		const wash = say(
			startWash(['Who may freeze?', 'Who noticed?']),
			'Mara',
			'the commander',
			'',
			'we called back',
			'',
			'nobody read the digest',
			'nobody wrote the head down',
			'',
			'a payload changes',
			'read it on two devices',
			'',
			'2026-12-01',
			'signing is frozen',
			'list what is due',
			'Idris',
			'',
			'',
		);
		expect(asked(wash)).toBeNull();
		expect(wash.washed).toEqual({
			by: 'Mara',
			answers: [{question: 'Who may freeze?', answer: 'the commander'}],
			strengths: ['we called back'],
			gaps: ['nobody read the digest', 'nobody wrote the head down'],
			commitments: [
				{when: 'a payload changes', will: 'read it on two devices', by: 'Mara', due: '2026-12-01'},
				{when: 'signing is frozen', will: 'list what is due', by: 'Idris'},
			],
		});
	});

	test('empty lines all the way say nothing', () => {
		const wash = say(startWash(['Who may freeze?']), '', '', '', '', '');
		expect(asked(wash)).toBeNull();
		expect(countWashed(wash.washed)).toBe(0);
	});

	test('a day that is none and a line that is too long are told, and the question stays', () => {
		const due = say(startWash([]), '', '', '', 'X', 'Y', '', '2026-02-30');
		expect(due.problem).toContain('"2026-02-30" is no day');
		expect(asked(due)?.label).toBe('Due:');
		expect(say(due, '2026-02-28').washed.commitments).toHaveLength(1);
		const long = say(startWash([]), 'x'.repeat(501));
		expect(long.problem).toContain('501 characters');
		expect(asked(long)?.label).toBe('By:');
	});
});
