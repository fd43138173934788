// Packs of scenarios: --scenarios, the folder of the preferences, ids that are taken twice, and files that do not load.
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, beforeEach, expect, test, vi} from 'vitest';
import {addPacks} from '../../source/commands/packs.js';
import {configurationFolder} from '../../source/commands/preferences.js';
import {findScenario} from '../../source/commands/scenario-files.js';
import {scenarios} from '../../source/commands/scenarios.js';
import {preferences} from '../../source/commands/set-preferences.js';
import {terminalCatalogue} from '../../source/commands/terminal-catalogue.js';
import {printed} from './capture.js';
import {lateInvoice} from './late-invoice.js';
import {place} from './program.js';

const here = place();
let pack = '';

beforeAll(() => {
	pack = here.path('pack');
	mkdirSync(here.path('pack', 'folder.yaml'), {recursive: true});
	mkdirSync(here.path('other'));
	mkdirSync(here.path('saves'));
	writeFileSync(here.path('pack', 'late-invoice.yaml'), lateInvoice);
	writeFileSync(here.path('pack', 'first-light.yaml'), lateInvoice);
	writeFileSync(here.path('pack', 'broken.yml'), lateInvoice.replace('title: The late', 'titel: The \u001b[31mlate'));
	writeFileSync(here.path('pack', 'notes.txt'), 'no scenario');
	writeFileSync(here.path('other', 'late-invoice.yaml'), lateInvoice.replace('The late invoice', 'Another'));
});

beforeEach(() => {
	vi.stubEnv('HOME', here.folder);
	vi.stubEnv('XDG_CONFIG_HOME', here.path('config'));
	vi.stubEnv('XDG_STATE_HOME', here.path('state'));
	return () => vi.unstubAllEnvs();
});

test('a scenario of a pack is played by its id; the first of two wins, and both are named', async () => {
	const packs = ['--scenarios', 'pack', '--scenarios=other'];
	const {status, stdout, stderr} = await here.run(['run', 'late-invoice', ...packs, '--json', '--operators', 'idle', '--seed', 'a']);
	expect(stderr).toBe(
		`late-invoice is ${join('pack', 'late-invoice.yaml')}. Passed over: ${join('other', 'late-invoice.yaml')}; give the path of a file to use that one.\n`,
	);
	expect(status).toBe(0);
	expect(JSON.parse(stdout)).toMatchObject({outcome: 'neither'});
	const missing = await here.run(['--scenarios', 'nowhere']);
	expect(missing).toMatchObject({status: 2, stderr: expect.stringContaining('nowhere: There is no such folder.')});
});

test('the shipped one wins, a path always works, and an id that nobody has is refused', async () => {
	addPacks([pack]);
	let path = '';
	const {stderr} = await printed(() => {
		path = findScenario('first-light');
		return 0;
	});
	expect(path).toBe(join('scenarios', 'first-light.yaml'));
	expect(stderr).toBe(`first-light is ${path}. Passed over: ${join(pack, 'first-light.yaml')}; give the path of a file to use that one.\n`);
	expect(findScenario(join(pack, 'first-light.yaml'))).toBe(join(pack, 'first-light.yaml'));
	expect(() => findScenario('late-invoise')).toThrow('did you mean "late-invoice"?');
});

test('the list tells what there is, what was passed over, and what does not load and why', async () => {
	addPacks([pack]);
	const {stdout} = await printed(() => scenarios());
	expect(stdout).toMatch(/^first-light +First light +10 +6 +2 of 3 /m);
	expect(stdout).toMatch(/^late-invoice +The late invoice +30 +4 +2 of 3 +.*pack.late-invoice\.yaml$/m);
	expect(stdout).toMatch(/^broken +does not load +.*pack.broken\.yml$/m);
	expect(stdout).toMatch(/pack.broken\.yml does not load: line 2: .*1 error/);
	expect(stdout).toMatch(/^first-light is .*Passed over: .*pack.first-light\.yaml$/m);
	expect(stdout).not.toMatch(/folder\.yaml|notes/);
	expect(stdout).not.toContain('\u001b');
	const json = JSON.parse((await printed(() => scenarios({json: true}))).stdout);
	expect(json.scenarios).toContainEqual(expect.objectContaining({id: 'late-invoice', pack, threshold: 2, parties: 3}));
});

test('the title lists what does not load, and why', async () => {
	addPacks([pack]);
	const catalogue = terminalCatalogue();
	const entries = await catalogue.scenarios();
	expect(entries).toHaveLength(catalogue.counts.scenarios);
	expect(entries.find(({id}) => id === 'broken')?.broken).toContain('line 2');
	expect(entries.find(({id}) => id === 'late-invoice')).toMatchObject({title: 'The late invoice', turns: 4});
});

test('the folder of the preferences is searched too, until it is forgotten or away', async () => {
	const known = () => {
		addPacks([]);
		return () => findScenario('late-invoice');
	};
	await expect(preferences('scenarios', here.path('nowhere'))).rejects.toThrow('There is no such folder.');
	await printed(() => preferences('scenarios', pack));
	expect((await printed(() => preferences('scenarios', undefined))).stdout).toBe(`${pack}\n`);
	expect(known()()).toBe(join(pack, 'late-invoice.yaml'));
	const file = join(configurationFolder(), 'config.json');
	writeFileSync(file, JSON.stringify({scenarios: here.path('gone'), theme: 'pink'}));
	expect(known()).toThrow('There is no scenario "late-invoice"');
	await printed(() => preferences('scenarios', undefined, {unset: true}));
	expect((await printed(() => preferences(undefined, undefined))).stdout).toMatch(/^scenarios +\(not set\)$/m);
	writeFileSync(file, '{');
	expect((await printed(() => preferences(undefined, undefined))).stdout).toMatch(/^theme +\(not set\)/m);
});

test('preferences that are no preferences', async () => {
	await expect(preferences('them', 'mono')).rejects.toThrow('did you mean "theme"?');
	await expect(preferences('theme', 'pink')).rejects.toThrow('Expected one of: sixteen, okabe-ito, high-contrast, mono.');
});
