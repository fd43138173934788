/** Who is at fault in a sharing ceremony: judgements over signed messages, the same for every honest side that sees them. */
import {checkPossession} from '../sharing/possession.js';
import {pointFromHex, scalarFromHex, sidesHex} from '../sharing/scalars.js';
import type {Point, Suite} from '../sharing/suite.js';
import type {Blame, Check, CheckName, Hex} from './api.js';
import {checkSplit, checkValue, packageLength, placeOf, pointName, valueName} from './dealing-rules.js';
import {type DealingState, echoOf, type Judging, ownEcho, proofContext, ROUND} from './dealing-state.js';
import {type Body, checkContext, checkTag, EVERYONE, hashText, memberIn, parseEnvelope, readBodyWith} from './envelope.js';
import {isSealed, messageKey} from './seal.js';
import {asHex, type Frame, hexField, indexOf, isOn, kept, pointIn, rememberPoint, type SideBase} from './side.js';
import {checkSubgroup} from './signing-list.js';

/** The commitments in a round-1 body, or undefined where they are no list of texts. */
function commitmentTexts(body: Body): string[] | undefined {
	const texts = Array.isArray(body.commitments) ? body.commitments.map(asHex) : [];
	return texts.length > 0 && texts.every(text => text !== undefined) ? texts : undefined;
}

/** The k-th root of a round-1 body: of its commitments in their order, then of its proof's point. */
function rootIn(body: Body, k: number): Hex | undefined {
	const root: unknown = Array.isArray(body.roots) ? body.roots[k] : undefined;
	return typeof root === 'string' ? root : undefined;
}

/** The committed points of a round-1 body. Throws where one is no element of the group. */
export function commitmentsIn(state: Judging, suite: Suite, body: Body): Point[] {
	const texts = commitmentTexts(body);
	if (texts === undefined) throw new Error('expected a list of commitments');
	return texts.map((text, k) => pointIn(state, suite, text, rootIn(body, k)));
}

/** The committed points that one receiver's value is checked against: all of them, or in a repair the one that is this helper's. */
export function pointsFor(state: Judging, suite: Suite, body: Body, receiver: string): Point[] {
	if (state.ceremony !== 'repair') return commitmentsIn(state, suite, body);
	const place = placeOf(state, indexOf(state, receiver));
	return [pointIn(state, suite, commitmentTexts(body)?.[place] ?? '', rootIn(body, place))];
}

function encoding(about: string, equation: string, left: string): Check {
	return {name: 'encoding', about, holds: false, equation, left, right: ''};
}

/** One dealer's value for one index against its package. */
export function judgeValue(state: Judging, suite: Suite, about: string, receiver: string, sent: readonly Point[], text: unknown): Check {
	const [dealer, index] = [indexOf(state, about), indexOf(state, receiver)];
	try {
		const value = scalarFromHex(suite, asHex(text) ?? '');
		return {name: 'feldman', about, ...checkValue(state, suite, {dealer, index, sent, value})};
	} catch {
		return encoding(about, `${valueName(state, dealer, index)} is a scalar`, String(text));
	}
}

/** A dealer's round-1 package by itself. `on` tells which checks are made; the last check is the one that failed, if any did. */
export function judgePackage(state: Judging, suite: Suite, dealer: string, body: Body, on: (name: CheckName) => boolean): Check[] {
	const checks: Check[] = [];
	const holds = (check: Check) => checks.push(check) > 0 && check.holds;
	const index = indexOf(state, dealer);
	const texts = commitmentTexts(body);
	if (texts === undefined) return [encoding(dealer, `D${index} is a list of points`, '')];
	if (on('commitmentLength')) {
		const {count, text} = packageLength(state);
		const [left, right] = [String(texts.length), String(count)];
		const equation = `number of commitments of ${dealer} = ${text}`;
		if (!holds({name: 'commitmentLength', about: dealer, holds: left === right, equation, left, right})) return checks;
	}
	if (state.ceremony === 'keygen' && on('proofOfPossession')) {
		if (!holds(judgePossession(state, suite, dealer, texts, body))) return checks;
	}
	if (!on('subgroup')) return checks;
	const points: Point[] = [];
	for (const [k, text] of texts.entries()) {
		const name = pointName(state, index, k);
		try {
			const point = pointIn(state, suite, text, rootIn(body, k));
			points.push(point);
			if (!holds(checkSubgroup(suite, point, name, dealer))) return checks;
		} catch {
			return [...checks, encoding(dealer, `${name} is an element of the group`, text)];
		}
	}
	return state.ceremony === 'repair' ? [...checks, checkSplit(state, suite, dealer, points)] : checks;
}

function judgePossession(state: Judging, suite: Suite, dealer: string, [key = '', ...others]: readonly Hex[], body: Body): Check {
	const index = indexOf(state, dealer);
	const equation = `R${index} = mu${index}*G - c${index}*D${index}_0`;
	try {
		const proof = body.proof as Body;
		const nonce = pointFromHex(suite, hexField(proof, 'nonce') ?? '', rootIn(body, others.length + 1));
		const z = scalarFromHex(suite, hexField(proof, 'z') ?? '');
		const constant = pointIn(state, suite, key, rootIn(body, 0));
		rememberPoint(state, suite, key, constant);
		const sides = checkPossession(suite, index, proofContext(state), constant, {nonce, z});
		return {name: 'proofOfPossession', about: dealer, equation, ...sidesHex(sides)};
	} catch {
		return encoding(dealer, `the proof of ${dealer} is a point and a scalar`, JSON.stringify(body.proof ?? null));
	}
}

/** A signed message that a third member shows: the body, if it is what it is said to be. The guards are the same as at a side's door. */
export function exhibit(state: SideBase, wire: unknown, from: string, round: number, to: string, key?: string): Body | undefined {
	const envelope = typeof wire === 'string' ? parseEnvelope(wire) : undefined;
	if (envelope === undefined || envelope.from !== from || envelope.round !== round || envelope.to !== to) return undefined;
	if (isOn(state, 'authentication') && !checkTag(state.session, envelope, String(wire)).holds) return undefined;
	// Who looks at the exhibit does not matter, only that it is of this run.
	if (isOn(state, 'context') && !checkContext(state.session, to, {...envelope, from: '', to}).holds) return undefined;
	return readBodyWith(envelope, key ?? '');
}

/** What goes with a message that this side shows to others: the key of that one message where it came sealed, else nothing. */
export function exhibitKey({session, identity}: Frame, wire: string): Hex {
	const envelope = parseEnvelope(wire);
	if (envelope === undefined || !isSealed(envelope.body)) return '';
	return messageKey(identity, memberIn(session, envelope.from), envelope, envelope.body);
}

/** An accusation shows a dealer's own signed package: either it fails its public checks, or the accuser spoke falsely. */
export function judgeAccusation(state: DealingState, suite: Suite, accuser: string, body: Body, wire: string): Blame {
	const accused = String(body.accuse);
	const shown = state.dealers.includes(accused) ? exhibit(state, body.wire, accused, ROUND.commitments, EVERYONE) : undefined;
	const failed = shown === undefined ? undefined : judgePackage(state, suite, accused, shown, () => true).find(check => !check.holds);
	if (failed !== undefined) return {member: accused, check: failed, evidence: [String(body.wire)]};
	return {
		member: accuser,
		check: {
			name: 'accusation',
			about: accuser,
			holds: false,
			equation: `the signed commitments that ${accuser} shows of ${accused} fail a check`,
			left: hashText(String(body.wire)),
			right: '',
		},
		evidence: [wire],
	};
}

/**
 * A complaint about a value: the complainer shows the signed envelope it got (and the key of that one message, if it was sealed), the accused
 * publishes the value. Whoever's word does not fit the commitments is at fault; an accused that stays silent is.
 */
export function judgeComplaint(state: DealingState, suite: Suite, complainer: string, complaint: Body): Blame {
	const accused = String(complaint.against);
	const verdict = kept(state, ROUND.verdict, complainer)?.wire ?? '';
	const dealt = state.dealers.includes(accused) ? kept(state, ROUND.commitments, accused) : undefined;
	if (dealt === undefined) return falseComplaint(complainer, accused, [verdict]);
	const unsound = judgePackage(state, suite, accused, dealt.body, name => name === 'subgroup').find(check => check.name === 'encoding');
	if (unsound !== undefined) return {member: accused, check: unsound, evidence: [dealt.wire]};
	const judge = (text: unknown) => judgeValue(state, suite, accused, complainer, pointsFor(state, suite, dealt.body, complainer), text);
	const shown = exhibit(state, complaint.wire, accused, ROUND.values, complainer, asHex(complaint.key));
	const sent = shown === undefined ? undefined : judge(shown.value);
	if (sent?.holds === false) return {member: accused, check: sent, evidence: [dealt.wire, String(complaint.wire), verdict]};
	const answer = kept(state, ROUND.answers, accused);
	if (answer === undefined) {
		const equation = `${accused} publishes ${valueName(state, indexOf(state, accused), indexOf(state, complainer))}`;
		const check = {name: 'answer', about: accused, holds: false, equation, left: '', right: ''};
		return {member: accused, check, evidence: [dealt.wire, verdict]};
	}
	const published = judge((answer.body.answers as Body | undefined)?.[complainer]);
	if (!published.holds) return {member: accused, check: {...published, name: 'answer'}, evidence: [dealt.wire, verdict, answer.wire]};
	return falseComplaint(complainer, accused, [dealt.wire, verdict, answer.wire], published);
}

function falseComplaint(complainer: string, accused: string, evidence: readonly string[], published?: Check): Blame {
	const check = {
		name: 'complaint',
		about: complainer,
		holds: false,
		equation: `the value that ${accused} sent to ${complainer} fails: ${published?.equation ?? 'no such deal'}`,
		left: published?.left ?? '',
		right: published?.right ?? '',
	};
	return {member: complainer, check, evidence};
}

/** Two different messages that one member signed as the same broadcast of a round. */
export function judgeOriginals(state: DealingState, body: Body): Blame | undefined {
	for (const wire of Array.isArray(body.wires) ? body.wires : []) {
		const envelope = parseEnvelope(String(wire));
		if (envelope === undefined || (envelope.round !== ROUND.commitments && envelope.round !== ROUND.echo)) continue;
		const mine = kept(state, envelope.round, envelope.from);
		if (mine === undefined || mine.wire === wire) continue;
		if (exhibit(state, wire, envelope.from, envelope.round, EVERYONE) === undefined) continue;
		const check = {
			name: 'echo',
			about: envelope.from,
			holds: false,
			equation: `H(round ${envelope.round} of ${envelope.from}) is the same for all`,
			left: hashText(mine.wire),
			right: hashText(String(wire)),
		};
		return {member: envelope.from, check, evidence: [mine.wire, String(wire)]};
	}
	return undefined;
}

/** A member whose echo differs must show originals that hash to it. */
export function judgeEcho(state: DealingState, member: string): Blame | undefined {
	const echo = kept(state, ROUND.echo, member);
	if (echo === undefined || echo.body.echo === ownEcho(state)) return undefined;
	const originals = kept(state, ROUND.originals, member);
	const wires = Array.isArray(originals?.body.wires) ? originals.body.wires : [];
	const shown = echoOf(state, dealer => wires.find(wire => exhibit(state, wire, dealer, ROUND.commitments, EVERYONE) !== undefined));
	if (shown === echo.body.echo) return undefined;
	const equation = `echo of ${member} = H(the commitments that ${member} shows)`;
	const check = {
		name: 'echo',
		about: member,
		holds: false,
		equation,
		left: String(echo.body.echo),
		right: originals === undefined ? '' : shown,
	};
	return {member, check, evidence: originals === undefined ? [echo.wire] : [echo.wire, originals.wire]};
}
