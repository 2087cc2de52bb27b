import {
  AssignmentDispatched,
  AssignmentTakenIn,
  AssignmentWithdrawn,
  ClueChecked,
  ClueClosed,
  ClueClustered,
  ClueRecorded,
  ClueReleased,
  ClueTaskAccepted,
  ClueTaskProposed,
  ClueTaskWithdrawn,
  PlanAccepted,
  PlanClosed,
  PlanDrafted,
  PlanFiled,
  PlanPublished,
  PlanReturned,
  ReminderRaised,
} from '../planning.ts'
import { aggregateEvents } from './event-contract.ts'

const plan = aggregateEvents('planning', 'plan')
const clue = aggregateEvents('planning', 'clue')
const clueTask = aggregateEvents('planning', 'clue-task')
const assignment = aggregateEvents('planning', 'assignment')
const reminder = aggregateEvents('planning', 'reminder')

export const planningEvents = {
  planDrafted: plan('drafted', PlanDrafted),
  planFiled: plan('filed', PlanFiled, ['dueDate']),
  planAccepted: plan('accepted', PlanAccepted),
  planReturned: plan('returned', PlanReturned),
  planPublished: plan('published', PlanPublished, ['undrawn', 'supersededVersion']),
  planClosed: plan('closed', PlanClosed),
  clueRecorded: clue('recorded', ClueRecorded, ['dueDate']),
  clueClustered: clue('clustered', ClueClustered),
  clueReleased: clue('released', ClueReleased),
  clueChecked: clue('checked', ClueChecked, ['checkTaskId']),
  clueClosed: clue('closed', ClueClosed),
  clueTaskProposed: clueTask('proposed', ClueTaskProposed),
  clueTaskAccepted: clueTask('accepted', ClueTaskAccepted),
  clueTaskWithdrawn: clueTask('withdrawn', ClueTaskWithdrawn),
  assignmentDispatched: assignment('dispatched', AssignmentDispatched, ['times', 'checkBatches', 'objectScope', 'scope', 'undrawn']),
  assignmentTakenIn: assignment('taken-in', AssignmentTakenIn),
  assignmentWithdrawn: assignment('withdrawn', AssignmentWithdrawn),
  reminderRaised: reminder('raised', ReminderRaised, ['unitId', 'planType', 'planId', 'lineId', 'batch', 'clueId', 'assignmentId']),
} as const
