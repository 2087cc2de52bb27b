import { describe, expect, it } from 'vitest'
import type { Fault } from './fault.ts'
import { faultPlan } from './fault-plan.ts'
import { processNames, servers, victimKindOf, victimKinds } from './parts.ts'
import { plannedKills, requiredKills, totalOf } from './quotas.ts'

const whole = { seed: 1, minutes: 20, kills: 200 }

const faultsOf = (options: typeof whole): readonly Fault[] => faultPlan(options).flatMap(({ faults }) => faults)

const of = <K extends Fault['kind']>(kind: K, faults: readonly Fault[]): readonly Extract<Fault, { kind: K }>[] =>
  faults.filter((fault): fault is Extract<Fault, { kind: K }> => fault.kind === kind)

describe('faultPlan', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(faultPlan(whole)).toEqual(faultPlan(whole))
    expect(faultPlan({ ...whole, seed: 2 })).not.toEqual(faultPlan(whole))
  })

  it('kills each kind as often as 20 minutes ask for', () => {
    const kills = of('kill', faultsOf(whole))
    expect(kills.length).toBeGreaterThanOrEqual(200)
    const required = { broker: 10, store: 20, relay: 20, consumer: 20, service: 20 }
    expect(requiredKills(200)).toEqual(required)
    for (const kind of victimKinds) {
      expect(kills.filter(({ target }) => victimKindOf(target) === kind).length).toBeGreaterThanOrEqual(required[kind])
    }
  })

  it('kills less in less time, every kind at least once, and never less than was asked for', () => {
    for (const kills of [1, 6, 30, 199]) {
      const done = of('kill', faultsOf({ seed: 3, minutes: kills / 10, kills }))
      expect(done.length).toBe(totalOf(plannedKills(kills)))
      expect(done.length).toBeGreaterThanOrEqual(kills)
      expect(new Set(done.map(({ target }) => victimKindOf(target)))).toEqual(new Set(victimKinds))
    }
  })

  it('kills and suspends both copies of every process, and both servers', () => {
    const faults = faultsOf(whole)
    const everybody = new Set([...servers, ...processNames])
    expect(new Set(of('kill', faults).map(({ target }) => target))).toEqual(everybody)
    expect(new Set(of('suspend', faults).map(({ target }) => target))).toEqual(everybody)
  })

  it('keeps each lane in order and within the time', () => {
    for (const { faults } of faultPlan(whole)) {
      const times = faults.map(({ atMs }) => atMs)
      expect(times).toEqual(times.toSorted((one, other) => one - other))
      expect(Math.max(...times)).toBeLessThan(20 * 60_000)
    }
  })

  it('cuts from 1 to 12 replies, of every kind of request that changes something', () => {
    const cuts = [1, 2, 3, 4, 5].flatMap((seed) => of('cut-replies', faultsOf({ ...whole, seed })))
    expect(new Set(cuts.map(({ count }) => count))).toEqual(new Set(Array.from({ length: 12 }, (_, index) => index + 1)))
    expect(new Set(cuts.map(({ request }) => request))).toEqual(new Set(['produce', 'offset-commit', 'insert', 'update']))
  })

  it('slows networks by 50 to 500 ms, and breaks them both ways', () => {
    const faults = faultsOf(whole)
    for (const { delayMs } of of('slow', faults)) {
      expect(delayMs).toBeGreaterThanOrEqual(50)
      expect(delayMs).toBeLessThanOrEqual(500)
    }
    expect(of('silence', faults).length).toBeGreaterThan(0)
    expect(of('refuse', faults).length).toBeGreaterThan(0)
  })

  it('moves the clock forward and back, by minutes and by days', () => {
    const jumps = of('clock', faultsOf(whole)).map(({ offsetMs }) => offsetMs)
    const day = 86_400_000
    for (const wanted of [
      jumps.some((offset) => offset > day),
      jumps.some((offset) => offset < -day),
      jumps.some((offset) => offset > 0 && offset < day),
      jumps.some((offset) => offset < 0 && offset > -day),
    ]) {
      expect(wanted).toBe(true)
    }
  })
})
