/** A debrief without names: a team's own quorum, and who sits in it, is nobody else's business. */
import type {DebriefModel} from './debrief.js';
import type {Played} from './played.js';

/** What stands in place of free text that people wrote: it can hold any name. */
const withheld = '[withheld]';

/**
 * Replaces ids of parties, custodians, domains, places of backups, requesters and everybody who is declared, the same one everywhere by the same word.
 * Text that people wrote goes altogether. Hex is left as it is: signatures and hashes hold no names, and signed bytes hold none of these.
 */
export function redacted(model: DebriefModel, {game: {deal, scenario}}: Pick<Played, 'game'>): DebriefModel {
	const words = new Map<string, string>();
	const name = (all: readonly string[], word: (index: number) => string): void => {
		[...new Set(all)]
			.filter(each => each !== '')
			.forEach((each, index) => {
				// As it is written, at the beginning of a sentence, and in capitals. Not in any case: "will" is a word, and Will a name.
				for (const form of [each, each.charAt(0).toUpperCase() + each.slice(1), each.toUpperCase()])
					if (!words.has(form)) words.set(form, word(index));
			});
	};
	name(
		deal.parties.map(({id}) => id),
		index => `party-${index + 1}`,
	);
	// All that the scenario could have dealt: other texts may speak of them.
	name(
		[...deal.parties.map(({custodian}) => custodian), ...Object.values(scenario.parties).flatMap(({custodian}) => custodian ?? [])],
		index => `custodian-${index + 1}`,
	);
	name([...deal.parties.map(({domain}) => domain), deal.coordinator.domain], index => `domain-${letter(index)}`);
	name(deal.places, index => `place-${index + 1}`);
	name(
		deal.requests.map(({requester}) => requester),
		index => `requester-${index + 1}`,
	);
	name(
		model.participants.flatMap(({people}) => people.map(each => each.name)),
		index => `person-${index + 1}`,
	);
	name(
		[...model.actions.map(({owner}) => owner), ...model.signOff.map(each => each.name), ...authorsOf(model)],
		index => `signer-${index + 1}`,
	);
	const longestFirst = [...words.keys()].sort((a, b) => b.length - a.length);
	const pattern =
		longestFirst.length === 0
			? null
			: new RegExp(`(?<![\\w-])(${longestFirst.map(word => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})(?![\\w-])`, 'gu');
	const replaced = (text: string): string => (pattern ? text.replace(pattern, match => words.get(match) ?? match) : text);
	const walk = (value: unknown): unknown => {
		if (typeof value === 'string') return replaced(value);
		if (Array.isArray(value)) return value.map(walk);
		if (typeof value === 'object' && value !== null)
			return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner)]));
		return value;
	};
	const plain = walk({
		...model,
		overview: {...model.overview, save: 'SAVE', verify: model.overview.verify.replace(model.overview.save, () => 'SAVE')},
	}) as DebriefModel;
	return {
		...plain,
		redacted: true,
		// Enumerations and ids are no names, even where a party is called by one of them.
		status: model.status,
		origins: plain.origins,
		overview: {...plain.overview, exercise: withoutWords(plain.overview.exercise)},
		scope: {...plain.scope, declared: said(plain.scope.declared)},
		strengths: {...plain.strengths, declared: plain.strengths.declared.map(each => ({...each, text: said(each.text)}))},
		improvements: {...plain.improvements, declared: plain.improvements.declared.map(each => ({...each, text: said(each.text)}))},
		commitments: plain.commitments.map(each => ({...each, when: said(each.when), will: said(each.will)})),
		notes: plain.notes.map(note => ({...note, text: note.text === '' ? '' : withheld})),
		timeline: plain.timeline.map(row => (/^note\b/.test(row.decided) ? {...row, decided: `note ${withheld}`} : row)),
		answers: plain.answers.map(each => (each.answer === '' ? each : {...each, answer: withheld})),
	};
}

const said = (text: string): string => (text === '' ? '' : withheld);

/** What people said of the exercise: where it was held, by which plan of whose, who reads it. Its type, classification and retention name nobody. */
function withoutWords(exercise: DebriefModel['overview']['exercise']): DebriefModel['overview']['exercise'] {
	const {place, plan, why, previous, records, reported} = exercise;
	return {
		...exercise,
		place: said(place),
		plan: plan && {
			...plan,
			title: said(plan.title),
			owner: said(plan.owner),
			followed: plan.followed.map(said),
			departed: plan.departed.map(said),
		},
		why: said(why),
		previous: said(previous),
		records: said(records),
		reported: said(reported),
	};
}

const letter = (index: number): string => String.fromCharCode(65 + (index % 26)) + (index >= 26 ? String(Math.floor(index / 26)) : '');

function authorsOf({origins, answers, actions, commitments, strengths, improvements, objectives}: DebriefModel): string[] {
	return [
		...Object.values(origins).flatMap(origin => (origin.is === 'declared' && 'at' in origin ? [origin.by] : [])),
		...[...answers, ...actions, ...commitments, ...strengths.declared, ...improvements.declared].map(({by}) => by),
		...objectives.flatMap(({rating}) => (rating?.set ? [rating.set.by] : [])),
	];
}
