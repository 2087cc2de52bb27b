import { countedPageOf } from '@dual-random/http'
import { z } from 'zod'
import { count, percentText, text } from './answers.ts'

/** A matter of the key-supervision lists, and how far each attribute is reached (TGT-05). */
const matterReport = z.strictObject({
  listId: text,
  listVersion: count,
  matterId: text,
  name: text,
  objects: count,
  lines: z.array(z.strictObject({ planId: text, lineId: text, objectsOpened: count, objectsChecked: count })),
  attributes: z.array(
    z.strictObject({
      id: text,
      text,
      measure: z.enum(['COVERAGE', 'STAGES', 'TIMES', 'ASPECTS']),
      reached: count,
      of: count,
      share: percentText.optional(),
    }),
  ),
})

/** What is supervised neither by draws nor by key supervision (TGT-23), a page of items: matters stand on the first one alone. */
export const supervisionGapsPage = countedPageOf(z.strictObject({ code: text, name: text }))
  .extend({ matters: z.array(z.strictObject({ matterId: text, name: text })).optional() })
  .strict()

export const matterReportPage = countedPageOf(matterReport).strict()
