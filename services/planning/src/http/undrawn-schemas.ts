import { objectKinds } from '@dual-random/contracts'
import { z } from 'zod'
import { undrawnKinds, undrawnRules } from '../domain/undrawn-line.ts'
import { code, dateWindow, id, industry, itemCode, jointException, lineId, longText, shortText, unitId } from './schemas.ts'

const objects = z.strictObject({
  kinds: z.array(z.enum(objectKinds.all)).min(1),
  industryPrefixes: z.array(industry).max(100).default([]),
  tags: z.array(shortText).max(100).default([]),
})

const means = z.union([z.strictObject({ lineId }), z.strictObject({ clueTaskId: id }), z.strictObject({ similar: longText })])

/** What a line says that is dispatched with it. */
const task = {
  taskName: shortText,
  field: shortText,
  objectScope: longText,
  objects,
  itemCodes: z.array(itemCode).max(500).default([]),
  window: dateWindow,
  basis: longText.exactOptional(),
  jointException: jointException.exactOptional(),
}

const keyTask = {
  kind: z.literal('KEY_SUPERVISION'),
  taskName: shortText,
  listId: id.exactOptional(),
  matterId: id,
  stages: z.array(shortText).min(1).max(50).exactOptional(),
  window: dateWindow,
  jointException: jointException.exactOptional(),
}

const whoChecks = { initiatorUnitId: unitId.exactOptional(), unitIds: z.array(unitId).min(1).max(50) }

const problem = { trigger: code, description: longText }

const reasons = z.array(z.strictObject({ rule: z.enum(undrawnRules), reason: longText, legalBasis: longText.exactOptional() })).max(20)

const otherKinds = undrawnKinds.filter((kind) => kind !== 'KEY_SUPERVISION')
const kind = z.enum(otherKinds)

export const undrawnLineInput = z.discriminatedUnion('kind', [
  z.strictObject({ ...keyTask, ...whoChecks }),
  z.strictObject({
    kind,
    ...task,
    ...whoChecks,
    problem: z.strictObject({ ...problem, means }).exactOptional(),
    reasons: reasons.exactOptional(),
  }),
])

/** A task without a draw as a superior dispatches it: of the means of its problem, words alone. */
export const undrawnTask = z.discriminatedUnion('kind', [
  z.strictObject(keyTask),
  z.strictObject({ kind, ...task, problem: z.strictObject({ ...problem, similar: longText.exactOptional() }).exactOptional() }),
])

/** What the local planner decides of such a task: of a problem that was dispatched the means alone. */
export const undrawnTerms = z.strictObject({
  initiatorUnitId: unitId.exactOptional(),
  unitIds: whoChecks.unitIds.exactOptional(),
  window: dateWindow.exactOptional(),
  problem: z.union([z.strictObject({ means }), z.strictObject({ ...problem, means })]).exactOptional(),
  jointException: jointException.exactOptional(),
  reasons: reasons.exactOptional(),
})
