import { describe, expect, it } from 'vitest'
import { answered, askedOf, planOf } from '../../tests/support/plan-text.ts'

const heading = '序号,任务名称,抽查事项,检查对象,抽查比例,频次,检查时间,发起部门'
const row = (number: string, task: string, item: string, object = '企业', share = '5%') =>
  `${number},${task},${item},${object},${share},1次/年,3-6月,市水务局`
const asked = (...rows: readonly string[]) => askedOf(planOf([heading, ...rows]))
const noted = (...rows: readonly string[]) =>
  planOf([heading, ...rows]).notes.flatMap(({ code, textZh }) => (code === 'same-task-name' ? [textZh] : []))

describe('a line that stands twice', () => {
  const twice = [row('1', '甲任务', '甲事项'), row('2', '甲任务', '甲事项', '企业', '8%')]

  it('PLN-13 is asked about with both rows, and is no line that its item tells apart', () => {
    expect(asked(...twice)).toEqual(['line-2/twice line-twice'])
    const [question] = planOf([heading, ...twice]).questions
    expect(question?.textZh).toContain('第 3 行“2，甲任务，甲事项，企业，8%，1次/年，3-6月，市水务局”')
    expect(question?.textZh).toContain('第 2 行“1，甲任务，甲事项，企业，5%，1次/年，3-6月，市水务局”')
    expect(question?.options?.map(({ value }) => value)).toEqual(['both', 'drop'])
    expect(noted(...twice)).toEqual([])
    expect(asked(row('1', '甲任务', '甲事项'), row('2', '甲任务', '甲 事项'))).toEqual(['line-2/twice line-twice'])
  })

  it.each([
    ['事项', row('2', '甲任务', '乙事项')],
    ['检查对象', row('2', '甲任务', '甲事项', '个体工商户')],
  ])('PLN-13 is none where %s differs: a note says so', (difference, second) => {
    const rows = [row('1', '甲任务', '甲事项'), second]
    expect(asked(...rows)).toEqual([])
    expect(noted(...rows)).toEqual([`第 2 条与第 1 条任务名称相同，以${difference}区分`])
  })

  it('PLN-13 is none where the kind of check differs', () => {
    const rows = [`${heading},抽查类别`, `${row('1', '甲任务', '甲事项')},重点抽查`]
    const other = (kind: string) => askedOf(planOf([...rows, `${row('2', '甲任务', '甲事项')},${kind}`]))
    expect(other('例行抽查')).toEqual([])
    expect(other('重点抽查')).toEqual(['line-2/twice line-twice'])
  })

  it('PLN-13 stays or goes as a person says; what else is asked of one that goes is asked no more', () => {
    const parsed = planOf([heading, twice[0] ?? '', row('2', '甲任务', '甲事项', '企业', '不低于8%')])
    expect(askedOf(parsed)).toEqual(['line-2/twice line-twice', 'line-2/ratio ratio-open'])
    const gone = answered(parsed, { 'line-2/twice': 'drop' })
    expect(gone.settled.map(({ lineNo }) => lineNo)).toEqual([1])
    expect(gone).toMatchObject({ remaining: [], dropped: [{ lineNo: 2, reason: '不要第 2 条' }] })
    const kept = answered(parsed, { 'line-2/twice': 'both', 'line-2/ratio': '8%' })
    expect(kept.settled.map(({ lineNo }) => lineNo)).toEqual([1, 2])
    expect(kept.dropped).toEqual([])
  })
})

describe('a number that two lines have', () => {
  it('PLN-13 is asked about, unless it goes on from above or is of one task', () => {
    expect(asked(row('1', '甲任务', '甲事项'), row('1', '乙任务', '乙事项'))).toEqual(['line-2/taskNo number-twice'])
    expect(asked(row('1', '甲任务', '甲事项'), row('2', '乙任务', '乙事项'))).toEqual([])
    expect(asked(row('1', '甲任务', '甲事项'), row('', '', '乙事项', '企业', '8%'))).toEqual([])
    expect(asked(row('1', '甲任务', '甲事项'), row('1', '甲任务', '乙事项'))).toEqual([])
  })

  it('PLN-13 is asked about once where a run of numbers begins anew', () => {
    const rows = ['甲', '乙', '丙', '丁'].map((name, index) => row(String((index % 2) + 1), `${name}任务`, `${name}事项`))
    expect(asked(...rows)).toEqual(['line-3/taskNo number-twice'])
    expect(asked(...rows.slice(0, 2), row('2', '丙任务', '丙事项'))).toEqual(['line-3/taskNo number-twice'])
  })
})
