import type { LocalDate } from '@dual-random/kernel'
import { noneAnswer } from '../answer.ts'
import type { ImportProblem } from '../problem.ts'
import type { TableRow } from '../record-reader.ts'
import { type LaidOut, layOut, type SheetColumn } from '../sheet/lay-out.ts'
import type { Sheet } from '../sheet/sheet.ts'
import { squash } from '../text.ts'

/** A check that a plan has beside its draws, in words; what a line lacks is the empty text. */
export interface PublishedUndrawnLine {
  readonly lineId: string
  /** 重点监管, 专项检查, … */
  readonly kind: string
  readonly taskName: string
  readonly field: string
  readonly objectScope: string
  /** By which marks the objects are known: kinds, industries, tags. */
  readonly objectMarks: string
  readonly itemNames: readonly string[]
  readonly window: { readonly start: LocalDate; readonly end: LocalDate }
  readonly initiator: string
  readonly participants: readonly string[]
  readonly matter: string
  readonly stages: readonly string[]
  readonly basis: string
  readonly problem: string
  readonly means: string
  /** Random-check items that cover its field. */
  readonly coveredBy: readonly string[]
  readonly jointException: string
  readonly reasons: string
}

export type UndrawnDocument = LaidOut<PublishedUndrawnLine>

const time = '检查时间'
const listed = (names: readonly string[]): string => names.join('、')

const columns: readonly SheetColumn<PublishedUndrawnLine>[] = [
  { heading: '编号', width: 6, text: ({ lineId }) => lineId },
  { heading: '类别', width: 12, text: ({ kind }) => kind },
  { heading: '任务名称', width: 24, text: ({ taskName }) => taskName },
  { heading: '监管领域', width: 12, text: ({ field }) => field },
  { heading: '检查对象', width: 24, text: ({ objectScope }) => objectScope },
  { heading: '对象条件', width: 20, text: ({ objectMarks }) => objectMarks },
  { heading: '检查事项', width: 24, text: ({ itemNames }) => listed(itemNames), isOptional: true },
  { heading: '检查日期自', group: time, width: 12, text: ({ window }) => window.start },
  { heading: '检查日期至', group: time, width: 12, text: ({ window }) => window.end },
  { heading: '发起部门', width: 18, text: ({ initiator }) => initiator },
  { heading: '参与部门', width: 20, text: ({ participants }) => (participants.length === 0 ? noneAnswer : listed(participants)) },
  { heading: '重点监管事项', width: 20, text: ({ matter }) => matter, isOptional: true },
  { heading: '监管环节', width: 16, text: ({ stages }) => listed(stages), isOptional: true },
  { heading: '依据', width: 20, text: ({ basis }) => basis, isOptional: true },
  { heading: '针对的问题', width: 24, text: ({ problem }) => problem, isOptional: true },
  { heading: '检查方式', width: 20, text: ({ means }) => means, isOptional: true },
  { heading: '覆盖该领域的抽查事项', width: 24, text: ({ coveredBy }) => listed(coveredBy), isOptional: true },
  { heading: '不纳入联查的情形', width: 20, text: ({ jointException }) => jointException, isOptional: true },
  { heading: '理由', width: 24, text: ({ reasons }) => reasons, isOptional: true },
]

export const undrawnSheetName = '不经抽取的检查'

/** Lays the checks of a plan that are not drawn out, a row for each. No importer takes them for lines of a plan: see `undrawnTable`. */
export const undrawnSheet = (document: UndrawnDocument): Sheet => layOut(undrawnSheetName, document, columns)

/** The remark below a plan's table that so many of its checks stand in another; `where` says in which. */
export const undrawnNotice = (count: number, kinds: string, where: string): string =>
  `注：另有${count}项${undrawnSheetName}（${kinds}）不在本表，${where}`

const notice = new RegExp(`^注:另有\\d+项${undrawnSheetName}`)

export const isUndrawnNotice = ({ cells }: TableRow): boolean => cells.some((cell) => notice.test(squash(cell)))

const headerSearchDepth = 15
const ownHeadings = ['类别', '任务名称', '监管领域', '对象条件']

/** What is wrong with a table of such checks where a plan's lines are wanted; undefined for any other table. */
export function undrawnTable(rows: readonly TableRow[]): ImportProblem | undefined {
  const header = rows.slice(0, headerSearchDepth).find(({ cells }) => {
    const headings = new Set(cells.map(squash))
    return ownHeadings.every((heading) => headings.has(heading))
  })
  if (header === undefined) return undefined
  return {
    line: header.line,
    code: 'undrawn-table',
    reason: '这是计划中不经抽取的检查（重点监管、专项检查等）的表，不是抽查事项的表',
    action: '改导入“抽查计划”表；不经抽取的检查请在计划中另行填报',
  }
}
