import type { LocalDate, UnitId } from '@dual-random/kernel'
import { type InspectorContent, isQualifiedOn, servesOn } from './inspector.ts'

/** What of an inspector counting looks at: never a name, a certificate or a recusal. */
export interface CountedInspector {
  readonly unitId: UnitId
  readonly content: Pick<
    InspectorContent,
    'homeUnitId' | 'status' | 'entersOn' | 'leavesOn' | 'qualificationValidFrom' | 'qualificationValidTo'
  >
}

/** Inspectors of one pool who serve in one office or station. */
export interface Staff {
  readonly unitId: UnitId
  readonly homeUnitId: UnitId
  readonly inPost: number
  readonly qualified: number
}

/** Counts who is in post on a date, and who of them may enforce (REG-35). */
export function staffTally(on: LocalDate) {
  const staff = new Map<string, Staff>()
  return {
    add: ({ unitId, content }: CountedInspector): void => {
      if (!servesOn(content as InspectorContent, on)) return
      const { homeUnitId } = content
      const key = `${unitId} ${homeUnitId}`
      const before = staff.get(key) ?? { unitId, homeUnitId, inPost: 0, qualified: 0 }
      const qualified = isQualifiedOn(content as InspectorContent, on) ? 1 : 0
      staff.set(key, { ...before, inPost: before.inPost + 1, qualified: before.qualified + qualified })
    },
    all: (): readonly Staff[] => [...staff].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each),
  }
}
