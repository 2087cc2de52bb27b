import { ratioOf } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { decodeTable } from '../table.ts'
import { applyAnswers } from './apply-answers.ts'
import { parsePlanTable } from './plan-table.ts'

/** One line that is certain but for its amount. */
function parsed(heading: string, amount: string) {
  const text = `序号,抽查任务,抽查事项,检查对象,${heading},抽查频次,抽查时间,牵头部门,配合部门
1,某检查,某事项,某企业,"${amount}",1次/年,3-9月,市甲局,无`
  const table = decodeTable(new TextEncoder().encode(text))
  if (!table.ok) throw new Error(table.error.reason)
  return parsePlanTable(table.value, { planYear: 2025 })
}
const asked = (heading: string, amount: string) => parsed(heading, amount).questions.map(({ id, code }) => [id, code])
const known = (heading: string, amount: string) => parsed(heading, amount).lines[0]?.known

describe('amounts that are not those of all objects', () => {
  it.each(['高风险2户', '低风险对象7家', '较高风险企业：3户'])('PLN-13 a number of one class is asked about: %s', (amount) => {
    expect(asked('抽查数量', amount)).toEqual([['line-1/count', 'count-of-grade']])
    expect(asked('抽查比例或数量', amount)).toEqual([['line-1/count', 'count-of-grade']])
    expect(known('抽查数量', amount)).not.toHaveProperty('count')
  })

  it('PLN-13 neither the class nor its number is proposed for all objects; the answer is', () => {
    const table = parsed('抽查数量', '高风险2户')
    expect(table.questions[0]?.options ?? []).toEqual([])
    const applied = applyAnswers(table, { 'line-1/count': { value: '9', by: 'p' } })
    expect(applied.ok && applied.value.settled[0]?.count).toBe(9)
  })

  it.each(['2人', '30人', '10名'])('PLN-13 a number of people, who may be inspectors, is asked about: %s', (amount) => {
    expect(asked('抽查数量', amount)).toEqual([['line-1/count', 'count-of-people']])
    expect(known('抽查数量', amount)).not.toHaveProperty('count')
  })

  it('PLN-13 nothing to draw is asked about, as a share and as a number', () => {
    expect(asked('抽查比例', '0%')).toEqual([['line-1/ratio', 'ratio-zero']])
    expect(asked('抽查比例', '0%-0%')).toEqual([['line-1/ratio', 'ratio-zero']])
    expect(known('抽查比例', '0%')).not.toHaveProperty('ratio')
    expect(asked('抽查数量', '0户')).toEqual([['line-1/count', 'count-open']])
    const applied = applyAnswers(parsed('抽查比例', '0%'), { 'line-1/ratio': { value: '5%', by: 'p' } })
    expect(applied.ok && applied.value.settled[0]?.ratio?.chosen).toEqual(ratioOf(1, 20))
  })

  it('PLN-13 a number and a share of all objects are certain', () => {
    expect(asked('抽查数量', '2户')).toEqual([])
    expect(known('抽查数量', '2户')).toMatchObject({ count: 2 })
    expect(asked('抽查比例', '0.01%')).toEqual([])
    expect(known('抽查比例', '0.01%')).toMatchObject({ ratio: { chosen: ratioOf(1, 10_000) } })
  })
})
