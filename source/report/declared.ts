/**
 * What people declare beside the journal: who sat where, which plan was under test, ratings, answers, actions, signatures under the
 * document. It is kept apart from what was computed, and every entry says by whom and when.
 */
import {z} from 'zod';

const line = z.string().trim().min(1).max(500);
const text = z.string().trim().min(1).max(4000);
/** RFC 3339: a date, or a date with time and offset. */
const when = z.string().regex(/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/, {
	error: 'a date such as 2026-03-02 or 2026-03-02T11:00:00+01:00',
});
/** Who said it and when, where that is not whoever wrote the file. */
const source = {by: line.optional(), at: when.optional()};

const ratings = ['P', 'S', 'M', 'U'] as const;

export const declaredSchema = z.strictObject({
	declared: z.literal(1),
	/** The head of the journal that it speaks of. */
	head: z.string().regex(/^[0-9a-f]{64}$/, {error: 'the head of the save, 64 hex digits'}),
	/** Who wrote it down, and when. */
	by: line,
	at: when,
	exercise: z
		.strictObject({
			type: line.optional(),
			place: line.optional(),
			zone: line.optional(),
			plan: z
				.strictObject({
					title: line,
					version: line.optional(),
					owner: line.optional(),
					followed: z.array(line).max(50).default([]),
					departed: z.array(line).max(50).default([]),
				})
				.optional(),
			scope: text.optional(),
			why: text.optional(),
			classification: line.optional(),
			retention: line.optional(),
			/** Where the save and this document are kept, and who may read them. */
			records: text.optional(),
			/** To whom in the management, when, and what came of it. */
			reported: text.optional(),
			previous: text.optional(),
		})
		.default({}),
	participants: z
		.array(z.strictObject({name: line, function: line.optional(), seat: line, from: when.optional(), to: when.optional()}))
		.max(100)
		.default([]),
	ratings: z
		.array(z.strictObject({objective: line, rating: z.enum(ratings), why: text.optional(), ...source}))
		.max(50)
		.default([]),
	answers: z
		.array(z.strictObject({question: line, answer: text, ...source}))
		.max(100)
		.default([]),
	strengths: z
		.array(z.strictObject({text, ...source}))
		.max(50)
		.default([]),
	gaps: z
		.array(z.strictObject({text, ...source}))
		.max(50)
		.default([]),
	commitments: z
		.array(z.strictObject({when: line, will: line, due: when.optional(), ...source}))
		.max(50)
		.default([]),
	actions: z
		.array(
			z.strictObject({
				/** The id of a computed action, to give it an owner; or one of its own. */
				id: line,
				issue: text.optional(),
				action: text.optional(),
				owner: line.optional(),
				start: when.optional(),
				due: when.optional(),
				ticket: line.optional(),
				status: line.optional(),
				...source,
			}),
		)
		.max(100)
		.default([]),
	signOff: z
		.array(z.strictObject({name: line, function: line.optional(), as: line, at: when}))
		.max(50)
		.default([]),
});

export type Declared = z.output<typeof declaredSchema>;
export type Rating = (typeof ratings)[number];

/** By whom and when an entry was declared: its own source, or that of the whole. */
export function sourceOf(
	declared: Pick<Declared, 'by' | 'at'>,
	entry: {readonly by?: string | undefined; readonly at?: string | undefined},
) {
	return {by: entry.by ?? declared.by, at: entry.at ?? declared.at};
}

/** @throws {Error} with a sentence on the first thing that is wrong, and where */
export function readDeclared(json: string): Declared {
	let value: unknown;
	try {
		value = JSON.parse(json);
	} catch (error) {
		throw new Error(`it is not JSON (${error instanceof Error ? error.message : String(error)})`);
	}
	const parsed = declaredSchema.safeParse(value);
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	throw new Error(`${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'is not as expected'}`);
}
