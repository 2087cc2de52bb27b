import { describe, expect, it } from 'vitest'
import { answered, askedOf, planOf } from '../../tests/support/plan-text.ts'
import { readCountCell } from '../cells/count.ts'
import { amountSaid, shareSaid } from '../cells/said-share.ts'
import { readShareCell } from '../cells/share.ts'

const joint = (flag: string, participants: string) =>
  planOf([
    '序号,任务名称,抽查事项,检查对象,抽查比例,频次,检查时间,发起部门,是否联合抽查,联合部门',
    `1,甲任务,甲事项,企业,5%,1次/年,3-6月,市水务局,${flag},${participants}`,
  ])

describe('是否联合抽查 beside the departments that take part', () => {
  it('PLN-13 is asked about where it says no and these are named', () => {
    expect(askedOf(joint('否', '市公安局'))).toEqual(['line-1/participants participants-not-joint'])
    expect(joint('否', '市公安局').questions[0]?.options?.map(({ value }) => value)).toEqual(['市公安局', '无'])
    expect(joint('否', '市公安局、市税务局').questions[0]?.options?.map(({ value }) => value)).toEqual(['无'])
    expect(answered(joint('否', '市公安局'), { 'line-1/participants': '市公安局' }).settled[0]?.participants).toEqual(['市公安局'])
  })

  it.each([
    ['是', '市公安局'],
    ['否', '无'],
  ])('PLN-13 is certain where they agree: %s, %s', (flag, participants) => {
    expect(askedOf(joint(flag, participants))).toEqual([])
  })
})

const shareOf = (share: string) =>
  planOf(['序号,任务名称,抽查事项,检查对象,抽查比例,频次,检查时间,发起部门,联合部门', `1,甲,甲事项,企业,${share},1次/年,3-6月,市水务局,无`])
const countOf = (count: string) =>
  planOf(['序号,任务名称,抽查事项,检查对象,抽查户数,频次,检查时间,发起部门,联合部门', `1,甲,甲事项,企业,${count},1次/年,3-6月,市水务局,无`])

describe('a share of nothing', () => {
  it.each(['0%', '不超过0%'])('PLN-13 draws none, and is asked about: %s', (share) => {
    expect(askedOf(shareOf(share))).toEqual(['line-1/ratio ratio-zero'])
    expect(shareSaid(share, '比例').questions).toEqual(['一个也不抽：按多少抽？'])
  })

  it('PLN-13 is never offered as the end of a range', () => {
    expect(shareOf('0-5%').questions[0]?.options?.map(({ value }) => value)).toEqual(['5%'])
    expect(shareOf('1-5%').questions[0]?.options?.map(({ value }) => value)).toEqual(['1%', '5%'])
    expect(shareSaid('0-5%', '比例').questions).toEqual(['可以一个也不抽：按多少抽？'])
    expect(shareSaid('1-5%', '比例').questions ?? []).toEqual([])
  })
})

describe('a sum alone', () => {
  it.each(['共500户', '总计500家', '合计500户', '共计五百户'])('PLN-13 may be of the pool: %s', (count) => {
    expect(askedOf(countOf(count))).toEqual(['line-1/count count-of-all'])
    expect(amountSaid(count)).toMatchObject({ countMin: 500, questions: ['是名录库的总数，还是要抽的数量：抽多少户？'] })
    expect(answered(countOf(count), { 'line-1/count': '500' }).settled[0]?.count).toBe(500)
  })

  it.each(['500户', '全年共500户', '共抽取500户', '全年合计500户'])(
    'PLN-13 is certain with a word of the year or of drawing: %s',
    (count) => {
      expect(askedOf(countOf(count))).toEqual([])
    },
  )

  it('PLN-13 is the number to draw beside a share', () => {
    expect(readShareCell('5%，共20户').count).toEqual({ kind: 'count', min: 20, max: 20 })
    expect(readCountCell('共20户')).toMatchObject({ isTotal: true })
  })
})

describe('shares of each draw and of classes', () => {
  it('PLN-13 reads the frequency behind a share of each draw', () => {
    const of = (text: string) => readShareCell(text, '抽查比例及频次')
    expect(of('3%/次，2次/年')).toEqual(of('每次3%，2次/年'))
    expect(of('3%/2次')).toMatchObject({ ratio: { per: '年' } })
  })

  it('PLN-13 takes the sign of the heading for each class', () => {
    expect(readShareCell('A1；B3；C10；D50', '抽查比例（%）')).toEqual(readShareCell('A1%；B3%；C10%；D50%'))
    expect(readShareCell('A1；B3；C10；D50', '抽查比例').ratio?.kind).toBe('unclear')
  })
})

describe('the column that names the tasks', () => {
  const codes = (heading: string) =>
    planOf([`序号,${heading},抽查事项,检查对象,抽查比例,频次,检查时间,发起部门,联合部门`, '1,餐饮,甲事项,企业,5%,1次/年,3-6月,市水务局,无'])
      .notes.filter(({ code }) => code.startsWith('name-from'))
      .map(({ column }) => column)

  it('PLN-13 is told of where it is another than that of task names', () => {
    expect(codes('抽查领域')).toEqual(['抽查领域'])
    expect(codes('任务名称')).toEqual([])
  })
})
