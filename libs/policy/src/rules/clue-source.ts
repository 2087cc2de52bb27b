import { err, ok, type Result } from '@dual-random/kernel'
import type { Policy } from '../policy.ts'

/** A source that policy does not name, where its list ends with 等; told with a note that says which. */
export const otherSource = 'OTHER'

export type ClueSourceError =
  | { readonly code: 'clue-source-unknown'; readonly source: string; readonly allowed: string }
  | { readonly code: 'clue-source-needs-note' }

/**
 * Whether policy `clue.sources` knows a source of clues (DRW-25, TGT-07). Where its list ends with 等, another is taken with a note that says which.
 * Where policy lists none, it limits none either (004 一(二) has checks by clue and names no source): each is told by its note, and no list is borrowed.
 */
export function checkClueSource(policy: Policy, source: string, note: string | undefined): Result<true, ClueSourceError> {
  const { members, open } = policy.find('clue.sources') ?? { members: [], open: true }
  if (members.some(({ id }) => id === source)) return ok(true)
  if (open && source === otherSource) return note === undefined ? err({ code: 'clue-source-needs-note' }) : ok(true)
  const allowed = [...members.map(({ id }) => id), ...(open ? [otherSource] : [])].join(', ')
  return err({ code: 'clue-source-unknown', source, allowed })
}
