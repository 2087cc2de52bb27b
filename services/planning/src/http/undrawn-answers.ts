import { z } from 'zod'
import { undrawnKinds, undrawnRules } from '../domain/undrawn-line.ts'
import { act, applicability, count, text, texts, window } from './answers.ts'
import { jointException, origin, publicException } from './line-answers.ts'

const means = z.union([z.strictObject({ lineId: text }), z.strictObject({ clueTaskId: text }), z.strictObject({ similar: text })])

const publicReason = z.strictObject({ rule: z.enum(undrawnRules), reason: text, legalBasis: text.optional() })

/** Of key supervision: the matter and the stages that are checked. */
export const matter = z.strictObject({ listId: text, listVersion: count, matterId: text, name: text, stages: texts })

/** A check that is planned and not drawn. */
export const undrawnLine = z.strictObject({
  lineId: text,
  kind: z.enum(undrawnKinds),
  taskName: text,
  field: text,
  objectScope: text,
  objects: applicability,
  itemCodes: texts,
  coveredBy: texts,
  initiatorUnitId: text,
  unitIds: texts,
  window,
  matter: matter.optional(),
  basis: text.optional(),
  problem: z.strictObject({ trigger: z.strictObject({ id: text, text }), description: text, means }).optional(),
  jointException: jointException.optional(),
  reasons: z.array(publicReason.extend(act.shape)),
  origin: origin.optional(),
})

/** Without the names of those who worked on it. */
export const publicUndrawnLine = undrawnLine.extend({
  jointException: publicException.optional(),
  reasons: z.array(publicReason),
})

/** A check without a draw with the lines it meets in days, and may in objects. */
export const undrawnWithOverlaps = undrawnLine.extend({
  planId: text,
  overlaps: z.array(
    z.strictObject({
      planId: text,
      lineId: text,
      taskName: text,
      kind: z.enum(['DRAWN', ...undrawnKinds]),
      unitIds: texts,
      windows: z.array(window),
      itemCodes: texts,
    }),
  ),
})
