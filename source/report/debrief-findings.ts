/** The debrief's first half: what was played, how it ended, what it cost, and the assumption that decided. */
import {formatAmount} from '../engine/deal.js';
import {pathFigures} from './attack-path-figure.js';
import type {DebriefModel, IncidentTime} from './debrief.js';
import {bar, facts, findingBlocks, linesWords, momentWords, section} from './debrief-words.js';
import {type Block, codeLines, type Figure, heading, list, paragraph, type Section, type Text, table} from './document.js';
import {ratingWords} from './objectives.js';
import type {Participant} from './participants.js';
import {stationName} from './places.js';
import {counted, listed, stopped} from './plain-text.js';

const notDeclared = 'not declared';

export function overviewSection(model: DebriefModel): Section {
	const o = model.overview;
	const {exercise} = o;
	const time: Text =
		o.from === '' ? 'no clock: the game was played without one' : `${o.from} to ${o.to}, ${counted(o.minutes ?? 0, 'minute')}`;
	return section(model, 'overview', 'overview', 'Overview', [
		...(o.summary === '' ? [] : [paragraph(o.summary)]),
		...facts('What was played', [
			['scenario', o.scenarioSha256 === '' ? o.scenario : [`${o.scenario}, SHA-256 `, {code: o.scenarioSha256}]],
			['type of exercise', exercise.type],
			['date and zone', o.date === '' ? 'no clock' : `${o.date}, ${o.zone}`],
			['time', time],
			['place', exercise.place || notDeclared],
			['plan under test', planText(exercise.plan)],
			['why this scenario', exercise.why || (o.incident === '' ? notDeclared : `${notDeclared}; the incident behind it: ${o.incident}`)],
			['learning objectives', o.learn.join('; ')],
			['parties', o.parties.map(({id, custodian, domain}) => `${id} (${custodian}, ${domain})`).join(', ')],
			[
				'key',
				[`${o.threshold} of ${o.parties.length}, ${o.suite}, public key `, o.publicKey === '' ? 'not made yet' : {code: o.publicKey}],
			],
			['turns', `${o.turn} of ${o.turns}`],
			['world dealt', [{strong: o.world}, `: ${o.worldSummary}`]],
			['the other worlds', o.otherWorlds.map(({world}) => world).join(', ') || 'none'],
			['journal', [`${counted(o.entries, 'line')}, head `, {code: o.head}]],
			['verify', {code: o.verify}],
			['verified when this was made', verifiedText(model)],
			['actions of the last exercise', exercise.previous || notDeclared],
			['made by', o.program],
		]),
		...(exercise.why !== '' && o.incident !== '' ? [paragraph(`The incident behind it: ${o.incident}`)] : []),
	]);
}

function planText(plan: DebriefModel['overview']['exercise']['plan']): Text {
	if (!plan) return notDeclared;
	const {title, version, owner, followed, departed} = plan;
	return [
		[title, version === '' ? '' : `version ${version}`, owner === '' ? '' : `owner ${owner}`].filter(Boolean).join(', '),
		followed.length > 0 ? `; followed: ${listed(followed)}` : '',
		departed.length > 0 ? `; departed from: ${listed(departed)}` : '',
	];
}

function verifiedText({overview: {verification}}: DebriefModel): Text {
	if (!verification) return 'no: run the command above';
	const {ok, reexecuted, signedBy, divergence} = verification;
	if (!ok) return [{strong: 'IT DOES NOT VERIFY'}, divergence ? `: line ${divergence.line}, ${divergence.message}` : ''];
	return `${reexecuted ? 'every entry was computed again and is the same' : 'the chain holds'}; ${signedBy === null ? 'not signed' : `signed by ${signedBy}`}`;
}

export function participantsSection(model: DebriefModel): Section {
	return section(model, 'participants', 'participants', 'Participants', [
		...table(
			'Who took part, by seat',
			['seat', 'played by', 'human', 'moves', 'from', 'to', 'name and function (declared)'],
			model.participants.map(each => [
				each.seat,
				each.player,
				each.isHuman === null ? 'not recorded' : each.isHuman ? 'yes' : 'no',
				String(each.moves),
				each.from ? momentWords(each.from) : '',
				each.to ? momentWords(each.to) : '',
				peopleText(each),
			]),
		),
	]);
}

function peopleText({people, isHuman}: Participant): string {
	if (people.length === 0) return isHuman === false ? '' : notDeclared;
	return people
		.map(({name, function: role, from, to}) => {
			const span = [from, to].filter(Boolean).join(' to ');
			return [name, role, span].filter(Boolean).join(', ');
		})
		.join('; ');
}

export function scopeSection(model: DebriefModel): Section {
	const {scope} = model;
	return section(model, 'scope', 'scope', 'Scope', [
		...(scope.declared === '' ? [] : [paragraph(`Declared: ${scope.declared}`)]),
		paragraph(
			`What was exercised, by station. Attacks played: ${scope.attacks.length > 0 ? scope.attacks.join(', ') : 'none'}. A station at which nothing happened was not tested.`,
		),
		...table(
			'What was exercised',
			['station', 'authority moves', 'ceremonies', 'hostile acts'],
			scope.stations.map(({station, authorityMoves, ceremonies, attacks}) => [
				station.toUpperCase(),
				String(authorityMoves),
				String(ceremonies),
				String(attacks),
			]),
		),
		paragraph(`Limits: ${scope.limits}`),
	]);
}

const winners = {operators: 'The operators won', attackers: 'The attackers won', neither: 'Neither side won'} as const;

export function outcomeSection(model: DebriefModel): Section {
	const {outcome, impact, times, goals, detected} = model;
	const lost = impact.lost.map(
		({output, amount, to, announced}) => `${output}: ${formatAmount(amount)} to ${to}${announced ? ', announced' : ''}`,
	);
	return section(model, 'outcome', 'outcome', 'Outcome and impact', [
		outcome ? paragraph({strong: `${winners[outcome.winner]}:`}, ` ${stopped(outcome.reason)}`) : paragraph('The outcome is open.'),
		...facts('Impact', [
			['left without being wanted', lost.length > 0 ? listed(lost) : 'nothing'],
			['required requests served in time', impact.served.join(', ') || 'none'],
			['required requests missed', impact.missed.join(', ') || 'none'],
			[
				'the key',
				impact.key.isTheirs
					? 'the attackers have it: everything that it guards is theirs until it is rotated'
					: `${impact.key.stolen} of the ${impact.key.threshold} shares of one epoch that make it were taken`,
			],
			['inputs of computations given away', impact.exposedInputs > 0 ? String(impact.exposedInputs) : ''],
			[
				'detection',
				detected
					? `${detected.what}, turn ${detected.turn}${impact.turnsToDetect === null ? '' : `, ${counted(impact.turnsToDetect, 'turn')} after the first hostile move`}`
					: 'the operators never suspected or acted against a machine that the attackers held',
			],
			['times', times.map(timeText).join('; ')],
			["the operators' goal", goals.operators],
			["the attackers' goal", goals.attackers],
		]),
	]);
}

function timeText({what, moment, how}: IncidentTime): string {
	return moment ? `${what} ${momentWords(moment)} (${how})` : `${what} never (${how})`;
}

export function objectivesSection(model: DebriefModel): Section[] {
	const {objectives, status, ratingCriteria} = model;
	if (objectives.length === 0) return [];
	return [
		section(model, 'objectives', 'objectives', 'Objectives', [
			...table(
				'Objectives and ratings',
				['objective', 'side', 'result', 'rating', 'set by an evaluator', 'holds when'],
				objectives.map(({side, name, expression, result, problem, rating}) => [
					name,
					side,
					`${result === 'met' && status === 'unfinished' ? 'met so far' : result}${problem === undefined ? '' : `: ${problem}`}`,
					rating ? [{strong: rating.suggested}, ` suggested: ${ratingWords[rating.suggested]} (${rating.because})`] : 'not rated',
					rating?.set
						? [
								{strong: rating.set.rating},
								` ${ratingWords[rating.set.rating]}${rating.set.why === '' ? '' : `: ${rating.set.why}`} (declared by ${rating.set.by}, ${rating.set.at})`,
							]
						: rating
							? 'not set'
							: '',
					{code: expression},
				]),
			),
			paragraph(
				'Criteria, fixed before the start by the rules of this program; the objectives stand in the scenario, whose hash is in line 1 of the journal:',
			),
			...list(ratingCriteria),
		]),
	];
}

export function scoresSection(model: DebriefModel): Section {
	const {scores} = model;
	if (scores.length === 0) return section(model, 'scores', 'scores', 'Scores', [paragraph('Scores are given when the game has ended.')]);
	return section(model, 'scores', 'scores', 'Scores', [
		codeLines(scores.map(({station, score}) => `${stationName(station).padEnd(11)}${String(score).padStart(3)}  ${bar(score)}`)),
		...table(
			'The moments that cost points',
			['station', 'what cost points', 'journal lines'],
			scores.flatMap(({station, because}) => because.map(({text, lines}) => [stationName(station), text, lines.join(', ')])),
		),
	]);
}

export function assumptionSection(model: DebriefModel): Section {
	const {failed, held, outcome} = model;
	if (failed.length > 0) {
		const [first, ...others] = failed;
		return section(model, 'failed', 'assumption', 'The assumption that failed', [
			...findingBlocks(first!),
			...(others.length > 0 ? [heading('Others that failed'), ...others.flatMap(each => findingBlocks(each))] : []),
		]);
	}
	if (!outcome) return section(model, 'failed', 'assumption', 'The assumption that failed', [paragraph('None so far.')]);
	const [first] = held;
	return section(
		model,
		'held',
		'assumption',
		'The assumption that was tested',
		first
			? [
					paragraph('Nothing rested on this assumption alone: a check stood at the boundary and tested it.'),
					...findingBlocks(first, 'held by'),
				]
			: [
					paragraph(
						'No assumption failed, and no check had to decide: nothing reached a boundary where one stands. See “Where we got lucky”.',
					),
				],
	);
}

export function pathSection(model: DebriefModel, plots: Readonly<Record<'exposure', Figure>>): Section {
	const {path} = model;
	const figures = pathFigures(path);
	const blocks: Block[] = [
		...(figures.length > 0
			? [
					paragraph('Each step names what stood there to enforce something, and what could be seen of it. A gap in visibility is marked.'),
					...figures,
				]
			: [paragraph('The attackers made no move.')]),
		...(path.kind === 'unauthorised' && path.after.length === 0 && model.hardened !== null
			? [paragraph('Of what was tried alone, nothing cuts this path: see the controls below.')]
			: []),
		...(path.kind === 'stopped' ? [paragraph('Nothing unauthorised became final, so there is no second picture with improvements.')] : []),
		plots.exposure,
	];
	return section(model, 'path', 'path', 'The attack path', blocks);
}

export function strengthsSection(model: DebriefModel): Section {
	const {computed, declared} = model.strengths;
	return section(model, 'strengths.computed', 'strengths', 'Strengths', [
		...(computed.length > 0 ? list(computed) : [paragraph('None that the journal shows.')]),
		...(declared.length > 0
			? [heading('Declared by the table'), ...list(declared.map(({text, by, at}) => `${text} (declared by ${by}, ${at})`))]
			: []),
	]);
}

/** Where nothing that is a control would have stopped it, the reader is told so, and what would. */
function withoutControl({hardened, alternatives, impact, outcome}: DebriefModel): Block[] {
	if (hardened === null || !outcome || hardened.some(({result}) => result !== 'lost')) return [];
	const wasLost = impact.lost.length > 0 || impact.exposedInputs > 0;
	if (!wasLost)
		return impact.missed.length === 0
			? []
			: [
					paragraph(
						`No control serves a request: ${listed(impact.missed)} ${impact.missed.length === 1 ? 'was' : 'were'} missed, and it takes other moves.`,
					),
				];
	const tried =
		hardened.length === 0
			? 'the attack x control matrix names none that was off against what was done here'
			: `each that was off and that the attack x control matrix names was tried alone (${listed(hardened.map(({title}) => title))})`;
	const better = alternatives?.find(({result}) => result === 'won' || result === 'kept');
	return [
		paragraph(
			{strong: 'No control stops this line of moves:'},
			` ${tried}. `,
			...(better ? ['A move does: ', {code: better.choice}, '.'] : ['No single move that was tried does either; it takes several others.']),
		),
	];
}

export function improvementsSection(model: DebriefModel): Section {
	const {computed, declared} = model.improvements;
	const tried = model.hardened ?? [];
	return section(model, 'improvements.computed', 'improvements', 'Areas for improvement', [
		...(computed.length > 0
			? table(
					'Issues and their root causes',
					['issue', 'root cause', 'where', 'journal'],
					computed.map(({issue, rootCause, place, lines}) => [issue, rootCause, place, linesWords(lines)]),
				)
			: [paragraph(model.outcome ? 'None that the journal shows.' : 'The game is unfinished.')]),
		...withoutControl(model),
		...(tried.length > 0
			? table(
					'Controls that were off, each tried alone on the same moves',
					['control', 'result of the re-run', 'because', 'attack x control'],
					tried.map(({title, result, reason, cell}) => [title, resultWords[result], reason, cell]),
				)
			: []),
		...(declared.length > 0
			? [heading('Declared by the table'), ...list(declared.map(({text, by, at}) => `${text} (declared by ${by}, ${at})`))]
			: []),
	]);
}

export const resultWords = {
	won: 'won',
	kept: 'nothing unauthorised left',
	lost: 'lost all the same',
	refused: 'not allowed then',
} as const;
