/** The debrief on one page: lines that an 80-column terminal holds whole. What is more than the page's few rows is in the long form. */
import {formatAmount} from '../engine/deal.js';
import type {DebriefModel} from './debrief.js';
import {bar, momentWords} from './debrief-words.js';
import {equationLine} from './equation.js';
import {stationName} from './places.js';
import {counted, short, wrap} from './plain-text.js';

const columns = 76;
const label = 12;

/** One entry, its first line labelled. */
function entry(name: string, text: string): string[] {
	return wrap(text, columns, `${name.padEnd(label)}`, ' '.repeat(label));
}

const rule = (title: string, right = ''): string =>
	`-- ${title} ${'-'.repeat(Math.max(2, columns - title.length - right.length - 5))}${right === '' ? '' : ` ${right}`}`;

export function debriefPage(model: DebriefModel): string[] {
	const {overview, status, outcome, impact, failed, held, times, scores, authority, alternatives, luck} = model;
	const deciding = failed[0] ?? held[0];
	const lost = impact.lost.map(({output, amount, to}) => `${output}, ${formatAmount(amount)} to ${to}`);
	const verdicts = [...new Set(authority.map(({verdict}) => verdict))].map(
		verdict => `${authority.filter(each => each.verdict === verdict).length} ${verdict}`,
	);
	const open = [
		...(model.answers.some(({answer}) => answer === '')
			? [counted(model.answers.filter(({answer}) => answer === '').length, 'answer')]
			: []),
		...(model.actions.some(({owner}) => owner === '') ? [counted(model.actions.filter(({owner}) => owner === '').length, 'owner')] : []),
		...(model.objectives.some(({rating}) => rating && !rating.set) ? ['ratings by an evaluator'] : []),
		...(model.signOff.length === 0 ? ['signatures'] : []),
	];
	const verified = overview.verification === null ? '' : overview.verification.ok ? 'verified   ' : 'DOES NOT VERIFY   ';
	return [
		`${overview.title.slice(0, 30)}   ${counted(overview.turn, 'turn')}${overview.minutes === null ? '' : `, ${overview.minutes} min`}   ${verified}head ${short(overview.head)}`.slice(
			0,
			columns,
		),
		...entry('Outcome', outcome ? outcome.reason : `${status}: turn ${overview.turn} of ${overview.turns}`),
		...(lost.length > 0 ? entry('Lost', lost.join('; ')) : []),
		...(deciding
			? [
					...entry(failed.length > 0 ? 'Assumption' : 'Tested', `"${deciding.assumption}"`),
					...entry(failed.length > 0 ? 'failed at' : 'held at', `${deciding.boundary}, ${momentWords(deciding)}`),
				]
			: []),
		...(deciding?.equations[0] ? entry('because', equationLine(deciding.equations[0]).split(/ {2,}/).join(', ')) : []),
		...(times.length > 0
			? entry('times', times.map(({what, moment}) => `${what} ${moment ? `t${moment.turn}` : 'never'}`).join(', '))
			: []),
		...(scores.length > 0
			? [
					rule('Scores', 'computed'),
					...scores.flatMap(({station, score, because}) => {
						const given = `${stationName(station).padEnd(label)}${String(score).padStart(3)}  ${bar(score)}  `;
						return wrap(because[0]?.text ?? '', columns, given, ' '.repeat(given.length));
					}),
				]
			: []),
		rule('Can the evidence explain it?', counted(authority.length, 'authority move')),
		...entry('', verdicts.join(', ') || 'no authority moved'),
		...(alternatives && alternatives.length > 0
			? [
					rule('Had you chosen otherwise', 're-run, computed'),
					...alternatives
						.filter(({result}) => result !== 'refused')
						.toSorted((one, other) => Number(one.than === 'same') - Number(other.than === 'same'))
						.slice(0, 2)
						.flatMap(({choice, reason, than}) => entry(than, `${choice}: ${reason}`)),
				]
			: []),
		...(luck[0] === undefined ? [] : entry('lucky', luck[0])),
		...(open.length > 0 ? [rule('To file it', 'DRAFT'), ...entry('missing', open.join(', '))] : []),
	];
}
