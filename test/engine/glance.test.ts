// A bot reads its view by a cheaper way than a screen: both have to be the same view.
import {expect, test} from 'vitest';
import {seatGlance, seatView} from '../../source/engine/seat-view.js';
import {playRandomly} from './random-play.js';

/** The words in which a view differs from another one, field by field as the whole one lists them. */
function differences(whole: unknown, glance: unknown, at: string): string[] {
	if (typeof whole !== 'object' || whole === null) return Object.is(whole, glance) ? [] : [`${at}: ${String(whole)}, ${String(glance)}`];
	if (Array.isArray(whole) && whole.length !== (glance as unknown[]).length) return [`${at}: another length`];
	return Object.entries(whole).flatMap(([name, value]) => differences(value, (glance as Record<string, unknown>)[name], `${at}.${name}`));
}

test('a glance has every field of the view, with the same value', () => {
	let count = 0;
	const choices = Array.from({length: 40}, (_, index) => index * 7919);
	playRandomly({vault: 'first-light', seed: 'two', world: 'insider', choices}, ({game, state}) => {
		count += 1;
		if (count % 3 !== 0) return;
		for (const seat of ['operators', 'attackers'] as const)
			expect(differences(seatView(game, state, seat), seatGlance(game, state, seat), seat)).toEqual([]);
	});
	expect(count).toBeGreaterThan(20);
});
