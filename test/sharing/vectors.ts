/** The published FROST vectors, where FROST_VECTORS names their folder. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {hexToBytes} from '@noble/hashes/utils.js';
import type {Draw, Hex, Suite} from '../../source/sharing/suite.js';

export const VECTORS = process.env.FROST_VECTORS;
/** Shown in the name of a test that could not run. */
export const SKIPPED = VECTORS === undefined ? ' (SKIPPED: set FROST_VECTORS to the folder of the published vectors)' : '';
const FOLDERS = {ed25519: 'ed25519', secp256k1: 'secp256k1-tr'} as const;

export function readVectors<T>(suite: keyof typeof FOLDERS, file: string): T {
	return JSON.parse(readFileSync(join(VECTORS ?? '', FOLDERS[suite], file), 'utf8'));
}

/** A draw that makes `scalarFromBytes` give these scalars, by label. */
export function drawing(suite: Suite, scalars: Readonly<Record<string, Hex>>): Draw {
	return label => {
		const text = scalars[label];
		if (text === undefined) throw new Error(`no scalar for ${label}`);
		const digits = (suite.scalars.fromBytes(hexToBytes(text)) - 1n).toString(16).padStart(128, '0');
		return hexToBytes(digits).reverse();
	};
}

export interface SigningVectors {
	readonly inputs: {
		readonly participant_list: readonly number[];
		readonly group_secret_key: Hex;
		readonly verifying_key_key: Hex;
		readonly message: Hex;
		readonly share_polynomial_coefficients: readonly Hex[];
		readonly participant_shares: readonly {readonly identifier: number; readonly participant_share: Hex}[];
	};
	readonly round_one_outputs: {
		readonly outputs: readonly {
			readonly identifier: number;
			readonly hiding_nonce_randomness: Hex;
			readonly binding_nonce_randomness: Hex;
			readonly hiding_nonce: Hex;
			readonly binding_nonce: Hex;
			readonly hiding_nonce_commitment: Hex;
			readonly binding_nonce_commitment: Hex;
			readonly binding_factor: Hex;
		}[];
	};
	readonly round_two_outputs: {readonly outputs: readonly {readonly identifier: number; readonly sig_share: Hex}[]};
	readonly final_output: {readonly sig: Hex};
}

export interface KeygenParty {
	readonly signing_key: Hex;
	readonly coefficient: Hex;
	readonly vss_commitments: readonly Hex[];
	readonly proof_of_knowledge: Hex;
	readonly signing_shares: Readonly<Record<string, Hex>>;
	readonly verifying_share: Hex;
	readonly signing_share: Hex;
}

export interface KeygenVectors {
	readonly inputs: {readonly verifying_key: Hex; readonly '1': KeygenParty; readonly '2': KeygenParty; readonly '3': KeygenParty};
}
