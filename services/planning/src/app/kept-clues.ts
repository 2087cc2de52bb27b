import type { Clue } from '../domain/clue.ts'
import type { Ports } from './ports.ts'

/** Those of the ids that are clues kept here, in their order; a check may name clues of other registers beside them. */
export async function keptClues({ clues }: Pick<Ports, 'clues'>, clueIds: readonly string[]): Promise<readonly Clue[]> {
  const found = await Promise.all(clueIds.map((clueId) => clues.load(clueId)))
  return found.flatMap((clue) => clue ?? [])
}
