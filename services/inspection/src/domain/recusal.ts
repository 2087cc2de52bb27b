import { err, type InspectorId, type Instant, ok, type Result, type UnitId } from '@dual-random/kernel'
import { executingUnitOf } from './delegation.ts'
import { recusalIdOf } from './ids.ts'
import { resume, type Task, type TaskChange, type TeamMember, type TraceStep } from './task.ts'

export const recusalStatuses = ['PENDING', 'REJECTED', 'UPHELD'] as const
export type RecusalStatus = (typeof recusalStatuses)[number]

/** Recusal (回避) as it is raised after the draw: by an inspector of the team, or by the object. */
export interface RecusalRequest {
  readonly raisedBy: 'INSPECTOR' | 'OBJECT'
  /** Whom it concerns; members of the team. */
  readonly inspectorIds: readonly InspectorId[]
  /** Code of policy `recusal.grounds`, where the region has them. */
  readonly ground: string
  readonly statement: string
}

interface Raised extends RecusalRequest {
  readonly recusalId: string
  /** Login names of whom it concerns. */
  readonly subjects: readonly string[]
  /** Login name of the inspector, or of the clerk who entered it for the object. */
  readonly enteredBy: string
  readonly raisedAt: Instant
}

/** Upheld by the team that replaced the one with the persons concerned. */
export type Recusal = Raised &
  (
    | { readonly status: 'PENDING' }
    | { readonly status: 'REJECTED'; readonly reasons: string; readonly decidedBy: string; readonly decidedAt: Instant }
    | { readonly status: 'UPHELD'; readonly decidedAt: Instant }
  )

/** The grounds a region knows; other codes stand beside them where the list is open. */
export interface Grounds {
  readonly members: readonly { readonly id: string }[]
  readonly open: boolean
}

export type RecusalRefusal =
  | { readonly code: 'task-completed' | 'task-withdrawn' }
  | { readonly code: 'inspector-not-in-team'; readonly index: number; readonly inspectorId: InspectorId }
  | { readonly code: 'unknown-ground'; readonly ground: string; readonly allowed: readonly string[] }

export interface RaisedChange {
  readonly recusal: Recusal
  /** Absent where the same was raised before. */
  readonly change?: TaskChange
}

/** Stops the assignment until another team is matched, or the recusal is rejected (DRW-14). */
export function raiseRecusal(
  task: Task,
  request: RecusalRequest,
  { by, at, grounds }: { readonly by: string; readonly at: Instant; readonly grounds: Grounds | undefined },
): Result<RaisedChange, RecusalRefusal> {
  const { raisedBy, ground, statement } = request
  const inspectorIds = [...new Set(request.inspectorIds)].sort()
  const recusalId = recusalIdOf(task.taskId, [raisedBy, inspectorIds, ground, statement])
  const known = task.recusals.find((each) => each.recusalId === recusalId)
  if (known !== undefined) return ok({ recusal: known })

  if (task.status === 'COMPLETED') return err({ code: 'task-completed' })
  if (task.status === 'WITHDRAWN') return err({ code: 'task-withdrawn' })
  const stranger = request.inspectorIds.findIndex((id) => !task.team.members.some(({ inspectorId }) => inspectorId === id))
  const inspectorId = request.inspectorIds[stranger]
  if (inspectorId !== undefined) return err({ code: 'inspector-not-in-team', index: stranger, inspectorId })
  if (grounds !== undefined && !grounds.open && !grounds.members.some(({ id }) => id === ground)) {
    return err({ code: 'unknown-ground', ground, allowed: grounds.members.map(({ id }) => id) })
  }

  const subjects = concerned(task, inspectorIds).map(({ subject }) => subject)
  const recusal: Recusal = {
    raisedBy,
    inspectorIds,
    ground,
    statement,
    recusalId,
    subjects,
    enteredBy: by,
    raisedAt: at,
    status: 'PENDING',
  }
  const trace: readonly TraceStep[] = task.status === 'SUSPENDED' ? task.trace : [...task.trace, { at, what: 'SUSPENDED' }]
  return ok({
    recusal,
    change: {
      task: { ...task, status: 'SUSPENDED', recusals: [...task.recusals, recusal], trace },
      events: [{ type: 'recused', recusal }],
    },
  })
}

/** The members of the present team that a recusal concerns. */
export const concerned = ({ team }: Task, inspectorIds: readonly InspectorId[]): readonly TeamMember[] =>
  team.members.filter(({ inspectorId }) => inspectorIds.includes(inspectorId))

export type RejectionRefusal =
  | { readonly code: 'recusal-unknown' }
  | { readonly code: 'recusal-decided'; readonly status: RecusalStatus }
  | { readonly code: 'recusal-own' }

/** The organiser finds no ground in it: the team goes on, unless another recusal is pending. Undefined where it was rejected for the same reasons before. */
export function rejectRecusal(
  task: Task,
  { recusalId, reasons }: { readonly recusalId: string; readonly reasons: string },
  { by, at }: { readonly by: string; readonly at: Instant },
): Result<TaskChange | undefined, RejectionRefusal> {
  const known = task.recusals.find((each) => each.recusalId === recusalId)
  if (known === undefined) return err({ code: 'recusal-unknown' })
  if (known.status === 'REJECTED' && known.reasons === reasons) return ok(undefined)
  if (known.status !== 'PENDING') return err({ code: 'recusal-decided', status: known.status })
  if (known.subjects.includes(by)) return err({ code: 'recusal-own' })

  const rejected: Recusal = { ...known, status: 'REJECTED', reasons, decidedBy: by, decidedAt: at }
  const recusals = task.recusals.map((each) => (each === known ? rejected : each))
  const next = goOn({ ...task, recusals }, at)
  return ok({ task: next.task, events: [{ type: 'recusal-rejected', recusalId, rejectedAt: at }, ...next.events] })
}

/** A suspended task at work again; it stays suspended while a recusal is pending, and any other stays as it is. */
export const goOn = (task: Task, at: Instant): TaskChange =>
  task.status !== 'SUSPENDED' || task.recusals.some(({ status }) => status === 'PENDING')
    ? { task, events: [] }
    : resume({ ...task, trace: [...task.trace, { at, what: 'RESUMED' }] })

/** Who may read a recusal: whom it concerns, who entered it, the unit that organised the draw, the one whose task it is, and its delegate (DRW-34). */
export const seesRecusal = (
  viewer: { readonly subject: string; readonly unitId: UnitId; readonly roles: readonly string[] },
  task: Pick<Task, 'unitId' | 'organiserUnitId' | 'delegation'>,
  { subjects, enteredBy }: Recusal,
): boolean =>
  subjects.includes(viewer.subject) ||
  enteredBy === viewer.subject ||
  (viewer.roles.includes('DISPATCHER') && [task.unitId, executingUnitOf(task), task.organiserUnitId].includes(viewer.unitId)) ||
  (viewer.roles.includes('DRAW_ORGANISER') && task.organiserUnitId === viewer.unitId)
