import { citationKinds } from '@dual-random/policy'
import { z } from 'zod'
import { delegationKinds } from '../domain/delegation.ts'
import { reasonRules, selectionGrounds } from '../domain/plan.ts'
import { act, agreement, count, digest, fraction, instant, stratumRatio, text, texts, window } from './answers.ts'

export const selection = z.strictObject({
  mode: text,
  ground: z.enum(selectionGrounds),
  note: text.optional(),
  stationUnitIds: texts,
})

const given = { toUnitId: text, toRegionCode: text, reason: text.optional(), agreement: agreement.optional() }
const delegation = z.strictObject({ ...given, kind: z.enum(delegationKinds) })

const unit = z.strictObject({ unitId: text, itemCodes: texts, teamSize: count, selection, delegation: delegation.optional() })

const joint = z.strictObject({
  merged: z.boolean(),
  cities: z.array(z.strictObject({ regionCode: text, initiatorUnitId: text, unitIds: texts, agreement: agreement.optional() })),
})

/** Which of their items' objects lines are about. */
export const objectScope = z.strictObject({ kinds: texts, industryPrefixes: texts, tags: texts, regionCodes: texts })

const batch = z.strictObject({
  number: count,
  window,
  scope: objectScope.optional(),
  freezeAt: instant,
  commitAt: instant,
  scheduleProvisional: z.boolean(),
  share: fraction,
  mergeWindowId: text.optional(),
})

const publicReason = z.strictObject({ rule: z.enum(reasonRules), strata: texts.optional(), reason: text, legalBasis: text.optional() })
export const reason = publicReason.extend({ ...act.shape, industry: text.optional(), itemCodes: texts.optional() })

export const publicException = z.strictObject({ ground: text, basis: text })
export const jointException = publicException.extend(act.shape)

/** Why objects drawn before in the year may be drawn again. */
export const repeatGround = z.strictObject({
  reason: text.optional(),
  citation: z.strictObject({ kind: z.enum(citationKinds), text }).optional(),
})

/** What is drawn, whether of a plan or on clues. */
const terms = {
  taskName: text,
  objectScope: text.optional(),
  itemCodes: texts,
  itemClass: z.enum(['GENERAL', 'KEY']),
  fieldClass: z.enum(['GENERAL', 'KEY']),
  ratios: z.array(stratumRatio),
  count: count.optional(),
  creditRule: z.boolean(),
  initiatorUnitId: text,
  units: z.array(unit),
  batches: z.array(batch),
  checkBatches: count.optional(),
}

export const drawTerms = z.strictObject(terms)

/** The task that a superior dispatched and that the line came from. */
export const origin = z.strictObject({ assignmentId: text, regionCode: text, unitId: text })

/** A line of a plan; `lineDigest` is there in a published version. */
export const line = z.strictObject({
  lineId: text,
  ...terms,
  scope: objectScope.optional(),
  participantUnitIds: texts,
  joint: joint.optional(),
  reasons: z.array(reason),
  jointException: jointException.optional(),
  repeatGround: repeatGround.optional(),
  source: z.strictObject({ importId: text, lineNo: count, rows: z.array(count) }).optional(),
  origin: origin.optional(),
  lineDigest: digest.optional(),
})

/** Without the names of those who worked on it. */
export const publicLine = line
  .omit({ source: true })
  .extend({ reasons: z.array(publicReason), jointException: publicException.optional(), lineDigest: digest })

/** A line in the shape that `POST /v1/plans/:planId/lines` takes, its ratios as percent texts. */
export const proposedLine = z.strictObject({
  taskName: text,
  objectScope: text.optional(),
  scope: objectScope.optional(),
  itemCodes: texts,
  ratios: z.array(stratumRatio).optional(),
  count: count.optional(),
  initiatorUnitId: text,
  units: z.array(
    z.strictObject({ unitId: text, itemCodes: texts, teamSize: count, selection, delegation: z.strictObject(given).optional() }),
  ),
  window,
  checkBatches: count.optional(),
})

/** A line of this or another plan, by what one knows it. */
export const placedLine = z.strictObject({ planId: text, lineId: text, taskName: text, unitIds: texts })
