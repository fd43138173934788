/** One event in words and in fields: who asked, on what facts, by which rule, allow or deny and why, and what came out. */
import type {Check} from '../ceremony/api.js';
import {amendmentWords} from '../engine/amendments.js';
import {ceremonyName} from '../engine/ceremony-view.js';
import type {GameEvent} from '../engine/events.js';
import {readPayload} from '../engine/moves/approvals.js';
import {orderText} from '../engine/moves/standing.js';
import {digestOf} from '../engine/payload.js';
import type {Approval} from '../engine/state.js';
import {type Equation, equationOf} from './equation.js';
import {counted, listed, short} from './plain-text.js';

/** What earlier readable lines said, for those that refer to it. */
export interface Known {
	epoch: number;
	suite: string;
	publicKey: string;
	threshold: number;
	/** Version of the policy in force, as far as readable lines say; 1 to begin with. */
	policyVersion: string;
	readonly approvals: Map<string, readonly Approval[]>;
	/** By ceremony: its request, parties and message. */
	readonly ceremonies: Map<string, {readonly request: string; readonly parties: readonly string[]; readonly message: string}>;
	/** By output: its request and message. */
	readonly outputs: Map<string, {readonly request: string; readonly message: string; readonly signature: string}>;
	readonly requesters: ReadonlyMap<string, string>;
}

export interface Details {
	/** One sentence or phrase. */
	readonly what: string;
	/** The business requester, where a request is decided, signed or released. */
	readonly asked?: string;
	readonly request?: string;
	readonly facts?: ReadonlyArray<readonly [string, string]>;
	readonly rule?: string;
	/** Version of the policy that decided, or that was in force. */
	readonly policyVersion?: string;
	readonly verdict?: 'allow' | 'deny';
	readonly reason?: string;
	readonly epoch?: number;
	readonly signers?: readonly string[];
	/** Hex SHA-256 of the bytes that are signed. */
	readonly payloadHash?: string;
	/** Each approval with its basis, and the hash it binds; display binds none. */
	readonly approvals?: ReadonlyArray<{readonly party: string; readonly basis: string; readonly turn: number; readonly binds?: string}>;
	readonly output?: {
		readonly id: string;
		readonly message?: string;
		readonly signature?: string;
		readonly publicKey?: string;
		readonly state?: string;
	};
	readonly equations?: readonly Equation[];
	/** Of what a station saw: its kind, and whether the log kept it at the level of then. */
	readonly evidence?: {readonly kind: string; readonly kept: boolean};
}

/** Checks that every envelope passes; they are told only where one fails. */
const everyday = new Set(['authentication', 'context', 'encoding', 'subgroup', 'nonce']);

function told(checks: readonly Check[]): {equations?: readonly Equation[]} {
	const shown = checks.filter(({name, holds}) => !holds || !everyday.has(name));
	return shown.length > 0 ? {equations: shown.map(equationOf)} : {};
}

function approvalsOf(approvals: readonly Approval[]): NonNullable<Details['approvals']> {
	return approvals.map(({party, basis, turn, binds}) => ({party, basis, turn, ...(binds === undefined ? {} : {binds})}));
}

function requestFields(known: Known, request: string): Pick<Details, 'request' | 'asked'> {
	const asked = known.requesters.get(request);
	return request === '' ? {} : {request, ...(asked === undefined ? {} : {asked})};
}

/** The signed bytes, signers and approvals of an output, as far as readable lines told them. */
function outputFields(known: Known, id: string): Partial<Details> {
	const output = known.outputs.get(id);
	return output ? {...requestFields(known, output.request), payloadHash: digestOf(output.message), epoch: known.epoch} : {};
}

/** Details of an event, or null for bookkeeping. */
export function detailsOf(event: GameEvent, known: Known): Details | null {
	switch (event.type) {
		case 'move':
			return {
				what: `${event.side}${event.seat === event.side ? '' : ` (${event.seat})`}: ${event.text}${event.cost > 0 ? ` (cost ${event.cost})` : ''}`,
			};
		case 'taken-back':
			return {what: `${event.side}${event.seat === event.side ? '' : ` (${event.seat})`} take back: ${event.text}`};
		case 'hint-asked':
			return {what: `${event.by} are shown a suggestion of the program`};
		case 'turn-began':
			return {what: `turn ${event.turn} begins`};
		case 'branched':
			return {what: `branch ${event.name} of ${event.of}: what was played there after line ${event.line} is left`};
		case 'stopped':
			return {what: 'the exercise is stopped'};
		case 'key-made':
			return {
				what: `the key is made: ${event.key.threshold} of ${Object.keys(event.key.verifyingShares).length}, ${event.key.suite}, public key ${short(event.key.publicKey)}`,
				epoch: event.key.epoch,
			};
		case 'share-stored':
			return {what: `${event.party} stores its share`, epoch: event.keyShare.epoch};
		case 'shares-kept':
			return event.older.length === 0
				? {what: `${event.party} erases what it held of earlier epochs`}
				: {what: `${event.party} keeps shares of earlier epochs: ${event.older.map(({epoch}) => epoch).join(', ')}`};
		case 'share-gone':
			return {what: `${event.party} holds no share any more`};
		case 'key-retiring':
			return {what: `the key ${short(event.retiring.key.publicKey)} retires; ${event.retiring.sweep} is to move what it guards`};
		case 'key-retired':
			return event.set.tombstone
				? {what: 'the old key signed its tombstone', equations: [equationOf(event.set.tombstone.check)]}
				: event.set.unsigned
					? {what: 'the old key gets no tombstone: it is never retired', equations: [equationOf(event.set.unsigned.check)]}
					: {what: 'the old key is swept'};
		case 'backup-made':
			return {what: `${event.backup.id}: a backup of ${event.backup.party} lies at ${event.backup.place}`, epoch: event.backup.epoch};
		case 'backup-replaced':
			return {what: `what lies in ${event.id} is replaced`};
		case 'backup-drilled':
			return {what: `drill of ${event.id}: ${event.ok ? 'ok' : 'BAD'}`};
		case 'backups-destroyed':
			return {what: `backups destroyed: ${event.ids.join(', ')}`};
		case 'request-added':
			return {what: `${event.request.id} is put on the books: "${readPayload(event.request.displayed)}"`};
		case 'share-changed':
			return {what: `the stored share of ${event.party} changed`};
		case 'party-silent':
			return {what: `${event.party} is silent until turn ${event.until}`};
		case 'party-noted':
			return event.lastPartial
				? {what: `partial of ${event.party}: ${event.lastPartial.ok ? 'ok' : 'REFUSED'}`}
				: event.lastCheck
					? {what: `share of ${event.party}: ${event.lastCheck}`}
					: null;
		case 'request-changed':
			return requestChange(event, known);
		case 'approved':
			return {
				what: `${event.approval.party} approves ${event.request} on ${event.approval.basis}${event.approval.binds === undefined ? ', bound to no bytes' : ''}`,
				...requestFields(known, event.request),
				epoch: known.epoch,
				policyVersion: known.policyVersion,
				approvals: approvalsOf([event.approval]),
				...(event.approval.binds === undefined ? {} : {payloadHash: event.approval.binds}),
			};
		case 'approvals-void':
			return {
				what: `the approvals of ${event.request}${event.parties === undefined ? '' : ` by ${listed(event.parties)}`} are void`,
				...requestFields(known, event.request),
			};
		case 'digest-read':
			return {
				what: `the device of ${event.party} reads ${event.request}: "${event.says}", ${event.matches ? 'matches the display' : 'differs from the display'}`,
				...requestFields(known, event.request),
				payloadHash: event.digest,
			};
		case 'ordered':
			return {what: `ordered for resolve: ${event.order.text}`, ...requestFields(known, event.order.request)};
		case 'ceremony-started':
			return {
				what: `${event.id} starts: ${event.kind !== 'signing' && event.kind !== 'computation' ? ceremonyName(event) : event.kind === 'computation' ? `compute ${event.computation}` : `sign ${event.request}`} with ${listed(event.parties)}`,
				...requestFields(known, event.request ?? ''),
				epoch: event.epoch,
				signers: event.parties,
				...(event.message === undefined
					? {}
					: {payloadHash: digestOf(event.message), approvals: approvalsOf(known.approvals.get(event.request ?? '') ?? [])}),
			};
		case 'message': {
			const {round, from, to, carries, delivered, checks, n} = event.record;
			return {
				what: `${event.ceremony} message ${n}, round ${round}: ${from} to ${to}, ${carries}${delivered ? '' : ', LOST'}`,
				...told(checks),
			};
		}
		case 'ceremony-ended': {
			const ceremony = known.ceremonies.get(event.id);
			const blamed = [...new Set(event.blamed.map(({member}) => member))];
			const waits = event.status === 'stalled' ? `: waits for ${listed(event.waitingFor)}` : '';
			return {
				what: `${event.id} ${event.status}${waits}${event.reason === '' ? '' : `: ${event.reason}`}${blamed.length > 0 ? `; blamed: ${listed(blamed)}` : ''}`,
				...requestFields(known, ceremony?.request ?? ''),
				...(ceremony ? {signers: ceremony.parties} : {}),
				epoch: known.epoch,
				...told([...event.checks, ...event.blamed.map(({check}) => check)].filter((check, index, all) => all.indexOf(check) === index)),
			};
		}
		case 'output-made': {
			const {id, request, ceremony, message, signature, state} = event.output;
			const signers = known.ceremonies.get(ceremony)?.parties;
			return {
				what:
					request === ''
						? `${id} is signed past the policy: ${readPayload(message)}`
						: `${id} is signed for ${request}: ${readPayload(message)}`,
				...requestFields(known, request),
				...(signers ? {signers} : {}),
				epoch: known.epoch,
				payloadHash: digestOf(message),
				...(request === '' ? {} : {approvals: approvalsOf(known.approvals.get(request) ?? [])}),
				output: {id, message, signature, publicKey: event.publicKey, state},
			};
		}
		case 'output-changed': {
			const {state, verified, announcedAt, heldUntil} = event.set;
			const words = [
				...(state === undefined ? [] : [`is ${state}`]),
				...(heldUntil ? [`until turn ${heldUntil}`] : []),
				...(verified === undefined ? [] : [verified ? 'bytes verified: as displayed' : 'bytes verified: NOT as displayed']),
				...(announcedAt ? ['is announced'] : []),
			];
			if (words.length === 0) return null;
			return {
				what: `${event.id} ${words.join(', ')}`,
				...outputFields(known, event.id),
				output: {id: event.id, ...(state === undefined ? {} : {state})},
			};
		}
		case 'decided': {
			const {decision} = event;
			const {request, verdict, rule, reason, facts} = decision;
			const output = [...known.outputs].findLast(([, each]) => each.request === request);
			const signers = facts
				.find(([name]) => name === 'signers')?.[1]
				.split(' ')
				.filter(Boolean);
			return {
				what: `policy: ${verdict.toUpperCase()} ${request}`,
				...requestFields(known, request),
				verdict,
				rule,
				policyVersion: facts.find(([name]) => name === 'policy version')?.[1] ?? known.policyVersion,
				reason,
				facts,
				...(signers ? {signers} : {}),
				epoch: known.epoch,
				approvals: approvalsOf(known.approvals.get(request) ?? []),
				...(output ? {payloadHash: digestOf(output[1].message), output: {id: output[0]}} : {}),
			};
		}
		case 'amendment-agreed':
			return {
				what: `${listed(event.amendment.consents)} agree on an amendment: ${amendmentWords(event.amendment)}, from turn ${event.amendment.from}`,
			};
		case 'policy-amended':
			return {what: `version ${event.policy.version} of the policy is in force`};
		case 'exception-used':
			return {what: `the exception ${event.use.exception} is invoked for ${event.use.request}`, request: event.use.request};
		case 'approval-recorded':
			return {what: `the approval of ${event.recorded.party} for ${event.recorded.request} is recorded`, request: event.recorded.request};
		case 'computation-changed':
			return event.set.opened
				? {what: `${event.id} is asked for`}
				: event.set.doneAt
					? {what: `${event.id} is computed`}
					: event.set.missed
						? {what: `${event.id} was not computed in time`}
						: null;
		case 'query-asked':
			return {what: `an analyst asks ${event.query.computation} of ${listed(event.query.cohort)}`};
		case 'answered': {
			const {computation, cohort, by, result} = event.answer;
			return {
				what: `${computation} of ${listed(cohort)} is answered${by === 'attackers' ? ' to an analyst' : ''}`,
				facts: Object.entries(result),
			};
		}
		case 'input-exposed': {
			const {computation, party, input, check} = event.exposed;
			return {what: `answers of ${computation} give away the input of ${party}: ${input}`, equations: [equationOf(check)]};
		}
		case 'log-trimmed':
			return {what: `a line is taken out of the log: t${event.line.turn} ${event.line.text}`};
		case 'log-planted':
			return {what: `a false line is put into the log: t${event.line.turn} ${event.line.text}`};
		case 'anchored':
			return {what: `the head of the log after ${counted(event.anchor.length, 'line')} is written down: ${short(event.anchor.head)}`};
		case 'control-set':
			return {what: `control ${event.id}: ${controlWords(event)}`};
		case 'logging-ordered':
			return {what: `logging of ${event.station} is ordered to level ${event.level}`};
		case 'logging-set':
			return {
				what: `logging is set: ${Object.entries(event.levels)
					.map(([station, level]) => `${station} ${level}`)
					.join(', ')}`,
			};
		case 'authority-moved': {
			const {what, facts} = event.move;
			return {what: `authority moves: ${what}`, facts: facts.map(({name, value}) => [name, value] as const)};
		}
		case 'act': {
			const {text, kind, logged, level, facts = []} = event.act;
			return {
				what: `${text} (${kind}; logged at ${logged}, recorded from ${level})`,
				...(facts.length > 0 ? {facts} : {}),
				evidence: {kind, kept: logged >= level},
			};
		}
		case 'evidence-written':
			return {what: `${counted(event.lines.length, 'line')} of evidence written`};
		case 'reviewed':
			return {what: `the evidence is reviewed up to entry ${event.count}`};
		case 'told':
			return {
				what: `told to the ${event.side}, from ${event.entry.from}: ${event.entry.text}`,
				...(event.entry.check ? {equations: [equationOf(event.entry.check)]} : {}),
			};
		case 'noted':
			return {what: `note of the ${event.side}: ${event.text}${event.suspect === undefined ? '' : ` (suspects ${event.suspect})`}`};
		case 'foothold':
			return {what: `${event.machine}: ${footholdWords(event)}`};
		case 'phished':
			return {what: `${event.machine} is phished; the way in opens next turn`};
		case 'standing':
			return {what: `standing order: ${orderText(event.order)}`};
		case 'captured': {
			const {party, index, epoch, how, share} = event.share;
			return {what: `share ${index} of ${party} leaves (${how})`, epoch, facts: [[`s${index}`, share]]};
		}
		case 'attempted':
			return {
				what:
					event.attempt.how === undefined ? `captured shares ${event.attempt.indices.join(', ')} are tried` : `tried: ${event.attempt.how}`,
				epoch: event.attempt.epoch,
				equations: [equationOf(event.attempt.check)],
			};
		case 'bribable':
			return {what: `the custodian of ${event.party} takes money`};
		case 'bribed':
			return {what: `the custodian of ${event.party} is paid`};
		case 'snapshot-taken':
			return {what: `the memory of ${event.party} is copied`};
		case 'set-back':
			return {what: event.to.seeded ? `${event.party} is seeded anew` : `${event.party} is set back to an earlier copy of its memory`};
		case 'generator-stuck':
			return {what: `the generator of ${event.party} gives the same bytes at every draw`};
		case 'generator-known':
			return {what: `the attackers know what the generator of ${event.machine} draws`};
		case 'copies-kept':
			return {what: `the custodian of ${event.party} copies every share before it is erased`};
		case 'recorded': {
			const {id, ceremony, from, to, carries} = event.recording;
			return {what: `${id} is recorded: ${ceremony}, ${from} to ${to}, ${carries}`};
		}
		case 'nonces-shown': {
			const {party, ceremony, hiding, binding} = event.shown;
			return {
				what: `${party} shows D, E in ${ceremony}`,
				facts: [
					['D', hiding],
					['E', binding],
				],
			};
		}
		case 'rogue-key-chosen':
			return {what: `${event.party} means to make a key of its own choosing`, facts: [['x', event.x]]};
		case 'detected':
			return {what: `detected: ${event.what}`};
		case 'tallied':
			return {what: `${event.tally.points} points off ${event.tally.station}: ${event.tally.because}`};
		case 'game-ends-at':
			return {what: `the game ends with turn ${event.turn}${event.unauthorised ? ': an unauthorised output is final' : ''}`};
		case 'ended':
			return {what: `the game is over: ${event.end.outcome}`, reason: event.end.reason};
		case 'closed':
			return {what: `the journal is closed after ${counted(event.turns, 'turn')}: ${event.outcome}`, reason: event.reason};
		default:
			return null;
	}
}

function requestChange(event: Extract<GameEvent, {type: 'request-changed'}>, known: Known): Details | null {
	const {opened, displayed, payload, callback, pinned, intent, submittedBy, deniedAt, judged} = event.set;
	const words = [
		...(submittedBy === 'attackers' ? ['is put in by the attackers'] : []),
		...(intent === null ? ['is wanted by nobody legitimate'] : intent === undefined ? [] : [`is wanted as "${readPayload(intent)}"`]),
		...(opened ? ['opens'] : []),
		...(displayed === undefined ? [] : [`is displayed as "${readPayload(displayed)}"`]),
		...(payload === undefined || payload === displayed ? [] : [`would be signed as "${readPayload(payload)}"`]),
		...(pinned === undefined ? [] : ['is pinned']),
		...(callback === undefined
			? []
			: [callback.answer === undefined ? 'call-back to the requester' : `call-back answered: ${callback.answer}`]),
		...(deniedAt ? ['is denied'] : []),
		...(judged ? [`is judged: ${judged.because}`] : []),
	];
	if (words.length === 0) return null;
	const hash = payload === undefined ? callback?.digest : digestOf(payload);
	return {what: `${event.id} ${words.join(', ')}`, ...requestFields(known, event.id), ...(hash === undefined ? {} : {payloadHash: hash})};
}

function controlWords({documented, actual, inspected, from}: Extract<GameEvent, {type: 'control-set'}>): string {
	const is = (value: boolean) => (value ? 'on' : 'off');
	return [
		...(documented === undefined ? [] : [`documented as ${is(documented)}`]),
		...(actual === undefined ? [] : [`is ${is(actual)}`]),
		...(inspected === undefined || actual !== undefined ? [] : [`inspected: ${is(inspected)}`]),
		...(from === undefined ? [] : [`on from turn ${from}`]),
	].join(', ');
}

function footholdWords({set, cleared}: Extract<GameEvent, {type: 'foothold'}>): string {
	if (cleared) return 'implant, way in and link are gone';
	return [
		...(set.wayIn ? ['a way in'] : []),
		...(set.implantSince === undefined ? [] : [`an implant since turn ${set.implantSince}`]),
		...(set.link ? ['a position on its link'] : []),
	].join(', ');
}
