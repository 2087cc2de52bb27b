import { clerkOf, plannerOf } from '../world/accounts.ts'
import { type City, dataFile } from '../world/cities.ts'
import { unitIdOf } from '../world/units.ts'
import type { Scenario } from './scenario.ts'
import { type ListAnswers, type SettledImport, settleImport, type TableImport } from './settle-import.ts'

/** Imports a check-item list as it was published, answers what it leaves open, and enters plan lines with its items. */
export async function planFromPublishedItems(
  scenario: Scenario,
  city: City,
  planId: string,
  { list, businessLine, effectiveFrom, rounds, lines }: ListAnswers,
): Promise<SettledImport> {
  const clerk = scenario.as(clerkOf(unitIdOf(city, 'scj')))
  const query = new URLSearchParams({ listId: `${city.regionCode}-joint`, businessLine, effectiveFrom, fileName: list })
  const path = '/registry/v1/check-item-lists/published'
  const received = await clerk.upload<TableImport>(`${path}?${query.toString()}`, 'text/csv', dataFile(list))
  scenario.progress(`  ${city.name}：${list} 提出 ${received.openQuestions} 个问题 / ${received.openQuestions} questions`)
  const settled = await settleImport(clerk, `${path}/${received.importId}`, city, list, received, rounds)
  await scenario.as(plannerOf(city)).post(`/planning/v1/plans/${planId}/lines`, { lines })
  return settled
}
