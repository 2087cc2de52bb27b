import { chinaDateOf, type Instant, type RegionCode } from '@dual-random/kernel'
import type { Member } from '../domain/mapped-set.ts'
import { type StratifyingResult, strataFieldOf, stratifyingResultAt } from '../domain/stratifying-result.ts'
import { requireItems } from './items.ts'
import { policyIfBound } from './list-publishing.ts'
import { mappedMembers } from './mapped-members.ts'
import type { PolicyBook } from './policy-book.ts'
import type { CheckItemLists, CreditRecords, ObjectPool } from './ports.ts'

export interface PoolDeps {
  readonly objects: ObjectPool
  readonly credits: CreditRecords
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
}

/** The mapped set of the items, batch by batch, as a draw on them would class it. */
export async function* classifiedMembers(
  { objects, credits, checkItemLists, book }: PoolDeps,
  { regionCode, itemCodes, asOf }: PoolAsked,
): AsyncGenerator<readonly ClassifiedMember[]> {
  const date = chinaDateOf(asOf)
  const items = await requireItems(checkItemLists, regionCode, date, itemCodes)
  const field = strataFieldOf((await policyIfBound(book, regionCode, date))?.find('draw.professionalStrata') ?? [], items)
  for await (const members of mappedMembers(objects, credits, { regionCode, items, asOf }))
    yield members.map(({ member, credit }) => ({ member, stratifying: stratifyingResultAt(credit, field, asOf) }))
}

/** Counts members by grade; the empty grade counts those without one. */
export function gradeTally() {
  const counts = new Map<string, number>()
  return {
    add: ({ stratifying }: ClassifiedMember): void => {
      const grade = stratifying?.grade ?? ''
      counts.set(grade, (counts.get(grade) ?? 0) + 1)
    },
    byGrade: (): readonly GradeCount[] =>
      [...counts].map(([grade, count]) => ({ grade, count })).sort((a, b) => (a.grade < b.grade ? -1 : 1)),
  }
}

export interface GradeCount {
  readonly grade: string
  readonly count: number
}
