import type { Commitment } from '../commitment.ts'
import type { DrawHash } from '../hash.ts'
import { drawnDigest, labelOf } from '../labels.ts'
import { type ObjectOpening, opensTo, type PublicOpeningLine } from '../openings.ts'
import type { RosterEntry } from '../roster.ts'
import type { Transcript } from '../transcript.ts'
import { at, broken, type Check, same } from './difference.ts'

/** What a public opening shows: an element of the drawn set, or under `full` the label itself (§12). */
export const openedElement = (hash: DrawHash, { drawId, publicOpening }: Commitment, { id, salt }: PublicOpeningLine): string =>
  publicOpening === 'full' ? labelOf(hash, 'object', drawId, salt, id) : drawnDigest(hash, drawId, salt, id)

/** What has been opened belongs to the drawn, each once. Places are lines of the openings' file. */
export function* checkPublicOpenings(hash: DrawHash, s: Commitment, t: Transcript, lines: readonly PublicOpeningLine[]): Check {
  const left = new Set(s.publicOpening === 'full' ? t.batches.flat() : t.drawnSet)
  for (const [index, line] of lines.entries())
    if (!left.delete(openedElement(hash, s, line))) yield broken(`line ${index + 1}`, 'not-among-the-drawn')
}

/** One object's opening leads from its id to the root that registry signed, and to its own line of the roster. */
export function* checkOwnOpening(hash: DrawHash, s: Commitment, opening: ObjectOpening, roster: readonly RosterEntry[]): Check {
  const { drawId, id, salt, label, index, size, stratum } = opening
  yield* same('/drawId', drawId, s.drawId)
  yield* same('/label', label, labelOf(hash, 'object', drawId, salt, id))
  yield* same('/size', size, roster.length)
  const member = roster[index]
  yield* same('/index', [label, stratum], [member?.label ?? null, member?.stratum ?? null])
  if (!opensTo(hash, s.snapshot, opening)) yield at('/path', { code: 'differs', expected: s.snapshot.root, found: 'another root' })
}
