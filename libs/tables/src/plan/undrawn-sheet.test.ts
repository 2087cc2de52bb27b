import { Readable } from 'node:stream'
import { text as streamed } from 'node:stream/consumers'
import { type LocalDate, ratioOf } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { readPublishedTable } from '../published-table.ts'
import { writeSheetCsv } from '../sheet/write-csv.ts'
import { writeSheetHtml } from '../sheet/write-html.ts'
import { openArchive } from '../xlsx/archive.ts'
import { writeSheetWorkbook } from '../xlsx/write-sheet.ts'
import { applyAnswers } from './apply-answers.ts'
import { planSheet } from './plan-sheet.ts'
import { parsePlanTable } from './plan-table.ts'
import { type PublishedUndrawnLine, undrawnNotice, undrawnSheet } from './undrawn-sheet.ts'

const window = { start: '2026-04-01' as LocalDate, end: '2026-04-30' as LocalDate }
const check: PublishedUndrawnLine = {
  lineId: 'L02',
  kind: '专项检查',
  taskName: '校园周边专项检查',
  field: '文具',
  objectScope: '校园周边文具店',
  objectMarks: '类型：企业',
  itemNames: [],
  window,
  initiator: '市甲局',
  participants: [],
  matter: '',
  stages: [],
  basis: '',
  problem: '',
  means: '',
  coveredBy: [],
  jointException: '',
  reasons: '',
}
const everything: PublishedUndrawnLine = {
  ...check,
  itemNames: ['甲', '乙'],
  participants: ['市乙局', '市丙局'],
  matter: '电梯',
  stages: ['使用', '维保'],
  basis: '省局方案',
  problem: '投诉集中',
  means: '实地核查',
  coveredBy: ['丁'],
  jointException: '上级要求',
  reasons: '专项整治',
}

const sheetOf = (...lines: readonly PublishedUndrawnLine[]) =>
  undrawnSheet({ title: '某局2026年度计划：不经抽取的检查', publisher: '某局', lines, remarks: ['注：第 1 版'] })

const planOf = (...remarks: readonly string[]) =>
  planSheet({
    title: '某局2026年度计划',
    lines: [
      {
        taskName: '商品质量检查',
        itemNames: ['甲'],
        objectScope: '零售企业',
        ratio: ratioOf(1, 20),
        timesPerYear: 1,
        window,
        initiator: '市甲局',
        participants: [],
        methods: [],
        remarks: '',
      },
    ],
    remarks,
  })
const notice = undrawnNotice(2, '重点监管1项、专项检查1项', '见另一张表')

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

async function parse(bytes: Uint8Array, sheet?: string) {
  const table = await readPublishedTable(bytes, sheet === undefined ? {} : { sheet })
  if (!table.ok) throw new Error(`${table.error.code} ${table.error.reason}`)
  return parsePlanTable(table.value, { planYear: 2026 })
}

describe('the checks of a plan that are not drawn, laid out for people', () => {
  it('PLN-19 PLN-20 have a column for everything a line says', () => {
    const { rows, name } = sheetOf(everything)
    expect(name).toBe('不经抽取的检查')
    expect(rows.map(({ kind }) => kind)).toEqual(['title', 'aside', 'header', 'header', 'body', 'footer'])
    const headings = rows[2]?.cells.map((cell, column) => rows[3]?.cells[column] || cell)
    expect(headings?.map((heading, column) => [heading, rows[4]?.cells[column]])).toEqual([
      ['编号', 'L02'],
      ['类别', '专项检查'],
      ['任务名称', '校园周边专项检查'],
      ['监管领域', '文具'],
      ['检查对象', '校园周边文具店'],
      ['对象条件', '类型：企业'],
      ['检查事项', '甲、乙'],
      ['检查日期自', '2026-04-01'],
      ['检查日期至', '2026-04-30'],
      ['发起部门', '市甲局'],
      ['参与部门', '市乙局、市丙局'],
      ['重点监管事项', '电梯'],
      ['监管环节', '使用、维保'],
      ['依据', '省局方案'],
      ['针对的问题', '投诉集中'],
      ['检查方式', '实地核查'],
      ['覆盖该领域的抽查事项', '丁'],
      ['不纳入联查的情形', '上级要求'],
      ['理由', '专项整治'],
    ])
  })

  it('PLN-20 have a row for each, and leave out columns that none of them fills', () => {
    const { rows } = sheetOf(check, { ...check, lineId: 'L03', basis: '市局方案' })
    expect(rows[2]?.cells).toEqual('编号,类别,任务名称,监管领域,检查对象,对象条件,检查时间,,发起部门,参与部门,依据'.split(','))
    expect(rows.filter(({ kind }) => kind === 'body').map(({ cells }) => [cells[0], cells[9], cells[10]])).toEqual([
      ['L02', '无', ''],
      ['L03', '无', '市局方案'],
    ])
  })

  it('PLN-20 are a table of their own below the plan on a page', () => {
    const html = writeSheetHtml(planOf(), sheetOf(check))
    expect(html.match(/<h[12]>.*<\/h[12]>/g)).toEqual(['<h1>某局2026年度计划</h1>', '<h2>某局2026年度计划：不经抽取的检查</h2>'])
    expect(html.match(/<table>/g)).toHaveLength(2)
    expect(html.indexOf('校园周边专项检查')).toBeGreaterThan(html.indexOf('<h2>'))
    expect(html).toContain('<title>某局2026年度计划</title>')
    expect(writeSheetHtml(planOf())).not.toContain('<h2>')
  })
})

describe('a workbook of a plan with checks that are not drawn', () => {
  it('PLN-08 PLN-13 PLN-20 gives the drawn lines, and asks whether the others may stay behind', async () => {
    const parsed = await parse(await writeSheetWorkbook(planOf(notice, '注：第 1 版'), sheetOf(check, everything)))
    expect(parsed.lines.map(({ known }) => known.taskName)).toEqual(['商品质量检查'])
    expect(parsed.notes.filter(({ code }) => code === 'other-sheet').map(({ textZh }) => textZh)).toEqual([
      '工作簿还有工作表“不经抽取的检查”，没有读入',
    ])
    expect(parsed.questions.map(({ id, code, raw }) => [id, code, raw])).toEqual([['table/undrawn', 'undrawn-not-read', notice]])
    const before = applyAnswers(parsed, {})
    expect(before.ok && before.value.settled).toEqual([])
    const after = applyAnswers(parsed, { 'table/undrawn': { value: 'leave', by: 'p' } })
    expect(after.ok && after.value.settled).toHaveLength(1)
  })

  it('PLN-13 PLN-20 asks the same of CSV, which has no other sheet', async () => {
    const parsed = await parse(bytesOf(writeSheetCsv(planOf(notice))))
    expect(parsed.questions.map(({ id }) => id)).toEqual(['table/undrawn'])
    expect((await parse(bytesOf(writeSheetCsv(planOf('注：第 1 版'))))).questions).toEqual([])
  })

  it('PLN-20 has its second sheet with its own header on every printed page', async () => {
    const bytes = await writeSheetWorkbook(planOf(), sheetOf(check))
    const archive = await openArchive(bytes, { maxUnpackedBytes: 1_000_000 })
    const workbook = await streamed(Readable.from(await archive.open('xl/workbook.xml'), { objectMode: false }))
    expect([...workbook.matchAll(/localSheetId="(\d)">([^<]*)</g)].map(([, sheet, range]) => [sheet, range])).toEqual([
      ['0', "'抽查计划'!$2:$3"],
      ['1', "'不经抽取的检查'!$3:$4"],
    ])
    const second = await readPublishedTable(bytes, { sheet: '不经抽取的检查' })
    expect(second.ok && second.value.rows.at(-2)?.cells.slice(0, 3)).toEqual(['L02', '专项检查', '校园周边专项检查'])
    expect(second.ok && second.value.sheet?.notes.map(({ textZh }) => textZh)).toEqual(['工作簿还有工作表“抽查计划”，没有读入'])
  })

  it('PLN-13 PLN-20 never takes them for lines that are drawn, from a sheet that is named nor from CSV', async () => {
    const workbook = await writeSheetWorkbook(planOf(), sheetOf(check))
    for (const parsed of [
      await parse(workbook, '不经抽取的检查'),
      await parse(await writeSheetWorkbook(sheetOf(check))),
      await parse(bytesOf(writeSheetCsv(sheetOf(everything)))),
    ]) {
      expect(parsed.lines).toEqual([])
      expect(parsed.problems.map(({ code, line }) => [code, line])).toEqual([['undrawn-table', 3]])
    }
  })
})
