/** Events of attacks in words and fields: ways in, standing orders, and what was captured and tried. */
import type {EventOf} from '../engine/events.js';
import {orderText} from '../engine/moves/standing.js';
import {equationOf} from './equation.js';
import type {DetailsByType} from './event-details.js';

export const ofAttacks: DetailsByType = {
	foothold: event => ({what: `${event.machine}: ${footholdWords(event)}`}),
	phished: event => ({what: `${event.machine} is phished; the way in opens next turn`}),
	standing: event => ({what: `standing order: ${orderText(event.order)}`}),
	captured(event) {
		const {party, index, epoch, how, share} = event.share;
		return {what: `share ${index} of ${party} leaves (${how})`, epoch, facts: [[`s${index}`, share]]};
	},
	attempted: event => ({
		what: event.attempt.how === undefined ? `captured shares ${event.attempt.indices.join(', ')} are tried` : `tried: ${event.attempt.how}`,
		epoch: event.attempt.epoch,
		equations: [equationOf(event.attempt.check)],
	}),
	bribable: event => ({what: `the custodian of ${event.party} takes money`}),
	bribed: event => ({what: `the custodian of ${event.party} is paid`}),
	'snapshot-taken': event => ({what: `the memory of ${event.party} is copied`}),
	'set-back': event => ({
		what: event.to.seeded ? `${event.party} is seeded anew` : `${event.party} is set back to an earlier copy of its memory`,
	}),
	'generator-stuck': event => ({what: `the generator of ${event.party} gives the same bytes at every draw`}),
	'generator-known': event => ({what: `the attackers know what the generator of ${event.machine} draws`}),
	'copies-kept': event => ({what: `the custodian of ${event.party} copies every share before it is erased`}),
	recorded(event) {
		const {id, ceremony, from, to, carries} = event.recording;
		return {what: `${id} is recorded: ${ceremony}, ${from} to ${to}, ${carries}`};
	},
	'nonces-shown'(event) {
		const {party, ceremony, hiding, binding} = event.shown;
		return {
			what: `${party} shows D, E in ${ceremony}`,
			facts: [
				['D', hiding],
				['E', binding],
			],
		};
	},
	'rogue-key-chosen': event => ({what: `${event.party} means to make a key of its own choosing`, facts: [['x', event.x]]}),
};

function footholdWords({set, cleared}: EventOf<'foothold'>): string {
	if (cleared) return 'implant, way in and link are gone';
	return [
		...(set.wayIn ? ['a way in'] : []),
		...(set.implantSince === undefined ? [] : [`an implant since turn ${set.implantSince}`]),
		...(set.link ? ['a position on its link'] : []),
	].join(', ');
}
