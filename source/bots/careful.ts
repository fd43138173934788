/**
 * What a careful operator does with three points a turn: rules in the order of their urgency, the first that has a move makes it. Nothing
 * here knows a world; every rule argues from what is on the screen.
 */
import type {RequestView, SeatView} from '../engine/view.js';
import type {Bot, Choice, IsLegal} from './bot.js';
import {
	checkErasure,
	forget,
	handOver,
	isLocked,
	isRenewalDue,
	mend,
	mendNow,
	renew,
	unwanted,
	waitsForQuorum,
	wantsOtherHolders,
} from './keeping.js';
import {
	choose,
	cleanSince,
	first,
	inWords,
	isMended,
	mayHaveSpoiled,
	onceFor,
	onceForEach,
	partiesUp,
	pending,
	type Rule,
	signings,
	suspicions,
	unexplained,
} from './reading.js';

/** Turns from which on there is time to hear it from the requester: one for the answer, one for a second attempt at signing. */
const timeToAsk = 3;

/** Prices of a full inspection and of a refresh, in points. */
const inspectionPrice = 2;
const renewalPrice = 2;

/** Whether a party's last word was a wrong one: a bad share, or a refused partial that nothing has explained since. */
function isBroken(view: SeatView, party: string): boolean {
	if (view.parties.find(({id}) => id === party)?.share !== 'BAD') return false;
	const refused = view.ceremonies.findLast(({blamed}) => blamed.includes(party))?.turn ?? 0;
	const isSound = view.inbox.some(({turn, text}) => turn >= refused && text.startsWith(`${party}: its share lies`));
	return !(isSound && cleanSince(view, party) >= refused);
}

/** Marks from which on a trace of its own speaks against a machine, not only the company it kept. */
const grave = 3;

/** What speaks against a party now: traces on its machine, and failed signings that it may have spoiled. */
const marks = onceForEach((view, party): number => {
	const found = new Set(
		suspicions(view)
			.filter(({machine}) => machine === party)
			.map(({trace}) => trace),
	);
	const failed = unexplained(view).filter(signing => !isMended(view, signing) && mayHaveSpoiled(view, signing).includes(party));
	const worked = signings(view).some(({status, parties}) => status === 'done' && parties.includes(party));
	const weights = failed.map(signing => (mayHaveSpoiled(view, signing).length === 1 ? 6 : 2));
	return (
		(found.has('odd mail') ? 1 : 0) +
		(found.has('new software') ? grave : 0) +
		(found.has('large transfer') ? grave : 0) +
		weights.reduce((sum, weight) => sum + weight, 0) -
		(worked ? 1 : 0)
	);
});

/** Parties that could sign, the best first; those whom a rule does not want last. */
const signers = onceFor((view): readonly string[] => {
	const out = unwanted(view);
	return partiesUp(view)
		.filter(({id, nonces, share}) => share !== 'none' && !isBroken(view, id) && nonces !== 'outstanding')
		.map(({id}) => id)
		.sort((a, b) => Number(out.includes(a)) - Number(out.includes(b)) || marks(view, a) - marks(view, b));
});

const inOrder = (view: SeatView, parties: readonly string[]) => view.parties.map(({id}) => id).filter(id => parties.includes(id));

const hasTimeToAsk = (view: SeatView, {due}: RequestView) => due - view.turn >= timeToAsk;
const differs = ({digests}: RequestView) => digests.some(({matches}) => !matches);
const isAnswered = ({callback}: RequestView) => callback?.answer === 'mine';

/** An output on the statement that is not what was asked for: whoever can still stop it is told. */
const contain: Rule = (view, isLegal) =>
	first(
		view.outputs.filter(({request, state, statement}) => state !== 'recalled' && (request === '' || statement === 'NOT as displayed')),
		({id, says}) =>
			choose(
				isLegal,
				`announce ${id} to=requester`,
				`The statement shows ${id} as "${says}", which nobody on the table asked for; tell them before they honour it.`,
			),
	);

/** What the requester disowns is denied; what already left is recalled before it is final. */
const refuse: Rule = (view, isLegal) =>
	first(
		view.requests.filter(({callback}) => callback?.answer === 'not mine'),
		request => {
			const output = view.outputs.find(each => each.request === request.id && each.state === 'released');
			return (
				choose(
					isLegal,
					`deny ${request.id}`,
					`${request.requester} never asked for ${request.id}: a perfect signature on it would still be wrong.`,
				) ??
				(output &&
					choose(isLegal, `announce ${output.id} to=requester`, `${request.id} is disowned and its output is not final yet: recall it.`))
			);
		},
	);

/** A signing that misses a message keeps its nonces outstanding: go on with others, or end it. */
const endWaiting: Rule = (view, isLegal) =>
	first(
		view.requests.filter(({state}) => state === 'stalled'),
		({id, approvals, needs}) => {
			const waits = signings(view).find(({request, status}) => request === id && status === 'stalled');
			const others = inOrder(
				view,
				signers(view).filter(party => approvals.some(each => each.party === party && each.stale === undefined)),
			).slice(0, needs);
			return (
				choose(
					isLegal,
					`retry ${id} parties=${others.join(',')}`,
					`Nothing came from ${inWords(waits?.waitingFor ?? [])}; a retry draws new nonces with ${inWords(others)}.`,
				) ??
				choose(
					isLegal,
					`abort ${id}`,
					`Nothing came from ${inWords(waits?.waitingFor ?? [])}; nonces that stay outstanding block the next signing.`,
				)
			);
		},
	);

/** Why these parties, in words. */
function because(view: SeatView, parties: readonly string[]): string {
	const out = view.parties.filter(({id, reach}) => !parties.includes(id) && reach !== 'up');
	if (out.length > 0) return `${inWords(out.map(({id, reach}) => `${id} is ${reach}`))}, so ${inWords(parties)} must sign`;
	const worse = view.parties.filter(({id}) => !parties.includes(id) && marks(view, id) > 0);
	return worse.length > 0
		? `${inWords(worse.map(({id}) => id))} is in doubt, so ${inWords(parties)} sign`
		: `${inWords(parties)} approved the bytes`;
}

/** One step towards an output of this request: an approval that could know, or the signing. */
function serve(view: SeatView, isLegal: IsLegal, request: RequestView): Choice | undefined {
	const {id, needs, callback, due} = request;
	const approvals = request.approvals.filter(({stale}) => stale === undefined);
	const best = signers(view);
	// New shares lock the key for this turn, and what was approved for the old ones may not count for them.
	if (isLocked(view) || waitsForQuorum(view, id) || best.length < needs || callback?.answer === 'not mine') return undefined;
	const isLast = due === view.turn;
	const strong = best.filter(party => approvals.some(each => each.party === party && each.basis !== 'display'));
	const given = best.filter(party => approvals.some(each => each.party === party));
	if (isAnswered(request)) {
		const sure = best.filter(party => approvals.some(each => each.party === party && each.basis === 'callback'));
		if (sure.length < needs)
			return first(
				best.filter(party => !sure.includes(party)),
				party =>
					choose(
						isLegal,
						`approve ${id} party=${party} basis=callback`,
						`The requester said on the known number that ${id} is theirs: this basis pins their own bytes.`,
					),
			);
		return sign(view, isLegal, id, sure.slice(0, needs));
	}
	if (differs(request) || (!isLast && (hasTimeToAsk(view, request) || callback !== undefined))) return undefined;
	if (strong.length >= needs) return sign(view, isLegal, id, strong.slice(0, needs));
	const read = first(
		best.slice(0, needs).filter(party => !strong.includes(party)),
		party =>
			choose(
				isLegal,
				`approve ${id} party=${party} basis=digest`,
				`A digest binds the approval of ${party} to the bytes its device will sign, and costs nothing.`,
			),
	);
	if (read) return read;
	if (!isLast || strong.length === 0) return undefined;
	if (given.length >= needs) return sign(view, isLegal, id, inOrder(view, [...new Set([...strong, ...given])].slice(0, needs)));
	return first(
		best.filter(party => !given.includes(party)),
		party =>
			choose(
				isLegal,
				`approve ${id} party=${party} basis=display`,
				`${id} is due now and ${party} has read its digest of this turn; ${strong[0]} is bound to the bytes and refuses others.`,
			),
	);
}

function sign(view: SeatView, isLegal: IsLegal, request: string, parties: readonly string[]): Choice | undefined {
	const names = inOrder(view, parties);
	// The same parties would fail again, until somebody is found on one of them.
	const hasFailed = unexplained(view).some(failed => failed.parties.join() === names.join() && !isMended(view, failed));
	if (hasFailed) return undefined;
	// A party that may have spoiled an earlier one signs when there is no more time to find out who did.
	const isDue = view.requests.some(({id, due}) => id === request && due === view.turn);
	const isDoubtful = unexplained(view).some(
		failed => !isMended(view, failed) && names.some(party => mayHaveSpoiled(view, failed).includes(party)),
	);
	if (isDoubtful && !isDue) return undefined;
	return choose(
		isLegal,
		`sign ${request} parties=${names.join(',')}`,
		`${because(view, names)}; they can refuse what they did not approve.`,
	);
}

/** Whether this turn is for new shares: they are wanted, can be paid, and no machine waits to be looked into before. */
function renewsNow(view: SeatView): boolean {
	return isRenewalDue(view) && view.points.have >= renewalPrice && suspects(view).length === 0;
}

const serveSoon: Rule = (view, isLegal) =>
	first(
		pending(view).filter(({due, required}) => required && due - view.turn <= (renewsNow(view) ? 0 : 1)),
		request => serve(view, isLegal, request),
	);
const serveAll: Rule = (view, isLegal) => first(pending(view), request => serve(view, isLegal, request));

/** A key changes hands when no machine waits to be looked into, or when the new quorum is needed soon. */
const handOverInQuiet: Rule = (view, isLegal) =>
	wantsOtherHolders(view) && ((view.evidence.length > 0 && suspects(view).length === 0) || view.turns - view.turn <= 4)
		? handOver(view, isLegal)
		: undefined;

/** A wish can be false though its bytes are as displayed: only its requester knows. */
const ask: Rule = (view, isLegal) =>
	first(
		(renewsNow(view) && view.points.have <= renewalPrice + 1 ? [] : pending(view)).filter(
			request => request.due > view.turn && (hasTimeToAsk(view, request) || !request.required || differs(request)),
		),
		request =>
			choose(
				isLegal,
				`call-back ${request.id}`,
				differs(request)
					? `A device would sign other bytes than ${request.id} displays; the requester knows which are right.`
					: `${request.id} is due in turn ${request.due}: there is time to hear it from ${request.requester}, and only they know whether they asked.`,
			),
	);

const review: Rule = (view, isLegal) =>
	view.turn > 1
		? choose(isLegal, 'review', `${view.evidenceCount - view.evidence.length} lines are unread; a signal names no party, a review does.`)
		: undefined;

/** A review comes before an inspection while both can be paid: it may name another machine. */
const reviewFirst: Rule = (view, isLegal) => (view.points.have > inspectionPrice ? review(view, isLegal) : undefined);

interface Suspect {
	readonly machine: string;
	/** "In turn 3 new software was installed on ben" */
	readonly what: string;
	readonly marks: number;
}

const readsAs = {
	'odd mail': 'an odd mail was opened at',
	'new software': 'new software was installed on',
	'large transfer': 'a large transfer left',
} as const;

/**
 * Machines worth a look, those first against which most speaks. An odd mail alone is watched at a party: a way in is no implant yet. What holds
 * no share can lose none.
 */
const suspects = onceFor((view): readonly Suspect[] => {
	const position = (machine: string) => view.parties.findIndex(({id}) => id === machine);
	const traced = suspicions(view).map(({machine, trace, turn}) => ({machine, trace, what: `In turn ${turn} ${readsAs[trace]} ${machine}`}));
	const spoiled = unexplained(view)
		.filter(signing => !isMended(view, signing))
		.flatMap(signing => {
			const left = mayHaveSpoiled(view, signing);
			const others = signing.parties.filter(party => !left.includes(party));
			const why = others.length > 0 ? `${inWords(others)} is clean` : 'nobody was named';
			return left.map(machine => ({
				machine,
				trace: 'wrong part',
				what: `The signing of turn ${signing.turn} failed with ${machine}, and ${why}`,
			}));
		});
	const empty = view.parties.filter(({share}) => share === 'none').map(({id}) => id);
	const worth = [...traced, ...spoiled].filter(
		({machine, trace}) => (trace !== 'odd mail' || position(machine) < 0) && !empty.includes(machine),
	);
	return [...new Map(worth.map(suspect => [suspect.machine, suspect])).values()]
		.map(({machine, what}) => ({machine, what, marks: marks(view, machine)}))
		.sort((a, b) => b.marks - a.marks || position(a.machine) - position(b.machine));
});

/** A machine with a trace that an implant or a theft would leave: look into it, unless a deadline needs it now. */
const lookInto: Rule = (view, isLegal) =>
	first(suspects(view), ({machine, what, marks: against}) => {
		const full = `inspect party=${machine} depth=full`;
		const cutOff = `isolate party=${machine}`;
		const party = view.parties.find(({id}) => id === machine);
		if (!party) return choose(isLegal, full, `${what}; it shows what is signed, and holds no share that would be missed.`);
		if (party.reach === 'dark' && against < grave) return undefined;
		if (party.reach === 'dark')
			return choose(isLegal, cutOff, `${what}, and it can't be inspected while it is dark; cut off, its share stays there.`);
		const isNeeded =
			partiesUp(view).length <= view.threshold && pending(view).some(request => request.required && isDueWith(view, request, machine));
		if (isNeeded) return undefined;
		// Cutting off costs half of an inspection; what it leaves behind matters only where there is a next turn.
		const isLastChance = view.turn >= view.turns && !pending(view).some(({required}) => required) && suspects(view).length > 1;
		if (isLastChance && isLegal(cutOff))
			return {
				move: cutOff,
				reason: `${what}; on the last turn it is enough that nothing leaves, and two can be cut off for the price of one inspection.`,
			};
		return (
			choose(isLegal, full, `${what}; only a full inspection finds an implant, and it must come before the share leaves.`) ??
			choose(isLegal, cutOff, `${what}; there is no point left for a full inspection, and cut off its share stays there.`)
		);
	});

/** Whether a request is due now and its signing with this machine has not failed already. */
function isDueWith(view: SeatView, {due}: RequestView, machine: string): boolean {
	return due === view.turn && !unexplained(view).some(signing => !isMended(view, signing) && signing.parties.includes(machine));
}

/** A refused partial has three causes that look the same; the share's equation tells the broken disk from the lie. */
const explain: Rule = (view, isLegal) =>
	first(
		signings(view).filter(({status, turn}) => status === 'aborted' && turn >= view.turn - 2),
		({blamed, turn}) =>
			first(blamed, party => {
				const looked = view.inbox.some(item => item.turn >= turn && item.text.startsWith(`${party}: its share`));
				if (!looked)
					return choose(
						isLegal,
						`inspect party=${party}`,
						`${party} sent a wrong partial; its share's equation tells a broken disk from a lie.`,
					);
				const isSound = view.inbox.some(item => item.turn >= turn && item.text.startsWith(`${party}: its share lies`));
				return isSound && cleanSince(view, party) < turn
					? choose(
							isLegal,
							`inspect party=${party} depth=full`,
							`The share of ${party} is sound and its partial was wrong: something else speaks for it.`,
						)
					: undefined;
			}),
	);

/** A signing failed and nobody was blamed, although partials are said to be verified: is that control really on? */
const checkControl: Rule = (view, isLegal) => {
	if (unexplained(view).length === 0) return undefined;
	const control = view.controls.find(({id}) => id === 'verify-partials');
	if (!control) return undefined;
	if (control.documented === 'on' && control.inspected === undefined)
		return choose(
			isLegal,
			'inspect control=verify-partials',
			'A signing failed and nobody was blamed; where partials are verified that cannot happen.',
		);
	return control.inspected === 'off'
		? choose(
				isLegal,
				'harden verify-partials',
				'Partials are not verified whatever the book says; with the control on, the next liar is named.',
			)
		: undefined;
};

/** Whoever was cut off in an earlier turn comes back rebuilt. */
const rejoin: Rule = (view, isLegal) =>
	first(
		view.parties.filter(({reach}) => reach === 'isolated'),
		({id}) => choose(isLegal, `rejoin party=${id}`, `${id} was cut off in time; rebuilt, it holds its share and no guest.`),
	);

const rules: readonly Rule[] = [
	contain,
	refuse,
	endWaiting,
	mendNow,
	serveSoon,
	checkErasure,
	handOverInQuiet,
	forget,
	ask,
	reviewFirst,
	lookInto,
	review,
	checkControl,
	renew,
	serveAll,
	mend,
	explain,
	rejoin,
];

export const careful: Bot = {
	name: 'careful',
	about: 'Reads digests where bytes could be swapped, asks back where the wish could be false, and follows what the evidence names.',
	next(view, {isLegal}) {
		for (const rule of rules) {
			const choice = rule(view, isLegal);
			if (choice) return choice;
		}
		const waits = pending(view).map(({id}) => id);
		return {
			move: 'end-turn',
			reason:
				waits.length > 0
					? `Nothing more can be done for ${inWords(waits)} this turn.`
					: 'Nothing waits, and nothing in the evidence is unread.',
		};
	},
};
