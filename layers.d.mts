export const layers: readonly (readonly string[])[];
export function overrides(): unknown[];
export function withOverrides(text: string): string;
