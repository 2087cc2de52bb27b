import type { EventContract } from '@dual-random/contracts'
import type { Instant, Result } from '@dual-random/kernel'
import { createLogger, type Logger } from '@dual-random/runtime'
import type { TestScope } from './test-scope.ts'

/** What is used here of libs/messaging and libs/mongo, which test with this package and therefore cannot be imported. */
export interface MessagingShape<R, E> {
  readonly KafkajsTransport: new (options: {
    readonly brokers: readonly string[]
    readonly clientId: string
    readonly topicPrefix: string
    readonly logger: Logger
  }) => {
    publish(records: readonly R[]): Promise<void>
    consume(options: {
      readonly group: string
      readonly topics: readonly string[]
      readonly onAssigned: () => Promise<void>
      readonly handle: (batch: { readonly records: readonly R[] }) => Promise<void>
    }): Promise<unknown>
    close(): Promise<void>
  }
  readonly newEvent: <M extends object>(
    contract: EventContract<M>,
    data: M,
    options: { readonly topic?: string },
  ) => { readonly type: string; readonly topic: string; readonly json: string }
  readonly toRecord: (event: {
    readonly aggregateId: string
    readonly seq: number
    readonly type: string
    readonly topic: string
    readonly service: string
    readonly regionCode: string
    readonly at: Instant
    readonly traceId: string
    readonly json: string
  }) => R
  readonly fromRecord: (record: R) => Result<E, Error>
}

export interface EventOptions {
  /** The contract's own when absent. */
  readonly topic?: string
  /** The message's own when absent. */
  readonly regionCode?: string
}

export interface EventBus<R, E> {
  /** The next event of an aggregate, as its owner would publish it; each call counts the aggregate's events on. */
  tell<M extends object>(contract: EventContract<M>, aggregateId: string, data: M, options?: EventOptions): R
  send(records: readonly R[]): Promise<void>
  /** Tells and sends the next event of an aggregate; gives its seq. */
  publish<M extends object>(contract: EventContract<M>, aggregateId: string, data: M, options?: EventOptions): Promise<number>
  /** Sends everything sent so far once more. */
  repeat(): Promise<void>
  /** What was published on the listened topics so far, repeats included. */
  readonly heard: readonly E[]
  close(): Promise<void>
}

const sentTogether = 1000
const at = '2026-04-10T09:00:00.000Z' as Instant

/** Speaks and listens on a scope's topics through the real broker. Listening comes no further than a record that does not decode. */
export async function eventBus<R, E>(
  { KafkajsTransport, newEvent, toRecord, fromRecord }: MessagingShape<R, E>,
  { env, topicPrefix }: TestScope,
  listenTo: readonly string[],
): Promise<EventBus<R, E>> {
  const transport = new KafkajsTransport({
    brokers: (env['KAFKA_BROKERS'] ?? '').split(','),
    clientId: 'test',
    topicPrefix,
    logger: createLogger({ service: 'test', level: 'silent' }),
  })
  const lastSeq = new Map<string, number>()
  const sent: R[] = []
  const heard: E[] = []
  if (listenTo.length > 0)
    await transport.consume({
      group: 'probe',
      topics: listenTo,
      onAssigned: async () => undefined,
      handle: async ({ records }) => {
        for (const record of records) {
          const event = fromRecord(record)
          if (!event.ok) throw event.error
          heard.push(event.value)
        }
      },
    })

  const next = <M extends object>(contract: EventContract<M>, aggregateId: string, message: M, options: EventOptions) => {
    const { type, topic, json } = newEvent(contract, message, options)
    const { regionCode } = { ...(message as { readonly regionCode?: string }), ...options }
    if (regionCode === undefined) throw new Error(`${type} names no region`)
    const key = `${topic} ${aggregateId}`
    const seq = (lastSeq.get(key) ?? 0) + 1
    lastSeq.set(key, seq)
    return { seq, record: toRecord({ aggregateId, seq, type, topic, service: 'test', regionCode, at, traceId: '', json }) }
  }
  const sendAll = async (records: readonly R[]): Promise<void> => {
    for (let start = 0; start < records.length; start += sentTogether) await transport.publish(records.slice(start, start + sentTogether))
  }
  const send = (records: readonly R[]): Promise<void> => {
    for (const record of records) sent.push(record)
    return sendAll(records)
  }
  return {
    tell: (contract, aggregateId, message, options = {}) => next(contract, aggregateId, message, options).record,
    send,
    publish: async (contract, aggregateId, message, options = {}) => {
      const { seq, record } = next(contract, aggregateId, message, options)
      await send([record])
      return seq
    },
    repeat: () => sendAll(sent),
    heard,
    close: () => transport.close(),
  }
}
