/** Which program this is: its version, and the hash of its bundle where it runs from one. */
import {readFileSync} from 'node:fs';
import program from '../../package.json' with {type: 'json'};

export const {version} = program;

/** SHA-256 that the build wrote beside the bundle; null where the program runs from its sources. */
export function bundleHash(): string | null {
	try {
		const text = readFileSync(new URL('bundle.sha256', import.meta.url), 'utf8').trim();
		return /^[0-9a-f]{64}$/.test(text) ? text : null;
	} catch {
		return null;
	}
}
