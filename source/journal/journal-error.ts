/** Where and why a journal could not be read or written, and what to do about it. */
export interface JournalFault {
	/** One sentence on what happened, with its full stop. */
	readonly what: string;
	readonly file?: string;
	/** 1-based line in the file: the entry's `seq` plus one. */
	readonly line?: number;
	/** 1-based column, in UTF-16 units, where it is known. */
	readonly column?: number;
	/** What was expected instead, without a full stop. */
	readonly expected?: string;
	/** One sentence on what to do next, with its full stop. */
	readonly next?: string;
	/** 1: a check failed. 2 (the default): wrong use, or a file that can't be read or written. */
	readonly exitStatus?: 1 | 2;
	readonly cause?: unknown;
}

/** Every error of this folder. Its message is whole: `file:line:column: what. Expected ... . What to do next.` */
export class JournalError extends Error {
	override readonly name = 'JournalError';
	readonly file: string | undefined;
	readonly line: number | undefined;
	readonly column: number | undefined;
	readonly exitStatus: 1 | 2;
	readonly fault: JournalFault;

	constructor(fault: JournalFault) {
		const {file, line, column, what, expected, next, exitStatus, cause} = fault;
		const place = line === undefined ? [] : column === undefined ? [line] : [line, column];
		const where =
			file === undefined ? (line === undefined ? '' : `line ${place.join(':')}: `) : `${[printable(file), ...place].join(':')}: `;
		super(`${where}${what}${expected === undefined ? '' : ` Expected ${expected}.`}${next === undefined ? '' : ` ${next}`}`, {cause});
		this.fault = fault;
		this.file = file;
		this.line = line;
		this.column = column;
		this.exitStatus = exitStatus ?? 2;
	}
}

/** Text from a file or a file's name, made harmless for a terminal: controls, escapes and invisible characters are spelled out. */
export function printable(text: string): string {
	return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A JSON value in a sentence: on one line, at most 60 characters, harmless for a terminal. */
export function quoted(value: unknown): string {
	if (value === undefined) return 'nothing';
	const text = JSON.stringify(value) ?? String(value);
	return printable(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}

const REASONS: Readonly<Record<string, readonly [what: string, next: string]>> = {
	ENOENT: ['there is no such file or folder', 'Check the name.'],
	ENOTDIR: ['a part of this path is a file, not a folder', 'Choose another folder.'],
	EISDIR: ['this is a folder, not a file', 'Name a file in it.'],
	EACCES: ['permission is denied', 'Choose a folder that you may write to, or change its permissions.'],
	EPERM: ['the system does not permit it', 'Choose a folder that you may write to, or change its permissions.'],
	EROFS: ['the file system is read-only', 'Choose a folder on a disk that can be written.'],
	ENOSPC: ['the disk is full', 'Free some space, then resume.'],
	EDQUOT: ['your disk quota is used up', 'Free some space, then resume.'],
	EFBIG: ['the file would be larger than this system allows', 'Raise the limit (ulimit -f), then resume.'],
	EIO: ['the disk reported an error', 'Copy the save to another disk before you go on.'],
	EEXIST: ['a file of this name exists', 'Choose another name, or resume the game that is there.'],
	EMFILE: ['too many files are open', 'Close other programs, then try again.'],
	ENAMETOOLONG: ['the name is too long', 'Choose a shorter name.'],
	ELOOP: ['its symbolic links go round in a circle', 'Name the file itself.'],
	ERR_FS_FILE_TOO_LARGE: ['the file is larger than 2 GiB, which no save of this game is', 'Check the name.'],
};

/** Turns an error of the file system into a JournalError: `doing` completes "can't ..." ("create the save"). */
export function fileError(error: unknown, file: string, doing: string): JournalError {
	if (error instanceof JournalError) return error;
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	const [reason, next] = REASONS[code] ?? [`the system answered ${code || String(error)}`, 'Try another folder.'];
	return new JournalError({file, what: `Can't ${doing}: ${reason}.`, next, cause: error});
}
