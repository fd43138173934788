/** What the definitions of commands share. */

/** Says the exit status of a command once it has run. */
export type Done = (status: number) => void;

/** Lines of examples, as help shows them below the options. */
export const example = (...lines: readonly string[]): string =>
	`\n${lines.length === 1 ? 'Example:' : 'Examples:'}\n${lines.map(line => `  ${line}`).join('\n')}`;

export const inLines = 'lines to be read aloud in the place of screens: nothing is drawn, and nothing moves';

/** Options that may be given several times. */
export const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
