import type { KeptSubject } from '@dual-random/draw'
import { type DrawId, type Instant, ok, type RegionCode, type Result, type UnitId } from '@dual-random/kernel'
import type { Policy, PolicyUnset } from '@dual-random/policy'
import type { Channel } from './publication.ts'

/** Whether the list of drawn subjects is published before they are visited, or each of them once it has been. */
export type ListTiming = 'BEFORE_VISIT' | 'AFTER_VISIT'

/** What policy says of the list of a draw, kept from its opening on (POL-05). */
export interface ListRules {
  readonly policy: { readonly preset: string; readonly version: number; readonly digest: string }
  readonly timing: ListTiming
  /** The period from the day on which a subject may be published; absent where policy names none. */
  readonly workingDays?: number
  readonly channels: { readonly marketSubjects: readonly Channel[]; readonly nonMarketSubjects: readonly Channel[] }
}

/** The list of the subjects that one draw drew (随机确定的检查主体名单, DRW-27); where several cities draw together each has its own. */
export interface DrawnList extends KeptSubject {
  readonly drawId: DrawId
  readonly regionCode: RegionCode
  /** The unit that organised the draw there, which answers for it. */
  readonly unitId: UnitId
  /** On the list of another city than the one whose draw it is: that one's (DRW-26). */
  readonly organiserRegionCode?: RegionCode
  readonly taskName: string
  readonly batch: number
  readonly drawn: number
  readonly matchedAt: Instant
  /** Of a redraw's list: the draw that it follows. */
  readonly parentDrawId?: DrawId
  readonly rules: ListRules
}

export const cityListId = (drawId: string, regionCode: string): string => `${drawId}-${regionCode}`

/** The draw's id, and of another city than the organiser's the city beside it. */
export const listIdOf = ({
  drawId,
  regionCode,
  organiserRegionCode,
}: Pick<DrawnList, 'drawId' | 'regionCode' | 'organiserRegionCode'>): string =>
  organiserRegionCode === undefined ? drawId : cityListId(drawId, regionCode)

/**
 * What policy says of the list; undefined where it has none published, which is so unless it says so. Without a time of its own the list is
 * published after the visits: a subject is told to nobody before unless policy says otherwise (DRW-34).
 */
export function listRules(policy: Policy, digest: string): Result<ListRules | undefined, PolicyUnset> {
  if (policy.find('draw.publishList') !== true) return ok(undefined)
  const channels = policy.get('publish.channel')
  if (!channels.ok) return channels
  const due = policy.find('draw.publishList.due')
  const plain = (listed: readonly Channel[]): readonly Channel[] => listed.map(({ id, text }) => ({ id, text }))
  return ok({
    policy: { ...policy.id, digest },
    timing: policy.find('draw.publishList.timing') ?? 'AFTER_VISIT',
    ...(due === undefined ? {} : { workingDays: due.workingDays }),
    channels: { marketSubjects: plain(channels.value.marketSubjects), nonMarketSubjects: plain(channels.value.nonMarketSubjects) },
  })
}
