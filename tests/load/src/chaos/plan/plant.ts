import type { Fault, Lane, Moment } from './fault.ts'
import type { ProcessName } from './parts.ts'
import { type Seeded, seeded } from './seeded.ts'

/** Bugs that a run can be given, to see that the checker finds them. */
export const plants = ['commit-before-effect', 'clear-before-ack', 'mark-elsewhere'] as const

export type Plant = (typeof plants)[number]

/** One round of faults that brings such a bug to light. */
const roundMs = 7000

/** The faults that the bug cannot stand, again and again until the time is over. */
export function plantPlan(plant: Plant, { seed, minutes }: { readonly seed: number; readonly minutes: number }): readonly Lane[] {
  const rounds = Math.max(1, Math.round((minutes * 60_000) / roundMs))
  return faultsOf[plant](seeded(seed, plant)).map(({ atMs, ...fault }) => ({
    name: fault.target,
    faults: Array.from({ length: rounds }, (_, round) => ({ ...fault, atMs: round * roundMs + atMs })),
  }))
}

/** A round of each. */
const faultsOf: Readonly<Record<Plant, (chance: Seeded) => readonly Fault[]>> = {
  // Late in a round: an event that comes behind a lost one has the topic read again.
  'commit-before-effect': (chance) =>
    (['first-1', 'first-2', 'second-1', 'second-2'] as const).map((name) => {
      return killOf(name, 5500, chance, { route: `${name}/broker`, request: 'offset-commit' })
    }),
  // What was cleared waits in vain for the broker, and dies with its process.
  'clear-before-ack': (chance) =>
    (['service-1', 'service-2'] as const).flatMap((name) => [
      { kind: 'refuse', target: `${name}/broker`, atMs: 1500, forMs: 5000 },
      killOf(name, 3000, chance, { afterPulseMs: 200 }),
    ]),
  'mark-elsewhere': (chance) =>
    (['first-1', 'first-2'] as const).map((name, index) => {
      return killOf(name, 1500 + 3500 * index, chance, { route: `${name}/store`, request: 'update' })
    }),
}

const killOf = (target: ProcessName, atMs: number, chance: Seeded, moment: Moment): Fault => ({
  kind: 'kill',
  target,
  atMs: atMs + chance.between(0, 1000),
  moment,
  pauseMs: chance.between(0, 1000),
})
