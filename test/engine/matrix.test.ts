// The attack x control matrix: every attackers' verb is in it, and every cell is played with the control (or the move) off and on.
import {describe, expect, test} from 'vitest';
import {catalogue} from '../../source/engine/catalogue.js';
import {controlIds} from '../../source/engine/controls.js';
import {cellName, matrix} from '../../source/engine/matrix.js';
import {cells as gameCells} from './cells.js';
import {ceremonyCells} from './ceremony-cells.js';

const cells: Readonly<Record<string, (isOn: boolean) => boolean>> = {...gameCells, ...ceremonyCells};
const names = matrix.flatMap(row => row.cells.map(cell => cellName(row, cell)));

test("every attackers' verb is a row, and every row that is not of the deal or of the ceremonies is one", () => {
	const free = ['note', 'takeback', 'end-turn'];
	const verbs = catalogue.filter(({side, name}) => side === 'attackers' && !free.includes(name)).map(({name}) => name);
	const rows = matrix.filter(({isDealt, isCeremony}) => !isDealt && !isCeremony).map(({attack}) => attack);
	expect(rows.sort()).toEqual(verbs.sort());
	expect(matrix.filter(row => row.cells.length === 0)).toEqual([]);
});

test('a row of the deal is a line of it, and a row of the ceremonies is made of their checks', () => {
	const lines = catalogue.filter(({side}) => side === 'world').map(({name}) => name);
	expect(matrix.filter(({attack, isDealt}) => isDealt && !lines.includes(attack))).toEqual([]);
	expect(matrix.filter(row => row.isCeremony && (row.isDealt || row.cells.some(({is}) => is !== 'check')))).toEqual([]);
});

test('every cell names a control of the catalogue, a verb of the operators, a check or a number', () => {
	const operators = catalogue.filter(({side}) => side === 'operators').map(({name}) => name);
	const unknown = matrix
		.flatMap(row => row.cells)
		.filter(({by, is}) => (is === 'control' ? !controlIds.includes(by) : is === 'move' && !operators.includes(by.split(' ')[0]!)));
	expect(unknown).toEqual([]);
});

test('every cell is played', () => {
	expect(Object.keys(cells).sort()).toEqual([...names].sort());
});

describe.each(names)('%s', name => {
	test('off: the attack works', () => {
		expect(cells[name]?.(false)).toBe(true);
	});

	test('on: it does not', () => {
		expect(cells[name]?.(true)).toBe(false);
	});
});
