import { readShareCell } from '../cells/share.ts'
import { readTimesCell, type TimesReading } from '../cells/times.ts'
import type { WindowReading } from '../cells/window.ts'
import { ask, type Finding, type QuestionDraft, quote } from '../finding.ts'
import type { SourceCell } from '../merged.ts'
import type { QuestionSource } from '../question.ts'
import { withThisYear } from '../text.ts'
import { hasColumn, type PlanContext, type PlanRow, sourceOf } from './plan-context.ts'
import type { PlanReadings, PlanValues } from './plan-line.ts'

type TimesFinding = Finding<Pick<PlanReadings, 'times'>, Partial<Pick<PlanValues, 'timesPerYear'>>>

function askTimes(source: QuestionSource, reading: TimesReading | undefined): QuestionDraft | undefined {
  const text = { field: 'timesPerYear', form: 'integer' } as const
  const said = quote(source)
  if (reading === undefined) return ask(source, { ...text, code: 'missing-times', textZh: '没有写频次：一年几次？' })
  if (reading.kind === 'undetermined') {
    return ask(source, { ...text, code: 'times-undetermined', textZh: `${said}没有定下频次：一年几次？` })
  }
  if (reading.kind === 'unclear') {
    return ask(source, { ...text, code: 'times-not-understood', textZh: `频次${said}没有读懂：一年几次？` })
  }
  const numbers = [...new Set([reading.min, reading.max])].filter((times) => times !== undefined && times > 0)
  const options = numbers.map((times) => ({ value: String(times), textZh: `一年 ${times} 次` }))
  if (reading.perObject) {
    const textZh = `${said}限的是同一对象的次数：这项任务一年开展几次？`
    return ask(source, { ...text, code: 'times-per-object', textZh, options })
  }
  if (reading.min === reading.max && numbers.length === 1) return undefined
  return ask(source, { ...text, code: 'times-open', textZh: `${said}只定了范围：今年几次？`, options })
}

/** A ratio cell that is not understood says nothing about the frequency unless it is the place for it. */
function timesBesideShare({ cells: { shareAndTimes, share } }: PlanRow, planYear: number): TimesReading | undefined {
  const said = (cell: SourceCell | undefined) => readShareCell(withThisYear(cell?.raw ?? '', planYear), cell?.column).times
  if (shareAndTimes !== undefined) return said(shareAndTimes)
  const beside = said(share)
  return beside?.kind === 'times' ? beside : undefined
}

const timesIn = (cell: SourceCell | undefined, planYear: number): TimesReading | undefined =>
  readTimesCell(withThisYear(cell?.raw ?? '', planYear), cell?.column)

/** Reads how often: the number may stand in its own column, with the ratio or in the time cell; where two disagree it is unclear. */
export function readTimes(row: PlanRow, window: WindowReading | undefined, context: PlanContext): TimesFinding {
  const { cells } = row
  const { planYear } = context.options
  const own = cells.times ?? cells.period
  const inWindow = window?.kind === 'window' ? window.times : undefined
  const readings = [timesIn(cells.times, planYear), timesIn(cells.period, planYear), timesBesideShare(row, planYear), inWindow].filter(
    (reading) => reading !== undefined,
  )
  const agreed = readings.every((reading) => JSON.stringify(reading) === JSON.stringify(readings[0]))
  const times: TimesReading | undefined = agreed ? readings[0] : { kind: 'unclear' }
  const source = sourceOf(row, own ?? cells.shareAndTimes ?? (inWindow && cells.window), ['times', 'period', 'shareAndTimes'], context)
  const draft = times !== undefined || hasColumn(context, 'times', 'period', 'shareAndTimes') ? askTimes(source, times) : undefined
  return {
    readings: times === undefined ? {} : { times },
    known: draft === undefined && times?.kind === 'times' && times.min !== undefined ? { timesPerYear: times.min } : {},
    asks: draft === undefined ? [] : [draft],
  }
}
