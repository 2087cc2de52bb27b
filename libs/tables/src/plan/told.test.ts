import { describe, expect, it } from 'vitest'
import { type RealPlan, realPlan, realPlans } from '../../tests/support/real-plans.ts'
import { parsePlanTable } from './plan-table.ts'

/** Where what a person noted comes out: codes of questions and notes by line, or a value. */
type Told = (plan: RealPlan) => unknown

const asked =
  (code: string, ...lineNos: readonly number[]): Told =>
  ({ parsed }) => {
    const found = parsed.questions.filter((question) => question.code === code)
    return lineNos.length === 0 ? found.length > 0 : lineNos.every((lineNo) => found.some((question) => question.lineNo === lineNo))
  }
const offered =
  (code: string, value: string): Told =>
  ({ parsed }) =>
    parsed.questions.some((question) => question.code === code && question.options?.some((option) => option.value === value))
const noted =
  (code: string, count: number): Told =>
  ({ parsed }) =>
    parsed.notes.filter((note) => note.code === code).length === count
const all =
  (...told: readonly Told[]): Told =>
  (plan) =>
    told.every((each) => each(plan))
const knows =
  (lineNo: number, known: object): Told =>
  ({ parsed }) => {
    expect(parsed.lines[lineNo - 1]).toMatchObject(known)
    return true
  }
const says = (lineNo: number, members: object): Told => knows(lineNo, { known: members })

/** Every note and warning of expected.json, and where it is found in what was read. */
const whereabouts: Readonly<Record<string, Readonly<Record<string, Told>>>> = {
  'changzhi-2024-joint.csv': {
    '按信用风险分别递加,未给出各级数字': asked('grades-without-numbers', 1),
    '比例之和,市级及以下合计': asked('ratio-sum-over-levels', 2, 3),
    '后五格为合并单元格的续行,沿用上一行:不涉及信用风险分类、3月—12月、市医保局、市审批服务管理局': noted('carried-from-above', 5),
  },
  'yibin-2023-commerce-joint.csv': {
    '任务名称与3、4号相同,须以抽查事项区分': noted('same-task-name', 2),
    '标题写2023年,2023-06-14发布,而抽取日期在2022年:时间窗早于计划年度,应告警,不应悄悄改年份': all(
      asked('window-before-plan-year', 1, 2, 3, 4),
      asked('deadline-before-plan-year', 1, 2, 3, 4),
    ),
    '比例与户数并列且都有值:4行里基数未给,两者不能互相推出': asked('ratio-and-count', 1, 2, 3, 4),
    '“检查对象范围/抽取类型”两列错位填写(抽取类型列填的是对象)': asked('object-scope-split', 1, 2, 3, 4),
  },
  'shanggao-2023-scjg.csv': {
    以联合牵头单位抽查数为准: asked('count-preliminary', 1, 3, 4, 6),
    '频次格以“=”开头:表格软件会当公式,导入须按文本读;导出须防公式注入': all(
      says(1, { timesPerYear: 1 }),
      knows(1, { cells: { times: { raw: '=1' } } }),
    ),
  },
  'guangzhou-2021-education.csv': {
    结束日期多一个斜杠: says(2, { window: { end: '2021-12-20' } }),
    '对象是区政府:11区的18%约为2': all(says(4, { objectScope: '区政府' }), asked('ratio-and-count', 4)),
    没有序号列: knows(1, { taskNo: '' }),
    '“定向\\n抽查”与“定向抽查”是同一值': ({ parsed }) => parsed.questions.every(({ code }) => code !== 'object-scope-split'),
    内设处室不是参与部门: ({ parsed }) => parsed.lines.every(({ known }) => known.participants === undefined),
    表尾备注行不是任务: ({ parsed }) => parsed.lines.length === 4,
  },
  'rushan-2022-grain.csv': {
    时间待定: asked('window-undetermined', 1),
    跨年窗口: says(4, { window: { start: '2022-10-01', end: '2023-03-31' } }),
    '春、秋季': asked('window-undetermined', 5),
    频次待定: asked('times-undetermined', 6),
    '发起部门不在表内,只在标题里(乳山市发展和改革局)': offered('no-initiator-column', '乳山市发展和改革局'),
    '2—6行比例为空:像是与第1行合并,但文本不能证明;应提示人工确认,不得默默填5%': all(
      asked('missing-ratio', 2, 3, 4, 5, 6),
      offered('missing-ratio', '5%'),
    ),
  },
  'ordos-2023-ybj.csv': {
    一个类别三个事项: ({ parsed }) => parsed.lines[0]?.known.itemNames?.length === 3,
    '备注写“与其它部门联合开展抽查”但未点名:标记联合、参与部门待补,不得生成名为“其它部门”的部门': asked('participants-unnamed', 1),
  },
  'jianghan-2025-environment.csv': {
    每季度1次: says(1, { timesPerYear: 4 }),
    不重复抽查: says(2, { remarks: expect.stringContaining('不重复抽查') }),
    比例引用别的文件: asked('ratio-elsewhere', 3),
    '“2020年以来…不低于40%”一格里有两个数字:2020不是比例': offered('ratio-open', '40%'),
    '“1:10”是人员与对象之比,不得读成10%': asked('ratio-by-kind', 1),
  },
  'wangcang-2021-agriculture.csv': {
    '同一类别内各事项比例与月份不同:5/10/10/10,9/6/7/9月': noted('line-per-item', 3),
    '比例属于事项而不是任务:按任务取一个值会丢信息': ({ parsed }) =>
      parsed.lines.map(({ known }) => known.ratio?.chosen.denominator).join() === '20,10,10,10,10,2',
  },
  'wangcang-2022-forestry.csv': {
    '上限20%;次数是对同一对象的上限': all(offered('ratio-open', '20%'), asked('times-per-object', 1, 2)),
    '表头含空格与空行(“抽 查 内 容”“联合检查\\n\\n单  位”)': all(
      knows(1, { cells: { content: {} } }),
      says(1, { participants: ['林业稽查队'] }),
    ),
    牵头与联合都是内设或下属机构: ({ table, planYear }) =>
      parsePlanTable(table, { planYear, resolveUnit: () => undefined }).questions.filter(({ code }) => code === 'unknown-unit').length ===
      4,
  },
  'gangcheng-2021-agriculture.csv': {
    '“预估抽查对象数46家”究竟是基数还是抽取数,表内看不出:1%对46家是0.46,取整后为1': asked('base-or-count'),
  },
  'yingcheng-culture-joint.csv': {
    '部门写的是类名(文旅部门),须对照本地机构': ({ table, planYear }) =>
      parsePlanTable(table, { planYear, resolveUnit: () => undefined }).questions.some(
        ({ code, raw }) => code === 'unknown-unit' && raw === '文旅部门',
      ),
    '检查方式列有错字“现将检查”': asked('method-not-understood', 4),
    领域名称缺末字: says(1, { taskName: '影剧院、录像厅(室)、游艺厅(室)、舞厅、音乐厅经营卫生情' }),
    '事项编号(1.—5.)与序号(1—4)是两套': all(says(4, { itemNames: ['对经营高危险性体育项目的检查'] }), knows(4, { taskNo: '4' })),
  },
  'jining-gaoxin-2024-fire.csv': {
    '比例以月计;2023、1次不是比例': asked('ratio-by-kind', 1),
    '发布日期2024-08-07晚于窗口起点:补发计划': says(1, { window: { start: '2024-01-01' } }),
    '年度累计:每月10%×12=120%,说明同一单位一年可被抽多次': asked('ratio-by-kind', 1),
  },
  'shijiazhuang-2023-culture.csv': {
    对象以登记截止日限定: says(1, { objectScope: expect.stringContaining('2023年9月30日前') }),
    '“、”分开的后几项共用前缀(市文化市场综合行政执法局)': offered('several-initiators', '市文化市场综合行政执法局旅游执法队'),
    '“执法局其他科队”不是具体单位': asked('participants-unnamed', 1),
  },
  'guangyuan-2020-justice.csv': {
    '既无序号也无任务名称,以检查对象为键': offered('no-task-name-column', 'object'),
    '对象含自然人(律师、公证员、鉴定人)': all(says(2, { objectScope: '全市律师' }), says(4, { objectScope: '全市公证员' })),
  },
  'zhengzhou-2023-justice.csv': {
    '两层表头:“抽查项目”横跨两列': knows(1, { cells: { item: { column: '抽查事项名称' }, content: { column: '抽查内容' } } }),
    '一格内以“1.…;2.…”列多项': knows(2, { cells: { content: { raw: expect.stringContaining('7.律师协会') } } }),
  },
  'zaozhuang-2023-urban.csv': {
    '“市、区(市)级城市管理部门”里的顿号分的是层级,不是两个部门': asked('unit-of-several-levels', 1, 2, 3, 4, 5, 6),
  },
  'linyi-2024-urban.csv': {
    '“市、县级城市管理部门”与“市县级城市管理部门”是同一主体': ({ parsed }) => {
      const options = parsed.questions
        .filter(({ code }) => code === 'unit-of-several-levels')
        .map((question) => JSON.stringify(question.options))
      return options[0] === options[2]
    },
    '第7行检查对象是行政部门,不是经营主体': says(7, { objectScope: '事项审批部门' }),
  },
  'xicheng-2019-animal.csv': {
    '23×15%=3.45': all(knows(1, { cells: { base: { raw: '23' } } }), says(1, { ratio: { chosen: { numerator: 3, denominator: 20 } } })),
    '按量化等级分档,每月一次': says(2, { tiers: [{ name: 'A类' }, { name: 'B类' }, { name: 'C类' }], timesPerYear: 12 }),
    基数随合并单元格沿用: knows(2, { cells: { base: { raw: '23', carried: true } } }),
    '列名已带%,格内又带%': says(1, { ratio: { chosen: { numerator: 3, denominator: 20 } } }),
  },
}

describe.each(realPlans)('what a person noted of %s', (file) => {
  const plan = realPlan(file)
  const notes = plan.plan.per_task.flatMap(({ note = '' }) => (note === '' ? [] : [note]))
  const remarks = [...new Set([...notes, ...(plan.plan.warnings ?? [])])]

  it('PLN-13 has a place each in what was read', () => {
    expect(
      Object.keys(whereabouts[file] ?? {})
        .map((text) => text.replaceAll('\\n', '\n'))
        .toSorted(),
    ).toEqual(remarks.map((text) => text.replaceAll('\\n', '\n')).toSorted())
  })

  it.each(Object.entries(whereabouts[file] ?? {}))('PLN-13 %s', (_text, told) => {
    expect(told(plan)).toBe(true)
  })
})
