import { contractOf, type EventContract, missingFields } from '@dual-random/contracts'
import { type AppError, appError } from '@dual-random/errors'
import { err, type Instant, ok, parseInstant, parseRegionCode, type RegionCode, type Result } from '@dual-random/kernel'
import { traceIdOf, traceparentOf } from '@dual-random/runtime'
import type { TransportRecord } from './transport.ts'

/** An event waiting in an aggregate's outbox, ready to be put on its topic. */
export interface OutgoingEvent {
  readonly aggregateId: string
  readonly seq: number
  readonly type: string
  readonly topic: string
  /** Service that owns the aggregate. */
  readonly service: string
  readonly regionCode: string
  readonly at: Instant
  /** 32 hex digits; empty where the change was on nobody's behalf. */
  readonly traceId: string
  /** Protobuf JSON of the message, as text: it goes to the broker as it was stored. */
  readonly json: string
}

/** An event as a consumer sees it: the envelope read, the payload parsed but not yet checked against its contract. */
export interface ReceivedEvent {
  /** `<aggregateId>:<seq>` */
  readonly id: string
  readonly type: string
  readonly source: string
  readonly aggregateId: string
  readonly seq: number
  readonly at: Instant
  readonly regionCode: RegionCode
  /** Logical topic, without the deployment's prefix. */
  readonly topic: string
  readonly traceId: string
  readonly payload: unknown
}

/** CloudEvents 1.0 in Kafka's binary mode: attributes as `ce_` headers, the data as the value. */
export const toRecord = (event: OutgoingEvent): TransportRecord => ({
  topic: event.topic,
  key: event.aggregateId,
  value: Buffer.from(event.json),
  headers: {
    'content-type': 'application/json',
    ce_specversion: '1.0',
    ce_id: `${event.aggregateId}:${event.seq}`,
    ce_source: `/${event.regionCode}/${event.service}`,
    ce_type: event.type,
    ce_subject: event.aggregateId,
    ce_time: event.at,
    ce_sequence: String(event.seq),
    ce_regioncode: event.regionCode,
    ...(event.traceId === '' ? {} : { ce_traceparent: traceparentOf(event.traceId) }),
  },
})

const undecodable = (reason: string): AppError => appError('invalid', 'event-undecodable', { meta: { reason } })

/** Reads the envelope of a record; the error says what is missing or malformed. */
export function fromRecord(record: TransportRecord): Result<ReceivedEvent, AppError> {
  const { headers } = record
  const seq = Number(headers['ce_sequence'])
  const at = parseInstant(headers['ce_time'] ?? '')
  const regionCode = parseRegionCode(headers['ce_regioncode'] ?? '')
  const id = headers['ce_id']
  const type = headers['ce_type']
  if (headers['ce_specversion'] !== '1.0') return err(undecodable('ce_specversion'))
  if (id === undefined || type === undefined) return err(undecodable('ce_id, ce_type'))
  if (!Number.isSafeInteger(seq) || seq < 1 || id !== `${record.key}:${seq}`) return err(undecodable('ce_sequence'))
  if (at === undefined) return err(undecodable('ce_time'))
  if (regionCode === undefined) return err(undecodable('ce_regioncode'))
  let payload: unknown
  try {
    payload = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(record.value))
  } catch {
    return err(undecodable('value'))
  }
  return ok({
    id,
    type,
    source: headers['ce_source'] ?? '',
    aggregateId: record.key,
    seq,
    at,
    regionCode,
    topic: record.topic,
    traceId: traceIdOf(headers['ce_traceparent']) ?? '',
    payload,
  })
}

/** The payload as its contract's message; throws `event-undecodable` naming the fields that are missing or unknown. */
export function decodePayload<M extends object>(contract: EventContract<M>, event: ReceivedEvent): M {
  if (typeof event.payload !== 'object' || event.payload === null || Array.isArray(event.payload)) throw undecodable('value')
  let message: M
  try {
    message = contract.message.fromJSON(event.payload)
  } catch {
    throw undecodable('value')
  }
  const missing = missingFields(contract.message, message, contract.optional)
  if (missing.length > 0) throw undecodable(missing.join(', '))
  return message
}

/** Checks a payload against the catalogue; an event type unknown to this build passes, its consumers ignore it. */
export function checkPayload(event: ReceivedEvent): void {
  const contract = contractOf(event.type)
  if (contract !== undefined) decodePayload(contract, event)
}
