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
