import { formatPercent } from '@dual-random/kernel'
import type { PlanReEvaluation } from '../app/re-evaluate-plan.ts'
import type { LineQuantity } from '../domain/re-evaluation.ts'

const quantity = ({ mapped, planned, ratio }: LineQuantity) => ({ mapped, planned, ratio: formatPercent(ratio) })

export const reEvaluationView = ({ lines, ...head }: PlanReEvaluation) => ({
  ...head,
  lines: lines.map(({ before, now, changes, ...line }) => ({
    ...line,
    before: quantity(before),
    now: quantity(now),
    changes: changes.map(({ ratio, ...change }) => ({ ...change, ...(ratio === undefined ? {} : { ratio: formatPercent(ratio) }) })),
  })),
})
