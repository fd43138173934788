/** The names of what a seat can look at on a screen of its own. */
export type ViewName =
	| 'board'
	| 'requests'
	| 'parties'
	| 'policy'
	| 'evidence'
	| 'protocol'
	| 'exposure'
	| 'transcript'
	| 'notes'
	| 'messages'
	| 'inbox'
	| 'controls'
	| 'outputs'
	| 'loot'
	| 'briefing';
