/**
 * The commands: one file each, and what they share. They alone know files, arguments and exit statuses; everything below them is handed
 * texts and paths. They may import everything else, and load lazily what is heavy.
 *
 * This file is how a command fails: one sentence that says what to do, and a status.
 */

/** 0 done, 1 the check failed, 2 wrong use or unreadable input, 130 interrupted. */
export type ExitStatus = 0 | 1 | 2 | 130;

/** Ends a command with a message on stderr. */
export class CommandError extends Error {
	override readonly name = 'CommandError';
	readonly exitStatus: ExitStatus;

	constructor(message: string, exitStatus: ExitStatus = 2, options?: ErrorOptions) {
		super(message, options);
		this.exitStatus = exitStatus;
	}
}

/** Whether errors show their stacks. */
export function isDebugging(env: NodeJS.ProcessEnv = process.env): boolean {
	return (env.DEBUG ?? '').split(/[\s,]+/).some(name => name === 'quorum-call' || name === '*');
}

/** What to say of an error, and the status to leave with. Journal errors and command errors speak for themselves. */
export function explain(error: unknown): {readonly message: string; readonly exitStatus: number} {
	if (!(error instanceof Error)) return {message: `quorum-call stopped: ${String(error)}`, exitStatus: 1};
	const trace = isDebugging() && error.stack ? `\n${error.stack}` : '';
	// Errors of the journal are told by their shape: importing their class here would load the journal for --help.
	if ('exitStatus' in error && typeof error.exitStatus === 'number')
		return {message: `${error.message}${trace}`, exitStatus: error.exitStatus};
	const next = trace === '' ? ' Set DEBUG=quorum-call to see where.' : '';
	return {message: `quorum-call stopped: ${error.message.split('\n')[0]}.${next}${trace}`, exitStatus: 1};
}
