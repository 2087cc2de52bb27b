import { describe, expect, it } from 'vitest'
import { decodeTable } from '../table.ts'
import { parsePlanTable } from './plan-table.ts'

function asked(column: '发起部门' | '配合部门', text: string) {
  const other = column === '发起部门' ? '配合部门' : '发起部门'
  const csv = `序号,任务名称,抽查事项,检查对象,抽查比例,抽查频次,抽查时间,${column},${other}
1,某检查,某事项,某企业,5%,1次/年,3月-10月,"${text}",${other === '配合部门' ? '无' : '市甲局'}`
  const table = decodeTable(new TextEncoder().encode(csv))
  if (!table.ok) throw new Error(table.error.code)
  return parsePlanTable(table.value, { planYear: 2024 }).questions.map(({ code, textZh, options = [] }) => ({
    code,
    textZh,
    options: options.map(({ value }) => value),
  }))
}

describe('departments of which one or more take part', () => {
  it('PLN-13 are asked about with both readings where a list ends with 或', () => {
    const both = '市甲局和市乙局、市丙局之一，或者市甲局、市乙局、市丙局之一'
    expect(asked('配合部门', '市甲局、市乙局或市丙局')).toEqual([
      { code: 'conditional-participants', textZh: `“市甲局、市乙局或市丙局”可以是${both}：这一项有哪些部门参与？`, options: [] },
    ])
    expect(asked('发起部门', '市甲局、市乙局或市丙局')).toMatchObject([
      { code: 'conditional-initiator', options: ['市甲局', '市乙局', '市丙局'] },
    ])
  })

  it('PLN-13 are those beside the choice where a list begins with one', () => {
    expect(asked('发起部门', '市甲局或市乙局、市丙局')).toMatchObject([{ code: 'conditional-initiator', options: ['市甲局', '市乙局'] }])
  })
})
