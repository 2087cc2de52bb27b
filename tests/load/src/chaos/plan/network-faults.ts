import type { Fault } from './fault.ts'
import { type Role, roles, type ServerName } from './parts.ts'
import type { Seeded } from './seeded.ts'

type On<F> = F extends { readonly kind: 'cut-replies' | 'slow' | 'silence' | 'refuse' } ? Omit<F, 'atMs'> : never

/** A fault of the network, its moment left open. */
export type NetworkFault = On<Fault>

/** The requests whose replies are worth cutting, by who sends them: those that change something. */
const requests: Readonly<Record<Role, Readonly<Record<ServerName, readonly string[]>>>> = {
  service: { broker: ['produce'], store: ['insert', 'update'] },
  relay: { broker: ['produce'], store: ['update'] },
  first: { broker: ['produce', 'offset-commit'], store: ['insert', 'update'] },
  second: { broker: ['offset-commit'], store: ['insert', 'update'] },
}

export function networkFault(server: ServerName, chance: Seeded): NetworkFault {
  const role = chance.pick(roles)
  const target = `${role}/${server}` as const
  switch (chance.pick(['cut-replies', 'cut-replies', 'slow', 'silence', 'refuse'] as const)) {
    case 'cut-replies':
      return { kind: 'cut-replies', target, request: chance.pick(requests[role][server]), count: chance.between(1, 12) }
    case 'slow':
      return { kind: 'slow', target, delayMs: chance.between(50, 500), forMs: chance.between(3000, 12_000) }
    case 'silence':
      return { kind: 'silence', target, forMs: chance.between(1000, 8000) }
    case 'refuse':
      return { kind: 'refuse', target, forMs: chance.between(500, 6000) }
  }
}
