import { isId, type LineId, type PlanId, parseRegionCode, type RegionCode } from '@dual-random/kernel'
import * as z from 'zod'

const id = z.string().refine(isId, '应为标识')
const regionCode = z
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

export const listQuery = { regionCode: regionCode.optional(), year: z.coerce.number().int().min(2000).max(2999).optional() }

export const freezeBody = z.strictObject({
  planId: id.transform((text) => text as PlanId),
  lineId: id.transform((text) => text as LineId),
  batch: z.int().min(1).max(366),
  attempt: z.int().min(1).max(1000).default(1),
})
export const commitBody = z.strictObject({ shortTeamsApproved: z.boolean().default(false) })
export const emptyBody = z.strictObject({})
export const voidBody = z.strictObject({ reason: z.string().trim().min(1).max(500) })

/** What somebody outside signed for the log (docs/draw-protocol.md §16). */
export const outsideBody = z.strictObject({
  kind: z.enum(['key', 'tip', 'reveal']),
  keyId: id,
  record: z.record(z.string(), z.string()),
  signature: z.string().regex(/^[0-9a-f]{128}$/, '应为 128 个小写十六进制数字'),
})
export const enteredSchema = z.object({ seq: count, head: hex32 })

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

const common = {
  drawId: hex32,
  regionCode: z.string(),
  unitId: z.string(),
  planId: z.string(),
  lineId: z.string(),
  planVersion: z.int(),
  year: z.int(),
  taskName: z.string(),
  batch: z.int(),
  attempt: z.int(),
  status: z.enum(['FROZEN', 'COMMITTED', 'DRAWN', 'MATCHED', 'CLOSED', 'VOID']),
  asOf: instant,
  closeAt: instant,
  window: z.object({ start: z.string(), end: z.string() }),
  policy: z.object({ preset: z.string(), version: z.int(), digest: hex32 }),
  lineDigest: hex32,
  snapshotDigest: hex32,
  strata: z.array(stratum),
  transcript: z.object({ digest: hex32, drawn: count }).optional(),
  closing: z.object({ digest: hex32, visited: count, notVisited: count }).optional(),
  voided: z.object({ reason: z.string() }).optional(),
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

/** What anyone may know of a draw: never who is short of inspectors. */
export const publicDrawSchema = z.object({
  ...common,
  commitment: publicCommitment.optional(),
  match: z.object({ digest: hex32 }).optional(),
})

export type DrawBody = z.infer<typeof drawSchema>
export type PublicDrawBody = z.infer<typeof publicDrawSchema>
