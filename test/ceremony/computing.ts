/** Whole computations for tests. */
import {plantInput} from '../../source/ceremony/attacks/input.js';
import {type CeremonyRun, type Program, runCeremony, startComputing, startTriples} from '../../source/ceremony/index.js';
import {HUB, type RunOptions, type Table} from './table.js';

export interface ComputingOptions extends RunOptions {
	readonly program: Program;
	/** By party, in decimal. */
	readonly inputs: Readonly<Record<string, string>>;
	readonly answered?: readonly (readonly string[])[];
	/** By party, in decimal: what an implant puts in place of its input. */
	readonly planted?: Readonly<Record<string, string>>;
}

export function runComputing(table: Table, options: ComputingOptions): CeremonyRun {
	const {
		program,
		inputs,
		answered,
		planted = {},
		carry,
		inFlight,
		checks = {},
		closeRounds = true,
		sealed = true,
		session: id = 'compute-1',
	} = options;
	const session = table.session(id, sealed);
	const sides = table.parties.map(me => {
		const honest = startComputing({session, me, identity: table.identity(me), program, input: inputs[me], answered, checks});
		const memory = planted[me] === undefined ? honest : plantInput({memory: honest, input: planted[me]});
		return [me, {kind: 'computing' as const, memory}] as const;
	});
	const dealer = {kind: 'triples' as const, memory: startTriples({session, identity: table.identity(HUB), program, checks})};
	return runCeremony({sides: {...Object.fromEntries(sides), [HUB]: dealer}, draw: table.draw, carry, inFlight, closeRounds});
}

export function inputsOf(parties: readonly string[], values: readonly (number | bigint)[]): Record<string, string> {
	return Object.fromEntries(values.map((value, k) => [parties[k] ?? '', String(value)]));
}
