import { requireRegion } from '@dual-random/auth'
import type { RegistryServiceService } from '@dual-random/contracts/registry'
import type { Handlers } from '@dual-random/grpc'
import { countMatterObjects, keyMattersOn } from '../app/key-matters.ts'
import type { Registry } from '../app/registry.ts'
import { toKeyMatterMessage } from '../wire/key-matters.ts'
import { anyoneSignedIn, dateField, regionField } from './request-fields.ts'

export const keyMattersRpc = (registry: Registry): Pick<Handlers<RegistryServiceService>, 'listKeyMatters'> => ({
  listKeyMatters: {
    roles: anyoneSignedIn,
    handle: async ({ regionCode: region, at, countObjects }, { principal }) => {
      const regionCode = regionField('regionCode', region)
      requireRegion(principal, regionCode)
      const matters = []
      for (const { listId, listVersion, matter } of await keyMattersOn(registry.keySupervisionLists, regionCode, dateField('at', at))) {
        const objects = countObjects ? await countMatterObjects(registry.objects, regionCode, matter) : undefined
        matters.push({ listId, listVersion, matter: toKeyMatterMessage(matter), objects })
      }
      return { matters }
    },
  },
})
