import type { MessageCodec, OptionalField } from '../message.ts'

/** One event type: its CloudEvents type, the topic of its aggregate, its message, and which fields may be absent. */
export interface EventContract<M extends object> {
  readonly type: string
  readonly topic: string
  readonly message: MessageCodec<M>
  readonly optional: readonly OptionalField<M>[]
}

/** The event contracts of one aggregate, which share a topic so that the aggregate's order holds. */
export const aggregateEvents =
  (service: string, aggregate: string) =>
  <M extends object>(pastTense: string, message: MessageCodec<M>, optional: readonly OptionalField<M>[] = []): EventContract<M> => ({
    type: `cn.dualrandom.${service}.${aggregate}.${pastTense}.v1`,
    topic: `${service}.${aggregate}.v1`,
    message,
    optional,
  })

/** A task on clues in the place of a plan line (DRW-25): what tells of a draw names one of the two. */
export const clueTaskForLine = [
  { field: 'clueTask', insteadOf: 'planId' },
  { field: 'clueTask', insteadOf: 'lineId' },
] as const
