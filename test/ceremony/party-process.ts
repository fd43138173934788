/** A party in a process of its own: it holds its side's memory and speaks through IPC. The parent carries wires and sees nothing else. */
import {createHash} from 'node:crypto';
import {type SideKind, type Step, sideOf} from '../../source/ceremony/index.js';

export type Order =
	| {readonly kind: SideKind; readonly memory: string; readonly seed: string}
	| {readonly wire: string}
	| {readonly close: true}
	| {readonly reveal: true};

/** What leaves the process: packets and status. The memory stays inside until the ceremony is over and the test asks for it. */
export type Reply = Omit<Step, 'memory'> & {readonly memory?: string};

let memory = '';
let seed = '';
let kind: SideKind = 'keygen';

process.on('message', (order: Order) => {
	const draw = (label: string) => createHash('sha512').update(`${seed}/${label}`).digest();
	if ('kind' in order) ({kind, memory, seed} = order);
	const side = sideOf(kind);
	if ('reveal' in order) {
		process.send?.({memory});
		return;
	}
	const {memory: next, ...reply} =
		'kind' in order ? side.open(memory, draw) : 'wire' in order ? side.receive(memory, order.wire, draw) : side.close(memory, draw);
	memory = next;
	process.send?.(reply);
});
