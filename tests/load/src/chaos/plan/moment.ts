import type { Moment, Victim } from './fault.ts'
import { type Role, roleOf, type ServerName, servers } from './parts.ts'
import type { Seeded } from './seeded.ts'

/** How long after a pulse its effects are done, more or less. */
const busyMs = 250

/** What a process does often and must not do by half. */
const changes: Readonly<Record<Role, Readonly<Record<ServerName, readonly string[]>>>> = {
  service: { broker: ['produce'], store: ['update'] },
  relay: { broker: ['produce'], store: ['update'] },
  first: { broker: ['produce', 'offset-commit'], store: ['insert', 'update'] },
  second: { broker: ['offset-commit'], store: ['update'] },
}

/** Three processes in four are killed in the middle of a change. */
export function momentOf(name: Victim, chance: Seeded): Moment {
  if (name === 'broker' || name === 'store' || chance.chance(1, 4)) return { afterPulseMs: chance.between(0, busyMs) }
  const server = chance.pick(servers)
  return { route: `${name}/${server}`, request: chance.pick(changes[roleOf(name)][server]) }
}
