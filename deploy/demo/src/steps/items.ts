import type { Applicability } from '../register/applicability.ts'
import { coordinatorOf } from '../world/accounts.ts'
import { cities } from '../world/cities.ts'
import type { Scenario } from './scenario.ts'

export interface CheckItem {
  readonly regionCode: string
  readonly code: string
  readonly applicability: Applicability
}

/** The items that the lists of the four cities have in force on a date. */
export async function checkItems({ as }: Scenario, at: string): Promise<readonly CheckItem[]> {
  const perCity = await Promise.all(
    cities.map(async (city) => {
      const path = `/registry/v1/check-items?regionCode=${city.regionCode}&at=${at}`
      const { items } = await as(coordinatorOf(city)).get<{ readonly items: readonly Omit<CheckItem, 'regionCode'>[] }>(path)
      return items.map(({ code, applicability }) => ({ regionCode: city.regionCode, code, applicability }))
    }),
  )
  return perCity.flat()
}
