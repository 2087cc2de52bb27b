import { type LocalDate, ratioOf } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { realPlan, realPlans, settledLines } from '../../tests/support/real-plans.ts'
import type { ObjectMarks } from '../cells/object-marks.ts'
import { readPublishedTable } from '../published-table.ts'
import { writeSheetCsv } from '../sheet/write-csv.ts'
import { writeSheetHtml } from '../sheet/write-html.ts'
import { writeSheetWorkbook } from '../xlsx/write-sheet.ts'
import { planSheet } from './plan-sheet.ts'
import { parsePlanTable } from './plan-table.ts'
import { type PublishedPlanLine, publishedLine } from './published-line.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** What the import takes from an exported file; a question fails. */
async function readAgain(bytes: Uint8Array, planYear: number): Promise<readonly PublishedPlanLine[]> {
  const table = await readPublishedTable(bytes)
  if (!table.ok) throw new Error(table.error.reason)
  const parsed = parsePlanTable(table.value, { planYear })
  expect(parsed.questions).toEqual([])
  expect(parsed.problems).toEqual([])
  return settledLines(parsed, planYear).map(publishedLine)
}

/** What planning may have settled about the objects of a line. */
const marks: readonly ObjectMarks[] = [
  { kinds: [], industries: [], tags: [], regions: [] },
  { kinds: ['企业', '个体工商户'], industries: ['H61', 'P8336'], tags: [], regions: [] },
  { kinds: [], industries: [], tags: ['业态:星级饭店'], regions: ['230302'] },
]

describe.each(realPlans)('%s', (file) => {
  const { parsed, plan, planYear } = realPlan(file)
  const lines = settledLines(parsed, planYear)
    .map(publishedLine)
    .map((each, index): PublishedPlanLine => ({ ...each, objectMarks: marks[index % marks.length] as ObjectMarks }))
  const sheet = planSheet({ title: `${planYear}年度抽查计划`, publisher: plan.unit, lines, remarks: ['注：据公布的计划导出'] })

  it('PLN-13 is exported with every line and comes back line by line as it was, from CSV and from a workbook', async () => {
    expect(lines).toHaveLength(parsed.lines.length)
    expect(await readAgain(bytesOf(writeSheetCsv(sheet)), planYear)).toEqual(lines)
    expect(await readAgain(await writeSheetWorkbook(sheet), planYear)).toEqual(lines)
  })
})

const line: PublishedPlanLine = {
  taskName: '-18℃冷库检查',
  itemNames: ['甲', '乙'],
  objectScope: '冷库 <1000㎡',
  tiers: [
    { name: '信用风险A级', ratio: ratioOf(1, 100) },
    { name: '信用风险D级', ratio: ratioOf(1, 5) },
  ],
  timesPerYear: 2,
  window: { start: '2024-03-01' as LocalDate, end: '2024-11-15' as LocalDate },
  initiator: '市市场监管局',
  participants: [],
  methods: [],
  remarks: '',
}
const sheetOf = (...lines: readonly PublishedPlanLine[]) => planSheet({ title: '某市2024年度抽查计划', publisher: '某局', lines })

describe('a plan laid out for people', () => {
  it('PLN-13 has a title, a header of two rows, a row for each item, and merges what belongs to the line as a whole', () => {
    const { rows, merged } = sheetOf(line)
    const column = (heading: string): number => rows[2]?.cells.indexOf(heading) ?? -1
    expect(rows.map(({ kind }) => kind)).toEqual(['title', 'aside', 'header', 'header', 'body', 'body'])
    expect(rows[2]?.cells).toEqual('序号,抽查任务名称,抽查事项,抽查对象范围,抽查比例,抽查频次,抽查时间,,发起部门,配合部门'.split(','))
    expect(rows[3]?.cells.filter((cell) => cell !== '')).toEqual(['抽查日期自', '抽查日期至'])
    expect(rows.map(({ cells }) => cells[column('抽查事项')]).slice(4)).toEqual(['甲', '乙'])
    expect(rows[4]?.cells[column('抽查比例')]).toBe('信用风险A级全年合计1%；信用风险D级全年合计20%')
    expect(merged).toContainEqual({ top: 0, left: 0, bottom: 0, right: 9 })
    expect(merged).toContainEqual({ top: 2, left: 6, bottom: 2, right: 7 })
    expect(merged).toContainEqual({ top: 4, left: 1, bottom: 5, right: 1 })
    expect(merged.filter(({ top, left }) => top === 4 && left === column('抽查事项'))).toEqual([])
  })

  it('PLN-13 groups ratio and number only where lines have both, and leaves out what no line has', () => {
    const { tiers: _tiers, ...numbered } = { ...line, count: 12 }
    const headings = (...lines: readonly PublishedPlanLine[]) =>
      sheetOf(...lines)
        .rows.slice(2, 4)
        .map(({ cells }) => cells.join(' '))
    expect(headings(line, numbered)[0]).toContain('抽查对象范围 抽查数量  抽查频次')
    expect(headings(line, numbered)[1]).toContain('抽查比例 抽查户数')
    expect(headings(numbered)[0]).toContain('抽查对象范围 抽查户数 抽查频次')
    expect(headings({ ...line, remarks: '注意' })[0]).toContain('备注')
  })

  it('DQ-04 neutralises formulas, and reads back what stood there', async () => {
    const csv = writeSheetCsv(sheetOf(line))
    expect(csv).toContain("'-18℃冷库检查")
    expect(await readAgain(bytesOf(csv), 2024)).toEqual([line])
    expect(await readAgain(await writeSheetWorkbook(sheetOf(line)), 2024)).toEqual([line])
  })

  it('is a page that escapes its texts, spans merged cells and has its header on every printed page', () => {
    const html = writeSheetHtml(planSheet({ title: '计划', lines: [{ ...line, remarks: '甲\n"乙"&' }], remarks: ['注：<完>'] }))
    expect(html).toContain('<h1>计划</h1>')
    expect(html).toContain('<td rowspan="2">冷库 &lt;1000㎡</td>')
    expect(html).toContain('<th colspan="2">抽查时间</th>')
    expect(html).toContain('<th rowspan="2">序号</th>')
    expect(html).toContain('甲<br>&quot;乙&quot;&amp;')
    expect(html).toContain('<p>注：&lt;完&gt;</p>')
    expect(html).toContain('thead { display: table-header-group }')
    expect(html).not.toContain('<script')
    expect(html.match(/<tr>/g)).toHaveLength(4)
  })
})
