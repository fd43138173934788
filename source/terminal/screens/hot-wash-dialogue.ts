/**
 * The hot wash as a dialogue: the scenario's questions, what went well, what did not, and commitments with owners and dates. Data in, data out: the screen
 * and the command ask the same in the same order. An empty line is no answer, and is kept as none.
 */

export interface Commitment {
	readonly when: string;
	readonly will: string;
	/** Who does it. */
	readonly by: string;
	/** YYYY-MM-DD; absent where none was given. */
	readonly due?: string;
}

/** What a table said. */
export interface Washed {
	/** Who answers. */
	readonly by: string;
	readonly answers: readonly {readonly question: string; readonly answer: string}[];
	readonly strengths: readonly string[];
	readonly gaps: readonly string[];
	readonly commitments: readonly Commitment[];
}

type Stage =
	| {readonly kind: 'by'}
	| {readonly kind: 'question'; readonly index: number}
	| {readonly kind: 'strength'}
	| {readonly kind: 'gap'}
	| {readonly kind: 'when'}
	| {readonly kind: 'will'; readonly when: string}
	| {readonly kind: 'owner'; readonly when: string; readonly will: string}
	| {readonly kind: 'due'; readonly when: string; readonly will: string; readonly by: string}
	| {readonly kind: 'done'};

export interface Wash {
	readonly questions: readonly string[];
	readonly stage: Stage;
	readonly washed: Washed;
	/** Why the last line was not taken. */
	readonly problem?: string;
}

/** The most that one line may hold, and the most of one kind: what is written down has to stay readable. */
const most = {line: 500, text: 4000, items: 50};

export function startWash(questions: readonly string[]): Wash {
	return {questions, stage: {kind: 'by'}, washed: {by: 'the table', answers: [], strengths: [], gaps: [], commitments: []}};
}

/** What is asked now: a sentence, and a short label for the line. Null when there is nothing more to ask. */
export function asked({questions, stage, washed}: Wash): {readonly text: string; readonly label: string} | null {
	switch (stage.kind) {
		case 'by':
			return {text: 'Who answers? A name or a function; nothing: the table.', label: 'By:'};
		case 'question':
			return {text: `Question ${stage.index + 1} of ${questions.length}. ${questions[stage.index]}`, label: 'Answer:'};
		case 'strength':
			return {text: 'What went well, and should stay? One thing a line; nothing goes on.', label: 'Went well:'};
		case 'gap':
			return {
				text: 'What was missing, or did not work? One thing a line; nothing goes on. Name assumptions, not people.',
				label: 'Missing:',
			};
		case 'when':
			return {
				text: `Commitments: "when X, I will Y". When what happens? Nothing ends the hot wash${washed.commitments.length > 0 ? `; ${washed.commitments.length} so far` : ''}.`,
				label: 'When:',
			};
		case 'will':
			return {text: `When ${stage.when}, I will ...`, label: 'I will:'};
		case 'owner':
			return {text: `Who is "I"? Nothing: ${washed.by}.`, label: 'Owner:'};
		case 'due':
			return {text: 'By which day? YYYY-MM-DD, or nothing.', label: 'Due:'};
		default:
			return null;
	}
}

/** How many things were said. */
export function countWashed({answers, strengths, gaps, commitments}: Washed): number {
	return answers.length + strengths.length + gaps.length + commitments.length;
}

/** Takes a line and goes on; where it can't be taken, the stage stays and `problem` says why. */
export function answerWash(wash: Wash, line: string): Wash {
	const text = line.trim();
	const {stage, washed, questions} = wash;
	const limit = stage.kind === 'question' || stage.kind === 'strength' || stage.kind === 'gap' ? most.text : most.line;
	if (text.length > limit) return {...wash, problem: `That is ${text.length} characters; ${limit} fit.`};
	const go = (next: Stage, said: Partial<Washed> = {}): Wash => ({questions, stage: next, washed: {...washed, ...said}});
	const full = (items: readonly unknown[]) => items.length >= most.items;
	switch (stage.kind) {
		case 'by':
			return go(nextQuestion(questions, 0), text === '' ? {} : {by: text});
		case 'question': {
			const answers = [...washed.answers, {question: questions[stage.index]!, answer: text}];
			return go(nextQuestion(questions, stage.index + 1), text === '' ? {} : {answers});
		}
		case 'strength':
			return text === '' || full(washed.strengths) ? go({kind: 'gap'}) : go(stage, {strengths: [...washed.strengths, text]});
		case 'gap':
			return text === '' || full(washed.gaps) ? go({kind: 'when'}) : go(stage, {gaps: [...washed.gaps, text]});
		case 'when':
			return text === '' || full(washed.commitments) ? go({kind: 'done'}) : go({kind: 'will', when: text});
		case 'will':
			return text === '' ? go({kind: 'when'}) : go({kind: 'owner', when: stage.when, will: text});
		case 'owner':
			return go({...stage, kind: 'due', by: text === '' ? washed.by : text});
		case 'due': {
			if (text !== '' && !isDay(text)) return {...wash, problem: `"${text}" is no day; write one such as 2026-12-01, or nothing.`};
			const {when, will, by} = stage;
			return go({kind: 'when'}, {commitments: [...washed.commitments, {when, will, by, ...(text === '' ? {} : {due: text})}]});
		}
		default:
			return wash;
	}
}

function nextQuestion(questions: readonly string[], index: number): Stage {
	return index < questions.length ? {kind: 'question', index} : {kind: 'strength'};
}

function isDay(text: string): boolean {
	const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
	if (!found) return false;
	const [year, month, day] = found.slice(1).map(Number) as [number, number, number];
	const date = new Date(Date.UTC(year, month - 1, day));
	return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
