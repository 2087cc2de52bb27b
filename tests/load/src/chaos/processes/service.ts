import type { AggregateStore } from '@dual-random/mongo'
import type { Service } from '@dual-random/runtime'
import { contentOf, operationAt, type PlannedOperation } from '../plan/operation.ts'
import { untilPulse } from '../plan/pulse.ts'
import { operationsBegun } from './history.ts'
import { openParts, type Parts, untilAvailable } from './open-parts.ts'
import type { ProcessSettings } from './settings.ts'
import { aggregatesOf, type Inspector, saying, scope } from './shapes.ts'

/** Operations under way at once; with the store away, more would only wait. */
const atOnce = 12

const earlyMs = 20

/** Changes inspectors and publishes what it wrote. */
export async function openService(settings: ProcessSettings): Promise<Service> {
  await using opened = new AsyncDisposableStack()
  const parts = opened.use(await openParts(settings, 'source'))
  const { store, relay, clock } = parts
  const inspectors = aggregatesOf<Inspector>(store, { collection: 'inspectors', relay, clock })
  const stopping = new AbortController()
  const owned = opened.move()
  return {
    start: async () => {
      await untilAvailable(() => store.ensureIndexes())
      await untilAvailable(() => relay.start())
      write(settings, parts, inspectors, stopping.signal)
    },
    [Symbol.asyncDispose]: async () => {
      stopping.abort()
      await owned.disposeAsync()
    },
  }
}

/** Begins some operations at every pulse, from where the lives before this one were, without waiting for those before. */
function write(settings: ProcessSettings, parts: Parts, inspectors: AggregateStore<Inspector>, stopping: AbortSignal): void {
  let running = 0
  let index = operationsBegun(settings.historyFile)
  // A timer may be early: the pulse that has just been is not the next one.
  const waitForNext = (): unknown => setTimeout(pulse, untilPulse(Date.now() + earlyMs) + earlyMs)
  const pulse = (): void => {
    if (stopping.aborted) return
    waitForNext()
    if (!parts.control().writing) return
    for (let count = 0; count < settings.operationsPerPulse && running < atOnce; count++) {
      running++
      void operate(operationAt(settings.seed, settings.name, index++), parts, inspectors).finally(() => running--)
    }
  }
  waitForNext()
}

async function operate(operation: PlannedOperation, { note }: Parts, inspectors: AggregateStore<Inspector>): Promise<void> {
  const { name, aggregateId, events } = operation
  note({ invoked: name, aggregateId, events })
  try {
    const after = await inspectors.update(aggregateId, (current) => ({
      state: { ...scope, operations: [...(current?.state.operations ?? []), { name, events }] },
      events: Array.from({ length: events }, (_, index) => saying('inspectors', aggregateId, contentOf(name, index + 1))),
    }))
    if (after !== undefined) note({ acknowledged: name, from: after.seq - events + 1 })
  } catch (thrown) {
    note({ unknown: name, because: String((thrown as { readonly code?: unknown }).code ?? thrown) })
  }
}
