import type { LeadDays } from '../../src/domain/reminder.ts'

/** Each its own number where a test stands on both sides of a day. */
export const lead: LeadDays = {
  planDue: 14,
  windowOpening: 7,
  windowEnding: 14,
  filingUndecided: 7,
  acceptedUnpublished: 5,
  adjustmentWaiting: 6,
  clueDue: 2,
  assignmentOpen: 7,
}
