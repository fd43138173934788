// Writes the generated parts of the author's guide; `npm run guide` runs it.
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {vocabulary} from '../engine/vocabulary.js';
import {guideParts, withParts} from '../report/author-guide.js';
import {loadScenario} from '../scenario/load.js';

const folder = 'scenarios';
const guide = join(folder, 'README.md');
const shipped = readdirSync(folder)
	.filter(name => name.endsWith('.yaml'))
	.sort()
	.flatMap(file => loadScenario(readFileSync(join(folder, file), 'utf8'), {file, vocabulary}).scenario ?? []);
writeFileSync(guide, withParts(readFileSync(guide, 'utf8'), guideParts(shipped)));
