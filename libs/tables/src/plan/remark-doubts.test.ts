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
