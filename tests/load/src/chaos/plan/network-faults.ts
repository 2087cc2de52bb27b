import { assertNever } from '@dual-random/kernel'
import type { NetworkFault } from './fault.ts'
import { processNames, type Role, roleOf, type ServerName } from './parts.ts'
import type { Seeded } from './seeded.ts'

/** The requests that change something, by who sends them: what is done, and never heard of. */
const cuttable: Readonly<Record<Role, Readonly<Record<ServerName, readonly string[]>>>> = {
  service: { broker: ['produce'], store: ['insert', 'update'] },
  relay: { broker: ['produce'], store: ['update'] },
  first: { broker: ['produce', 'offset-commit'], store: ['insert', 'update'] },
  second: { broker: ['offset-commit'], store: ['insert', 'update'] },
}

/** A fault of the way between that server and some process. */
export function networkFault(server: ServerName, chance: Seeded): NetworkFault {
  const name = chance.pick(processNames)
  const target = `${name}/${server}` as const
  const kind = chance.pick(['cut-replies', 'cut-replies', 'slow', 'silence', 'refuse'] as const)
  switch (kind) {
    case 'cut-replies':
      return { kind, target, request: chance.pick(cuttable[roleOf(name)][server]), count: chance.between(1, 12) }
    case 'slow':
      return { kind, target, delayMs: chance.between(50, 500), forMs: chance.between(3000, 12_000) }
    case 'silence':
      return { kind, target, forMs: chance.between(1000, 9000) }
    case 'refuse':
      return { kind, target, forMs: chance.between(500, 6000) }
    default:
      return assertNever(kind)
  }
}
