/** Checks as people read them: what was compared, whether it held, and what that means here. */
import type {Check} from '../ceremony/api.js';
import type {EquationView} from './view.js';

/** What each check says when it holds and when it does not. */
const meanings: Readonly<Record<string, readonly [holds: string, fails: string]>> = {
	verifyPartials: [
		'The partial is what this share and these nonces must give. It says nothing about the share itself.',
		'This party sent a partial that its share and nonces do not give. A lie, a broken machine and a stale share look the same.',
	],
	feldman: [
		'The dealt value lies on the polynomial that its dealer committed to.',
		'The dealt value is not on the polynomial its dealer committed to.',
	],
	proofOfPossession: ['The dealer knows the number behind its commitment.', 'The dealer can not know the number behind its commitment.'],
	echo: ['All parties received the same commitments.', 'Somebody showed different commitments to different parties.'],
	approval: [
		'The bytes to sign are the bytes that this party approved.',
		'The coordinator asks for a signature on other bytes than this party approved. The party refuses.',
	],
	share: [
		'The stored share is the one that was committed to.',
		'The stored share is not the one that was committed to. It can make no valid partial.',
	],
	digest: ['The device would sign what the coordinator displays.', 'The device would sign other bytes than the coordinator displays.'],
	verification: ['The signed bytes are the displayed ones.', 'The signed bytes are not the displayed ones.'],
	reconstruction: [
		'The captured shares make the key. Whoever holds them can sign anything, and every signature verifies.',
		'The captured shares do not make the key. With fewer than the threshold of one epoch every key is still possible.',
	],
	signature: ['The joint signature verifies under the public key, as anybody can check.', 'The parts do not add up to a valid signature.'],
	subgroup: ['The point has no part outside of the prime-order group.', 'The point has a part outside of the prime-order group.'],
	authentication: ['The envelope is signed by its sender.', 'The envelope is not signed by its sender. It counts as not received.'],
	context: ['The message belongs to this ceremony.', 'The message belongs to another ceremony or list. It counts as not received.'],
};

export function equationView({name, about, equation, left, right, holds}: Check): EquationView {
	const [ifHolds, ifFails] = meanings[name] ?? ['Both sides are equal.', 'The two sides are not equal.'];
	return {name, about, equation, left, right, holds, meaning: holds ? ifHolds : ifFails};
}
