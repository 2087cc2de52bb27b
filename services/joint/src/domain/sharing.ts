import { chinaDateOf, type Instant, type LocalDate } from '@dual-random/kernel'

/** A group of regions that recognise each other's records, as policy `crossRegion` gives it. */
export interface RegionGroup {
  readonly id: string
  readonly regions: readonly { readonly regionCode: string; readonly alias: string }[]
  readonly aspects: readonly { readonly id: string; readonly text: string; readonly enabled: boolean }[]
  readonly recognisedKinds: readonly { readonly id: string }[]
}

/** The seven kinds of XRG-06. */
export type RecordKind =
  | 'ABNORMAL_LIST'
  | 'SERIOUS_VIOLATION_LIST'
  | 'CHECK_RESULT'
  | 'CREDIT_RISK_GRADE'
  | 'JOINT_PUNISHMENT'
  | 'CREDIT_REPAIR'
  | 'CREDIT_INCENTIVE'

export interface Sharing {
  /** The first of the groups. */
  readonly groupId: string
  /** Alias of the issuing region: the prefix of its exchange topic. */
  readonly alias: string
  /** What the record is shared for, in the policy's words (SEC-10). */
  readonly purpose: string
  readonly receivers: readonly string[]
}

/** The switched-on aspect under which a group recognises records of that kind; the other two aspects switch other things (XRG-03). */
const recognition = ({ aspects, recognisedKinds }: RegionGroup, kind: string) =>
  recognisedKinds.some(({ id }) => id === kind) ? aspects.find(({ id, enabled }) => id === 'MUTUAL_RECOGNITION' && enabled) : undefined

const memberOf = ({ regions }: RegionGroup, regionCode: string) => regions.find((region) => region.regionCode === regionCode)

/**
 * Where a region's record of that kind goes: to the other members of every group it is in whose recognition is switched on (XRG-03) and
 * that names the kind. One record for all of them, so that withdrawing it withdraws it everywhere; undefined when there is nobody.
 */
export function sharingOf(groups: readonly RegionGroup[], regionCode: string, kind: RecordKind): Sharing | undefined {
  const sharing = groups.filter((group) => memberOf(group, regionCode) !== undefined && recognition(group, kind) !== undefined)
  const [first] = sharing
  if (first === undefined) return undefined
  const members = sharing.flatMap(({ regions }) => regions.map((region) => region.regionCode))
  const receivers = [...new Set(members)].filter((code) => code !== regionCode)
  if (receivers.length === 0) return undefined
  return {
    groupId: first.id,
    alias: memberOf(first, regionCode)?.alias ?? '',
    purpose: recognition(first, kind)?.text ?? '',
    receivers,
  }
}

/** A record of another region as it came for one receiver, on the exchange topic of the region of that alias. */
export interface OfferedRecord {
  readonly regionCode: string
  readonly issuingRegionCode: string
  readonly kind: string
  readonly alias: string
}

/**
 * The group, of those in the receiver's own policy, by which it recognises a record (XRG-03, XRG-10): one that it is in together with the
 * region whose topic brought the record. Undefined for what a region did not issue itself, and for its own records come back to it.
 */
export const recognisingGroup = (groups: readonly RegionGroup[], offered: OfferedRecord): RegionGroup | undefined =>
  offered.regionCode === offered.issuingRegionCode
    ? undefined
    : groups.find(
        (group) =>
          recognition(group, offered.kind) !== undefined &&
          memberOf(group, offered.regionCode) !== undefined &&
          memberOf(group, offered.issuingRegionCode)?.alias === offered.alias,
      )

/**
 * The day whose policy decides whether a record is shared and recognised: that of its issue, or today where that is later. A region that has
 * stopped sharing has stopped for what is still on its way (XRG-10).
 */
export const decidingDate = (issuedAt: Instant, now: Instant): LocalDate => {
  const [issued, today] = [chinaDateOf(issuedAt), chinaDateOf(now)]
  return issued > today ? issued : today
}

/** A record that a region shares: its own, until it withdraws it (XRG-07). */
export interface SharedRecord {
  readonly recordId: string
  readonly groupId: string
  readonly alias: string
  readonly issuingRegionCode: string
  readonly unitId: string
  readonly kind: RecordKind
  readonly objectCode: string
  readonly objectName: string
  readonly content: string
  readonly issuedAt: string
  readonly purpose: string
  readonly receivers: readonly string[]
  readonly withdrawn?: { readonly reason: string; readonly at: string }
}

/** Withdrawing twice is withdrawing once. */
export const withdraw = (record: SharedRecord, reason: string, at: string): SharedRecord | undefined =>
  record.withdrawn === undefined ? { ...record, withdrawn: { reason, at } } : undefined
