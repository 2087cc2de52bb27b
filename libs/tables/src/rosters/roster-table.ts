import { findLayout } from '../layout.ts'
import { isFilled } from '../layout-columns.ts'
import { type FilledRow, fillMerged } from '../merged.ts'
import type { ImportProblem } from '../problem.ts'
import type { Question, TableNote } from '../question.ts'
import { readInitiator, readParticipants } from '../read-departments.ts'
import type { Table } from '../table.ts'
import { cleanName, squash } from '../text.ts'
import { type RosterField, rosterVocabulary } from './roster-columns.ts'

/** A drawn object as published; texts are as written, null where the table has none. */
export interface RosterRow {
  /** The row of the table, from 1. */
  readonly rowNo: number
  readonly line: number
  readonly objectName: string | null
  readonly objectCode: string | null
  readonly item: string | null
  /** Names of the departments where the cell says them for certain. */
  readonly initiators: readonly string[]
  readonly participants: readonly string[]
  readonly date: string | null
  /** The object's own result; null: still to be entered (待补). */
  readonly result: string | null
  /** What the table says of several objects together; it is no result of any one of them. */
  readonly groupRemark: string | null
}

/** A published list of drawn objects read: nothing is guessed, and every row of the table is a row here or a problem. */
export interface ParsedRoster {
  /** The headings as the file has them. */
  readonly headings: Readonly<Partial<Record<RosterField, string>>>
  readonly rows: readonly RosterRow[]
  readonly questions: readonly Question[]
  readonly notes: readonly TableNote[]
  /** Rows that were left out, each once. */
  readonly problems: readonly ImportProblem[]
  /** Why the table as a whole is no roster: without a header that is known, or without rows. */
  readonly fault?: ImportProblem
}

const usualHeadings = ['抽查对象名称', '统一社会信用代码', '检查日期', '检查结果']

/** 民政、消防等部门: an ending for all that are named, and perhaps for others that are not. */
const andOthers = /等(部门|单位)$/

const textOf = (row: FilledRow<RosterField>, field: RosterField): string | null => {
  const cell = row.cells[field]
  return cell === undefined ? null : cleanName(cell.raw)
}

/** The line at which the merged cell begins that a row belongs to: its own where nothing was carried down to it. */
const groupOf = ({ line, cells }: FilledRow<RosterField>): number =>
  cells.initiator?.line ?? cells.participants?.line ?? cells.date?.line ?? line

/**
 * Groups of rows under one merged cell whose result stands in the first row alone: what it says is of the group, and who tells it of the first
 * object, or of each, makes up results.
 */
function groupRemarks(rows: readonly FilledRow<RosterField>[]): ReadonlyMap<number, string> {
  const remarks = new Map<number, string>()
  for (const first of rows) {
    const text = textOf(first, 'result')
    const members = rows.filter((row) => groupOf(row) === first.line)
    const others = members.filter((row) => row !== first)
    if (text !== null && others.length > 0 && others.every((row) => row.cells.result === undefined)) remarks.set(first.line, text)
  }
  return remarks
}

/** Reads the table of a published list of drawn objects (抽取名单). */
export function parseRosterTable(table: Table): ParsedRoster {
  const found = findLayout(table, rosterVocabulary, usualHeadings)
  if (!found.ok) return unread(table, found.error)
  const layout = found.value
  const merged = fillMerged(layout, { leading: ['number', 'object'], anchor: 'initiator', own: ['object', 'code', 'result', 'remarks'] })
  const remarks = groupRemarks(merged.rows)
  const read = merged.rows.map((row, index) => rosterRow(row, index + 1, remarks.get(groupOf(row)) ?? null))
  const rows = read.filter(namesObject)
  const open = merged.rows.filter(({ cells }) => andOthers.test(squash(cells.participants?.raw ?? '')))
  const pending = rows.filter(({ result }) => result === null)
  const fault = layout.problems.find(isOfTable)
  return {
    headings: Object.fromEntries(layout.columns.flatMap(({ field, name }) => (field === undefined ? [] : [[field, name]]))),
    rows,
    questions: layout.questions,
    notes: [...merged.notes, ...open.map(openNote), ...pending.map(({ line, groupRemark }) => pendingNote(line, groupRemark))],
    problems: [
      ...layout.problems.filter((problem) => !isOfTable(problem)),
      ...read.filter((row) => !namesObject(row)).map(({ line }) => unnamed(line)),
    ],
    ...(fault === undefined ? {} : { fault }),
  }
}

const isOfTable = ({ code }: ImportProblem): boolean => code === 'no-rows'

const namesObject = ({ objectName, objectCode }: RosterRow): boolean => objectName !== null || objectCode !== null

const unnamed = (line: number): ImportProblem => ({
  line,
  code: 'object-not-named',
  reason: '这一行没有写明检查对象，没有读入',
  action: '补填对象名称或统一社会信用代码后重新导入',
})

/** A table of other things, such as the sizes of pools: each row below its heading is told of, so that whoever sent it finds it again. */
function unread({ rows, problems }: Table, fault: ImportProblem): ParsedRoster {
  const [heading, ...below] = rows.flatMap(({ line, cells }) => {
    const filled = cells.filter(isFilled)
    return filled.length === 0 ? [] : [{ line, text: filled.map(squash).join('，') }]
  })
  const leftOut = below.map(({ line, text }) => ({
    line,
    value: text,
    code: 'row-without-header',
    reason: '表头不是抽取名单的表头，这一行没有读入',
    action: '改用抽取名单的列名后重新导入；不是名单的表不用导入',
  }))
  return {
    headings: {},
    rows: [],
    questions: [],
    notes: [],
    problems: [...problems, ...leftOut],
    fault: heading === undefined ? fault : { ...fault, line: heading.line, value: heading.text },
  }
}

function rosterRow(row: FilledRow<RosterField>, rowNo: number, groupRemark: string | null): RosterRow {
  const { initiator, participants } = row.cells
  const named = participants && { ...participants, raw: squash(participants.raw).replace(andOthers, '$1') }
  const objectCode = row.cells.code === undefined ? null : squash(row.cells.code.raw)
  return {
    rowNo,
    line: row.line,
    objectName: textOf(row, 'object'),
    objectCode,
    item: textOf(row, 'item'),
    initiators: (initiator && readInitiator(initiator).names) ?? [],
    participants: (named && readParticipants(named).names) ?? [],
    date: textOf(row, 'date'),
    result: groupRemark === null ? textOf(row, 'result') : null,
    groupRemark,
  }
}

const openNote = ({ line, cells }: FilledRow<RosterField>): TableNote => ({
  line,
  ...(cells.participants === undefined ? {} : { column: cells.participants.column }),
  code: 'participants-open',
  textZh: '参与部门以“等”字结尾：只列入写明的部门，未点名的没有列入',
})

const pendingNote = (line: number, groupRemark: string | null): TableNote => ({
  line,
  code: 'result-pending',
  textZh: groupRemark === null ? '没有逐户结果，待补' : `没有逐户结果，待补；“${groupRemark}”说的是几家，不算任何一家的结果`,
})
