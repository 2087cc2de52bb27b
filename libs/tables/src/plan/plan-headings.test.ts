import { describe, expect, it } from 'vitest'
import { answered, askedOf, planOf } from '../../tests/support/plan-text.ts'

describe('headings of published plans', () => {
  it.each(['抽查比例（数量）', '抽取比例（数量）', '抽查比例（户数）'])('PLN-13 has a share or a number under %s', (heading) => {
    const parsed = planOf([
      `序号,任务名称,抽查事项,检查对象,${heading},频次,检查时间,抽查机构`,
      '1,甲任务,甲事项,企业,5%,1次/年,3-6月,市水务局',
      '2,乙任务,乙事项,企业,20户,1次/年,3-6月,市水务局',
    ])
    expect(askedOf(parsed)).toEqual([])
    expect(parsed.lines.map(({ known }) => [known.ratio?.chosen.denominator, known.count])).toEqual([
      [20, undefined],
      [undefined, 20],
    ])
    expect(parsed.lines[0]?.known.initiator).toBe('市水务局')
  })

  it('PLN-13 reads 开始 and 结束 under 任务时间', () => {
    const parsed = planOf([
      '序号,任务名称,抽查事项,检查对象,抽查比例,频次,任务时间,,检查机构',
      ',,,,,,开始,结束,',
      '1,甲任务,甲事项,企业,5%,1次/年,2026-03-01,2026-11-30,市水务局',
    ])
    expect(askedOf(parsed)).toEqual([])
    expect(parsed.lines[0]?.known.window).toMatchObject({ start: '2026-03-01', end: '2026-11-30' })
  })

  it('PLN-13 numbers the lines by 序号, by 任务编号 where it stands alone', () => {
    const row = '甲任务,甲事项,企业,5%,1次/年,3-6月,市水务局'
    const rest = '任务名称,抽查事项,检查对象,抽查比例,频次,检查时间,发起部门'
    const both = planOf([`序号,任务编号,${rest}`, `1,A-07,${row}`])
    expect(askedOf(both)).toEqual([])
    expect(both.lines[0]?.taskNo).toBe('1')
    expect(both.notes.map(({ code, column }) => [code, column])).toEqual([['column-not-in-plan', '任务编号']])
    const alone = planOf([`任务编号,${rest}`, `A-07,${row}`])
    expect(alone.lines[0]?.taskNo).toBe('A-07')
    expect(alone.notes).toEqual([])
  })

  it('PLN-13 knows a numbered row below a footer by either number', () => {
    const rest = '任务名称,抽查事项,检查对象,抽查比例,频次,检查时间,发起部门'
    const row = (number: string) => `${number},${number}任务,${number}事项,企业,5%,1次/年,3-6月,市水务局`
    const below = (number: string) => planOf([`${number},${rest}`, row('1'), '注：按职责分工实施,,,,,,,', row('2')]).lines.length
    expect([below('序号'), below('任务编号')]).toEqual([2, 2])
  })
})

describe('a deadline behind the time of a line', () => {
  const load = (time: string, deadline: string, heading = '抽取时间') =>
    planOf([
      `序号,任务名称,抽查事项,检查对象,抽查比例,频次,${heading},检查完成时限,发起部门`,
      `1,甲任务,甲事项,企业,5%,1次/年,${time},${deadline},市水务局`,
    ])

  it('PLN-02 is asked about with both ends; at the end of the time itself it is not', () => {
    const parsed = load('3月', '6月底')
    expect(askedOf(parsed)).toEqual(['line-1/window deadline-after-window'])
    expect(parsed.questions[0]?.options?.map(({ value }) => value)).toEqual(['2026-03-01/2026-03-31', '2026-03-01/2026-06-30'])
    expect(askedOf(load('3月', '4月1日'))).toEqual(['line-1/window deadline-after-window'])
    expect(askedOf(load('3月', '3月31日'))).toEqual([])
    expect(askedOf(load('3月-6月', '6月底'))).toEqual([])
    expect(askedOf(load('3月-6月', '5月底'))).toEqual(['line-1/deadline deadline-before-window-end'])
  })

  it('PLN-02 asks one thing at a time of a window', () => {
    expect(askedOf(load('2025年3月', '6月底'))).toEqual(['line-1/window window-before-plan-year'])
  })

  it('PLN-02 is no question beside the first and last day of checking, only beside those of the draw', () => {
    const pair = (start: string, end: string) => {
      const rows = [
        `序号,任务名称,抽查事项,检查对象,抽查比例,频次,${start},${end},检查完成时限,发起部门`,
        '1,甲任务,甲事项,企业,5%,1次/年,2026-03-01,2026-03-31,2026-06-30,市水务局',
      ]
      return askedOf(planOf(rows))
    }
    expect(pair('抽查日期自', '抽查日期至')).toEqual([])
    expect(pair('抽取日期自', '抽取日期至')).toEqual(['line-1/window deadline-after-window'])
  })
})

describe('shares behind 其中', () => {
  const parsed = planOf([
    '序号,任务名称,抽查事项,检查对象,抽查比例,频次,检查时间,发起部门',
    '1,甲任务,甲事项,企业,"4%，其中A类1%，B类3%",1次/年,3-6月,市水务局',
  ])
  const share = (choice: string) => {
    const [line] = answered(parsed, { 'line-1/among': choice }).settled
    return [line?.ratio?.chosen.denominator, line?.tiers?.map(({ name }) => name)]
  }

  it('CRD-04 are those of their own objects or parts of the whole, as a person says', () => {
    expect(askedOf(parsed)).toEqual(['line-1/among part-or-own-share'])
    expect(share('own')).toEqual([25, ['A类', 'B类']])
    expect(share('part')).toEqual([25, undefined])
  })

  it('CRD-04 are asked about as shares where the whole is open as well', () => {
    const open = planOf([
      '序号,任务名称,抽查事项,检查对象,抽查比例,频次,检查时间,发起部门',
      '1,甲任务,甲事项,企业,"不低于4%，其中A类1%",1次/年,3-6月,市水务局',
    ])
    expect(askedOf(open)).toEqual(['line-1/ratio ratio-by-kind'])
  })
})

describe('departments parted by a slash', () => {
  it('JNT-11 may all take part or one of them', () => {
    const asked = (participants: string) =>
      askedOf(
        planOf([
          '序号,任务名称,抽查事项,检查对象,抽查比例,频次,检查时间,发起部门,配合部门',
          `1,甲任务,甲事项,企业,5%,1次/年,3-6月,市水务局,${participants}`,
        ]),
      )
    expect(asked('市公安局/市税务局')).toEqual(['line-1/participants participants-slashed'])
    expect(asked('市公安局、市税务局')).toEqual([])
    expect(asked('/')).toEqual([])
  })
})
