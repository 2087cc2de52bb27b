import { type Route, route } from '@dual-random/http'
import { z } from 'zod'
import type { Ports } from '../app/ports.ts'
import { type Stated, type WhatIf, whatIf } from '../app/what-if.ts'
import { feasibilityView } from './feasibility-view.ts'
import { lineView } from './plan-view.ts'
import { coverageView, jointInsteadView, overlapView, repeatsView } from './report-view.ts'
import { reportReaders } from './roles.ts'
import { countingTimeoutMs, id, lineId, lineInput } from './schemas.ts'
import { whatIf as answer } from './what-if-answers.ts'

const change = lineInput
  .pick({ ratios: true, count: true, window: true, times: true, batches: true, checkBatches: true, reasons: true, repeatGround: true })
  .extend({ lineId })
  .refine(({ lineId: _lineId, ...rest }) => Object.keys(rest).length > 0, { error: '没有要改变的内容' })

const supposition = z.strictObject({
  add: z.array(lineInput).max(500).default([]),
  change: z.array(change).max(500).default([]),
  remove: z.array(lineId).max(500).default([]),
})

/** Weighs lines and ratios that a plan does not have. It keeps nothing, so it needs no Idempotency-Key. */
export const whatIfRoute = (ports: Ports): Route =>
  route({
    method: 'POST',
    path: '/v1/plans/:planId/what-if',
    summary:
      'Figures and proposals of a plan as it would be, without saving; in one piece, since nothing is kept from which a further page could be read',
    roles: reportReaders,
    params: z.object({ planId: id }),
    body: supposition,
    responses: { 200: answer },
    timeoutMs: countingTimeoutMs,
    idempotent: false,
    handler: async (caller) => ({
      status: 200,
      body: whatIfView(await whatIf(ports, caller.params.planId, caller.body, caller), caller.params.planId),
    }),
  })

const isUnset = <T>(report: Stated<T>): report is { readonly policyUnset: string } =>
  typeof report === 'object' && report !== null && 'policyUnset' in report

const view = <T, V>(report: Stated<T>, of: (report: T) => V) => (isUnset(report) ? report : of(report))

const whatIfView = (
  { lines, needsReason, feasibility, overlaps, coverage, notPlanned, visits, jointInstead, repeats, workload }: WhatIf,
  planId: string,
) => ({
  planId,
  lines: lines.map(lineView),
  needsReason,
  feasibility: view(feasibility, feasibilityView),
  overlaps: overlapView(overlaps),
  coverage: view(coverage, coverageView),
  notPlanned,
  visits,
  jointInstead: jointInsteadView(jointInstead),
  repeats: view(repeats, repeatsView),
  workload,
})
