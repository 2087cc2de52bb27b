import { isId, type LineId, type PlanId, parseRegionCode, type RegionCode, type UnitId } from '@dual-random/kernel'
import * as z from 'zod'

const id = z.string().refine(isId, '应为标识')
export const regionCode = z
  .string()
  .refine((text) => parseRegionCode(text) !== undefined, '应为六位行政区划代码')
  .transform((text) => text as RegionCode)
const hex32 = z.string().regex(/^[0-9a-f]{64}$/)
const instant = z.string()
const count = z.int().min(0)
const ratio = z.object({ numerator: count, denominator: z.int().min(1) })

export const drawParams = z.object({ drawId: z.string().regex(/^[0-9a-f]{64}$/, '应为 64 个小写十六进制数字') })
export const inputParams = drawParams.extend({ unitId: id })
export const regionParams = z.object({ regionCode })

export const listQuery = {
  regionCode: regionCode.optional(),
  year: z.coerce.number().int().min(2000).max(2999).optional(),
  /** Only draws of which an audit is due and missing. */
  auditMissing: z.stringbool().optional(),
}

const attempt = z.int().min(1).max(1000).default(1)

/** A batch of a line of a plan; or a task on clues, which has one batch (DRW-25). */
export const freezeBody = z.union([
  z.strictObject({
    planId: id.transform((text) => text as PlanId),
    lineId: id.transform((text) => text as LineId),
    batch: z.int().min(1).max(366),
    attempt,
  }),
  z.strictObject({ clueTaskId: id, attempt }),
])
export const commitBody = z.strictObject({ shortTeamsApproved: z.boolean().default(false) })
export const emptyBody = z.strictObject({})
export const voidBody = z.strictObject({ reason: z.string().trim().min(1).max(500) })

/** What somebody outside signed for the log (docs/draw-protocol.md §16). */
export const outsideBody = z.strictObject({
  kind: z.enum(['key', 'definition', 'tip', 'reveal', 'numbers', 'approval', 'audited', 'failed']),
  keyId: id,
  /** Text and integers; `series` of public numbers and their definitions as §16 says. */
  record: z.record(z.string(), z.union([z.string(), z.int(), z.null(), z.array(z.record(z.string(), z.unknown()))])),
  signature: z.string().regex(/^[0-9a-f]{128}$/, '应为 128 个小写十六进制数字'),
})
export const enteredSchema = z.object({ seq: count, head: hex32 })
export const heldSchema = z.object({ missingPages: z.array(hex32) })
export const pageParams = drawParams.extend({ pageDigest: hex32 })

const stratum = z.object({
  stratum: z.string(),
  mapped: count,
  eligible: count,
  ratio: ratio.optional(),
  raw: ratio.optional(),
  drawn: count.optional(),
  overshoot: z.boolean().optional(),
})

const beacon = z.object({ source: z.string(), round: z.int(), at: instant })
const publicCommitment = z.object({ digest: hex32, committedAt: instant, roundAt: instant, beacons: z.array(beacon) })

const purpose = z.enum(['REPLACEMENT', 'REMATCH', 'ESCALATION'])
const label = z.string().regex(/^[0-9a-f]{64}$/, '应为 64 个小写十六进制数字')

export const orderParams = drawParams.extend({ order: z.coerce.number().int().min(1).max(10_000) })
export const proposeBody = z.strictObject({
  purpose,
  grounds: z
    .array(
      z.strictObject({
        reason: z.string().min(1).max(64),
        label: label.optional(),
        unitId: id.transform((text) => text as UnitId).optional(),
        inspectors: z.array(label).max(100).optional(),
      }),
    )
    .min(1)
    .max(1000),
  counts: z.record(z.string(), count).default({}),
  /** Of a draw of several cities: in which more are drawn; the others follow their labels. */
  regionCode: regionCode.optional(),
})
export const rejectBody = z.strictObject({ reason: z.string().trim().min(1).max(500) })
export const redrawFreezeBody = z.strictObject({ attempt: z.int().min(1).max(1000).default(1) })

const reasons = z.array(z.object({ reason: z.string(), count }))
/** What the public learns of a redraw that was approved (DRW-30): never which objects, and nothing of persons. */
const approval = z.object({ approvedAt: instant, unitId: z.string(), reasons })

export const orderSchema = z.object({
  order: z.int(),
  status: z.enum(['PROPOSED', 'APPROVED', 'REJECTED']),
  purpose,
  grounds: z.array(
    z.object({
      reason: z.string(),
      label: z.string().optional(),
      unitId: z.string().optional(),
      inspectors: z.array(z.string()).optional(),
      recusalId: z.string().optional(),
    }),
  ),
  counts: z.record(z.string(), count),
  /** Whose redraw it is, where several cities drew together. */
  regionCode: z.string().optional(),
  proposedAt: instant,
  proposedBy: z.string(),
  number: z.int().optional(),
  approvedAt: instant.optional(),
  approvedBy: z.string().optional(),
  unitId: z.string().optional(),
  rejectedAt: instant.optional(),
  rejectedBy: z.string().optional(),
  reason: z.string().optional(),
})

const common = {
  drawId: hex32,
  regionCode: z.string(),
  unitId: z.string(),
  /** Of a draw for a line of a plan. */
  planId: z.string().optional(),
  lineId: z.string().optional(),
  planVersion: z.int().optional(),
  lineDigest: hex32.optional(),
  /** Of a targeted draw (DRW-25). */
  clueTask: z.object({ taskId: z.string(), clueIds: z.array(z.string()), trigger: z.string(), form: z.string(), digest: hex32 }).optional(),
  year: z.int(),
  taskName: z.string(),
  batch: z.int(),
  attempt: z.int(),
  status: z.enum(['FROZEN', 'COMMITTED', 'DRAWN', 'MATCHED', 'CLOSED', 'VOID', 'FAILED']),
  asOf: instant,
  closeAt: instant,
  window: z.object({ start: z.string(), end: z.string() }),
  policy: z.object({ preset: z.string(), version: z.int(), digest: hex32 }),
  snapshotDigest: hex32,
  strata: z.array(stratum),
  transcript: z.object({ digest: hex32, drawn: count }).optional(),
  closing: z.object({ digest: hex32, visited: count, notVisited: count }).optional(),
  voided: z.object({ reason: z.string() }).optional(),
  /** The superior said that it cannot be ended; a public incident. */
  failed: z
    .object({ reason: z.enum(['beacon-lost', 'key-lost', 'data-lost', 'void-undecided']), unitId: z.string(), at: instant })
    .optional(),
  /** From the match on; `missing` as of this answer. */
  audit: z
    .object({
      dueAt: instant.optional(),
      missing: z.boolean(),
      done: z.array(z.object({ unitId: z.string(), at: instant, findings: count })),
    })
    .optional(),
  /** Where several cities draw together: whether strata of one name are one, and the cities, the organiser's first. */
  joint: z
    .object({
      merged: z.boolean(),
      cities: z.array(z.object({ regionCode: z.string(), initiatorUnitId: z.string(), snapshotDigest: hex32 })),
    })
    .optional(),
  redraw: z.object({ parentDrawId: hex32, number: z.int(), purpose, approval }).optional(),
  redraws: z.array(approval.extend({ number: z.int(), regionCode: z.string().optional(), purpose, drawId: hex32.optional() })).optional(),
}

export const drawSchema = z.object({
  ...common,
  staleSources: z
    .array(z.object({ dataset: z.string(), of: z.string(), source: z.string().optional(), asOf: instant.optional(), limitDays: count }))
    .optional(),
  commitAt: instant,
  commitment: publicCommitment.extend({ withoutTeam: count, shortTeamsApprovedBy: z.string().optional() }).optional(),
  match: z.object({ digest: hex32, shortOfTeam: count }).optional(),
})

/** Of each matching unit: the kinds of objects by the specialities they need, how many are expected and can have a full team, and what binds. */
export const capacitySchema = z.object({
  drawn: count,
  units: z.array(
    z.object({
      unitId: z.string(),
      teamSize: count,
      kinds: z.array(z.object({ specialities: z.array(z.string()), objects: count, staffable: count })),
      binds: z.enum(['place', 'qualification', 'speciality', 'status', 'load', 'side', 'people']).nullable(),
    }),
  ),
})

/** What anyone may know of a draw: never who is short of inspectors. */
export const publicDrawSchema = z.object({
  ...common,
  commitment: publicCommitment.optional(),
  match: z.object({ digest: hex32 }).optional(),
})

export type DrawBody = z.infer<typeof drawSchema>
export type PublicDrawBody = z.infer<typeof publicDrawSchema>
