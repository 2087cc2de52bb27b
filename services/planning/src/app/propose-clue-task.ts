import { requireRegion, requireUnit } from '@dual-random/auth'
import { invalidRequest, isRetryable, toAppError, violation } from '@dual-random/errors'
import { chinaDateOf, type RegionCode, type UnitId, yearOf } from '@dual-random/kernel'
import type { BatchInput } from '../domain/batches.ts'
import { buildLine } from '../domain/build-line.ts'
import { type Clue, decideClue } from '../domain/clue.ts'
import { routeOf, triggerOf } from '../domain/clue-rules.ts'
import {
  type ClueTask,
  type ClueTaskFacts,
  clueTaskLineId,
  type DrawScope,
  decideClueTask,
  proposeClueTask,
  regionOutside,
} from '../domain/clue-task.ts'
import type { LineContext, LineInput } from '../domain/line-input.ts'
import { clueFailure, clueRefusal } from './clue-failures.ts'
import { lineFailure, orThrow } from './failures.ts'
import { lineContextOf } from './line-context.ts'
import type { Caller, PolicyInForce, Ports } from './ports.ts'
import { changeClue } from './settle-clue.ts'

export interface ProposeClueTaskRequest {
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  readonly clueIds: readonly string[]
  readonly trigger: string
  readonly ground: string
  readonly scope: DrawScope
  /** Items or industry, quantity and units, as in a line of a plan. */
  readonly terms: Pick<
    LineInput,
    'taskName' | 'objectScope' | 'itemCodes' | 'ratios' | 'count' | 'initiatorUnitId' | 'units' | 'jointException' | 'repeatGround'
  >
  readonly batch: BatchInput
}

/**
 * Proposes a targeted draw that follows several clues about a group (DRW-25, TGT-08, TGT-09), where policy provides for one. The task is there
 * before its clues are taken, so that none is taken for a task that is not; when somebody else was faster with one, it is withdrawn. Sent
 * again it is the same task.
 */
export async function proposeClueTaskOf(
  ports: Ports,
  request: ProposeClueTaskRequest,
  commandId: string,
  caller: Caller,
): Promise<ClueTask> {
  const { regionCode, unitId } = request
  requireRegion(caller.principal, regionCode)
  requireUnit(caller.principal, unitId)
  const taskId = `clue-task-${commandId}`
  const existing = await ports.clueTasks.load(taskId)
  if (existing !== undefined) return takeClues(ports, existing, caller)
  const outside = regionOutside(regionCode, request.scope)
  if (outside !== undefined) throw invalidRequest([violation('/scope/regionCodes', 'scope-outside-region', { regionCode: outside })])
  const clues = await ports.clues.loadMany([...new Set(request.clueIds)].sort())
  for (const clue of clues) requireUnit(caller.principal, clue.unitId)
  const inForce = await ports.registry.policyAt(regionCode, chinaDateOf(ports.clock()), caller.context)
  const facts = await factsOf(ports, { taskId, request, clues, inForce }, commandId, caller)
  for (const clue of clues) orThrow(decideClue(clue, { type: 'cluster', taskId }), clueFailure)
  await ports.policies.keep(inForce.digest, inForce.policy)
  const task = await ports.clueTasks.change(taskId, (known) => (known === undefined ? proposeClueTask(facts) : undefined))
  return takeClues(ports, task, caller)
}

interface Proposal {
  readonly taskId: string
  readonly request: ProposeClueTaskRequest
  readonly clues: readonly Clue[]
  readonly inForce: PolicyInForce
}

async function factsOf(
  ports: Ports,
  { taskId, request, clues, inForce: { policy, digest } }: Proposal,
  commandId: string,
  caller: Caller,
): Promise<ClueTaskFacts> {
  const { regionCode, unitId, trigger, ground, scope, batch } = request
  const refused = clueRefusal(policy.id.preset)
  const form = orThrow(routeOf(policy, clues), refused)
  const known = orThrow(triggerOf(policy, trigger), refused)
  const year = yearOf(batch.window.start)
  const context = await lineContextOf(ports, { regionCode, unitId, year, policy }, caller, [request.terms])
  return {
    taskId,
    regionCode,
    unitId,
    year,
    form,
    trigger: known,
    ground,
    clueIds: clues.map(({ clueId }) => clueId),
    scope: { industryPrefixes: [...new Set(scope.industryPrefixes)].sort(), regionCodes: [...new Set(scope.regionCodes)].sort() },
    ...termsOf(request, context, commandId, policy.id.preset),
    policy: { preset: policy.id.preset, version: String(policy.id.version) },
    policyDigest: digest,
    proposed: { by: caller.principal.subject, at: ports.clock() },
  }
}

function termsOf(
  { terms, batch }: ProposeClueTaskRequest,
  context: LineContext,
  commandId: string,
  preset: string,
): Pick<ClueTaskFacts, 'terms' | 'jointException' | 'repeatGround'> {
  const built = buildLine({ ...terms, batches: [batch] }, context, { lineId: clueTaskLineId, commandId })
  if (!built.ok) throw lineFailure([{ base: '', problems: built.error }], preset)
  const { lineId: _lineId, reasons: _reasons, source: _source, commandId: _commandId, jointException, repeatGround, ...drawn } = built.value
  return {
    terms: drawn,
    ...(jointException === undefined ? {} : { jointException }),
    ...(repeatGround === undefined ? {} : { repeatGround }),
  }
}

/** Takes the clues of a proposed task; those that it has already stay. */
export async function takeClues(ports: Ports, task: ClueTask, caller: Caller): Promise<ClueTask> {
  if (task.status !== 'PROPOSED') return task
  const { taskId, clueIds } = task
  try {
    for (const clueId of clueIds) await changeClue(ports, clueId, { type: 'cluster', taskId })
    return task
  } catch (thrown) {
    const refusal = toAppError(thrown)
    // A store that is away leaves the task for the same command sent again.
    if (!isRetryable(refusal) && refusal.kind !== 'internal') await giveUp(ports, task, refusal.code, caller)
    throw thrown
  }
}

async function giveUp(ports: Ports, { taskId, clueIds }: ClueTask, reason: string, { principal }: Caller): Promise<void> {
  const act = { by: principal.subject, at: ports.clock() }
  await ports.clueTasks.change(taskId, (task) => {
    if (task === undefined) return undefined
    const decided = decideClueTask(task, { type: 'withdraw', reason, hasDraw: false, act })
    return decided.ok ? decided.value : undefined
  })
  await letGo(ports, taskId, clueIds)
}

/** The clues that a task on clues has wait again. */
export async function letGo(ports: Pick<Ports, 'clues'>, taskId: string, clueIds: readonly string[]): Promise<void> {
  for (const clueId of clueIds) await changeClue(ports, clueId, { type: 'release', taskId })
}
