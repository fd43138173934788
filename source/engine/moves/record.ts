/** Verbs on the record: attackers on the log's machine take lines out or put lines in; operators write heads down elsewhere and hold the log against them. */
import {logId} from '../deal.js';
import {type Deciding, Refusal} from '../deciding.js';
import {knowsOf} from '../facts.js';
import {againstAnchors, againstOutputs, anchorNow} from '../log.js';
import type {Act} from '../state.js';
import type {Verb} from '../verb.js';
import {noteDetection} from './custody.js';

const subtle = {level: 2, loud: false} as const;

function needsLog(deciding: Deciding): void {
	if (!deciding.state.footholds[logId]?.wayIn)
		throw new Refusal(`you have no way into the log; phish party=${logId} opens one for the next turn`);
}

const trimLog: Verb = {
	name: 'trim-log',
	side: 'attackers',
	station: 'transcript',
	parameters: [{name: 'line', kind: 'line', about: 'the number of a line in the log'}],
	cost: [2, 2],
	does: 'takes a line out of the evidence',
	needs: 'a way into the log, and a line in it',
	evidence: {kind: 'log edited', station: 'transcript', level: 2, loud: false},
	raises: [],
	stoppedBy: 'anchored log with reconcile',
	check(deciding, {args}) {
		needsLog(deciding);
		const {length} = deciding.state.evidence;
		const line = Number(args.line);
		if (length === 0) throw new Refusal('the log has no lines yet');
		if (line < 1 || line > length) throw new Refusal(`the log has lines 1 to ${length}, there is no line ${line}`);
	},
	run(deciding, {args}) {
		const index = Number(args.line) - 1;
		deciding.emit('attackers', {type: 'log-trimmed', index, line: deciding.state.evidence[index]!});
		deciding.act('transcript', 'log edited', subtle, 'the file of the log was written anew');
	},
};

interface Trace {
	readonly station: Act['station'];
	readonly of: 'party' | 'request' | 'output';
	readonly text: (name: string) => string;
	/** What such a line keeps at level 1, where authority moves in it. */
	readonly facts?: (name: string, turn: number) => Readonly<Record<string, string | number>>;
}

/** Lines as the stations write them; a planted one looks like them. */
const traces: Readonly<Record<string, Trace>> = {
	'new-software': {station: 'shares', of: 'party', text: party => `new software was installed on ${party}`},
	'large-transfer': {
		station: 'shares',
		of: 'party',
		text: party => `a large transfer left ${party}`,
		facts: (machine, time) => ({machine, time}),
	},
	'odd-mail': {station: 'policy', of: 'party', text: party => `${party} opened a mail from an unknown sender`},
	'disk-errors': {station: 'shares', of: 'party', text: party => `the disk of ${party} reports errors`},
	signing: {station: 'rounds', of: 'request', text: request => `the parties signed ${request}`, facts: (_, time) => ({time})},
	decision: {station: 'policy', of: 'request', text: request => `allow ${request}`, facts: (_, time) => ({decision: 'allow', time})},
};

const plantEntry: Verb = {
	name: 'plant-entry',
	side: 'attackers',
	station: 'transcript',
	parameters: [
		{name: 'as', kind: 'trace', about: 'what the line says: new-software, large-transfer, ...'},
		{name: 'party', kind: 'party', optional: true, about: 'whom it speaks of'},
		{name: 'request', kind: 'request', optional: true, about: 'the request it speaks of, for signing and decision'},
		{name: 'turn', kind: 'number', optional: true, about: 'the turn it is dated (default: the last)'},
	],
	cost: [2, 2],
	does: 'puts a false line into the evidence',
	needs: 'a way into the log, and a turn behind you',
	evidence: {kind: 'log edited', station: 'transcript', level: 2, loud: false},
	raises: [],
	stoppedBy: 'anchored log with reconcile',
	check(deciding, {args}) {
		needsLog(deciding);
		const {turn} = deciding.state;
		if (turn < 2) throw new Refusal('the log has no turn behind it yet; from turn 2');
		const trace = traces[args.as ?? ''];
		if (!trace) throw new Refusal(`no line says "${args.as}"; expected one of ${Object.keys(traces).join(', ')}`);
		const other = trace.of === 'party' ? args.request : args.party;
		if (args[trace.of] === undefined || other !== undefined)
			throw new Refusal(`a line "${args.as}" speaks of a ${trace.of}: give ${trace.of}= and nothing else`);
		if (args.party !== undefined) deciding.party(args.party);
		if (args.request !== undefined) deciding.request(args.request);
		const dated = Number(args.turn ?? turn - 1);
		if (dated < 1 || dated >= turn) throw new Refusal(`it can be dated turn 1 to ${turn - 1}`);
	},
	run(deciding, {args}) {
		const {evidence, turn, logging} = deciding.state;
		const {station, of, text, facts} = traces[args.as ?? '']!;
		const about = args[of] ?? '';
		const dated = Number(args.turn ?? turn - 1);
		const after = evidence.findLastIndex(line => line.turn <= dated);
		const line: Act = {
			turn: dated,
			station,
			kind: (args.as ?? '').replaceAll('-', ' '),
			level: 1,
			loud: false,
			text: text(about),
			logged: logging[station],
			...(facts ? {about, facts: Object.entries(facts(about, dated)).map(([name, says]) => [name, String(says)] as const)} : {}),
		};
		deciding.emit('attackers', {type: 'log-planted', index: after + 1, line});
		deciding.act('transcript', 'log edited', subtle, 'the file of the log was written anew');
	},
};

const anchor: Verb = {
	name: 'anchor',
	side: 'operators',
	station: 'transcript',
	parameters: [],
	cost: [1, 1],
	does: "writes the log's head down out of reach",
	needs: 'anchored log on, and lines since the last head',
	evidence: {kind: 'anchor', station: 'transcript', level: 1, loud: false},
	raises: [],
	settles: true,
	check(deciding) {
		const {documented, inspected} = deciding.state.controls['anchored-log'] ?? {documented: false};
		if (!(inspected ?? documented)) throw new Refusal('the log is not anchored; harden anchored-log first');
		const {evidence, anchors} = deciding.state;
		if (evidence.length === 0) throw new Refusal('the log has no lines yet');
		if (anchors.at(-1)?.turn === deciding.state.turn) throw new Refusal('its head was written down this turn');
	},
	run(deciding) {
		if (!deciding.control('anchored-log')) {
			deciding.emit('operators', {type: 'control-set', id: 'anchored-log', inspected: false});
			deciding.tell(
				'operators',
				'result',
				logId,
				'The log is not chained: it has no head to write down. The control anchored log is off, though documented as on.',
			);
			return;
		}
		const written = anchorNow(deciding.state.evidence, deciding.state.turn);
		deciding.emit('operators', {type: 'anchored', anchor: written});
		deciding.tell(
			'operators',
			'result',
			logId,
			`The head after ${written.length} ${written.length === 1 ? 'line' : 'lines'} is written down: ${written.head.slice(0, 16)}.`,
		);
		deciding.act('transcript', 'anchor', {level: 1, loud: false}, `the head after ${written.length} lines was written down`);
	},
};

const reconcile: Verb = {
	name: 'reconcile',
	side: 'operators',
	station: 'transcript',
	parameters: [],
	cost: [1, 1],
	does: 'holds the log against outputs and anchored heads',
	needs: 'an output, or a line in the log',
	evidence: {kind: 'reconciliation', station: 'transcript', level: 1, loud: false},
	raises: [],
	settles: true,
	check(deciding) {
		const {evidence, anchors, outputs} = deciding.state;
		if (evidence.length === 0 && anchors.length === 0 && !outputs.some(output => knowsOf(deciding.state, output, 'operators')))
			throw new Refusal('there is no output and no line to compare yet');
	},
	run(deciding) {
		const {state} = deciding;
		const {evidence, anchors, read, outputs} = state;
		// Outputs of this turn are written down when it ends.
		const known = outputs.filter(output => output.turn < state.turn && knowsOf(state, output, 'operators'));
		const {gaps: changed, checks} = deciding.control('anchored-log') ? againstAnchors(evidence, anchors, read) : {gaps: [], checks: []};
		const gaps = [...changed, ...againstOutputs(evidence, known)];
		const failed = checks.find(({holds}) => !holds);
		const heads =
			checks.length === 0
				? 'No head was written down to compare it with.'
				: failed === undefined
					? `It holds all ${checks.length} anchored heads.`
					: '';
		const found = gaps.length === 0 ? 'Log and outputs fit.' : `${gaps.join('. ')}.`;
		deciding.tell('operators', 'result', 'reconcile', `${found} ${heads}`.trim(), failed ?? checks.at(-1));
		deciding.act(
			'transcript',
			'reconciliation',
			{level: 1, loud: false},
			`log and outputs were compared: ${gaps.length} ${gaps.length === 1 ? 'gap' : 'gaps'}`,
		);
		if (changed.length > 0) noteDetection(deciding, logId, 'reconcile');
	},
};

export const recordVerbs: readonly Verb[] = [trimLog, plantEntry, anchor, reconcile];
