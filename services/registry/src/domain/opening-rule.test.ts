import type { RegionCode } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { creditCode } from '../../tests/files.ts'
import { isSameObject, noticeOpeningRefusal, ownOpeningRefusal } from './opening-rule.ts'
import { type DrawStatus, isDrawn, isEnded } from './told-draw.ts'

const statuses: readonly (DrawStatus | undefined)[] = [undefined, 'FROZEN', 'COMMITTED', 'DRAWN', 'MATCHED', 'CLOSED', 'VOID', 'FAILED']
const codeOf = (...asked: Parameters<typeof ownOpeningRefusal>) => ownOpeningRefusal(...asked)?.code

describe('when objects get their own openings', () => {
  it('DRW-34 SEC-05 when the draw is closed, and not before', () => {
    const waiting = statuses.filter((status) => codeOf(status, []) === 'opening-draw-not-closed')
    expect(waiting).toEqual([undefined, 'FROZEN', 'COMMITTED', 'DRAWN', 'MATCHED'])
    expect(codeOf('CLOSED', [])).toBeUndefined()
  })

  it('DRW-34 never of a draw that came to nothing', () => {
    for (const status of ['VOID', 'FAILED'] as const)
      expect(ownOpeningRefusal(status, ['CLOSED'])).toEqual({ code: 'opening-draw-ended', status })
  })

  it('DRW-34 DRW-30 only when every draw that the exclusions name, and every redraw, has ended too', () => {
    const open = statuses.filter((status) => codeOf('CLOSED', ['CLOSED', status]) === 'opening-other-draw-open')
    expect(open).toEqual([undefined, 'FROZEN', 'COMMITTED', 'DRAWN', 'MATCHED'])
    expect(codeOf('CLOSED', ['CLOSED', 'VOID', 'FAILED'])).toBeUndefined()
    expect(codeOf('MATCHED', ['CLOSED'])).toBe('opening-draw-not-closed')
  })
})

describe('whose opening it is', () => {
  it('SEC-12 DQ-05 a credit code names one object everywhere, any other code one of its own city', () => {
    const [jixi, hegang] = ['230300', '230400'] as [RegionCode, RegionCode]
    const county = '230302' as RegionCode
    const code = creditCode(1)
    expect([isSameObject(code, county, jixi), isSameObject(code, county, hegang)]).toEqual([true, true])
    expect([isSameObject('P-1', county, jixi), isSameObject('P-1', jixi, county), isSameObject('P-1', county, hegang)]).toEqual([
      true,
      true,
      false,
    ])
  })
})

describe('when an opening goes on the notice of a check', () => {
  it('DRW-34 SEC-05 once inspectors are matched, and of no object that could not be drawn', () => {
    const given = statuses.filter((status) => noticeOpeningRefusal(status, false) === undefined)
    expect(given).toEqual(['MATCHED', 'CLOSED'])
    expect(noticeOpeningRefusal('DRAWN', false)).toEqual({ code: 'opening-draw-not-matched' })
    expect(noticeOpeningRefusal('MATCHED', true)).toEqual({ code: 'opening-object-excluded' })
  })
})

describe('what a status says', () => {
  it('SEC-05 labels are drawn from DRAWN on; nobody is visited any more after the closing, or where nothing came of it', () => {
    expect(statuses.filter(isDrawn)).toEqual(['DRAWN', 'MATCHED', 'CLOSED'])
    expect(statuses.filter(isEnded)).toEqual(['CLOSED', 'VOID', 'FAILED'])
  })
})
