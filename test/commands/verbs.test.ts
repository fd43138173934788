// `verbs` lists every verb that a side can type, on lines that an 80-column terminal holds.
import {expect, test} from 'vitest';
import {verbs} from '../../source/commands/verbs.js';
import {catalogue} from '../../source/engine/catalogue.js';
import {printed} from './capture.js';

test('each verb of a side with its price and its use, and none of the others', async () => {
	const {stdout: out} = await printed(() => verbs('attackers'));
	for (const {side, name} of catalogue) if (side === 'attackers') expect(out).toMatch(new RegExp(`^ {2}${name}( |$)`, 'm'));
	expect(out).not.toContain('call-back');
	expect(out).toMatch(/^ {2}submit REQUEST\n {6}1 point; puts a request/m);
	for (const line of out.split('\n')) expect(line.length).toBeLessThan(80);
});
