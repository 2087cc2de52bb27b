import { ratioOf } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { settledLines } from '../../tests/support/real-plans.ts'
import { decodeTable, type Table } from '../table.ts'
import { squash } from '../text.ts'
import type { PlanField } from './plan-columns.ts'
import { fieldsOutside } from './plan-notes.ts'
import { type ParsedPlanTable, parsePlanTable } from './plan-table.ts'

/** A plan in a form that offices use, written for this test; what of its lines is certain, and what is asked. */
interface Form {
  readonly about: string
  readonly text: string
  readonly known: readonly object[]
  readonly asked: readonly string[]
}

const planYear = 2025
const percent = (number: number) => ({ chosen: ratioOf(number * 10, 1000) })
const wholeYear = { start: '2025-01-01', end: '2025-12-31' }

const forms: readonly Form[] = [
  {
    about: '抽查领域在前，没有序号；比例格里有上限户数；按等级定比例',
    text: `抽查领域,抽查事项,抽查对象,抽查比例,抽查频次,抽查时间,牵头部门,配合部门
旅馆业,旅馆治安管理检查,旅馆,"按不低于5%抽取，最多不超过30户",每年一次,全年,市公安局,"市市场监管局、市卫健委"
歌舞娱乐场所,娱乐场所检查,歌舞娱乐场所,A级1%、B级3%、C级10%、D级20%,不定期,第二季度,市文旅局,市消防救援支队`,
    known: [
      {
        taskName: '旅馆业',
        itemNames: ['旅馆治安管理检查'],
        window: wholeYear,
        timesPerYear: 1,
        participants: ['市市场监管局', '市卫健委'],
      },
      { tiers: [{ name: 'A级' }, { name: 'B级' }, { name: 'C级' }, { name: 'D级', ratio: { numerator: 1, denominator: 5 } }] },
    ],
    asked: ['line-1/amount', 'line-1/ratio', 'line-1/count', 'line-2/timesPerYear'],
  },
  {
    about: '部门在前；两级表头，时间分“开始时间”“结束时间”',
    text: `序号,牵头部门,配合部门,抽查任务名称,抽查类型,抽查对象,抽查时间,,抽查比例,抽查频次,备注
,,,,,,开始时间,结束时间,,,
1,市生态环境局,市水利局,入河排污口检查,不定向,入河排污单位,2025年4月,2025年10月,3%,1次,重点河段`,
    known: [{ ratio: percent(3), window: { start: '2025-04-01', end: '2025-10-31' }, initiator: '市生态环境局', remarks: '重点河段' }],
    asked: ['table/itemNames'],
  },
  {
    about: '监管领域、责任单位；上下半年各一次；比例格写户数；“/”为没有参与部门',
    text: `编号,监管领域,检查事项,检查对象,责任单位,参与单位,检查频次,检查比例,实施时间
1,劳动用工,用工情况检查,用人单位,人社局,"公安局、卫健局",上半年、下半年各1次,1%-3%,上半年
2,建筑市场,工程质量检查,在建工地,住建局,/,每半年1次,10户,下半年`,
    known: [
      { taskName: '劳动用工', timesPerYear: 2, window: { start: '2025-01-01', end: '2025-06-30' }, initiator: '人社局' },
      { count: 10, timesPerYear: 2, window: { start: '2025-07-01', end: '2025-12-31' }, participants: [] },
    ],
    asked: ['line-1/ratio', 'line-2/basis'],
  },
  {
    about: '列名带（%），格内只有数；对象数量和拟抽查数各一列',
    text: `序号,计划名称,抽查部门,联合部门,抽查事项,事项类型,检查对象,检查对象数量,抽查比例（%）,拟抽查数,检查方式,计划开始时间,计划结束时间
1,2025年特种设备检查,市市场监管局,无,特种设备使用检查,重点检查事项,使用单位,120,5,6,现场检查,2025-05-01,2025-06-30`,
    known: [
      { taskName: '2025年特种设备检查', ratio: percent(5), count: 6, participants: [], window: { start: '2025-05-01', end: '2025-06-30' } },
    ],
    asked: ['table/timesPerYear', 'table/estimate', 'line-1/amount'],
  },
  {
    about: '两级表头，比例按信用风险等级分列',
    text: `序号,任务名称,发起部门,参与部门,抽查主体范围,信用风险等级及抽查比例,,,,抽查时间,抽查频次
,,,,,A,B,C,D,,
1,药品零售企业检查,市市场监管局,市医保局,药品零售企业,1%,3%,10%,20%,3-9月,1次/年
2,医疗器械检查,市市场监管局,市医保局,器械经营企业,1%,,10%,20%,3-9月,1次/年`,
    known: [
      {
        objectScope: '药品零售企业',
        tiers: [{ name: 'A' }, { name: 'B' }, { name: 'C' }, { name: 'D', ratio: { numerator: 1, denominator: 5 } }],
      },
      { objectScope: '器械经营企业' },
    ],
    asked: ['table/itemNames', 'line-2/ratio'],
  },
  {
    about: '时间安排只有截止；比例或数量一列；“牵头（发起）单位”',
    text: `序号,抽查计划名称,抽查任务,抽查事项,抽查对象及范围,抽取比例或数量,抽查时间安排,牵头（发起）单位,联合单位
1,年度计划,成品油检查,成品油质量,全市加油站,30%,9月底前,商务局,市场监管局
2,年度计划,典当行检查,典当经营,全市典当行,5户,"3月，9月",商务局,`,
    known: [
      { taskName: '成品油检查', objectScope: '全市加油站', ratio: percent(30), initiator: '商务局' },
      { taskName: '典当行检查', count: 5 },
    ],
    asked: ['table/timesPerYear', 'line-1/window', 'line-2/window', 'line-2/participants'],
  },
  {
    about: '没有频次和发起部门；检查时限为某日前完成；单位一列看不出是谁',
    text: `序号,单位,检查项目,检查对象,抽查比例,检查时限,检查方式
1,某市水务局,取水许可检查,取水户,不少于10户,2025年11月30日前完成,书面检查`,
    known: [{ taskName: '取水许可检查', objectScope: '取水户', methods: ['书面检查'] }],
    asked: ['table/column-2', 'table/timesPerYear', 'table/initiator', 'line-1/count', 'line-1/window'],
  },
  {
    about: '比例和频次同列，依据、内容、类别俱全',
    text: `序号,抽查事项名称,抽查事项类别,检查主体,抽查依据,抽查对象,抽查比例、频次,抽查内容,抽查方式,完成期限
1,学校食堂检查,一般检查事项,教育局,《食品安全法》,学校,年度抽查比例不低于20%，频次为每年2次,食品安全,实地核查,12月底`,
    known: [{ itemNames: ['学校食堂检查'], objectScope: '学校', timesPerYear: 2, initiator: '教育局', methods: ['实地核查'] }],
    asked: ['line-1/ratio', 'line-1/window'],
  },
  {
    about: '只有“部门”一列，就是检查的部门；时间由上级定',
    text: `部门,随机抽查事项,抽查对象,抽查比例和频次,抽查时间,部门联合
税务局,纳税信用检查,纳税人,5%/年,按上级部署,否`,
    known: [{ itemNames: ['纳税信用检查'], ratio: percent(5), initiator: '税务局' }],
    asked: ['table/column-6', 'line-1/window', 'line-1/timesPerYear'],
  },
  {
    about: '列名从简：事项、对象、比例、频次、时间',
    text: `序号,行业领域,事项,对象,比例,频次,时间,牵头单位,参加单位,级别
1,保安服务,保安公司检查,保安公司,"甲级100%，乙级50%",每季度1次,1-12月,公安局,人社局,市级`,
    known: [
      { taskName: '保安服务', tiers: [{ name: '甲级' }, { name: '乙级' }], timesPerYear: 4, window: wholeYear, participants: ['人社局'] },
    ],
    asked: ['table/column-10', 'line-1/basis'],
  },
  {
    about: '按户数随机抽取；起止时间到日',
    text: `序号,抽查任务,抽查科室,抽查对象,抽查户数,抽查起止时间,是否联合
1,广告抽查,广告科,广告经营户,随机抽取20户,7月1日至8月31日,否`,
    known: [{ taskName: '广告抽查', count: 20, window: { start: '2025-07-01', end: '2025-08-31' } }],
    asked: ['table/itemNames', 'table/timesPerYear', 'table/initiator'],
  },
  {
    about: '平台导出：抽取日期与任务起止日期并列；比例按信用等级',
    text: `抽查任务编号,抽查任务名称,抽查范围,抽查类型,实施抽查部门,协同部门,抽取日期,任务开始日期,任务截止日期,抽查比例
001,农药检查,全市农药店,定向抽查,农业农村局,市场监管局,2025/3/1,2025/3/5,2025/4/30,按信用等级`,
    known: [{ initiator: '农业农村局', participants: ['市场监管局'], window: { start: '2025-03-05', end: '2025-04-30' } }],
    asked: ['table/itemNames', 'table/objectScope', 'table/timesPerYear', 'line-1/ratio'],
  },
  {
    about: '分风险、两个月份、未点名的部门、比例与户数的下限并列',
    text: `序号,检查类别,检查事项,检查对象,抽查比例,检查频次,检查时间,主办单位,协办单位
1,物业检查,物业收费,物业企业,"高风险企业100%，其他企业5%",一年两次,3月、9月,住建局,发改委等相关部门
2,物业检查,物业维修,物业企业,总数的5%且不少于3家,1,二季度,住建局,`,
    known: [
      { tiers: [{ name: '高风险企业' }, { name: '其他企业' }], timesPerYear: 2, initiator: '住建局' },
      { timesPerYear: 1, window: { start: '2025-04-01', end: '2025-06-30' } },
    ],
    asked: ['line-1/window', 'line-1/participants', 'line-1/basis', 'line-2/amount', 'line-2/count', 'line-2/participants'],
  },
  {
    about: '基数、抽查数、比例三列并列；批次一列',
    text: `序号,抽查项目,抽查对象,抽查基数,抽查数,抽查比例,抽查批次,抽查时间,责任处室
1,对会计师事务所的检查,会计师事务所,50家,5家,10%,一批,6-8月,会计处`,
    known: [{ count: 5, ratio: percent(10), window: { start: '2025-06-01', end: '2025-08-31' } }],
    asked: ['table/column-7', 'table/timesPerYear', 'table/initiator', 'line-1/amount'],
  },
  {
    about: '比例分两列而不一致；频次与周期不一致',
    text: `序号,抽查事项,检查对象,抽查比例,抽查比例或数量,抽查频次,抽查周期,抽查时间,发起部门,配合部门
1,某检查,某企业,5%,10户,每年2次,季度,5-6月,市甲局,无`,
    known: [{ window: { start: '2025-05-01', end: '2025-06-30' } }],
    asked: ['line-1/amount', 'line-1/ratio', 'line-1/timesPerYear'],
  },
  {
    about: '列名带（‰）、（家）；只写“实施机构”；方式写“现场”“书面”',
    text: `序号,抽查任务,抽查事项,检查对象,检查对象总数（家）,抽查比例（‰）,抽查频次,抽查时间,实施机构,参与部门,抽查方式
1,登记事项检查,登记事项,企业,"12,000",3,"全年4次，每季度1次",自3月起至年底,市市场监管局,无,现场、书面
2,年报检查,年报事项,企业,"12,000",0.5,1次/年,自3月起,市市场监管局,无,实地
3,广告检查,广告事项,企业,"12,000",3%,1次/年,3-5月,市市场监管局,无,电话`,
    known: [
      {
        ratio: percent(0.3),
        timesPerYear: 4,
        window: { start: '2025-03-01', end: '2025-12-31' },
        initiator: '市市场监管局',
        methods: ['现场', '书面'],
      },
      { timesPerYear: 1, methods: ['实地'] },
      { timesPerYear: 1, window: { start: '2025-03-01', end: '2025-05-31' } },
    ],
    asked: ['line-1/basis', 'line-2/ratio', 'line-2/window', 'line-3/methods', 'line-3/ratio'],
  },
  {
    about: '只写“部门”；比例与频次隔一个空格，比例后写明不足1户的抽取数',
    text: `序号,任务名称,抽查事项,检查对象,抽查比例及频次,抽查户数,抽查时间,部门,配合部门
1,检查一,某事项,某企业,5% 1次/年,,3月至年底,市甲局,无
2,检查二,某事项,某企业,"5%,不足1户的按1户抽取；1次/年",,3月至年底,市甲局,无
3,检查三,某事项,某企业,1次/年,"1,000户",3月至年底,市甲局,无
4,检查四,某事项,某企业,"5%,不足10户的按10户抽取；1次/年",,3月至年底,市甲局,无`,
    known: [
      { ratio: percent(5), timesPerYear: 1, initiator: '市甲局', window: { start: '2025-03-01', end: '2025-12-31' } },
      { ratio: percent(5), timesPerYear: 1, remarks: '不足1户的按1户抽取' },
      { count: 1000, timesPerYear: 1 },
      {},
    ],
    asked: ['line-4/ratio', 'line-4/timesPerYear'],
  },
]

function load(text: string): { readonly table: Table; readonly parsed: ParsedPlanTable } {
  const table = decodeTable(new TextEncoder().encode(text))
  if (!table.ok) throw new Error(table.error.reason)
  return { table: table.value, parsed: parsePlanTable(table.value, { planYear }) }
}

/** The filled cells of the lines that neither stand in their line nor are asked about. */
function lostCells({ table, parsed }: ReturnType<typeof load>): readonly string[] {
  const asked = new Set(parsed.questions.flatMap(({ id }) => /^table\/column-(\d+)$/.exec(id)?.[1] ?? []).map(Number))
  return parsed.lines.flatMap(({ rows, cells }) => {
    const kept = squash(
      Object.values(cells)
        .map(({ raw }) => raw)
        .join('\n'),
    )
    const own = table.rows.filter(({ line }) => rows.includes(line)).flatMap((row) => row.cells.map((cell, index) => ({ cell, index })))
    return own.filter(({ cell, index }) => !asked.has(index + 1) && !kept.includes(squash(cell))).map(({ cell }) => cell)
  })
}

/** Fields of filled cells that say something which stands nowhere in the values of a line, in a question or in a note. */
function unused({ lines, notes }: ParsedPlanTable): readonly string[] {
  const columns = new Map(
    lines.flatMap(({ cells }) => Object.entries(cells).map(([field, { column }]) => [field as PlanField, column] as const)),
  )
  const told = new Set(notes.filter(({ code }) => code === 'column-not-in-plan').map(({ column }) => column))
  return fieldsOutside({ options: { planYear }, columns })
    .flatMap((field) => columns.get(field) ?? [])
    .filter((column) => !told.has(column))
}

describe.each(forms)('a plan of another city: $about', ({ text, known, asked }) => {
  const read = load(text)
  const { parsed } = read

  it('PLN-13 gives what is certain and asks for the rest, nothing else', () => {
    expect(parsed.lines.map((line) => line.known)).toMatchObject(known)
    expect(parsed.questions.map(({ id }) => id)).toEqual(asked)
    expect(parsed.problems).toEqual([])
  })

  it('PLN-13 drops no cell and guesses no value', () => {
    expect(lostCells(read)).toEqual([])
    expect(unused(parsed)).toEqual([])
    // Whatever is not certain is asked: once all is answered every line is whole.
    expect(settledLines(parsed, planYear)).toHaveLength(known.length)
  })

  it('PLN-13 says the same whatever the order of its columns', () => {
    const { table } = read
    const header = table.rows.filter(({ line }) => parsed.headerRows.includes(line))
    const width = header[0]?.cells.length ?? 0
    // Groups of columns under one heading stay together, and the first column, which tells a second header row, stays first.
    const groups = Array.from({ length: width }, (_, column) => column).reduce<number[][]>((all, column) => {
      const isGrouped = header.length > 1 && header[0]?.cells[column] === ''
      if (isGrouped) all.at(-1)?.push(column)
      else all.push([column])
      return all
    }, [])
    const [first = [], ...rest] = groups
    const order = [first, ...rest.toReversed()].flat()
    const rows = table.rows.map((row) => ({ ...row, cells: order.map((column) => row.cells[column] ?? '') }))
    const turned = parsePlanTable({ ...table, rows }, { planYear })
    expect(turned.lines.map((line) => line.known)).toEqual(parsed.lines.map((line) => line.known))
    const ids = ({ questions }: ParsedPlanTable): readonly string[] =>
      questions.map(({ id }) => id.replace(/column-\d+$/, 'column')).toSorted()
    expect(ids(turned)).toEqual(ids(parsed))
  })
})
