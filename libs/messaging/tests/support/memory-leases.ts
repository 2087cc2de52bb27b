import type { Instant } from '@dual-random/kernel'
import type { RelayLeases } from '../../src/outbox-source.ts'

/** The leases of relays without a store; passes the same behaviour suite as the real ones. */
export function memoryLeases(): RelayLeases {
  const leases = new Map<string, { readonly holder: string; readonly until: Instant }>()
  return {
    hold: async (owner, holder, now, until) => {
      const lease = leases.get(owner)
      if (lease !== undefined && lease.holder !== holder && lease.until > now) return false
      leases.set(owner, { holder, until })
      return true
    },
  }
}
