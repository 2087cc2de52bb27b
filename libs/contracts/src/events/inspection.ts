import {
  FollowUpClosed,
  FollowUpEscalated,
  FollowUpOpened,
  ResultRecorded,
  TaskCompleted,
  TaskDispatched,
  TaskFeedbackGiven,
  TaskLapsed,
  TaskMerged,
  TaskOpened,
  TaskReassigned,
  TaskRecusalRejected,
  TaskRecused,
  TaskWithdrawn,
} from '../inspection.ts'
import { aggregateEvents, clueTaskForLine } from './event-contract.ts'

const task = aggregateEvents('inspection', 'task')
const result = aggregateEvents('inspection', 'result')
const followUp = aggregateEvents('inspection', 'follow-up')

export const inspectionEvents = {
  taskDispatched: task('dispatched', TaskDispatched, [
    'unitCount',
    'organiserUnitId',
    'executingUnitId',
    'supervisionMode',
    ...clueTaskForLine,
  ]),
  taskOpened: task('opened', TaskOpened, ['clueSource', 'duty', 'keyCheck', 'plannedCheck']),
  taskMerged: task('merged', TaskMerged),
  taskRecused: task('recused', TaskRecused),
  taskRecusalRejected: task('recusal-rejected', TaskRecusalRejected),
  taskReassigned: task('reassigned', TaskReassigned),
  taskWithdrawn: task('withdrawn', TaskWithdrawn),
  taskCompleted: task('completed', TaskCompleted, ['drawId']),
  taskFeedbackGiven: task('feedback-given', TaskFeedbackGiven),
  taskLapsed: task('lapsed', TaskLapsed),
  resultRecorded: result('recorded', ResultRecorded, ['drawId', 'subValue', 'correctBy', 'note', 'executingUnitId', 'checkedAt']),
  followUpOpened: followUp('opened', FollowUpOpened, ['dueDate']),
  followUpEscalated: followUp('escalated', FollowUpEscalated),
  followUpClosed: followUp('closed', FollowUpClosed),
} as const
