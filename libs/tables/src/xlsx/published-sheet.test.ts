import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { zipOf } from '../../tests/support/zip-of.ts'
import { parsePlanTable } from '../plan/plan-table.ts'
import { readPublishedTable } from '../published-table.ts'

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

interface SheetXml {
  readonly name: string
  readonly state?: string
  readonly rows: string
  readonly more?: string
}

/** A workbook of these sheets. */
function workbook(...sheets: readonly SheetXml[]): Uint8Array {
  const list = sheets.map(
    ({ name, state }, index) =>
      `<sheet name="${name}" sheetId="${index + 1}"${state === undefined ? '' : ` state="${state}"`} r:id="r${index}"/>`,
  )
  const targets = sheets.map((_, index) => `<Relationship Id="r${index}" Target="worksheets/s${index}.xml"/>`)
  const parts = sheets.map(({ rows, more = '' }, index) => [
    `xl/worksheets/s${index}.xml`,
    `<worksheet ${main}><sheetData>${rows}</sheetData>${more}</worksheet>`,
  ])
  return zipOf({
    'xl/workbook.xml': `<workbook ${main} xmlns:r="r"><sheets>${list.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${targets.join('')}</Relationships>`,
    ...Object.fromEntries(parts),
  })
}

const text = (cell: string, value: string): string => `<c r="${cell}" t="inlineStr"><is><t>${value}</t></is></c>`
const rowOf = (line: number, ...cells: readonly string[]): string =>
  `<row r="${line}">${cells.map((cell, column) => (cell === '' ? '' : text(`${String.fromCharCode(65 + column)}${line}`, cell))).join('')}</row>`
const heading = rowOf(1, '序号', '抽查事项', '抽查对象', '抽查比例', '抽查频次', '抽查时间', '发起部门', '配合部门')
const first = rowOf(2, '1', '甲', '甲类企业', '5%', '1次/年', '3月-6月', '市甲局', '市乙局')

async function read(bytes: Uint8Array, sheet?: string) {
  const table = await readPublishedTable(bytes, sheet === undefined ? {} : { sheet })
  if (!table.ok) throw new Error(`${table.error.code} ${table.error.reason} ${table.error.action}`)
  return parsePlanTable(table.value, { planYear: 2024 })
}
const refusal = async (bytes: Uint8Array, sheet?: string): Promise<string> =>
  read(bytes, sheet).then(
    () => '',
    (thrown: unknown) => (thrown as Error).message,
  )

describe('a plan in a workbook of another program', () => {
  // Written by openpyxl 3.1 (tests-data/README.md).
  const bytes = readFileSync(new URL('../../tests-data/xlsx/plan.xlsx', import.meta.url))

  it('PLN-13 reads numbers as they are shown, and what a merged cell covers as the cell says', async () => {
    const { lines, titleRows, headerRows, footerRows, problems } = await read(bytes, '市直')
    expect({ titleRows, headerRows, footerRows, problems }).toEqual({ titleRows: [1], headerRows: [2, 3], footerRows: [8], problems: [] })
    expect(lines.map(({ taskNo, rows, known }) => [taskNo, rows, known.itemNames])).toEqual([
      ['1', [4, 5], ['事项一', '事项二']],
      ['2', [6], ['事项三']],
      ['3', [7], ['事项四']],
    ])
    expect(lines[0]?.known).toMatchObject({
      ratio: { chosen: { numerator: 1, denominator: 20 } },
      timesPerYear: 1,
      window: { start: '2024-03-01', end: '2024-06-30' },
      initiator: '市甲局',
      participants: ['市乙局'],
    })
    expect(lines[1]?.known.ratio?.chosen).toEqual({ numerator: 11, denominator: 200 })
  })

  it('PLN-13 asks about formulas without a value, errors, and what is hidden, and tells of other sheets', async () => {
    const { questions, notes } = await read(bytes, '市直')
    expect(questions.map(({ id, code, raw }) => [id, code, raw])).toEqual([
      ['table/hiddenRows', 'hidden-cells', '第 7 行'],
      ['table/hiddenColumns', 'hidden-cells', 'D 列'],
      ['cell-G6/value', 'formula-without-value', '=COUNTA(A4:A5)'],
      ['cell-F7/value', 'cell-with-error', '#REF!'],
      ['line-2/timesPerYear', 'missing-times', ''],
      ['line-2/participants', 'missing-participants', ''],
      ['line-3/ratio', 'missing-ratio', ''],
    ])
    expect(notes.filter(({ code }) => code.endsWith('-sheet')).map(({ code, textZh }) => [code, textZh])).toEqual([
      ['other-sheet', '工作簿还有工作表“区县”，没有读入'],
      ['hidden-sheet', '工作簿还有隐藏的工作表“旧”，没有读入'],
    ])
    expect(notes.filter(({ code }) => code === 'shown-otherwise').map(({ textZh }) => textZh)).toEqual([
      'F6 格显示的与存的不一样：存的是 5.5%，读作“5.5%”',
    ])
  })

  it('names the sheets where there is more than one, and those there are where the one asked for is not', async () => {
    expect(await refusal(bytes)).toMatch(/^several-sheets .*2 张.*“市直”“区县”.*--sheet/)
    expect(await refusal(bytes, '市')).toMatch(/^no-such-sheet .*“市”.*“市直”“区县”“旧”“空”/)
    expect(await refusal(bytes, '空')).toMatch(/^no-rows|^$/)
  })
})

describe('a workbook', () => {
  it('PLN-13 is read by its one sheet that is seen and has something in it', async () => {
    const plan = { name: '计划', rows: heading + first }
    expect((await read(workbook({ name: '空', rows: '' }, plan, { name: '旧', state: 'veryHidden', rows: first }))).lines).toHaveLength(1)
    expect(await refusal(workbook({ ...plan, state: 'hidden' }))).toMatch(/^sheets-hidden .*“计划”/)
    expect((await read(workbook({ ...plan, state: 'hidden' }), '计划')).lines).toHaveLength(1)
    expect(await refusal(workbook({ name: '空', rows: '' }))).toMatch(/^no-rows/)
  })

  it('PLN-13 fills from a merged cell and leaves a blank one blank, where CSV could not tell them apart', async () => {
    const second = rowOf(3, '2', '乙', '乙类企业', '5%', '1次/年')
    const merged = (...ranges: readonly string[]) =>
      `<mergeCells>${ranges.map((range) => `<mergeCell ref="${range}"/>`).join('')}</mergeCells>`
    const plan = (more: string) => workbook({ name: '计划', rows: heading + first + second, more })
    const all = await read(plan(merged('F2:F3', 'G2:G3', 'H2:H3')))
    expect(all.lines[1]?.known).toMatchObject({ window: { end: '2024-06-30' }, initiator: '市甲局', participants: ['市乙局'] })
    expect(all.notes.filter(({ code }) => code === 'carried-from-above')).toHaveLength(3)
    const none = await read(plan(''))
    expect(none.questions.map(({ id }) => id)).toEqual(
      ['table/itemNames', 'line-2/window', 'line-2/initiator', 'line-2/participants'].slice(1),
    )
  })

  it('PLN-13 takes a cell that is merged over two columns for both, and asks where it does not fit', async () => {
    const second = rowOf(3, '2', '乙', '乙类企业', '5%', '', '3月-6月', '市甲局', '市乙局')
    const { questions } = await read(
      workbook({ name: '计划', rows: heading + first + second, more: '<mergeCells><mergeCell ref="D3:E3"/></mergeCells>' }),
    )
    expect(questions.map(({ id, raw }) => [id, raw])).toEqual([['line-2/timesPerYear', '5%']])
  })

  it('PLN-13 asks about a row without number and name that no merged cell covers', async () => {
    const headingWithName = heading.replace('抽查事项', '任务名称')
    const second = rowOf(3, '', '', '乙类企业', '5%', '1次/年', '3月-6月', '市甲局', '市乙局')
    const { lines, questions } = await read(workbook({ name: '计划', rows: headingWithName + first + second }))
    expect(lines).toHaveLength(2)
    expect(questions.map(({ id }) => id)).toContain('line-2/taskName')
  })

  it('reads a header of as many rows as its first cell stands over, with headings that need the one above', async () => {
    const top = rowOf(1, '序号', '抽查事项', '抽查对象', '数量', '', '抽查时间', '', '发起部门', '配合部门')
    const middle = rowOf(2, '', '', '', '抽查', '', '起', '止')
    const bottom = rowOf(3, '', '', '', '抽查比例', '抽查频次')
    const line = rowOf(4, '1', '甲', '甲类企业', '5%', '1次/年', '2024年3月', '2024年6月', '市甲局', '市乙局')
    const { headerRows, lines, questions } = await read(
      workbook({ name: '计划', rows: top + middle + bottom + line, more: '<mergeCells><mergeCell ref="A1:A3"/></mergeCells>' }),
    )
    expect({ headerRows, questions }).toEqual({ headerRows: [1, 2, 3], questions: [] })
    expect(lines[0]?.known.window).toMatchObject({ start: '2024-03-01', end: '2024-06-30' })
  })

  it('takes the stored value of a formula, an empty text too', async () => {
    const formula = (cell: string, stored: string) => `<c r="${cell}" t="str"><f>A1</f>${stored}</c>`
    const rowWith = (stored: string) => first.replace(text('D2', '5%'), formula('D2', stored))
    expect((await read(workbook({ name: '计划', rows: heading + rowWith('<v>5%</v>') }))).questions).toEqual([])
    expect((await read(workbook({ name: '计划', rows: heading + rowWith('<v></v>') }))).questions.map(({ id }) => id)).toEqual([
      'line-1/ratio',
    ])
    expect((await read(workbook({ name: '计划', rows: heading + rowWith('') }))).questions.map(({ id }) => id)).toEqual([
      'cell-D2/value',
      'line-1/ratio',
    ])
  })

  it('is refused when it is an old one, broken, or no workbook where a sheet is asked for', async () => {
    expect(await refusal(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0]))).toMatch(/^old-workbook/)
    expect(await refusal(new Uint8Array([0x50, 0x4b, 3, 4, 5]))).toMatch(/^broken-workbook/)
    expect(await refusal(new TextEncoder().encode('序号'), '甲')).toMatch(/^no-such-sheet/)
    expect(await refusal(workbook({ name: '甲', rows: `<row r="2">${text('SS2', 'x')}</row>` }))).toMatch(/^too-many-rows/)
  })
})
