/** `verbs`: every move of a side, how it is written, its price and what it does. */
import {catalogue, usage} from '../engine/catalogue.js';
import type {Verb} from '../engine/verb.js';
import {counted, stopped, wrap} from '../report/plain-text.js';
import {print} from './output.js';

const WIDTH = 79;

const sides = ['operators', 'attackers', 'table'] as const;

function linesOf(verb: Verb): string[] {
	const [least, most] = verb.cost;
	const price = most === 0 ? 'free' : least === most ? counted(least, 'point') : `${least} to ${most} points`;
	return [...wrap(usage(verb), WIDTH, '  ', '      '), ...wrap(stopped(`${price}; ${verb.does}`), WIDTH, '      ')];
}

export function verbs(wanted?: string): number {
	for (const side of sides.filter(each => wanted === undefined || each === wanted)) {
		const own = catalogue.filter(verb => verb.side === side);
		print([`${side}:`, ...own.flatMap(linesOf), ''].join('\n'));
	}
	return 0;
}
