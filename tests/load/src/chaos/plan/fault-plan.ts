import type { Lane, Victim } from './fault.ts'
import { momentOf } from './moment.ts'
import { networkFault } from './network-faults.ts'
import { type ProcessName, processNames, type ServerName, servers, victimKindOf } from './parts.ts'
import { plannedKills } from './quotas.ts'
import { type Seeded, seeded } from './seeded.ts'

export interface PlanOptions {
  readonly seed: number
  readonly minutes: number
  readonly kills: number
}

const minute = 60_000

const day = 24 * 60 * minute

/** About how far network faults of one server, and jumps of the clock, lie apart. */
const networkEveryMs = 12_000

const clockEveryMs = 15_000

/** The schedule of a run: the same for the same options. */
export const faultPlan = ({ seed, minutes, kills }: PlanOptions): readonly Lane[] => {
  const forMs = Math.round(minutes * minute)
  const counts = plannedKills(kills)
  const victimLanes = [...servers, ...processNames].map((name) => {
    const kind = victimKindOf(name)
    const peers = processNames.filter((other) => victimKindOf(other) === kind)
    const own = name === 'broker' || name === 'store' ? counts[kind] : shareOf(counts[kind], peers, name)
    return victimLane(name, own, forMs, seeded(seed, name))
  })
  return [
    ...victimLanes,
    ...servers.map((server) => networkLane(server, forMs, seeded(seed, `network of ${server}`))),
    clockLane(forMs, seeded(seed, 'clock')),
  ].filter(({ faults }) => faults.length > 0)
}

/** What one of several alike gets of a number. */
const shareOf = (count: number, peers: readonly ProcessName[], name: ProcessName): number =>
  Math.floor(count / peers.length) + (peers.indexOf(name) < count % peers.length ? 1 : 0)

/** So many kills, and a quarter of that as suspensions among them. */
export function victimLane(name: Victim, kills: number, forMs: number, chance: Seeded): Lane {
  const suspensions = kills === 0 ? 0 : Math.max(kills > 1 ? 1 : 0, Math.round(kills / 4))
  const kinds = chance.shuffle([...Array<'kill'>(kills).fill('kill'), ...Array<'suspend'>(suspensions).fill('suspend')])
  return {
    name,
    faults: kinds.map((kind, index) => {
      const atMs = startIn(index, kinds.length, forMs, chance)
      return kind === 'kill'
        ? { kind, atMs, target: name, moment: momentOf(name, chance), pauseMs: chance.between(0, longestPauseMs(name)) }
        : { kind, atMs, target: name, forMs: chance.between(1000, 9000) }
    }),
  }
}

/** A process comes back soon, as under any supervisor; a server by itself takes longer to be there again. */
const longestPauseMs = (name: Victim): number => (name === 'broker' || name === 'store' ? 1500 : 4000)

function networkLane(server: ServerName, forMs: number, chance: Seeded): Lane {
  const count = Math.max(1, Math.round(forMs / networkEveryMs))
  return {
    name: `network of ${server}`,
    faults: Array.from({ length: count }, (_, index) => ({
      ...networkFault(server, chance),
      atMs: startIn(index, count, forMs, chance),
    })),
  }
}

/** Forward and back by minutes to days. */
function clockLane(forMs: number, chance: Seeded): Lane {
  const count = Math.max(1, Math.round(forMs / clockEveryMs))
  return {
    name: 'clock',
    faults: Array.from({ length: count }, (_, index) => ({
      kind: 'clock',
      target: 'clock',
      atMs: startIn(index, count, forMs, chance),
      offsetMs:
        (chance.chance(1, 2) ? 1 : -1) * (chance.chance(1, 2) ? chance.between(minute, 180 * minute) : chance.between(day, 9 * day)),
    })),
  }
}

/** Somewhere in the first two thirds of its slot of equal slots, so that lanes neither march in step nor crowd. */
const startIn = (index: number, count: number, forMs: number, chance: Seeded): number =>
  Math.round(((index + chance.between(0, 666) / 1000) * forMs) / count)
