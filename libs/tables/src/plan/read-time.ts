import { assertNever, type LocalDate, parseLocalDate, yearOf } from '@dual-random/kernel'
import { readShareCell } from '../cells/share.ts'
import { readTimesCell, type TimesReading } from '../cells/times.ts'
import { type ExecutionWindow, readDeadline, readWindowCell, readWindowPair, type WindowReading } from '../cells/window.ts'
import { ask, type Finding, type QuestionDraft } from '../finding.ts'
import type { QuestionOption, QuestionSource } from '../question.ts'
import { hasColumn, type PlanContext, type PlanRow, sourceOf } from './plan-context.ts'
import type { PlanReadings, PlanValues } from './plan-line.ts'

type TimeFinding = Finding<
  Pick<PlanReadings, 'window' | 'deadline' | 'times'>,
  Partial<Pick<PlanValues, 'window' | 'deadline' | 'timesPerYear'>>
>

const windowText = (start: string, end: string): string => `${start}/${end}`

/** The same day of another year; the last of February where that year has no such day. */
const inYear = (date: LocalDate, year: number): string => parseLocalDate(`${year}${date.slice(4)}`) ?? `${year}-02-28`

function windowOption(start: string, end: string, textZh: string): QuestionOption {
  return { value: windowText(start, end), textZh: `${textZh}：${start} 至 ${end}` }
}

function misplaced(source: QuestionSource, window: ExecutionWindow, planYear: number): QuestionDraft | undefined {
  const start = yearOf(window.start)
  if (start === planYear && yearOf(window.end) <= planYear + 1) return undefined
  const moved = windowOption(inYear(window.start, planYear), inYear(window.end, yearOf(window.end) - start + planYear), '改到计划年度')
  const options = [windowOption(window.start, window.end, '照表'), ...(start === planYear ? [] : [moved])]
  const code = start < planYear ? 'window-before-plan-year' : 'window-after-plan-year'
  const textZh = `时间“${source.raw}”不在计划年度 ${planYear} 年：实际是什么时间？`
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
      return ask(source, { ...text, code: 'window-without-start', textZh: `“${source.raw}”只有截止时间：从什么时间起？`, options })
    }
    case 'reversed': {
      const options = [windowOption(reading.window.start, reading.window.end, '到次年')]
      return ask(source, { ...text, code: 'window-reversed', textZh: `“${source.raw}”止早于起：是跨年吗？`, options })
    }
    case 'undetermined':
      return ask(source, {
        ...text,
        code: 'window-undetermined',
        textZh: `“${source.raw}”没有定下时间：什么时间检查？`,
        options: wholeYear,
      })
    case 'unclear':
      return ask(source, {
        ...text,
        code: 'window-not-understood',
        textZh: `时间“${source.raw}”没有读懂：什么时间检查？`,
        options: wholeYear,
      })
    default:
      return assertNever(reading)
  }
}

function askDeadline(source: QuestionSource, reading: WindowReading, window: WindowReading | undefined, planYear: number) {
  const text = { field: 'deadline', form: 'date' } as const
  if (reading.kind !== 'end-only') {
    return ask(source, { ...text, code: 'deadline-not-understood', textZh: `完成时限“${source.raw}”没有读懂：哪一天？` })
  }
  const options = [{ value: reading.end, textZh: `照表：${reading.end}` }]
  if (yearOf(reading.end) < planYear) {
    const moved = inYear(reading.end, planYear)
    const both = [...options, { value: moved, textZh: `改到计划年度：${moved}` }]
    const textZh = `完成时限“${source.raw}”早于计划年度 ${planYear} 年：实际是哪一天？`
    return ask(source, { ...text, code: 'deadline-before-plan-year', textZh, options: both })
  }
  if (window?.kind === 'window' && reading.end < window.window.end) {
    const textZh = `完成时限“${source.raw}”早于检查时间的结束：实际是哪一天？`
    return ask(source, { ...text, code: 'deadline-before-window-end', textZh, options })
  }
  return undefined
}

function askTimes(source: QuestionSource, reading: TimesReading | undefined): QuestionDraft | undefined {
  const text = { field: 'timesPerYear', form: 'integer' } as const
  if (reading === undefined) return ask(source, { ...text, code: 'missing-times', textZh: '没有写频次：一年几次？' })
  if (reading.kind === 'undetermined') {
    return ask(source, { ...text, code: 'times-undetermined', textZh: `“${source.raw}”没有定下频次：一年几次？` })
  }
  if (reading.kind === 'unclear')
    return ask(source, { ...text, code: 'times-not-understood', textZh: `频次“${source.raw}”没有读懂：一年几次？` })
  const options = [...new Set([reading.min, reading.max])].flatMap((times) =>
    times === undefined ? [] : [{ value: String(times), textZh: `一年 ${times} 次` }],
  )
  if (reading.perObject) {
    const textZh = `“${source.raw}”限的是同一对象的次数：这项任务一年开展几次？`
    return ask(source, { ...text, code: 'times-per-object', textZh, options })
  }
  if (reading.min === reading.max && reading.min !== 0) return undefined
  return ask(source, { ...text, code: 'times-open', textZh: `“${source.raw}”只定了范围：今年几次？`, options })
}

/** The frequency may stand in its own column, with the ratio or in the time cell; where two places disagree it is unclear. */
function readTimes({ cells }: PlanRow, window: WindowReading | undefined): TimesReading | undefined {
  const own = cells.times ?? cells.period
  const share = cells.shareAndTimes ?? (own === undefined ? cells.share : undefined)
  const found = [
    readTimesCell(own?.raw ?? '', own?.column),
    readShareCell(share?.raw ?? '', share?.column).times,
    window?.kind === 'window' ? window.times : undefined,
  ].filter((reading) => reading !== undefined)
  const agreed = found.every((reading) => JSON.stringify(reading) === JSON.stringify(found[0]))
  return agreed ? found[0] : { kind: 'unclear' }
}

/** Reads when a line's checks run and how often. */
export function readTime(row: PlanRow, context: PlanContext): TimeFinding {
  const { cells } = row
  const { planYear } = context.options
  const paired = hasColumn(context, 'windowStart', 'windowEnd')
  const hasWindow = paired || hasColumn(context, 'window')
  const pair = readWindowPair(cells.windowStart?.raw ?? '', cells.windowEnd?.raw ?? '', planYear)
  const deadline = readDeadline(cells.deadline?.raw ?? '', planYear)
  const window = paired ? pair : hasWindow ? readWindowCell(cells.window?.raw ?? '', planYear) : deadline
  const windowCell = paired ? cells.windowStart : hasWindow ? cells.window : cells.deadline
  const raw = paired ? [cells.windowStart?.raw, cells.windowEnd?.raw].filter((text) => text !== undefined).join('至') : windowCell?.raw
  const windowSource = { ...sourceOf(row, windowCell, ['windowStart', 'windowEnd', 'window', 'deadline'], context), raw: raw ?? '' }
  const windowAsk = hasWindow || hasColumn(context, 'deadline') ? askWindow(windowSource, window, planYear) : undefined
  const deadlineAsk =
    hasWindow && deadline !== undefined
      ? askDeadline(sourceOf(row, cells.deadline, ['deadline'], context), deadline, window, planYear)
      : undefined
  const times = readTimes(row, window)
  const timesCell =
    cells.times ?? cells.period ?? cells.shareAndTimes ?? (window?.kind === 'window' && window.times ? windowCell : undefined)
  const timesSource = sourceOf(row, timesCell, ['times', 'period', 'shareAndTimes'], context)
  const timesAsk = times !== undefined || hasColumn(context, 'times', 'period', 'shareAndTimes') ? askTimes(timesSource, times) : undefined
  return {
    readings: {
      ...(window === undefined ? {} : { window }),
      ...(hasWindow && deadline !== undefined ? { deadline } : {}),
      ...(times === undefined ? {} : { times }),
    },
    known: {
      ...(windowAsk === undefined && window?.kind === 'window' ? { window: window.window } : {}),
      ...(hasWindow && deadlineAsk === undefined && deadline?.kind === 'end-only' ? { deadline: deadline.end } : {}),
      ...(timesAsk === undefined && times?.kind === 'times' && times.min !== undefined ? { timesPerYear: times.min } : {}),
    },
    asks: [windowAsk, deadlineAsk, timesAsk].filter((draft) => draft !== undefined),
  }
}
