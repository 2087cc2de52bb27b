import type { Fault, Lane } from './fault.ts'
import type { ProcessName } from './parts.ts'
import { seeded } from './seeded.ts'

/** Bugs that a run can be given, to see that the checker finds them. */
export const plants = ['commit-before-effect', 'clear-before-ack', 'mark-elsewhere'] as const

export type Plant = (typeof plants)[number]

/** One round of faults that brings such a bug to light. */
const roundMs = 9000

/** The faults that the bug cannot stand, again and again until the time is over. */
export function plantPlan(plant: Plant, { seed, minutes }: { readonly seed: number; readonly minutes: number }): readonly Lane[] {
  const rounds = Math.max(1, Math.round((minutes * 60_000) / roundMs))
  const chance = seeded(seed, plant)
  const eachRound = (name: string, fault: (fromMs: number) => Fault): Lane => ({
    name,
    faults: Array.from({ length: rounds }, (_, round) => fault(round * roundMs)),
  })
  const kills = (target: ProcessName, afterMs: number): Lane =>
    eachRound(target, (fromMs) => ({
      kind: 'kill',
      target,
      atMs: fromMs + afterMs + chance.between(0, 1500),
      phaseMs: chance.between(0, 250),
      pauseMs: chance.between(0, 1000),
    }))
  if (plant !== 'clear-before-ack') return [kills('first-1', 2000), kills('first-2', 5500)]
  return [
    // What was cleared waits in vain for the broker, and dies with its process.
    eachRound('network of broker', (fromMs) => ({ kind: 'refuse', target: 'service/broker', atMs: fromMs + 1500, forMs: 5000 })),
    kills('service-1', 3000),
    kills('service-2', 3500),
  ]
}
