import { type VictimKind, victimKinds } from './parts.ts'

export type KillCounts = Readonly<Record<VictimKind, number>>

/** Of 200 kills, what issue "Messaging that loses nothing" asks for of each kind … */
const leastOf200: KillCounts = { broker: 10, store: 20, relay: 20, consumer: 20, service: 20 }

/** … and what is planned: a few more, for kills that find nobody. */
const plannedOf200: KillCounts = { broker: 12, store: 32, relay: 48, consumer: 61, service: 61 }

const share = (of200: KillCounts, kills: number): KillCounts =>
  Object.fromEntries(victimKinds.map((kind) => [kind, Math.ceil((of200[kind] * kills) / 200)])) as Record<VictimKind, number>

/** The kills of each kind that a run of so many kills must have. */
export const requiredKills = (kills: number): KillCounts => share(leastOf200, kills)

/** At least as many kills in total. */
export const plannedKills = (kills: number): KillCounts => share(plannedOf200, kills)

export const totalOf = (counts: KillCounts): number => victimKinds.reduce((sum, kind) => sum + counts[kind], 0)
