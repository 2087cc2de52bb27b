import type { LocalDate, Ratio } from '@dual-random/kernel'
import type { NamedRatio } from '../answer.ts'
import type { ObjectMarks } from '../cells/object-marks.ts'
import type { SettledPlanLine } from './plan-line.ts'

/** A line of a plan as it is published: every member stands in a cell of its own. It has `ratio`, `tiers` or `count`. */
export interface PublishedPlanLine {
  readonly taskName: string
  readonly itemNames: readonly string[]
  readonly objectScope?: string
  readonly objectMarks?: ObjectMarks
  readonly ratio?: Ratio
  /** Shares by kind of object; `ratio`, where there is one, holds for the others. */
  readonly tiers?: readonly NamedRatio[]
  readonly count?: number
  readonly timesPerYear: number
  readonly window: { readonly start: LocalDate; readonly end: LocalDate }
  readonly deadline?: LocalDate
  readonly initiator: string
  readonly participants: readonly string[]
  readonly methods: readonly string[]
  readonly remarks: string
}

/** What of a settled line is published: the share that was chosen, not the range it was chosen from. */
export function publishedLine(line: SettledPlanLine): PublishedPlanLine {
  const { taskName, itemNames, objectScope, objectMarks, ratio, tiers, count, timesPerYear, window, deadline } = line
  return {
    taskName,
    itemNames,
    ...(objectScope === undefined ? {} : { objectScope: objectScope.raw }),
    ...(objectMarks === undefined ? {} : { objectMarks }),
    ...(ratio === undefined ? {} : { ratio: ratio.chosen }),
    ...(tiers === undefined ? {} : { tiers }),
    ...(count === undefined ? {} : { count }),
    timesPerYear,
    window: { start: window.start, end: window.end },
    ...(deadline === undefined ? {} : { deadline }),
    initiator: line.initiator,
    participants: line.participants,
    methods: line.methods,
    remarks: line.remarks,
  }
}
