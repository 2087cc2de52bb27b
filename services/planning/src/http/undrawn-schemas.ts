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

export const undrawnLineInput = z.strictObject({
  kind: z.enum(undrawnKinds),
  taskName: shortText,
  field: shortText,
  objectScope: longText,
  objects,
  itemCodes: z.array(itemCode).max(500).default([]),
  initiatorUnitId: unitId.exactOptional(),
  unitIds: z.array(unitId).min(1).max(50),
  window: dateWindow,
  basis: longText.exactOptional(),
  problem: z.strictObject({ trigger: code, description: longText, means }).exactOptional(),
  jointException: jointException.exactOptional(),
  reasons: z
    .array(z.strictObject({ rule: z.enum(undrawnRules), reason: longText, legalBasis: longText.exactOptional() }))
    .max(20)
    .exactOptional(),
})
