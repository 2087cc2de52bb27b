import type { MergedCells, Sheet, SheetRow } from './sheet.ts'

/** A column of a laid-out table: what it says of each line. */
export interface SheetColumn<Line> {
  readonly heading: string
  /** The heading it shares with its neighbours, above its own. */
  readonly group?: string
  readonly width: number
  readonly text: (line: Line, index: number) => string
  /** Whether it is left out where no line has anything in it. */
  readonly isOptional?: boolean
}

/** What stands above the table, in it and below it. */
export interface LaidOut<Line> {
  readonly title: string
  /** The unit that publishes it: 填报单位. */
  readonly publisher?: string
  readonly lines: readonly Line[]
  /** What stands below the table; each begins with 注. */
  readonly remarks?: readonly string[]
}

/** The column that has a row for each of its texts; what the others say is merged over those rows. */
export interface RowPerText<Line> {
  readonly column: SheetColumn<Line>
  readonly texts: (line: Line) => readonly string[]
}

/** Row by row, with what is merged in them. */
interface Part {
  readonly rows: readonly SheetRow[]
  readonly merged: readonly MergedCells[]
}

const isUsed = <Line>({ isOptional, text }: SheetColumn<Line>, lines: readonly Line[]): boolean =>
  isOptional !== true || lines.some((line, index) => text(line, index) !== '')

/** Whether a column stands under a heading that it shares: alone it needs none. */
const isGrouped = <Line>(column: SheetColumn<Line>, used: readonly SheetColumn<Line>[]): boolean =>
  column.group !== undefined && used.filter(({ group }) => group === column.group).length > 1

const wholeRow = (kind: 'title' | 'aside' | 'footer', text: string, width: number, top: number): Part => ({
  rows: [{ kind, cells: [text, ...Array.from({ length: width - 1 }, () => '')] }],
  merged: [{ top, left: 0, bottom: top, right: width - 1 }],
})

function headerOf<Line>(used: readonly SheetColumn<Line>[], top: number): Part {
  const upper = used.map((column, index) => {
    if (!isGrouped(column, used)) return column.heading
    return used[index - 1]?.group === column.group ? '' : (column.group ?? '')
  })
  const lower = used.map((column) => (isGrouped(column, used) ? column.heading : ''))
  const merged = used.flatMap((column, left): readonly MergedCells[] => {
    if (!isGrouped(column, used)) return [{ top, left, bottom: top + 1, right: left }]
    const right = used.findLastIndex(({ group }) => group === column.group)
    return used[left - 1]?.group === column.group ? [] : [{ top, left, bottom: top, right }]
  })
  return {
    rows: [
      { kind: 'header', cells: upper },
      { kind: 'header', cells: lower },
    ],
    merged,
  }
}

function lineOf<Line>(
  line: Line,
  index: number,
  used: readonly SheetColumn<Line>[],
  top: number,
  perText: RowPerText<Line> | undefined,
): Part {
  const texts = perText?.texts(line) ?? []
  const rows = (texts.length === 0 ? [''] : texts).map((text, place): SheetRow => {
    const cells = used.map((column) => (column === perText?.column ? text : place === 0 ? column.text(line, index) : ''))
    return { kind: 'body', cells }
  })
  const bottom = top + rows.length - 1
  const merged =
    bottom === top ? [] : used.flatMap((column, left) => (column === perText?.column ? [] : [{ top, left, bottom, right: left }]))
  return { rows, merged }
}

/** Lays a table out as offices publish theirs: a title row, who reports it, a header of two rows, the lines, remarks below. */
export function layOut<Line>(
  name: string,
  { title, publisher, lines, remarks = [] }: LaidOut<Line>,
  columns: readonly SheetColumn<Line>[],
  perText?: RowPerText<Line>,
): Sheet {
  const used = columns.filter((column) => isUsed(column, lines))
  const width = used.length
  const parts: Part[] = []
  const at = (): number => parts.reduce((rows, part) => rows + part.rows.length, 0)
  parts.push(wholeRow('title', title, width, at()))
  if (publisher !== undefined) parts.push(wholeRow('aside', `填报单位：${publisher}`, width, at()))
  parts.push(headerOf(used, at()))
  for (const [index, line] of lines.entries()) parts.push(lineOf(line, index, used, at(), perText))
  for (const remark of remarks) parts.push(wholeRow('footer', remark, width, at()))
  return {
    name,
    widths: used.map((column) => column.width),
    rows: parts.flatMap((part) => part.rows),
    merged: parts.flatMap((part) => part.merged),
  }
}
