/** A finding: an assumption, the boundary at which it was tested, and the equation that decided. */
import type {Equation} from './equation.js';
import type {Moment} from './history.js';
import type {Boundary} from './places.js';

export interface Finding extends Moment {
	/** What was taken for true, one sentence. */
	readonly assumption: string;
	readonly boundary: Boundary;
	/** What rested on it, or what tested it, one sentence without its first capital. */
	readonly how: string;
	/** The first one decided. */
	readonly equations: readonly Equation[];
}

export const assumptions = {
	display: 'What the coordinator displays is what the parties sign.',
	device: 'A device that says that the bytes match has compared them.',
	asker: 'Whoever asks is who they say they are.',
	shares: 'A share that left is still secret while fewer than the threshold left.',
	whole: 'The machine on which the key is put together is ours alone.',
	old: 'Shares of an earlier generation are worth nothing.',
	backup: 'A backup is read by us alone.',
	frozen: 'Nothing can happen while we are frozen.',
	nonces: 'Every signature draws nonces that were never drawn before.',
	refresh: 'A refresh makes a stolen share worthless.',
	together: 'A key that several parties make belongs to none of them.',
	chance: 'What a machine draws as chance, nobody else can draw.',
	once: 'An approval is good for the one request that it was given for.',
	emergency: 'The emergency path is taken in emergencies only.',
	custodian: 'Whoever approves serves the vault.',
} as const;
