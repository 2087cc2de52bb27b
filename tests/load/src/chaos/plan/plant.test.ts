import { describe, expect, it } from 'vitest'
import { plantPlan, plants } from './plant.ts'

describe('plantPlan', () => {
  it('is the same for the same seed, and hurts neither broker nor store', () => {
    for (const plant of plants) {
      const lanes = plantPlan(plant, { seed: 5, minutes: 0.25 })
      expect(lanes).toEqual(plantPlan(plant, { seed: 5, minutes: 0.25 }))
      const targets = lanes.flatMap(({ faults }) => faults.map(({ target }) => target))
      expect(targets.length).toBeGreaterThan(0)
      expect(targets.filter((target) => target === 'broker' || target === 'store')).toEqual([])
    }
  })

  it('repeats its round until the time is over', () => {
    const kills = (minutes: number) => plantPlan('mark-elsewhere', { seed: 5, minutes }).flatMap(({ faults }) => faults).length
    expect(kills(0.1)).toBe(2)
    expect(kills(0.5)).toBe(8)
  })
})
