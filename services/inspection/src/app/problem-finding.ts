import { type LocalDate, type RegionCode, startOfChinaDate } from '@dual-random/kernel'
import { type FindingRate, findingTally } from '../domain/problem-finding.ts'
import type { Results, Tasks } from './ports.ts'

/** How often checks of a region's year found a problem, by mode and grade (TGT-23). */
export async function problemFindingOf(
  { tasks, results }: { readonly tasks: Tasks; readonly results: Results },
  regionCode: RegionCode,
  year: number,
): Promise<readonly FindingRate[]> {
  const found = new Set<string>()
  const since = startOfChinaDate(`${year}-01-01` as LocalDate)
  for await (const { taskId } of results.withFollowUp(regionCode, since)) found.add(taskId)
  const tally = findingTally(found)
  for await (const task of tasks.completedOf(regionCode, year)) tally.add(task)
  return tally.rates()
}
