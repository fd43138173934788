// What a command prints when it is called in this process.
import {vi} from 'vitest';

export interface Printed {
	readonly status: number;
	readonly stdout: string;
	readonly stderr: string;
}

/** Runs a command and takes what it writes. */
export async function printed(command: () => number | Promise<number>): Promise<Printed> {
	const texts = {stdout: '', stderr: ''};
	const spies = (['stdout', 'stderr'] as const).map(name =>
		vi.spyOn(process[name], 'write').mockImplementation(text => {
			texts[name] += String(text);
			return true;
		}),
	);
	try {
		return {status: await command(), ...texts};
	} finally {
		for (const spy of spies) spy.mockRestore();
	}
}
