import type { LocalDate, PlanId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import {
  act,
  bureauWide,
  code,
  days,
  gaj,
  inBands,
  jointLine,
  lineContext,
  lineId,
  percent,
  planHeader,
  planLine,
  scj,
  station1,
  station2,
  units,
} from '../../tests/support/lines.ts'
import { valueOf } from '../../tests/support/shipped.ts'
import { buildLine } from '../domain/build-line.ts'
import type { LineInput, LineUnitInput } from '../domain/line-input.ts'
import type { Plan, PlanVersion } from '../domain/plan.ts'
import { type Names, type PolicyWords, planDocument } from './plan-document.ts'

const names: Names = { item: (item) => `事项${item}`, unit: (id) => units.find(({ unitId }) => unitId === id)?.name ?? id }

const words: PolicyWords = {
  mode: (mode) => `方式${mode}`,
  ground: (ground) => `情形${ground}`,
  aspect: (aspect) => `方面${aspect}`,
  leastTeam: 2,
}

const versionOf = (...inputs: readonly Partial<LineInput>[]): PlanVersion => ({
  number: 1,
  state: 'DRAFT',
  lines: inputs.map((input, index) =>
    (input.units === undefined || input.units.length < 2 ? planLine : jointLine)(`L0${index + 1}`, input),
  ),
  changes: [],
})

function documentOf(version: PlanVersion, members: Partial<Plan> = {}) {
  const plan = { ...planHeader, selection: bureauWide, planId: 'p1' as PlanId, versions: [version], ...members } as Plan
  return planDocument(plan, version, names, words)
}

describe('a plan as a document', () => {
  it('PLN-13 has items, objects, ratios, times, window and departments of each line by name', () => {
    const { title, publisher, lines } = documentOf(versionOf({ objectScope: '商品零售企业', times: 2 }))
    expect({ title, publisher }).toEqual({
      title: '鸡西市市场监督管理局2026年度“双随机、一公开”抽查工作计划',
      publisher: '鸡西市市场监督管理局',
    })
    expect(lines).toMatchObject([
      {
        taskName: '商品质量检查',
        itemNames: ['事项G1'],
        objectScope: '商品零售企业',
        tiers: [{ name: '信用风险A级', ratio: percent('3%') }, {}, {}, {}, { name: '未分级对象', ratio: percent('5%') }],
        timesPerYear: 2,
        window: { start: '2026-03-01' as LocalDate, end: '2026-12-31' as LocalDate },
        initiator: '鸡西市市场监督管理局',
        participants: [],
        remarks: '分2批：2026-03-01至2026-07-31（占1/2），2026-08-01至2026-12-31（占1/2）',
      },
    ])
  })

  it('PLN-13 JNT-11 tells who checks what where the departments divide the items, and why a rule was not followed', () => {
    const input: Partial<LineInput> = {
      itemCodes: [code('G1'), code('P1')],
      ratios: [{ stratum: 'ALL', ratio: percent('60%') }],
      units: [
        { unitId: scj, itemCodes: [code('G1')] },
        { unitId: gaj, itemCodes: [code('P1')] },
      ],
      initiatorUnitId: scj,
      reasons: [{ rule: 'RATIO_BAND', reason: '专项整治', legalBasis: '联查办法' }],
    }
    const { title, lines } = documentOf(versionOf(input), { planType: 'JOINT' })
    expect(title).toContain('部门联合抽查工作计划')
    expect(lines).toMatchObject([
      {
        ratio: percent('60%'),
        participants: ['鸡西市公安局'],
        remarks: '分工：鸡西市市场监督管理局检查事项G1，鸡西市公安局检查事项P1；理由：专项整治（联查办法）',
      },
    ])
  })

  it('PLN-13 JNT-11 tells who checks what too where every department checks every item: the import cannot know', () => {
    const input: Partial<LineInput> = {
      itemCodes: [code('G1'), code('G2')],
      units: [{ unitId: scj }, { unitId: gaj }],
      initiatorUnitId: scj,
    }
    const remarksOf = (members: Partial<LineInput>) => documentOf(versionOf(members), { planType: 'JOINT' }).lines[0]?.remarks
    expect(remarksOf(input)).toBe('分工：鸡西市市场监督管理局检查事项G1、事项G2，鸡西市公安局检查事项G1、事项G2')
    expect(remarksOf({ ...input, itemCodes: [code('G1')] })).toBe('')
    expect(remarksOf({ ...input, units: [{ unitId: scj }] })).toBe('')
  })

  it('CRD-07 CRD-09 tells what objects may be drawn again for, where the line says', () => {
    const remarksOf = (repeatGround: NonNullable<LineInput['repeatGround']>) => documentOf(versionOf({ repeatGround })).lines[0]?.remarks
    const citation = { kind: 'LAW', text: '《食品安全法》第一百零九条' } as const
    expect(remarksOf({ reason: '必要时复查' })).toBe('年内可重复抽查：必要时复查')
    expect(remarksOf({ citation })).toBe('年内可重复抽查：依据《食品安全法》第一百零九条')
    expect(remarksOf({ reason: '必要时复查', citation })).toBe('年内可重复抽查：必要时复查，依据《食品安全法》第一百零九条')
  })

  it('PLN-28 says below the table which version it is', () => {
    const chosen = '注：执法检查人员选派（备注另有写明的除外）：方式BUREAU_WIDE，依据人员情况，每组2人'
    expect(documentOf(versionOf({})).remarks).toEqual([chosen, '注：计划编号 p1；第 1 版（草案）'])
    const published: PlanVersion = {
      ...versionOf({}),
      state: 'PUBLISHED',
      publication: { by: 'b', at: '2026-01-10T02:00:00.000Z' as never, channels: [], digest: 'ab' },
    }
    expect(documentOf(published).remarks).toEqual([chosen, '注：计划编号 p1；第 1 版（已公布）；版本摘要（SHA-256）ab'])
    const superseded = { version: 2, by: 'b', at: '2026-02-10T02:00:00.000Z' as never }
    expect(documentOf({ ...published, state: 'SUPERSEDED', superseded }).remarks).toEqual([
      chosen,
      '注：计划编号 p1；第 1 版（已被新版取代）；版本摘要（SHA-256）ab',
    ])
  })

  it('PLN-13 DRW-09 says in a line how a department chooses its inspectors where that is not as the plan says', () => {
    const remarksOf = (unit: Partial<LineUnitInput>, members: Partial<Plan> = {}) =>
      documentOf(versionOf({ units: [{ unitId: scj, ...unit }] }), members).lines[0]?.remarks
    const selection = { mode: 'MULTI_STATION', ground: 'OTHER', note: '抽调', stationUnitIds: [station1, station2] } as const
    const mode = `方式MULTI_STATION（${names.unit(station1)}、${names.unit(station2)}），依据其他情况（抽调）`
    expect(remarksOf({})).toBe('')
    expect(remarksOf({ teamSize: 2, selection: bureauWide })).toBe('')
    expect(remarksOf({ teamSize: 3 })).toBe('选派：鸡西市市场监督管理局每组3人')
    expect(remarksOf({ selection })).toBe(`选派：鸡西市市场监督管理局${mode}`)
    expect(remarksOf({ selection, teamSize: 3 })).toBe(`选派：鸡西市市场监督管理局${mode}，每组3人`)
    const another = { ...bureauWide, ground: 'SPECIALITY' } as const
    expect(remarksOf({ selection: another })).toBe('选派：鸡西市市场监督管理局方式BUREAU_WIDE，依据专业要求')
    const reordered = { ...selection, stationUnitIds: [station2, station1] }
    expect(remarksOf({ selection }, { selection: reordered })).toBe('')
  })

  it('PLN-13 PLN-22 says why no other department takes part, before the reasons', () => {
    const [line] = versionOf({ reasons: [{ rule: 'RATIO_BAND', reason: '专项整治' }] }).lines
    if (line === undefined) throw new Error('no line')
    const alone = { ...line, jointException: { ground: 'G1', basis: '省局文件', ...act } }
    expect(documentOf({ ...versionOf(), lines: [alone] }).lines[0]?.remarks).toBe('不纳入联查：情形G1（省局文件）；理由：专项整治')
  })

  it('PLN-13 PLN-30 tells the priorities below the table', () => {
    const priorities = [
      { aspect: 'PARTY_PRIORITIES', text: '重点一' },
      { aspect: 'MARKET_ORDER', text: '需要二' },
    ]
    expect(documentOf({ ...versionOf({}), priorities }).remarks?.slice(1, 3)).toEqual([
      '注：方面PARTY_PRIORITIES：重点一',
      '注：方面MARKET_ORDER：需要二',
    ])
  })

  it('takes the whole window of a line whose batches are its own', () => {
    const batches = [{ window: days('2026-09-01', '2026-11-30') }, { window: days('2026-03-01', '2026-04-30') }]
    const input: LineInput = { taskName: '甲', itemCodes: [code('G1')], ratios: inBands, batches }
    const line = valueOf(buildLine(input, lineContext(), { lineId: lineId('L01'), commandId: 'c' }))
    const { lines } = documentOf({ number: 1, state: 'DRAFT', lines: [line], changes: [] })
    expect(lines[0]?.window).toEqual({ start: '2026-03-01', end: '2026-11-30' })
  })
})
