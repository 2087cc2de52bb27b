import type { LogEntry, LogGenesis } from '@dual-random/draw'
import { err, type Json, ok, parseCanonicalJson, type Result } from '@dual-random/kernel'
import * as z from 'zod'
import { countShape, digestShape, idShape, instantShape, regionShape, type ShapeError, shapeErrorOf, signatureShape } from './shapes.ts'

const kinds = [
  'genesis',
  'key',
  'tip',
  'snapshot',
  'commitment',
  'reveal',
  'void',
  'approval',
  'transcript',
  'match',
  'replacement',
  'audited',
  'failed',
  'closed',
] as const satisfies readonly LogEntry['kind'][]

const line = z.strictObject({
  seq: countShape,
  kind: z.enum(kinds),
  drawId: digestShape.nullable(),
  digest: digestShape,
  head: digestShape,
  keyId: idShape,
  signature: signatureShape,
  receivedAt: instantShape,
  record: z.custom<Json>((value) => value !== undefined).optional(),
})

const genesis = z.strictObject({
  type: z.literal('dual-random/region-log/v1'),
  regionCode: regionShape,
  demo: z.boolean(),
  hash: z.enum(['sha256', 'sm3']),
  keys: z.array(
    z.strictObject({
      keyId: idShape,
      role: z.enum(['registry', 'drawing', 'beacon']),
      algorithm: z.enum(['ed25519', 'bls12381-g2']),
      publicKey: z.string().regex(/^(?:[0-9a-f]{64}|[0-9a-f]{192})$/),
    }),
  ),
  startedAt: instantShape,
})

/** Reads one line of a region log, without its LF; the line of the genesis keeps its record. */
export function parseLogLine(text: string): Result<LogEntry, ShapeError> {
  const parsed = parseCanonicalJson(text)
  if (!parsed.ok) return err({ pointer: '', reason: parsed.error.reason })
  const read = line.safeParse(parsed.value)
  if (!read.success) return err(shapeErrorOf(read.error))
  const { record, ...entry } = read.data
  return ok(record === undefined ? entry : { ...entry, record })
}

export function parseGenesis(value: Json | undefined): Result<LogGenesis, ShapeError> {
  const read = genesis.safeParse(value)
  return read.success ? ok(read.data) : err(shapeErrorOf(read.error))
}
