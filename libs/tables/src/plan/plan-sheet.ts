import { formatPercent } from '@dual-random/kernel'
import { noneAnswer } from '../answer.ts'
import type { MergedCells, Sheet, SheetRow } from '../sheet/sheet.ts'
import type { PublishedPlanLine } from './published-line.ts'

/** A plan to be laid out as cities publish theirs. */
export interface PlanDocument {
  readonly title: string
  /** The unit that publishes it: 填报单位. */
  readonly publisher?: string
  readonly lines: readonly PublishedPlanLine[]
  /** What stands below the table; each begins with 注. */
  readonly remarks?: readonly string[]
}

interface PlanColumn {
  readonly heading: string
  /** The heading it shares with its neighbours, above its own. */
  readonly group?: string
  readonly width: number
  readonly text: (line: PublishedPlanLine, index: number) => string
  /** Whether it is left out where no line has anything in it. */
  readonly isOptional?: boolean
}

function shareText({ ratio, tiers = [] }: PublishedPlanLine): string {
  const all = ratio === undefined ? [] : [formatPercent(ratio)]
  return [...all, ...tiers.map((tier) => `${tier.name}${formatPercent(tier.ratio)}`)].join('；')
}

const amount = '抽查数量'
const time = '抽查时间'
const listed = (names: readonly string[]): string => names.join('、')

const itemColumn: PlanColumn = { heading: '抽查事项', width: 32, text: () => '' }

/** Headings that `planVocabulary` knows. */
const columns: readonly PlanColumn[] = [
  { heading: '序号', width: 6, text: (_line, index) => String(index + 1) },
  { heading: '抽查任务名称', width: 24, text: ({ taskName }) => taskName },
  itemColumn,
  { heading: '抽查对象范围', width: 24, text: ({ objectScope = '' }) => objectScope, isOptional: true },
  { heading: '抽查比例', group: amount, width: 16, text: shareText, isOptional: true },
  {
    heading: '抽查户数',
    group: amount,
    width: 8,
    text: ({ count }) => (count === undefined ? '' : `${count}户`),
    isOptional: true,
  },
  { heading: '抽查频次', width: 9, text: ({ timesPerYear }) => `${timesPerYear}次/年` },
  { heading: '抽查日期自', group: time, width: 12, text: ({ window }) => window.start },
  { heading: '抽查日期至', group: time, width: 12, text: ({ window }) => window.end },
  { heading: '完成时限', width: 12, text: ({ deadline = '' }) => deadline, isOptional: true },
  { heading: '发起部门', width: 18, text: ({ initiator }) => initiator },
  { heading: '配合部门', width: 20, text: ({ participants }) => (participants.length === 0 ? noneAnswer : listed(participants)) },
  { heading: '抽查方式', width: 12, text: ({ methods }) => listed(methods), isOptional: true },
  { heading: '备注', width: 16, text: ({ remarks }) => remarks, isOptional: true },
]

const isUsed = ({ isOptional, text }: PlanColumn, lines: readonly PublishedPlanLine[]): boolean =>
  isOptional !== true || lines.some((line, index) => text(line, index) !== '')

/** Whether a column stands under a heading that it shares: alone it needs none. */
const isGrouped = (column: PlanColumn, used: readonly PlanColumn[]): boolean =>
  column.group !== undefined && used.filter(({ group }) => group === column.group).length > 1

/** Row by row, with what is merged in them. */
interface Part {
  readonly rows: readonly SheetRow[]
  readonly merged: readonly MergedCells[]
}

const wholeRow = (kind: 'title' | 'aside' | 'footer', text: string, width: number, top: number): Part => ({
  rows: [{ kind, cells: [text, ...Array.from({ length: width - 1 }, () => '')] }],
  merged: [{ top, left: 0, bottom: top, right: width - 1 }],
})

function headerOf(used: readonly PlanColumn[], top: number): Part {
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

/** A row for each item; what belongs to the line as a whole is merged over them. */
function lineOf(line: PublishedPlanLine, index: number, used: readonly PlanColumn[], top: number): Part {
  const items = line.itemNames.length === 0 ? [''] : line.itemNames
  const rows = items.map((item, place): SheetRow => {
    const cells = used.map((column) => (column === itemColumn ? item : place === 0 ? column.text(line, index) : ''))
    return { kind: 'body', cells }
  })
  const bottom = top + items.length - 1
  const merged = bottom === top ? [] : used.flatMap((column, left) => (column === itemColumn ? [] : [{ top, left, bottom, right: left }]))
  return { rows, merged }
}

/** Lays a plan out as cities publish theirs: a title, a header of two rows, a row for each item. `parsePlanTable` reads the same lines from it. */
export function planSheet({ title, publisher, lines, remarks = [] }: PlanDocument): Sheet {
  const used = columns.filter((column) => isUsed(column, lines))
  const width = used.length
  const parts: Part[] = []
  const at = (): number => parts.reduce((rows, part) => rows + part.rows.length, 0)
  parts.push(wholeRow('title', title, width, at()))
  if (publisher !== undefined) parts.push(wholeRow('aside', `填报单位：${publisher}`, width, at()))
  parts.push(headerOf(used, at()))
  for (const [index, line] of lines.entries()) parts.push(lineOf(line, index, used, at()))
  for (const remark of remarks) parts.push(wholeRow('footer', remark, width, at()))
  return {
    name: '抽查计划',
    widths: used.map((column) => column.width),
    rows: parts.flatMap((part) => part.rows),
    merged: parts.flatMap((part) => part.merged),
  }
}
