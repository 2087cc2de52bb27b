import type { RosterEntry } from '@dual-random/draw'
import { appError, isRetryable, toAppError } from '@dual-random/errors'
import { canonicalJson } from '@dual-random/kernel'
import type { PartRef } from '../domain/cities.ts'
import type { SignedSnapshot } from './draw-files.ts'
import type { Registry, RosterAttestation } from './ports.ts'

/** Streams in a row that may break without an entry. The client waits before it connects anew, so nothing waits here. */
const fruitlessStreams = 3

/**
 * The whole mapped set of a draw in parts, ascending by label, each entry once. A stream that breaks is taken up behind the last entry it brought. Every
 * stream must be attested by the record that was signed at the freeze, and together they must bring as many entries as it counts: anything
 * else throws `roster-differs`. The root is left to whoever has the entries.
 */
export async function* wholeRoster(
  registry: Pick<Registry, 'roster'>,
  part: PartRef,
  record: SignedSnapshot,
): AsyncGenerator<readonly RosterEntry[]> {
  const differs = () => appError('failed-precondition', 'roster-differs', { meta: { drawId: part.drawId } })
  const signed = attestationOf(record)
  let received = 0
  let fruitless = 0
  for (;;) {
    const firstEntry = received
    try {
      let isAttested = false
      for await (const { entries, attestation } of registry.roster(part, firstEntry)) {
        if (attestation !== undefined && !isSame(attestation, signed)) throw differs()
        isAttested ||= attestation !== undefined
        received += entries.length
        // Whoever is sent more than was signed need not take it all in to know.
        if (!isAttested || received > signed.count) throw differs()
        if (entries.length > 0) yield entries
      }
      if (received !== signed.count) throw differs()
      return
    } catch (thrown) {
      fruitless = received > firstEntry ? 0 : fruitless + 1
      if (!isRetryable(toAppError(thrown)) || fruitless >= fruitlessStreams) throw thrown
    }
  }
}

const attestationOf = (record: SignedSnapshot): RosterAttestation => ({
  count: record.snapshot.strata.reduce((sum, { mapped }) => sum + mapped, 0),
  root: record.snapshot.root,
  snapshotJson: canonicalJson(record),
})

const isSame = (attestation: RosterAttestation, signed: RosterAttestation): boolean =>
  attestation.count === signed.count && attestation.root === signed.root && attestation.snapshotJson === signed.snapshotJson
