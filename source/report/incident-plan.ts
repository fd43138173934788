/**
 * An incident plan for the suspected compromise of one participant, filled with the facts of a game: who holds what, what each measure does and does not
 * do for this threshold and what had left, and what the game showed to be missing. Blanks are for people.
 */
import type {DebriefModel} from './debrief.js';
import {foundSuspect, type PlanFacts, planFactsOf, suspectOf} from './incident-facts.js';
import {code, escaped, table} from './markdown.js';
import {counted, listed} from './plain-text.js';
import {only, type Played, standing} from './played.js';

export interface PlanOptions {
	/** Whose compromise; without it the one of this game: whose share left first, else where the attackers were first, else the first holder. */
	readonly party?: string;
	/** What `quorum-call test` runs to test the plan, where a negative test was made. */
	readonly test?: string;
	/** The title of the signal that starts it. */
	readonly signal?: string;
}

const blank = '[fill in]';
const gap = (text: string) => `**GAP:** ${text}`;
const bullets = (items: readonly string[]) => items.map(item => `- ${item}`);

/**
 * Writes the plan as Markdown.
 * @throws {Error} with a sentence for a party that the game does not have
 */
export function incidentPlan(played: Played, debrief: DebriefModel, options: PlanOptions = {}): string {
	const {parties} = played.game.deal;
	const party = options.party ?? suspectOf(played);
	if (!parties.some(({id}) => id === party))
		throw new Error(`there is no party "${party}"; expected one of ${parties.map(({id}) => id).join(', ')}`);
	const facts = planFactsOf(played, party);
	return `${[
		...head(played, debrief, facts),
		...people(played, debrief, facts),
		...start(played, facts, options),
		...contain(played, facts),
		...evidence(played, debrief),
		...decide(played, facts),
		...communicate(played, debrief),
		...criteria(played, debrief, facts),
		...gaps(debrief),
		...test(facts, options),
	].join('\n')}\n`;
}

function head(played: Played, {overview}: DebriefModel, {party, t, holders}: PlanFacts): string[] {
	const custodian = played.game.deal.parties.find(({id}) => id === party)!;
	return [
		`# Incident plan: suspected compromise of ${escaped(party)}`,
		'',
		`Filled from the exercise "${escaped(overview.title)}" (head ${code(overview.head.slice(0, 16))}...). Facts in it were computed from the journal; ${code(blank)} is for people; **GAP** marks what the exercise showed to be missing. The exercise was simulated, with practice keys: check every fact against your own set-up before this is put in force.`,
		'',
		...(foundSuspect(played) === undefined
			? [`In the exercise no party's machine was held; ${escaped(party)} stands for any of them.`, '']
			: []),
		...table(
			['what', 'value'],
			[
				['plan, version, owner', blank],
				['approved by, date, next review', blank],
				['key', `${t} of ${holders.length}, ${escaped(overview.suite)}`],
				[
					'suspected',
					`${escaped(party)} (${escaped(custodian.custodian)}, ${escaped(custodian.domain)}${custodian.at === '' ? '' : `, ${escaped(custodian.at)}`})`,
				],
			],
		),
	];
}

/** Who may, as the table of a drill agreed before it began. */
function agreed(words: string | undefined): string {
	return words === undefined || words.trim() === '' ? blank : `${escaped(words)} (agreed before the drill)`;
}

function people(played: Played, {drill}: DebriefModel, {party, t, holders, sameDomain, samePlace}: PlanFacts): string[] {
	const {parties, coordinator} = played.game.deal;
	return [
		'## 1. Who',
		'',
		...table(
			['may', 'who', 'deputy', 'reached by'],
			[
				['freeze signing, alone and at once', agreed(drill?.agreed.freeze), blank, blank],
				['lift a freeze', blank, blank, blank],
				[`change the policy (${t} consents of holders)`, blank, blank, blank],
				['decide on refresh, reshare, rotation', blank, blank, blank],
				['recover the key from backups', agreed(drill?.agreed.recover), blank, blank],
				['speak to requesters, bank and receivers', blank, blank, blank],
			],
		),
		'Holders and where things lie:',
		'',
		...table(
			['party', 'share', 'custodian', 'domain', 'machine', 'backup'],
			parties.map(({id, index, custodian, domain, at, backup}) => [
				`${escaped(id)}${id === party ? ' (suspected)' : ''}`,
				holders.includes(id) ? String(index) : 'none',
				escaped(custodian),
				escaped(domain),
				escaped(at),
				backup === undefined ? 'none' : escaped(backup),
			]),
		),
		`The coordinator (${escaped(coordinator.custodian)}, ${escaped(coordinator.domain)}) holds no share and shows what is to be signed.`,
		'',
		...(sameDomain.length > 0
			? [
					`Whoever has the administration of ${escaped(party)} has that of ${listed(sameDomain.map(escaped))} too: treat them as suspected as well.`,
					'',
				]
			: []),
		...(samePlace.length > 0 ? [`Its backup lies in one place with those of ${listed(samePlace.map(escaped))}.`, ''] : []),
	];
}

function start(played: Played, {party}: PlanFacts, {signal}: PlanOptions): string[] {
	const signals = only(standing(played.entries), 'act').filter(({event}) => event.act.loud && event.act.text.includes(party));
	const kinds = [...new Set(signals.map(({event}) => event.act.kind))];
	const unseen = signals.filter(({event: {act}}) => act.logged < 2);
	const {detected} = played.state;
	return [
		'## 2. What starts this plan',
		'',
		...bullets([
			...(signal === undefined ? [] : [`the signal "${escaped(signal)}" (signal.md)`]),
			...kinds.map(kind => `${escaped(kind)} at ${escaped(party)} or anywhere in its domain, unless it was announced before`),
			'a partial signature or a deal that fails its equation, or silence that nobody announced',
			'a device that reads other bytes than the ones displayed',
			'a word of its custodian, or of somebody about its custodian',
		]),
		'',
		'One of them is enough. Waiting for a second one costs a turn that a share needs to leave.',
		'',
		...(unseen.length > 0
			? bullets([
					gap(
						`${counted(unseen.length, 'loud act')} at ${escaped(party)} ${unseen.length === 1 ? 'was' : 'were'} not pushed as a signal (journal ${unseen.length === 1 ? 'line' : 'lines'} ${unseen.map(({line}) => line).join(', ')}): logging there was below 2.`,
					),
				])
			: []),
		...bullets(
			detected
				? [`In the exercise the first correct suspicion or targeted act was "${escaped(detected.what)}", in turn ${detected.turn}.`]
				: [gap('in the exercise nobody suspected or acted against a machine that was held.')],
		),
		'',
	];
}

function contain(played: Played, {party, t, others}: PlanFacts): string[] {
	const left = others.length - t;
	const required = Object.values(played.state.requests).filter(({required: must, opened}) => must && opened > 0);
	return [
		'## 3. Contain, in this order',
		'',
		`1. **Cut ${escaped(party)} off** (${code(`isolate party=${party}`)}). What is on its way out stays. ${
			left < 0
				? `Without it ${counted(others.length, 'holder')} of the ${t} that are needed are left: **nothing can be signed** until it is back, repaired or replaced.`
				: left === 0
					? `Without it exactly ${t} holders are left (${listed(others.map(escaped))}): every one of them must answer.`
					: `Without it ${others.length} holders are left (${listed(others.map(escaped))}), of whom ${t} must answer.`
		}`,
		`2. **Hold what is released and not final** (${code('hold')}, else ${code('announce')}): until it is final it can be taken back.`,
		`3. **Freeze only while you do not know what is signed** (${code('freeze')}). It stops the policy, not mathematics: ${t} captured shares sign without it. It makes wanted payments wait${required.length > 0 ? `, in the exercise ${listed(required.map(({id, due}) => `${escaped(id)} (due in turn ${due})`))}` : ''}. Write down who lifts it, and when it is looked at again: ${blank}`,
		'4. **Approve nothing on display** until the coordinator was inspected in full: digest on two devices, call-back for what moves money to a new account.',
		'5. **Say nothing on a channel that the suspected machine can read.**',
		'',
	];
}

function evidence({game, state}: Played, {authority}: DebriefModel): string[] {
	const open = authority.filter(({verdict}) => verdict !== 'explained');
	const levels = Object.entries(state.logging);
	return [
		'## 4. Keep the evidence, before anything is rebuilt',
		'',
		'1. Write down the head of the log somewhere else (`anchor`), and send it to somebody outside the team.',
		'2. Copy disk, memory and the log of the machine; note who did it and when. A rebuild takes the traces with it.',
		`3. Raise what is logged to 2 at the stations that are below it: ${listed(levels.filter(([, level]) => level < 2).map(([station, level]) => `${station} (now ${level})`)) || 'none is'}.`,
		'4. Review the log, and reconcile it with the outputs.',
		'',
		...(open.length > 0
			? bullets([
					gap(
						`${open.length} of ${counted(authority.length, 'authority move')} of the exercise can not be explained in full from the evidence (journal lines ${open.map(({line}) => line).join(', ')}).`,
					),
				])
			: bullets(['In the exercise the evidence explained every authority move.'])),
		...(game.scenario.controls['anchored-log'] === undefined && !state.controls['anchored-log']?.actual
			? bullets([gap('the log is not anchored: a line that is taken out is missed by nobody.')])
			: []),
		'',
	];
}

function decide(_: Played, {party, t, holders, others, epoch, stolen, isKeyKnown, backups}: PlanFacts): string[] {
	const rest = Math.max(0, t - stolen);
	const known = stolen >= t || isKeyKnown;
	const had = `${counted(stolen, 'share')} of one epoch had left, of the ${t} that make the key`;
	const old = backups.filter(backup => backup.epoch < epoch);
	return [
		'## 5. Decide: refresh, reshare or rotate',
		'',
		`At the end of the exercise ${had}${known ? '; **they had the key**' : `: ${rest} more would have been enough`}. Count again before you decide: shares on machines that were held, backups of the same epoch, and what kept copies there may be.`,
		'',
		...table(
			['measure', 'does', 'does not, here'],
			[
				[
					'inspect in full',
					'finds and removes what sits on the machine',
					'bring back a share that has left; the machine is out for a turn',
				],
				[
					`refresh (${t} of ${holders.length} stays)`,
					`gives every holder a new share; what left goes with no share of epoch ${epoch + 1}`,
					`revoke: ${t} shares of epoch ${epoch} still make the same key, wherever they are. It must come before ${known ? `${t} of them have left: **here it is too late**` : `${counted(rest, 'more share')} of epoch ${epoch} ${rest === 1 ? 'leaves' : 'leave'}`}. It needs every receiver, ${escaped(party)} too, sound and reachable; one that is held then leaks both epochs. It can not lower the threshold`,
				],
				[
					`reshare to ${listed(others.map(escaped)) || 'others'}`,
					`takes ${escaped(party)} out, and can change the threshold`,
					`take back its old share: ${t} old shares still make the same key${others.length < t ? `. With ${counted(others.length, 'holder')} left a threshold of ${t} can not be kept: name a new holder first` : others.length === t ? '. With nobody to spare: name a new holder, or one that is dark stops everything' : ''}`,
				],
				[
					'rotate, and sweep',
					'makes a new key; once the sweep is final and the tombstone is signed, what the old shares sign is worth nothing',
					`protect anything before the sweep is final; it needs ${t} approvals for the sweep, pending requests need new approvals, and whoever trusts the old public key must be told${known ? '. **Here it is what is left**' : ''}`,
				],
				[
					`repair (${t} helpers, or its backup)`,
					`gives ${escaped(party)} its share back after a loss`,
					'help against theft: it is the same share, and whoever copied it still has it',
				],
				[
					'recover',
					`makes the key from ${t} backups on one machine when too few holders are left`,
					'keep the key: on that machine the threshold is one, and the key is burned and has to be rotated',
				],
			],
		),
		...(old.length > 0
			? bullets([
					gap(
						`backups of earlier epochs still exist: ${listed(old.map(({party: whose, place, epoch: of}) => `${escaped(whose)} at ${escaped(place)} (epoch ${of})`))}. Destroy them after each new epoch, or they count.`,
					),
				])
			: []),
		...(backups.length === 0 ? bullets(['No backups were on the register: what is lost can only be repaired by the other holders.']) : []),
		'',
		`Rule of thumb for this set-up: fewer than ${t} gone and all receivers sound: refresh. The custodian or the domain is not to be trusted any more: reshare. ${t} or more may be gone, or the key was in one place: rotate and sweep.`,
		'',
	];
}

function communicate({state}: Played, {times}: DebriefModel): string[] {
	const requesters = [...new Set(Object.values(state.requests).flatMap(({requester, opened}) => (opened > 0 ? [requester] : [])))];
	const contained = times.find(({what}) => what === 'contained');
	return [
		'## 6. Communicate',
		'',
		...table(
			['whom', 'what', 'by', 'on which channel', 'within'],
			[
				[
					listed(requesters.map(escaped)) || 'requesters',
					'what waits, and until when; that a call-back will come',
					blank,
					'a number that is known already, never the one in a request',
					blank,
				],
				['custodians of the other shares', 'what is suspected, what they may approve on which basis', blank, blank, 'at once'],
				[
					'bank, exchange or receiver of what is released',
					'what is not to be honoured (output, hash of the payload)',
					blank,
					blank,
					'before it is final',
				],
				['management, regulator, insurer', 'classification, first report, times', blank, blank, blank],
			],
		),
		...(contained && !contained.moment
			? bullets([gap('in the exercise an unauthorised output was final and nobody outside was told.')])
			: []),
		...(contained?.moment
			? bullets([`In the exercise the outside was told in turn ${contained.moment.turn} (journal line ${contained.moment.line}).`])
			: []),
		'',
	];
}

function criteria({state}: Played, {controls}: DebriefModel, {party, t}: PlanFacts): string[] {
	const drifted = controls.filter(({documented, actual}) => documented !== actual);
	return [
		'## 7. Back to normal, when all of it holds',
		'',
		...[
			`${escaped(party)} is rebuilt, or inspected in full with nothing found, and so is every machine of its domain and the coordinator`,
			'each share fits its commitment (`inspect`), all of the same epoch; older ones are erased, and the holders say so',
			'backups are of this epoch, and a drill found each of use; those of earlier epochs are destroyed',
			`each control that is documented as on is on, by a test and not by its setting${drifted.length > 0 ? ` (${gap(`in the exercise it was not so for ${listed(drifted.map(({title}) => escaped(title)))}`)})` : ''}`,
			'the log reconciles with the outputs, and its head with the one that was written down',
			`the secret that left is worth nothing: fewer than ${t} shares of every epoch of a key in use are gone`,
			`${Object.values(state.requests).filter(({opened}) => opened > 0).length > 0 ? 'requests that waited were asked about again, and approved anew' : 'requests that waited are approved anew'}`,
			`signed by: ${blank}, on: ${blank}`,
		].map(item => `- [ ] ${item}`),
		'',
	];
}

function gaps({failed, authority, luck, status}: DebriefModel): string[] {
	const unexplained = new Map<string, number>();
	for (const {station, verdict} of authority) if (verdict !== 'explained') unexplained.set(station, (unexplained.get(station) ?? 0) + 1);
	const found = [
		...failed.map(({assumption, boundary, how, line}) =>
			gap(`"${escaped(assumption)}" did not hold at ${boundary}: ${escaped(how)} (journal line ${line}).`),
		),
		...[...unexplained].map(([station, count]) =>
			gap(`evidence at ${station.toUpperCase()}: ${counted(count, 'move')} not explained in full.`),
		),
		...luck.map(text => `luck: ${escaped(text)}`),
	];
	return [
		'## 8. Gaps that this exercise found',
		'',
		...(status === 'unfinished' ? ['The exercise is unfinished; this list is not complete.', ''] : []),
		...(found.length > 0 ? bullets(found) : ['None that the journal shows.']),
		'',
	];
}

function test({party}: PlanFacts, {test: file}: PlanOptions): string[] {
	return [
		'## 9. Test this plan',
		'',
		...bullets([
			`Walk through it with the absence of ${escaped(party)}'s custodian, and once more with that of whoever may freeze.`,
			...(file === undefined ? [] : [`${code(`quorum-call test ${file}`)} fails as long as what happened can happen again.`]),
			`Last walked through: ${blank}`,
		]),
	];
}
