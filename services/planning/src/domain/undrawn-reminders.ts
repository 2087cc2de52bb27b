import type { LocalDate } from '@dual-random/kernel'
import { type Plan, publishedVersion } from './plan.ts'
import type { LeadDays, Reminder } from './reminder.ts'
import { madeByOf, type UndrawnLine } from './undrawn-line.ts'
import type { UndrawnChecks } from './undrawn-progress.ts'
import { type WindowWords, windowReminder } from './window-reminder.ts'

/**
 * Lines without a draw of the published version whose window comes near, nears its end or has ended with no check begun (PLN-24); one a line, the
 * latest. Of one made by a draw of the plan that draw's batches remind.
 */
export function undrawnReminders(plan: Plan, checks: UndrawnChecks, today: LocalDate, lead: LeadDays | undefined): readonly Reminder[] {
  const version = plan.closed === undefined ? publishedVersion(plan) : undefined
  return (version?.undrawn ?? []).flatMap((line) => {
    if (isBegunOrDrawn(line, checks)) return []
    const { lineId, taskName, initiatorUnitId, window } = line
    const due = { lineId, window, name: `任务“${taskName}”`, initiatorUnitId, role: 'DISPATCHER' } as const
    return windowReminder(plan, due, words, { today, lead })
  })
}

function isBegunOrDrawn(line: UndrawnLine, checks: UndrawnChecks): boolean {
  const madeBy = madeByOf(line)
  if (madeBy === undefined) return checks.opened.some((check) => check.lineId === line.lineId)
  return 'lineId' in madeBy || checks.ofClueTasks.has(madeBy.clueTaskId)
}

const words: WindowWords = {
  OPENS: { kind: 'WINDOW_OPENS', text: (date) => `检查期${date}开始，尚未开展检查。` },
  ENDS: { kind: 'WINDOW_ENDS_UNOPENED', text: (date) => `检查期${date}结束，尚未开展检查。` },
  ENDED: { kind: 'WINDOW_ENDED_UNOPENED', text: (date) => `检查期已于${date}结束，未开展检查，属只计划、不执行。` },
}
