import { Kafka, logLevel } from 'kafkajs'
import type { Logger } from 'pino'
import { guardIdleTimer } from './kafkajs-idle-guard.ts'
import { KafkajsSockets } from './kafkajs-sockets.ts'

export interface KafkajsClientOptions {
  readonly brokers: readonly string[]
  readonly clientId: string
  readonly logger: Logger
}

export interface KafkajsClient {
  readonly kafka: Kafka
  readonly sockets: KafkajsSockets
}

/** No request takes this long on a connection that is alive, but those that wait for the group and say so themselves. */
const requestTimeout = 10_000

/** All four are named: kafkajs takes others where NODE_ENV is `test`. */
export const backoff = { initialRetryTime: 100, maxRetryTime: 1000, multiplier: 2, factor: 0.2 }

/** A kafkajs client for one producer or one member of a group: what they would share, they would lose together. */
export function kafkajsClient({ brokers, clientId, logger }: KafkajsClientOptions, connectRetries: number): KafkajsClient {
  guardIdleTimer()
  const sockets = new KafkajsSockets()
  const kafka = new Kafka({
    clientId,
    brokers: [...brokers],
    requestTimeout,
    socketFactory: sockets.factory,
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => {
      if (!sockets.isClosed) forward(entry, logger)
    },
    retry: { ...backoff, retries: connectRetries },
  })
  return { kafka, sockets }
}

function forward({ level, log }: { readonly level: logLevel; readonly log: { readonly message: string } }, logger: Logger): void {
  const { message, ...detail } = log
  if (level === logLevel.ERROR) logger.error({ kafka: detail }, message)
  else logger.warn({ kafka: detail }, message)
}
