import { type Snapshot, signatureInput, snapshotDigest } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import { canonicalJson, fromHex, parseCanonicalJson, type RegionCode } from '@dual-random/kernel'
import type { Draw, FreezeRequest } from '../domain/draw.ts'
import { readSnapshot, type SignedSnapshot } from './draw-files.ts'
import type { Deps } from './require.ts'

/** Checks a snapshot record before anything rests on it: canonical bytes, of this draw and instant, signed by the region's registry. */
export function checkSnapshot(
  { keys, hash }: Deps<'keys' | 'hash'>,
  { drawId, line, redraw }: FreezeRequest,
  regionCode: RegionCode,
  json: string,
): { readonly record: SignedSnapshot; readonly digest: string } {
  const invalid = (reason: string) => appError('failed-precondition', 'snapshot-invalid', { meta: { drawId, reason } })
  const parsed = parseCanonicalJson(json)
  if (!parsed.ok) throw invalid(parsed.error.reason)
  const record = parsed.value as Partial<SignedSnapshot>
  if (record.snapshot === undefined || record.keyId === undefined || record.signature === undefined) throw invalid('members')
  const { keyId, signature, snapshot } = record as SignedSnapshot
  const expected = {
    type: 'dual-random/snapshot/v1',
    hash: hash.name,
    regionCode,
    drawId,
    asOf: line.batch.freezeAt,
    labelsOf: redraw?.parentDrawId,
  } satisfies { readonly [Name in keyof Snapshot]?: Snapshot[Name] | undefined }
  for (const [name, value] of Object.entries(expected)) if (snapshot[name as keyof Snapshot] !== value) throw invalid(name)
  const digest = snapshotDigest(hash, snapshot)
  const key = keys.logKeys(regionCode).find((one) => one.role === 'registry' && one.keyId === keyId)
  const isSigned =
    key !== undefined &&
    keys.verify(key.publicKey, signatureInput('snapshot', regionCode, drawId, digest), fromHex(signature) ?? new Uint8Array(0))
  if (!isSigned) throw invalid('signature')
  if (canonicalJson({ keyId, signature, snapshot }) !== json) throw invalid('members')
  return { record: { keyId, signature, snapshot }, digest }
}

/** What the registries of the cities that take part signed, the organiser's first. */
export const readSnapshots = (
  { blobs }: Pick<Deps<'blobs'>, 'blobs'>,
  { snapshot }: Pick<Draw, 'snapshot'>,
): Promise<readonly SignedSnapshot[]> => Promise.all([snapshot, ...(snapshot.others ?? [])].map(({ blob }) => readSnapshot(blobs, blob)))
