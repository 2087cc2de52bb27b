import type { LocalDate } from '@dual-random/kernel'
import { type Plan, publishedVersion } from './plan.ts'
import { type LeadDays, type Reminder, type ReminderKind, reminderKey } from './reminder.ts'
import { type MadeBy, madeByOf, type UndrawnLine } from './undrawn-line.ts'
import type { UndrawnChecks } from './undrawn-progress.ts'
import { type WindowOccasion, windowOccasion } from './window-reminders.ts'

/**
 * Lines without a draw of the published version whose window comes near, nears its end or has ended with no check begun (PLN-24); one a line, the
 * latest. Of one made by a draw of the plan that draw's batches remind.
 */
export function undrawnReminders(plan: Plan, checks: UndrawnChecks, today: LocalDate, lead: LeadDays | undefined): readonly Reminder[] {
  const version = plan.closed === undefined ? publishedVersion(plan) : undefined
  return (version?.undrawn ?? []).flatMap((line) => {
    const madeBy = madeByOf(line)
    if (madeBy !== undefined && 'lineId' in madeBy) return []
    return hasBegun(line, madeBy, checks) ? [] : lineReminder(plan, line, { today, lead })
  })
}

function hasBegun(
  { lineId }: UndrawnLine,
  madeBy: Extract<MadeBy, { readonly clueTaskId: string }> | undefined,
  checks: UndrawnChecks,
): boolean {
  if (madeBy === undefined) return checks.opened.some((check) => check.lineId === lineId)
  return checks.ofClueTasks.has(madeBy.clueTaskId)
}

function lineReminder(
  { planId, regionCode, unitId, year, planType }: Plan,
  { lineId, taskName, initiatorUnitId, window }: UndrawnLine,
  at: { readonly today: LocalDate; readonly lead: LeadDays | undefined },
): readonly Reminder[] {
  const occasion = windowOccasion(window, at)
  if (occasion === undefined) return []
  const { kind, text } = words[occasion]
  const date = occasion === 'OPENS' ? window.start : window.end
  return [
    {
      key: reminderKey(kind, planId, lineId, date),
      kind,
      regionCode,
      unitId,
      year,
      planType,
      planId,
      lineId,
      date,
      addressees: [
        { regionCode, unitId: initiatorUnitId, roles: ['DISPATCHER'] },
        { regionCode, unitId, roles: ['PLANNER'] },
      ],
      text: `计划${planId}任务“${taskName}”${text(date)}`,
    },
  ]
}

const words: Readonly<Record<WindowOccasion, { readonly kind: ReminderKind; readonly text: (date: LocalDate) => string }>> = {
  OPENS: { kind: 'WINDOW_OPENS', text: (date) => `检查期${date}开始，尚未开展检查。` },
  ENDS: { kind: 'WINDOW_ENDS_UNOPENED', text: (date) => `检查期${date}结束，尚未开展检查。` },
  ENDED: { kind: 'WINDOW_ENDED_UNOPENED', text: (date) => `检查期已于${date}结束，未开展检查，属只计划、不执行。` },
}
