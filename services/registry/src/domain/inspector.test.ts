import type { InspectorId, Instant, LocalDate, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import {
  currentInspector,
  type Inspector,
  type InspectorContent,
  inPostAt,
  isQualifiedOn,
  recordInspector,
  servesOn,
  unitAt,
  withStatus,
} from './inspector.ts'

const content: InspectorContent = {
  name: '张一',
  subject: 'zhang1',
  homeUnitId: '230300-scj-s1' as UnitId,
  specialities: ['食品'],
  qualificationKind: '行政执法证',
  qualificationValidFrom: '2024-01-01' as LocalDate,
  qualificationValidTo: '2029-12-31' as LocalDate,
  recusal: { kind: 'scope', digest: 'd1', sealed: 's1' },
  personnelNature: null,
  status: 'ACTIVE',
  entersOn: null,
  leavesOn: null,
}
const identity = {
  inspectorId: 'cd'.repeat(16) as InspectorId,
  certificateNumber: 'SL001',
  regionCode: '230300' as RegionCode,
  unitId: '230300-scj' as UnitId,
}
const first = '2026-03-02T01:00:00.000Z' as Instant
const second = '2026-03-03T01:00:00.000Z' as Instant
const until = '2026-03-31' as LocalDate

function inspector(changes: Partial<InspectorContent> = {}): Inspector {
  const recorded = recordInspector(undefined, { ...identity, content: { ...content, ...changes } }, first, {
    load: 'file-1',
    importId: 'i1',
  })
  if (!recorded.ok) throw new Error('not recorded')
  return recorded.value.state
}

describe('recording an inspector', () => {
  it('DQ-04 the same scope sealed anew is no change, another scope is', () => {
    const resealed = { ...content, recusal: { kind: 'scope', digest: 'd1', sealed: 's2' } } as const
    expect(recordInspector(inspector(), { ...identity, content: resealed }, second, { load: 'file-2', importId: 'i2' })).toMatchObject({
      ok: true,
      value: { outcome: 'unchanged' },
    })
    expect(
      recordInspector(inspector(), { ...identity, content: { ...content, recusal: { kind: 'none' } } }, second, {
        load: 'file-2',
        importId: 'i2',
      }),
    ).toMatchObject({ ok: true, value: { outcome: 'changed' } })
  })

  it('DQ-04 tells apart what is stored from what was there already', () => {
    const origin = { load: 'file-2', importId: 'i2' }
    expect(recordInspector(undefined, { ...identity, content }, first, origin)).toMatchObject({
      ok: true,
      value: { outcome: 'created', written: true },
    })
    expect(recordInspector(inspector(), { ...identity, content }, second, origin)).toMatchObject({
      ok: true,
      value: { outcome: 'unchanged', written: false },
    })
    expect(recordInspector(inspector(), { ...identity, content: { ...content, name: '张二' } }, second, origin)).toMatchObject({
      ok: true,
      value: { outcome: 'changed', written: true, state: { timeline: [{ content }, { content: { name: '张二' } }] } },
    })
  })

  it('REG-33 another scope is a change, and so is the first entry of an inspector who had none', () => {
    const origin = { load: 'file-2', importId: 'i2' }
    const other = { ...content, recusal: { kind: 'scope', digest: 'd2', sealed: 's1' } } as const
    expect(recordInspector(inspector(), { ...identity, content: other }, second, origin)).toMatchObject({
      ok: true,
      value: { outcome: 'changed', written: true },
    })
    expect(recordInspector(inspector({ recusal: null }), { ...identity, content }, second, origin)).toMatchObject({
      ok: true,
      value: { outcome: 'changed' },
    })
    expect(
      recordInspector(inspector({ recusal: null }), { ...identity, content: { ...content, recusal: null } }, second, origin),
    ).toMatchObject({
      ok: true,
      value: { outcome: 'unchanged' },
    })
  })

  it('DQ-10 the same data from a better source are a version, from a worse one none', () => {
    const from = (quality: 'VERIFIED' | 'UNVERIFIED', current = inspector()) =>
      recordInspector(current, { ...identity, content }, second, { load: 'file-2', importId: 'i2', receivedFrom: 'S', quality })
    expect(from('UNVERIFIED')).toMatchObject({ value: { written: false } })
    const better = from('VERIFIED')
    expect(better).toMatchObject({ value: { outcome: 'changed', state: { timeline: [{}, { receivedFrom: 'S', quality: 'VERIFIED' }] } } })
    if (!better.ok) throw new Error('refused')
    expect(from('UNVERIFIED', better.value.state)).toMatchObject({ value: { written: false } })
  })

  it('REG-41 refuses another unit', () => {
    expect(
      recordInspector(inspector(), { ...identity, unitId: '230300-xfj' as UnitId, content }, second, { load: 'file-2', importId: 'i2' }),
    ).toMatchObject({
      ok: false,
      error: { code: 'owned-by-other-unit' },
    })
  })
})

describe('REG-35 in post', () => {
  it('who leaves on the last day of the window is out, who leaves the day after is in', () => {
    expect(inPostAt(inspector({ leavesOn: '2026-03-31' as LocalDate }), first, until)).toBeUndefined()
    expect(inPostAt(inspector({ leavesOn: '2026-04-01' as LocalDate }), first, until)).toBeDefined()
  })

  it('goes by the version of the instant', () => {
    const retired = recordInspector(inspector(), { ...identity, content: { ...content, status: 'RETIRED' } }, second, {
      load: 'file-2',
      importId: 'i2',
    })
    if (!retired.ok) throw new Error('not recorded')
    const { state } = retired.value
    expect(inPostAt(state, first, until)?.name).toBe('张一')
    expect(inPostAt(state, second, until)).toBeUndefined()
    expect(inPostAt(state, '2026-03-02T00:59:59.999Z' as Instant, until)).toBeUndefined()
  })
})

describe('REG-35 a change of post takes effect on its date', () => {
  const day = (text: string) => text as LocalDate

  it('REG-35 who retires on a later day serves until the day before', () => {
    const retiring = withStatus(content, 'RETIRED', day('2026-05-01'))
    expect(servesOn(retiring, day('2026-04-30'))).toBe(true)
    expect(servesOn(retiring, day('2026-05-01'))).toBe(false)
    expect(inPostAt(inspector(retiring), first, day('2026-04-30'))).toBeDefined()
    expect(inPostAt(inspector(retiring), first, day('2026-05-01'))).toBeUndefined()
  })

  it('REG-35 who left without a date is gone at once', () => {
    expect(servesOn({ ...content, status: 'TRANSFERRED' }, day('2026-03-02'))).toBe(false)
  })

  it('REG-35 who is placed or comes back is drawn from that day on, as of the day of the draw in China', () => {
    const back = withStatus({ ...content, status: 'SUSPENDED', leavesOn: day('2026-01-01') }, 'ACTIVE', day('2026-03-03'))
    expect(back).toMatchObject({ status: 'ACTIVE', leavesOn: null })
    const placed = inspector(back)
    expect(inPostAt(placed, '2026-03-02T15:59:59.999Z' as Instant, until)).toBeUndefined()
    expect(inPostAt(placed, '2026-03-02T16:00:00.000Z' as Instant, until)).toBeDefined()
  })
})

describe('REG-35 a transfer to another unit', () => {
  const fire = '230300-xfj' as UnitId
  const origin = { load: 'file-2', importId: 'i2' }
  const effective = '2026-03-03' as LocalDate
  const leaving = inspector(withStatus(content, 'TRANSFERRED', effective))
  const arriving = { ...identity, unitId: fire, content: { ...content, homeUnitId: fire } }

  it('REG-35 takes the person over from the day on which the transfer takes effect, not the day before', () => {
    const early = recordInspector(leaving, arriving, '2026-03-02T15:59:59.999Z' as Instant, origin)
    expect(early).toEqual({ ok: false, error: { code: 'transfer-not-effective', unitId: identity.unitId, leavesOn: effective } })
    expect(recordInspector(leaving, arriving, '2026-03-02T16:00:00.000Z' as Instant, origin)).toMatchObject({
      ok: true,
      value: { outcome: 'changed', written: true, state: { unitId: fire } },
    })
  })

  it('REG-35 keeps the history: who had the person when, in what post', () => {
    const taken = recordInspector(leaving, arriving, second, origin)
    if (!taken.ok) throw new Error('not taken over')
    const { state } = taken.value
    expect(state.timeline.map(({ content: { homeUnitId, status } }) => `${homeUnitId} ${status}`)).toEqual([
      '230300-scj-s1 TRANSFERRED',
      '230300-xfj ACTIVE',
    ])
    expect([first, '2026-03-03T00:59:59.999Z' as Instant, second].map((at) => unitAt(state, at))).toEqual([
      '230300-scj',
      '230300-scj',
      fire,
    ])
    expect(recordInspector(state, arriving, '2026-03-04T00:00:00.000Z' as Instant, origin)).toMatchObject({
      ok: true,
      value: { outcome: 'changed', written: false },
    })
    const returned = recordInspector(
      { ...state, timeline: leaving.timeline },
      { ...identity, content },
      '2026-03-05T00:00:00.000Z' as Instant,
      origin,
    )
    expect(returned).toMatchObject({
      ok: true,
      value: { state: { unitId: '230300-scj', formerUnits: [{ unitId: '230300-scj' }, { unitId: fire }] } },
    })
  })

  it('REG-35 ends at one unit when it begins at the other, also where the clock went back', () => {
    const sixth = '2026-03-03T06:00:00.000Z' as Instant
    const left = recordInspector(inspector(), { ...identity, content: currentInspector(leaving) }, sixth, origin)
    const taken = left.ok && recordInspector(left.value.state, arriving, second, { load: 'file-3', importId: 'i3' })
    expect(taken).toMatchObject({
      ok: true,
      value: { state: { formerUnits: [{ unitId: identity.unitId, until: '2026-03-03T06:00:00.001Z' }], timeline: [{}, {}, {}] } },
    })
  })

  it('REG-35 who was never transferred was always at the one unit', () => {
    expect(unitAt(inspector(), first)).toBe(identity.unitId)
  })

  it('REG-41 takes over nobody who serves, retired or is suspended elsewhere, and only who is to serve here', () => {
    for (const status of ['ACTIVE', 'RETIRED', 'LEFT', 'SUSPENDED'] as const) {
      const elsewhere = inspector(withStatus(content, status, '2026-01-01' as LocalDate))
      expect(recordInspector(elsewhere, arriving, second, origin), status).toMatchObject({
        ok: false,
        error: { code: 'owned-by-other-unit' },
      })
    }
    const notServing = { ...arriving, content: { ...arriving.content, status: 'TRANSFERRED' as const } }
    expect(recordInspector(leaving, notServing, second, origin)).toMatchObject({ ok: false, error: { code: 'owned-by-other-unit' } })
  })
})

describe('REG-33 enforcement qualification', () => {
  it('REG-33 holds from its first day to its last, both included', () => {
    const held = (date: string) => isQualifiedOn(content, date as LocalDate)
    expect([held('2023-12-31'), held('2024-01-01'), held('2029-12-31'), held('2030-01-01')]).toEqual([false, true, true, false])
    expect(isQualifiedOn({ ...content, qualificationValidTo: null }, '2026-01-01' as LocalDate)).toBe(false)
    expect(isQualifiedOn({ ...content, qualificationValidFrom: null }, '2023-12-31' as LocalDate)).toBe(true)
  })
})
