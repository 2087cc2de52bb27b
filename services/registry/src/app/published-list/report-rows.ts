import type { ImportProblem } from '@dual-random/tables'
import {
  type AppliedList,
  type DraftItem,
  type KeptQuestion,
  openQuestions,
  type PublishedList,
} from '../../domain/published-list/published-list.ts'

type Published = Pick<PublishedList, 'items' | 'questions' | 'notes' | 'otherRows'>
type Applied = Pick<AppliedList, 'listVersion' | 'itemCodes'>

const nothingToDo = '无须处理'

/**
 * What has become of a published list, by line of the file: every row that is not empty stands here at least once, as an item, as left out or as
 * title, header or footer; so does every question that is open, with the id under which it is answered (DQ-04).
 */
export function reportRows(published: Published, applied?: Applied): readonly ImportProblem[] {
  const open = openQuestions(published)
  const rows: readonly ImportProblem[] = [
    ...published.items.map((item) => ({ ...stateOf(item, open, applied), line: item.line, value: item.known.name ?? '' })),
    ...open.map(({ line, column, cell, code, message, questionId }) => ({
      line,
      column,
      value: cell,
      code,
      reason: message,
      action: `回答问题 ${questionId}`,
    })),
    ...published.questions.filter(isRowLeftOut).map(({ line, cell }) => ({
      line,
      value: cell,
      code: 'row-left-out',
      reason: '已确认不要这一行',
      action: nothingToDo,
    })),
    ...published.notes.map(({ line, column, code, message }) => ({
      line,
      ...(column === undefined ? {} : { column }),
      code,
      reason: message,
      action: '核对',
    })),
    ...published.otherRows.map(({ line, text }) => ({
      line,
      value: text,
      code: 'not-an-item',
      reason: '标题、表头或表尾，不是事项',
      action: nothingToDo,
    })),
  ]
  return [...rows].sort((a, b) => a.line - b.line)
}

function stateOf(
  { lineNo, omitted, ready }: DraftItem,
  open: readonly KeptQuestion[],
  applied: Applied | undefined,
): Pick<ImportProblem, 'code' | 'reason' | 'action'> {
  if (omitted !== undefined) return { code: 'item-omitted', reason: `不列入清单：${omitted}`, action: nothingToDo }
  const code = applied?.itemCodes[lineNo]
  if (applied !== undefined && code !== undefined)
    return { code: 'item-listed', reason: `已列入清单第 ${applied.listVersion} 版，编码 ${code}`, action: nothingToDo }
  if (ready) return { code: 'item-ready', reason: '这一项已经确定', action: '全部问题答完后使清单生效' }
  const own = open.filter((question) => question.lineNo === lineNo).length
  return { code: 'item-open', reason: `这一项有 ${own} 个问题未答`, action: '逐一回答本行的问题' }
}

/** A row that the reader could not place, which somebody has since said to ignore. */
const isRowLeftOut = ({ questionId, state }: KeptQuestion): boolean => state === 'ANSWERED' && questionId.startsWith('row-')
