import type { UnitId } from '@dual-random/kernel'
import { valueOf } from '@dual-random/testkit/shipped'
import { describe, expect, it } from 'vitest'
import { code, days, lineId } from '../../tests/support/lines.ts'
import { heilongjiang, samrDraft, shaoxing } from '../../tests/support/shipped.ts'
import { lifts, refusedFor, undrawnContext } from '../../tests/support/undrawn.ts'
import { buildUndrawnLine } from './build-undrawn-line.ts'
import { matterReports, supervisionGaps } from './key-coverage.ts'
import type { LineCheck } from './line-check.ts'
import type { KeyLineInput } from './undrawn-line.ts'

const input = (members: Partial<KeyLineInput> = {}): KeyLineInput => ({
  kind: 'KEY_SUPERVISION',
  taskName: '电梯使用安全重点检查',
  matterId: 'ZD-01',
  unitIds: ['230300-scj' as UnitId],
  window: days('2026-04-01', '2026-06-30'),
  ...members,
})
const line = (id: string, members: Partial<KeyLineInput> = {}) => ({
  planId: 'p1',
  line: valueOf(buildUndrawnLine(input(members), undrawnContext(), { lineId: lineId(id), commandId: `c-${id}` })),
})
const check = (mark: string, of: string, completed = true): LineCheck => ({ planId: 'p1', lineId: of, matterId: 'ZD-01', mark, completed })

describe('lines of key supervision', () => {
  it('TGT-03 TGT-05 name a matter of the list in force and cover all its objects by all its items', () => {
    expect(line('L01').line).toMatchObject({
      matter: { listId: 'hlj-key', listVersion: 3, matterId: 'ZD-01', stages: ['使用', '维保'] },
      field: '特种设备',
      objects: lifts.applicability,
      itemCodes: ['T1'],
    })
    expect(refusedFor(input({ matterId: 'ZD-09' }))).toEqual(['key-matter-not-in-force'])
    expect(refusedFor(input({ stages: ['维保', '报废'] }))).toEqual(['key-stage-unknown'])
  })

  it('TGT-03 say the list where several have a matter of that id', () => {
    const context = undrawnContext(undefined, { keyMatters: [{ ...lifts, listId: '230300-key', itemCodes: [] }, lifts] })
    const identity = { lineId: lineId('L01'), commandId: 'c' }
    expect(buildUndrawnLine(input(), context, identity)).toEqual({
      ok: false,
      error: [{ code: 'key-matter-ambiguous', pointer: '/listId', matterId: 'ZD-01', lists: '230300-key、hlj-key' }],
    })
    for (const [listId, itemCodes] of [
      ['hlj-key', ['T1']],
      ['230300-key', []],
    ] as const) {
      expect(valueOf(buildUndrawnLine(input({ listId }), context, identity))).toMatchObject({ matter: { listId }, itemCodes })
    }
    expect(refusedFor(input({ listId: '230400-key' }), context)).toEqual(['key-matter-not-in-force'])
  })

  it('TGT-02 PLN-19 are neither barred nor departures from double-random, under any policy', () => {
    expect(refusedFor(input(), undrawnContext(heilongjiang))).toEqual([])
    expect(refusedFor(input(), undrawnContext(samrDraft))).toEqual([])
    expect(refusedFor(input(), undrawnContext(shaoxing))).toEqual(['joint-exception-missing'])
  })
})

describe('what key supervision comes to', () => {
  const attributes = heilongjiang.find('keySupervision.attributes') ?? []
  const report = (lines: Parameters<typeof matterReports>[1], checks: readonly LineCheck[], objectCount = 2) =>
    matterReports([{ ...lifts, objectCount }], lines, checks, attributes)[0]
  const values = (found: ReturnType<typeof report>) =>
    Object.fromEntries((found?.attributes ?? []).map(({ id, reached, of }) => [id, [reached, of]]))

  it('TGT-05 every attribute of heilongjiang has its measure: objects checked, stages, times and items', () => {
    const found = report(
      [line('L01', { stages: ['使用'] }), line('L02', { stages: ['使用'] })],
      [check('a', 'L01'), check('b', 'L01'), check('a', 'L02')],
    )
    expect(values(found)).toEqual({
      FULL_COVERAGE: [2, 2],
      FULL_CHAIN: [1, 2],
      FULL_PROCESS: [1, 2],
      FULL_TIME_AND_SPACE: [1, 2],
      ALL_ROUND: [1, 1],
    })
    expect(found?.attributes[0]).toMatchObject({ share: '100%', measure: 'COVERAGE' })
  })

  it('TGT-05 an object counts once however often it is checked, and only when a check of it is over', () => {
    const found = report([line('L01')], [check('a', 'L01'), check('a', 'L01'), check('b', 'L01', false)])
    expect(found?.lines).toEqual([{ planId: 'p1', lineId: 'L01', objectsOpened: 2, objectsChecked: 1 }])
    expect(values(found)).toMatchObject({ FULL_COVERAGE: [1, 2], FULL_TIME_AND_SPACE: [0, 2] })
  })

  it('TGT-05 checks of another line or matter count for nothing; a matter without objects has no share', () => {
    const strange = [{ ...check('a', 'L01'), matterId: 'ZD-02' }, { ...check('b', 'L01'), planId: 'p2' }, check('c', 'L07')]
    expect(values(report([line('L01')], strange))).toMatchObject({ FULL_COVERAGE: [0, 2] })
    expect(report([line('L01')], [], 0)?.attributes[0]).not.toHaveProperty('share')
  })
})

describe('what is supervised by neither way', () => {
  const items = [
    { code: 'G1', name: '商品质量' },
    { code: 'T1', name: '电梯' },
    { code: 'P1', name: '治安' },
  ]

  it('TGT-23 are items neither drawn nor of a planned matter, and matters neither planned nor drawn for', () => {
    const drawn = new Set(['G1'])
    expect(supervisionGaps(items, [lifts], drawn, [])).toEqual({
      items: [
        { code: 'T1', name: '电梯' },
        { code: 'P1', name: '治安' },
      ],
      matters: [{ matterId: 'ZD-01', name: '电梯使用安全' }],
    })
    expect(supervisionGaps(items, [lifts], drawn, [line('L01')])).toEqual({ items: [{ code: 'P1', name: '治安' }], matters: [] })
    expect(supervisionGaps(items, [{ ...lifts, itemCodes: [code('G1')] }], drawn, []).matters).toEqual([])
    const ofCity = { ...lifts, listId: '230300-key', name: '电梯（市）' }
    expect(supervisionGaps(items, [ofCity, lifts], drawn, [line('L01')]).matters).toEqual([{ matterId: 'ZD-01', name: '电梯（市）' }])
  })
})
