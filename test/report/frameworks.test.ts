import {describe, expect, test} from 'vitest';
import {catalogue} from '../../source/engine/catalogue.js';
import {controlIds} from '../../source/engine/controls.js';
import {matrix} from '../../source/engine/matrix.js';
import {debriefOf} from '../../source/report/debrief.js';
import {
	absenceMapping,
	attackMapping,
	controlMapping,
	exerciseMapping,
	type FrameworkId,
	frameworks,
	frameworksCovered,
	references,
	responseMapping,
} from '../../source/report/frameworks.js';
import {play, stolen, swapped} from './games.js';

const shapes: Readonly<Record<FrameworkId, RegExp>> = {
	aadapt: /^ADT\d{4}(\.\d{3})?$/,
	attack: /^T\d{4}(\.\d{3})?$/,
	csf: /^(GV|ID|PR|DE|RS|RC)\.[A-Z]{2}$/,
	ccss: /^[12]\.0\d$/,
	iso: /^A\.[5-8]\.\d{1,2}$/,
	soc2: /^CC7\.[1-5]$/,
	dora: /^Art\. 25\(\d\)(\([a-e]\))?$/,
};

const mappings = [
	...Object.values(attackMapping),
	...Object.values(controlMapping),
	...Object.values(responseMapping),
	...Object.values(absenceMapping),
	exerciseMapping,
];

test.each(Object.keys(frameworks) as FrameworkId[])('%s: identifiers have its shape and a title, and each is used', framework => {
	const used = new Set(mappings.flatMap(mapping => mapping[framework] ?? []));
	for (const id of used) expect(Object.keys(references[framework]), id).toContain(id);
	for (const [id, title] of Object.entries(references[framework])) {
		expect(id).toMatch(shapes[framework]);
		expect(title.length).toBeGreaterThan(3);
		expect(used.has(id), id).toBe(true);
	}
});

describe('every part of the matrix has at least one reference', () => {
	const has = (mapping: object | undefined) => Object.values(mapping ?? {}).flat().length > 0;

	test('attacks', () => {
		expect(matrix.filter(({attack}) => !has(attackMapping[attack])).map(({attack}) => attack)).toEqual([]);
		expect(Object.keys(attackMapping).filter(id => !matrix.some(({attack}) => attack === id))).toEqual([]);
	});

	test('controls', () => {
		expect(controlIds.filter(id => !has(controlMapping[id]))).toEqual([]);
		expect(Object.keys(controlMapping).filter(id => !controlIds.includes(id))).toEqual([]);
	});

	test('answers are verbs of the operators', () => {
		const verbs = catalogue.filter(({side}) => side === 'operators').map(({name}) => name);
		expect(Object.keys(responseMapping).filter(verb => !verbs.includes(verb))).toEqual([]);
	});
});

describe('what a game covered', () => {
	const covered = (played: ReturnType<typeof play>) => {
		const found = frameworksCovered(played, debriefOf(played));
		return (framework: FrameworkId, id: string) => found.find(each => each.framework === framework)?.covered.find(each => each.id === id);
	};

	test('a swapped payload: the technique, the control that was off, and the exercise itself', () => {
		const of = covered(play(swapped));
		expect(of('attack', 'T1565.003')?.by).toEqual([{what: 'attack: swap-payload', went: 'made in turn 2'}]);
		expect(of('ccss', '1.05')?.by).toContainEqual({what: 'control: bind payload', went: 'off at the end; named against swap-payload'});
		expect(of('iso', 'A.5.27')?.by[0]?.went).toBe('finished; 1 assumption failed; nobody outside was told');
		expect(of('attack', 'T1552.004')).toBeUndefined();
	});

	test('shares that left: private keys, in the turns of the attack', () => {
		expect(covered(play(stolen, {world: 'insider'}))('attack', 'T1552.004')?.by).toEqual([
			{what: 'attack: steal-share', went: 'made in turns 2, 4'},
		]);
	});
});
