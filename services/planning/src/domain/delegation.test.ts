import type { Json, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import {
  agreementDigest,
  bureauWide,
  code,
  county,
  gaj,
  jointContext,
  lineContext,
  lineId,
  lineInput,
  neighbour,
  planHeader,
  planLine,
  scj,
} from '../../tests/support/lines.ts'
import { changed, fourCoalCities, samr2024, valueOf } from '../../tests/support/shipped.ts'
import { buildLine } from './build-line.ts'
import { type DelegationInput, matchingUnitOf } from './delegation.ts'
import type { LineContext, LineUnitInput } from './line-input.ts'
import type { Plan } from './plan.ts'
import { lineDigest, publishedLine } from './published-line.ts'

const below: DelegationInput = { toUnitId: county, toRegionCode: '230302' as RegionCode }
const beside: DelegationInput = {
  toUnitId: neighbour,
  toRegionCode: '230400' as RegionCode,
  reason: '本局检查人员均与检查对象有利害关系',
  agreement: { digest: agreementDigest, title: '关于委托检查的协商函' },
}
const of = (delegation: DelegationInput, members: Partial<LineUnitInput> = {}): LineUnitInput => ({ unitId: scj, delegation, ...members })

const built = (units: readonly LineUnitInput[], context: LineContext = lineContext()) =>
  buildLine(lineInput({ units }), context, { lineId: lineId('L01'), commandId: 'c1' })
const problems = (delegation: DelegationInput, context?: LineContext) => {
  const result = built([of(delegation)], context)
  return result.ok ? [] : result.error.map(({ code: problem, pointer }) => `${pointer} ${problem}`)
}
const under = (value: Json | undefined) => lineContext({}, changed(fourCoalCities, 'inspector.delegation', value))

describe('delegating to a subordinate', () => {
  it('DRW-10 keeps organiser and matching unit separately', () => {
    const [unit] = valueOf(built([of(below)])).units
    expect(unit).toMatchObject({ unitId: scj, delegation: { ...below, kind: 'SUBORDINATE' } })
    expect(unit && matchingUnitOf(unit)).toBe(county)
    expect(matchingUnitOf({ unitId: scj })).toBe(scj)
    expect(valueOf(built([of(below)])).initiatorUnitId).toBe(scj)
  })

  it('DRW-10 needs no written document, and none that nobody has received', () => {
    expect(problems(below)).toEqual([])
    expect(problems({ ...below, agreement: { digest: agreementDigest, title: '委托书' } })).toEqual([])
    expect(problems({ ...below, agreement: { digest: '0'.repeat(64), title: '委托书' } })).toEqual([
      '/units/0/delegation/agreement/digest agreement-unknown',
    ])
  })

  it('DRW-10 goes down or to the side within a department, never up, across departments or to oneself', () => {
    const pointer = '/units/0/delegation/toUnitId'
    const to = (toUnitId: string, toRegionCode: string) =>
      problems({ ...beside, toUnitId: toUnitId as UnitId, toRegionCode: toRegionCode as RegionCode })
    expect(to('230000-scj', '230000')).toEqual([`${pointer} delegate-not-fit`])
    expect(to('230302-gaj', '230302')).toEqual([`${pointer} delegate-not-fit`])
    expect(to('230302-scj', '230400')).toEqual([`${pointer} unit-unknown`])
    expect(to('230302-xxx', '230302')).toEqual([`${pointer} unit-unknown`])
    const own = lineContext()
    expect(problems({ ...beside, toUnitId: scj, toRegionCode: planHeader.regionCode }, { ...own, delegates: own.units })).toEqual([
      `${pointer} delegate-not-fit`,
    ])
  })

  it('DRW-10 chooses among the stations of the delegate', () => {
    const station = (id: string) => ({ selection: { ...bureauWide, mode: 'SINGLE_STATION', stationUnitIds: [id as UnitId] } }) as const
    expect(built([of(below, station('230302-scj-s1'))]).ok).toBe(true)
    expect(built([of(below, station('230300-scj-s1'))])).toMatchObject({ error: [{ code: 'station-unknown' }] })
  })

  it('DRW-10 has no unit match twice in a line', () => {
    const joint = jointContext()
    const other = { unitId: gaj, itemCodes: [code('G1')] }
    expect(built([of(below), other], joint).ok).toBe(true)
    const [cityBeside, context] = ['230300-scj-2' as UnitId, joint.units.get(scj)]
    if (context === undefined) throw new Error('no unit')
    const twoOfOne = { ...joint, units: new Map([...joint.units, [cityBeside, { ...context, unitId: cityBeside }]]) }
    expect(built([of(below), { unitId: cityBeside, delegation: below }, other], twoOfOne)).toMatchObject({
      error: [{ code: 'unit-twice', pointer: '/units/1/delegation/toUnitId', unitId: county }],
    })
  })
})

describe('delegating within one level', () => {
  it('DRW-11 Appendix F 13: passes with the written document, and is refused without it', () => {
    expect(valueOf(built([of(beside)])).units[0]?.delegation).toEqual({ ...beside, kind: 'SAME_LEVEL' })
    const { agreement: _none, ...unwritten } = beside
    expect(problems(unwritten)).toEqual(['/units/0/delegation/agreement delegation-needs-agreement'])
    expect(problems({ ...beside, agreement: { digest: '0'.repeat(64), title: '未收到' } })).toEqual([
      '/units/0/delegation/agreement/digest agreement-unknown',
    ])
  })

  it('DRW-11 names its special circumstances', () => {
    const { reason: _none, ...unexplained } = beside
    expect(problems(unexplained)).toEqual(['/units/0/delegation/reason delegation-needs-reason'])
  })

  it('DRW-11 XRG-09 is allowed by written agreement or where cross-region checks are encouraged, and asks for the document in both', () => {
    const rule = { toSubordinate: 'NOT_STATED', sameLevel: 'NOT_STATED', crossRegion: 'NOT_STATED' }
    const pointer = '/units/0/delegation'
    expect(problems(beside, under(rule))).toEqual([`${pointer} delegation-not-allowed`])
    expect(problems(below, under(rule))).toEqual([`${pointer} delegation-not-allowed`])
    expect(problems(beside, under({ ...rule, sameLevel: 'WRITTEN_AGREEMENT' }))).toEqual([])
    const encouraged = under({ ...rule, crossRegion: 'ENCOURAGED' })
    expect(problems(beside, encouraged)).toEqual([])
    const { agreement: _none, ...unwritten } = beside
    expect(problems(unwritten, encouraged)).toEqual([`${pointer}/agreement delegation-needs-agreement`])
    expect(problems(below, under({ ...rule, toSubordinate: 'ALLOWED' }))).toEqual([])
  })

  it('DRW-10 DRW-11 stop at a policy that says nothing of delegation', () => {
    expect(problems(below, under(undefined))).toContain('/units/0/delegation policy-unset')
    expect(problems(below, lineContext({}, samr2024))).toContain('/units/0/delegation delegation-not-allowed')
  })
})

describe('the published line', () => {
  const plan = { ...planHeader, planId: 'p', policy: { preset: 'x', version: '1' }, policyDigest: 'd' } as unknown as Plan

  it('DRW-10 XRG-09 names the delegate with its region and the digest of the agreement; a line without one keeps its digest', () => {
    const delegated = valueOf(built([of(beside)]))
    expect(publishedLine(plan, delegated)).toMatchObject({
      units: [
        {
          unitId: scj,
          delegation: { toUnitId: neighbour, toRegionCode: '230400', kind: 'SAME_LEVEL', agreementDigest, reason: beside.reason },
        },
      ],
    })
    const without = planLine('L01')
    expect(JSON.stringify(publishedLine(plan, without))).not.toContain('delegation')
    expect(lineDigest(plan, delegated)).not.toBe(lineDigest(plan, without))
  })
})
