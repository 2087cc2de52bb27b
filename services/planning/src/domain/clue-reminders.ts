import { addDays, type LocalDate, yearOf } from '@dual-random/kernel'
import { type Clue, isOverdue } from './clue.ts'
import { type LeadDays, type Reminder, reminderKey } from './reminder.ts'

/** Clues not settled that come due or are overdue (TGT-07, TGT-15): who keeps them in their unit is told, by the id alone, since a reminder is read by others too. */
export const clueReminders = (clues: readonly Clue[], today: LocalDate, lead: LeadDays | undefined): readonly Reminder[] =>
  clues.flatMap((clue) => clueReminder(clue, today, lead))

function clueReminder(clue: Clue, today: LocalDate, lead: LeadDays | undefined): readonly Reminder[] {
  const { clueId, regionCode, unitId, due, status } = clue
  if (due === undefined || (status !== 'OPEN' && status !== 'CLUSTERED')) return []
  const isLate = isOverdue(clue, today)
  if (!isLate && (lead === undefined || today < addDays(due.date, -lead.clueDue))) return []
  const kind = isLate ? 'CLUE_OVERDUE' : 'CLUE_DUE'
  const { date } = due
  return [
    {
      key: reminderKey(kind, clueId, date),
      kind,
      regionCode,
      unitId,
      year: yearOf(date),
      clueId,
      date,
      addressees: [{ regionCode, unitId, roles: ['DISPATCHER', 'PLANNER'] }],
      text: isLate ? `线索${clueId}应于${date}前核查，已逾期，请尽快核查办结。` : `线索${clueId}应于${date}前核查，尚未办结。`,
    },
  ]
}
