/** The debrief as Markdown. */
import type {DebriefModel} from './debrief.js';
import {debriefDocument} from './debrief-document.js';
import {type Diagrams, documentMarkdown} from './document-markdown.js';

/** The text ends with one line break. */
export function debriefMarkdown(model: DebriefModel, diagrams?: Diagrams): string {
	return documentMarkdown(debriefDocument(model), diagrams);
}
