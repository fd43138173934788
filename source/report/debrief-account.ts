/** The debrief's middle: the timeline in three lanes, what the evidence explains, signals, words exchanged, and who learned what. */
import {wrongWords} from '../engine/explain.js';
import type {DebriefModel} from './debrief.js';
import {momentWords, section} from './debrief-words.js';
import {type Figure, heading, list, paragraph, type Section, type Text, table} from './document.js';
import {equationLine} from './equation.js';
import {stationName} from './places.js';
import {counted, listed, short} from './plain-text.js';

type Plots = Readonly<Record<'exposure' | 'requests' | 'coverage', Figure>>;

export function timelineSection(model: DebriefModel, plots: Plots): Section {
	return section(model, 'timeline', 'timeline', 'Timeline', [
		paragraph('Three lanes: what happened, what the table knew of it then, and what was decided. Lines are lines of the journal.'),
		...table(
			'What happened, what the table knew, what was decided',
			['turn', 'line', 'by', 'what happened', 'what the table knew', 'what was decided'],
			model.timeline.map(({turn, line, at, by, happened, knew, decided, isMove}) => {
				const lane = (text: string): Text => (isMove && text !== '' ? {code: text} : text);
				return [`${turn}${at === undefined ? '' : ` ${at}`}`, String(line), by, lane(happened), knew, lane(decided)];
			}),
		),
		plots.requests,
	]);
}

export function evidenceSection(model: DebriefModel, plots: Plots): Section {
	const {authority} = model;
	if (authority.length === 0)
		return section(model, 'authority', 'evidence', 'Can the evidence explain it?', [paragraph('No authority moved.')]);
	const verdicts = [...new Set(authority.map(({verdict}) => verdict))].map(
		verdict => `${authority.filter(each => each.verdict === verdict).length} ${verdict}`,
	);
	const logs = [...new Set(authority.flatMap(({log}) => (log === undefined ? [] : [log])))];
	return section(model, 'authority', 'evidence', 'Can the evidence explain it?', [
		paragraph(`${counted(authority.length, 'authority move')}: ${verdicts.join(', ')}.`),
		plots.coverage,
		...table(
			'Each authority move against what was kept of it',
			['line', 'turn', 'station', 'authority moved', 'kept', 'missing', 'verdict', 'would have kept it'],
			authority.map(({line, turn, station, what, kept, missing, wrong, against, verdict, log}) => [
				String(line),
				String(turn),
				stationName(station),
				what,
				kept.join(', ') || 'nothing',
				missing.join(', '),
				[verdict, ...wrong.map(wrongWords), ...against].join('; '),
				log === undefined ? '' : {code: log},
			]),
		),
		...(logs.length > 0
			? [
					paragraph(
						'These moves before it would have kept the rest: ',
						...logs.flatMap((log, index) => [index > 0 ? ', ' : '', {code: log}]),
						'.',
					),
				]
			: []),
	]);
}

export function signalsSection(model: DebriefModel): Section {
	return section(
		model,
		'signals',
		'signals',
		'What became of each signal',
		model.signals.length === 0
			? [paragraph('Monitoring pushed no signal: a loud act is pushed only at stations that log at level 2.')]
			: table(
					'Signals, what stood behind them, and what was done',
					['line', 'turn', 'signal', 'what stood behind it', 'what was done', 'became', 'why'],
					model.signals.map(({line, turn, text, behind, pursued, became, why}) => [
						String(line),
						String(turn),
						text,
						behind.map(({what, line: at, isHostile}) => `${what} (line ${at}, ${isHostile ? 'hostile' : 'innocent'})`).join('; ') ||
							'not found',
						pursued ? [{code: pursued.move}, ` (${momentWords(pursued)})`] : 'nothing',
						became,
						why,
					]),
				),
	);
}

export function communicationSection(model: DebriefModel): Section {
	const announced = model.communication.some(({what}) => what.startsWith('not to honour'));
	return section(model, 'communication', 'communication', 'Communication', [
		...table(
			'Who was told what, when, by whose authority',
			['line', 'turn', 'from', 'to', 'what', 'by authority of'],
			model.communication.map(({turn, line, at, from, to, what, authority}) => [
				String(line),
				`${turn}${at === undefined ? '' : ` ${at}`}`,
				from,
				to,
				what,
				authority,
			]),
		),
		...(announced ? [] : [paragraph('Nobody outside was told of any output.')]),
	]);
}

export function absencesSection(model: DebriefModel): Section {
	const {absences} = model;
	return section(
		model,
		'absences',
		'absences',
		'Absent people and failing providers',
		absences.length === 0
			? [paragraph('Nobody was away and every machine could be reached: this was not tested.')]
			: [
					paragraph('Each row is a test of its own: what was due while somebody or something did not answer.'),
					...table(
						'Who did not answer, and what was due meanwhile',
						['who', 'turns', 'line', 'by', 'what waited for it', 'wanted meanwhile'],
						absences.map(({party, custodian, domain, who, from, to, line, by, waited, requests}) => [
							who === 'custodian' ? `${custodian}, custodian of ${party}` : `the machine of ${party}, ${domain}`,
							from === to ? String(from) : `${from} to ${to}`,
							String(line),
							by,
							waited === 0 ? 'nothing' : counted(waited, 'ceremony', 'ceremonies'),
							requests.map(({request, isServed}) => `${request} ${isServed ? 'served in time' : 'missed'}`).join(', ') || 'nothing',
						]),
					),
				],
	);
}

export function learnedSection(model: DebriefModel): Section {
	return section(
		model,
		'learned',
		'learned',
		'Who learned what',
		model.learned.flatMap(({ceremony, title, turn, rounds, rows}) => [
			heading(`${ceremony}: ${title}, turn ${turn}`),
			...table(
				`What each machine learned in ${ceremony}, by round`,
				['machine', ...rounds.map(round => `round ${round}`)],
				rows.map(({member, rounds: cells}) => [member, ...cells.map(cell => cell.learned.join('; '))]),
			),
		]),
	);
}

export function attackersSection(model: DebriefModel): Section {
	const {shares, summary, attempts, machines} = model.attackers;
	return section(model, 'attackers', 'attackers', 'What the attackers held', [
		paragraph(summary),
		...table(
			'Bytes that left',
			['share', 'epoch', 'turn', 'line', 'how', 'bytes'],
			shares.map(({party, index, epoch, turn, line, how, share}) => [
				index === 0 ? `the key, at ${party}` : `s${index} of ${party}`,
				String(epoch),
				String(turn),
				String(line),
				{code: how},
				short(share),
			]),
		),
		...list(attempts.map(({equation, ...moment}) => `${momentWords(moment)}: ${equationLine(equation)}`)),
		paragraph(
			machines.length > 0
				? `At the end: ${machines
						.map(
							({machine, wayIn, implantSince, link}) =>
								`${machine} (${listed([...(implantSince === undefined ? [] : [`implant since turn ${implantSince}`]), ...(wayIn ? ['way in'] : []), ...(link ? ['link'] : [])])})`,
						)
						.join(', ')}.`
				: 'At the end they had no machine.',
		),
	]);
}
