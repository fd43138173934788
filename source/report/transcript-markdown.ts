/** The audit transcript as Markdown: a table a turn. Equations and hashes are shortened; the JSON Lines have them in full. */
import {equationLine} from './equation.js';
import {code, escaped, table} from './markdown.js';
import {counted, short} from './plain-text.js';
import type {Transcript, TranscriptRecord} from './transcript.js';

const seatWords = {
	facilitator: 'every line',
	operators: 'the lines that the operators may read',
	attackers: 'the lines that the attackers may read',
	public: 'the lines that everybody may read',
} as const;

/** Renders a transcript. The text ends with one line break. */
export function transcriptMarkdown(transcript: Transcript): string {
	const {scenario, seat, head, suite, threshold, publicKey, lines, withheld, records, irregularities} = transcript;
	const shown = records.filter(({isBookkeeping}) => !isBookkeeping);
	const turns = [...new Set(shown.map(({turn}) => turn))];
	return `${[
		`# Transcript: ${escaped(scenario.title)}`,
		'',
		...table(
			['what', 'value'],
			[
				['scenario', escaped(scenario.id)],
				['shows', `${seatWords[seat]}: ${records.length} of ${lines}`],
				['withheld', withheld === 0 ? 'nothing' : `${counted(withheld, 'line')} of other audiences`],
				['key', publicKey === '' ? 'not made yet' : `${suite}, threshold ${threshold}, public key ${code(publicKey)}`],
				['head of the journal', code(head)],
				['signed by', signer(transcript)],
				...(transcript.seedWas === null ? [] : [['seed', seedWords[transcript.seedWas]]]),
			],
		),
		'## How it was played',
		'',
		...(irregularities.length === 0
			? ['Nothing was chosen by hand, taken back, suggested or led, as far as these lines tell.']
			: irregularities.map(({kind, line, turn, what}) => `- ${kind}, ${turn === 0 ? '' : `turn ${turn}, `}line ${line}: ${escaped(what)}`)),
		'',
		'## Lines',
		'',
		`Lines are lines of the journal. **A** marks an authority move: authority crosses a boundary there. ${counted(records.length - shown.length, 'line')} of bookkeeping (steps of state machines) ${records.length - shown.length === 1 ? 'is' : 'are'} left out here and stand in the JSON Lines, with all numbers in full.`,
		...turns.flatMap(turn => [
			'',
			turn === 0 ? '## Before the first turn' : `## Turn ${turn}`,
			'',
			...table(['line', 'where', 'what', 'grounds'], shown.filter(record => record.turn === turn).map(row)),
			...questions(shown.filter(record => record.turn === turn)),
		]),
	]
		.join('\n')
		.replace(/\n{3,}/g, '\n\n')
		.trim()}\n`;
}

const seedWords = {
	drawn: '256 random bits',
	typed: 'typed: whoever guesses it computes every salt, and can open every withheld line',
} as const;

function signer({signedBy}: Transcript): string {
	if (signedBy === null) return 'nobody';
	const {fingerprint, name, known} = signedBy;
	return `${code(fingerprint)}, ${known === null ? `not known here, calls itself "${escaped(name)}"` : `known here as ${escaped(known)}`}`;
}

function questions(records: readonly TranscriptRecord[]): string[] {
	const rows = records.flatMap(({line, place = '', answers}) =>
		answers ? [[String(line), place, ...[answers.trusted, answers.proof, answers.check, answers.fooled].map(escaped)]] : [],
	);
	return rows.length === 0
		? []
		: ['', ...table(['line', 'boundary', 'who was trusted', 'what proof came', 'where was the check', 'what if it was fooled'], rows)];
}

function row(record: TranscriptRecord): string[] {
	const {line, authority, place = '', takenBack, what, at, type} = record;
	const words = takenBack ? `${escaped(what)} (taken back)` : escaped(what);
	return [
		authority ? `${line} **A**` : String(line),
		place,
		at === undefined || (type !== 'move' && type !== 'taken-back') ? words : `${words} at ${escaped(at)}`,
		grounds(record).join('; '),
	];
}

function grounds({
	asked,
	facts,
	rule,
	policyVersion,
	reason,
	epoch,
	signers,
	payloadHash,
	approvals,
	output,
	equations,
	verdict,
	type,
}: TranscriptRecord): string[] {
	const decides = verdict !== undefined || type === 'output-made' || type === 'ceremony-started';
	return [
		...(asked === undefined || !(decides || type === 'request-changed') ? [] : [`asked by ${escaped(asked)}`]),
		...(verdict === undefined || !facts ? [] : [`facts ${facts.map(([name, value]) => escaped(`${name}=${value}`)).join(', ')}`]),
		...(rule === undefined ? [] : [`rule ${escaped(rule)} of policy version ${escaped(policyVersion ?? '')}`]),
		...(reason === undefined ? [] : [escaped(reason)]),
		...(signers && decides ? [`signers ${signers.map(escaped).join(', ')}`] : []),
		...(epoch === undefined || epoch === 0 ? [] : [`epoch ${epoch}`]),
		...(approvals && approvals.length > 0
			? [
					`approvals ${approvals.map(({party, basis, binds}) => `${escaped(`${party}:${basis}`)}${binds === undefined ? '' : ` binds ${short(binds)}`}`).join(', ')}`,
				]
			: []),
		...(payloadHash === undefined ? [] : [`H(payload) ${short(payloadHash)}`]),
		...(output?.signature === undefined ? [] : [`signature ${short(output.signature)}`]),
		...(equations ?? []).map(equation => escaped(equationLine(equation, ', '))),
	];
}
