/** The texts of a scenario: whatever stands in braces can be filled in. */
import {isMap} from 'yaml';
import {type Checker, MAX_FINDINGS} from './checker.js';
import {didYouMean, oneOf} from './diagnostic.js';
import {knownPlaceholders, placeholdersIn} from './placeholder.js';
import type {Path} from './source.js';

/** Every placeholder of every text. */
export function checkTexts(checker: Checker): void {
	const known = knownPlaceholders(checker.parties, checker.requests);
	const ids = [...checker.parties, ...checker.requests, 'attackers.account'];
	for (const [path, text] of textsOf(checker)) {
		for (const {name, offset} of placeholdersIn(text)) {
			if (known.includes(name) || checker.found.length > MAX_FINDINGS) continue;
			const fitting = known.filter(one => one.startsWith(`${name.split('.')[0]}.`));
			checker.found.push(
				checker.locator.inText(path, text, offset, {
					code: 'placeholder',
					message: `there is nothing to fill {${name}} with`,
					expected: oneOf((fitting.length > 0 ? fitting : ids).map(one => `{${one}}`)),
					hint: didYouMean(name, known),
				}),
			);
		}
	}
}

/** The texts that players read, with their paths. */
function textsOf(checker: Checker): [Path, string][] {
	const {title, summary, incident, attackers, operators, learn, questions, worlds, layers, requests, injects} = checker.scenario;
	const texts: [Path, string | undefined][] = [
		[['title'], title],
		[['summary'], summary],
		[['incident'], incident],
		[['attackers', 'goal'], attackers.goal],
		[['attackers', 'message'], attackers.message],
		[['operators', 'goal'], operators.goal],
		...learn.map((text, index): [Path, string] => [['learn', index], text]),
		...questions.map((text, index): [Path, string] => [['questions', index], text]),
		...Object.entries(worlds).map(([name, world]): [Path, string | undefined] => [['worlds', name, 'summary'], world.summary]),
		...Object.entries(layers ?? {}).map(([layer, text]): [Path, string | undefined] => [['layers', layer], text]),
		...Object.entries(requests).flatMap(([id, request]) =>
			(request.title ?? []).map((text, index): [Path, string] => [checker.entry(['requests', id, 'title'], index), text]),
		),
	];
	injects.forEach(({text, from, ask}, index) => {
		const path = ['injects', index];
		const isByWorld = isMap(checker.locator.node([...path, 'text']));
		for (const [world, one] of Object.entries(text)) texts.push([isByWorld ? [...path, 'text', world] : [...path, 'text'], one]);
		texts.push([[...path, 'from'], from], [[...path, 'ask', 'text'], ask?.text]);
	});
	return texts.filter((entry): entry is [Path, string] => entry[1] !== undefined);
}
