import { type AppError, appError } from '@dual-random/errors'
import { assertNever, type ItemCode, type ObjectId, type TaskId, toHex, utf8, yearOf } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { withAvailability } from '../domain/availability.ts'
import { objectMarkOf, visitIdOf } from '../domain/ids.ts'
import { type JointException, type JointExceptionRefusal, jointExceptionOf } from '../domain/joint-exception.ts'
import { checkOpening, type Opening, type OpeningGround, type OpeningRefusal, onSiteReasonOf, openingOf } from '../domain/opening.ts'
import { type GroundRefusal, type OpeningOverride, permitGround } from '../domain/opening-ground.ts'
import { lateEffectOf } from '../domain/rules.ts'
import { permitInSandbox, type SandboxRefusal } from '../domain/sandbox.ts'
import { openTask, type Task, type TeamMember } from '../domain/task.ts'
import type { Caller } from './attach-experts.ts'
import type { DispatchDependencies } from './dispatch-draw.ts'
import { catchUp } from './hear-inspector.ts'
import { requireClueSource, requireOwnClues } from './named-clues.ts'
import { type NamedLine, namedLine, requireAsPlanned } from './planned-check.ts'
import type { CheckTargets } from './ports.ts'

export interface OpenCheckDependencies extends DispatchDependencies {
  readonly targets: CheckTargets
}

/** A check without a draw, as a dispatcher asks for it. */
export interface OpenCheckRequest {
  /** Derived from the request's key: the same request is the same check. */
  readonly taskId: TaskId
  readonly taskName: string
  readonly objectId: string
  readonly window: Task['window']
  readonly itemCodes: readonly ItemCode[]
  readonly inspectorIds: readonly string[]
  readonly leaderId: string
  readonly opening: OpeningGround
  /** Why no other department takes part (PLN-22). */
  readonly jointException?: JointException
  /** Why there is no draw though policy by default has one (POL-07). */
  readonly override?: OpeningOverride
  /** Why it is checked though it is in the sandbox and nothing triggered the check (TGT-18). */
  readonly untriggered?: OpeningOverride
}

/**
 * Opens a check without a draw (TGT-07, TGT-12, TGT-14): object, items and inspectors are registry's, asked with the caller's rights, as is whether the
 * object is in the sandbox, where it asks for a reason unless an event triggered it (TGT-18).
 */
export async function openCheck(deps: OpenCheckDependencies, { principal, context }: Caller, request: OpenCheckRequest): Promise<Task> {
  const known = await deps.tasks.get(request.taskId)
  if (known !== undefined) return known
  const { taskId, window, opening: given } = request
  const inspectorIds = [...new Set(request.inspectorIds)]
  const { policy, digest } = await deps.peers.policyAt(principal.regionCode, window.start)
  const asked = { ...request, inspectorIds, ground: given.ground }
  const judged = checkOpening(asked, policy.find('inspector.minTeamSize') ?? 1)
  if (!judged.ok) throw openingRefused(judged.error)
  const { unitId, regionCode } = principal
  const act = { by: principal.subject, at: deps.clock() }
  const permitted = permitGround(policy, given, request.override, { ...act, unitId })
  if (!permitted.ok) throw groundRefused(permitted.error)
  requireClueSource(policy, given)
  const exception = jointExceptionOf(policy, given, request.jointException)
  if (!exception.ok) throw exceptionRefused(exception.error)
  const named = await namedLine(deps.peers, given)
  const outsideLists = given.ground === 'STATUTORY_DUTY' ? { dutyName: given.duty.name } : {}
  const target = await deps.targets.describe({ objectId: request.objectId, inspectorIds, ...outsideLists }, context)
  if (named !== undefined) requireAsPlanned(named, { regionCode, unitId, window, itemCodes: request.itemCodes, object: target.object })
  const inSandbox = permitInSandbox(policy, given, { inSandbox: target.inSandbox, untriggered: request.untriggered }, { ...act, unitId })
  if (!inSandbox.ok) throw groundRefused(inSandbox.error)
  await requireOwnClues(deps.peers, given.ground === 'CLUE' ? given.clueIds : [], { regionCode, objectCode: target.object.code })
  const opening: Opening = {
    ...openingOf(given, act),
    ...(permitted.value === undefined ? {} : { override: permitted.value }),
    ...(inSandbox.value === undefined ? {} : { untriggered: inSandbox.value }),
    ...(exception.value === undefined ? {} : { jointException: exception.value }),
    ...markOf(deps.visitKey, target.object.objectId, named),
  }
  const lateEffect = lateEffectOf(policy)
  const visitId = visitIdOf(deps.visitKey, { objectId: target.object.objectId, mergeWindowId: `opened-${taskId}`, ownerUnitId: unitId })
  const opened = openTask(
    {
      taskId,
      taskNumber: taskNumberOf(unitId, regionCode, yearOf(window.start), taskId),
      regionCode,
      unitId,
      organiserUnitId: unitId,
      taskName: request.taskName,
      window,
      visitId,
      policyDigest: digest,
      ...(lateEffect === undefined ? {} : { lateEffect }),
      object: target.object,
      items: itemsOf(request, target.items, named),
      team: {
        members: target.inspectors.map((inspector): TeamMember => ({ ...inspector, leader: inspector.inspectorId === request.leaderId })),
        short: false,
        experts: [],
      },
      opening,
    },
    act.at,
  )
  const onSite = onSiteReasonOf(opened.task, policy)
  const heard = await deps.availabilities.getMany(target.inspectors.map(({ inspectorId }) => inspectorId))
  const withReason: Task = onSite.length === 0 ? opened.task : { ...opened.task, onSite }
  const task = withAvailability(withReason, heard)?.task ?? withReason
  await deps.policies.keep(digest, policy)
  await deps.visits.plan([
    {
      visitId,
      regionCode,
      ownerUnitId: unitId,
      unitIds: [unitId],
      objectId: target.object.objectId,
      objectCode: target.object.code,
      objectName: target.object.name,
      mergeWindowId: `opened-${taskId}`,
      windows: [window],
    },
  ])
  await deps.tasks.dispatch([{ task, events: opened.events }])
  await catchUp(deps, [task], heard)
  return (await deps.tasks.get(taskId)) ?? task
}

const markOf = (key: Uint8Array, objectId: ObjectId, named: NamedLine | undefined): Pick<Opening, 'objectMark'> =>
  named === undefined ? {} : { objectMark: objectMarkOf(key, objectId, named.planned) }

/** Number people quote (任务单号); Z for 专项 checks, those without a draw. */
const taskNumberOf = (unitId: string, regionCode: string, year: number, taskId: TaskId): string =>
  `${regionCode}${year}-Z-${unitId.replace(`${regionCode}-`, '')}-${taskId.slice(0, 10).toUpperCase()}`

/** The items asked for, each applying to the object; of a duty that no list names, the duty itself, of a planned line for which none are asked its task. */
function itemsOf({ itemCodes, opening }: OpenCheckRequest, applying: Task['items'], named: NamedLine | undefined): Task['items'] {
  if (opening.ground === 'STATUTORY_DUTY') return [unlistedItem('DUTY', opening.duty.name)]
  if (named !== undefined && itemCodes.length === 0) return [unlistedItem('LINE', named.line.taskName)]
  return [...new Set(itemCodes)].map((itemCode) => {
    const item = applying.find((each) => each.itemCode === itemCode)
    if (item === undefined) throw appError('failed-precondition', 'opening-item-not-applying', { meta: { itemCode } })
    return item
  })
}

const unlistedItem = (series: 'DUTY' | 'LINE', itemName: string): Task['items'][number] => ({
  itemCode: `${series}-${toHex(sha256(utf8(itemName))).slice(0, 12)}` as ItemCode,
  itemName,
})

function groundRefused(refusal: GroundRefusal | SandboxRefusal): AppError {
  switch (refusal.code) {
    case 'opening-override-missing':
    case 'opening-ground-barred':
      return appError('failed-precondition', refusal.code, { meta: { ground: refusal.ground, permitted: refusal.permitted } })
    case 'sandbox-reason-missing':
      return appError('failed-precondition', refusal.code, { meta: { ground: refusal.ground, triggers: refusal.triggers } })
    case 'opening-override-not-asked':
    case 'sandbox-reason-not-asked':
      return appError('invalid', refusal.code, { meta: { ground: refusal.ground } })
    case 'policy-unset':
      return appError('failed-precondition', refusal.code, { meta: { key: refusal.key, preset: refusal.preset } })
    case 'rule-not-by-default':
      return appError('failed-precondition', refusal.code, { meta: { key: refusal.rule } })
    // The rule is what asked for the override, and the route lets no empty reason through.
    case 'rule-unset':
    case 'override-incomplete':
      throw new Error(refusal.message)
    default:
      return assertNever(refusal)
  }
}

const exceptionRefused = ({ code, ...meta }: JointExceptionRefusal): AppError =>
  appError(code === 'joint-exception-missing' ? 'failed-precondition' : 'invalid', code, { meta })

export function openingRefused(refusal: OpeningRefusal): AppError {
  const { code, ...meta } = refusal
  switch (code) {
    case 'opening-window':
    case 'opening-team-small':
    case 'opening-leader-unknown':
    case 'opening-items-of-duty':
    case 'opening-items-missing':
      return appError('invalid', code, { meta })
    default:
      return assertNever(code)
  }
}
