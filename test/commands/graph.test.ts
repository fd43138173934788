// `graph` prints pictures and the matrix from the code.
import {expect, test, vi} from 'vitest';
import {graph} from '../../source/commands/graph.js';
import {cellName, matrix} from '../../source/engine/matrix.js';

function printed(run: () => number): string {
	const written: string[] = [];
	const spy = vi.spyOn(process.stdout, 'write').mockImplementation(chunk => written.push(String(chunk)) > 0);
	try {
		expect(run()).toBe(0);
	} finally {
		spy.mockRestore();
	}
	return written.join('');
}

test.each(['protocol', 'party', 'request', 'exercise'] as const)('%s is a Mermaid picture', name => {
	const text = printed(() => graph(name));
	expect(text).toMatch(/^stateDiagram-v2\n/);
	expect(printed(() => graph(name, {format: 'md'}))).toBe(`\`\`\`mermaid\n${text.trimEnd()}\n\`\`\`\n`);
	expect(JSON.parse(printed(() => graph(name, {format: 'json'})))).toEqual({machine: name, mermaid: text.trimEnd()});
});

test('attacks is a table with a line for each cell, whose columns are in line', () => {
	const lines = printed(() => graph('attacks'))
		.trimEnd()
		.split('\n');
	const names = matrix.flatMap(row => row.cells.map(cell => cellName(row, cell)));
	expect(lines.slice(2).map(line => line.split('|').at(-2)?.trim())).toEqual(names);
	expect(new Set(lines.map(({length}) => length)).size).toBe(1);
	expect(lines.find(line => line.includes('rogue-key x proof'))).toContain('| stops');
});

test('attacks as JSON names the test of each cell', () => {
	const {attacks} = JSON.parse(printed(() => graph('attacks', {format: 'json'})));
	expect(attacks[0]).toMatchObject({
		attack: 'phish',
		cells: [{by: 'inspect depth=full', does: 'stops', test: 'phish x inspect depth=full'}],
	});
});
