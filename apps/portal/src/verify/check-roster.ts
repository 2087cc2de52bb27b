import { type DrawHash, type RosterEntry, rootOfTree, rosterTree, type Snapshot, stratumSizes } from '@dual-random/draw'
import { toHex } from '@dual-random/kernel'
import type { Report } from './difference.ts'
import { digestHex } from './hash.ts'

/** Protocol §13.3: sizes, root and digest of the mapped set must be what the registry signed in the snapshot. */
export function checkRoster(
  report: Report,
  inCommitment: Report,
  hash: DrawHash,
  roster: readonly RosterEntry[],
  bytes: Uint8Array,
  snapshot: Snapshot,
): void {
  for (let i = 1; i < roster.length; i++)
    report.hold(`line ${i + 1} /label`, (roster[i - 1]?.label ?? '') < (roster[i]?.label ?? ''), {
      zh: '标签未升序或重复',
      en: 'labels do not ascend',
    })
  const sizes = stratumSizes(roster).map(({ stratum, mapped, eligible }) => [stratum, mapped, eligible])
  inCommitment.same(
    '/snapshot/strata',
    snapshot.strata.map(({ stratum, mapped, eligible }) => [stratum, mapped, eligible]),
    sizes,
  )
  inCommitment.same('/snapshot/root', snapshot.root, toHex(rootOfTree(rosterTree(hash, roster))))
  inCommitment.same('/snapshot/rosterDigest', snapshot.rosterDigest, digestHex(hash, bytes))
}
