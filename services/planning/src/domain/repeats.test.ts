import { describe, expect, it } from 'vitest'
import { city, code, days, item, planLine } from '../../tests/support/lines.ts'
import { changed, fourCoalCities, valueOf } from '../../tests/support/shipped.ts'
import type { ExpectedGrade } from './expected-draws.ts'
import { type DrawingLine, exhaustedGrades, inOrder, isDrawnOnce, mostSharedItems, repeatCandidates, repeatConflict } from './repeats.ts'

const grade = (name: string, mapped: number, planned: number): ExpectedGrade => ({ grade: name, mapped, planned })
const line = (
  id: string,
  byGrade: readonly ExpectedGrade[],
  more: Partial<DrawingLine['line']> = {},
  start = '2026-03-01',
): DrawingLine => ({
  planId: 'p',
  planType: 'INTERNAL',
  regionCode: city,
  line: { ...planLine(id, { window: days(start, '2026-12-31') }), ...more },
  byGrade,
})
const pool = (byGrade: Readonly<Record<string, number>>) => ({ byGrade: new Map(Object.entries(byGrade)) })
const conflict = (a: DrawingLine, b: DrawingLine, either: Readonly<Record<string, number>>, policy = fourCoalCities) =>
  valueOf(repeatConflict(policy, [a, b], pool(either)))

const first = line('L01', [grade('A', 100, 50)])

describe('pairs that may be drawn again', () => {
  const items = new Map(
    ['52', '61'].map((division) => [
      `S${division}`,
      item(`S${division}`, { applicability: { kinds: ['ENTERPRISE'], industryPrefixes: [division], tags: [] } }),
    ]),
  )
  const over = (id: string, ...codes: readonly string[]) => line(id, [], { itemCodes: codes.map(code) })
  const ids = (pairs: ReturnType<typeof repeatCandidates>) => pairs.map(([a, b]) => `${a.line.lineId} ${b.line.lineId}`)

  it('CRD-09 are those of the plan with each other and with others, whatever their days, that may have an object in common', () => {
    const own = [over('L01', 'S52'), over('L02', 'S52'), over('L03', 'S61')]
    const others = [over('L04', 'S61'), over('L05', 'S52', 'S61')]
    expect(ids(repeatCandidates(own, others, items))).toEqual(['L01 L02', 'L01 L05', 'L02 L05', 'L03 L04', 'L03 L05'])
    expect(repeatCandidates([], others, items)).toEqual([])
  })

  it('CRD-09 are, where there are too many, those that share the most items', () => {
    const [one, two] = [over('L01', 'S52', 'S61'), over('L02', 'S61', 'S52')]
    const pairs = [
      [one, over('L03', 'S70')],
      [one, two],
      [one, over('L04', 'S52')],
    ] as const
    expect(mostSharedItems(pairs, 2)).toEqual([pairs[1], pairs[2]])
    expect(mostSharedItems(pairs, 1)).toEqual([pairs[1]])
  })
})

describe('what a line leaves out of those drawn before in the year', () => {
  const grades = (more: Partial<DrawingLine['line']> = {}, policy = fourCoalCities) =>
    ['A', 'WHITE_LIST_A', 'C', 'D', 'UNGRADED'].filter((each) => isDrawnOnce(policy, line('L01', [], more), each))

  it('CRD-07 CRD-09 CRD-16 are the grades under the bar, those that ask for a reason while none is recorded, and their white list', () => {
    expect(grades()).toEqual(['A', 'WHITE_LIST_A', 'C', 'UNGRADED'])
    expect(grades({ repeatGround: { reason: '必要时复查' } })).toEqual(['A', 'WHITE_LIST_A'])
    expect(grades({ repeatGround: { citation: { kind: 'LAW', text: '《食品安全法》第一百零九条' } } })).toEqual(['C', 'UNGRADED'])
  })

  it('CRD-09 POL-04 are none where policy has no bar, nor where it does not say how far it spans', () => {
    for (const key of ['repeat.lowRiskBar', 'repeat.scope'] as const)
      expect(grades({}, changed(fourCoalCities, key, undefined)), key).toEqual([])
  })
})

describe('what would be drawn again inside the repeat bar', () => {
  it('CRD-09 Appendix F 20: low-risk objects of two lines, and how many both are expected to draw', () => {
    // 40 of 100 and 80 objects are in both pools; half of one and a quarter of the other are drawn.
    const second = line('L02', [grade('A', 80, 20)])
    expect(conflict(first, second, { A: 140 })?.grades).toEqual([{ grade: 'A', outcome: 'barred', objects: 40, expected: 5 }])
    expect(conflict(first, second, { A: 180 })).toBeUndefined()
    expect(conflict(first, second, { A: 179 })?.grades).toMatchObject([{ objects: 1, expected: 0 }])
  })

  it('CRD-09 is nothing where one of them draws none of the grade', () => {
    expect(conflict(first, line('L02', [grade('A', 80, 0)]), { A: 100 })).toBeUndefined()
    expect(conflict(first, line('L02', [grade('B', 80, 40)]), { A: 100, B: 80 })).toBeUndefined()
  })

  it('CRD-07 Appendix F 20: grade D may be drawn again, grade A on a key item on a recorded ground', () => {
    const both = (name: string, more = {}) =>
      conflict(line('L01', [grade(name, 10, 5)]), line('L02', [grade(name, 10, 5)], more), { [name]: 10 })
    expect(both('D')).toBeUndefined()
    expect(both('A', { itemClass: 'KEY' })?.grades).toMatchObject([{ outcome: 'needs-reason' }])
    expect(both('B')?.grades).toMatchObject([{ outcome: 'needs-reason' }])
    expect(both('UNGRADED')?.grades).toMatchObject([{ outcome: 'needs-reason' }])
  })

  it('CRD-07 CRD-09 Appendix F 20: the ground of the later line settles it, as far as policy lets it', () => {
    const both = (name: string, later: Partial<DrawingLine['line']>, earlier = {}) =>
      conflict(line('L01', [grade(name, 10, 5)], earlier), line('L02', [grade(name, 10, 5)], later), { [name]: 10 })
    const reason = { reason: '必要时复查' }
    const citation = { kind: 'LAW', text: '《食品安全法》第一百零九条' } as const
    expect(both('B', { repeatGround: reason })).toBeUndefined()
    expect(both('A', { repeatGround: reason, itemClass: 'KEY' })).toBeUndefined()
    expect(both('A', { repeatGround: reason })?.grades).toMatchObject([{ outcome: 'barred' }])
    expect(both('A', { repeatGround: { citation } })).toBeUndefined()
    expect(both('B', { repeatGround: { citation } })?.grades).toMatchObject([{ outcome: 'needs-reason' }])
    expect(both('B', {}, { repeatGround: reason })?.grades).toMatchObject([{ outcome: 'needs-reason' }])
  })

  it('CRD-09 holds joint checks against it only where the scope of the bar spans them', () => {
    const joint = { ...line('L02', [grade('A', 100, 50)]), planType: 'JOINT' as const }
    expect(conflict(first, joint, { A: 100 })).toBeDefined()
    const narrow = changed(fourCoalCities, 'repeat.scope', { acrossLevels: true, acrossJointChecks: false, acrossRegions: true })
    expect(conflict(first, joint, { A: 100 }, narrow)).toBeUndefined()
  })

  it('TGT-20 has members of the white list with their grade', () => {
    expect(conflict(first, line('L02', [grade('A', 80, 20)]), { A: 100, WHITE_LIST_A: 40 })?.grades).toMatchObject([{ objects: 40 }])
  })

  it('CRD-09 says who draws first, by the first day', () => {
    const later = line('L00', [grade('A', 1, 1)], {}, '2026-06-01')
    expect(inOrder(later, first)).toEqual([first, later])
    expect(inOrder(first, later)).toEqual([first, later])
    const same = line('L09', [])
    expect(inOrder(same, first)).toEqual([same, first])
  })

  it('CRD-09 says of which low-risk grade the year draws more than there is', () => {
    const exhausted = (lines: readonly DrawingLine[], whole: Readonly<Record<string, number>>) =>
      valueOf(exhaustedGrades(fourCoalCities, lines, pool(whole)))
    const lines = [first, line('L02', [grade('A', 100, 51), grade('D', 4, 4)]), line('L03', [grade('D', 4, 4)])]
    expect(exhausted(lines, { A: 100, D: 4 })).toEqual([{ grade: 'A', planned: 101, objects: 100 }])
    expect(exhausted(lines, { A: 101, D: 4 })).toEqual([])
  })

  it('CRD-07 CRD-09 counts no line towards it whose ground opens the bar', () => {
    const exhausted = (more: Partial<DrawingLine['line']>) =>
      valueOf(exhaustedGrades(fourCoalCities, [first, line('L02', [grade('A', 100, 51)], more)], pool({ A: 100 })))
    const barred = [{ grade: 'A', planned: 101, objects: 100 }]
    const citation = { kind: 'LAW', text: '《食品安全法》第一百零九条' } as const
    expect(exhausted({ itemClass: 'KEY' })).toEqual(barred)
    expect(exhausted({ itemClass: 'KEY', repeatGround: { reason: '必要时复查' } })).toEqual([])
    expect(exhausted({ repeatGround: { reason: '必要时复查' } })).toEqual(barred)
    expect(exhausted({ repeatGround: { citation } })).toEqual([])
  })

  it('POL-04 stops where the policy does not say how far the bar goes, or what is low', () => {
    const second = line('L02', [grade('A', 80, 20)])
    for (const key of ['repeat.scope', 'lowRiskGrades'] as const) {
      const unset = changed(fourCoalCities, key, undefined)
      expect(repeatConflict(unset, [first, second], pool({ A: 100 })), key).toMatchObject({ ok: false, error: { key } })
    }
    const unset = changed(fourCoalCities, 'lowRiskGrades', undefined)
    expect(exhaustedGrades(unset, [first], pool({ A: 1 }))).toMatchObject({ ok: false, error: { key: 'lowRiskGrades' } })
  })
})
