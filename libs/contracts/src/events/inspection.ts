import {
  FollowUpClosed,
  FollowUpEscalated,
  FollowUpOpened,
  ResultRecorded,
  TaskCompleted,
  TaskDispatched,
  TaskLapsed,
  TaskMerged,
} from '../inspection.ts'
import { aggregateEvents } from './event-contract.ts'

const task = aggregateEvents('inspection', 'task')
const result = aggregateEvents('inspection', 'result')
const followUp = aggregateEvents('inspection', 'follow-up')

export const inspectionEvents = {
  taskDispatched: task('dispatched', TaskDispatched, ['unitCount']),
  taskMerged: task('merged', TaskMerged),
  taskCompleted: task('completed', TaskCompleted),
  taskLapsed: task('lapsed', TaskLapsed),
  resultRecorded: result('recorded', ResultRecorded, ['subValue', 'correctBy', 'note']),
  followUpOpened: followUp('opened', FollowUpOpened, ['dueDate']),
  followUpEscalated: followUp('escalated', FollowUpEscalated),
  followUpClosed: followUp('closed', FollowUpClosed),
} as const
