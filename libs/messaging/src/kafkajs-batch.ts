import type { Consumer, EachBatchPayload } from 'kafkajs'
import type { Logger } from 'pino'
import { recordOf } from './kafkajs-records.ts'
import { type ConsumeOptions, PausePartition } from './transport.ts'

/** P5: short enough that a killed member's partitions move within 8 s. */
export const sessionTimeout = 6000

/** P5: how long the others may not know that a member has left. */
export const heartbeatInterval = 1000

export interface BatchContext {
  readonly consumer: Consumer
  readonly topicPrefix: string
  readonly handle: ConsumeOptions['handle']
  readonly logger: Logger
  readonly isStopping: () => boolean
}

const beatMs = 500

/** After a handler that failed without saying how long to wait. */
const failurePauseMs = 1000

/** Hands a batch over and commits it once it was handled, and only then. Never rejects (P7): kafkajs would end the member over it. */
export async function handleBatch(payload: EachBatchPayload, context: BatchContext): Promise<void> {
  const { batch, heartbeat, isRunning, isStale, pause, resolveOffset } = payload
  const { consumer, topicPrefix, handle, logger, isStopping } = context
  const topic = batch.topic.slice(topicPrefix.length)
  const { partition } = batch
  const last = batch.messages.at(-1)
  if (last === undefined || isStopping()) return
  const membership = keepMembership(heartbeat, logger)
  const gone = (): boolean => membership.isOver() || isStopping() || isStale() || !isRunning()
  try {
    const records = batch.messages.map((message) => recordOf(topic, partition, message))
    await handle({ topic, partition, records, lag: Number(batch.offsetLag()), heartbeat, isStale: gone })
    if (gone()) return
    await consumer.commitOffsets([{ topic: batch.topic, partition, offset: (BigInt(last.offset) + 1n).toString() }])
    // Behind the commit: one that failed brings the batch back.
    resolveOffset(last.offset)
  } catch (cause) {
    const pauseMs = cause instanceof PausePartition ? cause.pauseMs : failurePauseMs
    logger.warn({ err: cause, topic, partition, pauseMs }, 'batch left uncommitted')
    const resume = pause()
    setTimeout(resume, pauseMs).unref()
  } finally {
    membership.end()
  }
}

/** P6: heartbeats while a batch is worked on; kafkajs itself sends them between batches only. */
function keepMembership(heartbeat: () => Promise<void>, logger: Logger): { isOver(): boolean; end(): void } {
  let answeredAt = performance.now()
  let expelled = false
  const beat = async (): Promise<void> => {
    try {
      await heartbeat()
      answeredAt = performance.now()
    } catch (err) {
      // A rebalance has begun, or the group has given this member up: the sooner the batch ends, the sooner it joins again.
      expelled ||= err instanceof Error && err.name === 'KafkaJSProtocolError'
      logger.warn({ err }, 'heartbeat failed')
    }
  }
  const timer = setInterval(() => void beat(), beatMs)
  return {
    // A lost connection does not end the membership unless it lasts; the broker has counted from the heartbeat before.
    isOver: () => expelled || performance.now() - answeredAt > sessionTimeout - heartbeatInterval,
    end: () => clearInterval(timer),
  }
}
