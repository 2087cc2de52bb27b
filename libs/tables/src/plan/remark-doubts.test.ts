import { describe, expect, it } from 'vitest'
import { answered, askedOf, planOf } from '../../tests/support/plan-text.ts'
import { readRemarkedUnits } from '../cells/remarked-units.ts'
import type { PlanOptions } from './plan-context.ts'

const heading = '序号,任务名称,抽查事项,检查对象,抽查比例,频次,检查时间,发起部门,配合部门,备注'
const withRemark = (remark: string, participants = '无', options: Partial<PlanOptions> = {}) =>
  planOf([heading, `1,甲任务,甲事项,企业,5%,1次/年,3-6月,市水务局,${participants},"${remark}"`], options)
const asked = (...words: Parameters<typeof withRemark>) => askedOf(withRemark(...words))

describe('a remark that names departments', () => {
  it.each([
    ['与市公安局联合开展', ['市公安局']],
    ['由市公安局、市税务局配合', ['市公安局', '市税务局']],
    ['会同市文化和旅游局检查', ['市文化和旅游局']],
    ['需市公安局协助；不重复抽查', ['市公安局']],
    ['与其它部门联合开展抽查', []],
    ['联合开展', []],
    ['参与企业较多', []],
    ['市公安局2025年已检查', []],
  ])('PLN-13 names those that check together: %s', (remark, names) => {
    expect(readRemarkedUnits(remark)).toEqual(names)
  })

  it('PLN-13 JNT-11 is asked about where no column has them, the one name offered', () => {
    expect(asked('与市公安局联合开展')).toEqual(['line-1/participants participants-in-remarks'])
    expect(withRemark('与市公安局联合开展').questions[0]?.options?.map(({ value }) => value)).toEqual(['市公安局', '无'])
    expect(asked('与市公安局联合开展', '市税务局')).toEqual(['line-1/participants participants-in-remarks'])
    expect(withRemark('与市公安局联合开展', '市税务局').questions[0]?.options?.map(({ value }) => value)).toEqual(['无'])
    const [line] = answered(withRemark('与市公安局联合开展'), { 'line-1/participants': '市公安局' }).settled
    expect(line?.participants).toEqual(['市公安局'])
  })

  it('PLN-13 is certain where the columns have them, by whatever name the register has', () => {
    expect(asked('与市公安局联合开展', '市公安局')).toEqual([])
    expect(asked('市水务局牵头，市公安局参与', '市公安局')).toEqual([])
    const resolveUnit = (name: string) => name.replace(/^市/, '某市')
    expect(asked('与市公安局联合开展', '市公安局', { resolveUnit })).toEqual([])
    expect(asked('理由：与市公安局联合开展')).toEqual([])
  })
})

describe('a remark that takes the line back', () => {
  it.each(['本任务取消', '疫情期间暂停', '与专项检查合并'])('PLN-02 asks whether the line stands: %s', (remark) => {
    expect(asked(remark)).toEqual(['line-1/standing line-may-not-stand'])
    expect(answered(withRemark(remark), { 'line-1/standing': 'drop' })).toMatchObject({
      settled: [],
      remaining: [],
      dropped: [{ lineNo: 1 }],
    })
    expect(answered(withRemark(remark), { 'line-1/standing': 'stands' }).settled).toHaveLength(1)
  })

  it.each(['重点河段', '理由：去年的任务取消', '按照市局部署开展'])('PLN-02 leaves the line where it says nothing of it: %s', (remark) => {
    expect(asked(remark)).toEqual([])
  })
})

describe('a remark with an amount of its own', () => {
  it.each(['每季度抽3家', '抽取10户', '每年检查2次', '比例不低于3%', 'A类企业1%'])(
    'PLN-13 is asked about beside the columns: %s',
    (remark) => {
      expect(asked(remark)).toEqual(['line-1/remarkedAmount amount-in-remarks'])
      expect(answered(withRemark(remark), { 'line-1/remarkedAmount': 'columns' }).settled).toHaveLength(1)
      expect(answered(withRemark(remark), { 'line-1/remarkedAmount': 'drop' }).settled).toEqual([])
    },
  )

  it.each(['每年检查1次', '抽查比例5%', '不重复抽查', '2025年新增'])(
    'PLN-13 is certain where it says what they say, or nothing of it: %s',
    (remark) => {
      expect(asked(remark)).toEqual([])
    },
  )
})

describe('a remark that may say otherwise than the columns', () => {
  it.each(
    [
      ['两年一次', '增加1次', '高风险对象每季度一次', '分上下半年两批'],
      ['第一批20户', '各县区不少于3户', '市级抽取10户', '重点检查2家', '上半年完成50%', '每个乡镇抽三家', '抽取百分之十以上'],
      ['计划调整至下半年', '9月底前完成', '暑假期间不开展', '推迟进行', '5-7月', '三季度起实施', '年底前完成'],
    ].flat(),
  )('PLN-13 is asked about: %s', (remark) => {
    expect(asked(remark)).toEqual(['line-1/remarkedOtherwise remark-says-otherwise'])
    expect(answered(withRemark(remark), { 'line-1/remarkedOtherwise': 'columns' }).settled).toHaveLength(1)
    expect(answered(withRemark(remark), { 'line-1/remarkedOtherwise': 'drop' }).settled).toEqual([])
  })

  it('PLN-13 is quoted clause by clause, each once: an amount as one, a line taken back as one', () => {
    const { questions } = withRemark('第一批20户，第二批10户；每年检查2次；9月取消')
    expect(questions.map(({ code }) => code)).toEqual(['line-may-not-stand', 'amount-in-remarks', 'remark-says-otherwise'])
    expect(questions[2]?.textZh).toContain('“第一批20户；第二批10户”')
  })

  it.each(
    [
      ['3-6月', '6月底前完成', '3月起', '3月至6月开展'],
      ['三年内不重复抽查', '优先抽取C、D级企业', '抽查结果20个工作日内公示', '抽中后30日内完成', '抽中后三个月内完成'],
      ['由市局统一批准', '重点检查二次供水单位', '检查一次性用品', '实行一户一档', '近半年受过处罚的优先', '国家级园区'],
      ['理由：去年每季度抽查3家', '不纳入联查：市公安局9月另行检查', '年内可重复抽查：每季度一次', '按照2024年3月通知执行'],
    ].flat(),
  )('PLN-13 is certain where it says what they say, or nothing of it: %s', (remark) => {
    expect(asked(remark)).toEqual([])
  })

  it('PLN-13 is told of as a column that stays in the file, unless all of it was read', () => {
    const noted = (remark: string) => withRemark(remark).notes.filter(({ column }) => column === '备注')
    expect(noted('重点河段')).toMatchObject([{ line: 1, code: 'remarks-kept' }])
    expect(noted('抽中对象分3个检查批次依序检查')).toEqual([])
    expect(noted('')).toEqual([])
  })
})
