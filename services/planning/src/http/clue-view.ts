import { formatPercent, type LocalDate } from '@dual-random/kernel'
import { z } from 'zod'
import { type Clue, clueStatuses, isOverdue } from '../domain/clue.ts'
import { type ClueTask, clueTaskStatuses } from '../domain/clue-task.ts'
import { drawTerms, jointException, repeatGround } from './line-answers.ts'

const act = z.object({ by: z.string(), at: z.string() })

export const clueAnswer = z.object({
  clueId: z.string(),
  regionCode: z.string(),
  unitId: z.string(),
  source: z.string(),
  sourceNote: z.string().optional(),
  reference: z.string().optional(),
  receivedAt: z.string(),
  matter: z.string(),
  industry: z.string().optional(),
  placeRegionCode: z.string().optional(),
  object: z.object({ code: z.string(), name: z.string() }).optional(),
  due: z.object({ date: z.string(), provisional: z.boolean() }).optional(),
  overdue: z.boolean(),
  recorded: act,
  status: z.enum(clueStatuses),
  taskId: z.string().optional(),
  check: z
    .object({ at: z.string(), checkTaskId: z.string().optional(), note: z.string().optional(), by: z.string().optional() })
    .optional(),
  closing: act.extend({ reason: z.string() }).optional(),
})

export const clueView = (clue: Clue, today: LocalDate) => ({ ...clue, overdue: isOverdue(clue, today) })

export const clueTaskAnswer = z.object({
  taskId: z.string(),
  regionCode: z.string(),
  unitId: z.string(),
  year: z.int(),
  form: z.enum(['TARGETED_DRAW', 'SPECIAL_CHECK']),
  trigger: z.object({ id: z.string(), text: z.string() }),
  ground: z.string(),
  clueIds: z.array(z.string()),
  scope: z.object({ industryPrefixes: z.array(z.string()), regionCodes: z.array(z.string()) }),
  terms: drawTerms,
  jointException: jointException.optional(),
  repeatGround: repeatGround.optional(),
  policy: z.object({ preset: z.string(), version: z.string() }),
  policyDigest: z.string(),
  proposed: act,
  status: z.enum(clueTaskStatuses),
  accepted: act.extend({ subjectDigest: z.string() }).optional(),
  withdrawn: act.extend({ reason: z.string() }).optional(),
})

export function clueTaskView({ terms, ...task }: ClueTask) {
  const ratios = terms.ratios.map(({ stratum, ratio }) => ({ stratum, ratio: formatPercent(ratio) }))
  return { ...task, terms: { ...terms, ratios } }
}
