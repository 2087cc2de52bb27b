import {
  JointTaskCompleted,
  JointTaskOpened,
  ListMatchDecided,
  ListMatchProposed,
  RecognitionShared,
  RecognitionWithdrawn,
} from '../joint.ts'
import { aggregateEvents, clueTaskForLine } from './event-contract.ts'

const jointTask = aggregateEvents('joint', 'joint-task')
const listMatch = aggregateEvents('joint', 'list-match')
const recognition = aggregateEvents('joint', 'recognition')

export const jointEvents = {
  jointTaskOpened: jointTask('opened', JointTaskOpened, [...clueTaskForLine]),
  jointTaskCompleted: jointTask('completed', JointTaskCompleted),
  listMatchProposed: listMatch('proposed', ListMatchProposed),
  listMatchDecided: listMatch('decided', ListMatchDecided, ['reason']),
  recognitionShared: recognition('shared', RecognitionShared, ['validUntil']),
  recognitionWithdrawn: recognition('withdrawn', RecognitionWithdrawn),
} as const
