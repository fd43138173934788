// Timestamps of RFC 3161, made once by the authority in timestamps/make.sh.
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {readTimestamp} from '../../source/journal/timestamp.js';

const read = (name: string) => readFileSync(`test/journal/timestamps/${name}`);
const pem = (name: string) => read(`${name}.pem`).toString('utf8');
const sha256 = createHash('sha256').update('a head').digest('hex');
const expected = [
	{what: 'another one', sha256: '00'.repeat(32)},
	{what: 'the head of line 7', sha256},
];

test.each([
	['ec', 'CN=Practice Stamps, O=Practice'],
	['rsa', 'CN=Practice RSA Stamps, O=Practice'],
])('%s: when, of what, by whom, and who vouches for that', async (name, authority) => {
	expect(await readTimestamp(read(`${name}.tsr`), expected, pem('root'))).toEqual({
		time: expect.stringMatching(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/),
		covers: 'the head of line 7',
		digest: 'SHA-256',
		hash: sha256,
		policy: '1.2.3.4.1',
		serial: expect.stringMatching(/^[0-9a-f]+$/),
		authority,
		trustedBy: 'CN=Practice Root, O=Practice',
	});
});

test('the token alone, out of its response', async () => {
	const response = read('ec.tsr');
	// SEQUENCE {status SEQUENCE of 3 bytes, token}, with two bytes of length.
	expect(response.subarray(4, 9).toString('hex')).toBe('3003020100');
	const {authority} = await readTimestamp(response.subarray(9), expected, pem('root'));
	expect(authority).toBe('CN=Practice Stamps, O=Practice');
});

test('a text that was hashed by whoever asked', async () => {
	expect((await readTimestamp(read('ec.tsr'), [{what: 'a line', text: 'a head'}], pem('root'))).covers).toBe('a line');
});

test('without trusted certificates nobody vouches for it, and that is said', async () => {
	expect((await readTimestamp(read('ec.tsr'), expected)).trustedBy).toBeNull();
});

test("the authority's own certificate may be the trusted one, also where the token does not bring it", async () => {
	expect((await readTimestamp(read('without-certificate.tsr'), expected, pem('ec'))).trustedBy).toBe('CN=Practice Stamps, O=Practice');
});

describe('is refused', () => {
	test.each([
		['of something else', () => readTimestamp(read('ec.tsr'), [{what: 'x', text: 'b'}], pem('root')), /that is no head of this save/],
		[
			'by a root that is not trusted',
			() => readTimestamp(read('ec.tsr'), expected, pem('other')),
			/^No certificate that you trust vouches/,
		],
		['by another signer of the root', () => readTimestamp(read('ec.tsr'), expected, pem('rsa')), /^No certificate that you trust vouches/],
		['whose signer is nowhere', () => readTimestamp(read('without-certificate.tsr'), expected, pem('root')), /is not in it/],
		['that was not granted', () => readTimestamp(read('refused.tsr'), expected, pem('root')), /The authority refused: status 2/],
		[
			'by a certificate for something else',
			() => readTimestamp(read('mail.tsr'), expected, pem('root')),
			/Practice Mail, O=Practice is not one for timestamps alone/,
		],
		['whose certificate was changed', () => readTimestamp(withOtherCertificate(), expected, pem('root')), /is not in it/],
		['that is none', () => readTimestamp(Buffer.from('hello'), expected), /no timestamp of RFC 3161/],
		['that is empty', () => readTimestamp(Buffer.alloc(0), expected), /no timestamp of RFC 3161/],
		[
			'that goes on after its end',
			() => readTimestamp(Buffer.concat([read('ec.tsr'), Buffer.of(0)]), expected),
			/no timestamp of RFC 3161/,
		],
		['with a file that trusts nothing', () => readTimestamp(read('ec.tsr'), expected, 'no certificate'), /holds none in PEM/],
	])('one %s', async (_name, make, problem) => {
		await expect(make()).rejects.toThrow(problem);
	});

	/** The response with the last byte of the certificate in it changed. */
	function withOtherCertificate(): Buffer {
		const bytes = Buffer.from(read('ec.tsr'));
		const certificate = Buffer.from(pem('ec').replace(/-----[^-]+-----/g, ''), 'base64');
		const end = bytes.indexOf(certificate) + certificate.length - 1;
		bytes[end]! ^= 1;
		return bytes;
	}

	test('with a bit of what was signed, or of the signature, changed', async () => {
		const bytes = read('ec.tsr');
		const stamped = bytes.indexOf(Buffer.from(sha256, 'hex'));
		const signature = bytes.length - 60;
		for (const at of [stamped, stamped + 31, stamped + 36, stamped + 44, signature, bytes.length - 1]) {
			const changed = Buffer.from(bytes);
			changed[at]! ^= 1;
			await expect(
				readTimestamp(
					changed,
					[...expected, {what: 'what was stamped then', sha256: changed.subarray(stamped, stamped + 32).toString('hex')}],
					pem('root'),
				),
				`byte ${at}`,
			).rejects.toThrow();
		}
	});
});
