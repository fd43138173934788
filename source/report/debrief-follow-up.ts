/** The debrief's last part: luck, other choices and worlds, what is to be done by whom, the table's own words, and how to check it all. */
import type {DebriefModel} from './debrief.js';
import {resultWords} from './debrief-findings.js';
import {facts, section} from './debrief-words.js';
import {type Block, codeLines, heading, list, paragraph, type Section, table} from './document.js';
import {counted} from './plain-text.js';

export function luckSection(model: DebriefModel): Section {
	const {luck, controls} = model;
	const drifted = controls.filter(({documented, actual}) => documented !== actual);
	return section(model, 'luck', 'luck', 'Where we got lucky', [
		...(luck.length > 0 ? list(luck) : [paragraph('Nowhere that the journal shows.')]),
		...(drifted.length > 0 ? [paragraph(`Off although documented as on at the end: ${drifted.map(({title}) => title).join(', ')}.`)] : []),
	]);
}

export function otherwiseSection(model: DebriefModel): Section[] {
	const {alternatives} = model;
	if (alternatives === null || alternatives.length === 0) return [];
	return [
		section(model, 'alternatives', 'otherwise', 'Had you chosen otherwise', [
			paragraph(
				'Each row is this game with one choice changed, played again. Moves that the rules refused in it are left out, and turns after the last recorded move are idle.',
			),
			...table(
				'Branches not taken',
				['choice', 'in place of', 'result', 'compared', 'because'],
				alternatives.map(({choice, instead, result, than, reason}) => [
					{code: choice},
					instead === '' ? 'nothing, in addition' : instead.replace(/^in place of /, ''),
					resultWords[result],
					result === 'refused' ? '' : than,
					reason,
				]),
			),
		]),
	];
}

export function frameworksSection(model: DebriefModel): Section {
	return section(model, 'frameworks', 'frameworks', 'What the exercise covered, in the words of frameworks', [
		paragraph(
			'The exercise contributes evidence to these; it shows no conformity with any of them. What was not attacked, answered or named against an attack of this game is not listed.',
		),
		...model.frameworks.flatMap(({framework, title, edition, covered}) => [
			heading(`${title}, ${edition}`),
			...table(
				`${title}: what was covered`,
				[framework === 'attack' || framework === 'aadapt' ? 'technique' : 'contributes evidence to', 'title', 'by', 'how it went'],
				covered.flatMap(({id, title: name, by}) => by.map(({what, went}) => [id, name, what, went])),
			),
		]),
	]);
}

export function worldsSection(model: DebriefModel): Section[] {
	const all = model.worlds;
	if (all === null) return [];
	const count = (outcome: string) => all.filter(each => each.outcome === outcome).length;
	return [
		section(model, 'worlds', 'worlds', 'The same line of moves in each world', [
			paragraph(
				`It loses in ${count('attackers')} of ${all.length} and wins in ${count('operators')}. Moves that a world refuses are left out, and turns after the last recorded move are idle.`,
			),
			...table(
				'This line of moves, by world',
				['world', 'outcome', 'because', 'moves refused', 'what was true there'],
				all.map(({world, summary, isDealt, outcome, reason, refused}) => [
					`${world}${isDealt ? ' (dealt)' : ''}`,
					outcome,
					reason,
					String(refused),
					summary,
				]),
			),
		]),
	];
}

export function planSection(model: DebriefModel): Section {
	const {actions, commitments} = model;
	return section(model, 'actions', 'plan', 'Improvement plan', [
		...(actions.length > 0
			? [
					paragraph(
						'Issues, actions and what shows that they help are computed unless a row says otherwise; owners and dates are for people to fill in.',
					),
					...table(
						'Actions, and what shows that they help',
						['id', 'issue', 'action', 'shown by', 'retest'],
						actions.map(({id, issue, action, shownBy, retest}) => [id, issue, action, shownBy, retest]),
					),
					...table(
						'Who does it, and when',
						['id', 'owner', 'start', 'due', 'ticket', 'status', 'source'],
						actions.map(({id, owner, start, due, ticket, status, origin, by, at}) => [
							id,
							owner,
							start,
							due,
							ticket,
							status,
							`${origin}${by === '' ? '' : `; ${origin === 'computed' ? 'owner and dates declared ' : ''}by ${by}, ${at}`}`,
						]),
					),
				]
			: [paragraph(model.outcome ? 'Nothing follows from the journal.' : 'The game is unfinished.')]),
		heading('When X, I will Y'),
		...(commitments.length > 0
			? list(
					commitments.map(
						({when, will, due, by, at}) => `When ${when}, I will ${will}${due === '' ? '' : `, by ${due}`} (declared by ${by}, ${at})`,
					),
				)
			: [paragraph('Nobody has committed to anything yet.')]),
	]);
}

export function notesSection(model: DebriefModel): Section {
	const {notes} = model;
	return section(
		model,
		'notes',
		'notes',
		'Notes of the table',
		notes.length === 0
			? [paragraph('No notes were written.')]
			: [
					paragraph('What people wrote, as they wrote it; suspicions are judged by what was true then.'),
					...list(
						notes.map(({turn, line, at, seat, text, suspect, wasRight}) => {
							const judged =
								suspect === undefined
									? ''
									: ` (suspects ${suspect}; computed: ${wasRight ? 'right, the attackers held it' : 'the attackers did not hold it'})`;
							return `${seat}, turn ${turn}, line ${line}${at === undefined ? '' : `, ${at}`}: ${text === '' ? 'no words' : text}${judged}`;
						}),
					),
				],
	);
}

export function answersSection(model: DebriefModel): Section {
	return section(
		model,
		'answers',
		'answers',
		'Questions and answers',
		model.answers.length === 0
			? [paragraph('The scenario asks no questions.')]
			: table(
					'Questions and answers',
					['question', 'answer', 'declared by'],
					model.answers.map(({question, answer, by, at}) => [question, answer || 'not answered', by === '' ? '' : `${by}, ${at}`]),
				),
	);
}

export function signOffSection(model: DebriefModel): Section {
	const {head, save, exercise} = model.overview;
	const those = (role: RegExp) => model.signOff.flatMap(({name, as}) => (role.test(as) ? [name] : []));
	const declared = (text: string) => text || 'not declared';
	return section(model, 'signOff', 'sign-off', 'Sign-off', [
		...facts('Control of this document', [
			['classification', declared(exercise.classification)],
			['author', declared(those(/author/i).join(', '))],
			['approver', declared(those(/approv/i).join(', '))],
			['retention', declared(exercise.retention)],
			['handling of the records', declared(exercise.records)],
			['reported to management', declared(exercise.reported)],
		]),
		...(model.signOff.length > 0
			? table(
					'Who stands behind this document',
					['name', 'function', 'as', 'when'],
					model.signOff.map(({name, function: role, as, at}) => [name, role, as, at]),
				)
			: [paragraph('Not signed: no author, no approver and no participant has put a name under it.')]),
		paragraph(
			'Each participant can attest the head with a key of their own (OpenSSH 8.2 or newer) and keep the signature beside the save:',
		),
		codeLines(
			[
				`quorum-call notary --attest ${save} | ssh-keygen -Y sign -f ~/.ssh/id_ed25519 -n quorum-call > attested.sig`,
				`quorum-call notary --attest ${save} | ssh-keygen -Y check-novalidate -n quorum-call -s attested.sig`,
			],
			'sh',
		),
		paragraph('The head that is attested: ', {code: head}),
	]);
}

export function outputsSection(model: DebriefModel): Section {
	const {outputs, overview} = model;
	if (outputs.length === 0) return section(model, 'outputs', 'outputs', 'Check each output yourself', [paragraph('No output was made.')]);
	return section(model, 'outputs', 'outputs', 'Check each output yourself', [
		paragraph(
			overview.suite === 'ed25519'
				? 'Each output is an ordinary Ed25519 signature (RFC 8032). These commands need OpenSSL 3 and xxd, and nothing of this program; the last one prints “Signature Verified Successfully”.'
				: 'Each output is an ordinary BIP 340 signature. OpenSSL knows the curve and not this scheme, so it can not check it; the commands need Node.js and the noble library, and nothing of this program. The last one prints “true”.',
		),
		...outputs.flatMap(({id, request, turn, state, isAuthorised, says, commands}): Block[] => [
			heading(`${id}: ${says}`),
			paragraph(
				`${request === '' ? 'No request asked for it' : `For ${request}`}, turn ${turn}, ${state}, `,
				isAuthorised ? 'authorised' : {strong: 'not authorised'},
				'.',
			),
			codeLines(commands, 'sh'),
		]),
	]);
}

export function aboutSection(model: DebriefModel): Section {
	const {irregularities, status, overview, redacted} = model;
	return section(model, 'irregularities', 'about', 'How this was made', [
		paragraph(
			'Parts marked computed follow from the journal alone: outcome, scores, equations and times come from re-executing recorded moves with real secret sharing. Parts marked re-run come from playing the same game again with something changed. Nothing computed was declared or set by the scenario; anybody with the save can compute it again. Parts marked declared are somebody’s word, with who and when.',
		),
		heading('What a reader should know of the play'),
		...list(
			irregularities.length > 0
				? irregularities.map(({kind, line, turn, what}) => `${kind}${turn > 0 ? `, turn ${turn}` : ''}, line ${line}: ${what}`)
				: ['Nothing: seed and world were dealt, no move was taken back, no hint was asked for, and nobody intervened.'],
		),
		heading('Head and verification'),
		codeLines(
			[
				overview.verify,
				`openssl ts -query -digest ${overview.head} -sha256 -cert -out head.tsq`,
				`quorum-call verify ${overview.save} --timestamp head.tsr --tsa-cert authority.pem`,
			],
			'sh',
		),
		...list([
			[
				'The head is ',
				{code: overview.head},
				'. Write it into a ticket or a mail that others keep: a chain of hashes does not stop whoever keeps it from writing all of it anew.',
			],
			'The second command writes a request for a time stamping authority (RFC 3161); the third one reads its answer, and says who had this head, and when.',
			`To verify it in five years, keep the program too: ${overview.program}${overview.rules > 0 ? `, rules version ${overview.rules}` : ''}.`,
			`Limits: ${model.scope.limits}`,
			...(redacted
				? [
						'Names of people, parties, domains and places were replaced, the same one everywhere by the same word. Amounts, receivers and the signed bytes were not; free text of the scenario may still give something away.',
					]
				: []),
			...(status === 'unfinished'
				? [`The game is unfinished: turn ${overview.turn} of ${overview.turns}, ${counted(overview.entries, 'line')} so far.`]
				: []),
		]),
	]);
}
