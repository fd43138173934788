/** All views by name. */

import {briefingLines} from './briefing.js';
import {controlsView} from './controls.js';
import {evidenceView} from './evidence.js';
import {exposureView} from './exposure.js';
import {inboxView} from './inbox.js';
import {type Laid, type ViewProps, widthsOf} from './laid.js';
import {lootView} from './loot.js';
import {notesView} from './notes.js';
import {outputsView} from './outputs.js';
import {partiesView} from './parties.js';
import {policyView} from './policy.js';
import {protocolView} from './protocol.js';
import {requestsView} from './requests.js';
import type {ViewName} from './view-name.js';

/** Views that are panes; the others lead to screens of their own: the board, the messages, the transcript. */
export type PaneView = Exclude<ViewName, 'board' | 'messages' | 'transcript'>;

const views: {readonly [N in PaneView]: (props: ViewProps) => Laid} = {
	requests: requestsView,
	parties: partiesView,
	policy: policyView,
	evidence: evidenceView,
	protocol: protocolView,
	exposure: exposureView,
	inbox: inboxView,
	controls: controlsView,
	outputs: outputsView,
	notes: notesView,
	loot: lootView,
	briefing: ({view, width, theme}) => ({title: view.scenario.title, lines: briefingLines(view, width, theme)}),
};

/** Views without a list: their text has the whole width. */
const whole: ReadonlySet<PaneView> = new Set(['loot', 'briefing']);

/** Columns of a view's list and of its details. */
export function columnsOf(name: PaneView, columns: number): Pick<ViewProps, 'listWidth' | 'width'> {
	return whole.has(name) ? {listWidth: columns, width: columns} : widthsOf(columns);
}

export function laidView(name: PaneView, props: ViewProps): Laid {
	return views[name](props);
}
