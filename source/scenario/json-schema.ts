/** The published JSON Schema of scenario files, for completion in editors. */
import {z} from 'zod';
import {scenarioSchema} from './schema.js';

/**
 * JSON Schema of format 1, draft 7: the newest draft that YAML editors read reliably. It describes files as they are
 * written, before defaults.
 */
export function scenarioJsonSchema(): Record<string, unknown> {
	const {$schema, ...rest} = z.toJSONSchema(scenarioSchema, {target: 'draft-7', io: 'input'});
	return {$schema, title: 'Quorum Call scenario, format 1', ...rest};
}
