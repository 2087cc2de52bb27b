import { describe, expect, it } from 'vitest'
import { code, days, gaj, jointLine, percent, scj, strata } from '../../tests/support/lines.ts'
import { integrateJoint } from './joint-integration.ts'
import { wholeScope } from './object-scope.ts'
import type { PlacedLine } from './overlaps.ts'
import type { PlanLine } from './plan.ts'

const yjj = '330600-yjj' as typeof scj
const spring = days('2026-03-01', '2026-05-31')
function line(id: string, initiator: typeof scj, codes: readonly string[], window = spring, more: Partial<PlanLine> = {}): PlacedLine {
  const built = jointLine(id, { taskName: `任务${id}`, window, units: [{ unitId: scj }, { unitId: gaj }] })
  const [own] = built.units
  if (own === undefined) throw new Error('a unit')
  const units = [initiator, ...(initiator === gaj ? [] : [gaj])].map((unitId) => ({ ...own, unitId, itemCodes: codes.map(code) }))
  return { planId: `plan-${initiator}`, line: { ...built, initiatorUnitId: initiator, itemCodes: codes.map(code), units, ...more } }
}

describe('one joint plan of the initiators’', () => {
  it('PLN-21 integrates items that several initiators plan, each with all its units', () => {
    const lines = [line('L01', scj, ['G1', 'G2']), line('L02', yjj, ['G2', 'G3']), line('L03', yjj, ['P1'])]
    const { repeated, integrated } = integrateJoint(lines)
    expect(repeated.map(({ itemCode, lines: of }) => [itemCode, of.map((each) => each.line.lineId)])).toEqual([['G2', ['L01', 'L02']]])
    expect(integrated).toHaveLength(1)
    expect(integrated[0]?.line).toMatchObject({
      taskName: '任务L01、任务L02',
      itemCodes: ['G1', 'G2', 'G3'],
      initiatorUnitId: scj,
      units: [
        { unitId: scj, itemCodes: ['G1', 'G2'] },
        { unitId: gaj, itemCodes: ['G1', 'G2', 'G3'] },
        { unitId: yjj, itemCodes: ['G2', 'G3'] },
      ],
    })
  })

  it('PLN-21 DRW-16 proposes the most check batches that any of them asks for, and none where none does', () => {
    const proposed = (...numbers: readonly (number | undefined)[]) =>
      integrateJoint(
        numbers.map((checkBatches, index) =>
          line(`L0${index + 1}`, index === 0 ? scj : yjj, ['G1'], spring, checkBatches === undefined ? {} : { checkBatches }),
        ),
      ).integrated[0]?.line
    expect(proposed(3, 4)?.checkBatches).toBe(4)
    expect(proposed(undefined, 2)?.checkBatches).toBe(2)
    expect(proposed(undefined, undefined)).not.toHaveProperty('checkBatches')
  })

  it('PLN-21 leaves alone what one initiator plans twice', () => {
    expect(integrateJoint([line('L01', scj, ['G1']), line('L02', scj, ['G1'])])).toEqual({ repeated: [], integrated: [] })
  })

  it('PLN-21 makes one line of lines that hang together by way of others', () => {
    const chain = [line('L01', scj, ['G1']), line('L02', yjj, ['G1', 'G2']), line('L03', gaj, ['G2'])]
    const apart = [line('L04', scj, ['P1']), line('L05', gaj, ['P1'])]
    expect(integrateJoint([...chain, ...apart]).integrated.map(({ members }) => members.map((each) => each.line.lineId))).toEqual([
      ['L01', 'L02', 'L03'],
      ['L04', 'L05'],
    ])
  })

  it('PLN-21 PLN-13 integrates only lines of equal scope, and carries the scope and its words', () => {
    const [hotels, cafes] = ['星级饭店', '网吧'].map((tag) => ({ objectScope: tag, scope: { ...wholeScope, tags: [tag] } }))
    const of = (...more: readonly (Partial<PlanLine> | undefined)[]) =>
      integrateJoint(more.map((each, index) => line(`L0${index + 1}`, index % 2 === 0 ? scj : yjj, ['G1'], undefined, each)))
    expect(of(hotels, cafes)).toEqual({ repeated: [], integrated: [] })
    expect(of(hotels, {})).toEqual({ repeated: [], integrated: [] })
    const both = of(hotels, hotels, cafes, cafes)
    expect(both.repeated.map(({ itemCode, scope }) => [itemCode, scope?.tags])).toEqual([
      ['G1', ['星级饭店']],
      ['G1', ['网吧']],
    ])
    expect(both.integrated.map((each) => each.members.map((member) => member.line.lineId))).toEqual([
      ['L01', 'L02'],
      ['L03', 'L04'],
    ])
    expect(both.integrated.map((each) => each.line)).toMatchObject([hotels, cafes])
  })

  it('PLN-21 PLN-13 takes the one scope of all batches for the line’s, and leaves a line that draws from several as it is', () => {
    const [hotels, cafes] = ['星级饭店', '网吧'].map((tag) => ({ ...wholeScope, tags: [tag] }))
    const drawing = (id: string, initiator: typeof scj, ...scopes: readonly (typeof hotels)[]): PlacedLine => {
      const { planId, line: whole } = line(id, initiator, ['G1'])
      const [batch] = whole.batches
      if (batch === undefined) throw new Error('a batch')
      const batches = scopes.map((scope, index) => ({ ...batch, number: index + 1, ...(scope === undefined ? {} : { scope }) }))
      return { planId, line: { ...whole, batches } }
    }
    const same = integrateJoint([drawing('L01', scj, hotels), drawing('L02', yjj, hotels, hotels), drawing('L03', gaj, cafes)])
    expect(same.repeated).toMatchObject([
      { itemCode: 'G1', scope: hotels, lines: [{ line: { lineId: 'L01' } }, { line: { lineId: 'L02' } }] },
    ])
    expect(same.integrated.map((each) => each.line.scope)).toEqual([hotels])
    const nothing = { repeated: [], integrated: [] }
    expect(integrateJoint([drawing('L01', scj, hotels), drawing('L02', yjj, undefined)])).toEqual(nothing)
    expect(integrateJoint([drawing('L01', scj, hotels, cafes), drawing('L02', yjj, hotels, cafes)])).toEqual(nothing)
  })

  it('PLN-21 PLN-13 joins the words for the objects where every line has some, and says none where one has none', () => {
    const of = (...words: readonly string[]) => {
      const lines = words.map((objectScope, index) =>
        line(`L0${index}`, index === 0 ? scj : yjj, ['G1'], undefined, objectScope === '' ? {} : { objectScope }),
      )
      return integrateJoint(lines).integrated[0]?.line
    }
    expect(of('商超', '商超')?.objectScope).toBe('商超')
    expect(of('商超', '便利店')?.objectScope).toBe('商超、便利店')
    expect(of('商超', '')).toBeDefined()
    expect(of('商超', '')).not.toHaveProperty('objectScope')
    expect(of('商超', '便利店')).not.toHaveProperty('scope')
  })

  it('PLN-21 arranges the period in which most of them meet, the earliest of such', () => {
    const [march, later, june] = [days('2026-03-01', '2026-03-31'), days('2026-03-15', '2026-06-10'), days('2026-06-01', '2026-06-30')]
    const periodOf = (...windows: readonly ReturnType<typeof days>[]) => {
      const initiators = [scj, yjj, gaj]
      const lines = windows.map((window, index) => line(`L0${index}`, initiators[index] ?? scj, ['G1'], window))
      const [found] = integrateJoint(lines).integrated
      return [found?.period, found?.meeting]
    }
    expect(periodOf(march, later)).toEqual([days('2026-03-15', '2026-03-31'), 2])
    expect(periodOf(march, later, june)).toEqual([days('2026-03-15', '2026-03-31'), 2])
    expect(periodOf(march, june)).toEqual([march, 1])
    expect(periodOf(march, days('2026-03-31', '2026-04-01'))).toEqual([days('2026-03-31', '2026-03-31'), 2])
  })

  it('PLN-21 asks for the most that any of them asks for, where they are of one kind', () => {
    const of = (...more: readonly Partial<PlanLine>[]) => {
      const lines = more.map((each, index) => line(`L0${index}`, index === 0 ? scj : yjj, ['G1'], undefined, each))
      return integrateJoint(lines).integrated[0]?.line
    }
    const [low, high] = [strata({ A: '1%', B: '5%' }), strata({ A: '3%', B: '4%' })]
    expect(of({ ratios: low }, { ratios: high })?.ratios).toEqual([
      { stratum: 'A', ratio: percent('3%') },
      { stratum: 'B', ratio: percent('5%') },
    ])
    expect(of({ ratios: [], count: 5 }, { ratios: [], count: 9 })?.count).toBe(9)
    const mixed = of({ ratios: low }, { ratios: [], count: 9 })
    expect([mixed?.ratios, mixed?.count]).toEqual([undefined, undefined])
    expect(of({ ratios: low }, { ratios: strata({ ALL: '3%' }) })?.ratios).toBeUndefined()
  })

  it('PLN-21 takes the larger team of a unit that checks in several', () => {
    const [a, b] = [line('L01', scj, ['G1']), line('L02', yjj, ['G1'])]
    const larger = { ...b, line: { ...b.line, units: b.line.units.map((unit) => ({ ...unit, teamSize: 4 })) } }
    expect(integrateJoint([a, larger]).integrated[0]?.line.units?.map(({ teamSize }) => teamSize)).toEqual([2, 4, 4])
  })
})
