/** The word people write for a value: the first of those that are understood. */
export function wordOf(words: Readonly<Record<string, string>>, value: string): string {
  return Object.entries(words).find(([, meant]) => meant === value)?.[0] ?? value
}

/** Several values in one cell, as imports read them. */
export const listed = (values: readonly string[]): string => values.join('；')
