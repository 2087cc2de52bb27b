import type { LineField } from './line-field-names.ts'

/** What is wrong with a check that is planned without a draw, or outside joint checks. */
export type ModeProblem =
  | { readonly code: 'special-check-barred'; readonly pointer: string; readonly kind: string; readonly itemCodes: string }
  | { readonly code: 'check-without-draw'; readonly pointer: string; readonly kind: string }
  | { readonly code: 'special-check-needs-problem'; readonly pointer: string }
  | { readonly code: 'campaign-needs-basis'; readonly pointer: string }
  | { readonly code: 'trigger-unknown'; readonly pointer: string; readonly trigger: string; readonly allowed: string }
  | { readonly code: 'means-not-in-plan'; readonly pointer: string; readonly lineId: string }
  | { readonly code: 'means-no-clue-task'; readonly pointer: string; readonly taskId: string }
  | { readonly code: 'key-matter-not-in-force'; readonly pointer: string; readonly matterId: string }
  | { readonly code: 'key-matter-ambiguous'; readonly pointer: string; readonly matterId: string; readonly lists: string }
  | { readonly code: 'key-stage-unknown'; readonly pointer: string; readonly stage: string; readonly allowed: string }
  | { readonly code: 'joint-exception-missing'; readonly pointer: string; readonly allowed: string }
  | { readonly code: 'joint-exception-unknown'; readonly pointer: string; readonly ground: string; readonly allowed: string }
  | { readonly code: 'joint-exception-not-asked'; readonly pointer: string }

/** What is wrong with a line, by the member at fault; `pointer` is a JSON pointer into the line input. */
export type LineProblem =
  | ModeProblem
  | { readonly code: 'item-not-on-list'; readonly pointer: string; readonly itemCode: string }
  | { readonly code: 'item-not-by-list'; readonly pointer: string; readonly itemCode: string }
  | { readonly code: 'line-without-items'; readonly pointer: string }
  | { readonly code: 'scope-outside-region'; readonly pointer: string; readonly regionCode: string }
  | { readonly code: 'scope-regions-with-cities'; readonly pointer: string }
  | { readonly code: 'scope-without-objects'; readonly pointer: string }
  | { readonly code: 'batch-scope-outside-line'; readonly pointer: string }
  | { readonly code: 'batch-scope-with-cities'; readonly pointer: string }
  | { readonly code: 'object-scope-unclear'; readonly pointer: string; readonly objectScope: string; readonly proposed: string }
  | { readonly code: 'line-mixes-item-classes'; readonly pointer: string; readonly general: string; readonly key: string }
  | { readonly code: 'line-mixes-field-classes'; readonly pointer: string }
  | { readonly code: 'unit-unknown'; readonly pointer: string; readonly unitId: string }
  | { readonly code: 'unit-twice'; readonly pointer: string; readonly unitId: string }
  | { readonly code: 'initiator-not-in-line'; readonly pointer: string; readonly unitId: string }
  | { readonly code: 'joint-needs-participants'; readonly pointer: string }
  | { readonly code: 'internal-of-several-departments'; readonly pointer: string }
  | { readonly code: 'unit-item-not-in-line'; readonly pointer: string; readonly unitId: string; readonly itemCode: string }
  | { readonly code: 'item-without-unit'; readonly pointer: string; readonly itemCode: string }
  | { readonly code: 'team-too-small'; readonly pointer: string; readonly least: number }
  | { readonly code: 'selection-missing'; readonly pointer: string; readonly unitId: string }
  | { readonly code: 'ground-needs-note'; readonly pointer: string }
  | { readonly code: 'mode-not-allowed'; readonly pointer: string; readonly mode: string; readonly allowed: string }
  | { readonly code: 'stations-mismatch'; readonly pointer: string; readonly mode: string; readonly asked: string }
  | { readonly code: 'station-unknown'; readonly pointer: string; readonly unitId: string }
  | { readonly code: 'delegate-not-fit'; readonly pointer: string; readonly unitId: string; readonly delegate: string }
  | { readonly code: 'delegation-not-allowed'; readonly pointer: string; readonly kind: string }
  | { readonly code: 'delegation-needs-reason'; readonly pointer: string }
  | { readonly code: 'delegation-needs-agreement'; readonly pointer: string }
  | { readonly code: 'agreement-unknown'; readonly pointer: string; readonly digest: string }
  | { readonly code: 'cities-not-provided'; readonly pointer: string }
  | { readonly code: 'cities-overlap'; readonly pointer: string; readonly regionCode: string; readonly other: string }
  | { readonly code: 'city-needs-agreement'; readonly pointer: string; readonly regionCode: string }
  | { readonly code: 'city-without-units'; readonly pointer: string; readonly regionCode: string }
  | { readonly code: 'city-needs-initiator'; readonly pointer: string; readonly regionCode: string }
  | { readonly code: 'initiator-not-of-city'; readonly pointer: string; readonly unitId: string; readonly regionCode: string }
  | { readonly code: 'delegation-across-cities'; readonly pointer: string; readonly unitId: string; readonly regionCode: string }
  | { readonly code: 'item-not-on-list-of-city'; readonly pointer: string; readonly itemCode: string; readonly regionCode: string }
  | { readonly code: 'quantity-missing'; readonly pointer: string }
  | { readonly code: 'ratio-and-count'; readonly pointer: string }
  | { readonly code: 'stratum-unknown'; readonly pointer: string; readonly stratum: string }
  | { readonly code: 'stratum-twice'; readonly pointer: string; readonly stratum: string }
  | { readonly code: 'stratum-all-not-alone'; readonly pointer: string }
  | { readonly code: 'stratum-missing'; readonly pointer: string; readonly stratum: string }
  | {
      readonly code: 'ratio-outside-band'
      readonly pointer: string
      readonly stratum: string
      readonly ratio: string
      readonly grade: string
      readonly band: string
    }
  | {
      readonly code: 'ratio-above-cap'
      readonly pointer: string
      readonly itemCode: string
      readonly stratum: string
      readonly ratio: string
      readonly cap: string
    }
  | { readonly code: 'check-batches-missing'; readonly pointer: string; readonly threshold: string }
  | { readonly code: 'count-escapes-cap'; readonly pointer: string; readonly itemCode: string; readonly cap: string }
  | { readonly code: 'count-needs-reason'; readonly pointer: string; readonly count: number }
  | { readonly code: 'item-needs-reason'; readonly pointer: string; readonly itemCode: string; readonly planId: string }
  | { readonly code: 'single-needs-reason'; readonly pointer: string; readonly industry: string }
  | {
      readonly code: 'line-field-missing'
      readonly pointer: string
      readonly lineId: string
      readonly field: LineField
      readonly fieldName: string
    }
  | { readonly code: 'rule-not-by-default'; readonly pointer: string; readonly key: string }
  | { readonly code: 'window-missing'; readonly pointer: string }
  | { readonly code: 'window-reversed'; readonly pointer: string }
  | { readonly code: 'window-outside-year'; readonly pointer: string; readonly year: number }
  | { readonly code: 'batches-do-not-fit'; readonly pointer: string; readonly times: number; readonly days: number }
  | { readonly code: 'batches-and-times'; readonly pointer: string }
  | { readonly code: 'shares-not-whole'; readonly pointer: string }
  | { readonly code: 'schedule-reversed'; readonly pointer: string; readonly batch: number }
  | { readonly code: 'policy-unset'; readonly pointer: string; readonly key: string; readonly message: string }

/** Problems that a recorded reason settles; the line itself may stay as it is. */
const reasonCodes: ReadonlySet<LineProblem['code']> = new Set([
  'ratio-outside-band',
  'count-needs-reason',
  'item-needs-reason',
  'single-needs-reason',
  'special-check-barred',
  'check-without-draw',
  'special-check-needs-problem',
  'joint-exception-missing',
])

export const asksForReason = (problem: LineProblem): boolean => reasonCodes.has(problem.code)
