import type { LocalDate } from '@dual-random/kernel'
import type { Plan } from './plan.ts'
import { type DrawOfBatch, planProgress, type TasksOfDraw } from './progress.ts'
import type { LeadDays, Reminder } from './reminder.ts'
import { uncheckedReminder, type WindowWords, windowReminder } from './window-reminder.ts'

/** What was heard of a plan's draws and of their tasks. */
export interface Drawing {
  readonly draws: readonly DrawOfBatch[]
  readonly tasks: readonly TasksOfDraw[]
}

/**
 * Batches of the published version whose window comes near, nears its end or has ended with nothing drawn, or has ended with what was drawn not
 * wholly checked (PLN-24); one a batch, the latest.
 */
export function windowReminders(plan: Plan, { draws, tasks }: Drawing, today: LocalDate, lead: LeadDays | undefined): readonly Reminder[] {
  const progress = plan.closed === undefined ? planProgress(plan, draws, tasks, today) : undefined
  const drawn = new Set(
    draws.filter(({ state }) => state === 'DRAWN' || state === 'CLOSED').map(({ lineId, batch }) => `${lineId}/${batch}`),
  )
  return (progress?.lines ?? []).flatMap(({ lineId, taskName, initiatorUnitId, batches }) =>
    batches.flatMap(({ number, window, status }) => {
      const due = { lineId, batch: number, window, name: `任务“${taskName}”第${number}批`, initiatorUnitId }
      return drawn.has(`${lineId}/${number}`)
        ? uncheckedReminder(plan, due, status)
        : windowReminder(plan, { ...due, role: 'DRAW_ORGANISER' }, words, { today, lead })
    }),
  )
}

const words: WindowWords = {
  OPENS: { kind: 'WINDOW_OPENS', text: (date) => `检查期${date}开始，尚未抽取。` },
  ENDS: { kind: 'WINDOW_ENDS_UNDRAWN', text: (date) => `检查期${date}结束，尚未抽取。` },
  ENDED: { kind: 'WINDOW_ENDED_UNDRAWN', text: (date) => `检查期已于${date}结束，未抽取，属只计划、不执行。` },
}
