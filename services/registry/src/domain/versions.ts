import { addMs, type Instant } from '@dual-random/kernel'
import type { ReceivedOrigin } from './source.ts'

/** What brought a version: the digest of the file or request, and the import, by which a resumed one knows what it did before it broke off. */
export interface Origin extends ReceivedOrigin {
  readonly load: string
  /** Empty where no import did. */
  readonly importId: string
}

/** Content in force from `from` (included) to `to` (excluded). */
export interface Version<T> extends Origin {
  readonly from: Instant
  readonly to: Instant
  readonly content: T
}

/** The versions of one record, oldest first, without gaps: nothing is ever overwritten (design §5). */
export type Timeline<T> = readonly Version<T>[]

/** The end of a version that is still in force; it sorts after every instant. */
export const endOfTime = '9999-12-31T23:59:59.999Z' as Instant

/** The version in force at an instant; undefined before the first. */
export const versionAt = <T>(timeline: Timeline<T>, at: Instant): Version<T> | undefined =>
  timeline.find(({ from, to }) => from <= at && at < to)

export const latestVersion = <T>(timeline: Timeline<T>): Version<T> | undefined => timeline.at(-1)

/** Ends the version in force and begins the next. A clock behind the last version's start never rewrites it: the new one starts just after. */
export function withVersion<T>(timeline: Timeline<T>, at: Instant, origin: Origin, content: T): Timeline<T> {
  const last = timeline.at(-1)
  if (last === undefined) return [{ from: at, to: endOfTime, ...origin, content }]
  const from = at > last.from ? at : addMs(last.from, 1)
  return [...timeline.slice(0, -1), { ...last, to: from }, { from, to: endOfTime, ...origin, content }]
}

/** The version that was in force when an import first changed the record; undefined where it never did, or made it. */
export function versionBefore<T>(timeline: Timeline<T>, { importId }: Origin): Version<T> | undefined {
  return timeline[timeline.findIndex((version) => version.importId === importId) - 1]
}

/**
 * What became of a record whose content is as it was: nothing, unless the same import did it before it broke off and was sent again. Versions that
 * no import brought, such as those of rules applied meanwhile, do not hide that.
 */
export function repeatedOutcome<T>(timeline: Timeline<T>, { importId }: Origin): 'created' | 'changed' | 'unchanged' {
  if (timeline.findLast((version) => version.importId !== '')?.importId !== importId) return 'unchanged'
  return timeline[0]?.importId === importId ? 'created' : 'changed'
}
