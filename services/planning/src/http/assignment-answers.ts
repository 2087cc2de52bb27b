import { z } from 'zod'
import { undrawnKinds } from '../domain/undrawn-line.ts'
import { act, applicability, count, fraction, planTypes, reasoned, stratumRatio, text, texts, window } from './answers.ts'
import { objectScope, publicException } from './line-answers.ts'
import { matter } from './undrawn-answers.ts'

const drawn = z.strictObject({
  taskName: text,
  objectScope: text.optional(),
  scope: objectScope.optional(),
  itemCodes: texts,
  ratios: z.array(stratumRatio).optional(),
  count: count.optional(),
  window,
  batches: z.array(z.strictObject({ window, share: fraction })).optional(),
  times: count.optional(),
  checkBatches: count.optional(),
})

const undrawn = z.strictObject({
  kind: z.enum(undrawnKinds),
  taskName: text,
  field: text,
  objectScope: text,
  objects: applicability,
  itemCodes: texts,
  window,
  matter: matter.optional(),
  basis: text.optional(),
  problem: z.strictObject({ trigger: text, description: text, similar: text.optional() }).optional(),
  jointException: publicException.optional(),
})

export const dispatched = z.strictObject({ assignmentIds: texts })

export const withdrawnAssignment = z.strictObject({ assignmentId: text, withdrawn: reasoned })

export const assignmentTotals = z.strictObject({ dispatched: count, takenIn: count, open: count, withdrawn: count })

/** A dispatched task and how far it has come (PLN-15). */
export const assignmentStanding = z.strictObject({
  assignmentId: text,
  fromRegionCode: text,
  fromUnitId: text,
  regionCode: text,
  unitId: text,
  year: count,
  planType: planTypes,
  /** One without a draw has a kind. */
  task: z.union([drawn, undrawn]),
  source: z.strictObject({ planId: text, lineId: text }).optional(),
  assigned: act,
  takenIn: act.extend({ planId: text, version: count, lineId: text }).optional(),
  withdrawn: reasoned.optional(),
  status: z.enum(['OPEN', 'TAKEN_IN', 'FILED', 'PUBLISHED', 'WITHDRAWN']),
  planId: text,
  lineId: text.optional(),
})
