import { addMs, type Instant } from '@dual-random/kernel'

/**
 * How far received data may be relied on (DQ-10): VERIFIED comes from a system that policy names as the source, or was confirmed by the owner;
 * UNVERIFIED from any other; DISPUTED data are contradicted by another unit and not yet settled.
 */
export const qualityStatuses = ['VERIFIED', 'UNVERIFIED', 'DISPUTED'] as const
export type QualityStatus = (typeof qualityStatuses)[number]

/** Whoever says nothing about where data came from gets no better than unverified. */
export const quality = (origin: { readonly quality?: QualityStatus } | undefined): QualityStatus => origin?.quality ?? 'UNVERIFIED'

/** Where data came from and what they are worth (DQ-10); either is absent where it was never said. */
export interface ReceivedOrigin {
  readonly receivedFrom?: string
  readonly quality?: QualityStatus
}

/** What an import says of itself and policy makes of it: `admitted` are the sources that policy names, undefined where it names none (REG-22). */
export const receivedQuality = (source: string | undefined, admitted: readonly string[] | undefined): QualityStatus =>
  source !== undefined && admitted?.includes(source) === true ? 'VERIFIED' : 'UNVERIFIED'

export const receivedOrigin = (source: string | undefined, admitted: readonly string[] | undefined): ReceivedOrigin => ({
  ...(source === undefined ? {} : { receivedFrom: source }),
  quality: receivedQuality(source, admitted),
})

/** The origin of a version alone, to be carried over to one that other than new data brought. */
export const originOf = ({ receivedFrom, quality: known }: ReceivedOrigin = {}): ReceivedOrigin => ({
  ...(receivedFrom === undefined ? {} : { receivedFrom }),
  ...(known === undefined ? {} : { quality: known }),
})

/** The same data from a better source are worth a version of their own. */
export const isBetter = (origin: ReceivedOrigin, before: ReceivedOrigin | undefined): boolean =>
  quality(origin) === 'VERIFIED' && quality(before) !== 'VERIFIED'

/** Whether a market subject may be taken from the source: from any, unless policy names some. */
export const isAdmitted = (source: string | undefined, admitted: readonly string[] | undefined): boolean =>
  admitted === undefined || (source !== undefined && admitted.includes(source))

export type Dataset = 'OBJECT_POOL' | 'INSPECTOR_POOL' | 'CREDIT_RESULTS'

/** How old the data of one source are that a draw stands on (DQ-07). */
export interface SourceFreshness {
  readonly dataset: Dataset
  /** Whose pool, or the region whose results. */
  readonly of: string
  readonly source: string | null
  /** As of when the source spoke, or when it was loaded if it did not say; null: never loaded as a whole. */
  readonly asOf: Instant | null
  /** Policy's limit; null where policy sets none, and nothing is judged. */
  readonly limitDays: number | null
  readonly stale: boolean | null
}

const dayMs = 86_400_000

/** Stale is older than the limit: a source that is exactly `limitDays` days of 24 hours old still counts. What never came is stale. */
export function isStale(asOf: Instant | null, limitDays: number | null, at: Instant): boolean | null {
  if (limitDays === null) return null
  return asOf === null || asOf < addMs(at, -limitDays * dayMs)
}

/** Those a draw is flagged for (DQ-07); none are known of a draw that was frozen before freshness was kept. */
export const staleSources = (sources: readonly SourceFreshness[] = []): readonly SourceFreshness[] =>
  sources.filter(({ stale }) => stale === true)
