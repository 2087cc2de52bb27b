import { type BlindedEntity, type DrawHash, labelBlinder, privateObjectsText } from '@dual-random/draw'
import { type Instant, type RegionCode, utf8 } from '@dual-random/kernel'
import { gradeFor, type Policy, type RepeatGrounds, whiteListDraw, whiteListStratum } from '@dual-random/policy'
import type { CheckItem } from '../domain/check-item.ts'
import { generalResultAt } from '../domain/credit-result.ts'
import type { DrawScope } from '../domain/draw-scope.ts'
import { inactiveExclusion, type Member, neededSpecialities, type RegimeEffect, regimeEffect } from '../domain/mapped-set.ts'
import { type StratifyingResult, strataFieldOf, stratifyingResultAt } from '../domain/stratifying-result.ts'
import type { FrozenMember, Ground } from './computations.ts'
import { type MemberDeps, mappedMembers } from './mapped-members.ts'
import { requireRule } from './policy-book.ts'
import { type DrawnBefore, type RepeatOutcome, repeatOutcome } from './repeat-bar.ts'

export interface GatherRequest {
  readonly drawId: string
  readonly regionCode: RegionCode
  readonly asOf: Instant
  readonly byGrade: boolean
  readonly items: readonly CheckItem[]
  readonly scope?: DrawScope
  readonly policy: Policy
  readonly key: Uint8Array
  readonly joint?: true
  readonly repeatGround?: RepeatGrounds
  readonly before: ReadonlyMap<string, readonly DrawnBefore[]>
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
export async function gatherMappedSet(deps: MemberDeps & { readonly hash: DrawHash }, request: GatherRequest): Promise<GatheredSet> {
  const { drawId, regionCode, asOf, items, scope, key } = request
  const blind = labelBlinder(deps.hash, key, 'object', drawId)
  const frozen: Uint8Array[] = []
  const registrationLoads = new Set<string>()
  const creditLoads = new Set<string>()
  const ownerUnitIds = new Set<string>()
  const field = strataFieldOf(request.policy.find('draw.professionalStrata') ?? [], items)
  const regimes = { hasSandbox: request.policy.find('sandbox') !== undefined, whiteList: whiteListDraw(request.policy) }
  for await (const members of mappedMembers(deps, { regionCode, items, asOf, ...(scope === undefined ? {} : { scope }) })) {
    const part: FrozenMember[] = []
    for (const { member, credit, memberships } of members) {
      const general = generalResultAt(credit, asOf)
      const stratifying = stratifyingResultAt(credit, field, asOf)
      const regime = regimeEffect(memberships, regimes)
      part.push(frozenMember(request, member, blind(member.object.objectCode), { general: general?.grade, stratifying, regime }))
      registrationLoads.add(member.load)
      if (regime !== undefined) registrationLoads.add(regime.load)
      ownerUnitIds.add(member.object.unitId)
      for (const result of [general, stratifying?.result]) if (result !== undefined) creditLoads.add(result.load)
    }
    frozen.push(utf8(JSON.stringify(part)))
  }
  return { members: frozen, registrationLoads, creditLoads, ownerUnitIds }
}

interface Standing {
  /** The bar on repeats asks how high the credit risk is, so it looks at the general grade whatever builds the strata (CRD-09). */
  readonly general: string | undefined
  readonly stratifying: StratifyingResult | undefined
  readonly regime: RegimeEffect | undefined
}

function frozenMember(
  request: GatherRequest,
  member: Member,
  { label, salt }: BlindedEntity,
  { general, stratifying, regime }: Standing,
): FrozenMember {
  const { object } = member
  const beside = stratumOf(request, stratifying?.grade)
  const stratum = regime?.effect === 'OWN_STRATUM' ? whiteListStratum(beside) : beside
  const repeat = repeatOutcome(request.policy, request, general, member, request.before.get(object.objectId))
  const exclusion = exclusionOf(member, regime, repeat)
  const line = privateLine(member, label, salt, stratum, stratifying)
  const frozen = { label, stratum, objectId: object.objectId, line }
  if (exclusion !== undefined) return { ...frozen, exclusion }
  return repeat.outcome === 'kept' ? { ...frozen, repeatKept: { ground: repeat.ground, evidence: repeat.evidence } } : frozen
}

function stratumOf({ byGrade, policy }: GatherRequest, grade: string | undefined): string {
  if (!byGrade) return wholeStratum
  return requireRule(gradeFor(policy, grade)) ?? ungradedStratum
}

function exclusionOf(member: Member, regime: RegimeEffect | undefined, repeat: RepeatOutcome): Ground | undefined {
  const inactive = inactiveExclusion(member)
  if (inactive !== undefined) return inactive
  if (regime?.effect === 'EXCLUDED') return regime.exclusion
  return repeat.outcome === 'barred' ? { ground: 'REPEAT_BAR', evidence: repeat.evidence } : undefined
}

const privateLine = (
  { object, content, items }: Member,
  label: string,
  salt: string,
  stratum: string,
  stratifying: StratifyingResult | undefined,
): string =>
  privateObjectsText([
    {
      label,
      id: object.objectCode,
      salt,
      ownerRegion: content.regionCode,
      stratum,
      grade: stratifying === undefined ? null : gradeOf(stratifying),
      needs: neededSpecialities(items),
    },
  ])

/** The result itself, with its source and as-of, also where it counts as another grade (CRD-21). */
const gradeOf = ({ result: { grade, source, asOf } }: StratifyingResult) => ({ value: grade, source, asOf })
