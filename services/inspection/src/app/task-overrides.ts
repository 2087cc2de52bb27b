import { chinaDateOf, type RegionCode, yearOf } from '@dual-random/kernel'
import { countOverrides, type OverrideRecord } from '@dual-random/policy'
import type { Tasks } from './ports.ts'

/** An override with the task it was made for. */
export interface TaskOverride extends OverrideRecord {
  readonly taskId: string
  readonly taskNumber: string
}

/**
 * The overrides of tasks of a region and below in a year, and how often each unit overrode each rule (POL-07): of checks opened on another ground than
 * policy has, of those in the sandbox that nothing triggered, and of visits to members of the white list.
 */
export async function overridesOf({ tasks }: { readonly tasks: Pick<Tasks, 'overridden'> }, regionCode: RegionCode, year: number) {
  const overrides: TaskOverride[] = []
  for await (const { taskId, taskNumber, opening, onSite = [] } of tasks.overridden(regionCode)) {
    const made = [opening?.override, opening?.untriggered, ...onSite.map((each) => ('override' in each ? each.override : undefined))]
    for (const override of made) {
      if (override !== undefined && yearOf(chinaDateOf(override.at)) === year) overrides.push({ taskId, taskNumber, ...override })
    }
  }
  return { counts: countOverrides(overrides), overrides }
}
