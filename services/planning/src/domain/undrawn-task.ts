import type { ItemCode, UnitId } from '@dual-random/kernel'
import { isOfSeveral } from './departments.ts'
import type { GivenException } from './joint-scope.ts'
import { wholeKeyLine } from './key-line.ts'
import type { Applicability, LineContext } from './line-input.ts'
import type { DateWindow } from './plan.ts'
import type {
  GivenUndrawnLine,
  KeyLineInput,
  KeyMatter,
  NamedMatter,
  SpecialCheckMeans,
  UndrawnKind,
  UndrawnLine,
  UndrawnLineInput,
} from './undrawn-line.ts'

/** The problem of a dispatched special check. Of its means words alone travel: a line or a task on clues is of the superior's own plan. */
export interface AssignedProblem {
  /** One of policy `targetedDraw.triggers`. */
  readonly trigger: string
  readonly description: string
  readonly similar?: string
}

interface Dispatched {
  readonly taskName: string
  readonly field: string
  readonly objectScope: string
  readonly objects: Applicability
  readonly itemCodes: readonly ItemCode[]
  /** The local days lie in it. */
  readonly window: DateWindow
  /** Why a department checks alone (PLN-22), where the local policy asks for that. */
  readonly jointException?: GivenException
}

/** Field, objects and items are those of the matter as it was dispatched; the line takes them from the list in force. */
export interface AssignedKeySupervision extends Dispatched {
  readonly kind: 'KEY_SUPERVISION'
  readonly matter: NamedMatter
}

export interface AssignedCheck extends Dispatched {
  readonly kind: Exclude<UndrawnKind, 'KEY_SUPERVISION'>
  readonly basis?: string
  readonly problem?: AssignedProblem
}

/** What a superior dispatches to be checked without a draw (PLN-15): all that such a line says but who checks. */
export type UndrawnTask = AssignedKeySupervision | AssignedCheck

/** Key supervision as it is dispatched: the rest is its matter's. */
export type GivenKeyTask = Pick<KeyLineInput, 'kind' | 'taskName' | 'listId' | 'matterId' | 'stages' | 'window' | 'jointException'>

export type GivenUndrawnTask = GivenKeyTask | AssignedCheck

/** Key supervision with what its matter says, by the lists of the superior's region; its problems are those of a key line. */
export function keyTask(given: GivenKeyTask, matters: readonly KeyMatter[]) {
  const whole = wholeKeyLine({ ...given, unitIds: [] }, matters)
  if (!whole.ok) return whole
  const { unitIds: _whoChecks, ...task } = whole.value
  return { ok: true, value: task satisfies AssignedKeySupervision } as const
}

/** What a line of the superior's own plan says to others: who checks it, and why against a rule, does not go with it. */
export function undrawnTaskOf(line: UndrawnLine): UndrawnTask {
  const { kind, taskName, field, objectScope, objects, itemCodes, window, matter, basis, problem, jointException: exception } = line
  const dispatched: Dispatched = {
    taskName,
    field,
    objectScope,
    objects,
    itemCodes,
    window,
    ...(exception === undefined ? {} : { jointException: { ground: exception.ground, basis: exception.basis } }),
  }
  if (kind === 'KEY_SUPERVISION') {
    if (matter === undefined) throw new Error(`key supervision without a matter: ${line.lineId}`)
    return { ...dispatched, kind, matter }
  }
  return {
    ...dispatched,
    kind,
    ...(basis === undefined ? {} : { basis }),
    ...(problem === undefined
      ? {}
      : {
          problem: {
            trigger: problem.trigger.id,
            description: problem.description,
            ...('similar' in problem.means ? { similar: problem.means.similar } : {}),
          },
        }),
  }
}

/** What the local planner says of a dispatched problem: by what it is answered here; all of it where the task has none. */
export type LocalProblem = { readonly means: SpecialCheckMeans } | NonNullable<UndrawnLineInput['problem']>

/** What the local planner decides of a task without a draw. */
export interface UndrawnTerms {
  /** By default the unit whose plan it is. */
  readonly unitIds?: readonly UnitId[]
  readonly initiatorUnitId?: UnitId
  readonly window?: DateWindow
  readonly problem?: LocalProblem
  readonly jointException?: GivenException
  readonly reasons?: NonNullable<UndrawnLineInput['reasons']>
}

export interface UndrawnTermsProblem {
  readonly code: 'window-outside-assignment' | 'assigned-problem-fixed' | 'assigned-terms-misplaced'
  readonly pointer: string
}

/** What of the local terms changes what was dispatched: days outside its window, another problem, or what key supervision does not have. */
export function undrawnTermsProblems(task: UndrawnTask, { window, problem, reasons }: UndrawnTerms): readonly UndrawnTermsProblem[] {
  const problems: UndrawnTermsProblem[] = []
  if (window !== undefined && (window.start < task.window.start || window.end > task.window.end))
    problems.push({ code: 'window-outside-assignment', pointer: '/window' })
  if (task.kind === 'KEY_SUPERVISION') {
    if (problem !== undefined) problems.push({ code: 'assigned-terms-misplaced', pointer: '/problem' })
    if (reasons !== undefined) problems.push({ code: 'assigned-terms-misplaced', pointer: '/reasons' })
  } else if (problem !== undefined && !answers(task.problem, problem))
    problems.push({ code: 'assigned-problem-fixed', pointer: '/problem' })
  return problems
}

/** A problem without means takes those alone, one with means nothing, and where there is none all of one. */
const answers = (dispatched: AssignedProblem | undefined, local: LocalProblem): boolean =>
  dispatched === undefined ? 'trigger' in local : dispatched.similar === undefined && !('trigger' in local)

/** Whether the local planner has yet to say by what the problem is answered. */
export const lacksMeans = (task: UndrawnTask, { problem }: UndrawnTerms): boolean =>
  task.kind !== 'KEY_SUPERVISION' && task.problem !== undefined && task.problem.similar === undefined && problem === undefined

/** The line that a task without a draw becomes in the plan of a unit with the local terms, which leave nothing open. */
export function assignedUndrawnLine(
  task: UndrawnTask,
  unitId: UnitId,
  terms: UndrawnTerms,
  context: Pick<LineContext, 'policy' | 'units'>,
): GivenUndrawnLine {
  const { unitIds = [unitId], initiatorUnitId, window = task.window, reasons } = terms
  const jointException = terms.jointException ?? askedException(task, unitIds, context)
  const given = {
    taskName: task.taskName,
    unitIds,
    ...(initiatorUnitId === undefined ? {} : { initiatorUnitId }),
    window,
    ...(jointException === undefined ? {} : { jointException }),
  }
  if (task.kind === 'KEY_SUPERVISION') {
    const { listId, matterId, stages } = task.matter
    return { ...given, kind: task.kind, listId, matterId, stages }
  }
  const { kind, field, objectScope, objects, itemCodes, basis } = task
  const problem = problemOf(task.problem, terms.problem)
  return {
    ...given,
    kind,
    field,
    objectScope,
    objects,
    itemCodes,
    ...(basis === undefined ? {} : { basis }),
    ...(problem === undefined ? {} : { problem }),
    ...(reasons === undefined ? {} : { reasons }),
  }
}

/** The superior's serves where the local policy asks for one, of a check by one department. */
const askedException = (
  { jointException }: UndrawnTask,
  unitIds: readonly UnitId[],
  { policy, units }: Pick<LineContext, 'policy' | 'units'>,
): GivenException | undefined => (!isOfSeveral(unitIds, units) && policy.find('exemptFromJoint') !== undefined ? jointException : undefined)

function problemOf(dispatched: AssignedProblem | undefined, local: LocalProblem | undefined): UndrawnLineInput['problem'] {
  if (dispatched === undefined) return local !== undefined && 'trigger' in local ? local : undefined
  const { trigger, description, similar } = dispatched
  const means = similar === undefined ? local?.means : { similar }
  if (means === undefined) throw new Error(`no means were said for the problem “${description}”`)
  return { trigger, description, means }
}
