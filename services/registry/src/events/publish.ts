import { events, objectKinds } from '@dual-random/contracts'
import { assertNever } from '@dual-random/kernel'
import { type NewEvent, newEvent } from '@dual-random/mongo'
import type { RegistryEvent } from '../domain/events.ts'
import { toKeyMatterMessage } from '../wire/key-matters.ts'
import { toCheckItemMessage, toUnitMessage } from '../wire/messages.ts'

/** The contract form of what happened. */
export function toContract(event: RegistryEvent): NewEvent {
  const { registry } = events
  switch (event.type) {
    case 'policy-published':
      return newEvent(registry.policyPublished, { ...without(event), effectiveTo: event.effectiveTo ?? undefined })
    case 'policy-bound':
      return newEvent(registry.policyBound, without(event))
    case 'unit-registered':
      return newEvent(registry.unitRegistered, toUnitMessage(event.unit))
    case 'check-item-list-published':
      return newEvent(registry.checkItemListPublished, { ...without(event), items: event.items.map(toCheckItemMessage) })
    case 'key-supervision-list-published':
      return newEvent(registry.keySupervisionListPublished, { ...without(event), matters: event.matters.map(toKeyMatterMessage) })
    case 'item-proposal-submitted':
      return newEvent(registry.itemProposalSubmitted, without(event))
    case 'item-proposal-decided':
      return newEvent(registry.itemProposalDecided, without(event))
    case 'unchecked-items-reported':
      return newEvent(registry.uncheckedItemsReported, { ...without(event), itemCodes: [...event.itemCodes] })
    case 'object-registered':
      return newEvent(registry.objectRegistered, { ...without(event), kind: objectKinds.toWire(event.kind) })
    case 'object-changed':
      return newEvent(registry.objectChanged, { ...without(event), kind: objectKinds.toWire(event.kind) })
    case 'inspector-registered':
      return newEvent(registry.inspectorRegistered, without(event))
    case 'inspector-changed':
      return newEvent(registry.inspectorChanged, without(event))
    case 'regime-entered':
      return newEvent(registry.regimeEntered, without(event))
    case 'regime-left':
      return newEvent(registry.regimeLeft, without(event))
    case 'credit-result-recorded':
      return newEvent(registry.creditResultRecorded, without(event))
    default:
      return assertNever(event)
  }
}

const without = <T extends { readonly type: string }>({ type: _type, ...data }: T): Omit<T, 'type'> => data
