import { type AppError, appError } from '@dual-random/errors'
import type { ClueSourceError } from '@dual-random/policy'
import type { ClueError } from '../domain/clue.ts'
import type { ClueCheckError } from '../domain/clue-check.ts'
import type { RouteError, TriggerError } from '../domain/clue-rules.ts'
import type { ClueTaskError } from '../domain/clue-task.ts'
import { policyUnset } from './failures.ts'

export const noSuchClue = (clueId: string) => appError('not-found', 'not-found', { meta: { what: '线索', id: clueId } })

export const noSuchClueTask = (taskId: string) => appError('not-found', 'not-found', { meta: { what: '线索任务', id: taskId } })

export const clueFailure = ({ code, ...meta }: ClueError | ClueCheckError): AppError => appError('failed-precondition', code, { meta })

export const clueTaskFailure =
  (taskId: string) =>
  (error: ClueTaskError): AppError =>
    appError('failed-precondition', error.code, { meta: { taskId } })

/** What policy says against a clue, or against drawing for some. */
export function clueRefusal(preset: string): (error: ClueSourceError | RouteError | TriggerError) => AppError {
  return (error) => {
    if (error.code === 'policy-unset') return policyUnset(error, preset)
    const { code, ...meta } = error
    const kind =
      code === 'clue-source-unknown' || code === 'clue-source-needs-note' || code === 'trigger-unknown' ? 'invalid' : 'failed-precondition'
    return appError(kind, code, { meta: { preset, ...meta } })
  }
}
