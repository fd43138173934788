// Keys that sign in tests, made anew in each run.
import {generateKeyPairSync, type KeyObject} from 'node:crypto';
import type {Notary} from '../../source/journal/notary.js';

function make(name: string): Notary {
	const {publicKey, privateKey}: {publicKey: KeyObject; privateKey: KeyObject} = generateKeyPairSync('ed25519');
	return {key: privateKey, name, publicKey: publicKey.export({format: 'der', type: 'spki'}).subarray(-32).toString('hex')};
}

const one = make('one');

/** Always the same key, under any name. */
export function notary(name: string): Notary {
	return {...one, name};
}

export const otherNotary = make('another');
