import type { EntryKind, LogEntry, LogGenesis } from '@dual-random/draw'
import { either, hex32, hex64, hex96, idText, instant, integer, list, oneOf, record, regionText, type Shape } from '@dual-random/draw/forms'
import { err, type Json, ok, type Result } from '@dual-random/kernel'
import { recordShapes } from './records.ts'
import { parseForm, type ShapeError, shapeErrorOf } from './shapes.ts'

/** The record behind a log's first entry (docs/draw-protocol.md §7). */
export const genesisShape = record({
  type: oneOf('dual-random/region-log/v1'),
  regionCode: regionText,
  demo: oneOf(true, false),
  hash: oneOf('sha256', 'sm3'),
  startedAt: instant,
  keys: list(
    either('algorithm', {
      ed25519: record({ keyId: idText, role: oneOf('registry', 'drawing'), algorithm: oneOf('ed25519'), publicKey: hex32 }),
      'bls12381-g2': record({ keyId: idText, role: oneOf('beacon'), algorithm: oneOf('bls12381-g2'), publicKey: hex96 }),
    }),
  ),
})

/** Members of an entry as a transcript has it too. */
export const entryMembers = { seq: integer(0), digest: hex32, head: hex32, keyId: idText, signature: hex64 }

const lineOf = (kind: EntryKind, drawId: Shape, carried?: Shape): Shape =>
  record({ ...entryMembers, kind: oneOf(kind), drawId, receivedAt: instant, ...(carried === undefined ? {} : { record: carried }) })

const byKind: Readonly<Record<EntryKind, Shape>> = {
  genesis: lineOf('genesis', oneOf(null), genesisShape),
  key: lineOf('key', oneOf(null), recordShapes.key),
  definition: lineOf('definition', oneOf(null), recordShapes.definition),
  tip: lineOf('tip', hex32, recordShapes.tip),
  snapshot: lineOf('snapshot', hex32),
  commitment: lineOf('commitment', hex32),
  reveal: lineOf('reveal', hex32, recordShapes.reveal),
  numbers: lineOf('numbers', hex32, recordShapes.numbers),
  void: lineOf('void', hex32, recordShapes.void),
  approval: lineOf('approval', hex32, recordShapes.approval),
  transcript: lineOf('transcript', hex32),
  match: lineOf('match', hex32),
  audited: lineOf('audited', hex32, recordShapes.audited),
  failed: lineOf('failed', hex32, recordShapes.failed),
  closed: lineOf('closed', hex32),
}

/** A line of a region log; some kinds have the record behind their digest in it (§16), the others must not. */
export const logLineShape: Shape = either('kind', byKind)

/** Reads one line of a region log, without its LF; the line of the genesis keeps its record. */
export const parseLogLine = (text: string): Result<LogEntry, ShapeError> => parseForm(logLineShape, text)

export function parseGenesis(value: Json | undefined): Result<LogGenesis, ShapeError> {
  const fault = genesisShape(value, '')
  return fault === undefined ? ok(value as LogGenesis) : err(shapeErrorOf(fault))
}
