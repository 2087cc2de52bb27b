import { err, type Instant, ok, type Result } from '@dual-random/kernel'
import type { CheckItemList, ListVersion } from './check-item-list.ts'

/** A version of a list made public on one channel; `reference` is where to find it there. */
export interface ListPublication {
  readonly channel: string
  readonly at: Instant
  readonly by: string
  readonly reference: string
}

export type PublicationRefusal =
  | { readonly code: 'list-version-unknown'; readonly number: number }
  | { readonly code: 'channel-not-in-policy'; readonly channel: string }

/** Records where a version was made public (REG-12); a channel that has it already keeps its first record. Undefined changes nothing. */
export function recordPublication(
  list: CheckItemList,
  number: number,
  publication: ListPublication,
  channels: readonly string[],
): Result<CheckItemList | undefined, PublicationRefusal> {
  const version = list.versions.find((each) => each.number === number)
  if (version === undefined) return err({ code: 'list-version-unknown', number })
  if (!channels.includes(publication.channel)) return err({ code: 'channel-not-in-policy', channel: publication.channel })
  const before = version.publications ?? []
  if (before.some(({ channel }) => channel === publication.channel)) return ok(undefined)
  const published = { ...version, publications: [...before, publication] }
  return ok({ ...list, versions: list.versions.map((each) => (each.number === number ? published : each)) })
}

/** The channels on which a version has still to be made public. */
export const unpublishedChannels = ({ publications = [] }: ListVersion, channels: readonly string[]): readonly string[] =>
  channels.filter((channel) => !publications.some((publication) => publication.channel === channel))
