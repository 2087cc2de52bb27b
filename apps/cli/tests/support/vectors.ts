import { globSync, readFileSync } from 'node:fs'

const folder = new URL('../../../../tests/vectors/', import.meta.url)

/** The vectors of every file below `tests/vectors` that a pattern finds. */
export const vectorsOf = (pattern: string): readonly unknown[] =>
  globSync(pattern, { cwd: folder.pathname })
    .sort()
    .flatMap((name) => (JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { readonly vectors: readonly unknown[] }).vectors)
