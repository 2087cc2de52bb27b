import { appError } from '@dual-random/errors'
import { type RegionCode, utf8 } from '@dual-random/kernel'
import type { PartRef } from '../domain/cities.ts'
import type { FileRecord } from '../domain/draw.ts'
import type { SignedSnapshot } from './draw-files.ts'
import type { Deps } from './require.ts'
import { wholeRoster } from './whole-roster.ts'

/** The labels that may be drawn, and the same as JSON texts of arrays, as a computation takes them. */
export interface DrawableLabels {
  /** Whose roster they stand in. */
  readonly regionCode: RegionCode
  readonly labels: readonly string[]
  readonly labelParts: readonly Uint8Array[]
}

/** Takes the mapped set from registry, checks it against the signed snapshot, and stores it as the public roster file. */
export async function fetchRoster(
  { registry, blobs, computations }: Deps<'registry' | 'blobs' | 'computations'>,
  part: PartRef,
  record: SignedSnapshot,
): Promise<{ readonly drawable: DrawableLabels; readonly file: FileRecord }> {
  const labels: string[] = []
  const labelParts: Uint8Array[] = []
  const parts: Uint8Array[] = []
  for await (const entries of wholeRoster(registry, part, record)) {
    const drawable = entries.filter(({ excluded }) => !excluded).map(({ label }) => label)
    labels.push(...drawable)
    labelParts.push(utf8(JSON.stringify(drawable)))
    parts.push(utf8(JSON.stringify(entries)))
  }
  const { root, rosterDigest } = record.snapshot
  const file = await computations.rosterFile({ parts, signed: { root, rosterDigest } })
  if (file === undefined) throw appError('failed-precondition', 'roster-differs', { meta: { drawId: part.drawId } })
  return {
    drawable: { regionCode: record.snapshot.regionCode as RegionCode, labels, labelParts },
    file: { digest: rosterDigest, blob: await blobs.put(file) },
  }
}
