import { err, ok, type Result } from '@dual-random/kernel'
import { undrawnSheetName } from '../plan/undrawn-sheet.ts'
import type { ImportProblem } from '../problem.ts'
import { type Question, type QuestionOption, type TableNote, tableQuestion } from '../question.ts'
import { cellTooLong, type TableRow } from '../record-reader.ts'
import { defaultLimits, type Table } from '../table.ts'
import { squash } from '../text.ts'
import { type Archive, type ArchiveLimits, openArchive, WorkbookFault } from './archive.ts'
import { type CellFormat, readCellFormats } from './date-formats.ts'
import { readSharedStrings } from './shared-strings.ts'
import { readStoredSheet, SheetFault, type StoredCell, type StoredRow, type StoredSheet } from './sheet-cells.ts'
import { shownNumber } from './shown-number.ts'
import { readWorkbook, type SheetPart } from './workbook.ts'
import { columnName } from './workbook-parts.ts'

/** A published table is small: what unpacks to more is none. */
const limits: ArchiveLimits = { maxUnpackedBytes: 67_108_864 }

interface Reading {
  readonly strings: readonly string[]
  readonly formats: readonly CellFormat[]
  readonly is1904: boolean
}

interface Found {
  readonly part: SheetPart
  readonly sheet: StoredSheet
  /** Why it cannot be read; another sheet may be the one that is wanted. */
  readonly fault?: ImportProblem
}

const general: CellFormat = { id: 0 }
const quoted = (found: readonly Found[]): string => found.map(({ part }) => `“${part.name}”`).join('')

/**
 * A sheet of a workbook (XLSX) as the table that people see: numbers as their format shows them, formulas by the value that is stored, merged
 * cells told by the file. `wanted` names the sheet; without it there must be one alone that is seen and has something in it, beside the checks
 * without a draw that an exported plan has in a sheet of their own.
 */
export async function readPublishedSheet(bytes: Uint8Array, wanted: string | undefined): Promise<Result<Table, ImportProblem>> {
  try {
    const archive = await openArchive(bytes, limits)
    const { named, is1904 } = await readWorkbook(archive)
    const found: Found[] = []
    for (const part of named) found.push(await foundAt(archive, part))
    const chosen = choose(found, wanted)
    if (!chosen.ok) return chosen
    if (chosen.value.fault !== undefined) return err(chosen.value.fault)
    const reading = { strings: await readSharedStrings(archive), formats: await readCellFormats(archive), is1904 }
    const others = found.filter((each) => each !== chosen.value && isFilled(each))
    return ok(tableOf(chosen.value, reading, others))
  } catch (thrown) {
    if (!(thrown instanceof WorkbookFault)) throw thrown
    return err(thrown.problem)
  }
}

const empty: StoredSheet = { rows: [], merged: [], hiddenColumns: new Set() }

const isFilled = ({ sheet, fault }: Found): boolean => sheet.rows.length > 0 || fault !== undefined

async function foundAt(archive: Archive, part: SheetPart): Promise<Found> {
  // A sheet of charts has no cells.
  if (part.part.includes('chartsheets/')) return { part, sheet: empty }
  try {
    return { part, sheet: await readStoredSheet(await archive.open(part.part)) }
  } catch (thrown) {
    if (!(thrown instanceof SheetFault)) throw thrown
    return { part, sheet: empty, fault: thrown.problem }
  }
}

function choose(found: readonly Found[], wanted: string | undefined): Result<Found, ImportProblem> {
  const problem = (code: string, reason: string, action: string) => err({ line: 1, code, reason, action })
  const filled = found.filter(isFilled)
  if (wanted !== undefined) {
    const named = found.find(({ part }) => part.name === wanted)
    if (named !== undefined) return ok(named)
    return problem('no-such-sheet', `工作簿中没有工作表“${wanted}”`, `改用工作簿中有的：${quoted(found)}`)
  }
  // Beside the plan an export of it has its checks without a draw, which are no plan: the one sheet left is what is wanted.
  const visible = filled.filter(({ part }) => !part.isHidden)
  const drawn = visible.filter(({ part }) => part.name !== undrawnSheetName)
  const seen = drawn.length === 0 ? visible : drawn
  const [only] = seen
  if (seen.length > 1)
    return problem(
      'several-sheets',
      `工作簿有 ${seen.length} 张工作表有内容：${quoted(seen)}`,
      '写明读哪一张（命令行 --sheet，接口 sheet），或分别导入',
    )
  if (only !== undefined) return ok(only)
  if (filled.length > 0)
    return problem('sheets-hidden', `有内容的工作表都是隐藏的：${quoted(filled)}`, '取消隐藏，或写明读哪一张（命令行 --sheet，接口 sheet）')
  return problem('no-rows', '工作簿中没有内容', '确认选对了文件，填写后重新导入')
}

/** A cell as people see it, and what is to be asked or told about it. */
interface SeenCell {
  readonly text: string
  readonly question?: Question
  readonly note?: TableNote
}

function seenCell(cell: StoredCell, line: number, column: number, { strings, formats, is1904 }: Reading): SeenCell {
  const { type, style, value, hasValue, formula } = cell
  const reference = `${columnName(column)}${line}`
  // A formula may give the empty text, but no empty number.
  const isMissing = formula !== undefined && (!hasValue || (type !== 'str' && value === ''))
  if (type === 'e' || isMissing) return { text: '', question: askFormula(cell, line, reference) }
  if (type === 's') return { text: strings[Number(value)] ?? '' }
  if (type === 'b') return { text: value === '1' ? 'TRUE' : 'FALSE' }
  const number = Number(value)
  if (type !== 'n' || value === '' || !Number.isFinite(number)) return { text: value }
  const { text, stored } = shownNumber(number, formats[style] ?? general, is1904)
  if (stored === undefined) return { text }
  const textZh = `${reference} 格显示的与存的不一样：存的是 ${stored}，读作“${text}”`
  return { text, note: { line, code: 'shown-otherwise', textZh } }
}

function askFormula({ type, value, formula }: StoredCell, line: number, reference: string): Question {
  const isError = type === 'e'
  const raw = `${formula === undefined ? '' : `=${formula}`}${isError ? ` ${value}` : ''}`.trim()
  const why = isError ? `是错误值 ${value}` : '是公式，没有存下计算结果'
  return {
    id: `cell-${reference}/value`,
    line,
    column: '',
    raw,
    field: 'cell',
    code: isError ? 'cell-with-error' : 'formula-without-value',
    textZh: `${reference} 格${why}：当作空格，所缺的内容另行回答；或在表格软件中改正、保存后重新导入`,
    form: 'choice',
    options: [{ value: 'blank', textZh: '当作空格' }],
  }
}

const asRead: readonly QuestionOption[] = [{ value: 'read', textZh: '照常读入' }]

function askHidden(field: string, line: number, what: string): Question {
  const textZh = `表中隐藏了${what}，已和其他内容一样读入：确认读入，或删去后重新导入`
  return tableQuestion({ line, column: '', raw: what }, { field, code: 'hidden-cells', textZh, form: 'choice', options: asRead })
}

function hiddenQuestions({ rows, hiddenColumns }: StoredSheet, width: number): readonly Question[] {
  const lines = rows.filter(({ isHidden }) => isHidden).map(({ line }) => line)
  const columns = [...hiddenColumns]
    .filter((column) => column < width && rows.some(({ cells }) => cells.has(column)))
    .toSorted((a, b) => a - b)
  return [
    ...(lines[0] === undefined ? [] : [askHidden('hiddenRows', lines[0], `第 ${lines.join('、')} 行`)]),
    ...(columns.length === 0 ? [] : [askHidden('hiddenColumns', rows[0]?.line ?? 1, `${columns.map(columnName).join('、')} 列`)]),
  ]
}

const otherNote = ({ part }: Found): TableNote => ({
  line: 1,
  code: part.isHidden ? 'hidden-sheet' : 'other-sheet',
  textZh: `工作簿还有${part.isHidden ? '隐藏的' : ''}工作表“${part.name}”，没有读入`,
})

function tableOf({ part, sheet }: Found, reading: Reading, others: readonly Found[]): Table {
  const seen = sheet.rows.map((row) => ({ line: row.line, cells: seenCells(row, reading) }))
  const filled = seen.flatMap(({ cells }) => [...cells].flatMap(([column, { text }]) => (squash(text) === '' ? [] : [column])))
  const width = filled.reduce((most, column) => Math.max(most, column + 1), 0)
  const rows: TableRow[] = []
  const problems: ImportProblem[] = []
  for (const { line, cells } of seen) {
    const texts = Array.from({ length: width }, (_, column) => cells.get(column)?.text ?? '')
    const overlong = texts.find((text) => text.length > defaultLimits.maxCellLength)
    if (overlong === undefined) rows.push({ line, cells: texts })
    else problems.push(cellTooLong(line, overlong, defaultLimits.maxCellLength))
  }
  const all = seen.flatMap(({ cells }) => [...cells.values()])
  return {
    encoding: 'xlsx',
    rows,
    problems,
    sheet: {
      name: part.name,
      merged: sheet.merged,
      questions: [...hiddenQuestions(sheet, width), ...all.flatMap(({ question }) => question ?? [])],
      notes: [...others.map(otherNote), ...all.flatMap(({ note }) => note ?? [])],
    },
  }
}

const seenCells = ({ line, cells }: StoredRow, reading: Reading): ReadonlyMap<number, SeenCell> =>
  new Map([...cells].map(([column, cell]) => [column, seenCell(cell, line, column, reading)]))
