import { chinaDateOf, type Instant, type RegionCode } from '@dual-random/kernel'
import { whiteListDraw, whiteListStratum } from '@dual-random/policy'
import { type Member, regimeEffect } from '../domain/mapped-set.ts'
import type { KindCount } from '../domain/pool-histogram.ts'
import { type StratifyingResult, strataFieldOf, stratifyingResultAt } from '../domain/stratifying-result.ts'
import { ungradedStratum } from './gather-mapped-set.ts'
import { requireItems } from './items.ts'
import { policyIfBound } from './list-publishing.ts'
import { type MemberDeps, mappedMembers } from './mapped-members.ts'
import type { PolicyBook } from './policy-book.ts'
import type { CheckItemLists } from './ports.ts'

export interface PoolDeps extends MemberDeps {
  readonly checkItemLists: CheckItemLists
  readonly book: PolicyBook
}

/** What is asked of a pool: the objects that any of the items fits, as of an instant. */
export interface PoolAsked {
  readonly regionCode: RegionCode
  readonly itemCodes: readonly string[]
  readonly asOf: Instant
}

/** A member of the mapped set with the result that puts it into its stratum. */
export interface ClassifiedMember {
  readonly member: Member
  readonly stratifying: StratifyingResult | undefined
  /** Whether it would be drawn among the white list, beside its grade (TGT-20). */
  readonly isWhiteListed: boolean
  /** Whether it is of the kind that the yearly floor counts (CRD-08). */
  readonly isEnterprise: boolean
}

/** The mapped set of the items, batch by batch, as a draw on them would class it. */
export async function* classifiedMembers(
  { checkItemLists, book, ...deps }: PoolDeps,
  { regionCode, itemCodes, asOf }: PoolAsked,
): AsyncGenerator<readonly ClassifiedMember[]> {
  const date = chinaDateOf(asOf)
  const items = await requireItems(checkItemLists, regionCode, date, itemCodes)
  const policy = await policyIfBound(book, regionCode, date)
  const field = strataFieldOf(policy?.find('draw.professionalStrata') ?? [], items)
  const regimes = { hasSandbox: policy?.find('sandbox') !== undefined, whiteList: policy && whiteListDraw(policy) }
  for await (const members of mappedMembers(deps, { regionCode, items, asOf }))
    yield members.map(({ member, credit, memberships }) => ({
      member,
      stratifying: stratifyingResultAt(credit, field, asOf),
      isWhiteListed: regimeEffect(memberships, regimes)?.effect === 'OWN_STRATUM',
      isEnterprise: member.content.kind === 'ENTERPRISE',
    }))
}

/** What decides where a member is counted. */
export type Stratified = Pick<ClassifiedMember, 'isWhiteListed' | 'isEnterprise'> & {
  readonly stratifying: Pick<StratifyingResult, 'grade'> | undefined
}

/** Counts members by the grade of their stratum; the empty grade counts those without one, `WHITE_LIST_…` those of the white list beside it. */
export function gradeTally() {
  const counts = new Map<string, { count: number; enterprises: number }>()
  return {
    add: ({ stratifying, isWhiteListed, isEnterprise }: Stratified): void => {
      const grade = isWhiteListed ? whiteListStratum(stratifying?.grade ?? ungradedStratum) : (stratifying?.grade ?? '')
      const counted = counts.get(grade) ?? { count: 0, enterprises: 0 }
      counts.set(grade, counted)
      counted.count++
      if (isEnterprise) counted.enterprises++
    },
    byGrade: (): readonly GradeCount[] =>
      [...counts].map(([grade, counted]) => ({ grade, ...counted })).sort((a, b) => (a.grade < b.grade ? -1 : 1)),
  }
}

export interface GradeCount extends KindCount {
  readonly grade: string
}
