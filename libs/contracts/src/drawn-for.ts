import type { ClueTaskRef } from './common.ts'

interface SubjectFields {
  readonly planId: string
  readonly lineId: string
  readonly clueTask?: ClueTaskRef | undefined
}

type DrawnFor =
  | { readonly planId: string; readonly lineId: string; readonly clueTask?: never }
  | {
      readonly clueTask: { readonly taskId: string; readonly clueIds: readonly string[] }
      readonly planId?: never
      readonly lineId?: never
    }

/** What a message says a draw is for: the line of a plan, or the task on clues in its place (DRW-25). */
export const drawnFor = ({ planId, lineId, clueTask }: SubjectFields): DrawnFor =>
  clueTask === undefined ? { planId, lineId } : { clueTask: { taskId: clueTask.taskId, clueIds: clueTask.clueIds } }

/** The same as fields of a message: without a line both of its fields are empty. */
export const drawnForFields = ({
  planId = '',
  lineId = '',
  clueTask,
}: {
  readonly planId?: string | undefined
  readonly lineId?: string | undefined
  readonly clueTask?: { readonly taskId: string; readonly clueIds: readonly string[] } | undefined
}): SubjectFields =>
  clueTask === undefined ? { planId, lineId } : { planId, lineId, clueTask: { taskId: clueTask.taskId, clueIds: [...clueTask.clueIds] } }
