/** What a move just changed, in a sentence for the person who made it. */

import type {SeatView} from '../../engine/view.js';
import {type Keymap, keyFor} from '../keymap.js';
import {sentence, shortHex} from '../text.js';
import type {Notice} from './screen.js';

/** Compares the view before and after a line of this seat. A new turn speaks for itself. */
export function changeOf(before: SeatView, after: SeatView, line: string, map?: Keymap): Notice | undefined {
	if (before.turn !== after.turn || before.phase !== after.phase) return undefined;
	for (const request of after.requests) {
		const earlier = before.requests.find(({id}) => id === request.id)?.digests.length ?? 0;
		const digest = request.digests.at(-1);
		if (digest && request.digests.length > earlier)
			return digest.matches
				? {
						tone: 'good',
						text: `${digest.party}'s device says that its bytes are the displayed ones: "${digest.says}", ${shortHex(digest.digest)}.`,
					}
				: {
						tone: 'bad',
						text: `${digest.party}'s device says that its bytes DIFFER from the displayed ones: "${digest.says}", ${shortHex(digest.digest)}. The coordinator displays "${request.displayed}".`,
					};
	}
	const told = after.inbox.length > before.inbox.length ? after.inbox.at(-1) : undefined;
	if (told) return {tone: 'info', text: `${told.from}: ${told.text}`};
	const isQueued = after.made.length > before.made.length && after.made.at(-1)?.queued === true;
	const undo = after.canTakeBack ? ` ${keyFor('board', 'take-back', map)} takes it back.` : '';
	return {
		tone: 'good',
		text: `${isQueued ? `Queued: ${line}. It runs when you end the turn, with ${keyFor('board', 'end-turn', map)}.` : sentence(`Done: ${line}`)}${undo}`,
	};
}
