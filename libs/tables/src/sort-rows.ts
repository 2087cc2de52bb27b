import { filledCount, isHeader } from './header-rows.ts'
import { fieldOf, headingField, isFilled, type Vocabulary } from './layout-columns.ts'
import type { ImportProblem } from './problem.ts'
import type { Question } from './question.ts'
import type { TableRow } from './record-reader.ts'
import type { Table } from './table.ts'
import { readInteger, squash } from './text.ts'

/** The rows below a header, by what they are. */
export interface SortedRows {
  readonly data: readonly TableRow[]
  readonly repeated: readonly TableRow[]
  readonly footers: readonly TableRow[]
  /** A question for each row that may be data or not. */
  readonly unclear: readonly Question[]
  /** Why nothing was read from some row on. */
  readonly problems: readonly ImportProblem[]
}

interface Surroundings<Field extends string> {
  readonly table: Table
  readonly vocabulary: Vocabulary<Field>
}

/** Notes and signatures; a name in brackets behind, 审核人(签字), and a mark before, ※注, belong to it. */
const footerStart =
  /^[(*※★]*(?:备注|注|说明|附注|(?:填表|填报)说明|(?:填表|填报|制表|编制|审核|复核|审批|经办|签发|负责|联系)(?:人|单位|部门|日期|时间|电话)|联系方式|单位负责人|分管领导)(?:\([^()]{1,8}\))?(?:\d*[:.、]|$)/
const total = /^(?:本页|全[省市县区年])?(?:合计|总计|小计|共计)/
/** 一、…, (二)…, 第三部分: alone in a row it stands over the rows below. */
const section = /^(?:[一二三四五六七八九十]{1,3}[、.,]|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]{1,3}(?:部分|类|章|节))/

const firstText = ({ cells }: TableRow): string => squash(cells.find(isFilled) ?? '')

/** A row under merged cells of the data above it, as the file tells. */
function goesOn({ line }: TableRow, header: readonly TableRow[], { sheet }: Table): boolean {
  const data = header.at(-1)?.line ?? 0
  return sheet?.merged.some(({ top, bottom }) => top >= data && top < line - 1 && bottom >= line - 1) ?? false
}

/** A total, or a heading over the rows below it: whichever column it stands in. */
function isOdd(row: TableRow, header: readonly TableRow[], table: Table): boolean {
  if (total.test(firstText(row))) return true
  if (filledCount(row) > 1 || goesOn(row, header, table)) return false
  return isFilled(row.cells[0]) || section.test(firstText(row))
}

function rowQuestion(row: TableRow, why: string): Question {
  const raw = row.cells.filter(isFilled).join('，')
  return {
    id: `row-${row.line}/row`,
    line: row.line,
    column: '',
    raw,
    field: 'row',
    code: 'row-not-understood',
    textZh: `第 ${row.line} 行“${raw}”${why}：确认忽略这一行，或改正表格后重新导入`,
    form: 'choice',
    options: [{ value: 'ignore', textZh: '忽略这一行' }],
  }
}

const otherHeader = ({ line }: TableRow): ImportProblem => ({
  line,
  code: 'other-header',
  reason: '这一行是另一种表头，从这一行起没有读入',
  action: '把两种表拆成两个文件，分别导入',
})

const cellsOf = ({ cells }: TableRow): string => cells.map(squash).join('\n').trimEnd()

/** Says the header again: the same texts, or headings of the same meaning. */
function saysAgain<Field extends string>(row: TableRow, header: readonly TableRow[], vocabulary: Vocabulary<Field>): boolean {
  if (header.some((each) => cellsOf(each) === cellsOf(row))) return true
  return (
    isHeader(row, vocabulary) &&
    row.cells.every((cell, column) => {
      const field = fieldOf(cell, vocabulary)
      const isSame = header.some(({ cells }) => squash(cells[column] ?? '') === squash(cell))
      return !isFilled(cell) || isSame || (field !== undefined && field === headingField(header, column, vocabulary))
    })
  )
}

const numberFields: readonly string[] = ['number', 'taskNumber']

type BelowFooter = 'data' | 'unclear' | 'footer'

/** What a row below a footer is: data where it has a number and half of its columns, a question where it has either and is no short note. */
function belowFooter(row: TableRow, fields: readonly (string | undefined)[]): BelowFooter {
  const known = fields.filter((field) => field !== undefined).length
  const filled = fields.filter((field, column) => field !== undefined && isFilled(row.cells[column])).length
  const numbers = row.cells.filter((_, column) => numberFields.includes(fields[column] ?? ''))
  const isNumbered = numbers.some((number) => readInteger(squash(number).replace(/[.、]$/, '')) !== undefined)
  const isWide = filled >= 3 && filled * 2 >= known
  if (isNumbered && isWide) return 'data'
  return isWide || (isNumbered && filled >= 3) ? 'unclear' : 'footer'
}

/**
 * Tells data from what stands between and below it. What stands below a footer is footer as well, until a row that is certainly data or says the
 * header again.
 */
export function sortRows<Field extends string>(
  rows: readonly TableRow[],
  header: readonly TableRow[],
  { table, vocabulary }: Surroundings<Field>,
): SortedRows {
  const width = Math.max(...header.map(({ cells }) => cells.length))
  const fields = Array.from({ length: width }, (_, column) => headingField(header, column, vocabulary))
  const [data, repeated, footers]: [TableRow[], TableRow[], TableRow[]] = [[], [], []]
  const unclear: Question[] = []
  let isBelow = false
  for (const row of rows) {
    if (saysAgain(row, header, vocabulary)) {
      repeated.push(row)
      isBelow = false
    } else if (isHeader(row, vocabulary)) return { data, repeated, footers, unclear, problems: [otherHeader(row)] }
    else if (footerStart.test(firstText(row))) {
      footers.push(row)
      isBelow = true
    } else {
      const kind: BelowFooter = isBelow ? belowFooter(row, fields) : 'data'
      isBelow &&= kind !== 'data'
      if (kind === 'footer') footers.push(row)
      else if (kind === 'unclear') unclear.push(rowQuestion(row, '在表尾说明下面，看不出是不是数据'))
      else if (isOdd(row, header, table)) unclear.push(rowQuestion(row, '不像数据，也不像表尾说明'))
      else data.push(row)
    }
  }
  return { data, repeated, footers, unclear, problems: [] }
}
