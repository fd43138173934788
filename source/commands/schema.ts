/** `schema`: the JSON Schema of scenario files, for editors that complete and explain while one types. */
import {vocabulary} from '../engine/vocabulary.js';
import {scenarioJsonSchema} from '../scenario/json-schema.js';
import {printJson} from './output.js';

export function schema(): number {
	printJson(scenarioJsonSchema(vocabulary));
	return 0;
}
