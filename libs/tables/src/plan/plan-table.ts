import { questionsOf } from '../finding.ts'
import { restoreFormula } from '../formula.ts'
import { findLayout, type Layout } from '../layout.ts'
import { fillMerged, type SourceCell } from '../merged.ts'
import type { ImportProblem } from '../problem.ts'
import type { Question, TableNote } from '../question.ts'
import type { Table } from '../table.ts'
import { squash } from '../text.ts'
import { carryBase } from './carry-base.ts'
import { withGradeColumns } from './grade-columns.ts'
import { groupRows, type LineRows } from './group-rows.ts'
import { type PlanField, planVocabulary } from './plan-columns.ts'
import type { PlanContext, PlanOptions, PlanRow } from './plan-context.ts'
import type { ParsedPlanLine } from './plan-line.ts'
import { planMergeRules } from './plan-merge-rules.ts'
import { footerNotes, planNotes } from './plan-notes.ts'
import { planTableQuestions } from './plan-questions.ts'
import { readRemarks } from './read-remarks.ts'
import { readShare } from './read-share.ts'
import { readTexts } from './read-texts.ts'
import { readTimes } from './read-times.ts'
import { readUnits } from './read-units.ts'
import { readWindow } from './read-window.ts'
import { askRepeated } from './repeated-lines.ts'
import { askBasis, statedOfEachDraw } from './share-basis.ts'
import { undrawnTable } from './undrawn-sheet.ts'

/** A plan table read: lines with what is certain, questions about the rest, notes on what was inferred, problems of rows left out. */
export interface ParsedPlanTable {
  readonly lines: readonly ParsedPlanLine[]
  readonly questions: readonly Question[]
  readonly notes: readonly TableNote[]
  readonly problems: readonly ImportProblem[]
  /** Physical lines of the rows that are no data. */
  readonly titleRows: readonly number[]
  readonly headerRows: readonly number[]
  readonly footerRows: readonly number[]
}

/** The cells of a line: those of its first row, with what its other rows say beside them. */
function cellsOf([head, ...others]: LineRows): PlanRow['cells'] {
  const cells = { ...head.cells }
  for (const { cells: more } of others) {
    for (const [field, cell] of Object.entries(more) as [PlanField, SourceCell][]) {
      const own = cells[field]
      if (own === undefined) cells[field] = cell
      else if (!own.raw.split('\n').some((text) => squash(text) === squash(cell.raw)) && squash(own.raw) !== squash(cell.raw))
        cells[field] = { ...own, raw: `${own.raw}\n${cell.raw}` }
    }
  }
  return cells
}

/** 不重复抽查 beside a share is a remark as well. */
const remarksOf = (share: { readonly remarks: readonly string[] }, { known }: ReturnType<typeof readTexts>): string =>
  [...share.remarks, known.remarks ?? ''].filter((remark) => remark !== '').join('；')

/** What a question about the amount of a line is about. */
const amountFields = { ratio: true, count: true } as const

interface ReadLine {
  readonly line: ParsedPlanLine
  readonly questions: readonly Question[]
}

function readLine(rows: LineRows, lineNo: number, above: ParsedPlanLine | undefined, context: PlanContext): ReadLine {
  const [head] = rows
  const texts = readTexts(rows, context)
  const share = readShare(head, context, above)
  const window = readWindow(head, context)
  const times = readTimes(head, window.readings.window, context)
  const units = readUnits(head, context)
  const remarks = readRemarks(head, { ...texts.known, ...share.known, ...window.known, ...times.known, ...units.known }, context)
  const yearly = share.proviso === undefined ? statedOfEachDraw(share.readings, times.known.timesPerYear) : undefined
  const shareAsks = yearly === undefined ? share.asks : share.asks.filter(({ text }) => !(text.field in amountFields))
  const line: ParsedPlanLine = {
    lineNo,
    taskNo: squash(head.cells.number?.raw ?? ''),
    rows: rows.map((row) => row.line),
    cells: cellsOf(rows),
    readings: { ...share.readings, ...window.readings, ...times.readings, ...units.readings, ...remarks.readings },
    known: {
      ...texts.known,
      remarks: remarksOf(share, texts),
      ...share.known,
      ...yearly,
      ...window.known,
      ...times.known,
      ...units.known,
      ...remarks.known,
    },
  }
  const asks = [...texts.asks, ...shareAsks, ...window.asks, ...times.asks, ...units.asks, ...remarks.asks]
  const basis = askBasis(line, line.known.timesPerYear ?? 1)
  return { line, questions: [...questionsOf(lineNo, asks), ...(basis === undefined ? [] : [basis])] }
}

function readLines(groups: readonly LineRows[], context: PlanContext): readonly ReadLine[] {
  const read: ReadLine[] = []
  for (const rows of groups) {
    const above = read.findLast(({ line }) => line.readings.ratio !== undefined)?.line
    read.push(readLine(rows, read.length + 1, above, context))
  }
  return read
}

const unreadable = (problem: ImportProblem): ParsedPlanTable => ({
  lines: [],
  questions: [],
  notes: [],
  problems: [problem],
  titleRows: [],
  headerRows: [],
  footerRows: [],
})

/** The numbers of tasks are those of the rows where no column numbers the rows themselves. */
function withTaskNumbers(layout: Layout<PlanField>): Layout<PlanField> {
  if (layout.columns.some(({ field }) => field === 'number')) return layout
  const columns = layout.columns.map((column) => (column.field === 'taskNumber' ? { ...column, field: 'number' as const } : column))
  return { ...layout, columns }
}

/** Reads the table of a published annual plan: every cell is understood or asked about; nothing is guessed. */
export function parsePlanTable(table: Table, options: PlanOptions): ParsedPlanTable {
  const rows = table.rows.map(({ line, cells }) => ({ line, cells: cells.map(restoreFormula) }))
  const undrawn = undrawnTable(rows)
  if (undrawn !== undefined) return unreadable(undrawn)
  const found = findLayout({ ...table, rows }, planVocabulary, ['抽查事项', '检查对象', '抽查比例'])
  if (!found.ok) return unreadable(found.error)
  const layout = withTaskNumbers(withGradeColumns(found.value))
  const columns = new Map(layout.columns.flatMap(({ field, name }) => (field === undefined ? [] : [[field, name] as const])))
  const context: PlanContext = { options, columns }
  const merged = carryBase(fillMerged(layout, planMergeRules(context)))
  const read = readLines(groupRows(merged.rows), context)
  const lines = read.map(({ line }) => line)
  const headerLine = layout.header[0]?.line ?? 1
  const facts = { context, headerLine, titles: layout.titles, rows: merged.rows, lines, footers: layout.footers }
  return {
    lines,
    questions: [
      ...(table.sheet?.questions ?? []),
      ...layout.questions,
      ...planTableQuestions(facts),
      ...askRepeated(lines),
      ...read.flatMap(({ questions }) => questions),
    ],
    notes: [...(table.sheet?.notes ?? []), ...merged.notes, ...planNotes(lines, context, headerLine), ...footerNotes(layout.footers)],
    problems: layout.problems,
    titleRows: layout.titles.map((row) => row.line),
    headerRows: [...layout.header, ...layout.repeated].map((row) => row.line),
    footerRows: layout.footers.map((row) => row.line),
  }
}
