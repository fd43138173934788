/** `debrief SAVE --hotwash`: the questions at the end of a game, asked now; the answers lie beside the save as declared facts. */
import {createInterface} from 'node:readline';
import {RecordedGame} from '../journal/recorded-game.js';
import {questionsOf} from '../report/hot-wash.js';
import {harmless} from '../scenario/diagnostic.js';
import {answerWash, asked, countWashed, startWash, type Wash} from '../terminal/screens/hot-wash-dialogue.js';
import {CommandError} from './command-error.js';
import {declare} from './declared-file.js';
import {tell} from './output.js';
import {trustedSave} from './trusted-save.js';

/** Exit status 0 when something was written down, or nothing was said. Ctrl-C leaves and writes nothing; the end of input ends the hot wash. */
export async function hotWash(save: string): Promise<number> {
	await trustedSave(save, 'Nothing is declared about it.');
	const {game, state, entries, head} = RecordedGame.load(save);
	if (!state.end) throw new CommandError(`${save}: The game goes on. The hot wash comes after it: quorum-call resume ${save}`);
	const {washed} = await ask(startWash(questionsOf({game, state, entries, head})));
	if (countWashed(washed) === 0) {
		tell('Nothing was said, and nothing was written.');
		return 0;
	}
	tell(
		`Written to ${declare(save, head, washed, new Date().toISOString())}: ${countWashed(washed)} entries, declared by ${harmless(washed.by)}.`,
	);
	return 0;
}

async function ask(start: Wash): Promise<Wash> {
	const lines = createInterface({input: process.stdin, output: process.stderr, terminal: process.stdin.isTTY});
	let wash = start;
	let isLeft = false;
	lines.on('SIGINT', () => {
		isLeft = true;
		lines.close();
	});
	const prompt = () => {
		const question = asked(wash);
		if (!question) return false;
		tell(`\n${wash.problem === undefined ? harmless(question.text) : harmless(wash.problem)}`);
		lines.setPrompt(`${question.label} `);
		lines.prompt();
		return true;
	};
	tell('Hot wash. An empty line is no answer and goes on; Ctrl-D ends, Ctrl-C leaves and writes nothing.');
	prompt();
	for await (const line of lines) {
		wash = answerWash(wash, line);
		if (!prompt()) break;
	}
	lines.close();
	if (isLeft) throw new CommandError('\nNothing was written.', 130);
	return wash;
}
