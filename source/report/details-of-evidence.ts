/** Events of controls, logging and the evidence, in words and fields. */
import type {EventOf} from '../engine/events.js';
import type {DetailsByType} from './event-details.js';
import {counted, short} from './plain-text.js';

export const ofEvidence: DetailsByType = {
	'control-set': event => ({what: `control ${event.id}: ${controlWords(event)}`}),
	'logging-ordered': event => ({what: `logging of ${event.station} is ordered to level ${event.level}`}),
	'logging-set': event => ({
		what: `logging is set: ${Object.entries(event.levels)
			.map(([station, level]) => `${station} ${level}`)
			.join(', ')}`,
	}),
	'authority-moved'(event) {
		const {what, facts} = event.move;
		return {what: `authority moves: ${what}`, facts: facts.map(({name, value}) => [name, value] as const)};
	},
	act(event) {
		const {text, kind, logged, level, facts = []} = event.act;
		return {
			what: `${text} (${kind}; logged at ${logged}, recorded from ${level})`,
			...(facts.length > 0 ? {facts} : {}),
			evidence: {kind, kept: logged >= level},
		};
	},
	'evidence-written': event => ({what: `${counted(event.lines.length, 'line')} of evidence written`}),
	reviewed: event => ({what: `the evidence is reviewed up to entry ${event.count}`}),
	'log-trimmed': event => ({what: `a line is taken out of the log: t${event.line.turn} ${event.line.text}`}),
	'log-planted': event => ({what: `a false line is put into the log: t${event.line.turn} ${event.line.text}`}),
	anchored: event => ({
		what: `the head of the log after ${counted(event.anchor.length, 'line')} is written down: ${short(event.anchor.head)}`,
	}),
};

function controlWords({documented, actual, inspected, from}: EventOf<'control-set'>): string {
	const is = (value: boolean) => (value ? 'on' : 'off');
	return [
		...(documented === undefined ? [] : [`documented as ${is(documented)}`]),
		...(actual === undefined ? [] : [`is ${is(actual)}`]),
		...(inspected === undefined || actual !== undefined ? [] : [`inspected: ${is(inspected)}`]),
		...(from === undefined ? [] : [`on from turn ${from}`]),
	].join(', ');
}
