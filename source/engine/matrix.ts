/**
 * Attack x control: for each attackers' verb, what it wins and which controls and moves stop or expose it. Every cell is played with the control (or
 * the move) off and on by the test of its name, in test/engine/matrix.test.ts. No code of the game reads this table: a control is a check at its
 * own place, and an attack does not know of it. Rows that no move leads to are of the ceremonies: their checks are always on in a game.
 */
import {controlTitle} from './controls.js';

export interface Cell {
	/** A control by its id, a move of the operators by its verb and what matters in it, a number that decides, or a check that is always made. */
	readonly by: string;
	readonly is: 'control' | 'move' | 'number' | 'check';
	/** stops: the attackers do not get what they want. exposes: they may, and it is seen whose doing it was. */
	readonly does: 'stops' | 'exposes';
	/** How, in one sentence. */
	readonly how: string;
}

export interface Row {
	/** An attackers' verb; with `isDealt`, a line of the deal that makes the attack possible; with `isCeremony`, what no move of the game does. */
	readonly attack: string;
	readonly isDealt?: true;
	readonly isCeremony?: true;
	/** What it wins where nothing stops it. */
	readonly wins: string;
	readonly cells: readonly Cell[];
}

const control = (by: string, does: Cell['does'], how: string): Cell => ({by, is: 'control', does, how});
const move = (by: string, does: Cell['does'], how: string): Cell => ({by, is: 'move', does, how});
const number = (by: string, how: string): Cell => ({by, is: 'number', does: 'stops', how});
const check = (by: string, how: string): Cell => ({by, is: 'check', does: 'stops', how});

export const matrix: readonly Row[] = [
	{
		attack: 'phish',
		wins: 'a way into a machine',
		cells: [move('inspect depth=full', 'stops', 'the way in is found and closed before anything is put through it')],
	},
	{
		attack: 'implant',
		wins: 'a machine that obeys, and its link',
		cells: [
			move('inspect depth=full', 'stops', 'the implant is found and removed'),
			move('rejoin', 'stops', 'a rebuilt machine has no implant'),
			move('recover at=elsewhere', 'stops', 'the key is whole on one machine, and nobody listens on it'),
		],
	},
	{
		attack: 'steal-share',
		wins: 'the bytes of a share',
		cells: [
			number('fewer than t shares', 'every secret is left, and each as often as the others'),
			move('refresh', 'stops', 'shares of two epochs do not make the key'),
			move('refresh each turn', 'stops', 'who takes a share a turn never has t of one epoch'),
			control('erase-old-shares', 'stops', 'a machine keeps nothing of an epoch that is over'),
			move('isolate', 'stops', 'nothing leaves a machine that is cut off'),
			move('inspect depth=full', 'stops', 'the implant is gone before the turn resolves'),
			move('rejoin', 'stops', 'the implant is gone before the turn resolves'),
		],
	},
	{
		attack: 'bribe',
		wins: 'approvals of what pays the attackers',
		cells: [
			control('distinct-domains', 'stops', 'two approvals of one domain count once'),
			move('reshare', 'stops', 'who holds no share any more approves nothing that counts'),
		],
	},
	{
		attack: 'snapshot',
		wins: "a copy of a machine's memory and generator",
		cells: [move('inspect depth=full', 'stops', 'without the implant the copy can not be put back')],
	},
	{
		attack: 'restore-snapshot',
		wins: 'answers on one nonce pair: three are three equations in d, e and the share',
		cells: [
			control('nonce-guard', 'stops', 'a memory that counts fewer draws than its module draws none'),
			number('fewer than three answers', 'two equations leave a line of candidates for d, e and the share'),
		],
	},
	{
		attack: 'eavesdrop',
		wins: 'messages as they travel: the plain values of a refresh move a stolen share to the new epoch',
		cells: [control('sealed-transport', 'stops', 'private bodies open for their receiver alone')],
	},
	{
		attack: 'steal-backup',
		wins: 'a share of the epoch in which the backup was made',
		cells: [
			move('destroy-backups', 'stops', 'there is nothing to steal'),
			move('refresh', 'stops', 'a backup of an epoch that is over goes with no share of this one'),
		],
	},
	{
		attack: 'poison-backup',
		wins: 'a recovery that fails on the day it is needed',
		cells: [
			move('drill', 'exposes', 'the share in the backup does not fit its commitment'),
			control('fingerprinted-backups', 'stops', 'each share of a generation is checked, and the sound ones make the key'),
		],
	},
	{
		attack: 'drop',
		wins: 'a signing that waits, or shares that were erased too early',
		cells: [
			control('ack-before-erase', 'stops', 'without the word of every receiver nobody erases, and the old epoch signs on'),
			move('retry', 'stops', 'other parties sign with new nonces'),
			move('rejoin', 'stops', 'a rebuilt machine has another link'),
		],
	},
	{
		attack: 'delay',
		wins: 'a signing that waits for a turn',
		cells: [move('retry', 'stops', 'other parties sign with new nonces'), move('rejoin', 'stops', 'a rebuilt machine has another link')],
	},
	{
		attack: 'partition',
		wins: 'two sides of a vault that do not hear of each other: an epoch that some have and some do not',
		cells: [
			control('ack-before-erase', 'stops', 'without the word of every receiver nobody erases, and the old epoch signs on'),
			move('rejoin', 'stops', 'a rebuilt machine has another link'),
		],
	},
	{
		attack: 'tamper',
		wins: 'an honest party that is blamed for what was changed on the line',
		cells: [
			control('authenticated-envelopes', 'stops', 'what its sender has not signed counts as not received'),
			move('rejoin', 'stops', 'a rebuilt machine has another link'),
		],
	},
	{
		attack: 'corrupt-partial',
		wins: 'a signing that fails, and nobody knows why',
		cells: [control('verify-partials', 'exposes', 'the equation of the wrong partial names its sender')],
	},
	{
		attack: 'corrupt-deal',
		wins: 'shares that sign nothing',
		cells: [control('feldman-check', 'stops', 'a value off the committed polynomial names its dealer')],
	},
	{
		attack: 'extra-coefficient',
		wins: 'an epoch in which t shares sign nothing',
		cells: [
			control('commitment-lengths', 'stops', 'a deal that commits to another number of coefficients than the threshold names its dealer'),
		],
	},
	{
		attack: 'equivocate',
		wins: 'shares of two polynomials',
		cells: [control('echo-broadcast', 'stops', 'two signed versions of one message prove who wrote both')],
	},
	{
		attack: 'rogue-key',
		wins: 'a key that one party chose',
		cells: [
			control('proof-of-possession', 'stops', 'who computes its commitments from the others does not know their constant'),
			number('t honest parties', 'the values of t honest receivers can not all fit a polynomial that nobody knows'),
		],
	},
	{
		attack: 'replay-message',
		wins: 'an honest party that is blamed',
		cells: [control('envelope-context', 'stops', 'a message of another ceremony counts as not received')],
	},
	{
		attack: 'submit',
		wins: "a request of the attackers' own among the others",
		cells: [move('call-back', 'stops', 'the requester never asked for it')],
	},
	{
		attack: 'swap-payload',
		wins: 'a signature on other bytes than the displayed ones',
		cells: [
			move('approve basis=digest', 'stops', 'the device hashes what it would sign'),
			move('call-back', 'stops', "the requester's own bytes replace what the coordinator held"),
			control('bind-payload', 'stops', 'the signed bytes are not those that the approvers were shown'),
			control('independent-verification', 'stops', 'a second machine reads the signed bytes before they leave'),
		],
	},
	{
		attack: 'replay-approval',
		wins: 'an approval that nobody gave for this request',
		cells: [
			control('bind-context', 'stops', 'the signed words name another request'),
			control('one-time-approvals', 'stops', 'an approval that was used is known by its hash'),
		],
	},
	{
		attack: 'use-exception',
		wins: 'a request that passes what a rule denies',
		cells: [
			control('no-exceptions', 'stops', 'the policy has no emergency path'),
			move('amend drop-exception', 'stops', 'the next version of the policy is without it'),
		],
	},
	{
		attack: 'query',
		wins: "one party's input, from answers that differ in that party alone",
		cells: [control('minimum-cohort', 'stops', 'no sum of too few inputs is opened, nor one that gives an input away with those before')],
	},
	{
		attack: 'trim-log',
		wins: 'a line that nobody misses',
		cells: [control('anchored-log', 'exposes', 'the lines that are left do not give the head that was written down')],
	},
	{
		attack: 'plant-entry',
		wins: 'a line that everybody believes',
		cells: [control('anchored-log', 'exposes', 'the lines with it do not give the head that was written down')],
	},
	{
		attack: 'weak-generator',
		isDealt: true,
		wins: 'the polynomials of machines that were seeded with little',
		cells: [number('a dealer with chance of its own', 'without the constant of one dealer every key is still possible')],
	},
	{
		attack: 'stuck-generator',
		isDealt: true,
		wins: 'the share, from two answers on one nonce pair with d = e',
		cells: [move('refresh', 'stops', 'a nonce is hashed from chance and share (RFC 9591 section 4.1): with another share it is another')],
	},
	{
		attack: 'stale-backup',
		isDealt: true,
		wins: 'a recovery that fails on the day it is needed',
		cells: [
			move('drill', 'exposes', 'the backup is of another generation of shares'),
			control('fingerprinted-backups', 'stops', 'backups of one generation are put together, and no others'),
		],
	},
	{
		attack: 'keeps-copies',
		isDealt: true,
		wins: 'a quorum of an old epoch, with shares that everybody believes erased',
		cells: [move('rotate', 'stops', 'what the old shares sign, the tombstone of their key denies')],
	},
	{
		attack: 'index-zero',
		isCeremony: true,
		wins: 'the key itself: the share at index 0 is f(0)',
		cells: [check('distinct indexes from 1', 'a session with such a member is refused before anything is dealt')],
	},
	{
		attack: 'index-twice',
		isCeremony: true,
		wins: 'two seats with one share: the theft of one is that of both',
		cells: [check('distinct indexes from 1', 'a session with two members of one index is refused before anything is dealt')],
	},
	{
		attack: 'approval-elsewhere',
		isCeremony: true,
		wins: 'an approval that counts where it was not given',
		cells: [
			check('vault', 'the signed words name the vault'),
			check('epoch', 'the signed words name the epoch of the shares'),
			check('policyVersion', 'the signed words name the version of the policy'),
			check('requestId', 'the signed words name the request'),
			check('payloadHash', 'the signed words hold the hash of the bytes'),
			check('expiry', 'the signed words say until which turn'),
			check('oneTime', 'an approval that was used is known by its hash'),
		],
	},
];

/** The name of a cell, and of the test that plays it: `steal-share x isolate`. */
export function cellName(row: Pick<Row, 'attack'>, cell: Pick<Cell, 'by'>): string {
	return `${row.attack} x ${cell.by}`;
}

/** What a cell is called on screens: controls by their titles. */
export function cellTitle({by, is}: Cell): string {
	return is === 'control' ? controlTitle(by) : by;
}
