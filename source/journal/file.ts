import {
	closeSync,
	constants,
	fstatSync,
	fsyncSync,
	ftruncateSync,
	mkdirSync,
	openSync,
	readFileSync,
	realpathSync,
	rmSync,
	statSync,
	writeSync,
} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {fileError, JournalError} from './journal-error.js';
import {acquireLock, type Lock} from './lock.js';

/**
 * Reads a save whole. Folders, pipes and devices are refused before they are opened, so this never waits.
 * @throws JournalError, exit status 2.
 */
export function readJournalFile(path: string): Buffer {
	try {
		const kind = statSync(path);
		if (kind.isDirectory()) throw new JournalError({file: path, what: 'This is a folder, not a save.', next: 'Name a file in it.'});
		if (!kind.isFile())
			throw new JournalError({file: path, what: 'This is not a regular file.', expected: 'a save', next: 'Check the name.'});
		return readFileSync(path);
	} catch (error) {
		throw fileError(error, path, 'read the save');
	}
}

/** A journal's file that is open for appending, under its lock. Knows bytes only; the chain is the recorder's. */
export class JournalFile {
	#descriptor: number;
	#size: number;
	#failed: JournalError | null = null;
	#isOpen = true;
	readonly path: string;
	readonly #lock: Lock;

	private constructor(path: string, descriptor: number, size: number, lock: Lock) {
		this.path = path;
		this.#descriptor = descriptor;
		this.#size = size;
		this.#lock = lock;
	}

	/**
	 * Creates a new, empty file of mode 0600; its folder too (0700) when it is missing.
	 * @throws JournalError when the name is taken, locked, or can't be written.
	 */
	static create(path: string): JournalFile {
		let lock: Lock | null = null;
		try {
			makeFolder(dirname(path));
			const real = join(realpathSync(dirname(path)), basename(path));
			lock = acquireLock(real);
			const file = new JournalFile(path, openSync(real, 'ax', 0o600), 0, lock);
			syncFolder(dirname(real));
			return file;
		} catch (error) {
			lock?.release();
			throw fileError(error, path, 'create the save');
		}
	}

	/**
	 * Opens an existing file for appending and reads it, both under the lock.
	 * @throws JournalError when it is missing, locked, no regular file, or can't be written.
	 */
	static open(path: string): {readonly file: JournalFile; readonly bytes: Buffer} {
		let lock: Lock | null = null;
		try {
			if (!statSync(path).isFile()) readJournalFile(path);
			const real = realpathSync(path);
			lock = acquireLock(real);
			const bytes = readJournalFile(real);
			const descriptor = openSync(real, constants.O_WRONLY | constants.O_APPEND);
			return {file: new JournalFile(path, descriptor, bytes.length, lock), bytes};
		} catch (error) {
			lock?.release();
			throw fileError(error, path, 'open the save for writing');
		}
	}

	/**
	 * Appends whole lines in one write and waits until they are on the disk. When the disk refuses, the part that was written is taken back, so
	 * that the file ends with its last whole line.
	 * @throws JournalError; after a failed fsync every further call throws it again, since nobody knows then what the disk holds.
	 */
	append(text: string): void {
		if (this.#failed) throw this.#failed;
		if (!this.#isOpen)
			throw new JournalError({file: this.path, what: 'The save is closed for writing.', next: 'Resume the game to write on.'});
		const bytes = Buffer.from(text, 'utf8');
		this.#checkUntouched();
		try {
			let written = 0;
			while (written < bytes.length) written += writeSync(this.#descriptor, bytes, written);
		} catch (error) {
			this.#takeBack();
			throw fileError(error, this.path, 'write to the save, which is whole up to its last entry');
		}
		try {
			fsyncSync(this.#descriptor);
		} catch (error) {
			this.#failed = fileError(error, this.path, 'make sure that the save is on the disk');
			throw this.#failed;
		}
		this.#size += bytes.length;
	}

	/** Cuts the file to its first `size` bytes, on the disk too. */
	cut(size: number): void {
		try {
			ftruncateSync(this.#descriptor, size);
			fsyncSync(this.#descriptor);
			this.#size = size;
		} catch (error) {
			throw fileError(error, this.path, 'cut the last line of the save');
		}
	}

	/** Closes the file and releases the lock; a second call does nothing. */
	close(): void {
		if (!this.#isOpen) return;
		this.#isOpen = false;
		closeSync(this.#descriptor);
		this.#lock.release();
	}

	/** Closes and deletes a file that never got its first lines. */
	discard(): void {
		if (this.#isOpen) rmSync(this.path, {force: true});
		this.close();
	}

	#checkUntouched(): void {
		const {nlink, size} = fstatSync(this.#descriptor);
		if (nlink === 0) {
			this.#failed = new JournalError({file: this.path, what: 'The save was deleted while it was in use.', next: 'Start a new game.'});
		} else if (size !== this.#size) {
			this.#failed = new JournalError({
				file: this.path,
				what: `Another program changed the save while it was in use: it has ${size} bytes.`,
				expected: `${this.#size} bytes`,
				next: 'Verify the save, then resume the game.',
			});
		}
		if (this.#failed) throw this.#failed;
	}

	#takeBack(): void {
		try {
			ftruncateSync(this.#descriptor, this.#size);
		} catch (error) {
			this.#failed = fileError(error, this.path, 'take back a half-written line');
		}
	}
}

function makeFolder(folder: string): void {
	if (statSync(folder, {throwIfNoEntry: false})?.isFile()) {
		throw new JournalError({
			file: folder,
			what: 'This is a file, not a folder.',
			expected: 'a folder for saves',
			next: 'Choose another folder.',
		});
	}
	mkdirSync(folder, {recursive: true, mode: 0o700});
}

/** A new name in a folder is on the disk only once the folder is. Windows can't open folders; some network file systems can't sync them. */
function syncFolder(folder: string): void {
	if (process.platform === 'win32') return;
	const descriptor = openSync(folder, 'r');
	try {
		fsyncSync(descriptor);
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && (error.code === 'EINVAL' || error.code === 'ENOTSUP'))) throw error;
	} finally {
		closeSync(descriptor);
	}
}
