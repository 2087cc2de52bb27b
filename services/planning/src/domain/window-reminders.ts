import { addDays, type LocalDate } from '@dual-random/kernel'
import { type LineBatch, type Plan, type PlanLine, publishedVersion } from './plan.ts'
import { type LeadDays, type Reminder, type ReminderKind, reminderKey } from './reminder.ts'

/** A draw as far as a reminder asks: of which batch, and whether objects were drawn. */
export interface DrawnBatch {
  readonly lineId: string
  readonly batch: number
  readonly state: 'FROZEN' | 'COMMITTED' | 'DRAWN' | 'CLOSED' | 'VOID' | 'FAILED'
}

/** Batches of the published version whose window comes near, nears its end or has ended with nothing drawn (PLN-24); one a batch, the latest. */
export function windowReminders(
  plan: Plan,
  draws: readonly DrawnBatch[],
  today: LocalDate,
  lead: LeadDays | undefined,
): readonly Reminder[] {
  const version = plan.closed === undefined ? publishedVersion(plan) : undefined
  if (version === undefined) return []
  const drawn = new Set(
    draws.filter(({ state }) => state === 'DRAWN' || state === 'CLOSED').map(({ lineId, batch }) => `${lineId}/${batch}`),
  )
  return version.lines.flatMap((line) =>
    line.batches.flatMap((batch) => (drawn.has(`${line.lineId}/${batch.number}`) ? [] : batchReminder(plan, line, batch, { today, lead }))),
  )
}

function batchReminder(
  { planId, regionCode, unitId, year, planType }: Plan,
  { lineId, taskName, initiatorUnitId }: PlanLine,
  { number, window }: LineBatch,
  at: { readonly today: LocalDate; readonly lead: LeadDays | undefined },
): readonly Reminder[] {
  const kind = occasion(window, at)
  if (kind === undefined) return []
  const date = kind === 'WINDOW_OPENS' ? window.start : window.end
  const batch = `计划${planId}任务“${taskName}”第${number}批`
  return [
    {
      key: reminderKey(kind, planId, lineId, number, date),
      kind,
      regionCode,
      unitId,
      year,
      planType,
      planId,
      lineId,
      batch: number,
      date,
      addressees: [
        { regionCode, unitId: initiatorUnitId, roles: ['DRAW_ORGANISER'] },
        { regionCode, unitId, roles: ['PLANNER'] },
      ],
      text: `${batch}${texts[kind](date)}`,
    },
  ]
}

type WindowKind = Extract<ReminderKind, `WINDOW_${string}`>

const texts: Readonly<Record<WindowKind, (date: LocalDate) => string>> = {
  WINDOW_OPENS: (date) => `检查期${date}开始，尚未抽取。`,
  WINDOW_ENDS_UNDRAWN: (date) => `检查期${date}结束，尚未抽取。`,
  WINDOW_ENDED_UNDRAWN: (date) => `检查期已于${date}结束，未抽取，属只计划、不执行。`,
}

function occasion(
  { start, end }: LineBatch['window'],
  { today, lead }: { readonly today: LocalDate; readonly lead: LeadDays | undefined },
): WindowKind | undefined {
  if (today > end) return 'WINDOW_ENDED_UNDRAWN'
  if (lead === undefined) return undefined
  if (today >= addDays(end, -lead.windowEnding)) return 'WINDOW_ENDS_UNDRAWN'
  return today >= addDays(start, -lead.windowOpening) ? 'WINDOW_OPENS' : undefined
}
