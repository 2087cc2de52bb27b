import { describe, expect, it } from 'vitest'
import { operationAt } from './operation.ts'

const first = (writer: string, seed = 1) => Array.from({ length: 400 }, (_, index) => operationAt(seed, writer, index))

describe('operationAt', () => {
  it('gives a writer the same operations for the same seed, in every life', () => {
    expect(first('service-1')).toEqual(first('service-1'))
    expect(first('service-1', 2)).not.toEqual(first('service-1'))
    expect(operationAt(1, 'service-1', 57)).toEqual(first('service-1')[57])
  })

  it('has both writers change the same aggregates, each by one to three events', () => {
    const one = new Set(first('service-1').map(({ aggregateId }) => aggregateId))
    const both = first('service-2').filter(({ aggregateId }) => one.has(aggregateId))
    expect(both.length).toBeGreaterThan(300)
    expect(new Set(first('service-1').map(({ events }) => events))).toEqual(new Set([1, 2, 3]))
  })

  it('goes on to other aggregates after a while', () => {
    const before = new Set(
      first('service-1')
        .slice(0, 160)
        .map(({ aggregateId }) => aggregateId),
    )
    expect(
      first('service-1')
        .slice(160)
        .filter(({ aggregateId }) => before.has(aggregateId)),
    ).toEqual([])
  })
})
