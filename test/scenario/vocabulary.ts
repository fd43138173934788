/** A small catalogue of moves for the scenario tests, so that they need nothing of the engine. */
import type {GameVocabulary, MoveNames, MoveProblem, ParsedMove} from '../../source/scenario/schema.js';

const verbs = {
	operators: ['approve', 'deny', 'sign', 'call-back', 'freeze', 'inspect', 'drill', 'end-turn'],
	attackers: ['phish', 'implant', 'steal-share', 'swap-payload', 'submit', 'drop'],
	world: ['way-in', 'bad-disk', 'drift'],
};

export const vocabulary: GameVocabulary = {
	controls: ['verify-partials', 'bind-payload', 'decision-log', 'timelock'],
	verbs,
	parseMove,
	about: (kind, id) => `The ${kind} ${id}.`,
	priceOf: () => 2,
	always: ['note', 'end-turn'],
	standardControls: [],
	carriedOver: 2,
};

/** Knows the verbs above, `request` objects and the arguments `party`, `parties`, `at` and `turn`. */
function parseMove(line: string, {parties, requests}: MoveNames): {ok: true; move: ParsedMove} | MoveProblem {
	const [, side = '', rest = ''] = /^(\w+):\s*(.*)$/.exec(line) ?? [];
	const known = verbs[side as keyof typeof verbs];
	const [verb = '', ...words] = rest.split(/\s+/);
	if (!known.includes(verb))
		return {ok: false, message: `${side} have no verb "${verb}"`, column: line.indexOf(rest) + 1, expected: known.join(', ')};
	for (const word of words) {
		const [name = '', value] = word.split('=');
		const column = line.indexOf(word) + 1;
		if (value === undefined && !requests.includes(name)) return {ok: false, message: `there is no request "${name}"`, column};
		if (['party', 'parties', 'at'].includes(name)) {
			const wrong = value?.split(',').find(id => !parties.includes(id) && id !== 'coordinator');
			if (wrong !== undefined) return {ok: false, message: `there is no party "${wrong}"`, column: column + word.indexOf(wrong)};
		}
	}
	const pairs = words.map(word => word.split('=')).filter((pair): pair is [string, string] => pair.length === 2);
	const object = words.find(word => !word.includes('='));
	return {ok: true, move: {side, verb, args: Object.fromEntries(pairs), ...(object === undefined ? {} : {object})}};
}
