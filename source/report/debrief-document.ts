/** The debrief as a document: its sections in order, and above them what a reader has to know first. */
import type {DebriefModel} from './debrief.js';
import {
	absencesSection,
	attackersSection,
	communicationSection,
	evidenceSection,
	learnedSection,
	signalsSection,
	timelineSection,
} from './debrief-account.js';
import {
	assumptionSection,
	improvementsSection,
	objectivesSection,
	outcomeSection,
	overviewSection,
	participantsSection,
	pathSection,
	scopeSection,
	scoresSection,
	strengthsSection,
} from './debrief-findings.js';
import {
	aboutSection,
	answersSection,
	frameworksSection,
	luckSection,
	notesSection,
	otherwiseSection,
	outputsSection,
	planSection,
	signOffSection,
	worldsSection,
} from './debrief-follow-up.js';
import type {Document, Section, Text} from './document.js';
import {drillSection} from './drill.js';
import {plotFigures} from './plot-figures.js';

export function debriefDocument(model: DebriefModel): Document {
	const plots = plotFigures(model.plots);
	const mark = markOf(model);
	return {
		...(mark === null ? {} : {mark}),
		title: `Debrief: ${model.overview.title}`,
		warnings: warningsOf(model),
		sections: marked(mark, [
			overviewSection(model),
			outcomeSection(model),
			assumptionSection(model),
			scoresSection(model),
			...objectivesSection(model),
			pathSection(model, plots),
			timelineSection(model, plots),
			evidenceSection(model, plots),
			signalsSection(model),
			communicationSection(model),
			absencesSection(model),
			attackersSection(model),
			learnedSection(model),
			strengthsSection(model),
			improvementsSection(model),
			luckSection(model),
			...otherwiseSection(model),
			...worldsSection(model),
			planSection(model),
			answersSection(model),
			notesSection(model),
			participantsSection(model),
			...(model.drill ? [drillSection(model.drill)] : []),
			scopeSection(model),
			frameworksSection(model),
			signOffSection(model),
			outputsSection(model),
			aboutSection(model),
		]),
	};
}

/** What every page of it says, so that none can be filed alone as something else; null for a finished game that verifies. */
function markOf({status, overview: {verification}}: DebriefModel): string | null {
	if (verification && !verification.ok) return 'DOES NOT VERIFY';
	return status === 'unfinished' ? 'UNFINISHED' : null;
}

function marked(mark: string | null, sections: readonly Section[]): Section[] {
	return sections.map(each => (mark === null ? each : {...each, origin: `${each.origin}; ${mark}`}));
}

function warningsOf({status, redacted, overview: {turn, turns, verification}}: DebriefModel): Text[] {
	const warnings: Text[] = [];
	if (verification && !verification.ok) {
		const {divergence} = verification;
		warnings.push([
			{strong: 'THIS SAVE DOES NOT VERIFY.'},
			` ${divergence ? `Line ${divergence.line}, field ${divergence.field}: ${divergence.message} ` : ''}This page was forced. It says what the file says, and is evidence of nothing.`,
		]);
	}
	if (status === 'unfinished')
		warnings.push([
			{strong: `UNFINISHED: turn ${turn} of ${turns}.`},
			' The game goes on, and nothing here is final. This page tells what is true in this game; players should not read it yet.',
		]);
	if (status === 'stopped')
		warnings.push([{strong: `Stopped early, in turn ${turn} of ${turns}.`}, ' What was not due by then is “not reached”, never missed.']);
	if (redacted) warnings.push([{strong: 'Redacted:'}, ' names of people, parties, domains and places were replaced.']);
	return warnings;
}
