import { describe, expect, it } from 'vitest'
import { decodeTable } from '../table.ts'
import { parsePlanTable } from './plan-table.ts'

const heading = '序号,任务名称,抽查事项,抽查对象,抽查比例,抽查频次,抽查时间,发起部门,配合部门'
const first = '1,甲,某事项,某企业,5%,1次/年,3月-6月,市甲局,市乙局'
const second = '2,乙,另一事项,某企业,6%,1次/年,3月-6月,市甲局,市乙局'

const parse = (...rows: string[]) => {
  const table = decodeTable(new TextEncoder().encode(rows.join('\n')))
  if (!table.ok) throw new Error(table.error.code)
  return parsePlanTable(table.value, { planYear: 2026 })
}

const asked = (...rows: string[]) => parse(...rows).questions.map(({ id, code }) => `${id} ${code}`)
const tasksOf = ({ lines }: ReturnType<typeof parse>) => lines.map(({ taskNo, known }) => `${taskNo} ${known.taskName ?? ''}`)
const rowAsked = (line: number) => `row-${line}/row row-not-understood`

describe('blanks below an amount', () => {
  const blanks = (lineNo: number, ...fields: string[]) => fields.map((field) => `line-${lineNo}/${field}`)

  it('PLN-13 takes no amount, and with it no time or department, from the row above into a row of its own', () => {
    const { lines, questions, notes } = parse(heading, first, '4,丁,丁事项,企业,,,,,')
    expect(lines[1]?.known).toMatchObject({ taskName: '丁', itemNames: ['丁事项'], objectScope: '企业' })
    expect(lines[1]?.known).not.toHaveProperty('ratio')
    expect(lines[1]?.known).not.toHaveProperty('initiator')
    expect(questions.map(({ id }) => id)).toEqual(blanks(2, 'ratio', 'window', 'timesPerYear', 'initiator', 'participants'))
    expect(notes.filter(({ code }) => code === 'carried-from-above')).toEqual([])
  })

  it.each(['抽查比例', '比例及频次', '比例或数量', '抽查频次', '抽查周期', '抽查户数', '预估抽查户数', '抽查基数'])(
    'PLN-13 takes a run of blanks to the last column for merged, but not where it begins with %s',
    (amount) => {
      const rows = [`序号,抽查事项,${amount},抽查时间,发起部门,配合部门`, '1,某事项,5,3月-6月,市甲局,市乙局']
      expect(parse(...rows, '2,另一事项,5,,,').lines[1]?.known.initiator).toBe('市甲局')
      expect(parse(...rows, '2,另一事项,,,,').lines[1]?.known.initiator).toBeUndefined()
    },
  )

  it('PLN-13 takes all from above into a row that says its item alone below a number and a name, not below a number', () => {
    const { lines, questions } = parse(heading, first, ',,丁事项,,,,,,')
    expect(lines.map(({ known }) => known.itemNames)).toEqual([['某事项', '丁事项']])
    expect(questions).toEqual([])
    const nameless = (row: string) =>
      row
        .split(',')
        .filter((_, column) => column !== 1)
        .join(',')
    const next = parse(nameless(heading), nameless(first), nameless(',,丁事项,,,,,,')).lines[1]
    expect(next?.known).toMatchObject({ itemNames: ['丁事项'] })
    expect(next?.known).not.toHaveProperty('ratio')
  })

  it('PLN-13 takes nothing but number and name from above into a row without an item', () => {
    const { lines, questions } = parse(heading, first, ',,,另一类企业,,,,,')
    expect(lines[1]).toMatchObject({ taskNo: '1', known: { taskName: '甲', objectScope: '另一类企业' } })
    expect(questions.map(({ id }) => id)).toEqual(blanks(2, 'itemNames', 'ratio', 'window', 'timesPerYear', 'initiator', 'participants'))
    expect(parse(heading, first, '2,乙,,某企业,5%,1次/年,,,').lines[1]?.known).not.toHaveProperty('initiator')
    expect(parse(heading, first, '2,乙,丁事项,某企业,5%,1次/年,,,').lines[1]?.known).toMatchObject({ initiator: '市甲局' })
  })

  it('PLN-13 leaves a remark to the row it stands in', () => {
    const { lines } = parse(`${heading},备注`, `${first},不重复抽查`, '2,乙,丁事项,某企业,5%,1次/年,,,,')
    expect(lines.map(({ known }) => [known.initiator, known.remarks])).toEqual([
      ['市甲局', '不重复抽查'],
      ['市甲局', ''],
    ])
  })
})

describe('rows between the lines', () => {
  it.each(['合计', '合 计', '小计', '总计：2项', '本页小计', '一、重点检查', '二、重点检查', '（一）重点检查', '第二部分 一般检查'])(
    'PLN-13 asks about a row of %s, whichever column it stands in',
    (text) => {
      for (const row of [`${text},,,,,,,,`, `,${text},,,,,,,`, `,,${text},,,,,,`]) {
        expect(asked(heading, first, row, second)).toEqual([rowAsked(3)])
        expect(tasksOf(parse(heading, first, row, second))).toEqual(['1 甲', '2 乙'])
      }
    },
  )

  it('PLN-13 asks about a total that has figures beside it, and reads a numbered item that begins like a section', () => {
    expect(asked(heading, first, ',合计,,,5%,2次/年,,,', second)).toEqual([rowAsked(3)])
    expect(parse(heading, first, second.replace('另一事项', '二、另一事项')).lines).toHaveLength(2)
    expect(parse(heading, first, second.replace('2,乙,', ',,二、')).lines).toHaveLength(2)
  })

  it('PLN-13 passes a repeated header over, with a note', () => {
    const parsed = parse(heading, first, heading, second)
    const { questions, notes, headerRows } = parsed
    expect(tasksOf(parsed)).toEqual(['1 甲', '2 乙'])
    expect({ questions, headerRows }).toEqual({ questions: [], headerRows: [1, 3] })
    expect(notes.filter(({ code }) => code === 'repeated-header').map(({ line }) => line)).toEqual([3])
    const worded = heading.replace('抽查对象', '检查对象').replace('配合部门', '参与 部门')
    expect(tasksOf(parse(heading, first, worded, second))).toEqual(['1 甲', '2 乙'])
    expect(parse(heading, first, second).notes.map(({ code }) => code)).not.toContain('repeated-header')
  })

  it('PLN-13 passes both rows of a repeated header over', () => {
    const header = ['序号,抽查事项,抽查对象,抽查比例,抽查时间,,发起部门', ',,,,开始时间,结束时间,']
    const row = (no: number) => `${no},某事项,某企业,5%,3月,6月,市甲局`
    expect(parse(...header, row(1), ...header, row(2))).toMatchObject({
      headerRows: [1, 2, 4, 5],
      lines: [{ taskNo: '1' }, { taskNo: '2' }],
    })
  })

  it('PLN-13 reads nothing below a header of another meaning, and says so', () => {
    const other = heading.replace('抽查比例,抽查频次', '抽查频次,抽查比例')
    const { lines, problems } = parse(heading, first, other, second)
    expect(lines).toHaveLength(1)
    expect(problems).toMatchObject([{ line: 3, code: 'other-header' }])
  })
})

describe('what stands below the lines', () => {
  it.each([
    '备注：,1.比例为最低比例；,,,,,,,',
    ',备注：1.比例为最低比例；,,,,,,,',
    '※注：比例为最低比例,,,,,,,,',
    '制表人：张三,,审核人：李四,,,,,,',
    ',填表人（签字）：张三,,,负责人：,,,填报日期：,2026年1月',
    '联系电话：0467-0000000,,,,,,,,',
  ])('PLN-13 takes %s for no line, and tells of all of it', (row) => {
    const { lines, questions, notes, footerRows } = parse(heading, first, row)
    expect({ lines: lines.length, questions, footerRows }).toEqual({ lines: 1, questions: [], footerRows: [3] })
    const [note] = notes.filter(({ code }) => code === 'below-table')
    for (const text of row.split(',').filter((cell) => cell !== '')) expect(note?.textZh).toContain(text)
  })

  it('PLN-13 takes what stands below a footer for one, whatever column it begins in', () => {
    const below = ['注：比例为最低比例,,,,,,,,', '制表人：张三,,审核人：李四,,,,,,', ',,,二〇二六年一月,,,,,', '1,比例为最低比例,,,,,,,']
    const { lines, questions, footerRows } = parse(heading, first, ...below)
    expect({ lines: lines.length, questions, footerRows }).toEqual({ lines: 1, questions: [], footerRows: [3, 4, 5, 6] })
  })

  it('PLN-13 reads a full row of data below a footer, and asks about one that is half of it', () => {
    const note = '注：比例为最低比例,,,,,,,,'
    expect(tasksOf(parse(heading, first, note, second))).toEqual(['1 甲', '2 乙'])
    expect(asked(heading, first, note, second)).toEqual([])
    expect(asked(heading, first, note, '2,乙,丁事项,,,,,,')).toEqual([rowAsked(4)])
    expect(asked(heading, first, note, ',乙,丁事项,某企业,5%,1次/年,,,')).toEqual([rowAsked(4)])
    expect(asked(heading, first, note, '2,乙,,,,,,,')).toEqual([])
  })

  it('PLN-13 reads the lines of the next page below its header', () => {
    const { footerRows, lines } = parse(heading, first, '注：比例为最低比例,,,,,,,,', '续表,,,,,,,,', heading, second, ',,丁事项,,,,,,')
    expect({ footerRows, items: lines.map(({ known }) => known.itemNames) }).toEqual({
      footerRows: [3, 4],
      items: [['某事项'], ['另一事项', '丁事项']],
    })
  })

  it('PLN-13 reads a line whose item begins like a footer, where it has a number', () => {
    expect(tasksOf(parse(heading, first, second.replace('乙,', '说明书标注检查,')))).toEqual(['1 甲', '2 说明书标注检查'])
    expect(tasksOf(parse(heading, first, second.replace('乙,', '备注,')))).toEqual(['1 甲', '2 备注'])
  })
})
