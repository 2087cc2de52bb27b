import { type Question, tableQuestion } from './question.ts'
import type { TableRow } from './record-reader.ts'
import { cleanName, squash } from './text.ts'

/** What columns mean: each field with the headings (squashed) that stand for it. */
export type Vocabulary<Field extends string> = readonly { readonly field: Field; readonly pattern: RegExp }[]

export interface LayoutColumn<Field extends string> {
  readonly index: number
  /** The heading as the file has it, its line breaks closed up. */
  readonly name: string
  /** The heading above it, where it has one that stands over several columns. */
  readonly above?: string
  /** Absent when the heading is unknown, and in columns that share their meaning with another. */
  readonly field?: Field
}

const questionIdOf = (index: number): string => `column-${index + 1}`

/** The id of the question about a column that is not known. */
export const columnQuestionId = (index: number): string => `table/${questionIdOf(index)}`

export interface ColumnsReading<Field extends string> {
  readonly columns: readonly LayoutColumn<Field>[]
  readonly questions: readonly Question[]
}

export const isFilled = (cell: string | undefined): boolean => cell !== undefined && squash(cell) !== ''

export const fieldOf = <Field extends string>(heading: string, vocabulary: Vocabulary<Field>): Field | undefined =>
  vocabulary.find(({ pattern }) => pattern.test(squash(heading)))?.field

/** The heading of a column in a row of the header: its own, or the one to its left that stands over several columns. */
function groupOf(row: TableRow, column: number): string {
  const own = row.cells[column]
  return isFilled(own) ? (own ?? '') : (row.cells.slice(0, column).findLast(isFilled) ?? '')
}

/** The heading nearest to the contents of a column, with the one above it. */
function headingOf(header: readonly TableRow[], column: number): { readonly own: string; readonly above: string } {
  const place = header.findLastIndex((row) => isFilled(row.cells[column]))
  const above = header[place - 1]
  return { own: header[place]?.cells[column] ?? '', above: above === undefined ? '' : groupOf(above, column) }
}

/** What a column means by its own heading, else by that together with the one above: 抽查时间 over 起 and 止. */
export function headingField<Field extends string>(
  header: readonly TableRow[],
  column: number,
  vocabulary: Vocabulary<Field>,
): Field | undefined {
  const { own, above } = headingOf(header, column)
  return fieldOf(own, vocabulary) ?? (above === '' ? undefined : fieldOf(above + own, vocabulary))
}

const ignore = [{ value: 'ignore', textZh: '忽略这一列' }]

function columnQuestion(line: number, column: LayoutColumn<string>, doubled: boolean): Question {
  const textZh = doubled
    ? `“${column.name}”列与另一列同义而内容不同，都没有采用：确认忽略，或只留一列后重新导入`
    : `不认识“${column.name}”列：确认忽略，或改用通行的列名后重新导入`
  const code = doubled ? 'doubled-column' : 'unknown-column'
  const source = { line, column: column.name, raw: column.name }
  return tableQuestion(source, { field: questionIdOf(column.index), code, textZh, form: 'choice', options: ignore })
}

/**
 * Gives each column its meaning. Of columns with the same meaning and the same contents the first counts; with different contents none does,
 * and each is asked about, as is an unknown column that is not empty.
 */
export function readColumns<Field extends string>(
  header: readonly TableRow[],
  rows: readonly TableRow[],
  vocabulary: Vocabulary<Field>,
): ColumnsReading<Field> {
  const [top] = header
  const width = Math.max(...header.map((row) => row.cells.length))
  const contentOf = (index: number): string => JSON.stringify(rows.map((row) => squash(row.cells[index] ?? '')))
  const named = Array.from({ length: width }, (_, index) => {
    const { own, above } = headingOf(header, index)
    return {
      index,
      name: cleanName(own) || `第 ${index + 1} 列`,
      ...(above === '' ? {} : { above: cleanName(above) }),
      field: headingField(header, index, vocabulary),
      content: contentOf(index),
    }
  })
  const questions: Question[] = []
  const columns = named.map(({ field, content, ...column }) => {
    const { index } = column
    const twins = named.filter((other) => field !== undefined && other.field === field)
    const doubled = twins.some((twin) => twin.content !== content)
    if (doubled || (field === undefined && rows.some((row) => isFilled(row.cells[index])))) {
      questions.push(columnQuestion(top?.line ?? 1, column, doubled))
    }
    return field === undefined || doubled || twins[0]?.index !== index ? column : { ...column, field }
  })
  return { columns, questions }
}
