import { requireRegion } from '@dual-random/auth'
import type { RegistryServiceService } from '@dual-random/contracts/registry'
import type { Handlers } from '@dual-random/grpc'
import { rolesOf } from '../app/bind-roles.ts'
import { countPool } from '../app/count-pool.ts'
import { itemsOnLists } from '../app/items.ts'
import type { Registry } from '../app/registry.ts'
import { toCheckItemMessage, toUnitMessage } from '../wire/messages.ts'
import { anyoneSignedIn, dateField, instantField, regionField } from './request-fields.ts'

type LookUps = Pick<Handlers<RegistryServiceService>, 'getPolicy' | 'listUnits' | 'listCheckItems' | 'countPool' | 'listRoleBindings'>

export const lookUps = (registry: Registry): LookUps => ({
  getPolicy: {
    roles: anyoneSignedIn,
    handle: async ({ regionCode, at }) => {
      const { policy, json, digest } = await registry.book.inForce(regionField('regionCode', regionCode), dateField('at', at))
      return { policy: { preset: policy.id.preset, version: String(policy.id.version) }, policyJson: json, digest }
    },
  },
  listUnits: {
    roles: anyoneSignedIn,
    handle: async (request, { principal }) => {
      const regionCode = regionField('regionCode', request.regionCode)
      requireRegion(principal, regionCode)
      return { units: (await registry.units.inRegion(regionCode)).map(toUnitMessage) }
    },
  },
  listCheckItems: {
    roles: anyoneSignedIn,
    handle: async ({ regionCode, at }) => ({
      items: (await itemsOnLists(registry.checkItemLists, regionField('regionCode', regionCode), dateField('at', at))).map(
        toCheckItemMessage,
      ),
    }),
  },
  countPool: {
    roles: anyoneSignedIn,
    handle: async (request, { principal }) => {
      const regionCode = regionField('regionCode', request.regionCode)
      requireRegion(principal, regionCode)
      const { mapped, enterprises } = await countPool(registry, regionCode, request.itemCodes, instantField('asOf', request.asOf))
      return { mapped: [...mapped], enterprises }
    },
  },
  listRoleBindings: {
    roles: ['SERVICE'],
    handle: async ({ subject }) => ({
      bindings: (await rolesOf(registry.roleBindings, subject)).map((binding) => ({ ...binding, roles: [...binding.roles] })),
    }),
  },
})
