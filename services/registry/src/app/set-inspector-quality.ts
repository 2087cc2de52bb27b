import { appError } from '@dual-random/errors'
import { type Clock, tlv, toHex } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { currentInspector, type Inspector } from '../domain/inspector.ts'
import { originOf, type QualityStatus, quality } from '../domain/source.ts'
import { withVersion } from '../domain/versions.ts'
import type { Caller, InspectorPool, Stored } from './ports.ts'
import { requireVersion } from './precondition.ts'
import { unknownInspector } from './set-inspector-status.ts'

/** Records what the owner found of the quality of a person's data (DQ-10): the same data, in a version of its own. */
export async function setInspectorQuality(
  { inspectors, clock }: { readonly inspectors: InspectorPool; readonly clock: Clock },
  caller: Caller,
  { inspectorId, status, reason, expected }: { inspectorId: string; status: QualityStatus; reason: string; expected: number | undefined },
): Promise<Stored<Inspector>> {
  const saved = await inspectors.update(inspectorId, (current) => {
    if (current === undefined) throw unknownInspector(inspectorId)
    requireVersion(current.version, expected)
    const { state } = current
    if (state.unitId !== caller.unitId) throw appError('forbidden', 'owned-by-other-unit', { meta: { unitId: state.unitId } })
    const last = state.timeline.at(-1)
    if (quality(last) === status) return undefined
    const load = toHex(sha256(tlv('inspector-quality', inspectorId, status, reason)))
    const origin = { ...originOf(last), quality: status, load, importId: '' }
    return { state: { ...state, timeline: withVersion(state.timeline, clock(), origin, currentInspector(state)) }, events: [] }
  })
  if (saved === undefined) throw unknownInspector(inspectorId)
  return saved
}
