import { appError } from '@dual-random/errors'
import type { UnitId } from '@dual-random/kernel'
import type { Agreement } from '../domain/delegation.ts'
import type { Plan } from '../domain/plan.ts'
import { noSuchPlan, ownPlan, readablePlan } from './access.ts'
import type { Caller, Ports } from './ports.ts'

/** Keeps a written agreement under its digest, which lines of the plan then name (DRW-11). The same document again has the same digest. */
export async function keepAgreement(ports: Ports, planId: string, bytes: Uint8Array, caller: Caller): Promise<string> {
  const plan = await ownPlan(ports, planId, caller)
  if (bytes.length === 0) throw appError('invalid', 'document-empty', { meta: { planId: plan.planId } })
  return ports.blobs.put(bytes)
}

/** An agreement that a line of the plan names: for whoever reads the plan, and for the units it is made with. */
export async function readAgreement(ports: Ports, planId: string, digest: string, caller: Caller): Promise<Uint8Array> {
  const plan = await ports.plans.load(planId)
  if (plan === undefined) throw noSuchPlan(planId)
  const named = partnersOf(plan).filter(({ agreement }) => agreement?.digest === digest)
  if (!named.some(({ unitIds }) => unitIds.includes(caller.principal.unitId))) await readablePlan(ports, planId, caller)
  if (named.length === 0) throw appError('not-found', 'not-found', { meta: { what: '协商文件', id: digest } })
  return ports.blobs.bytes(digest)
}

interface Partner {
  readonly unitIds: readonly UnitId[]
  readonly agreement?: Agreement
}

/** Delegates, and the units of other cities that draw as well. */
const partnersOf = ({ versions }: Plan): readonly Partner[] =>
  versions.flatMap(({ lines }) =>
    lines.flatMap(({ units, joint }): readonly Partner[] => [
      ...units.flatMap(({ delegation }) => (delegation === undefined ? [] : [{ ...delegation, unitIds: [delegation.toUnitId] }])),
      ...(joint?.cities ?? []),
    ]),
  )
