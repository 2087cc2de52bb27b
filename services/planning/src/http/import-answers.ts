import { z } from 'zod'
import { act, count, digest, fraction, instant, percentText, stratumRatio, text, texts, window } from './answers.ts'
import { jointException, objectScope, publicException, reason, selection } from './line-answers.ts'

const delegation = z.strictObject({
  toUnitId: text,
  toRegionCode: text,
  reason: text.optional(),
  agreement: z.strictObject({ digest, title: text }).optional(),
})

const unit = z.strictObject({
  unitId: text,
  itemCodes: texts.optional(),
  teamSize: count.optional(),
  selection: selection.optional(),
  delegation: delegation.optional(),
})

const batch = z.strictObject({
  window,
  scope: objectScope.optional(),
  share: fraction.optional(),
  freezeAt: instant.optional(),
  commitAt: instant.optional(),
})

/** What of a line is settled by cells and answers alike. */
const settled = {
  taskName: text.optional(),
  objectScope: text.optional(),
  scope: objectScope.optional(),
  itemCodes: texts.optional(),
  initiatorUnitId: text.optional(),
  participantUnitIds: texts.optional(),
  units: z.array(unit).optional(),
  ratios: z.array(stratumRatio).optional(),
  count: count.optional(),
  window: window.optional(),
  times: count.optional(),
  batches: z.array(batch).optional(),
  checkBatches: count.optional(),
}

const draftLine = z.strictObject({
  lineNo: count,
  taskNo: text,
  rows: z.array(count),
  omitted: z.boolean(),
  omitReason: text.optional(),
  itemNames: texts.optional(),
  ready: z.boolean(),
  ...settled,
  reasons: z.array(reason.partial({ by: true, at: true })).optional(),
  jointException: z.union([publicException, jointException]).optional(),
})

const question = z.strictObject({
  questionId: text,
  lineNo: count.optional(),
  line: count,
  /** Of what several lines ask alike: all of them, as lines of the plan and as rows of the file. */
  lineNos: z.array(count).optional(),
  rows: z.array(count).optional(),
  column: text,
  cell: text,
  field: text,
  code: text,
  message: text,
  form: text.optional(),
  options: z.array(z.strictObject({ value: text, label: text })),
  accepts: texts,
  state: z.enum(['OPEN', 'ANSWERED', 'MOOT']),
})

const answer = z.strictObject({
  questionId: text.optional(),
  lineNo: count.optional(),
  code: text.optional(),
  value: z.union([text, texts]).optional(),
  ...settled,
  ratio: percentText.optional(),
  selection: selection.optional(),
  jointException: publicException.optional(),
  reason: text.optional(),
  legalBasis: text.optional(),
  note: text.optional(),
  omit: z.literal(true).optional(),
})

const place = { line: count, column: text.optional(), code: text }

const head = {
  importId: text,
  planId: text,
  state: z.enum(['OPEN', 'APPLIED']),
  fileName: text.optional(),
  fileDigest: digest,
  receivedAt: instant,
  receivedBy: text,
  openQuestions: count,
}

/** An import in lists. */
export const importSummary = z.strictObject(head)

/** An import with its questions and answers. */
export const planImport = z.strictObject({
  ...head,
  regionCode: text,
  unitId: text,
  title: text.optional(),
  encoding: text,
  sheet: text.optional(),
  publisherUnitId: text.optional(),
  rows: z.strictObject({ title: z.array(count), header: z.array(count), footer: z.array(count) }),
  lines: z.array(draftLine),
  questions: z.array(question),
  answers: z.array(act.extend({ answer, settled: texts })),
  notes: z.array(z.strictObject({ ...place, message: text })),
  problems: z.array(z.strictObject({ ...place, value: text.optional(), reason: text, action: text })),
  lineIds: z.record(text, text).optional(),
})
