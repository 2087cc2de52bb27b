import type { Policy } from '@dual-random/policy'
import { policyOf } from '@dual-random/testkit/shipped'

interface Group {
  readonly aspects: readonly { readonly id: string; readonly enabled: boolean }[]
  readonly [member: string]: unknown
}

const shipped = policyOf('heilongjiang').content.values.get('crossRegion')?.value as unknown as { readonly groups: readonly Group[] }

/** The shipped policy of the four cities, with the groups changed as a city's own binding may. */
export const fourCityPolicy = (change: (groups: readonly Group[]) => readonly Group[] = (groups) => groups): Policy =>
  policyOf('local/four-coal-cities', { crossRegion: { ...shipped, groups: change(shipped.groups) } })
