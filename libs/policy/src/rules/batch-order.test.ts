import { ratioOf } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { fourCoalCities, policyOfPreset, samr2023Draft, valueOf } from '../../tests/shipped-presets.ts'
import { batchOrderReached, drawsBatchByBatch, type Policy, policyOf } from '../index.ts'

const shanghai = policyOfPreset('shanghai-2019')

/** Shanghai's order of check batches with the threshold of the four cities, 50%. */
function withThreshold(policy: Policy): Policy {
  const threshold = fourCoalCities.content.values.get('ratio.batchOrderThreshold')
  if (threshold === undefined) throw new Error('no threshold')
  return policyOf({ ...policy.content, values: new Map([...policy.content.values, ['ratio.batchOrderThreshold', threshold]]) })
}

const fixed = withThreshold(shanghai)
const key = (...percents: readonly string[]) => ({
  itemClass: 'KEY' as const,
  ratios: percents.map((percent) => ({ ratio: ratioOf(Math.round(Number(percent) * 100), 10_000) })),
})

describe('order of check batches', () => {
  it.each([
    ['below the threshold', ['49.99'], false],
    ['at the threshold', ['50'], true],
    ['above the threshold', ['100'], true],
    ['with one stratum at the threshold', ['3', '50'], true],
    ['with every stratum below it', ['3', '49.99'], false],
    ['with a number of objects instead of a ratio', [], false],
  ] as const)('DRW-16 a key line %s', (_, percents, needed) => {
    expect(valueOf(batchOrderReached(fixed, key(...percents)))).toEqual(needed ? ratioOf(1, 2) : undefined)
  })

  it('DRW-16 general items have no order, whatever their ratio', () => {
    expect(valueOf(batchOrderReached(fixed, { ...key('100'), itemClass: 'GENERAL' }))).toBeUndefined()
  })

  it('DRW-16 without a threshold no key line with a ratio can be judged, and the key is named', () => {
    expect(batchOrderReached(shanghai, key('1'))).toMatchObject({ ok: false, error: { key: 'ratio.batchOrderThreshold' } })
    expect(valueOf(batchOrderReached(shanghai, { ...key('1'), itemClass: 'GENERAL' }))).toBeUndefined()
    expect(valueOf(batchOrderReached(shanghai, key()))).toBeUndefined()
  })

  it('DRW-16 a policy that fixes no order asks for none, though it has a threshold', () => {
    expect(valueOf(batchOrderReached(fourCoalCities, key('100')))).toBeUndefined()
    expect(valueOf(batchOrderReached(samr2023Draft, key('100')))).toBeUndefined()
  })

  it('DRW-17 batches are drawn one after the other where policy says so', () => {
    expect(drawsBatchByBatch(samr2023Draft)).toBe(true)
    expect(drawsBatchByBatch(shanghai)).toBe(false)
    expect(drawsBatchByBatch(fourCoalCities)).toBe(false)
  })
})
