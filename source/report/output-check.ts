/** How anybody checks a joint output with a stock verifier, from public key, message and signature alone. */
import type {SuiteName} from '../ceremony/api.js';
import {readPayload} from '../engine/moves/approvals.js';
import type {OutputState} from '../engine/state.js';

export interface OutputCheck {
	readonly id: string;
	/** Empty for a signature made from captured shares. */
	readonly request: string;
	readonly turn: number;
	readonly state: OutputState['state'];
	readonly isAuthorised: boolean;
	/** What the signed bytes say. */
	readonly says: string;
	readonly suite: SuiteName;
	/** Hex. */
	readonly publicKey: string;
	readonly message: string;
	readonly signature: string;
	/** Shell commands, one a line; the last of them says whether the signature verifies. */
	readonly commands: readonly string[];
}

/** SubjectPublicKeyInfo of an Ed25519 key up to its 32 bytes (RFC 8410 section 4). */
const ed25519Prefix = '302a300506032b6570032100';

const bytesTo = (hex: string, file: string) => `printf %s ${hex} | xxd -r -p > ${file}`;

/** Commands that check a signature: OpenSSL 3 for Ed25519 (RFC 8032), the noble library for BIP 340. */
export function checkCommands(suite: SuiteName, id: string, publicKey: string, message: string, signature: string): string[] {
	if (suite === 'ed25519')
		return [
			bytesTo(`${ed25519Prefix}${publicKey}`, `${id}.key`),
			bytesTo(message, `${id}.message`),
			bytesTo(signature, `${id}.signature`),
			`openssl pkeyutl -verify -pubin -keyform DER -inkey ${id}.key -rawin -in ${id}.message -sigfile ${id}.signature`,
		];
	if (suite === 'secp256k1')
		return [
			'npm install @noble/curves@2.4.0',
			`node --input-type=module -e "import {schnorr} from '@noble/curves/secp256k1.js'; const bytes = hex => Uint8Array.from(Buffer.from(hex, 'hex')); console.log(schnorr.verify(bytes('${signature}'), bytes('${message}'), bytes('${publicKey}')))"`,
		];
	return [];
}

export function outputCheck(suite: SuiteName, publicKey: string, output: OutputState, isAuthorised: boolean): OutputCheck {
	const {id, request, turn, state, message, signature} = output;
	return {
		id,
		request,
		turn,
		state,
		isAuthorised,
		says: readPayload(message),
		suite,
		publicKey,
		message,
		signature,
		commands: checkCommands(suite, id, publicKey, message, signature),
	};
}
