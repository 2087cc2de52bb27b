import { type AppError, appError } from '@dual-random/errors'
import { withAvailability } from '../domain/availability.ts'
import { checkOpening } from '../domain/opening.ts'
import { type NamingRefusal, nameTeam } from '../domain/reassign.ts'
import type { Task, TeamMember } from '../domain/task.ts'
import type { Caller } from './attach-experts.ts'
import { catchUp } from './hear-inspector.ts'
import { type OpenCheckDependencies, openingRefused } from './open-check.ts'
import { requireTask } from './require-task.ts'

/** Another team for a check without a draw: the dispatcher names it, which upholds the recusals of who leaves (DRW-14). */
export async function nameAnotherTeam(
  deps: OpenCheckDependencies,
  { principal, context }: Caller,
  taskId: string,
  named: { readonly inspectorIds: readonly string[]; readonly leaderId: string },
): Promise<Task> {
  const task = await requireTask(deps.tasks, taskId)
  if (principal.unitId !== task.unitId) throw appError('forbidden', 'unit-not-allowed', { meta: { unitId: task.unitId } })
  if (task.opening === undefined) throw refused(task, { code: 'team-of-draw' })
  const inspectorIds = [...new Set(named.inspectorIds)]
  const { opening, window } = task
  const itemCodes = opening.ground === 'STATUTORY_DUTY' ? [] : task.items.map(({ itemCode }) => itemCode)
  const least = (await deps.policies.get(task.policyDigest)).find('inspector.minTeamSize') ?? 1
  const judged = checkOpening({ ground: opening.ground, itemCodes, inspectorIds, leaderId: named.leaderId, window }, least)
  if (!judged.ok) throw openingRefused(judged.error)
  const { inspectors } = await deps.targets.describe({ objectId: task.object.objectId, inspectorIds }, context)
  const members = inspectors.map((inspector): TeamMember => ({ ...inspector, leader: inspector.inspectorId === named.leaderId }))
  const heard = await deps.availabilities.getMany(inspectors.map(({ inspectorId }) => inspectorId))
  const act = { by: principal.subject, at: deps.clock() }
  const after = await deps.tasks.change(taskId, (current) => {
    const decided = nameTeam(current, members, act)
    if (!decided.ok) throw refused(current, decided.error)
    const change = decided.value
    return change && { ...change, task: withAvailability(change.task, heard)?.task ?? change.task }
  })
  await catchUp(deps, [after ?? task], heard)
  return (await deps.tasks.get(taskId)) ?? task
}

const refused = ({ taskNumber }: Task, { code }: NamingRefusal): AppError => appError('failed-precondition', code, { meta: { taskNumber } })
