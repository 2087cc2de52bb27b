import { instantOf } from '@dual-random/kernel'
import { expect, it } from 'vitest'
import { deadlineMsOf, deadlineOf, failableMsOf, lastInstantMs } from './deadline.ts'

it('DRW-31 goes by the kind of a beacon, whatever members a round has beside its own', () => {
  const round = { genesisTime: 1000, periodSeconds: 30, round: 1, notBefore: 'x' }
  expect(deadlineMsOf({ marginSeconds: 0, beacons: [round] })).toBe(1_000_000n)
})

it('is one margin before the earliest round', () => {
  const beacons = [
    { genesisTime: 1000, periodSeconds: 30, round: 11 },
    { genesisTime: 1000, periodSeconds: 3, round: 100 },
  ]
  expect(deadlineOf({ marginSeconds: 600, beacons })).toBe(instantOf(697_000))
  expect(deadlineOf({ marginSeconds: 0, beacons: [{ genesisTime: 1000, periodSeconds: 30, round: 1 }] })).toBe(instantOf(1_000_000))
})

it('DRW-31 lets a draw fail 7 days after the latest of its rounds, or of the instants that public numbers are waited for', () => {
  const round = { genesisTime: 1000, periodSeconds: 30, round: 11 }
  const numbers = (ms: number) => ({ kind: 'public-numbers', notBefore: instantOf(ms) }) as const
  const week = 604_800_000n
  expect(failableMsOf({ beacons: [numbers(5001)] })).toBe(5001n + week)
  expect(failableMsOf({ beacons: [round, numbers(1_300_001)] })).toBe(1_300_001n + week)
  expect(failableMsOf({ beacons: [round, numbers(1_299_999)] })).toBe(1_300_000n + week)
})

it('is exact however far off the rounds are, and knows the last instant there is', () => {
  const beacons = [{ genesisTime: 0, periodSeconds: 2 ** 52, round: 2 ** 52 }]
  expect(deadlineMsOf({ marginSeconds: 1, beacons })).toBe(1000n * (2n ** 52n * (2n ** 52n - 1n) - 1n))
  expect(instantOf(Number(lastInstantMs))).toBe('9999-12-31T23:59:59.999Z')
})
