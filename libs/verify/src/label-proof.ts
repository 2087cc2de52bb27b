import { type DrawHash, rankLabels } from '@dual-random/draw'
import type { VerifiedBundle } from './verify-bundle.ts'

/** What became of one member of the mapped set. */
export type Outcome = 'DRAWN' | 'NOT_DRAWN' | 'EXCLUDED'

/** Why a label was drawn or not, from files that were verified. Tickets and digests are lower-case hex. */
export interface LabelProof {
  readonly label: string
  readonly stratum: string
  /** Leaf from 0 and size of the tree whose root registry signed. */
  readonly index: number
  readonly size: number
  readonly root: string
  readonly ticket: string
  /** Ticket of the last drawn of its stratum; null where none was drawn. */
  readonly cutOff: string | null
  readonly outcome: Outcome
  /** Place among the drawn of its stratum and batch, both from 1; null unless drawn. */
  readonly rank: number | null
  readonly batch: number | null
}

/** Undefined for a label that is not in the roster. */
export function proofOfLabel(
  hash: DrawHash,
  { transcript: t, commitment: s, roster }: VerifiedBundle,
  label: string,
): LabelProof | undefined {
  const index = roster.findIndex((entry) => entry.label === label)
  const entry = roster[index]
  if (entry === undefined) return undefined
  const { stratum } = entry
  const ofStratum = t.strata.find((one) => one.stratum === stratum)
  const rank = ofStratum?.drawn.findIndex((one) => one.label === label) ?? -1
  const batch = t.batches.findIndex((labels) => labels.includes(label))
  return {
    label,
    stratum,
    index,
    size: roster.length,
    root: s.snapshot.root,
    ticket: rankLabels(hash, t.seed, ['object', stratum], [label])[0]?.ticket ?? '',
    cutOff: ofStratum?.cutOff ?? null,
    outcome: rank >= 0 ? 'DRAWN' : entry.excluded ? 'EXCLUDED' : 'NOT_DRAWN',
    rank: rank < 0 ? null : rank + 1,
    batch: batch < 0 ? null : batch + 1,
  }
}
