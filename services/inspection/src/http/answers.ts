import { z } from 'zod'
import { unavailableReasons } from '../domain/availability.ts'
import { delegationKinds } from '../domain/delegation.ts'
import { supervisionModes } from '../domain/opening.ts'
import { recusalStatuses } from '../domain/recusal.ts'

const text = z.string()

/** An instant or a date, as its description in the README says. */
const when = z.string()

const evidence = z.array(z.object({ description: text, digest: text.optional() }))

const objectNamed = z.object({ objectId: text, code: text, name: text })

const window = z.object({ start: when, end: when })

const itemAnswer = z.object({
  itemCode: text,
  itemName: text,
  result: z.object({ resultId: text, resultType: text, enteredAt: when, enteredBy: text, enteredLate: z.boolean() }).optional(),
})

const member = z.object({ inspectorId: text, name: text, unitId: text, subject: text, leader: z.boolean() })

const teamAnswer = z.object({
  drawId: text.optional(),
  members: z.array(
    member.extend({
      unavailable: z.object({ reason: z.enum(unavailableReasons), from: when }).optional(),
    }),
  ),
  short: z.boolean(),
  experts: z.array(
    z.object({
      expertId: text,
      kind: text,
      name: text,
      institution: text,
      speciality: text,
      registered: z.object({ institutionId: text, work: text }).optional(),
      attachedBy: text,
      attachedAt: when,
      removed: z.object({ reason: text, by: text, at: when }).optional(),
    }),
  ),
})

const feedbackAnswer = z.object({
  status: z.enum(['MISSING', 'GIVEN']),
  dueDate: when.optional(),
  dueProvisional: z.literal(true).optional(),
  overdue: z.literal(true).optional(),
  text: text.optional(),
  document: z.object({ digest: text, title: text }).optional(),
  by: text.optional(),
  at: when.optional(),
  late: z.boolean().optional(),
})

export const taskStatuses = ['OPEN', 'SUSPENDED', 'COMPLETED', 'WITHDRAWN'] as const

const onSiteAnswer = z.object({
  ground: text.optional(),
  source: text.optional(),
  clueIds: z.array(text).optional(),
  override: z.record(z.string(), z.unknown()).optional(),
  by: text,
  at: when,
})

/** docs/draw-protocol.md §12; its members stand in the order of the file, so that what is answered is its RFC 8785 text. */
export const noticeOpeningAnswer = z.object({
  drawId: text,
  id: text,
  index: z.int(),
  label: text,
  path: z.array(text),
  regionCode: text.optional(),
  salt: text,
  size: z.int(),
  stratum: text,
  type: z.literal('dual-random/opening/v1'),
})

export const taskAnswer = z.object({
  taskId: text,
  taskNumber: text,
  regionCode: text,
  unitId: text,
  organiserUnitId: text,
  delegation: z.object({ toUnitId: text, toRegionCode: text, kind: z.enum(delegationKinds), agreementDigest: text.optional() }).optional(),
  drawId: text.optional(),
  planId: text.optional(),
  lineId: text.optional(),
  clueTask: z.object({ taskId: text, clueIds: z.array(text), trigger: text }).optional(),
  planType: z.enum(['INTERNAL', 'JOINT']).optional(),
  batch: z.int().optional(),
  checkBatch: z.int().optional(),
  supervisionMode: z.enum(supervisionModes),
  opening: z.record(z.string(), z.unknown()).optional(),
  taskName: text,
  window,
  mergeWindowId: text.optional(),
  visitId: text,
  object: objectNamed.extend({
    kind: text,
    address: text,
    industry: text,
    grade: text.optional(),
    tags: z.array(text),
    alliance: text.optional(),
  }),
  items: z.array(itemAnswer),
  team: teamAnswer,
  leaderBy: z.literal('INITIATOR').optional(),
  status: z.enum(taskStatuses),
  onSite: z.array(onSiteAnswer).optional(),
  notice: z.object({ by: text, at: when }).optional(),
  completedAt: when.optional(),
  feedback: feedbackAnswer.optional(),
  notCompleted: z.object({ reason: z.enum(['ENTRY_MISSING', 'PUBLICATION_MISSING']), at: when }).optional(),
})

export const leaderAnswer = z.object({
  leaderBy: z.literal('INITIATOR'),
  from: z.enum(['DRAWN_INSPECTORS', 'DRAWN_INSPECTORS_OF_INITIATOR']),
  candidates: z.array(z.object({ inspectorId: text, name: text, unitId: text })),
  designated: z.object({ inspectorId: text, by: text, at: when }).optional(),
})

export const resultAnswer = z.object({
  resultId: text,
  taskId: text,
  taskNumber: text,
  visitId: text,
  drawId: text.optional(),
  regionCode: text,
  unitId: text,
  delegateUnitId: text.optional(),
  itemCode: text,
  itemName: text,
  object: objectNamed.extend({ kind: text }),
  resultType: text,
  resultText: text,
  subValue: text.optional(),
  subValueText: text.optional(),
  correctBy: when.optional(),
  methods: z.array(text),
  methodNote: text.optional(),
  recordForm: z.object({ form: text, entries: z.array(z.object({ point: text, finding: text })) }),
  information: text.optional(),
  contactAttempts: z.array(z.object({ at: when, manner: text, evidence: text })).optional(),
  facts: text.optional(),
  evidence: evidence.optional(),
  clue: text.optional(),
  sampleOrItem: text.optional(),
  note: text.optional(),
  reliesOn: z.array(z.object({ kind: text, source: text, date: when, identifier: text })).optional(),
  checkedAt: when,
  enteredAt: when,
  enteredBy: text,
  enteredLate: z.boolean(),
  opensFollowUp: z.boolean(),
  followUpId: text.optional(),
})

export const enteredAnswer = resultAnswer
  .pick({
    resultId: true,
    taskId: true,
    itemCode: true,
    resultType: true,
    subValue: true,
    correctBy: true,
    enteredAt: true,
    enteredLate: true,
    opensFollowUp: true,
    followUpId: true,
  })
  .extend({ taskStatus: taskAnswer.shape.status, remainingItemCodes: z.array(text) })

export const followUpAnswer = z.object({
  followUpId: text,
  resultId: text,
  taskId: text,
  taskNumber: text,
  regionCode: text,
  unitId: text,
  kind: z.enum(['CORRECTION', 'CASE_CLUE', 'LISTING', 'OTHER']),
  dueDate: when.optional(),
  status: z.enum(['OPEN', 'CLOSED']),
  object: objectNamed,
  itemCode: text,
  itemName: text,
  resultType: text,
  subValue: text.optional(),
  openedAt: when,
  escalated: z.object({ at: when, toRegionCode: text }).optional(),
  closing: z
    .object({
      outcome: text,
      decision: text,
      proof: evidence.optional(),
      link: z.object({ issuedBy: text, identifier: text, date: when }).optional(),
      basis: text.optional(),
      by: text,
      at: when,
      late: z.boolean(),
    })
    .optional(),
})

const timeline = z.object({
  closed: z.boolean(),
  steps: z.array(z.object({ at: when, what: text, by: text.optional(), detail: text })),
})

export const resultDetailAnswer = resultAnswer.extend({ timeline })

export const followUpDetailAnswer = followUpAnswer.extend({ timeline })

export const taskDetailAnswer = taskAnswer.extend({
  earlierResults: z.array(resultAnswer),
  openFollowUps: z.array(followUpAnswer),
  linkedTasks: z.array(z.object({ taskId: text, unitId: text, itemCodes: z.array(text) })),
  earlierTeams: z.array(z.object({ drawId: text.optional(), members: z.array(member), until: when })).optional(),
  trace: z.array(z.object({ at: when, what: text, by: text.optional() })),
})

export const recusalAnswer = z.object({
  recusalId: text,
  taskId: text,
  taskNumber: text,
  drawId: text.optional(),
  unitId: text,
  organiserUnitId: text,
  raisedBy: z.enum(['INSPECTOR', 'OBJECT']),
  inspectorIds: z.array(text),
  ground: text,
  statement: text,
  enteredBy: text,
  raisedAt: when,
  status: z.enum(recusalStatuses),
  reasons: text.optional(),
  decidedBy: text.optional(),
  decidedAt: when.optional(),
  taskStatus: z.enum(taskStatuses),
})

export const visitAnswer = z.object({
  visitId: text,
  regionCode: text,
  ownerUnitId: text,
  unitIds: z.array(text),
  object: objectNamed,
  mergeWindowId: text,
  windows: z.array(window),
  mergedInto: text.optional(),
})

export const visitDetailAnswer = visitAnswer.extend({
  tasks: z.array(taskAnswer.omit({ object: true }).extend({ team: teamAnswer.optional() })),
})

export const proposalAnswer = z.object({
  proposalId: text,
  regionCode: text,
  objectCode: text,
  objectName: text,
  mergeWindowId: text,
  visitIds: z.array(text),
  unitIds: z.array(text),
  survivingVisitId: text,
  status: z.enum(['PROPOSED', 'ACCEPTED', 'DECLINED']),
  decidedBy: text.optional(),
  decidedAt: when.optional(),
  reason: text.optional(),
})
