import type { Instant, RegionCode, UnitId } from '@dual-random/kernel'
import { decodeTable } from '@dual-random/tables'
import { describe, expect, it } from 'vitest'
import { bureauWide, city, gaj, inBands, item, lineContext, percent, scj, unit, units } from '../../../tests/support/lines.ts'
import { valueOf } from '../../../tests/support/shipped.ts'
import { directoryOf } from '../../domain/import/directory.ts'
import type { ImportAnswer } from '../../domain/import/plan-import.ts'
import { wholeScope } from '../../domain/object-scope.ts'
import { takeAnswers } from './answer.ts'
import { type ResolutionContext, readTable, resolveTable } from './resolve.ts'

const local = [...units, unit('230302-scj' as UnitId, { name: '鸡西市鸡冠区市场监督管理局', regionCode: '230302' as RegionCode })]
const checked = [item('W1', { name: '某事项' })]
const plan = { unitId: scj, regionCode: city, year: 2025, planType: 'INTERNAL' as const, selection: bureauWide }
const context: ResolutionContext = {
  importId: 'i1',
  directory: directoryOf(checked, local),
  line: lineContext({
    plan,
    items: new Map(checked.map((each) => [each.code as string, each])),
    units: new Map(local.map((each) => [each.unitId as string, each])),
  }),
  received: { by: 'clerk', at: '2025-01-09T00:00:00.000Z' as Instant },
}

interface Cells {
  readonly heading?: string
  readonly area?: string
  readonly marks?: string
  readonly remarks?: string
  readonly share?: string
  readonly times?: string
}

/** One line of a published plan that is certain but for these cells. */
function load({ heading = '抽查范围', area = '全市', marks = '', remarks = '', share = '5%', times = '1次/年' }: Cells) {
  const text = `序号,抽查任务,抽查事项,检查对象,${heading},对象条件,抽查比例,抽查频次,抽查时间,牵头部门,配合部门,备注
1,某检查,某事项,全部对象,${area},${marks},${share},${times},3-9月,鸡西市市场监督管理局,无,${remarks}`
  const parsed = readTable(valueOf(decodeTable(new TextEncoder().encode(text))), context, undefined)
  const act = { by: 'planner', at: '2025-01-10T02:00:00.000Z' as Instant }
  const answered = (...answers: readonly ImportAnswer[]) =>
    takeAnswers([{ lineNo: 1, ratios: inBands }, ...answers], [], { parsed, context, act })
  const plain = (...answers: readonly ImportAnswer[]) => takeAnswers(answers, [], { parsed, context, act })
  return { answered, plain, resolution: valueOf(answered()).resolution, untouched: resolveTable(parsed, [], context) }
}

const scopeQuestion = (cells: Cells) => load(cells).resolution.questions.find(({ questionId }) => questionId === 'line-1/scope')

describe('a share of which nothing says that it is of the year', () => {
  const open = { share: '3%', times: '' }
  const asked = (...answers: readonly ImportAnswer[]) =>
    valueOf(load(open).plain(...answers)).resolution.questions.map(({ questionId }) => questionId)
  const ratios = (...answers: readonly ImportAnswer[]) => valueOf(load(open).plain(...answers)).resolution.lines[0]?.input?.ratios

  it('PLN-13 is asked about once an answer gives two draws, as a value or as a member, and not for one', () => {
    expect(asked()).toEqual(['line-1/timesPerYear'])
    expect(asked({ questionId: 'line-1/timesPerYear', value: '1' })).not.toContain('line-1/basis')
    expect(asked({ questionId: 'line-1/timesPerYear', value: '2' })).toEqual(['line-1/basis'])
    expect(asked({ lineNo: 1, times: 2 })).toEqual(['line-1/basis'])
  })

  it('PLN-13 is taken as the answer says, and put away by a ratio of the year', () => {
    const twice: ImportAnswer = { questionId: 'line-1/timesPerYear', value: '2' }
    const ofAll = (ratio: string) => [{ stratum: 'ALL', ratio: percent(ratio) }]
    expect(ratios(twice)).toBeUndefined()
    expect(ratios(twice, { questionId: 'line-1/basis', value: 'each' })).toEqual(ofAll('6%'))
    expect(ratios(twice, { questionId: 'line-1/basis', value: 'year' })).toEqual(ofAll('3%'))
    expect(ratios(twice, { questionId: 'line-1/basis', ratio: percent('4%') })).toEqual(ofAll('4%'))
    expect(load(open).plain(twice, { questionId: 'line-1/basis', value: '3%' })).toMatchObject({
      ok: false,
      error: [{ index: 1, question: 'line-1/basis' }],
    })
  })
})

describe('a column of places', () => {
  it.each(['抽查范围', '检查范围', '抽查区域', '检查区域'])('PLN-13 that keeps to a part of the place is asked about: %s', (heading) => {
    const asked = scopeQuestion({ heading, area: '鸡冠区' })
    expect(asked).toMatchObject({
      code: 'object-scope-limited',
      options: [{ value: '事项的全部对象' }, { value: '地区：230302' }],
      accepts: ['value', 'scope', 'omit'],
    })
    expect(asked?.message).toContain(`“${heading}”写的是“鸡冠区”`)
    expect(load({ heading, area: '鸡冠区' }).resolution.lines[0]?.ready).toBe(false)
  })

  it.each(['全市', '鸡西市', '鸡西市辖区', '本辖区', '全省', '全部'])('PLN-13 that is the whole place leaves nothing open: %s', (area) => {
    const { resolution } = load({ area })
    expect(resolution.questions).toEqual([])
    expect(resolution.lines[0]).toMatchObject({ ready: true })
    expect(resolution.lines[0]?.input).not.toHaveProperty('scope')
  })

  it.each(['全县', '鸡西市鸡冠区', '城区', '城区主次干道', '除鸡冠区外'])('PLN-13 that is any other is asked about: %s', (area) => {
    expect(scopeQuestion({ area })?.code).toBe('object-scope-limited')
  })

  it('PLN-13 proposes no place that it leaves out', () => {
    expect(scopeQuestion({ area: '除鸡冠区外' })?.options.map(({ value }) => value)).toEqual(['事项的全部对象'])
  })

  it('PLN-13 is settled by the marks that a person chooses, never by other words for the objects', () => {
    const { answered } = load({ area: '鸡冠区' })
    const within = valueOf(answered({ questionId: 'line-1/scope', value: '地区：230302' })).resolution
    expect(within.lines[0]).toMatchObject({ ready: true, input: { scope: { ...wholeScope, regionCodes: ['230302'] } } })
    const whole = valueOf(answered({ code: 'object-scope-limited', value: '事项的全部对象' })).resolution
    expect(whole.lines[0]).toMatchObject({ ready: true })
    expect(whole.lines[0]?.input).not.toHaveProperty('scope')
    expect(valueOf(answered({ lineNo: 1, objectScope: '全市企业' })).resolution.lines[0]?.ready).toBe(false)
  })

  it('PLN-13 beside marks of the register is asked about, the marks proposed', () => {
    expect(scopeQuestion({ area: '鸡冠区', marks: '类型：企业' })?.options.map(({ value }) => value)).toEqual([
      '事项的全部对象',
      '类型：企业',
      '地区：230302',
    ])
    expect(scopeQuestion({ marks: '类型：企业' })).toBeUndefined()
  })
})

describe('a remark', () => {
  it.each(['仅限鸡冠区', '对象限于鸡冠区企业'])(
    'PLN-13 that keeps to some objects is asked about, with what it may mean: %s',
    (remarks) => {
      const asked = scopeQuestion({ remarks })
      expect(asked).toMatchObject({ code: 'object-scope-limited', options: [{}, { value: '地区：230302' }] })
      expect(asked?.message).toContain(`备注写的是“${remarks}”`)
    },
  )

  it.each([
    'A类企业不抽',
    '国企免查',
    '免检企业除外',
    'A级企业暂不检查',
    '剔除停业企业',
    '排除近三年已查企业',
    '对新设企业不检查',
    '停业企业不列入',
    '停业期间不开展',
    '豁免A类',
    '不纳入国企',
    '上年度已抽查的不再抽取',
    '不对A类抽查',
    '只查限额以上企业',
    '仅对城区',
    '针对规模以上企业',
  ])('PLN-13 that says who is not checked, or who alone, is asked about: %s', (remarks) => {
    expect(scopeQuestion({ remarks })).toMatchObject({ code: 'object-scope-limited' })
    expect(load({ remarks }).resolution.lines[0]?.ready).toBe(false)
  })

  it('PLN-02 that takes the line back leaves it out where a person says so, with the words of the choice', () => {
    const { plain, answered, resolution } = load({ remarks: '本任务取消' })
    expect(resolution.questions.map(({ questionId, code }) => [questionId, code])).toEqual([['line-1/standing', 'line-may-not-stand']])
    const gone = valueOf(plain({ questionId: 'line-1/standing', value: 'drop' })).resolution
    expect(gone).toEqual({ questions: [], lines: [{ lineNo: 1, taskNo: '1', rows: [2], omitted: '不要这一条', ready: true }] })
    const kept = valueOf(answered({ questionId: 'line-1/standing', value: 'stands' })).resolution
    expect(kept).toMatchObject({ questions: [], lines: [{ ready: true }] })
    expect(valueOf(answered({ lineNo: 1, omit: true, reason: '已取消' })).resolution.lines[0]).toMatchObject({ omitted: '已取消' })
  })

  it('JNT-11 that names a department which the line lacks is settled by its id', () => {
    const { answered, resolution } = load({ remarks: '与市公安局联合开展' })
    expect(resolution.questions).toMatchObject([{ questionId: 'line-1/participants', code: 'participants-in-remarks' }])
    expect(resolution.questions[0]?.options.map(({ value }) => value)).toContain(gaj)
    const settled = valueOf(answered({ questionId: 'line-1/participants', value: [gaj] })).resolution
    expect(settled.questions.map(({ code }) => code)).not.toContain('participants-in-remarks')
  })

  it.each(['不含鸡冠区', '外商投资企业除外', '除鸡冠区外'])('PLN-13 that takes objects out is asked about: %s', (remarks) => {
    expect(scopeQuestion({ remarks })).toMatchObject({ code: 'object-scope-limited', options: [{ value: '事项的全部对象' }] })
  })

  it.each(['重点河段', '理由：不含高风险对象'])('PLN-13 of another kind leaves the objects as they are: %s', (remarks) => {
    expect(scopeQuestion({ remarks })).toBeUndefined()
  })
})
