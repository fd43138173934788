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
	anchoredLog: ['The log begins with what was written down.', 'The log is not the one whose head was written down.'],
	differencing: ['The answers combine to the input of one party alone.', 'The answers combine to the input of nobody alone.'],
	minimumCohort: ['The question gives no input away.', 'The question is of too few inputs, or gives one away with earlier answers.'],
	macs: ['What was opened is what was dealt.', 'Somebody opened something else than was dealt. A MAC names nobody.'],
	tombstone: ['The old key has signed that it is retired, and for which key.', 'The old key has not signed its own end. It still counts.'],
	exposure: [
		'Whoever may still have shares of this epoch has too few to make the key.',
		'Enough shares of this epoch may still exist to make the key.',
	],
	regenerate: [
		'What a known generator draws is what was dealt. Whoever knows it knows these numbers.',
		'What is known does not give what was published. Some chance in it is not known.',
	],
	acknowledgement: ['All receivers speak of the same new shares.', 'A receiver speaks of other shares than this one computed.'],
	fingerprintedBackups: [
		'The backup is of the generation of shares in force.',
		'The backup is of another generation of shares. It fits nothing today.',
	],
	seal: ['The backup opens with the key of the backups.', 'The backup does not open. Whatever lies there is of no use.'],
	commitmentLength: [
		'The deal has as many coefficients as the threshold.',
		'The deal has another number of coefficients: it would change the threshold.',
	],
	context: ['The message belongs to this ceremony.', 'The message belongs to another ceremony or list. It counts as not received.'],
};

export function equationView({name, about, equation, left, right, holds}: Check): EquationView {
	const [ifHolds, ifFails] = meanings[name] ?? ['Both sides are equal.', 'The two sides are not equal.'];
	return {name, about, equation, left, right, holds, meaning: holds ? ifHolds : ifFails};
}
