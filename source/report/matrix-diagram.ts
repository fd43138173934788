/** The attack x control matrix as a picture: an arrow from each control or move to each attack that it stops or exposes. */
import {cellTitle, matrix} from '../engine/matrix.js';
import type {Diagram, DiagramNode} from './diagram.js';

export function matrixDiagram(): Diagram {
	const by = new Map<string, DiagramNode>();
	const edges = matrix.flatMap((row, index) =>
		row.cells.map(cell => {
			const title = cellTitle(cell);
			const known = by.get(title) ?? {
				id: `by_${by.size + 1}`,
				lines: [`${title} (${cell.is})`],
				shape: cell.is === 'control' ? 'box' : 'round',
			};
			by.set(title, known);
			return {from: known.id, to: `attack_${index + 1}`, label: cell.does, isDashed: cell.does === 'exposes'};
		}),
	);
	const attacks = matrix.map(
		({attack, wins}, index): DiagramNode => ({id: `attack_${index + 1}`, lines: [attack, `wins ${wins}`], shape: 'hexagon'}),
	);
	return {title: 'What stops or exposes each attack', nodes: [...by.values(), ...attacks], groups: [], edges};
}
