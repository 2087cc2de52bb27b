import { signDigest } from '@dual-random/draw'
import { regionsOf } from '../domain/cities.ts'
import type { CommitmentRecord, DrawIn } from '../domain/draw.ts'
import { entryDeadline } from '../domain/schedule.ts'
import { barOf, givenUp, requireBesideUnchanged } from './draws-before.ts'
import { type Deps, entered, requireSigner } from './require.ts'

/**
 * Enters S in the log of every city that takes part, the organiser's last: where its log has S, all have (docs/draw-protocol.md §23). A log that has it
 * already keeps its entry, so what was cut off between two logs goes on with the same S.
 */
export async function enterCommitment(
  { draws, logs, records, keys }: Deps<'draws' | 'logs' | 'records' | 'keys'>,
  draw: DrawIn<'FROZEN'>,
  { digest, blob, beacons }: CommitmentRecord,
): Promise<void> {
  const { drawId, line, terms } = draw
  const cities = await Promise.all(regionsOf(line).map(async (regionCode) => ({ regionCode, log: await logs.head(regionCode) })))
  // S that stands in a log is the draw's S, whatever another level has done since (rule 14).
  const stands = cities.some(({ log }) => log?.open.includes(drawId))
  if (!stands) await requireBesideUnchanged({ draws, logs }, draw)
  await records.put(digest, blob)
  for (const { regionCode, log } of cities.toReversed()) {
    const { logSeq, repeatBar } = barOf(draw, regionCode)
    const given = log === undefined ? [] : await givenUp({ draws }, log)
    entered(
      await logs.append(regionCode, {
        kind: 'commitment',
        drawId,
        digest,
        signature: signDigest(requireSigner(keys, regionCode), 'commitment', regionCode, drawId, digest),
        notAfter: entryDeadline({ beacons }, terms),
        ...(repeatBar ? { frozenAtSeq: logSeq, given } : {}),
      }),
      'commit-too-late',
    )
  }
}
