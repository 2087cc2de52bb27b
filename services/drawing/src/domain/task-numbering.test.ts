import type { ItemCode, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { clueTask, publishedLine, request } from '../../tests/fixtures.ts'
import { valueOf } from '../../tests/policy.ts'
import type { FreezeRequest } from './draw.ts'
import { type DrawableLine, drawLineOf } from './plan-line.ts'
import { taskNumbering } from './task-numbering.ts'

const [own, other] = ['230300', '230400'] as unknown as readonly [RegionCode, RegionCode]
const planned = { planType: 'INTERNAL', planUnitId: '230300-scj' as UnitId } as const
const [first] = publishedLine.units
if (first === undefined) throw new Error('a unit')
const unit = (unitId: string, ...itemCodes: readonly string[]) => ({
  ...first,
  unitId: unitId as UnitId,
  itemCodes: itemCodes as readonly ItemCode[],
})

const numberingOf = (line: DrawableLine, changes: Partial<FreezeRequest> = {}, regionCode = own) =>
  taskNumbering({ ...request, line: valueOf(drawLineOf(line, 1)), ...changes }, regionCode)

describe('how the tasks of a draw are numbered', () => {
  it('DRW-20 by year, plan, line, batch and the units’ places in the line, the initiator first', () => {
    const units = [unit('230300-xfj', 'XF-1'), unit(publishedLine.initiatorUnitId, 'SP-1', 'SP-2')]
    expect(numberingOf({ ...publishedLine, ...planned, units })).toEqual({
      ...planned,
      year: publishedLine.year,
      subject: { lineId: publishedLine.lineId },
      batch: 1,
      units: [
        { position: 2, itemCodes: ['SP-1', 'SP-2'] },
        { position: 1, itemCodes: ['XF-1'] },
      ],
    })
  })

  it('DRW-20 DRW-25 DRW-30 by the task on clues, and by the number of the redraw', () => {
    expect(numberingOf({ ...clueTask, ...planned })).toMatchObject({ subject: { clueTask: { taskId: clueTask.clueTask.taskId } } })
    const redraw = (purpose: string) => ({ batch: 3, redraw: { purpose } as unknown as NonNullable<FreezeRequest['redraw']> })
    const line = { ...publishedLine, ...planned }
    expect(numberingOf(line)).not.toHaveProperty('redraw')
    expect(numberingOf(line, redraw('replacement'))).toMatchObject({ batch: 1, redraw: 3 })
    expect(numberingOf(line, redraw('rematch'))).toBeUndefined()
  })

  it('DRW-20 DRW-26 in each of several cities by the units that check there', () => {
    const units = [unit(publishedLine.initiatorUnitId, 'SP-1'), unit('230400-xfj', 'XF-1'), unit('230400-scj', 'SP-1')]
    const city = {
      regionCode: other,
      initiatorUnitId: '230400-scj' as UnitId,
      unitIds: ['230400-xfj', '230400-scj'] as unknown as UnitId[],
    }
    const line = { ...publishedLine, ...planned, units, joint: { merged: true, cities: [city] } }
    expect(numberingOf(line)?.units.map(({ position }) => position)).toEqual([1])
    expect(numberingOf(line, {}, other)?.units.map(({ position }) => position)).toEqual([3, 2])
    expect(numberingOf(line, {}, '230900' as RegionCode)).toBeUndefined()
  })

  it('DRW-20 is not made up of a line that was kept without plan type or unit', () => {
    const { planType, planUnitId } = planned
    expect(numberingOf({ ...publishedLine, planType })).toBeUndefined()
    expect(numberingOf({ ...publishedLine, planUnitId })).toBeUndefined()
  })
})
