import type { CheckResultNotice } from '../domain/result-delivery.ts'
import { withResult } from '../domain/warning-item.ts'
import type { Warnings } from './warning-ports.ts'

type Told = Pick<CheckResultNotice, 'taskId' | 'objectId' | 'resultId' | 'recordedAt'>

/** Tells every warning given to the task of a result what it means. */
export async function confirmWarnings(warnings: Warnings, result: Told): Promise<void> {
  for (const { warningId } of await warnings.givenTo(result.taskId)) {
    await warnings.update(warningId, (current) => {
      const state = current && withResult(current.state, result)
      return state && { state, events: [] }
    })
  }
}
