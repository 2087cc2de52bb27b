import type { MessageCodec } from '../message.ts'

/** One event type: its CloudEvents type, the topic of its aggregate, its message, and which fields may be absent. */
export interface EventContract<M extends object> {
  readonly type: string
  readonly topic: string
  readonly message: MessageCodec<M>
  readonly optional: readonly (keyof M & string)[]
}

/** The event contracts of one aggregate, which share a topic so that the aggregate's order holds. */
export const aggregateEvents =
  (service: string, aggregate: string) =>
  <M extends object>(pastTense: string, message: MessageCodec<M>, optional: readonly (keyof M & string)[] = []): EventContract<M> => ({
    type: `cn.dualrandom.${service}.${aggregate}.${pastTense}.v1`,
    topic: `${service}.${aggregate}.v1`,
    message,
    optional,
  })
