import { addDays, type LocalDate } from '@dual-random/kernel'
import type { DateWindow, Plan } from './plan.ts'
import { type Addressee, type LeadDays, type Reminder, type ReminderKind, reminderKey } from './reminder.ts'

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
  const { planId, regionCode, unitId, year, planType } = plan
  const { lineId, batch, window, name, initiatorUnitId, role } = due
  const { kind, text } = words[occasion]
  const date = occasion === 'OPENS' ? window.start : window.end
  return [
    {
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
      text: `计划${planId}${name}${text(date)}`,
    },
  ]
}

function windowOccasion({ start, end }: DateWindow, { today, lead }: ReminderDay): WindowOccasion | undefined {
  if (today > end) return 'ENDED'
  if (lead === undefined) return undefined
  if (today >= addDays(end, -lead.windowEnding)) return 'ENDS'
  return today >= addDays(start, -lead.windowOpening) ? 'OPENS' : undefined
}
