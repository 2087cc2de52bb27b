import { instantOf } from '@dual-random/kernel'
import { expect, it } from 'vitest'
import { deadlineOf } from './deadline.ts'

it('is one margin before the earliest round', () => {
  const beacons = [
    { genesisTime: 1000, periodSeconds: 30, round: 11 },
    { genesisTime: 1000, periodSeconds: 3, round: 100 },
  ]
  expect(deadlineOf({ marginSeconds: 600, beacons })).toBe(instantOf(697_000))
  expect(deadlineOf({ marginSeconds: 0, beacons: [{ genesisTime: 1000, periodSeconds: 30, round: 1 }] })).toBe(instantOf(1_000_000))
})
