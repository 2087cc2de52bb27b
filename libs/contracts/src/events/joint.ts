import { JointTaskCompleted, JointTaskOpened, RecognitionShared, RecognitionWithdrawn } from '../joint.ts'
import { aggregateEvents } from './event-contract.ts'

const jointTask = aggregateEvents('joint', 'joint-task')
const recognition = aggregateEvents('joint', 'recognition')

export const jointEvents = {
  jointTaskOpened: jointTask('opened', JointTaskOpened),
  jointTaskCompleted: jointTask('completed', JointTaskCompleted),
  recognitionShared: recognition('shared', RecognitionShared, ['validUntil']),
  recognitionWithdrawn: recognition('withdrawn', RecognitionWithdrawn),
} as const
