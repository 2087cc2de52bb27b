import { seeded } from './seeded.ts'

/** One operation of a writer: it changes an aggregate, or makes it where it is not there yet, and emits that many events. */
export interface PlannedOperation {
  readonly name: string
  readonly aggregateId: string
  readonly events: number
}

/** Aggregates that both writers change at the same time. */
const aggregatesAtOnce = 32

/** Operations of one writer after which it goes on to other aggregates: documents stay small, and the last events of each count. */
const operationsPerRound = 160

/** The operation that writer does as its nth, whatever became of those before. */
export function operationAt(seed: number, writer: string, index: number): PlannedOperation {
  const chance = seeded(seed, `${writer} ${index}`)
  const round = Math.floor(index / operationsPerRound)
  return {
    name: `${writer}.${index}`,
    aggregateId: `inspector-${round}-${chance.between(0, aggregatesAtOnce - 1)}`,
    events: chance.between(1, 3),
  }
}

/** What the nth event of an operation says. */
export const contentOf = (operation: string, nth: number): string => `${operation}/${nth}`
