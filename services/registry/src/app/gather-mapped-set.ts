import { type DrawHash, labelBlinder, type PrivateExclusion, privateObjectsText, type RosterEntry } from '@dual-random/draw'
import type { Instant, RegionCode } from '@dual-random/kernel'
import { gradeFor, type Policy } from '@dual-random/policy'
import type { CheckItem } from '../domain/check-item.ts'
import { type CreditResult, generalResultAt } from '../domain/credit-result.ts'
import { inactiveExclusion, type Member, neededSpecialities } from '../domain/mapped-set.ts'
import { mappedMembers } from './mapped-members.ts'
import { requireRule } from './policy-book.ts'
import type { CreditRecords, ObjectPool } from './ports.ts'
import { type DrawnBefore, type RepeatOutcome, repeatOutcome } from './repeat-bar.ts'

export interface GatherRequest {
  readonly drawId: string
  readonly regionCode: RegionCode
  readonly asOf: Instant
  readonly byGrade: boolean
  readonly items: readonly CheckItem[]
  readonly policy: Policy
  readonly key: Uint8Array
  readonly before: ReadonlyMap<string, DrawnBefore>
}

export interface GatheredSet {
  readonly entries: readonly RosterEntry[]
  readonly index: readonly { readonly label: string; readonly objectId: string }[]
  readonly exclusions: readonly PrivateExclusion[]
  /** Objects drawn before that stay in, with the ground (CRD-07). */
  readonly repeatsKept: readonly PrivateExclusion[]
  /** Text of the private file of the mapped set. */
  readonly privateObjects: string
  readonly registrationLoads: ReadonlySet<string>
  readonly creditLoads: ReadonlySet<string>
  /** The units that own the members. */
  readonly ownerUnitIds: ReadonlySet<string>
}

/** Stratum of objects without a grade (CRD-16), and the one stratum of a draw that does not go by grade. */
export const ungradedStratum = 'UNGRADED'
export const wholeStratum = 'ALL'

/** Blinds and classes every member of the mapped set. Of each object only its label, its line of the private file and its id stay in memory. */
export async function gatherMappedSet(
  { objects, credits, hash }: { readonly objects: ObjectPool; readonly credits: CreditRecords; readonly hash: DrawHash },
  request: GatherRequest,
): Promise<GatheredSet> {
  const { drawId, regionCode, asOf, items, key, before } = request
  const blind = labelBlinder(hash, key, 'object', drawId)
  const entries: RosterEntry[] = []
  const index: { label: string; objectId: string }[] = []
  const lines: string[] = []
  const exclusions: PrivateExclusion[] = []
  const repeatsKept: PrivateExclusion[] = []
  const registrationLoads = new Set<string>()
  const creditLoads = new Set<string>()
  const ownerUnitIds = new Set<string>()
  for await (const members of mappedMembers(objects, credits, { regionCode, items, asOf })) {
    for (const { member, credit } of members) {
      const { object } = member
      const { label, salt } = blind(object.objectCode)
      const result = generalResultAt(credit, asOf)
      const stratum = stratumOf(request, result?.grade)
      const repeat = repeatOutcome(request.policy, request, result?.grade, member.items, before.get(object.objectId))
      const exclusion = exclusionOf(member, repeat)
      if (exclusion !== undefined) exclusions.push({ label, ...exclusion })
      else if (repeat.outcome === 'kept') repeatsKept.push({ label, ground: repeat.ground, evidence: repeat.evidence })
      entries.push({ label, stratum, excluded: exclusion !== undefined })
      index.push({ label, objectId: object.objectId })
      lines.push(privateLine(member, label, salt, stratum, result))
      registrationLoads.add(member.load)
      ownerUnitIds.add(object.unitId)
      if (result !== undefined) creditLoads.add(result.load)
    }
  }
  return {
    entries,
    index,
    exclusions,
    repeatsKept,
    privateObjects: joinByLabel(entries, lines),
    registrationLoads,
    creditLoads,
    ownerUnitIds,
  }
}

function stratumOf({ byGrade, policy }: GatherRequest, grade: string | undefined): string {
  if (!byGrade) return wholeStratum
  return requireRule(gradeFor(policy, grade)) ?? ungradedStratum
}

function exclusionOf(member: Member, repeat: RepeatOutcome): Omit<PrivateExclusion, 'label'> | undefined {
  const inactive = inactiveExclusion(member)
  if (inactive !== undefined) return inactive
  return repeat.outcome === 'barred' ? { ground: 'REPEAT_BAR', evidence: repeat.evidence } : undefined
}

const privateLine = (
  { object, content, items }: Member,
  label: string,
  salt: string,
  stratum: string,
  result: CreditResult | undefined,
): string =>
  privateObjectsText([
    {
      label,
      id: object.objectCode,
      salt,
      ownerRegion: content.regionCode,
      stratum,
      grade: result === undefined ? null : { value: result.grade, source: result.source, asOf: result.asOf },
      needs: neededSpecialities(items),
    },
  ])

/** The private file is its lines ascending by label. */
function joinByLabel(entries: readonly RosterEntry[], lines: readonly string[]): string {
  const order = entries.map(({ label }, place) => ({ label, place })).sort((a, b) => (a.label < b.label ? -1 : 1))
  return order.map(({ place }) => lines[place]).join('')
}
