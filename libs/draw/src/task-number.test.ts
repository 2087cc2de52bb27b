import type { RegionCode } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { type TaskPlace, taskNumberOf } from './task-number.ts'

const place: TaskPlace = {
  regionCode: '230300' as RegionCode,
  year: 2026,
  planType: 'INTERNAL',
  planUnitId: '230300-scj',
  subject: { lineId: 'L01' },
  batch: 1,
  position: 1,
  unitPosition: 1,
}

describe('the number of a task', () => {
  it('INS-07 keeps tasks apart by plan type, planning unit, line, batch, place and unit', () => {
    expect(taskNumberOf(place)).toBe('2303002026-N-scj-L01B1-00001-01')
    const others = [
      { ...place, planType: 'JOINT' as const },
      { ...place, planUnitId: '230300-xfj' },
      { ...place, subject: { lineId: 'L02' } },
      { ...place, batch: 2 },
      { ...place, position: 2 },
      { ...place, unitPosition: 2 },
    ].map(taskNumberOf)
    expect(new Set([taskNumberOf(place), ...others]).size).toBe(7)
    expect(others[0]).toBe('2303002026-L-scj-L01B1-00001-01')
  })

  it('DRW-30 keeps tasks of a redraw apart', () => {
    const second = { ...place, batch: 2, position: 3 }
    expect(taskNumberOf(second)).toBe('2303002026-N-scj-L01B2-00003-01')
    expect(taskNumberOf({ ...second, redraw: 4 })).toBe('2303002026-N-scj-L01B2R4-00003-01')
  })

  it('DRW-25 names the task on clues that it is drawn for', () => {
    const clueTask = { taskId: 'clue-task-0123456789abcdef' }
    expect(taskNumberOf({ ...place, subject: { clueTask }, position: 3 })).toBe('2303002026-X-scj-89ABCDEFB1-00003-01')
  })
})
