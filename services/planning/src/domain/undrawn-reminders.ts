import type { LocalDate } from '@dual-random/kernel'
import type { Plan } from './plan.ts'
import type { LeadDays, Reminder } from './reminder.ts'
import { type UndrawnChecks, undrawnProgress } from './undrawn-progress.ts'
import { uncheckedReminder, type WindowWords, windowReminder } from './window-reminder.ts'

/**
 * Lines without a draw of the published version whose window comes near, nears its end or has ended with no check begun, or has ended with those
 * begun not completed (PLN-24); one a line, the latest. Of one made by a draw of the plan that draw's batches remind.
 */
export function undrawnReminders(plan: Plan, checks: UndrawnChecks, today: LocalDate, lead: LeadDays | undefined): readonly Reminder[] {
  const lines = plan.closed === undefined ? undrawnProgress(plan, [], checks, today) : []
  return lines.flatMap((line) => {
    const { lineId, taskName, initiatorUnitId, window, madeBy, tasks, status } = line
    if (madeBy !== undefined && 'lineId' in madeBy) return []
    const due = { lineId, window, name: `任务“${taskName}”`, initiatorUnitId }
    return tasks > 0 ? uncheckedReminder(plan, due, status) : windowReminder(plan, { ...due, role: 'DISPATCHER' }, words, { today, lead })
  })
}

const words: WindowWords = {
  OPENS: { kind: 'WINDOW_OPENS', text: (date) => `检查期${date}开始，尚未开展检查。` },
  ENDS: { kind: 'WINDOW_ENDS_UNOPENED', text: (date) => `检查期${date}结束，尚未开展检查。` },
  ENDED: { kind: 'WINDOW_ENDED_UNOPENED', text: (date) => `检查期已于${date}结束，未开展检查，属只计划、不执行。` },
}
