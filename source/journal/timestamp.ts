/**
 * Reads a timestamp (RFC 3161): the word of an authority that it had seen a hash at some time. Loaded where somebody hands in one, and nowhere else.
 *
 * What is checked: that the stamped hash is one of those expected; the signature over the token, with the certificate that the token names (RFC 5035,
 * RFC 5816); that this certificate is for timestamps alone (RFC 3161 section 2.3) and was valid at that time; and, against certificates that somebody
 * trusts, the chain. Not checked: whether a certificate was revoked, and whether the authority's clock was right.
 */
import {createHash, verify, webcrypto, X509Certificate} from 'node:crypto';
import {fromBER, ObjectIdentifier, OctetString, Sequence} from 'asn1js';
import {
	type Attribute,
	Certificate,
	CertificateChainValidationEngine,
	ContentInfo,
	CryptoEngine,
	IssuerAndSerialNumber,
	SignedData,
	type SignerInfo,
	TimeStampResp,
	TSTInfo,
} from 'pkijs';

/** Object identifiers, by what they name. */
const oid = {
	signedData: '1.2.840.113549.1.7.2',
	timestamp: '1.2.840.113549.1.9.16.1.4',
	contentType: '1.2.840.113549.1.9.3',
	messageDigest: '1.2.840.113549.1.9.4',
	signingCertificate: '1.2.840.113549.1.9.16.2.12',
	signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
	timeStamping: '1.3.6.1.5.5.7.3.8',
	extendedKeyUsage: '2.5.29.37',
} as const;

const digests: Readonly<Record<string, 'sha1' | 'sha256' | 'sha384' | 'sha512'>> = {
	'1.3.14.3.2.26': 'sha1',
	'2.16.840.1.101.3.4.2.1': 'sha256',
	'2.16.840.1.101.3.4.2.2': 'sha384',
	'2.16.840.1.101.3.4.2.3': 'sha512',
};

/** Signature algorithms without parameters of their own. */
const signatures: Readonly<Record<string, 'rsa' | 'ec' | 'ed25519'>> = {
	'1.2.840.113549.1.1.1': 'rsa',
	'1.2.840.113549.1.1.11': 'rsa',
	'1.2.840.113549.1.1.12': 'rsa',
	'1.2.840.113549.1.1.13': 'rsa',
	'1.2.840.10045.4.3.2': 'ec',
	'1.2.840.10045.4.3.3': 'ec',
	'1.2.840.10045.4.3.4': 'ec',
	'1.3.101.112': 'ed25519',
};

/** Something that may have been stamped. */
export interface Stampable {
	/** What it is, for people: "the head of line 427". */
	readonly what: string;
	/** Its bytes, or a SHA-256 that was stamped as it is. */
	readonly text?: string;
	readonly sha256?: string;
}

export interface Timestamp {
	/** When the authority had it: RFC 3339, UTC. */
	readonly time: string;
	/** What was stamped, of what was expected. */
	readonly covers: string;
	/** SHA-256 and the like, and the stamped hash in hex. */
	readonly digest: string;
	readonly hash: string;
	/** Under which policy of the authority: an object identifier. */
	readonly policy: string;
	/** Hex. */
	readonly serial: string;
	/** The subject of the certificate that signed. */
	readonly authority: string;
	/** The trusted certificate that its chain ends in; null where none was given, and then anybody can have made this. */
	readonly trustedBy: string | null;
}

/** A timestamp that is not what it should be: one sentence. */
export class TimestampError extends Error {}

const hex = (bytes: ArrayBuffer | ArrayBufferView): string =>
	(bytes instanceof ArrayBuffer ? Buffer.from(bytes) : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).toString('hex');

/**
 * Reads a timestamp and checks it.
 * @param bytes a TimeStampResp or a TimeStampToken, in DER
 * @param expected what it may be of
 * @param trusted certificates in PEM, of the authority or of who vouches for it
 * @throws {TimestampError} at the first thing that does not hold
 */
export async function readTimestamp(bytes: Uint8Array, expected: readonly Stampable[], trusted?: string): Promise<Timestamp> {
	const signed = tokenOf(bytes);
	const content = signed.encapContentInfo.eContent?.getValue();
	if (signed.encapContentInfo.eContentType !== oid.timestamp || content === undefined)
		throw new TimestampError('It is signed data, and no timestamp.');
	const info = parsed(() => TSTInfo.fromBER(content), 'What it signs is no timestamp.');
	const digest = digests[info.messageImprint.hashAlgorithm.algorithmId];
	const hash = hex(info.messageImprint.hashedMessage.valueBlock.valueHexView);
	if (digest === undefined || digest === 'sha1')
		throw new TimestampError('It stamps a hash of another kind than SHA-256, SHA-384 and SHA-512.');
	const covered = expected.find(
		({text, sha256}) =>
			(sha256 === hash && digest === 'sha256') || (text !== undefined && createHash(digest).update(text, 'utf8').digest('hex') === hash),
	);
	if (!covered) throw new TimestampError(`It stamps ${digest.replace('sha', 'SHA-')} ${hash}, and that is no head of this save.`);
	const given = certificatesIn(trusted);
	const within = (signed.certificates ?? []).filter(each => each instanceof Certificate);
	const [signer, ...more] = signed.signerInfos;
	if (!signer || more.length > 0) throw new TimestampError('It has not exactly one signature.');
	const certificate = checkSignature(signer, content, [...within, ...given]);
	const at = info.genTime;
	checkUse(certificate, at);
	return {
		time: at.toISOString(),
		covers: covered.what,
		digest: digest.replace('sha', 'SHA-'),
		hash,
		policy: info.policy,
		serial: hex(info.serialNumber.valueBlock.valueHexView),
		authority: nameOf(certificate),
		trustedBy: trusted === undefined ? null : await chainOf(certificate, {within, given, at}),
	};
}

function parsed<T>(read: () => T, problem: string): T {
	try {
		return read();
	} catch (cause) {
		throw new TimestampError(problem, {cause});
	}
}

/** The signed data of a response that was granted, or of a bare token. */
function tokenOf(bytes: Uint8Array): SignedData {
	const none = 'It is no timestamp of RFC 3161: neither a response nor a token in DER.';
	const {result, offset} = fromBER(bytes);
	if (offset !== bytes.length) throw new TimestampError(none);
	let info: ContentInfo | undefined;
	try {
		const {status, timeStampToken} = new TimeStampResp({schema: result});
		// 0 granted, 1 granted with modifications (RFC 3161 section 2.4.2).
		if (status.status > 1)
			throw new TimestampError(`The authority refused: status ${status.status}. Ask again, and keep the answer that grants it.`);
		info = timeStampToken;
	} catch (error) {
		if (error instanceof TimestampError) throw error;
		info = parsed(() => new ContentInfo({schema: result}), none);
	}
	if (info?.contentType !== oid.signedData) throw new TimestampError(none);
	const {content} = info;
	return parsed(() => new SignedData({schema: content}), none);
}

function certificatesIn(pem: string | undefined): Certificate[] {
	if (pem === undefined) return [];
	const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
	if (blocks.length === 0) throw new TimestampError('The file of trusted certificates holds none in PEM.');
	return blocks.map(block =>
		parsed(() => Certificate.fromBER(new X509Certificate(block).raw), 'A certificate among the trusted ones can not be read.'),
	);
}

/** Checks the signature (RFC 5652 section 5.4) and gives the certificate that made it. */
function checkSignature(signer: SignerInfo, content: ArrayBuffer, certificates: readonly Certificate[]): Certificate {
	const attributes = signer.signedAttrs;
	if (!attributes) throw new TimestampError('Its signature covers no attributes, and a timestamp has to name its certificate.');
	const attribute = (type: string) => attributes.attributes.find(each => each.type === type);
	const digest = digests[signer.digestAlgorithm.algorithmId];
	const kind = signatures[signer.signatureAlgorithm.algorithmId];
	if (digest === undefined || kind === undefined)
		throw new TimestampError('It is signed in a way that this program does not read; check it with: openssl ts -verify');
	if (hex(octets(attribute(oid.messageDigest))) !== createHash(digest).update(Buffer.from(content)).digest('hex'))
		throw new TimestampError('What it says is not what was signed.');
	const certificate = certificates.find(each => isNamed(each, attribute(oid.signingCertificateV2), attribute(oid.signingCertificate)));
	if (!certificate)
		throw new TimestampError(
			'The certificate that signed it is not in it. Ask with a request that wants certificates (-cert), or hand in the certificate of the authority.',
		);
	const {sid} = signer;
	if (
		!(sid instanceof IssuerAndSerialNumber) ||
		!sid.issuer.isEqual(certificate.issuer) ||
		!sid.serialNumber.isEqual(certificate.serialNumber)
	)
		throw new TimestampError('It names one certificate and is signed with another.');
	const {publicKey} = x509(certificate);
	// Signed is the encoding as a set, whatever tag it had in the token.
	const covered = Buffer.from(attributes.encodedValue);
	covered[0] = 0x31;
	const isOfKind = publicKey.asymmetricKeyType === kind;
	const signature = Buffer.from(signer.signature.valueBlock.valueHexView);
	if (!isOfKind || !verify(kind === 'ed25519' ? null : digest, covered, publicKey, signature))
		throw new TimestampError('Its signature does not verify.');
	return certificate;
}

function octets(attribute: Attribute | undefined): Uint8Array {
	const value: unknown = attribute?.values[0];
	return value instanceof OctetString ? value.valueBlock.valueHexView : new Uint8Array();
}

function members(block: unknown): readonly unknown[] {
	return block instanceof Sequence ? block.valueBlock.value : [];
}

/** Whether the token's own attribute names this certificate by its hash. */
function isNamed(certificate: Certificate, v2: Attribute | undefined, v1: Attribute | undefined): boolean {
	// SigningCertificate(V2) ::= SEQUENCE {certs SEQUENCE OF ESSCertID(v2), ...}; the first one is the signer's.
	const [certs] = members((v2 ?? v1)?.values[0]);
	const [first] = members(certs);
	const [one, two] = members(first);
	// The algorithm may be left out: SHA-256 in version 2, SHA-1 in version 1.
	const [algorithm] = members(one);
	const digest = algorithm instanceof ObjectIdentifier ? digests[algorithm.valueBlock.toString()] : v2 ? 'sha256' : 'sha1';
	const hash = [one, two].find(each => each instanceof OctetString);
	return (
		digest !== undefined &&
		hash !== undefined &&
		createHash(digest).update(x509(certificate).raw).digest('hex') === hex(hash.valueBlock.valueHexView)
	);
}

function x509(certificate: Certificate): X509Certificate {
	return new X509Certificate(Buffer.from(certificate.toSchema().toBER()));
}

/** Timestamps and nothing else, marked critical, and valid when it was made. */
function checkUse(certificate: Certificate, at: Date): void {
	const uses = x509(certificate).keyUsage as readonly string[] | undefined;
	const isCritical = certificate.extensions?.some(({extnID, critical}) => extnID === oid.extendedKeyUsage && critical) ?? false;
	if (!isCritical || uses?.length !== 1 || uses[0] !== oid.timeStamping)
		throw new TimestampError(`The certificate of ${nameOf(certificate)} is not one for timestamps alone.`);
	if (at < certificate.notBefore.value || at > certificate.notAfter.value)
		throw new TimestampError(`The certificate of ${nameOf(certificate)} was not valid at ${at.toISOString()}.`);
}

function nameOf(certificate: Certificate): string {
	return x509(certificate).subject.split('\n').toReversed().join(', ');
}

interface Chain {
	readonly within: readonly Certificate[];
	readonly given: readonly Certificate[];
	readonly at: Date;
}

/** The trusted certificate that a chain ends in (RFC 5280 section 6, as far as PKI.js goes; no revocation). */
async function chainOf(certificate: Certificate, {within, given, at}: Chain): Promise<string> {
	const raw = (each: Certificate) => hex(each.toSchema().toBER());
	if (given.some(each => raw(each) === raw(certificate))) return nameOf(certificate);
	const others = within.filter(each => raw(each) !== raw(certificate));
	const engine = new CertificateChainValidationEngine({trustedCerts: [...given], certs: [...others, certificate], checkDate: at});
	const {
		result,
		resultMessage,
		certificatePath = [],
	} = await engine.verify({passedWhenNotRevValues: true}, new CryptoEngine({name: 'node', crypto: webcrypto}));
	if (!result) throw new TimestampError(`No certificate that you trust vouches for ${nameOf(certificate)}: ${resultMessage}`);
	return nameOf(certificatePath.at(-1) ?? certificate);
}
