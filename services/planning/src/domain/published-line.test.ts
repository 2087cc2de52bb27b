import type { Instant, ItemCode, LineId, LocalDate, PlanId, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { act, days } from '../../tests/support/lines.ts'
import type { ObjectScope } from './object-scope.ts'
import type { Plan, PlanLine } from './plan.ts'
import { lineDigest, publishedLine, publishedUndrawnLine, versionDigest } from './published-line.ts'
import type { UndrawnLine } from './undrawn-line.ts'

const [scj, gaj, county, neighbour] = ['230300-scj', '230300-gaj', '230302-scj', '230400-scj'] as unknown as readonly [
  UnitId,
  UnitId,
  UnitId,
  UnitId,
]
const agreement = { number: '〔2026〕1号', digest: 'ac'.repeat(32) } as never

const plan: Plan = {
  planId: 'plan-230300-2026-JOINT-230300-scj' as PlanId,
  regionCode: '230300' as RegionCode,
  unitId: scj,
  year: 2026,
  planType: 'JOINT',
  policy: { preset: 'heilongjiang', version: '3' },
  policyDigest: '9d'.repeat(32),
  drafted: act,
  updatedAt: act.at,
  nextLine: 1,
  versions: [],
}

const selection = { mode: 'BUREAU_WIDE', ground: 'STAFFING', stationUnitIds: [] } as const

/** A line with nothing that it need not have. */
const plain: PlanLine = {
  lineId: 'L01' as LineId,
  taskName: '商品质量检查',
  itemCodes: ['G1' as ItemCode],
  itemClass: 'GENERAL',
  fieldClass: 'GENERAL',
  ratios: [],
  count: 7,
  creditRule: false,
  initiatorUnitId: scj,
  units: [{ unitId: scj, itemCodes: ['G1' as ItemCode], teamSize: 2, selection }],
  batches: [],
  reasons: [],
  commandId: 'c1',
}

/** What narrows the objects of a line. */
const scope: ObjectScope = {
  kinds: ['ENTERPRISE'],
  industryPrefixes: ['H61'],
  tags: ['星级饭店'],
  regionCodes: ['230302' as RegionCode],
}

/** A line with everything that it may have. */
const full: PlanLine = {
  ...plain,
  objectScope: '商品批发零售企业',
  ratios: [{ stratum: 'A', ratio: { numerator: 3, denominator: 100 } }],
  creditRule: true,
  units: [
    { unitId: scj, itemCodes: ['G1' as ItemCode], teamSize: 2, selection: { ...selection, note: '人手不足' } },
    {
      unitId: gaj,
      itemCodes: ['G1' as ItemCode],
      teamSize: 3,
      selection,
      delegation: {
        toUnitId: county,
        toRegionCode: '230302' as RegionCode,
        kind: 'SAME_LEVEL',
        reason: '就近',
        agreement,
      },
    },
  ],
  joint: {
    merged: true,
    cities: [
      { regionCode: '230400' as RegionCode, initiatorUnitId: neighbour, unitIds: [neighbour], agreement },
      { regionCode: '230500' as RegionCode, initiatorUnitId: neighbour, unitIds: [] },
    ],
  },
  batches: [
    {
      number: 1,
      window: days('2026-03-01', '2026-06-30'),
      mergeWindowId: '230300-2026-W01',
      freezeAt: '2026-02-20T01:00:00.000Z' as Instant,
      commitAt: '2026-02-21T01:00:00.000Z' as Instant,
      share: { numerator: 1, denominator: 2 },
      scheduleProvisional: false,
    },
  ],
  jointException: { ground: 'SUPERIOR_REQUIRES', basis: '省政府通知', ...act },
  reasons: [
    { rule: 'RATIO_BAND', strata: ['A'], reason: '风险上升', legalBasis: '条例第三条', by: 'wang', at: act.at },
    { rule: 'ITEM_IN_JOINT_PLAN', reason: '另有任务', by: 'wang', at: act.at },
  ] as PlanLine['reasons'],
  source: { importId: 'i', lineNo: 1, rows: [3] },
}
const { count: _count, ...fullByRatio } = full

const undrawn: UndrawnLine = {
  lineId: 'L02' as LineId,
  kind: 'KEY_SUPERVISION',
  taskName: '电梯全覆盖检查',
  field: '特种设备',
  objectScope: '电梯使用单位',
  objects: { kinds: ['ENTERPRISE'], industryPrefixes: ['O80'], tags: ['电梯'] },
  itemCodes: ['T1' as ItemCode],
  coveredBy: ['T1' as ItemCode],
  initiatorUnitId: scj,
  unitIds: [scj, gaj],
  window: days('2026-04-01', '2026-11-30'),
  matter: { listId: 'key', listVersion: 2, matterId: 'elevators', name: '电梯', stages: ['USE'] },
  basis: '省局通知',
  problem: {
    trigger: { id: 'WIDESPREAD_PROBLEM', text: '普遍问题' },
    description: '困人频发',
    means: { similar: '全覆盖' },
  },
  jointException: { ground: 'SUPERIOR_REQUIRES', basis: '省政府通知', ...act },
  reasons: [
    { rule: 'CHECK_WITHOUT_DRAW', reason: '上级部署', legalBasis: '《特种设备安全法》', by: 'wang', at: act.at },
    { rule: 'SPECIAL_CHECK_IN_LISTED_FIELD', reason: '上级部署', by: 'wang', at: act.at },
  ],
  commandId: 'c2',
}
const { matter: _matter, basis: _basis, problem: _problem, jointException: _exception, ...bare } = undrawn

describe('a line as published', () => {
  it('PLN-08 PLN-13 says everything that its draws rest on, and of reasons not who gave them', () => {
    expect(publishedLine(plan, fullByRatio)).toEqual({
      type: 'dual-random/plan-line/v1',
      planId: plan.planId,
      lineId: 'L01',
      regionCode: '230300',
      unitId: '230300-scj',
      year: 2026,
      planType: 'JOINT',
      policy: { preset: 'heilongjiang', version: '3' },
      policyDigest: '9d'.repeat(32),
      taskName: '商品质量检查',
      objectScope: '商品批发零售企业',
      itemCodes: ['G1'],
      itemClass: 'GENERAL',
      fieldClass: 'GENERAL',
      ratios: [{ stratum: 'A', ratio: { numerator: 3, denominator: 100 } }],
      count: null,
      creditRule: true,
      initiatorUnitId: '230300-scj',
      units: [
        {
          unitId: '230300-scj',
          itemCodes: ['G1'],
          teamSize: 2,
          selection: { mode: 'BUREAU_WIDE', ground: 'STAFFING', note: '人手不足', stationUnitIds: [] },
        },
        {
          unitId: '230300-gaj',
          itemCodes: ['G1'],
          teamSize: 3,
          selection: { mode: 'BUREAU_WIDE', ground: 'STAFFING', note: null, stationUnitIds: [] },
          delegation: {
            toUnitId: '230302-scj',
            toRegionCode: '230302',
            kind: 'SAME_LEVEL',
            reason: '就近',
            agreementDigest: 'ac'.repeat(32),
          },
        },
      ],
      batches: [
        {
          number: 1,
          window: { start: '2026-03-01', end: '2026-06-30' },
          mergeWindowId: '230300-2026-W01',
          freezeAt: '2026-02-20T01:00:00.000Z',
          commitAt: '2026-02-21T01:00:00.000Z',
          share: { numerator: 1, denominator: 2 },
        },
      ],
      joint: {
        merged: true,
        cities: [
          { regionCode: '230400', initiatorUnitId: '230400-scj', unitIds: ['230400-scj'], agreementDigest: 'ac'.repeat(32) },
          { regionCode: '230500', initiatorUnitId: '230400-scj', unitIds: [], agreementDigest: null },
        ],
      },
      jointException: { ground: 'SUPERIOR_REQUIRES', basis: '省政府通知' },
      reasons: [
        { rule: 'RATIO_BAND', strata: ['A'], reason: '风险上升', legalBasis: '条例第三条' },
        { rule: 'ITEM_IN_JOINT_PLAN', strata: null, reason: '另有任务', legalBasis: null },
      ],
    })
  })

  it('PLN-19 says of a check without a draw what it goes to, when, and why it is not drawn', () => {
    expect(publishedUndrawnLine(plan, undrawn)).toEqual({
      type: 'dual-random/undrawn-line/v1',
      planId: plan.planId,
      lineId: 'L02',
      regionCode: '230300',
      unitId: '230300-scj',
      year: 2026,
      policyDigest: '9d'.repeat(32),
      kind: 'KEY_SUPERVISION',
      taskName: '电梯全覆盖检查',
      field: '特种设备',
      objectScope: '电梯使用单位',
      objects: { kinds: ['ENTERPRISE'], industryPrefixes: ['O80'], tags: ['电梯'] },
      itemCodes: ['T1'],
      coveredBy: ['T1'],
      initiatorUnitId: '230300-scj',
      unitIds: ['230300-scj', '230300-gaj'],
      window: { start: '2026-04-01', end: '2026-11-30' },
      matter: { listId: 'key', listVersion: 2, matterId: 'elevators', name: '电梯', stages: ['USE'] },
      basis: '省局通知',
      problem: { trigger: { id: 'WIDESPREAD_PROBLEM', text: '普遍问题' }, description: '困人频发', means: { similar: '全覆盖' } },
      jointException: { ground: 'SUPERIOR_REQUIRES', basis: '省政府通知' },
      reasons: [
        { rule: 'CHECK_WITHOUT_DRAW', reason: '上级部署', legalBasis: '《特种设备安全法》' },
        { rule: 'SPECIAL_CHECK_IN_LISTED_FIELD', reason: '上级部署', legalBasis: null },
      ],
    })
    expect(publishedUndrawnLine(plan, bare)).toMatchObject({ matter: null, basis: null, problem: null })
    expect(publishedUndrawnLine(plan, bare)).not.toHaveProperty('jointException')
  })
})

describe('digests that commitments and publications name', () => {
  // Computed apart from this code, by SHA-256 over sorted JSON. Draws name them: another value breaks every draw that was ever committed.
  it('PLN-08 stay what they were', () => {
    expect(lineDigest(plan, plain)).toBe('00975e1fd3cb4abf01c19b9ae1dd7d9b63660da0c6bbd67d499f80aeb93429c1')
    expect(lineDigest(plan, fullByRatio)).toBe('608888673bf47eb523e0245af9b3f4f4c3b7047f108af6c8629b3705bf08bef9')
    expect(lineDigest(plan, { ...plain, scope })).toBe('0d8b907b325270c56f663d448f75879a0b15fdd79474c1430ad9bfc5eeb6c980')
    const version = { number: 1, lines: [plain] }
    expect(versionDigest(plan, version)).toBe('5618fcf868e425d112f71a1f16e09fc3fb87f700afc3f66d3a61ffd0cc548c36')
    const priorities = [{ aspect: 'MARKET_ORDER', text: '整治预付卡', by: 'wang', at: act.at }] as never
    expect(versionDigest(plan, { ...version, undrawn: [undrawn], priorities })).toBe(
      '12fc9a959d0865c3325c9a5a06ea454c34b528bce18da1e7c024055b60263a70',
    )
  })

  it('PLN-08 PLN-13 tell the scope of a line where there is one, and nothing of it elsewhere', () => {
    expect(publishedLine(plan, { ...plain, scope })).toEqual({ ...(publishedLine(plan, plain) as object), scope })
    expect(publishedLine(plan, plain)).not.toHaveProperty('scope')
    expect(lineDigest(plan, { ...plain, scope: { ...scope, tags: ['四星级饭店'] } })).not.toBe(lineDigest(plan, { ...plain, scope }))
  })

  it('PLN-08 PLN-13 tell the scope of a batch where it has one of its own, and nothing of it elsewhere', () => {
    const [first] = full.batches
    const ofBatch = publishedLine(plan, { ...full, batches: full.batches.map((batch) => ({ ...batch, scope })) })
    expect(ofBatch).toMatchObject({ batches: [{ number: first?.number, scope }] })
    expect(publishedLine(plan, full)).not.toMatchObject({ batches: [{ scope: expect.anything() }] })
  })

  it('PLN-08 CRD-07 CRD-09 tell what objects may be drawn again for, where that is said, and nothing of it elsewhere', () => {
    const citation = { kind: 'LAW', text: '《食品安全法》第一百零九条' } as const
    const withGround = (repeatGround: NonNullable<PlanLine['repeatGround']>) => ({ ...plain, repeatGround })
    const both = withGround({ reason: '必要时复查', citation })
    expect(publishedLine(plan, both)).toEqual({
      ...(publishedLine(plan, plain) as object),
      repeatGround: { reason: '必要时复查', citation: { kind: 'LAW', text: '《食品安全法》第一百零九条' } },
    })
    expect(publishedLine(plan, withGround({ citation }))).toMatchObject({ repeatGround: { reason: null, citation } })
    expect(publishedLine(plan, withGround({ reason: '必要时复查' }))).toMatchObject({ repeatGround: { citation: null } })
    expect(publishedLine(plan, plain)).not.toHaveProperty('repeatGround')
    expect(lineDigest(plan, both)).not.toBe(lineDigest(plan, withGround({ reason: '必要时复查' })))
  })

  it('PLN-08 do not tell who gave a reason or brought a line, nor what the table it came from', () => {
    const { source: _source, ...rest } = fullByRatio
    const others = fullByRatio.reasons.map((reason) => ({ ...reason, by: 'li', at: '2026-02-02T00:00:00.000Z' as Instant }))
    expect(lineDigest(plan, { ...rest, commandId: 'other', reasons: others })).toBe(lineDigest(plan, fullByRatio))
  })

  it.each<[string, Partial<UndrawnLine>]>([
    ['its objects', { objects: { kinds: [], industryPrefixes: [], tags: ['电梯'] } }],
    ['its end', { window: { start: undrawn.window.start, end: '2026-11-29' as LocalDate } }],
    ['the stages of its matter', { matter: { ...undrawn.matter, stages: [] } as unknown as NonNullable<UndrawnLine['matter']> }],
    ['its reasons', { reasons: [] }],
  ])('PLN-10 PLN-19 that of a version changes with %s', (_, members) => {
    const version = { number: 1, lines: [], undrawn: [undrawn] }
    expect(versionDigest(plan, { ...version, undrawn: [{ ...undrawn, ...members }] })).not.toBe(versionDigest(plan, version))
  })
})
