/** Named draws: the only chance in the game. The same seed and label give the same bytes, whatever else was drawn before. */
import {hmac, macKeyOf} from './hmac.js';

export interface Draws {
	/** 64 bytes for a label: HMAC-SHA256(seed, label 0x00 counter), twice. */
	bytes(label: string): Uint8Array;
	/** A whole number in 0..below-1; 64 bits are drawn, so the bias is below 2^-50 for the sizes used here. */
	number(label: string, below: number): number;
	pick<T>(label: string, from: readonly T[]): T;
	/** A permutation of the items (Fisher-Yates). */
	shuffle<T>(label: string, items: readonly T[]): T[];
}

/** Draws of a seed: any text, taken as its UTF-8 bytes. */
export function createDraws(seed: string): Draws {
	const key = macKeyOf(Buffer.from(seed, 'utf8'));
	const half = (label: string, counter: number) => hmac(key, `quorum-call/1/draw/${label}\0${counter}`);
	const draws: Draws = {
		bytes: label => Buffer.from(half(label, 0) + half(label, 1), 'hex'),
		number(label, below) {
			if (below === 1) return 0;
			return Number(BigInt(`0x${half(label, 0).slice(0, 16)}`) % BigInt(below));
		},
		pick(label, from) {
			const picked = from[draws.number(label, from.length)];
			if (picked === undefined) throw new Error(`nothing to draw from for ${label}`);
			return picked;
		},
		shuffle(label, items) {
			const left = [...items];
			for (let index = left.length - 1; index > 0; index -= 1) {
				const other = draws.number(`${label}/${index}`, index + 1);
				[left[index], left[other]] = [left[other]!, left[index]!];
			}
			return left;
		},
	};
	return draws;
}
