import type { LocalDate } from '@dual-random/kernel'
import { type Plan, publishedVersion } from './plan.ts'
import type { LeadDays, Reminder } from './reminder.ts'
import { type WindowWords, windowReminder } from './window-reminder.ts'

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
  return version.lines.flatMap(({ lineId, taskName, initiatorUnitId, batches }) =>
    batches.flatMap(({ number, window }) => {
      if (drawn.has(`${lineId}/${number}`)) return []
      const due = {
        lineId,
        batch: number,
        window,
        name: `任务“${taskName}”第${number}批`,
        initiatorUnitId,
        role: 'DRAW_ORGANISER',
      } as const
      return windowReminder(plan, due, words, { today, lead })
    }),
  )
}

const words: WindowWords = {
  OPENS: { kind: 'WINDOW_OPENS', text: (date) => `检查期${date}开始，尚未抽取。` },
  ENDS: { kind: 'WINDOW_ENDS_UNDRAWN', text: (date) => `检查期${date}结束，尚未抽取。` },
  ENDED: { kind: 'WINDOW_ENDED_UNDRAWN', text: (date) => `检查期已于${date}结束，未抽取，属只计划、不执行。` },
}
