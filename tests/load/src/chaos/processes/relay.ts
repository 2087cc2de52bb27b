import type { Service } from '@dual-random/runtime'
import { openParts, untilAvailable } from './open-parts.ts'
import type { ProcessSettings } from './settings.ts'
import { aggregatesOf, type Inspector } from './shapes.ts'

/** Writes nothing, and takes over what killed writers left. */
export async function openRelay(settings: ProcessSettings): Promise<Service> {
  const parts = await openParts(settings, 'source')
  const { store, relay, clock } = parts
  aggregatesOf<Inspector>(store, { collection: 'inspectors', relay, clock })
  return {
    start: async () => {
      await untilAvailable(() => store.ensureIndexes())
      await untilAvailable(() => relay.start())
    },
    [Symbol.asyncDispose]: async () => parts[Symbol.asyncDispose](),
  }
}
