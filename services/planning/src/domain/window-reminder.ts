import { addDays, type LocalDate } from '@dual-random/kernel'
import type { DateWindow, Plan } from './plan.ts'
import type { BatchStatus } from './progress.ts'
import { type Addressee, type LeadDays, type Reminder, type ReminderKind, reminderKey } from './reminder.ts'
import type { UndrawnStatus } from './undrawn-progress.ts'

/** A window comes near, nears its end, or has ended. */
export type WindowOccasion = 'OPENS' | 'ENDS' | 'ENDED'

/** What is said on each occasion of a window, with its first day (OPENS) or its last. */
export type WindowWords = Readonly<Record<WindowOccasion, { readonly kind: ReminderKind; readonly text: (date: LocalDate) => string }>>

export interface ReminderDay {
  readonly today: LocalDate
  /** Without it only that a window has ended is told. */
  readonly lead: LeadDays | undefined
}

/** What is to be done within a window: a batch to draw, or a line to check without a draw. */
export interface DueInWindow {
  readonly lineId: string
  readonly batch?: number
  readonly window: DateWindow
  /** As the text names it, after the plan. */
  readonly name: string
  readonly initiatorUnitId: string
  /** Of the initiating unit; the planner of the plan's unit is told as well. */
  readonly role: Addressee['roles'][number]
}

/** The reminder of the latest occasion of a window (PLN-24); none before the first. */
export function windowReminder(plan: Plan, due: DueInWindow, words: WindowWords, day: ReminderDay): readonly Reminder[] {
  const occasion = windowOccasion(due.window, day)
  if (occasion === undefined) return []
  const { kind, text } = words[occasion]
  const date = occasion === 'OPENS' ? due.window.start : due.window.end
  return [reminderOf(plan, due, { kind, date, text: text(date) })]
}

/** Of what was drawn or opened and is not wholly checked although its window has ended (PLN-24): those who dispatch are told; nobody before. */
export function uncheckedReminder(plan: Plan, due: Omit<DueInWindow, 'role'>, status: BatchStatus | UndrawnStatus): readonly Reminder[] {
  if (status !== 'NOT_EXECUTED' && status !== 'LATE') return []
  const date = due.window.end
  const found = status === 'LATE' ? '检查尚未全部完成，请尽快完成。' : '没有完成任何检查，属只计划、不执行。'
  const text = `检查期已于${date}结束，${found}`
  return [reminderOf(plan, { ...due, role: 'DISPATCHER' }, { kind: 'WINDOW_ENDED_UNCHECKED', date, text })]
}

function reminderOf(
  { planId, regionCode, unitId, year, planType }: Plan,
  { lineId, batch, name, initiatorUnitId, role }: DueInWindow,
  { kind, date, text }: Pick<Reminder, 'kind' | 'date' | 'text'>,
): Reminder {
  return {
    key: reminderKey(kind, planId, lineId, ...(batch === undefined ? [] : [batch]), date),
    kind,
    regionCode,
    unitId,
    year,
    planType,
    planId,
    lineId,
    ...(batch === undefined ? {} : { batch }),
    date,
    addressees: [
      { regionCode, unitId: initiatorUnitId, roles: [role] },
      { regionCode, unitId, roles: ['PLANNER'] },
    ],
    text: `计划${planId}${name}${text}`,
  }
}

function windowOccasion({ start, end }: DateWindow, { today, lead }: ReminderDay): WindowOccasion | undefined {
  if (today > end) return 'ENDED'
  if (lead === undefined) return undefined
  if (today >= addDays(end, -lead.windowEnding)) return 'ENDS'
  return today >= addDays(start, -lead.windowOpening) ? 'OPENS' : undefined
}
