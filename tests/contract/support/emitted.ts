import { contractOf } from '@dual-random/contracts'
import type { TransportRecord } from '@dual-random/messaging'
import type { NewEvent } from '@dual-random/mongo'
import { golden } from './examples.ts'

/** What a mapping to contract events must make of a golden event's cause. */
export const newEventOf = (name: string) => {
  const { type, data } = golden(name)
  return { type, topic: contractOf(type)?.topic ?? '', data }
}

/** An emitted event with its payload read: the order of members means nothing. */
export const readEvent = (event: NewEvent | undefined) =>
  event && { type: event.type, topic: event.topic, data: JSON.parse(event.json) as unknown }

/** A record as its golden event would stand on a topic: every attribute but the trace, which is each run's own. */
export const inGoldenForm = ({ key, value, headers }: TransportRecord) => ({
  specversion: headers['ce_specversion'],
  id: headers['ce_id'],
  source: headers['ce_source'],
  type: headers['ce_type'],
  subject: key,
  time: headers['ce_time'],
  sequence: headers['ce_sequence'],
  regioncode: headers['ce_regioncode'],
  datacontenttype: headers['content-type'],
  data: JSON.parse(new TextDecoder().decode(value)) as unknown,
})
