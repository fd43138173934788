// The rule machines: which mode something is in and what may happen next. They import xstate and each other, nothing of source.
import type {AnyStateMachine, StateValueFrom} from 'xstate';
import type {MachineName} from './events.js';
import {exercise} from './exercise.js';
import {party} from './party.js';
import {protocol} from './protocol.js';
import {request} from './request.js';

export type {EventOf, MachineName} from './events.js';
export {vocabulary} from './events.js';

/** The machines by name, in the order in which a game meets them. */
export const machines = {exercise, request, party, protocol} as const;

/** Machines by the same names, these or altered ones. */
export type Machines = {readonly [N in MachineName]: AnyStateMachine};

type Paths<V> = V extends string
	? V
	: V extends object
		? {[K in keyof V & string]: K | `${K}.${Paths<NonNullable<V[K]>>}`}[keyof V & string]
		: never;

/** Every state of machine N as a dotted path, such as `turn.respond` or `trust.isolated`. */
export type StatePath<N extends MachineName = MachineName> = {[M in N]: Paths<StateValueFrom<(typeof machines)[M]>>}[N];
