import { z } from 'zod'
import { act, count, day, digest, instant, planTypes, policyRef, reasoned, text, texts, window } from './answers.ts'
import { figures } from './figures-answers.ts'
import { line, publicLine, selection } from './line-answers.ts'
import { publicUndrawnLine, undrawnLine } from './undrawn-answers.ts'

const versionStates = ['DRAFT', 'FILED', 'ACCEPTED', 'RETURNED', 'PUBLISHED', 'SUPERSEDED'] as const
export const planStates = z.enum([...versionStates, 'ADJUSTING', 'ADJUSTED', 'CLOSED'])

const head = {
  planId: text,
  regionCode: text,
  unitId: text,
  year: count,
  planType: planTypes,
  version: count,
  publishedVersion: count.nullable(),
  policy: policyRef,
}

/** A plan in lists. */
export const planSummary = z.strictObject({ ...head, state: planStates, updatedAt: instant, lineCount: count })

const priorities = z.array(z.strictObject({ aspect: text, text }))
const publicChange = z.strictObject({ kind: z.enum(['ADD', 'CANCEL']), lineId: text, reason: text })

const filing = z.strictObject({
  filedTo: text,
  filedAt: instant,
  filedBy: text,
  dueDate: day.optional(),
  onTime: z.boolean(),
  note: text.optional(),
  figures: figures.optional(),
  accepted: act.extend({ receipt: text, note: text.optional() }).optional(),
  returned: reasoned.optional(),
})

const deliveryStatus = <Status extends string>(status: Status) => ({ channel: text, status: z.literal(status) })
const deliveredTo = z.strictObject({ ...deliveryStatus('DELIVERED'), deliveredAt: instant, reference: text })
const pendingAt = z.strictObject(deliveryStatus('PENDING'))
const undeliveredTo = z.strictObject({ ...deliveryStatus('UNDELIVERED'), undeliveredSince: instant, failure: text })

/** Of each channel that policy names, whether the version is there, with the proof (PLN-08). */
const deliveries = z.array(z.discriminatedUnion('status', [deliveredTo, pendingAt, undeliveredTo]))
const publicDeliveries = z.array(z.discriminatedUnion('status', [deliveredTo, pendingAt]))

const publication = act.extend({ channels: texts, digest, deliveries })

/** By which version and when; `by` for offices alone. */
const superseded = z.strictObject({ version: count, at: instant })

/** A plan at one of its versions. `figures` are beside `published` where nothing was filed. */
export const plan = z.strictObject({
  ...head,
  state: planStates,
  updatedAt: instant,
  policyDigest: digest,
  selection: selection.optional(),
  rationale: text.optional(),
  drafted: act,
  lines: z.array(line),
  undrawn: z.array(undrawnLine),
  priorities,
  changes: z.array(publicChange.extend(act.shape)),
  figures: figures.optional(),
  filing: filing.optional(),
  published: publication.optional(),
  superseded: act.extend(superseded.shape).optional(),
  closed: act.optional(),
  versions: z.array(z.strictObject({ version: count, state: z.enum(versionStates) })),
})

/** A plan as it is, or with the day it is told of. */
export const planOnDay = plan.extend({ asOf: day.optional() })

/** What the public may read of a published plan: the version in force, or one that it superseded. */
export const publicPlan = z.strictObject({
  ...head,
  publishedVersion: count,
  publishedAt: instant,
  channels: texts,
  deliveries: publicDeliveries,
  digest,
  superseded: superseded.optional(),
  policyDigest: digest,
  rationale: text.optional(),
  priorities,
  lines: z.array(publicLine),
  undrawn: z.array(publicUndrawnLine),
  changes: z.array(publicChange),
})

const lineHead = { planId: text, lineId: text, asOf: day, planState: planStates, planDue: z.strictObject({ date: day }).optional() }

const batchOnDay = z.strictObject({ number: count, window, deadline: day, phase: z.enum(['BEFORE', 'OPEN', 'PASSED']) })

/** What held for a line on a day (ACC-02). */
export const lineOnDay = z.discriminatedUnion('status', [
  z.strictObject({
    ...lineHead,
    status: z.literal('IN_FORCE'),
    version: count,
    line: z.union([line, undrawnLine]),
    batches: z.array(batchOnDay),
  }),
  z.strictObject({ ...lineHead, status: z.literal('CANCELLED'), version: count, reason: text.optional() }),
  z.strictObject({ ...lineHead, status: z.literal('NOT_PUBLISHED') }),
])
