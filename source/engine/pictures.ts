/** What the picture of a check is drawn from: read off its equation, so that it can't show other points than the equation has. */
import type {Check} from '../ceremony/api.js';
import type {PictureView} from './view.js';

/** The numbers of a vault that a picture needs. `thresholdOf` answers for an epoch. */
export interface Vault {
	readonly holders: number;
	readonly thresholdOf: (epoch: number) => number;
}

/** The picture of a check; undefined for checks that no picture explains. */
export function pictureOf({name, equation}: Pick<Check, 'name' | 'equation'>, {holders, thresholdOf}: Vault): PictureView | undefined {
	if (name === 'reconstruction') {
		const known = [...equation.matchAll(/s(\d+)\(epoch (\d+)\)/g)].map(([, index, epoch]) => ({
			index: Number(index),
			epoch: Number(epoch),
		}));
		if (known.length === 0) return undefined;
		const threshold = Math.max(...known.map(({epoch}) => thresholdOf(epoch)));
		return {kind: 'polynomial', threshold, holders, known};
	}
	const [, equations, unknowns] = /from (\d+) equations? in (d = e and s|d, e and s)/.exec(equation) ?? [];
	if (equations === undefined) return undefined;
	return {kind: 'candidates', equations: Number(equations), unknowns: unknowns === 'd = e and s' ? 2 : 3};
}
