import { readFileSync } from 'node:fs'
import type { Instant, UnitId } from '@dual-random/kernel'
import { decodeTable } from '@dual-random/tables'
import { describe, expect, it } from 'vitest'
import {
  bureauWide,
  city,
  code,
  days,
  gaj,
  inBands,
  item,
  lineContext,
  percent,
  scj,
  strata,
  unit,
  units,
} from '../../../tests/support/lines.ts'
import { valueOf } from '../../../tests/support/shipped.ts'
import { directoryOf } from '../../domain/import/directory.ts'
import { keep } from '../../domain/import/keep.ts'
import type { ImportAnswer, PlanImport, RecordedAnswer, Resolution } from '../../domain/import/plan-import.ts'
import { wholeScope } from '../../domain/object-scope.ts'
import type { Plan } from '../../domain/plan.ts'
import { type AnswerProblem, takeAnswers } from './answer.ts'
import { openQuestions, questionGroups } from './question-groups.ts'
import { type ResolutionContext, readTable, resolveTable } from './resolve.ts'

const tobacco = '230300-ycj' as UnitId
const post = '230300-yzj' as UnitId
const medical = '230300-ybj' as UnitId
const permits = '230300-spj' as UnitId

const localUnits = [
  ...units,
  unit(tobacco, { name: '鸡西市烟草专卖局', department: '烟草专卖' }),
  unit(post, { name: '鸡西市邮政管理局', department: '邮政' }),
  unit(medical, { name: '鸡西市医疗保障局', department: '医疗保障' }),
  unit(permits, { name: '鸡西市行政审批服务管理局', department: '行政审批' }),
]

const localItems = [
  item('T1', { name: '对物流、寄递企业运输烟草制品情况的双随机抽查', checkingBody: '烟草专卖主管部门' }),
  item('M1', {
    name: '对全市医疗保障经办机构执行全省统一的医疗保障经办政务服务事项清单和办事指南，并根据实际情况调整和更新检查',
    checkingBody: '医保部门',
    itemClass: 'KEY',
  }),
  item('M2', { name: '根据各地医保政务服务“好差评”评价结果进行检查', checkingBody: '医保部门', itemClass: 'KEY' }),
  item('W1', { name: '夏粮收购监督检查' }),
]

interface Setting {
  readonly file: string
  readonly year: number
  readonly planType?: Plan['planType']
  readonly items?: typeof localItems
  readonly publisherUnitId?: UnitId
}

function setting({ file, year, planType = 'JOINT', items = localItems, publisherUnitId }: Setting) {
  const plan = { unitId: scj, regionCode: city, year, planType, selection: bureauWide }
  const line = lineContext({
    plan,
    items: new Map(items.map((each) => [each.code as string, each])),
    units: new Map(localUnits.map((each) => [each.unitId as string, each])),
  })
  const context: ResolutionContext = {
    importId: 'i1',
    directory: directoryOf(items, localUnits),
    line,
    received: { by: 'clerk', at: '2026-01-09T00:00:00.000Z' as Instant },
    ...(publisherUnitId === undefined ? {} : { publisherUnitId }),
  }
  const table = valueOf(decodeTable(readFileSync(new URL(`../../../tests/data/${file}`, import.meta.url))))
  const parsed = readTable(table, context, undefined)
  const act = { by: 'planner', at: '2026-01-10T02:00:00.000Z' as Instant }
  const take = (answers: readonly ImportAnswer[], before: readonly RecordedAnswer[] = []) =>
    takeAnswers(answers, before, { parsed, context, act })
  const refusal = (...answers: readonly ImportAnswer[]): readonly AnswerProblem[] => {
    const taken = take(answers)
    return taken.ok ? [] : taken.error
  }
  return { parsed, context, take, refusal, resolve: (answers: readonly RecordedAnswer[] = []) => resolveTable(parsed, answers, context) }
}

const asked = ({ questions }: Resolution): Readonly<Record<string, string>> =>
  Object.fromEntries(questions.map(({ questionId, code: why }) => [questionId, why]))

/** The words of a table for its objects add nothing to the items. */
const allObjects: ImportAnswer = { code: 'object-scope-unclear', value: '事项的全部对象' }

/** 3%；2次/年 is the share of the year. */
const ofYear: ImportAnswer = { questionId: 'line-1/basis', value: 'year' }

const changzhi: Setting = { file: 'changzhi-2024-joint.csv', year: 2024 }

describe('a joint plan as a city published it', () => {
  it('PLN-13 resolves departments and items by name, and asks about the rest', () => {
    expect(asked(setting(changzhi).resolve())).toEqual({
      'line-1/tiers': 'grades-without-numbers',
      'line-1/basis': 'share-of-year-or-each-draw',
      'line-2/ratio': 'ratio-sum-over-levels',
      'line-2/participants': 'unknown-unit',
      'line-3/ratio': 'ratio-sum-over-levels',
      'line-3/participants': 'unknown-unit',
    })
  })

  it('JNT-11 asks where the plan it is imported into is of one department', () => {
    expect(asked(setting({ ...changzhi, planType: 'INTERNAL' }).resolve())['table/planType']).toBe('plan-type-differs')
    expect(asked(setting(changzhi).resolve())).not.toHaveProperty('table/planType')
  })

  it('PLN-13 suggests departments by id and the nearest items by code', () => {
    const { questions } = setting({ ...changzhi, items: [item('T9', { name: '对寄递企业运输烟草制品情况的抽查' })] }).resolve()
    expect(questions.find(({ questionId }) => questionId === 'line-1/itemNames')?.options).toContainEqual({
      value: 'T9',
      label: '对寄递企业运输烟草制品情况的抽查',
    })
    expect(questions.find(({ questionId }) => questionId === 'line-2/participants')?.options).toContainEqual({
      value: permits,
      label: '鸡西市行政审批服务管理局',
    })
  })

  it('CRD-04 JNT-11 answers give ratios by grade, units and times; the line is then ready', () => {
    const { take } = setting(changzhi)
    const { resolution } = valueOf(take([{ questionId: 'line-1/tiers', ratios: inBands }, allObjects]))
    expect(asked(resolution)).not.toHaveProperty('line-1/tiers')
    const [line] = resolution.lines
    expect(line).toMatchObject({
      lineNo: 1,
      ready: true,
      input: {
        taskName: '涉烟经营活动检查',
        objectScope: '本辖区物流、寄递企业',
        itemCodes: ['T1'],
        ratios: inBands,
        initiatorUnitId: tobacco,
        units: [
          { unitId: tobacco, itemCodes: ['T1'] },
          { unitId: post, itemCodes: ['T1'] },
          { unitId: gaj, itemCodes: ['T1'] },
        ],
        window: days('2024-03-01', '2024-12-31'),
        times: 2,
        source: { importId: 'i1', lineNo: 1, rows: line?.rows },
      },
    })
  })

  it('CRD-04 one ratio for all grades raises the question of its reason; the next answer settles it', () => {
    const { take } = setting(changzhi)
    const first = valueOf(take([{ questionId: 'line-1/tiers', value: '一律' }, ofYear]))
    expect(asked(first.resolution)['line-1/ratioReason']).toBe('ratio-needs-reason')
    const both = valueOf(
      take([
        { questionId: 'line-1/tiers', value: '一律' },
        ofYear,
        { code: 'ratio-needs-reason', reason: '各等级一致', legalBasis: '联查办法' },
        allObjects,
      ]),
    )
    expect(both.resolution.lines[0]).toMatchObject({
      ready: true,
      input: {
        ratios: [{ stratum: 'ALL', ratio: percent('3%') }],
        reasons: [{ rule: 'RATIO_BAND', reason: '各等级一致', legalBasis: '联查办法', by: 'planner', at: '2026-01-10T02:00:00.000Z' }],
      },
    })
    expect(both.asked.map(({ questionId }) => questionId)).toContain('line-1/ratioReason')
  })

  it('PLN-13 draws 3% of the year or 3% at each of its two draws, as the planner says', () => {
    const ratios = (...answers: readonly ImportAnswer[]) =>
      valueOf(setting(changzhi).take([{ questionId: 'line-1/tiers', value: '一律' }, ...answers])).resolution.lines[0]?.input?.ratios
    expect(ratios()).toBeUndefined()
    expect(ratios(ofYear)).toEqual([{ stratum: 'ALL', ratio: percent('3%') }])
    expect(ratios({ questionId: 'line-1/basis', value: 'each' })).toEqual([{ stratum: 'ALL', ratio: percent('6%') }])
    expect(ratios({ lineNo: 1, times: 1 })).toEqual([{ stratum: 'ALL', ratio: percent('3%') }])
    expect(setting(changzhi).refusal({ questionId: 'line-1/basis', value: '3%' })).toMatchObject([{ code: 'answer-wrong-form' }])
  })

  it('PLN-13 takes an answer to what several lines ask alike for all of them, and one of its lines by itself', () => {
    const at = setting(changzhi)
    const count = (answers: readonly ImportAnswer[], questionIds: readonly string[]) =>
      questionIds.filter((id) => Object.keys(asked(valueOf(at.take(answers)).resolution)).includes(id)).length
    const both = ['line-2/ratio', 'line-3/ratio']
    expect(count([], both)).toBe(2)
    expect(count([{ questionId: 'lines-2,3/ratio', value: '20%' }], both)).toBe(0)
    expect(count([{ questionId: 'lines-2,3/ratio', ratio: percent('20%') }], both)).toBe(0)
    expect(count([{ questionId: 'line-3/ratio', value: '20%' }], both)).toBe(1)
    expect(
      count(
        [
          { questionId: 'line-3/ratio', value: '20%' },
          { questionId: 'lines-2,3/ratio', value: '30%' },
        ],
        both,
      ),
    ).toBe(0)
    expect(at.refusal({ questionId: 'lines-2,3/window', value: '20%' })).toEqual([
      { index: 0, code: 'question-unknown', question: 'lines-2,3/window' },
    ])
  })

  it('takes ratios by grade in the table’s own form', () => {
    const value = ['A=3%', 'B=4%', 'C=20%', 'D=100%', 'UNGRADED=5%']
    const { resolution } = valueOf(setting(changzhi).take([{ questionId: 'line-1/tiers', value }, ofYear, allObjects]))
    expect(resolution.lines[0]).toMatchObject({ ready: true, input: { ratios: inBands } })
    const other = valueOf(setting(changzhi).take([{ questionId: 'line-1/tiers', value: ['低风险=3%', '高风险=50%'] }, ofYear]))
    expect(asked(other.resolution)['line-1/quantity']).toBe('stratum-unknown')
  })

  it('takes units by id or by name, and a number in place of a ratio', () => {
    const { take } = setting(changzhi)
    const answers: readonly ImportAnswer[] = [
      { code: 'ratio-sum-over-levels', value: '12户' },
      { questionId: 'line-2/participants', value: ['鸡西市行政审批服务管理局'] },
      { lineNo: 3, initiatorUnitId: medical, participantUnitIds: [permits] },
      allObjects,
    ]
    const { resolution } = valueOf(take(answers))
    expect(asked(resolution)).toEqual({ 'line-1/tiers': 'grades-without-numbers', 'line-1/basis': 'share-of-year-or-each-draw' })
    expect(resolution.lines.slice(1)).toMatchObject([
      { ready: true, input: { count: 12, initiatorUnitId: medical, itemCodes: ['M1'] } },
      { ready: true, input: { count: 12, units: [{ unitId: medical }, { unitId: permits }], itemCodes: ['M2'] } },
    ])
  })

  it('JNT-11 asks who checks what where the checking bodies do not tell, and takes items per unit', () => {
    const { take } = setting(changzhi)
    const two: ImportAnswer = { lineNo: 1, itemCodes: [code('T1'), code('W1')], ratios: inBands }
    const unclear = valueOf(take([two]))
    expect(asked(unclear.resolution)['line-1/unitItems']).toBe('unit-items-unclear')
    const settled = valueOf(
      take([
        two,
        {
          questionId: 'line-1/unitItems',
          units: [
            { unitId: tobacco, itemCodes: [code('T1')] },
            { unitId: gaj, itemCodes: [code('W1')] },
          ],
        },
        allObjects,
      ]),
    )
    expect(settled.resolution.lines[0]).toMatchObject({ ready: true, input: { itemCodes: ['T1', 'W1'], initiatorUnitId: tobacco } })
  })

  it('leaves a row out with its reason', () => {
    const { take } = setting(changzhi)
    const { resolution } = valueOf(take([{ lineNo: 2, omit: true, reason: '由省级开展' }]))
    expect(resolution.lines[1]).toMatchObject({ omitted: '由省级开展', ready: true })
    expect(Object.keys(asked(resolution)).filter((id) => id.startsWith('line-2/'))).toEqual([])
  })

  it('PLN-02 a window outside the plan’s year is a question', () => {
    const { take } = setting(changzhi)
    const outside = valueOf(take([{ lineNo: 1, ratios: inBands, window: days('2024-10-01', '2025-03-31'), times: 1 }]))
    expect(asked(outside.resolution)['line-1/batches']).toBe('window-outside-year')
    const inside = valueOf(take([{ lineNo: 1, ratios: inBands, batches: [{ window: days('2024-10-01', '2024-12-31') }] }, allObjects]))
    expect(inside.resolution.lines[0]).toMatchObject({ ready: true, input: { batches: [{ window: days('2024-10-01', '2024-12-31') }] } })
  })

  it('a later answer replaces an earlier one that says the same in another way', () => {
    const { take } = setting(changzhi)
    const { resolution } = valueOf(
      take([
        { lineNo: 1, count: 7 },
        { lineNo: 1, ratios: inBands },
      ]),
    )
    expect(resolution.lines[0]?.input).toMatchObject({ ratios: inBands })
    expect(resolution.lines[0]?.input).not.toHaveProperty('count')
  })
})

describe('answers that are refused', () => {
  const { refusal } = setting(changzhi)

  it.each<[ImportAnswer, string]>([
    [{ value: '5%' }, 'answer-address'],
    [{ questionId: 'line-1/tiers', lineNo: 1, value: '一律' }, 'answer-address'],
    [{ questionId: 'line-9/ratio', value: '5%' }, 'question-unknown'],
    [{ lineNo: 9, count: 3 }, 'import-line-unknown'],
    [{ questionId: 'line-1/tiers' }, 'answer-empty'],
    [{ questionId: 'line-1/tiers', value: '随便' }, 'answer-wrong-form'],
    [{ questionId: 'line-1/tiers', window: days('2024-03-01', '2024-04-01') }, 'answer-settles-nothing'],
    [{ lineNo: 1, itemCodes: [code('X9')] }, 'item-not-on-list'],
    [{ lineNo: 1, initiatorUnitId: 'x' as UnitId }, 'unit-unknown'],
    [{ lineNo: 1, omit: true }, 'omit-needs-reason'],
  ])('%o → %s', (answer, expected) => {
    expect(refusal(answer)).toMatchObject([{ index: 0, code: expected }])
  })

  it('names every bad answer of a request and takes none', () => {
    expect(refusal({ questionId: 'line-1/tiers', value: '一律' }, { lineNo: 9, count: 3 }, { value: 'x' })).toMatchObject([
      { index: 1, code: 'import-line-unknown' },
      { index: 2, code: 'answer-address' },
    ])
  })

  it('a later value in the table’s own form replaces what a patch said to the same question', () => {
    const rushan = setting({ file: 'rushan-2022-grain.csv', year: 2022, planType: 'INTERNAL', publisherUnitId: scj })
    const { resolution } = valueOf(
      rushan.take([
        { lineNo: 1, ratio: percent('2%'), itemCodes: [code('M1')], window: days('2022-03-01', '2022-06-30'), times: 1 },
        { questionId: 'line-1/ratio', value: '6%' },
        { questionId: 'table/objectScope', value: '粮库' },
        allObjects,
      ]),
    )
    expect(resolution.lines[0]).toMatchObject({ ready: true, input: { ratios: [{ stratum: 'ALL', ratio: percent('6%') }] } })
  })

  it('a settled question of the table may be answered anew', () => {
    const rushan = setting({ file: 'rushan-2022-grain.csv', year: 2022, planType: 'INTERNAL' })
    const first = valueOf(rushan.take([{ questionId: 'table/objectScope', value: '粮库' }]))
    const second = valueOf(rushan.take([{ questionId: 'table/objectScope', value: '粮食收购企业' }], first.recorded))
    const settled = valueOf(
      rushan.take(
        [
          { questionId: 'table/initiator', value: scj },
          { lineNo: 3, count: 4, times: 1, reason: '专项', legalBasis: '联查办法' },
        ],
        second.recorded,
      ),
    )
    expect(settled.resolution.lines[2]?.input?.objectScope).toBe('粮食收购企业')
  })

  it('a share must lie within what the table states', () => {
    const rushan = setting({ file: 'rushan-2022-grain.csv', year: 2022, planType: 'INTERNAL' })
    expect(rushan.refusal({ questionId: 'line-1/ratio', value: '4%' })).toMatchObject([{ code: 'answer-wrong-form' }])
    expect(rushan.refusal({ questionId: 'line-1/ratio', value: '5%' })).toEqual([])
  })
})

describe('a table that leaves columns out', () => {
  const rushan: Setting = { file: 'rushan-2022-grain.csv', year: 2022, planType: 'INTERNAL' }

  it('asks for the whole table once, or takes the publisher as the initiator when told who published', () => {
    expect(asked(setting(rushan).resolve())['table/initiator']).toBe('no-initiator-column')
    expect(asked(setting({ ...rushan, publisherUnitId: scj }).resolve())).not.toHaveProperty('table/initiator')
    const { resolution } = valueOf(setting(rushan).take([{ questionId: 'table/initiator', initiatorUnitId: scj }]))
    expect(asked(resolution)).not.toHaveProperty('table/initiator')
  })

  it('settles a line of it by structured members alone', () => {
    const { take } = setting({ ...rushan, publisherUnitId: scj })
    const { resolution } = valueOf(
      take([
        { questionId: 'table/objectScope', value: '粮食收购企业' },
        { lineNo: 3, ratios: strata({ ALL: '10%' }), times: 2, reason: '不分等级', legalBasis: '联查办法', scope: wholeScope },
      ]),
    )
    expect(resolution.lines[2]).toMatchObject({
      ready: true,
      input: { taskName: '夏粮收购监督检查', itemCodes: ['W1'], initiatorUnitId: scj, times: 2, window: days('2022-06-01', '2022-09-30') },
    })
  })
})

describe('the objects that a table names', () => {
  const settled: readonly ImportAnswer[] = [{ questionId: 'line-1/tiers', ratios: inBands }]
  const scopeQuestion = ({ questions }: Resolution) => questions.find(({ questionId }) => questionId === 'line-1/scope')
  const lineOf = (...answers: readonly ImportAnswer[]) => valueOf(setting(changzhi).take([...settled, ...answers])).resolution.lines[0]

  it('PLN-13 are asked about where the words do not plainly mean every object of the items, with what they may mean', () => {
    const { resolution } = valueOf(setting(changzhi).take(settled))
    expect(scopeQuestion(resolution)).toMatchObject({
      code: 'object-scope-unclear',
      options: [{ value: '事项的全部对象' }],
      accepts: ['value', 'scope', 'objectScope', 'omit'],
    })
    expect(scopeQuestion(resolution)?.message).toContain('“本辖区物流、寄递企业”')
    expect(resolution.lines[0]?.ready).toBe(false)
    const tagged = localItems.map((each) =>
      each.code === 'T1' ? { ...each, applicability: { ...each.applicability, tags: ['业态:寄递', '业态:餐饮'] } } : each,
    )
    const proposing = valueOf(setting({ ...changzhi, items: tagged }).take(settled)).resolution
    expect(scopeQuestion(proposing)?.options.map(({ value }) => value)).toEqual(['事项的全部对象', '标签：业态:寄递'])
  })

  it('PLN-13 are all that the items apply to where a person says that the words add nothing; the words stay', () => {
    for (const answer of [allObjects, { questionId: 'line-1/scope', scope: wholeScope }]) {
      expect(lineOf(answer)).toMatchObject({ ready: true, input: { objectScope: '本辖区物流、寄递企业' } })
      expect(lineOf(answer)?.input).not.toHaveProperty('scope')
    }
  })

  it('PLN-13 are narrowed to what a person chooses, in words or by members', () => {
    const scope = { ...wholeScope, industryPrefixes: ['G54', 'G60'] }
    expect(lineOf({ questionId: 'line-1/scope', value: '行业代码：G54、G60' })).toMatchObject({ ready: true, input: { scope } })
    expect(lineOf({ questionId: 'line-1/scope', scope })).toMatchObject({ ready: true, input: { scope } })
    const urban = { ...wholeScope, kinds: ['ENTERPRISE'], regionCodes: ['230302' as never] }
    expect(lineOf({ code: 'object-scope-unclear', value: '类型：企业；地区：230302' })?.input).toMatchObject({ scope: urban })
    expect(lineOf({ lineNo: 1, objectScope: '全市企业' })).toMatchObject({ ready: true, input: { objectScope: '全市企业' } })
    expect(lineOf({ lineNo: 1, objectScope: '全市企业' })?.input).not.toHaveProperty('scope')
  })

  it.each(['寄递企业', '类型：快递员', '行业代码：54', '地区：鸡冠区', ''])(
    'PLN-13 are not taken from an answer that names no mark of the register: %j',
    (value) => {
      const { refusal } = setting(changzhi)
      expect(refusal(...settled, { questionId: 'line-1/scope', value })).toMatchObject([{ index: 1, code: 'answer-wrong-form' }])
    },
  )

  it('PLN-13 are asked about again where what a person chose takes in nothing that the items apply to, or lies elsewhere', () => {
    const codesAfter = (scope: object) =>
      asked(valueOf(setting(changzhi).take([...settled, { lineNo: 1, scope: { ...wholeScope, ...scope } }])).resolution)['line-1/scope']
    expect(codesAfter({ kinds: ['PROJECT'] })).toBe('scope-without-objects')
    expect(codesAfter({ regionCodes: ['230400'] })).toBe('scope-outside-region')
    expect(codesAfter({ regionCodes: ['230302'] })).toBeUndefined()
  })
})

describe('what is kept', () => {
  const start = ({ context }: ReturnType<typeof setting>): PlanImport => ({
    importId: context.importId,
    planId: 'p' as PlanImport['planId'],
    regionCode: '230300' as PlanImport['regionCode'],
    unitId: scj,
    state: 'OPEN',
    fileDigest: 'd',
    encoding: 'utf-8',
    receivedAt: context.received.at,
    receivedBy: context.received.by,
    rows: { title: [], header: [], footer: [] },
    lines: [],
    questions: [],
    answers: [],
    notes: [],
    problems: [],
  })

  it('PLN-13 shows what several lines ask alike as one question with its lines and rows, in each state', () => {
    const at = setting(changzhi)
    const received = keep(start(at), [], at.resolve())
    const ratios = (planImport: PlanImport) => questionGroups(planImport.questions).filter(({ question }) => question.field === 'ratio')
    expect(ratios(received)).toMatchObject([{ id: 'lines-2,3/ratio', lineNos: [2, 3], rows: [10, 11], question: { state: 'OPEN' } }])
    expect(openQuestions(received)).toHaveLength(received.questions.length - 2)
    const answer = (questionId: string): PlanImport => {
      const { recorded, resolution, asked: met } = valueOf(at.take([{ questionId, value: '20%' }]))
      return keep(received, recorded, resolution, met)
    }
    expect(ratios(answer('lines-2,3/ratio'))).toMatchObject([{ id: 'lines-2,3/ratio', question: { state: 'ANSWERED' } }])
    expect(ratios(answer('line-3/ratio')).map(({ id, question: { state } }) => [id, state])).toEqual([
      ['line-2/ratio', 'OPEN'],
      ['line-3/ratio', 'ANSWERED'],
    ])
  })

  it('keeps every question with its state and every answer with who, when and what it settled', () => {
    const at = setting(changzhi)
    const received = keep(start(at), [], at.resolve())
    const {
      recorded,
      resolution,
      asked: met,
    } = valueOf(
      at.take([
        { questionId: 'line-1/tiers', value: '一律' },
        ofYear,
        { code: 'ratio-needs-reason', reason: '各等级一致', legalBasis: '联查办法' },
        { lineNo: 2, omit: true, reason: '省级开展' },
      ]),
    )
    const answered = keep(received, recorded, resolution, met)
    const states = Object.fromEntries(answered.questions.map(({ questionId, state }) => [questionId, state]))
    expect(states).toMatchObject({
      'line-1/tiers': 'ANSWERED',
      'line-1/ratioReason': 'ANSWERED',
      'line-2/ratio': 'ANSWERED',
      'line-3/ratio': 'OPEN',
    })
    expect(answered.answers).toMatchObject([
      { by: 'planner', at: '2026-01-10T02:00:00.000Z', settled: ['line-1/tiers'] },
      { settled: ['line-1/basis'] },
      { settled: ['line-1/ratioReason'] },
      { settled: ['line-2/ratio', 'line-2/participants'] },
    ])
  })

  it('a question the registry has closed meanwhile is moot, and answers to it do no harm', () => {
    const before = setting({ ...changzhi, items: localItems.slice(1) })
    const received = keep(start(before), [], before.resolve())
    const { recorded } = valueOf(before.take([{ questionId: 'line-1/itemNames', itemCodes: [code('M1')] }]))
    const now = setting(changzhi)
    expect(keep(received, [], now.resolve()).questions.find(({ questionId }) => questionId === 'line-1/itemNames')?.state).toBe('MOOT')
    expect(now.resolve(recorded).lines[0]?.lineNo).toBe(1)
  })
})

describe('names', () => {
  const directory = directoryOf(localItems, localUnits)

  it.each([
    ['鸡西市公安局', gaj],
    ['市公安局', gaj],
    ['公安部门', gaj],
    ['市场监管部门', scj],
    ['市场监管局', scj],
    ['市烟草专卖局', tobacco],
    ['医疗保障部门', medical],
    ['市医保局', medical],
    ['其它部门', undefined],
    ['局', undefined],
  ])('%s is %s', (name, unitId) => {
    expect(directory.unitNamed(name)?.unitId).toBe(unitId)
  })

  it('a name two units could bear is nobody’s', () => {
    const two = directoryOf([], [unit(scj, { name: '甲市市场监管局' }), unit(gaj, { name: '乙市市场监管局' })])
    expect(two.unitNamed('市场监管局')).toBeUndefined()
  })

  it('item names match across width, space and closing marks', () => {
    const [first] = localItems
    expect(directory.itemsNamed(` ${first?.name.replace('、', '、\n')}。`)).toHaveLength(1)
    expect(directory.itemsNamed('夏粮收购检查')).toEqual([])
  })
})
