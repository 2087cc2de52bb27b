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

  const usual = { 抽查事项: '甲事项', 检查对象: '企业', 抽查比例: '5%', 抽查频次: '1次/年', 抽查时间: '3-6月', 检查主体: '市水务局' }

  it.each([
    ['联合抽查事项', '抽查事项'],
    ['双随机抽查事项', '抽查事项'],
    ['抽查检查事项', '抽查事项'],
    ['检查事项及内容', '抽查事项'],
    ['抽查事项（内容）', '抽查事项'],
    ['抽查内容及事项', '抽查事项'],
    ['随机抽查比例', '抽查比例'],
    ['抽查比率', '抽查比例'],
    ['年度抽查比例', '抽查比例'],
    ['抽查比例（百分比）', '抽查比例'],
    ['年度抽查频次', '抽查频次'],
    ['抽查频次（次/年）', '抽查频次'],
    ['抽查月份', '抽查时间'],
    ['抽查时间（月份）', '抽查时间'],
    ['执法主体', '检查主体'],
    ['检查机关', '检查主体'],
    ['监管部门', '检查主体'],
    ['发起部门（牵头部门）', '检查主体'],
  ])('PLN-13 %s is what others call %s', (heading, common) => {
    const headings = Object.keys(usual).map((each) => (each === common ? heading : each))
    const parsed = planOf([`序号,任务名称,${headings.join()}`, `1,甲任务,${Object.values(usual).join()}`])
    expect(askedOf(parsed)).toEqual([])
    expect(parsed.lines[0]?.known).toMatchObject({
      itemNames: ['甲事项'],
      ratio: { chosen: { numerator: 1, denominator: 20 } },
      timesPerYear: 1,
      window: { start: '2026-03-01', end: '2026-06-30' },
      initiator: '市水务局',
    })
  })

  it.each([
    ['抽查频次及比例', '5%，1次/年', { timesPerYear: 1 }],
    ['计划检查数量', '20户', { count: 20 }],
    ['抽查企业户数', '20', { count: 20 }],
    ['会同部门', '市公安局', { participants: ['市公安局'] }],
    ['检查方法', '现场检查', { methods: ['现场检查'] }],
    ['检查方式', '书面核查、现场核查+网络巡查', { methods: ['书面核查', '现场核查', '网络巡查'] }],
    ['备注说明', '急', { remarks: '急' }],
  ])('PLN-13 has its own place for %s', (heading, cell, known) => {
    const { 抽查比例: _share, 抽查频次: _times, ...rest } = usual
    const amounts = heading.includes('频次')
      ? []
      : heading.includes('数')
        ? [['抽查频次', '1次/年']]
        : [
            ['抽查比例', '5%'],
            ['抽查频次', '1次/年'],
          ]
    const columns = [...Object.entries(rest), ...amounts, [heading, `"${cell}"`]]
    const parsed = planOf([`序号,任务名称,${columns.map(([name]) => name).join()}`, `1,甲任务,${columns.map(([, text]) => text).join()}`])
    expect(askedOf(parsed)).toEqual([])
    expect(parsed.lines[0]?.known).toMatchObject(known)
  })

  it.each(['内容', '法律依据', '业务科室', '联系人及电话', '负责人', '任务层级', '名录库对象数'])(
    'PLN-13 says of %s that no line has a place for it',
    (heading) => {
      const parsed = planOf([`序号,任务名称,${Object.keys(usual).join()},${heading}`, `1,甲任务,${Object.values(usual).join()},甲`])
      expect(askedOf(parsed)).toEqual([])
      expect(parsed.notes.map(({ code, column }) => [code, column])).toEqual([['column-not-in-plan', heading]])
    },
  )

  it('PLN-13 年度抽查比例 says that the share is that of the year, whatever the number of draws', () => {
    const asked = (heading: string) =>
      askedOf(
        planOf([`序号,任务名称,抽查事项,检查对象,${heading},抽查频次,抽查时间,检查主体`, '1,甲任务,甲事项,企业,5%,2次/年,3-6月,市水务局']),
      )
    expect(asked('年度抽查比例')).toEqual([])
    expect(asked('抽查比例')).toEqual(['line-1/basis share-of-year-or-each-draw'])
  })

  it.each([
    ['二〇二五年度', ['table/planYear plan-year-differs']],
    ['二○二五年', ['table/planYear plan-year-differs']],
    ['二〇二六年度', []],
  ])('PLN-02 a title of %s against a plan of 2026', (year, asked) => {
    const title = `某局${year}双随机抽查工作计划`
    expect(askedOf(planOf([title, `序号,任务名称,${Object.keys(usual).join()}`, `1,甲任务,${Object.values(usual).join()}`]))).toEqual(asked)
  })

  it('PLN-13 takes 大项 and 小项 under 抽查项目 for what is checked, and grades under 抽查比例 for its classes', () => {
    const parsed = planOf([
      '序号,检查类型,检查对象,抽查项目,,抽查比例,,检查主体,实施时间,抽查频次',
      ',,,大项,小项,高风险,低风险,,,',
      '1,定向,危险化学品生产企业,安全生产,管理机构设置,100%,20%,市应急局,上半年,1次/年',
    ])
    expect(askedOf(parsed)).toEqual([])
    expect(parsed.lines[0]?.known).toMatchObject({
      taskName: '安全生产',
      itemNames: ['管理机构设置'],
      tiers: [{ name: '高风险' }, { name: '低风险' }],
    })
    expect(parsed.notes.map(({ code, column }) => [code, column])).toContainEqual(['column-not-in-plan', '检查类型'])
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
