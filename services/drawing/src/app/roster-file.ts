import { type RosterEntry, rootOfTree, rosterDigest, rosterText, rosterTree, type Snapshot, sortRoster } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import { type DrawId, toHex } from '@dual-random/kernel'
import type { FileRecord } from '../domain/draw.ts'
import { storeText } from './draw-files.ts'
import type { Deps } from './require.ts'

/** Takes the mapped set from registry, checks it against the signed snapshot, and stores it as the public roster file. */
export async function fetchRoster(
  { registry, blobs, hash }: Deps<'registry' | 'blobs' | 'hash'>,
  drawId: DrawId,
  snapshot: Snapshot,
): Promise<{ readonly roster: readonly RosterEntry[]; readonly file: FileRecord }> {
  const sorted = sortRoster(await registry.roster(drawId))
  const isAsSigned =
    sorted.ok &&
    rosterDigest(hash, sorted.value) === snapshot.rosterDigest &&
    toHex(rootOfTree(rosterTree(hash, sorted.value))) === snapshot.root
  if (!isAsSigned) throw appError('failed-precondition', 'roster-differs', { meta: { drawId } })
  return { roster: sorted.value, file: { digest: snapshot.rosterDigest, blob: await storeText(blobs, rosterText(sorted.value)) } }
}
