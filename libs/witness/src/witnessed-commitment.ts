import type { HashName } from '@dual-random/draw'
import { err, type Json, ok, parseCanonicalJson, type Result } from '@dual-random/kernel'
import * as z from 'zod'
import { countShape, digestShape, idShape, regionShape, type ShapeError, shapeErrorOf } from './shapes.ts'

/** What a witness reads of S; the rest is the verifiers' to recompute. */
export interface WitnessedCommitment {
  readonly hash: HashName
  readonly regionCode: string
  readonly drawId: string
  readonly marginSeconds: number
  readonly beacons: readonly { readonly genesisTime: number; readonly periodSeconds: number; readonly round: number }[]
  readonly tips: readonly { readonly unitId: string; readonly tip: string }[]
  readonly witnesses: { readonly count: number; readonly quorum: number }
  /** The snapshot record as it stands in S. */
  readonly snapshot: Json
}

const shape = z.object({
  type: z.literal('dual-random/commitment/v1'),
  hash: z.enum(['sha256', 'sm3']),
  regionCode: regionShape,
  drawId: digestShape,
  marginSeconds: countShape,
  beacons: z.array(z.object({ genesisTime: countShape, periodSeconds: countShape.min(1), round: countShape.min(1) })).min(1),
  tips: z.array(z.object({ unitId: idShape, tip: digestShape })),
  witnesses: z.object({ count: countShape, quorum: countShape }),
  snapshot: z.custom<Json>((value) => typeof value === 'object' && value !== null),
})

/** Reads S from the text behind its digest. */
export function parseWitnessedCommitment(text: string): Result<WitnessedCommitment, ShapeError> {
  const parsed = parseCanonicalJson(text)
  if (!parsed.ok) return err({ pointer: '', reason: parsed.error.reason })
  const read = shape.safeParse(parsed.value)
  return read.success ? ok(read.data) : err(shapeErrorOf(read.error))
}
