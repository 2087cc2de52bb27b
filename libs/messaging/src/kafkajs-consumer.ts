import { setTimeout as pause } from 'node:timers/promises'
import { appError } from '@dual-random/errors'
import type { Consumer, EachBatchPayload, IHeaders, Kafka, KafkaMessage } from 'kafkajs'
import type { Logger } from 'pino'
import { type ConsumeOptions, PausePartition, type ReceivedRecord, type TransportConsumer } from './transport.ts'

/** P5: short enough that a killed member's partitions move within 8 s. */
const sessionTimeout = 6000

/** Bounds how long a partition waits for a fetch that was sent before its new records came. */
const maxWaitTimeInMs = 250

const restartPauseMs = 1000

export async function consumeWithKafkajs(
  kafka: Kafka,
  topicPrefix: string,
  options: ConsumeOptions,
  logger: Logger,
): Promise<TransportConsumer> {
  let lastPollAt = Date.now()
  let stopped = false

  const join = async (): Promise<Consumer> => {
    const consumer = kafka.consumer({
      groupId: `${topicPrefix}${options.group}`,
      sessionTimeout,
      rebalanceTimeout: 30_000,
      heartbeatInterval: 1500,
      maxWaitTimeInMs,
      allowAutoTopicCreation: false,
      retry: { restartOnFailure: () => Promise.resolve(true), initialRetryTime: 200, maxRetryTime: 2000 },
    })
    consumer.on(consumer.events.FETCH, () => {
      lastPollAt = Date.now()
    })
    consumer.on(consumer.events.GROUP_JOIN, () => {
      options.onAssigned().catch((error: unknown) => logger.error({ err: error }, 'assignment handler failed'))
    })
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      logger.error({ err: payload.error, restart: payload.restart }, 'consumer crashed')
      if (!payload.restart) void joinAgain()
    })
    await connect(consumer)
    // P8: an offset out of range must not skip to the newest record.
    await consumer.subscribe({ topics: options.topics.map((topic) => `${topicPrefix}${topic}`), fromBeginning: true })
    await consumer.run({
      // P12: what was not processed must not be committed.
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: 4,
      eachBatch: (payload) => handleBatch(consumer, payload, topicPrefix, options, logger, () => stopped),
    })
    return consumer
  }

  const isStopped = (): boolean => stopped

  /** P7: kafkajs itself comes back only from errors it calls retriable (tulios/kafkajs#1299); nothing else may end a member for good. */
  const joinAgain = async (): Promise<void> => {
    while (!isStopped()) {
      await pause(restartPauseMs, undefined, { ref: false })
      try {
        member = await join()
        if (stopped) await member.disconnect()
        return
      } catch (err) {
        logger.error({ err }, 'consumer could not join again')
      }
    }
  }

  let member = await join()
  return {
    lastPollAt: () => lastPollAt,
    stop: async () => {
      if (stopped) return
      stopped = true
      await member.disconnect()
    },
  }
}

async function connect(consumer: Consumer): Promise<void> {
  try {
    await consumer.connect()
  } catch (cause) {
    await consumer.disconnect().catch(() => undefined)
    throw appError('unavailable', 'broker-unavailable', { retryAfterMs: 1000, cause })
  }
}

async function handleBatch(
  consumer: Consumer,
  payload: EachBatchPayload,
  topicPrefix: string,
  options: ConsumeOptions,
  logger: Logger,
  stopped: () => boolean,
): Promise<void> {
  const { batch, heartbeat, isRunning, isStale, pause: pausePartition, resolveOffset } = payload
  const topic = batch.topic.slice(topicPrefix.length)
  const last = batch.messages.at(-1)
  if (last === undefined || stopped()) return
  let outOfGroup = false
  const gone = (): boolean => outOfGroup || isStale() || !isRunning()
  const beat = setInterval(() => {
    heartbeat().catch((error: unknown) => {
      // A rebalance has begun, or the group has given this member up: the sooner the batch ends, the sooner it joins again.
      outOfGroup = true
      logger.warn({ err: error }, 'heartbeat failed')
    })
  }, 1000)
  try {
    const records = batch.messages.map((message) => recordOf(topic, batch.partition, message))
    await options.handle({ topic, partition: batch.partition, records, heartbeat, isStale: gone })
    if (gone()) return
    resolveOffset(last.offset)
    await consumer.commitOffsets([{ topic: batch.topic, partition: batch.partition, offset: (BigInt(last.offset) + 1n).toString() }])
  } catch (cause) {
    const pauseMs = cause instanceof PausePartition ? cause.pauseMs : restartPauseMs
    logger.warn({ err: cause, topic, partition: batch.partition, pauseMs }, 'batch left uncommitted')
    const resume = pausePartition()
    setTimeout(resume, pauseMs).unref()
  } finally {
    clearInterval(beat)
  }
}

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
