/** Ids that parties, requests and places of backups cannot have. */
import {RESERVED_WORDS} from './expression-variables.js';
import {SEATS} from './schema.js';

/** Machines that hold no share: a place of backups is a machine too, and is neither of them. */
export const MACHINES: readonly string[] = ['coordinator', 'log'];
/** Ids that mean something else on the board, in moves or in texts. */
export const RESERVED_IDS: readonly string[] = [
	...RESERVED_WORDS,
	...SEATS,
	// True and false to readers of YAML 1.1.
	...['yes', 'no', 'on', 'off', 'y', 'n'],
	...MACHINES,
	// Seats and readers that commands know besides, and requests that the rules make.
	...['evaluator', 'table', 'keeper', 'public', 'sweep', 'tombstone'],
	'world',
	'all',
	'everyone',
	'none',
	'default',
];
