import type { IHeaders, KafkaMessage } from 'kafkajs'
import type { ReceivedRecord } from './transport.ts'

export const recordOf = (topic: string, partition: number, message: KafkaMessage): ReceivedRecord => ({
  topic,
  partition,
  offset: message.offset,
  key: message.key?.toString('utf8') ?? '',
  value: message.value ?? new Uint8Array(),
  headers: textHeaders(message.headers),
})

function textHeaders(headers: IHeaders | undefined): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers ?? {})) {
    const first = Array.isArray(value) ? value[0] : value
    if (first !== undefined) texts[name] = first.toString()
  }
  return texts
}
