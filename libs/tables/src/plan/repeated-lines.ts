import { dropAnswer } from '../answer.ts'
import { lineQuestion, type Question, type QuestionOption, type TableNote } from '../question.ts'
import { cleanPassage, readInteger, squash } from '../text.ts'
import type { PlanField } from './plan-columns.ts'
import type { ParsedPlanLine } from './plan-line.ts'

/** What tells lines of one task name apart, as it is called. */
const marks = [
  ['事项', (line: ParsedPlanLine) => line.known.itemNames?.map(squash).toSorted().join('\n') ?? squash(line.cells.item?.raw ?? '')],
  [
    '类别',
    ({ cells }: ParsedPlanLine) => squash([cells.category, cells.drawType, cells.itemClass].map((cell) => cell?.raw ?? '').join('\n')),
  ],
  ['抽查内容', ({ cells }: ParsedPlanLine) => squash(cells.content?.raw ?? '')],
  ['检查对象', ({ cells }: ParsedPlanLine) => squash((cells.object?.raw ?? '') + (cells.objectMarks?.raw ?? ''))],
  ['抽查范围', ({ cells }: ParsedPlanLine) => squash(cells.area?.raw ?? '')],
] as const

/** By what two lines differ; undefined where task, item and objects are the same. */
const differenceOf = (a: ParsedPlanLine, b: ParsedPlanLine): string | undefined => marks.find(([, keyOf]) => keyOf(a) !== keyOf(b))?.[0]

const nameOf = ({ known: { taskName } }: ParsedPlanLine): string | undefined => (taskName === undefined ? undefined : squash(taskName))

/** The lines above that bear the same task name, the first of them first. */
const namesakes = (lines: readonly ParsedPlanLine[], line: ParsedPlanLine): readonly ParsedPlanLine[] => {
  const name = nameOf(line)
  return name === undefined ? [] : lines.filter((other) => other.lineNo < line.lineNo && nameOf(other) === name)
}

const twinOf = (lines: readonly ParsedPlanLine[], line: ParsedPlanLine): ParsedPlanLine | undefined =>
  namesakes(lines, line).find((other) => differenceOf(line, other) === undefined)

/** Told of lines whose name alone is the same, and by what they differ. */
export function sameNameNotes(lines: readonly ParsedPlanLine[]): readonly TableNote[] {
  return lines.flatMap((line) => {
    const [first] = namesakes(lines, line)
    const isOfOneTask = line.cells.number?.carried === true
    if (first === undefined || isOfOneTask || twinOf(lines, line) !== undefined) return []
    const textZh = `第 ${line.lineNo} 条与第 ${first.lineNo} 条任务名称相同，以${differenceOf(line, first)}区分`
    return [{ line: line.rows[0] ?? 0, code: 'same-task-name', textZh }]
  })
}

const quotedFields: readonly PlanField[] = [
  'number',
  'taskName',
  'planName',
  'item',
  'object',
  'shareAndTimes',
  'shareOrCount',
  'share',
  'count',
  'times',
  'windowStart',
  'windowEnd',
  'window',
  'deadline',
  'initiator',
  'participants',
  'remarks',
]
const longestCell = 40

function rowText({ cells }: ParsedPlanLine): string {
  const texts = quotedFields.map((field) => cleanPassage(cells[field]?.raw ?? '')).filter((text) => text !== '')
  return texts.map((text) => (text.length > longestCell ? `${text.slice(0, longestCell)}…` : text)).join('，')
}

const quoteRow = (line: ParsedPlanLine): string => `第 ${line.rows[0]} 行“${rowText(line)}”`
const dropOption = ({ lineNo }: ParsedPlanLine): QuestionOption => ({ value: dropAnswer, textZh: `不要第 ${lineNo} 条` })
const ownOption = ({ lineNo }: ParsedPlanLine): QuestionOption => ({ value: 'both', textZh: `都要，第 ${lineNo} 条是另外一条` })

const sourceOf = (line: ParsedPlanLine) => ({ line: line.rows[0] ?? 0, column: '', raw: rowText(line) })

function askTwice(lines: readonly ParsedPlanLine[], line: ParsedPlanLine): readonly Question[] {
  const twin = twinOf(lines, line)
  if (twin === undefined) return []
  const textZh = `${quoteRow(line)}与${quoteRow(twin)}的任务、事项和检查对象相同：两条都要，还是不要这一条？`
  const text = { field: 'twice', code: 'line-twice', textZh, form: 'choice', options: [ownOption(line), dropOption(line)] } as const
  return [lineQuestion(line.lineNo, sourceOf(line), text)]
}

/** A number that an earlier line of another name has; of a run of numbers that begins anew the first alone. */
function askNumberTwice(lines: readonly ParsedPlanLine[], line: ParsedPlanLine, index: number): readonly Question[] {
  const earlier = earlierOfNumber(lines, line)
  if (earlier === undefined || nameOf(earlier) === nameOf(line) || goesOn(lines, line, lines[index - 1])) return []
  const textZh = `${quoteRow(line)}的序号“${line.taskNo}”与${quoteRow(earlier)}相同：是两项任务，还是不要这一条？`
  const text = { field: 'taskNo', code: 'number-twice', textZh, form: 'choice', options: [ownOption(line), dropOption(line)] } as const
  return [lineQuestion(line.lineNo, sourceOf(line), text)]
}

const earlierOfNumber = (lines: readonly ParsedPlanLine[], { lineNo, taskNo, cells }: ParsedPlanLine): ParsedPlanLine | undefined =>
  taskNo === '' || cells.number?.carried === true ? undefined : lines.find((other) => other.lineNo < lineNo && other.taskNo === taskNo)

function goesOn(lines: readonly ParsedPlanLine[], line: ParsedPlanLine, above: ParsedPlanLine | undefined): boolean {
  if (above === undefined || earlierOfNumber(lines, above) === undefined) return false
  return (readInteger(above.taskNo) ?? Number.NaN) + 1 === readInteger(line.taskNo)
}

/** Asks about a line that stands twice, whole or but for its amounts and times, and about a number that two tasks have. */
export const askRepeated = (lines: readonly ParsedPlanLine[]): readonly Question[] =>
  lines.flatMap((line, index) => [...askTwice(lines, line), ...askNumberTwice(lines, line, index)])
