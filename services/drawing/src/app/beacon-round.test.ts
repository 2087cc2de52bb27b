import { type BeaconSource, committedBeacon, type DrawChain, localSource, signPulse, singleKeyChain } from '@dual-random/beacon'
import { demoKeys } from '@dual-random/beacon/demo'
import { AppError } from '@dual-random/errors'
import { instantOf } from '@dual-random/kernel'
import { describe, expect, it, vi } from 'vitest'
import { fetchPulses, requireAnswers } from './beacon-round.ts'

// The first pairing of a process takes seconds where a machine is busy.
vi.setConfig({ testTimeout: 60_000 })

const secret = demoKeys('rounds').beaconSecret('one')
const chain = {
  ...singleKeyChain(secret, { source: 'self/one', kind: 'self', genesisTime: 0, periodSeconds: 30, beaconId: 'one' }),
  kind: 'self' as const,
}
const at = instantOf(600_000)
const named = committedBeacon(chain, at, 60)

function sourceOf(of: DrawChain & { readonly kind: 'self' }, lastRound: number): BeaconSource<DrawChain> {
  const source = localSource(of, secret, (round) => round <= lastRound, 'test')
  if (!source.ok) throw new Error(source.error.code)
  return { ...source.value, chain: of }
}
const refusal = (asked: Promise<unknown>) =>
  asked.then(
    () => 'answered',
    (thrown: unknown) => (thrown instanceof AppError ? [thrown.kind, thrown.code] : thrown),
  )

describe('the rounds that S names', () => {
  it('DRW-32 are fetched of the beacons that S names', async () => {
    expect(await fetchPulses([sourceOf(chain, 100)], [named])).toEqual([{ source: 'self/one', ...signPulse(secret, named.round) }])
    expect(await refusal(fetchPulses([sourceOf(chain, named.round - 1)], [named]))).toEqual(['unavailable', 'beacon-unavailable'])
  })

  it('DRW-32 are of no other beacon: not of another source, key or time than S names', async () => {
    const other = sourceOf({ ...chain, source: 'self/two' }, 100)
    expect(await refusal(fetchPulses([other], [named]))).toEqual(['unavailable', 'beacon-not-configured'])
    for (const change of [{ publicKey: 'a'.repeat(192) }, { genesisTime: 1 }, { periodSeconds: 60 }]) {
      const changed = sourceOf({ ...chain, ...change }, 100)
      expect(await refusal(fetchPulses([changed], [named]))).toEqual(['unavailable', 'beacon-configured-otherwise'])
    }
  })

  it('DRW-32 are committed to while every beacon answers', async () => {
    expect(await refusal(requireAnswers([sourceOf(chain, 20)], at))).toBe('answered')
    const silent = sourceOf({ ...chain, source: 'self/two' }, 0)
    expect(await refusal(requireAnswers([sourceOf(chain, 20), silent], at))).toEqual(['unavailable', 'beacon-unavailable'])
  })
})
