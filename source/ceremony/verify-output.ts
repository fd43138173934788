/** A joint output is checked by whoever receives it with stock code: node:crypto for Ed25519, noble's BIP 340 for secp256k1. */
import {suiteOf} from '../sharing/suites.js';
import type {Hex, SuiteName} from './api.js';

/** Does the signature verify? Hexadecimal public key, message and signature; malformed text gives false. */
export function verifyOutput(suite: SuiteName, publicKey: Hex, message: Hex, signature: Hex): boolean {
	if (![publicKey, message, signature].every(text => /^([0-9a-f]{2})*$/.test(text))) return false;
	const bytes = (text: Hex) => Uint8Array.from(Buffer.from(text, 'hex'));
	return suiteOf(suite).verify(bytes(publicKey), bytes(message), bytes(signature));
}
