/**
 * The fields of the transcript's JSON Lines. They are a promise to programs that read them: a field keeps its name and meaning as long as
 * `transcript` keeps its number; new fields may be added. Every line is one JSON document and holds `transcript`. Line 1 is about the whole.
 */
import type {Transcript, TranscriptRecord} from './transcript.js';

/** Of the form, in every line as `transcript`. */
export const TRANSCRIPT_VERSION = 1;

export const headFields: Readonly<Record<Exclude<keyof Transcript, 'records'>, string>> = {
	scenario: 'id and title',
	seat: 'whose transcript: facilitator, operators, attackers or public',
	head: "hash of the journal's last line, hex",
	suite: 'group and signature scheme of the key',
	threshold: 'how many shares sign',
	publicKey: 'hex; empty before the key is made',
	lines: 'lines of the journal after the two that open it',
	withheld: 'how many of them this seat does not read',
	seedWas: 'drawn (256 random bits) or typed; null where it is not known',
	signedBy: 'the notary: publicKey, fingerprint, name as it calls itself, known (its name here, or null); null without a signature',
	irregularities: 'kind (seed, world, branch, takeback, hint, facilitator), line, turn, what',
};

export const recordFields: Readonly<Record<keyof TranscriptRecord, string>> = {
	line: 'line of the journal, counted from 1',
	turn: 'turn, 0 before the first',
	at: 'clock time of the move it followed from (RFC 3339), where the game had a clock',
	audience: 'who may read the line: public, operators, attackers or keeper',
	type: 'kind of event',
	place: 'station (SHARES) or boundary (POLICY -> OUTPUT; ~> is a short cut past a station)',
	authority: 'whether authority crossed a boundary here',
	takenBack: 'whether a takeback undid it',
	after: 'the move it followed from: line, side, seat, move',
	isBookkeeping: 'whether only a state machine or a counter moved',
	what: 'one sentence or phrase',
	asked: 'the business requester',
	request: 'request id',
	facts: 'pairs of name and value: what the decision saw, or what a log line keeps',
	rule: 'rule that decided',
	policyVersion: 'version of the policy that decided or was in force',
	verdict: 'allow or deny',
	reason: 'why',
	epoch: 'generation of the shares',
	signers: 'parties that sign',
	payloadHash: 'SHA-256 of the bytes that are signed, hex',
	approvals: 'party, basis, turn, binds (the hash that it binds; display binds none)',
	output: 'id, message, signature, publicKey (hex), state',
	equations: 'what was computed: name, both sides, verdict',
	evidence: 'of what a station saw: kind, and kept (whether the log kept it at the level of then)',
	answers: 'the four questions: trusted, proof, check, fooled',
};
