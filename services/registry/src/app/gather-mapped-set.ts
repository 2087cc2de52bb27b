import { type BlindedEntity, type DrawHash, labelBlinder, privateObjectsText } from '@dual-random/draw'
import { type Instant, type RegionCode, utf8 } from '@dual-random/kernel'
import { gradeFor, type Policy } from '@dual-random/policy'
import type { CheckItem } from '../domain/check-item.ts'
import { type CreditResult, generalResultAt } from '../domain/credit-result.ts'
import { inactiveExclusion, type Member, neededSpecialities } from '../domain/mapped-set.ts'
import type { FrozenMember, Ground } from './computations.ts'
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
  /** JSON texts of arrays of `FrozenMember`, in no order. */
  readonly members: readonly Uint8Array[]
  readonly registrationLoads: ReadonlySet<string>
  readonly creditLoads: ReadonlySet<string>
  /** The units that own the members. */
  readonly ownerUnitIds: ReadonlySet<string>
}

/** Stratum of objects without a grade (CRD-16), and the one stratum of a draw that does not go by grade. */
export const ungradedStratum = 'UNGRADED'
export const wholeStratum = 'ALL'

/** Blinds and classes every member of the mapped set. Of each object only what the files of the freeze need stays in memory, as bytes. */
export async function gatherMappedSet(
  { objects, credits, hash }: { readonly objects: ObjectPool; readonly credits: CreditRecords; readonly hash: DrawHash },
  request: GatherRequest,
): Promise<GatheredSet> {
  const { drawId, regionCode, asOf, items, key } = request
  const blind = labelBlinder(hash, key, 'object', drawId)
  const frozen: Uint8Array[] = []
  const registrationLoads = new Set<string>()
  const creditLoads = new Set<string>()
  const ownerUnitIds = new Set<string>()
  for await (const members of mappedMembers(objects, credits, { regionCode, items, asOf })) {
    const part: FrozenMember[] = []
    for (const { member, credit } of members) {
      const result = generalResultAt(credit, asOf)
      part.push(frozenMember(request, member, blind(member.object.objectCode), result))
      registrationLoads.add(member.load)
      ownerUnitIds.add(member.object.unitId)
      if (result !== undefined) creditLoads.add(result.load)
    }
    frozen.push(utf8(JSON.stringify(part)))
  }
  return { members: frozen, registrationLoads, creditLoads, ownerUnitIds }
}

function frozenMember(
  request: GatherRequest,
  member: Member,
  { label, salt }: BlindedEntity,
  result: CreditResult | undefined,
): FrozenMember {
  const { object, items } = member
  const stratum = stratumOf(request, result?.grade)
  const repeat = repeatOutcome(request.policy, request, result?.grade, items, request.before.get(object.objectId))
  const exclusion = exclusionOf(member, repeat)
  const line = privateLine(member, label, salt, stratum, result)
  const frozen = { label, stratum, objectId: object.objectId, line }
  if (exclusion !== undefined) return { ...frozen, exclusion }
  return repeat.outcome === 'kept' ? { ...frozen, repeatKept: { ground: repeat.ground, evidence: repeat.evidence } } : frozen
}

function stratumOf({ byGrade, policy }: GatherRequest, grade: string | undefined): string {
  if (!byGrade) return wholeStratum
  return requireRule(gradeFor(policy, grade)) ?? ungradedStratum
}

function exclusionOf(member: Member, repeat: RepeatOutcome): Ground | undefined {
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
