// The table of properties in the folder's README names tests that are there, with as many cases as it says.
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';

const [, section = ''] = readFileSync('source/ceremony/README.md', 'utf8').split('## Properties and their tests');
const rows = (section.split('\n## ')[0] ?? '')
	.split('\n')
	.filter(line => / \| [\w/-]+: /.test(line))
	.map(line => {
		const [property = '', reference = '', glass = '', others = ''] = line
			.split('|')
			.slice(1)
			.map(cell => cell.trim());
		const [file = '', ...title] = reference.split(': ');
		return {property, file, title: title.join(': '), glass, others};
	});

test('ten properties are listed, each with a test', () => {
	expect(rows.map(({property}) => Number.parseInt(property, 10)).filter(Number.isFinite)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test.each(rows)('$file: $title', ({file, title, glass, others}) => {
	const text = readFileSync(`test/ceremony/${file}.test.ts`, 'utf8');
	expect(text).toContain(title);
	const says = (count: string) => new RegExp(`(glass'?|ed25519'?|numRuns)[:,] ?${count}\\b`);
	for (const count of [glass, others].filter(cell => /^\d+$/.test(cell))) expect(text).toMatch(says(count));
});
