import type { DrawSubject, HashName } from '@dual-random/draw'
import {
  either,
  hex32,
  idText,
  instant,
  integer,
  list,
  oneOf,
  record,
  recordWith,
  regionText,
  type Shape,
  words,
} from '@dual-random/draw/forms'
import { err, type Instant, type Json, type Result } from '@dual-random/kernel'
import { type Due, deadlineMsOf, lastInstantMs } from './deadline.ts'
import { parseForm, type ShapeError } from './shapes.ts'

/** A round, or public numbers with the definition that S names. */
export type WitnessedBeacon =
  | Exclude<Due, { readonly kind: 'public-numbers' }>
  | { readonly kind: 'public-numbers'; readonly source: string; readonly definition: string; readonly notBefore: Instant }

/** What a witness reads of S; the rest is the verifiers' to recompute. */
export interface WitnessedCommitment {
  readonly hash: HashName
  readonly regionCode: string
  readonly subject: DrawSubject
  readonly batch: number
  readonly attempt: number
  readonly drawId: string
  /** Read of a redraw alone: how many it draws is part of its order (§18). */
  readonly strata: readonly { readonly stratum: string; readonly rule: { readonly kind: string; readonly count?: number } }[]
  readonly organiserUnitId: string
  readonly marginSeconds: number
  readonly beacons: readonly WitnessedBeacon[]
  readonly tips: readonly { readonly unitId: string; readonly tip: string }[]
  readonly witnesses: { readonly count: number; readonly quorum: number }
  /** The snapshot record as it stands in S. */
  readonly snapshot: Json
  /** The other cities' parts, where several draw together (§23). */
  readonly joint?: { readonly parts: readonly WitnessedPart[] }
}

/** What S says of one city's pool and witnesses. */
export interface WitnessedPart {
  readonly snapshot: { readonly regionCode: string; readonly [member: string]: Json }
  readonly witnesses: WitnessedCommitment['witnesses']
}

export const redrawPurpose = oneOf('replacement', 'rematch', 'escalation')

export const redrawApprovalShape = record({
  approvedAt: instant,
  unitId: idText,
  reasons: list(record({ reason: words, count: integer(1) })),
})

/** What a draw is for, as S says it (§6, §18). */
export const subjectShape = either('kind', {
  'plan-line': record({ kind: words, planId: idText, lineId: idText }),
  'clue-task': record({ kind: words, taskId: idText, clueIds: list(idText) }),
  redraw: record({
    kind: words,
    parentDrawId: hex32,
    purpose: redrawPurpose,
    labels: list(hex32),
    after: list(record({ drawId: hex32, transcript: hex32 })),
    approval: redrawApprovalShape,
  }),
})

const round = recordWith({ genesisTime: integer(0), periodSeconds: integer(1), round: integer(1) })
const publicNumbers = recordWith({ definition: hex32, notBefore: instant, source: words })

/** Of a beacon's kind a witness minds only whether it has rounds. */
const beacon: Shape = (value, at) => (hasKind(value, 'public-numbers') ? publicNumbers : round)(value, at)

const hasKind = (value: Json | undefined, kind: string): boolean =>
  typeof value === 'object' && value !== null && 'kind' in value && value['kind'] === kind

/** Of a rule a witness minds only the fixed count. */
const rule: Shape = (value, at) => (hasKind(value, 'count') ? recordWith({ count: integer(0) }) : recordWith({ kind: words }))(value, at)

const witnesses = recordWith({ count: integer(0), quorum: integer(0) })
const members = {
  type: oneOf('dual-random/commitment/v1'),
  hash: oneOf('sha256', 'sm3'),
  regionCode: regionText,
  subject: subjectShape,
  batch: integer(1),
  attempt: integer(1),
  drawId: hex32,
  strata: list(recordWith({ stratum: words, rule })),
  organiserUnitId: idText,
  marginSeconds: integer(0),
  beacons: list(beacon),
  tips: list(recordWith({ unitId: idText, tip: hex32 })),
  witnesses,
  snapshot: recordWith({}),
  joint: recordWith({ parts: list(recordWith({ snapshot: recordWith({ regionCode: regionText }), witnesses })) }),
}
const shape = recordWith(members, ['joint'])

/** Reads S from the text behind its digest; its deadline is an instant. */
export function parseWitnessedCommitment(text: string): Result<WitnessedCommitment, ShapeError> {
  const read = parseForm<WitnessedCommitment>(shape, text)
  if (!read.ok) return read
  if (read.value.beacons.length === 0) return err({ pointer: '/beacons', reason: 'no beacon' })
  const deadlineMs = deadlineMsOf(read.value)
  return deadlineMs < 0n || deadlineMs > lastInstantMs ? err({ pointer: '/beacons', reason: 'no instant to be witnessed by' }) : read
}

/** What S says of the city of a log, and where; undefined where that city takes no part. */
export function partIn(
  s: WitnessedCommitment,
  regionCode: string,
): (Pick<WitnessedCommitment, 'snapshot' | 'witnesses'> & { readonly at: string }) | undefined {
  if (s.regionCode === regionCode) return { snapshot: s.snapshot, witnesses: s.witnesses, at: '' }
  const index = s.joint?.parts.findIndex(({ snapshot }) => snapshot.regionCode === regionCode) ?? -1
  const part = s.joint?.parts[index]
  return part === undefined ? undefined : { ...part, at: `/joint/parts/${index}` }
}
