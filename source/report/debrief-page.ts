/** The debrief on one page of a terminal: at most 24 lines of 80 columns. What does not fit is in the long form. */
import {formatAmount} from '../engine/deal.js';
import type {DebriefModel} from './debrief.js';
import {bar, momentWords} from './debrief-words.js';
import {equationLine} from './equation.js';
import {stationName} from './places.js';
import {counted, short, wrap} from './plain-text.js';

const columns = 76;
const label = 12;

/** One entry, its first line labelled; at most `most` lines, the last of them cut where more would follow. */
function entry(name: string, text: string, most = 1): string[] {
	const lines = wrap(text, columns, `${name.padEnd(label)}`, ' '.repeat(label));
	if (lines.length <= most) return lines;
	return lines.slice(0, most).map((line, index) => (index === most - 1 ? `${line.slice(0, columns - 3)}...` : line));
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
		...entry('Outcome', outcome ? outcome.reason : `${status}: turn ${overview.turn} of ${overview.turns}`, 2),
		...(lost.length > 0 ? entry('Lost', lost.join('; ')) : []),
		...(deciding
			? [
					...entry(failed.length > 0 ? 'Assumption' : 'Tested', `"${deciding.assumption}"`),
					...entry(failed.length > 0 ? 'failed at' : 'held at', `${deciding.boundary}, ${momentWords(deciding)}`),
				]
			: []),
		...(deciding?.equations[0] ? entry('because', equationLine(deciding.equations[0])) : []),
		...(times.length > 0
			? entry('times', times.map(({what, moment}) => `${what} ${moment ? `t${moment.turn}` : 'never'}`).join(', '))
			: []),
		...(scores.length > 0
			? [
					rule('Scores', 'computed'),
					...scores.map(({station, score, because}) => {
						const line = `${stationName(station).padEnd(label)}${String(score).padStart(3)}  ${bar(score)}  ${because[0]?.text ?? ''}`;
						return line.length > columns ? `${line.slice(0, columns - 3)}...` : line;
					}),
				]
			: []),
		rule('Can the evidence explain it?', counted(authority.length, 'authority move')),
		...entry('', verdicts.join('   ') || 'no authority moved'),
		...(alternatives && alternatives.length > 0
			? [
					rule('Had you chosen otherwise', 're-run, computed'),
					...alternatives
						.filter(({result}) => result !== 'refused')
						.toSorted((one, other) => Number(one.than === 'same') - Number(other.than === 'same'))
						.slice(0, 3)
						.flatMap(({choice, reason, than}) => entry(than, `${choice}: ${reason}`)),
				]
			: []),
		...(luck[0] === undefined ? [] : entry('lucky', luck[0])),
		...(open.length > 0 ? [rule('To file it', 'DRAFT'), ...entry('missing', open.join(', '))] : []),
	];
}
