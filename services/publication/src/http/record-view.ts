import { appError, type Language, messageText } from '@dual-random/errors'
import type { Instant } from '@dual-random/kernel'
import { z } from 'zod'
import { type Holding, holdings, type WorkingDaysBetween } from '../domain/holding.ts'
import type { Publication } from '../domain/publication.ts'

export interface RecordViewer {
  readonly now: () => Instant
  readonly workingDaysBetween: WorkingDaysBetween
}

/** A record as its unit and its overseers see it; see README. */
export function recordView({ now, workingDaysBetween }: RecordViewer, publication: Publication, language: Language) {
  const { publicationId, resultId, taskId, regionCode, unitId, status } = publication
  return {
    publicationId,
    resultId,
    taskId,
    regionCode,
    unitId,
    status,
    ...contentView(publication),
    ...rulesView(publication),
    ...('push' in publication ? { push: pushView(publication.push) } : {}),
    ...('publishedAt' in publication
      ? { publishedAt: publication.publishedAt, onTime: publication.onTime, channelReference: publication.channelReference }
      : {}),
    ...(publication.status === 'exempt' ? { exemption: publication.exemption } : {}),
    ...(publication.status === 'stopped' ? { stop: publication.stop } : {}),
    ...blockView(publication, language),
    ...heldView(holdings(publication, now(), workingDaysBetween)),
  }
}

function contentView({ content }: Publication) {
  if (content === undefined) return {}
  const { objectCode, objectName, objectKind, itemCode, itemName, resultType, subValue, correctBy } = content
  return { objectCode, objectName, objectKind, itemCode, itemName, resultType, subValue, correctBy }
}

function rulesView(publication: Publication) {
  if (publication.status === 'waiting') return { overdue: false }
  const { terms, overdueSince } = publication
  const { startedAt, dueDate, provisional, negative, responsibleUnitId, channels, gaps, policy } = terms
  return {
    startedAt,
    dueDate,
    provisional,
    overdue: overdueSince !== undefined,
    overdueSince,
    negative,
    responsibleUnitId,
    channels,
    policy,
    ...(gaps.length === 0 ? {} : { incomplete: gaps }),
  }
}

const pushView = ({
  channel,
  requestedBy,
  requestedAt,
  attempts,
  lastFailure,
}: Extract<Publication, { readonly push: unknown }>['push']) => ({
  channel,
  requestedBy,
  requestedAt,
  attempts,
  lastFailure,
})

function blockView(publication: Publication, language: Language) {
  if (publication.status !== 'waiting' || publication.block === undefined) return {}
  const { key, preset } = publication.block
  const { code } = appError('failed-precondition', 'policy-unset')
  return { blocked: { code, key, message: messageText(code, { key, preset }, language) } }
}

const heldView = (held: readonly Holding[]) => (held.length === 0 ? {} : { held })

const instant = z.string()

export const recordSchema = z.object({
  publicationId: z.string(),
  resultId: z.string(),
  taskId: z.string(),
  regionCode: z.string(),
  unitId: z.string(),
  status: z.enum(['waiting', 'scheduled', 'pending', 'published', 'exempt', 'stopped']),
  objectCode: z.string().optional(),
  objectName: z.string().optional(),
  objectKind: z.string().optional(),
  itemCode: z.string().optional(),
  itemName: z.string().optional(),
  resultType: z.string().optional(),
  subValue: z.string().optional(),
  correctBy: z.string().optional(),
  startedAt: instant.optional(),
  dueDate: z.string().optional(),
  provisional: z.boolean().optional(),
  overdue: z.boolean(),
  overdueSince: instant.optional(),
  negative: z.boolean().optional(),
  responsibleUnitId: z.string().optional(),
  channels: z.array(z.object({ id: z.string(), text: z.string() })).optional(),
  incomplete: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  policy: z.object({ preset: z.string(), version: z.number(), digest: z.string() }).optional(),
  push: z
    .object({
      channel: z.string(),
      requestedBy: z.string(),
      requestedAt: instant,
      attempts: z.number(),
      lastFailure: z.string().optional(),
    })
    .optional(),
  publishedAt: instant.optional(),
  onTime: z.boolean().optional(),
  channelReference: z.string().optional(),
  exemption: z.object({ legalBasis: z.string(), approver: z.string(), requestedBy: z.string(), at: instant }).optional(),
  stop: z.object({ reason: z.string(), by: z.string(), at: instant }).optional(),
  blocked: z.object({ code: z.string(), key: z.string(), message: z.string() }).optional(),
  held: z
    .array(
      z.object({
        by: z.string(),
        step: z.enum(['PUBLICATION', 'CHANNEL']),
        from: instant,
        to: instant.optional(),
        workingDays: z.number(),
        daysLate: z.number(),
      }),
    )
    .optional(),
})
