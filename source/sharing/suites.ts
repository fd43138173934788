/** The suites by name. */
import {ed25519Suite} from './ed25519.js';
import {glassSuite} from './glass.js';
import {secp256k1Suite} from './secp256k1.js';
import type {Suite, SuiteName} from './suite.js';

const suites: Readonly<Record<string, Suite>> = {ed25519: ed25519Suite, secp256k1: secp256k1Suite, glass: glassSuite};

/** Throws on a name for which there is no group. */
export function suiteOf(name: SuiteName): Suite {
	const suite = suites[name];
	if (suite === undefined) throw new Error(`no suite is called ${name}: expected one of ${Object.keys(suites).join(', ')}`);
	return suite;
}
