/** The bots by name, as commands offer them. */
import {idleAttackers, playbook} from './attackers.js';
import type {Bot} from './bot.js';
import {careful} from './careful.js';
import {random} from './random.js';
import {display, freeze, idleOperators} from './simple-operators.js';

const byName = (bots: readonly Bot[]): Readonly<Record<string, Bot>> => Object.fromEntries(bots.map(bot => [bot.name, bot]));

export const operatorBots = byName([careful, display, freeze, idleOperators, random]);
export const attackerBots = byName([playbook, idleAttackers, random]);
