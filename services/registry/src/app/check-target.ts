import { appError } from '@dual-random/errors'
import { chinaDateOf } from '@dual-random/kernel'
import type { CheckItem } from '../domain/check-item.ts'
import { type CheckObject, currentContent } from '../domain/check-object.ts'
import { generalResultAt } from '../domain/credit-result.ts'
import { currentInspector, type Inspector } from '../domain/inspector.ts'
import { membershipsAt } from '../domain/regime.ts'
import { poolsOf } from '../domain/tagging.ts'
import { creditId } from './import-credit-results.ts'
import { itemsOfObject } from './items-of-object.ts'
import { type ListedDutyDeps, refuseListedDuty } from './listed-duty.ts'
import type { Caller, CreditRecords, InspectorPool, ObjectPool, Units } from './ports.ts'
import type { Regimes } from './regime-ports.ts'
import { unknownObject } from './set-object-status.ts'
import { visibleUnitIds } from './visible-units.ts'

export interface CheckTargetDeps extends ListedDutyDeps {
  readonly objects: ObjectPool
  readonly credits: CreditRecords
  readonly regimes: Regimes
  readonly inspectors: InspectorPool
  readonly units: Units
}

/** Who is to be checked without a draw, what may be checked there, and by whom. */
export interface CheckTarget {
  readonly object: CheckObject
  readonly grade: string | undefined
  readonly alliance: string | undefined
  readonly inSandbox: boolean
  readonly items: readonly CheckItem[]
  readonly inspectors: readonly Inspector[]
}

export interface CheckTargetRequest {
  readonly objectId: string
  readonly inspectorIds: readonly string[]
  /** A duty that is to be checked as one that no list names. */
  readonly dutyName?: string | undefined
}

/** An object of a pool that the caller may read, and inspectors of the caller's own unit, all as they are now (TGT-12). */
export async function checkTarget(
  deps: CheckTargetDeps,
  caller: Caller,
  { objectId, inspectorIds, dutyName }: CheckTargetRequest,
): Promise<CheckTarget> {
  const found = await deps.objects.load(objectId)
  if (found === undefined) throw unknownObject(objectId)
  const object = found.state
  const content = currentContent(object)
  const pools = poolsOf(object, content)
  const seen = await visibleUnitIds(deps.units, caller)
  if (!pools.some((unitId) => seen.includes(unitId))) throw appError('forbidden', 'unit-not-allowed', { meta: { unitId: object.unitId } })
  if (content.status !== 'ACTIVE') throw appError('failed-precondition', 'regime-object-not-active', { meta: { status: content.status } })
  if (dutyName !== undefined) await refuseListedDuty(deps, dutyName, caller.regionCode)
  const at = deps.clock()
  const memberships = membershipsAt((await deps.regimes.load(objectId))?.state, at)
  return {
    object,
    grade: generalResultAt((await deps.credits.load(creditId(objectId)))?.state, at)?.grade,
    alliance: memberships.find((each) => each.kind === 'WHITE_LIST')?.alliance,
    inSandbox: memberships.some(({ kind }) => kind === 'SANDBOX'),
    items: await itemsOfObject(deps, object),
    inspectors: await inspectorsOf(deps, caller, inspectorIds),
  }
}

async function inspectorsOf(
  { inspectors, clock }: CheckTargetDeps,
  { unitId }: Caller,
  inspectorIds: readonly string[],
): Promise<readonly Inspector[]> {
  const stored = await inspectors.loadMany(inspectorIds)
  const today = chinaDateOf(clock())
  return inspectorIds.map((id) => {
    const inspector = stored.get(id)?.state
    if (inspector === undefined) throw appError('not-found', 'not-found', { meta: { what: '执法检查人员', id } })
    if (inspector.unitId !== unitId) throw appError('forbidden', 'unit-not-allowed', { meta: { unitId: inspector.unitId } })
    const { status, qualificationValidTo } = currentInspector(inspector)
    if (status !== 'ACTIVE' || qualificationValidTo === null || qualificationValidTo < today)
      throw appError('failed-precondition', 'check-inspector-unavailable', { meta: { id } })
    return inspector
  })
}
