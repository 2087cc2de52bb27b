import { appError } from '@dual-random/errors'
import { checkClueSource, type Policy } from '@dual-random/policy'
import { checkKnownClues } from '../domain/known-clue.ts'
import type { OpeningGround } from '../domain/opening.ts'
import type { Peers } from './ports.ts'

/** Refuses a check for a clue from where policy knows of none (TGT-07). */
export function requireClueSource(policy: Policy, given: OpeningGround): void {
  if (given.ground !== 'CLUE') return
  const judged = checkClueSource(policy, given.source, given.sourceNote)
  if (judged.ok) return
  const { code, ...meta } = judged.error
  throw appError('invalid', code, { meta: { preset: policy.id.preset, ...meta } })
}

/** Refuses a check for clues that it may not settle (TGT-15). Ids that planning does not know are of other registers, and pass. */
export async function requireOwnClues(
  { clues }: Pick<Peers, 'clues'>,
  clueIds: readonly string[],
  check: Parameters<typeof checkKnownClues>[1],
): Promise<void> {
  if (clueIds.length === 0) return
  const judged = checkKnownClues(await clues(clueIds), check)
  if (judged.ok) return
  const { code, ...meta } = judged.error
  throw appError('failed-precondition', code, { meta })
}
