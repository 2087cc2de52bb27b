import { appError } from '@dual-random/errors'
import { toHex } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import type { NumbersRecord } from '@dual-random/witness'
import type { NumbersDeps } from './enter-numbers.ts'
import { requireDraw } from './require.ts'

const noPage = (digest: string) => appError('not-found', 'numbers-page-unknown', { meta: { digest } })

const names = (typed: NumbersRecord, digest: string): boolean => typed.series.some(({ pageDigest }) => pageDigest === digest)

/** Keeps an archived page that a unit typed from; nobody can leave any other here. */
export async function keepPage(deps: NumbersDeps, drawId: string, digest: string, page: Uint8Array): Promise<void> {
  const draw = await requireDraw(deps.draws, drawId)
  const held = (await deps.held.ofDraw(draw.drawId)).filter(({ request }) => names(request.record as NumbersRecord, digest))
  if (held.length === 0) throw noPage(digest)
  const found = toHex(sha256(page))
  if (found !== digest) throw appError('invalid', 'numbers-page-differs', { meta: { expected: digest, found } })
  await deps.records.put(digest, await deps.blobs.put(page))
}

/** The blob of a page that stands behind entries of the log; before these it is nobody's, as the numbers are. */
export async function publicPage({ draws, logs, records }: NumbersDeps, drawId: string, digest: string): Promise<string> {
  const { regionCode } = await requireDraw(draws, drawId)
  const isNamed = (await logs.ofDraw(regionCode, drawId)).some(
    ({ kind, record }) => kind === 'numbers' && names(record as NumbersRecord, digest),
  )
  const blob = isNamed ? await records.blobOf(digest) : undefined
  if (blob === undefined) throw noPage(digest)
  return blob
}
