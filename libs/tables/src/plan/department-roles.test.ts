import { describe, expect, it } from 'vitest'
import { askedOf, planOf } from '../../tests/support/plan-text.ts'

const heading = '序号,任务名称,抽查事项,检查对象,抽查比例,频次,检查时间,牵头单位,配合单位'
const asked = (initiator: string, participants: string, resolveUnit?: (name: string) => string | undefined) =>
  askedOf(
    planOf(
      [heading, `1,甲任务,甲事项,企业,5%,1次/年,3-6月,${initiator},${participants}`],
      resolveUnit === undefined ? {} : { resolveUnit },
    ),
  )

describe('a role that a department has in the column of another', () => {
  it.each(['市公安局参与', '市公安局配合', '参与单位：市公安局'])('PLN-13 is asked about among those that lead: %s', (initiator) => {
    expect(asked(initiator, '市教育局')).toEqual(['line-1/initiator initiator-takes-part'])
  })

  it.each(['市教育局牵头', '市教育局（牵头）', '牵头单位：市教育局'])(
    'PLN-13 is asked about among those that take part: %s',
    (participants) => {
      expect(asked('市公安局', participants)).toEqual(['line-1/participants participant-leads'])
    },
  )

  it('PLN-13 is certain where it is that of the column, or a unit is called so', () => {
    expect(asked('市教育局牵头', '市公安局配合')).toEqual([])
    expect(asked('牵头单位：市教育局', '参与单位：市公安局')).toEqual([])
    expect(asked('市教育局', '市公安局', (name) => name)).toEqual([])
    expect(asked('市社会参与', '市公安局', (name) => name)).toEqual([])
  })
})

describe('who leads and who takes part in one cell', () => {
  const one = '序号,任务名称,抽查事项,检查对象,抽查比例,频次,检查时间,实施部门'
  const units = (head: string, cells: string, resolveUnit?: (name: string) => string | undefined) => {
    const parsed = planOf([head, `1,甲任务,甲事项,企业,5%,1次/年,3-6月,${cells}`], resolveUnit === undefined ? {} : { resolveUnit })
    const { initiator, participants } = parsed.lines[0]?.known ?? {}
    return { initiator, participants, asked: askedOf(parsed) }
  }
  const both = { initiator: '县公安局', participants: ['县卫健局'], asked: [] }

  it.each(['"县公安局（牵头）\n县卫健局（配合）"', '县公安局牵头、县卫健局配合', '"牵头：县公安局；配合：县卫健局"'])(
    'PLN-13 are read from it where no other names who takes part: %s',
    (cell) => {
      expect(units(one, cell)).toEqual(both)
      expect(units(heading, `${cell},`)).toEqual(both)
    },
  )

  it('PLN-13 are asked about where another column names somebody, or one is not known or not named', () => {
    expect(units(heading, '县公安局牵头、县卫健局配合,县教育局').asked).toEqual(['line-1/initiator several-initiators'])
    expect(units(one, '县公安局牵头、县卫健局配合', (name) => (name === '县公安局' ? name : undefined)).asked).toEqual([
      'line-1/initiator several-initiators',
    ])
    expect(units(one, '县公安局牵头、有关部门配合').asked).not.toEqual([])
  })
})

describe('departments in short', () => {
  const resolve = (name: string) => ({ 卫健: '市卫健委', 文旅: '市文旅局', 市监: '市市场监管局' })[name]

  it.each(['卫健、文旅、市监', '"卫健，文旅，市监"', '"卫健；文旅；市监"'])(
    'PLN-13 are no question where each is known: %s',
    (participants) => {
      expect(asked('市监', participants, resolve)).toEqual([])
    },
  )

  it('PLN-13 are asked about where one is not known, or nothing is', () => {
    expect(asked('市监', '卫健、公安', resolve)).toEqual(['line-1/participants participants-not-understood'])
    expect(asked('市监', '卫健、文旅')).toEqual([
      'line-1/initiator initiator-not-understood',
      'line-1/participants participants-not-understood',
    ])
  })

  it('PLN-13 that check by their duties are all of them', () => {
    expect(asked('市甲局', '"市乙局、市丙局按职责分工负责"')).toEqual([])
  })
})
