import { objectKinds } from '@dual-random/contracts'
import {
  type Instant,
  type ItemCode,
  isId,
  type LineId,
  parseInstant,
  parseLocalDate,
  parsePercent,
  parseRegionCode,
  type Ratio,
  type RegionCode,
  ratioOf,
  type UnitId,
} from '@dual-random/kernel'
import { citationKinds } from '@dual-random/policy'
import { z } from 'zod'
import { reasonRules, selectionGrounds } from '../domain/plan.ts'

function parsed<T>(parse: (text: string) => T | undefined, expected: string) {
  return z.string().transform((text, context): T => {
    const value = parse(text)
    if (value !== undefined) return value
    context.addIssue({ code: 'custom', message: expected })
    return z.NEVER
  })
}

const idOf = <Id extends string>() => parsed((text) => (isId(text) ? (text as Id) : undefined), '不是合法的编号')

export const id = idOf<string>()
export const unitId = idOf<UnitId>()
export const lineId = idOf<LineId>()
export const itemCode = idOf<ItemCode>()
export const regionCode = parsed<RegionCode>(parseRegionCode, '不是六位行政区划代码')
export const localDate = parsed(parseLocalDate, '不是 YYYY-MM-DD 日期')
export const instant = parsed<Instant>(parseInstant, '不是 UTC 时刻')
export const percent = parsed<Ratio>((text) => {
  const ratio = parsePercent(text)
  return ratio.ok ? ratio.value : undefined
}, '不是百分比，如 3% 或 3.01%')

export const code = z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/)
/** GB/T 4754, with its section letter. */
export const industry = z.string().regex(/^[A-T](\d{2,4})?$/)

export const shortText = z.string().trim().min(1).max(500)
export const longText = z.string().trim().min(1).max(4000)
/** Stands in a cell of a published table, which does not keep line breaks. */
const objectWords = longText.regex(/^[^\r\n\u2028\u2029]+$/, '不能换行')
export const year = z.coerce.number().int().min(2000).max(2999)
export const planType = z.enum(['INTERNAL', 'JOINT'])
export const versionNumber = z.coerce.number().int().min(1)
export const positive = z.int().min(1).max(1_000_000)

export const dateWindow = z.strictObject({ start: localDate, end: localDate })

export const share = z
  .strictObject({ numerator: z.int().min(1).max(1_000_000), denominator: z.int().min(1).max(1_000_000) })
  .transform(({ numerator, denominator }) => ratioOf(numerator, denominator))

export const selection = z.strictObject({
  mode: z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/),
  ground: z.enum(selectionGrounds),
  note: longText.exactOptional(),
  stationUnitIds: z.array(unitId).max(100).default([]),
})

export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)

const agreement = z.strictObject({ digest: sha256Hex, title: shortText })

const delegation = z.strictObject({
  toUnitId: unitId,
  toRegionCode: regionCode,
  reason: longText.exactOptional(),
  agreement: agreement.exactOptional(),
})

const answeredUnit = z.strictObject({
  unitId,
  itemCodes: z.array(itemCode).min(1).max(500).exactOptional(),
  teamSize: z.int().min(1).max(50).exactOptional(),
  selection: selection.exactOptional(),
})

/** The other cities of a draw under one commitment, each with what was agreed with it. */
const joint = z.strictObject({
  merged: z.boolean().default(false),
  cities: z
    .array(z.strictObject({ regionCode, initiatorUnitId: unitId.exactOptional(), agreement: agreement.exactOptional() }))
    .min(1)
    .max(20),
})

/** A table names no delegate, nor do the answers to its questions. */
export const lineUnit = answeredUnit.extend({ delegation: delegation.exactOptional() })

export const stratumRatio = z.strictObject({ stratum: z.string().min(1).max(16), ratio: percent })

/** What narrows the objects of a line; an empty list narrows nothing. A tag stands in lists of a published table, which its separators and line breaks would break. */
const objectScope = z.strictObject({
  kinds: z.array(z.enum(objectKinds.all)).max(20).default([]),
  industryPrefixes: z.array(industry).max(100).default([]),
  tags: z
    .array(shortText.regex(/^[^、；;\r\n\u2028\u2029]+$/))
    .max(100)
    .default([]),
  regionCodes: z.array(regionCode).max(100).default([]),
})

export const batch = z.strictObject({
  window: dateWindow,
  scope: objectScope.exactOptional(),
  share: share.exactOptional(),
  freezeAt: instant.exactOptional(),
  commitAt: instant.exactOptional(),
})

/** A batch a day; as many as a draw's number goes up to. */
export const mostBatches = 366
const times = z.int().min(1).max(mostBatches)
const checkBatches = z.int().min(2).max(99)

const reason = z.strictObject({
  rule: z.enum(reasonRules),
  strata: z.array(z.string().min(1).max(16)).min(1).exactOptional(),
  reason: longText,
  legalBasis: longText.exactOptional(),
})

/** Why a department checks alone (PLN-22), by one of policy `exemptFromJoint`. */
export const jointException = z.strictObject({ ground: code, basis: longText })

/** Why objects drawn before in the year may be drawn again: a reason, a citation or both. It stands in the private record of each such object. */
const repeatGround = z
  .strictObject({
    reason: shortText.exactOptional(),
    citation: z.strictObject({ kind: z.enum(citationKinds), text: shortText }).exactOptional(),
  })
  .refine((given) => given.reason !== undefined || given.citation !== undefined, { error: '写明理由 reason 或依据 citation' })

export const lineInput = z.strictObject({
  taskName: shortText,
  objectScope: objectWords.exactOptional(),
  scope: objectScope.exactOptional(),
  itemCodes: z.array(itemCode).min(1).max(500).exactOptional(),
  ratios: z.array(stratumRatio).min(1).max(32).exactOptional(),
  count: positive.exactOptional(),
  initiatorUnitId: unitId.exactOptional(),
  units: z.array(lineUnit).min(1).max(50).exactOptional(),
  joint: joint.exactOptional(),
  window: dateWindow.exactOptional(),
  times: times.exactOptional(),
  batches: z.array(batch).min(1).max(mostBatches).exactOptional(),
  checkBatches: checkBatches.exactOptional(),
  reasons: z.array(reason).max(20).exactOptional(),
  jointException: jointException.exactOptional(),
  repeatGround: repeatGround.exactOptional(),
})

export const importAnswer = z.strictObject({
  questionId: z.string().min(1).max(200).exactOptional(),
  lineNo: z.int().min(1).exactOptional(),
  code: z.string().min(1).max(100).exactOptional(),
  value: z.union([longText, z.array(longText).min(1).max(100)]).exactOptional(),
  taskName: shortText.exactOptional(),
  objectScope: objectWords.exactOptional(),
  scope: objectScope.exactOptional(),
  itemCodes: z.array(itemCode).min(1).max(500).exactOptional(),
  initiatorUnitId: unitId.exactOptional(),
  participantUnitIds: z.array(unitId).max(50).exactOptional(),
  units: z.array(answeredUnit).min(1).max(50).exactOptional(),
  ratio: percent.exactOptional(),
  ratios: z.array(stratumRatio).min(1).max(32).exactOptional(),
  count: positive.exactOptional(),
  window: dateWindow.exactOptional(),
  times: times.exactOptional(),
  batches: z.array(batch).min(1).max(mostBatches).exactOptional(),
  checkBatches: checkBatches.exactOptional(),
  selection: selection.exactOptional(),
  jointException: jointException.exactOptional(),
  reason: longText.exactOptional(),
  legalBasis: longText.exactOptional(),
  note: longText.exactOptional(),
  omit: z.literal(true).exactOptional(),
})

/** One pass over the objects of the region: a million of them on a busy machine take minutes. */
export const countingTimeoutMs = 600_000
