/** The debrief as one HTML file that needs no other. */
import type {DebriefModel} from './debrief.js';
import {debriefDocument} from './debrief-document.js';
import {documentHtml} from './document-html.js';

/** The text ends with one line break. */
export function debriefHtml(model: DebriefModel): string {
	return documentHtml(debriefDocument(model));
}
