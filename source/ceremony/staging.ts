/**
 * The end of refresh and reshare: all receivers acknowledge their new shares, the epoch flips, old shares are erased. Deployed resharing has lost keys
 * here (Aumasson and Shlomovits 2020, "forget-and-forgive"): whoever erases too early can be left alone with a share that fits nobody else's.
 *
 * A side flips when it has every acknowledgement, and erases when it has heard of every receiver that it flipped. So if anybody has erased, all
 * receivers hold a new share; if nobody has, all holders hold an old one. A side that has not said that it flipped can drop its new share.
 */

import {type DealingState, ownEcho, ROUND} from './dealing-state.js';
import {say} from './dealing-voice.js';
import {fingerprintOf} from './key-shares.js';
import {abort, blame, blameText, forget, hexField, isOn, kept, made, silent, type Work} from './side.js';
import {listed} from './words.js';

/** The receiver's acknowledgement: its share of the new epoch is staged. */
export function acknowledge(state: DealingState, work: Work): void {
	const {result, session} = state;
	if (result === undefined) return;
	work.learned.push(`its share s${result.index} of epoch ${session.epoch}: staged`);
	say(state, work, ROUND.verdict, {accept: fingerprintOf(result)}, `has its share of epoch ${session.epoch}`);
	if (isOn(state, 'ackBeforeErase')) return;
	flip(state, work);
	erase(state, work);
}

function flip(state: DealingState, work: Work): void {
	if (state.flipped) return;
	state.flipped = true;
	work.learned.push(`epoch ${state.session.epoch} is in force`);
}

function erase(state: DealingState, work: Work): void {
	if (state.held === undefined || !isOn(state, 'eraseOldShares')) return;
	delete state.held;
	work.learned.push(`its share of epoch ${state.key?.epoch} is erased`);
}

/**
 * All receivers speak of one key: the field of their message is the fingerprint that this side computed, or, where it receives nothing, the same
 * for all. Whoever echoed the same commitments and yet speaks of another key is at fault; otherwise nobody can tell whose fault it is.
 */
function agree(state: DealingState, work: Work, round: number, field: string): boolean {
	const said = (id: string) => hexField(kept(state, round, id)?.body ?? {}, field) ?? '';
	const spokesman = state.result === undefined ? (state.receivers[0] ?? '') : state.me;
	const right = said(spokesman);
	const checks = state.receivers
		.filter(id => id !== state.me)
		.map(about => {
			const equation = `H(new commitments of ${about}) = H(new commitments of ${spokesman})`;
			const left = said(about);
			return made(work, {name: 'acknowledgement', about, holds: left === right, equation, left, right});
		});
	const failed = checks.filter(check => !check.holds);
	if (failed.length === 0) return true;
	for (const check of failed) {
		const echo = kept(state, ROUND.echo, check.about);
		if (state.result === undefined || echo?.body.echo !== ownEcho(state)) continue;
		blame(state, check.about, check, [echo.wire, kept(state, round, check.about)?.wire ?? '']);
	}
	abort(state, state.blame.length > 0 ? blameText(state) : `${listed(failed.map(check => check.about))} speak of another key`);
	return false;
}

/** Round 4 is complete and nobody complains: the epoch flips. */
export function hearAcknowledgements(state: DealingState, work: Work): void {
	if (!agree(state, work, ROUND.verdict, 'accept')) return;
	// Nobody can ask any more what was dealt.
	forget(state, ROUND.commitments);
	state.round = ROUND.flips;
	flip(state, work);
	const {result} = state;
	if (result?.share !== undefined)
		say(state, work, ROUND.flips, {flipped: fingerprintOf(result)}, `epoch ${result.epoch} is in force on ${state.me}`);
}

/** Round 7 is complete: everybody who has to sign from now on can, so the old share goes. */
export function hearFlips(state: DealingState, work: Work): void {
	if (!agree(state, work, ROUND.flips, 'flipped')) return;
	erase(state, work);
	state.status = 'done';
}

/** The round's time is over: first ask the others for what is missing, then end with what there is. */
export function closeStaged(state: DealingState, work: Work): void {
	const missing = silent(state, state.round, state.receivers);
	if (state.asked !== state.round && !state.listeners.includes(state.me)) {
		state.asked = state.round;
		say(state, work, ROUND.inquiry, {round: state.round, missing}, `asks for what ${listed(missing)} said in round ${state.round}`);
	} else if (state.round === ROUND.verdict) {
		abort(state, `${listed(missing)} did not acknowledge; epoch ${state.key?.epoch} stays in force`);
	} else {
		state.status = 'done';
		state.reason = `no word from ${listed(missing)} that epoch ${state.session.epoch} is in force there: old shares are kept`;
	}
}
