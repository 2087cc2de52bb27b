/** A group of regions that recognise each other's records, as policy `crossRegion` gives it. */
export interface RegionGroup {
  readonly id: string
  readonly regions: readonly { readonly regionCode: string; readonly alias: string }[]
  readonly aspects: readonly { readonly id: string; readonly enabled: boolean }[]
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
  readonly receivers: readonly string[]
}

const mutualRecognition = 'MUTUAL_RECOGNITION'

/**
 * Where a region's record of that kind goes: to the other members of every group it is in whose recognition is switched on (XRG-03) and
 * that names the kind. One record for all of them, so that withdrawing it withdraws it everywhere; undefined when there is nobody.
 */
export function sharingOf(groups: readonly RegionGroup[], regionCode: string, kind: RecordKind): Sharing | undefined {
  const sharing = groups.filter(
    (group) =>
      group.regions.some((region) => region.regionCode === regionCode) &&
      group.aspects.some((aspect) => aspect.id === mutualRecognition && aspect.enabled) &&
      group.recognisedKinds.some(({ id }) => id === kind),
  )
  const [first] = sharing
  const own = first?.regions.find((region) => region.regionCode === regionCode)
  const members = sharing.flatMap((group) => group.regions.map((region) => region.regionCode))
  const receivers = [...new Set(members)].filter((code) => code !== regionCode)
  return first === undefined || own === undefined || receivers.length === 0 ? undefined : { groupId: first.id, alias: own.alias, receivers }
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
  readonly receivers: readonly string[]
  readonly withdrawn?: { readonly reason: string; readonly at: string }
}

/** Withdrawing twice is withdrawing once. */
export const withdraw = (record: SharedRecord, reason: string, at: string): SharedRecord | undefined =>
  record.withdrawn === undefined ? { ...record, withdrawn: { reason, at } } : undefined
