import { assertNever, type LocalDate, parseLocalDate, yearOf } from '@dual-random/kernel'
import { type ExecutionWindow, readDeadline, readWindowCell, readWindowPair, type WindowReading } from '../cells/window.ts'
import { ask, type Finding, type QuestionDraft, quote } from '../finding.ts'
import type { QuestionOption, QuestionSource } from '../question.ts'
import { hasColumn, type PlanContext, type PlanRow, sourceOf } from './plan-context.ts'
import type { PlanReadings, PlanValues } from './plan-line.ts'

type WindowFinding = Finding<Pick<PlanReadings, 'window' | 'deadline'>, Partial<Pick<PlanValues, 'window' | 'deadline'>>>

const windowText = (start: string, end: string): string => `${start}/${end}`

/** The same day of another year; the last of February where that year has no such day. */
export const inYear = (date: LocalDate, year: number): string => parseLocalDate(`${year}${date.slice(4)}`) ?? `${year}-02-28`

function windowOption(start: string, end: string, textZh: string): QuestionOption {
  return { value: windowText(start, end), textZh: `${textZh}：${start} 至 ${end}` }
}

function misplaced(source: QuestionSource, window: ExecutionWindow, planYear: number): QuestionDraft | undefined {
  const start = yearOf(window.start)
  if (start === planYear && yearOf(window.end) <= planYear + 1) return undefined
  const moved = windowOption(inYear(window.start, planYear), inYear(window.end, yearOf(window.end) - start + planYear), '改到计划年度')
  const options = [windowOption(window.start, window.end, '照表'), ...(start === planYear ? [] : [moved])]
  const code = start < planYear ? 'window-before-plan-year' : 'window-after-plan-year'
  const textZh = `时间${quote(source)}不在计划年度 ${planYear} 年：实际是什么时间？`
  return ask(source, { field: 'window', code, textZh, form: 'window', options })
}

function askWindow(source: QuestionSource, reading: WindowReading | undefined, planYear: number): QuestionDraft | undefined {
  const wholeYear = [windowOption(`${planYear}-01-01`, `${planYear}-12-31`, '全年')]
  const text = { field: 'window', form: 'window' } as const
  if (reading === undefined) {
    return ask(source, { ...text, code: 'missing-window', textZh: '没有写时间：什么时间检查？', options: wholeYear })
  }
  switch (reading.kind) {
    case 'window':
      return misplaced(source, reading.window, planYear)
    case 'end-only': {
      const options = [windowOption(`${yearOf(reading.end)}-01-01`, reading.end, '年初起')]
      return ask(source, { ...text, code: 'window-without-start', textZh: `${quote(source)}只有截止时间：从什么时间起？`, options })
    }
    case 'start-only': {
      const year = yearOf(reading.start)
      const options = year === planYear ? [windowOption(reading.start, `${year}-12-31`, '到年底')] : []
      return ask(source, { ...text, code: 'window-without-end', textZh: `${quote(source)}只有开始时间：到什么时间止？`, options })
    }
    case 'reversed': {
      const options = [windowOption(reading.window.start, reading.window.end, '到次年')]
      return ask(source, { ...text, code: 'window-reversed', textZh: `${quote(source)}止早于起：是跨年吗？`, options })
    }
    case 'undetermined':
      return ask(source, {
        ...text,
        code: 'window-undetermined',
        textZh: `${quote(source)}没有定下时间：什么时间检查？`,
        options: wholeYear,
      })
    case 'unclear':
      return ask(source, {
        ...text,
        code: 'window-not-understood',
        textZh: `时间${quote(source)}没有读懂：什么时间检查？`,
        options: wholeYear,
      })
    default:
      return assertNever(reading)
  }
}

function askDeadline(source: QuestionSource, reading: WindowReading, window: WindowReading | undefined, planYear: number) {
  const text = { field: 'deadline', form: 'date' } as const
  if (reading.kind !== 'end-only') {
    return ask(source, { ...text, code: 'deadline-not-understood', textZh: `完成时限${quote(source)}没有读懂：哪一天？` })
  }
  const options = [{ value: reading.end, textZh: `照表：${reading.end}` }]
  if (yearOf(reading.end) < planYear) {
    const moved = inYear(reading.end, planYear)
    const both = [...options, { value: moved, textZh: `改到计划年度：${moved}` }]
    const textZh = `完成时限${quote(source)}早于计划年度 ${planYear} 年：实际是哪一天？`
    return ask(source, { ...text, code: 'deadline-before-plan-year', textZh, options: both })
  }
  if (window?.kind === 'window' && reading.end < window.window.end) {
    const textZh = `完成时限${quote(source)}早于检查时间的结束：实际是哪一天？`
    return ask(source, { ...text, code: 'deadline-before-window-end', textZh, options })
  }
  return undefined
}

/**
 * Objects drawn in 3月 and checked by 6月底: whether the checks go on up to the deadline the table does not say. Columns of the first and of the last day
 * of checking do say it.
 */
function askUntilDeadline({ reading, source, isOfChecks }: WindowCells, deadline: WindowReading | undefined): QuestionDraft | undefined {
  if (isOfChecks || reading?.kind !== 'window' || deadline?.kind !== 'end-only' || deadline.end <= reading.window.end) return undefined
  const { start, end } = reading.window
  const textZh = `时间${quote(source)}到 ${end} 为止，完成时限是 ${deadline.end}：检查到什么时间为止？`
  const options = [windowOption(start, end, '照时间一栏'), windowOption(start, deadline.end, '到完成时限')]
  return ask(source, { field: 'window', code: 'deadline-after-window', textZh, form: 'window', options })
}

interface WindowCells {
  readonly reading: WindowReading | undefined
  readonly source: QuestionSource
  /** A deadline is the end of the window where no column gives the window itself. */
  readonly byDeadline: boolean
  /** Its first and last day stand in columns of their own, that are not those of the draw. */
  readonly isOfChecks: boolean
}

function readWindowCells(row: PlanRow, context: PlanContext): WindowCells {
  const { windowStart, windowEnd, window, deadline } = row.cells
  const { planYear } = context.options
  if (hasColumn(context, 'windowStart', 'windowEnd')) {
    const source = sourceOf(row, windowStart ?? windowEnd, ['windowStart', 'windowEnd'], context)
    const raw = [windowStart?.raw, windowEnd?.raw].filter((text) => text !== undefined).join('至')
    return {
      reading: readWindowPair(windowStart?.raw ?? '', windowEnd?.raw ?? '', planYear),
      source: { ...source, raw },
      byDeadline: false,
      isOfChecks: !source.column.includes('抽取'),
    }
  }
  if (hasColumn(context, 'window')) {
    const source = sourceOf(row, window, ['window'], context)
    return { reading: readWindowCell(window?.raw ?? '', planYear), source, byDeadline: false, isOfChecks: false }
  }
  const source = sourceOf(row, deadline, ['deadline'], context)
  return { reading: readDeadline(deadline?.raw ?? '', planYear), source, byDeadline: true, isOfChecks: false }
}

/** Reads when a line's checks run, and the deadline where it stands beside the window. */
export function readWindow(row: PlanRow, context: PlanContext): WindowFinding {
  const { planYear } = context.options
  const cells = readWindowCells(row, context)
  const { reading, source, byDeadline } = cells
  const asksAlone = hasColumn(context, 'windowStart', 'windowEnd', 'window', 'deadline')
  const deadline = byDeadline ? undefined : readDeadline(row.cells.deadline?.raw ?? '', planYear)
  const draft = asksAlone ? (askWindow(source, reading, planYear) ?? askUntilDeadline(cells, deadline)) : undefined
  const deadlineSource = sourceOf(row, row.cells.deadline, ['deadline'], context)
  const deadlineDraft = deadline === undefined ? undefined : askDeadline(deadlineSource, deadline, reading, planYear)
  return {
    readings: { ...(reading === undefined ? {} : { window: reading }), ...(deadline === undefined ? {} : { deadline }) },
    known: {
      ...(draft === undefined && reading?.kind === 'window' ? { window: reading.window } : {}),
      ...(deadlineDraft === undefined && deadline?.kind === 'end-only' ? { deadline: deadline.end } : {}),
    },
    asks: [draft, deadlineDraft].filter((each) => each !== undefined),
  }
}
