import type { InspectorId } from '@dual-random/kernel'
import { documents, type Store } from '@dual-random/mongo'
import type { Availabilities } from '../app/ports.ts'
import type { Availability } from '../domain/availability.ts'

export function availabilityStore(store: Store): Availabilities {
  const heard = documents<Availability & { readonly id: string }>(store, { collection: 'inspector_availabilities', indexes: [] })
  return {
    put: (availability) => heard.replace({ ...availability, id: availability.inspectorId }),
    getMany: async (inspectorIds) => {
      const found = await heard.getMany(inspectorIds)
      return new Map([...found].map(([id, { id: _id, ...availability }]) => [id as InspectorId, availability]))
    },
  }
}
