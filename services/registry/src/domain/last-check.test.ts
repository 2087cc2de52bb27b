import type { Instant } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { lastCheckers, type MadeCheck } from './last-check.ts'

const made = (taskId: string, checkedAt: string, inspectorIds: readonly string[], change: Partial<MadeCheck> = {}): MadeCheck => ({
  resultId: `${taskId}-${checkedAt}`,
  taskId,
  objectId: 'o1',
  unitId: 'u1',
  inspectorIds,
  checkedAt: `2026-${checkedAt}T02:00:00.000Z` as Instant,
  knownAt: '2026-12-01T00:00:00.000Z' as Instant,
  ...change,
})

const told = (...checks: readonly MadeCheck[]) => Object.fromEntries([...lastCheckers(checks)].map(([unitId, ids]) => [unitId, [...ids]]))

describe('lastCheckers', () => {
  it('POL-01 names nobody where nothing was checked', () => {
    expect(told()).toEqual({})
  })

  it('POL-01 names who made the latest check, in whatever order the results came', () => {
    const earlier = made('t9', '03-01', ['a', 'b'])
    const later = made('t1', '03-02', ['c', 'd'])
    expect(told(earlier, later)).toEqual({ u1: ['c', 'd'] })
    expect(told(later, earlier)).toEqual({ u1: ['c', 'd'] })
  })

  it('POL-01 takes all who checked an item of that task, and of two tasks at one instant the greater id', () => {
    expect(told(made('t1', '03-01', ['a', 'b']), made('t1', '03-02', ['a', 'c']))).toEqual({ u1: ['a', 'b', 'c'] })
    expect(told(made('t2', '03-01', ['c']), made('t1', '03-01', ['a']))).toEqual({ u1: ['c'] })
  })

  it('POL-01 tells the units apart: another department’s later check leaves a unit its own', () => {
    expect(told(made('t1', '03-01', ['a']), made('t2', '03-02', ['x'], { unitId: 'u2' }))).toEqual({ u1: ['a'], u2: ['x'] })
  })
})
