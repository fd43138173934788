/** Inputs of a computation that their party did not give. */

import type {ComputingState} from '../computation-state.js';
import {readMemory, writeMemory} from '../memory.js';

/**
 * An implant gives another input than its party did, before the computation starts. Needs write access to one party's memory. A number that is too
 * large for the program leaves a highest bit that is none, which the check of bits opens. Throws where the memory holds no input.
 */
export function plantInput({memory, input}: {readonly memory: string; readonly input: string}): string {
	const state = readMemory<ComputingState>(memory);
	if (typeof state.input !== 'string') throw new Error('this memory holds no input');
	return writeMemory({...state, input} as ComputingState);
}
