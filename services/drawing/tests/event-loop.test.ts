import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { type Commitment, rosterText, sortRoster, stratumSizes } from '@dual-random/draw'
import { toHex, utf8 } from '@dual-random/kernel'
import { digest } from '@dual-random/kernel/hash'
import { createLogger } from '@dual-random/runtime'
import { afterAll, describe, expect, it } from 'vitest'
import type { RosterDrawInput } from '../src/app/computations.ts'
import { computeThreads, threadComputations } from '../src/compute/computations.ts'
import { draw } from '../src/compute/tasks.ts'

const threads = computeThreads({ logger: createLogger({ service: 'test', level: 'silent' }) })
afterAll(() => threads.close())

describe('a large roster', { timeout: 120_000 }, () => {
  /** A draw over 50,000 labels, from the members of a vector that do not hang on its roster. */
  function largeDraw(): () => RosterDrawInput {
    const bundle = JSON.parse(readFileSync(new URL('../../../tests/vectors/draw/bundle-sha256.json', import.meta.url), 'utf8')) as Pick<
      RosterDrawInput,
      'reveals'
    > & { readonly commitmentText: string; readonly beaconOutputs: RosterDrawInput['beacons'] }
    const label = (index: number): string => toHex(digest('sha256', utf8(`label ${index}`)))
    const sorted = sortRoster(
      Array.from({ length: 50_000 }, (_, index) => ({ label: label(index), stratum: 'A', excluded: index % 20 === 0 })),
    )
    if (!sorted.ok) throw new Error(sorted.error.code)
    const text = rosterText(sorted.value)
    const original = JSON.parse(bundle.commitmentText) as Commitment
    const [size] = stratumSizes(sorted.value)
    const commitment = {
      ...original,
      snapshot: { ...original.snapshot, rosterDigest: toHex(digest('sha256', utf8(text))) },
      strata: [{ ...(original.strata[0] as Commitment['strata'][number]), ...size, n: 1500 }],
      batchSizes: [500, 1000],
    }
    return () => ({ commitment, beacons: bundle.beaconOutputs, reveals: bundle.reveals, roster: utf8(text) })
  }

  /** Milliseconds for which the event loop was held, and how often a timer of 5 ms went off meanwhile. */
  async function held<T>(work: () => T | Promise<T>): Promise<{ readonly value: T; readonly ms: number; readonly ticks: number }> {
    let ticks = 0
    const timer = setInterval(() => ticks++, 5)
    const before = performance.eventLoopUtilization()
    const value = await work()
    const ms = performance.eventLoopUtilization(before).active
    clearInterval(timer)
    return { value, ms, ticks }
  }

  it('leaves the event loop free while it is drawn, and the result is that of the function itself', async () => {
    const input = largeDraw()
    const computations = threadComputations(threads, 'sha256')
    const here = await held(() => draw({ ...input(), hash: 'sha256' }))
    const inThread = await held(() => computations.draw(input()))
    expect(inThread.value).toEqual(here.value)
    expect(inThread.value.ok && inThread.value.value.batches.map((batch) => batch.length)).toEqual([500, 1000])
    expect(here.ticks).toBe(0)
    expect(inThread.ticks).toBeGreaterThan(10)
    expect(inThread.ms).toBeLessThan(here.ms / 3)
  })
})
