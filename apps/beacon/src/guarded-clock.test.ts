import { epochMsOf, instantOf } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { guardedClock } from './guarded-clock.ts'

const start = Date.UTC(2026, 2, 2)

function clocks(toleranceMs = 2000) {
  let wall = start
  let steady = 500
  const guarded = guardedClock({ wall: () => instantOf(wall), steadyMs: () => steady, toleranceMs })
  return {
    passes: (ms: number) => {
      wall += ms
      steady += ms
    },
    isSet: (ms: number) => {
      wall += ms
    },
    sinceStart: () => epochMsOf(guarded.now()) - start,
    disbelievedMs: guarded.disbelievedMs,
  }
}

describe('the clock that opens rounds', () => {
  it('DRW-32 is the wall clock while nobody sets it', () => {
    const clock = clocks()
    expect(clock.sinceStart()).toBe(0)
    clock.passes(86_400_000)
    expect([clock.sinceStart(), clock.disbelievedMs()]).toEqual([86_400_000, 0])
  })

  it('DRW-32 opens no future when the wall clock is put forward, and goes on at the pace of time', () => {
    const clock = clocks()
    clock.isSet(3_600_000)
    expect([clock.sinceStart(), clock.disbelievedMs()]).toEqual([0, 3_600_000])
    clock.passes(30_000)
    expect([clock.sinceStart(), clock.disbelievedMs()]).toEqual([30_000, 3_600_000])
    clock.isSet(-3_600_000)
    expect([clock.sinceStart(), clock.disbelievedMs()]).toEqual([30_000, 0])
  })

  it('follows the small steps of NTP, up to the tolerance', () => {
    const clock = clocks(2000)
    clock.isSet(2000)
    expect([clock.sinceStart(), clock.disbelievedMs()]).toEqual([2000, 0])
    clock.isSet(2001)
    expect([clock.sinceStart(), clock.disbelievedMs()]).toEqual([2000, 2001])
  })

  it('DRW-32 closes rounds again when the clock is put back, and is right at once when that is mended', () => {
    const clock = clocks()
    clock.passes(60_000)
    clock.isSet(-50_000)
    expect([clock.sinceStart(), clock.disbelievedMs()]).toEqual([10_000, 0])
    clock.passes(5000)
    clock.isSet(50_000)
    expect([clock.sinceStart(), clock.disbelievedMs()]).toEqual([65_000, 0])
  })
})
