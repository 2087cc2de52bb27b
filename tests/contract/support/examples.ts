import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { contractOf } from '@dual-random/contracts'
import type { Instant } from '@dual-random/kernel'
import { fromRecord, type OutgoingEvent, type ReceivedEvent, toRecord } from '@dual-random/messaging'
import { root } from './root.ts'

/** A golden event as it stands in proto/dualrandom/<service>/v1/examples: CloudEvents 1.0 in its JSON form. */
export interface GoldenEvent {
  readonly specversion: string
  readonly id: string
  readonly source: string
  readonly type: string
  readonly subject: string
  readonly time: string
  readonly sequence: string
  readonly regioncode: string
  readonly datacontenttype: string
  readonly data: Readonly<Record<string, unknown>>
}

export interface Example {
  readonly service: string
  /** `draw-matched` */
  readonly name: string
  readonly event: GoldenEvent
}

export const examples: readonly Example[] = globSync('proto/dualrandom/*/v1/examples/*.json', { cwd: root })
  .sort()
  .map((path) => {
    const [, service = '', name = ''] = /dualrandom\/(\w+)\/v1\/examples\/(.+)\.json$/.exec(path) ?? []
    return { service, name, event: JSON.parse(readFileSync(join(root, path), 'utf8')) as GoldenEvent }
  })

/** The golden event of a name; names are unique over all services. */
export function golden(name: string): GoldenEvent {
  const found = examples.find((example) => example.name === name)
  if (found === undefined) throw new Error(`no example ${name}`)
  return found.event
}

/** The event as it waits in its aggregate's outbox. */
export const outgoing = ({ subject, sequence, type, source, regioncode, time, data }: GoldenEvent): OutgoingEvent => ({
  aggregateId: subject,
  seq: Number(sequence),
  type,
  topic: contractOf(type)?.topic ?? '',
  service: source.split('/')[2] ?? '',
  regionCode: regioncode,
  at: time as Instant,
  traceId: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  json: JSON.stringify(data),
})

/** The event as a consumer sees it, with that number in its aggregate. */
export function receivedAs(event: GoldenEvent, seq: number): ReceivedEvent {
  const read = fromRecord(toRecord({ ...outgoing(event), seq }))
  if (!read.ok) throw read.error
  return read.value
}

/** The events as a consumer sees them, numbered from 1 per aggregate: what went before each example is no matter here. */
export function received(...names: readonly string[]): readonly ReceivedEvent[] {
  const last = new Map<string, number>()
  return names.map((name) => {
    const event = golden(name)
    const seq = (last.get(event.subject) ?? 0) + 1
    last.set(event.subject, seq)
    return receivedAs(event, seq)
  })
}
