import { addDays, type LocalDate } from '@dual-random/kernel'
import { type DateWindow, type LineBatch, type Plan, type PlanLine, publishedVersion } from './plan.ts'
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
  const occasion = windowOccasion(window, at)
  if (occasion === undefined) return []
  const { kind, text } = words[occasion]
  const date = occasion === 'OPENS' ? window.start : window.end
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
      text: `${batch}${text(date)}`,
    },
  ]
}

const words: Readonly<Record<WindowOccasion, { readonly kind: ReminderKind; readonly text: (date: LocalDate) => string }>> = {
  OPENS: { kind: 'WINDOW_OPENS', text: (date) => `检查期${date}开始，尚未抽取。` },
  ENDS: { kind: 'WINDOW_ENDS_UNDRAWN', text: (date) => `检查期${date}结束，尚未抽取。` },
  ENDED: { kind: 'WINDOW_ENDED_UNDRAWN', text: (date) => `检查期已于${date}结束，未抽取，属只计划、不执行。` },
}

/** A window comes near, nears its end, or has ended. */
export type WindowOccasion = 'OPENS' | 'ENDS' | 'ENDED'

/** The latest occasion of a window; without lead days only that it has ended. */
export function windowOccasion(
  { start, end }: DateWindow,
  { today, lead }: { readonly today: LocalDate; readonly lead: LeadDays | undefined },
): WindowOccasion | undefined {
  if (today > end) return 'ENDED'
  if (lead === undefined) return undefined
  if (today >= addDays(end, -lead.windowEnding)) return 'ENDS'
  return today >= addDays(start, -lead.windowOpening) ? 'OPENS' : undefined
}
