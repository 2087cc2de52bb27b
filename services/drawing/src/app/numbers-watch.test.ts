import { appError } from '@dual-random/errors'
import { describe, expect, it } from 'vitest'
import { numbersWatch } from './numbers-watch.ts'

describe('draws that wait for public numbers', () => {
  it('DRW-32 are told by the longest wait of a source, and no more once none waits', () => {
    const told: (readonly [string, number])[] = []
    const watch = numbersWatch([{ source: 'numbers/a', definition: '' }], (source, since) => void told.push([source, since]))
    const awaited = (at: string) => appError('failed-precondition', 'numbers-awaited', { meta: { source: 'numbers/a', at } })
    expect(watch.heard(awaited('2026-03-03T00:00:00.000Z'))).toBe(true)
    expect(watch.heard(awaited('2026-03-02T00:00:00.000Z'))).toBe(true)
    expect(watch.heard(appError('failed-precondition', 'numbers-differ', { meta: { source: 'numbers/a', pointer: '' } }))).toBe(false)
    expect(watch.heard(new Error('x'))).toBe(false)
    watch.tell()
    watch.tell()
    expect(told).toEqual([
      ['numbers/a', Date.UTC(2026, 2, 2) / 1000],
      ['numbers/a', 0],
    ])
  })
})
