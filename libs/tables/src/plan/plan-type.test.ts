import { describe, expect, it } from 'vitest'
import { answered, askedOf, planOf } from '../../tests/support/plan-text.ts'
import { realPlan } from '../../tests/support/real-plans.ts'
import { parsePlanTable } from './plan-table.ts'

const titled = (title: string, planType?: 'INTERNAL' | 'JOINT') =>
  planOf(
    [
      `${title},,,,,,,`,
      '序号,任务名称,抽查事项,检查对象,抽查比例,频次,检查时间,发起部门,配合部门',
      '1,甲任务,甲事项,企业,5%,1次/年,3-6月,市水务局,无',
    ],
    planType === undefined ? {} : { planType },
  )
const differs = ['table/planType plan-type-differs']

describe('the type of plan in the title', () => {
  it.each([
    ['某市2026年度部门联合抽查计划', 'INTERNAL'],
    ['某市2026年度跨部门联合双随机抽查计划', 'INTERNAL'],
    ['某局2026年度内部抽查计划', 'JOINT'],
    ['某局2026年度本部门抽查计划', 'JOINT'],
    ['某局2026年度内部联合抽查计划', 'JOINT'],
  ] as const)('JNT-11 is asked about where the plan is another: %s as %s', (title, planType) => {
    const parsed = titled(title, planType)
    expect(askedOf(parsed)).toEqual(differs)
    expect(answered(parsed, { 'table/planType': planType }).settled).toHaveLength(1)
  })

  it.each([
    ['某市2026年度部门联合抽查计划', 'JOINT'],
    ['某局2026年度内部联合抽查计划', 'INTERNAL'],
    ['某局2026年度系统内联合抽查计划', 'INTERNAL'],
    ['某局2026年度本部门抽查计划', 'INTERNAL'],
    ['某市2026年度抽查计划', 'INTERNAL'],
    ['某市2026年度抽查计划', 'JOINT'],
    ['某市2026年度部门联合抽查计划', undefined],
  ] as const)('JNT-11 is no question where they agree or one says nothing: %s as %s', (title, planType) => {
    expect(askedOf(titled(title, planType))).toEqual([])
  })

  it.each([
    ['changzhi-2024-joint.csv', 'INTERNAL', true],
    ['changzhi-2024-joint.csv', 'JOINT', false],
    ['shijiazhuang-2023-culture.csv', 'INTERNAL', false],
  ] as const)('JNT-11 is judged of published plans: %s as %s', (file, planType, isAsked) => {
    const { table, planYear, plan } = realPlan(file)
    const asked = askedOf(parsePlanTable(table, { planYear, title: plan.title, planType }))
    expect(asked.includes(differs[0] ?? '')).toBe(isAsked)
  })
})
