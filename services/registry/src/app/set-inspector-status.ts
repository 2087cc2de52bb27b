import { appError } from '@dual-random/errors'
import { type Clock, type LocalDate, tlv, toHex } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { currentInspector, type Inspector, type InspectorStatus, recordInspector, withStatus } from '../domain/inspector.ts'
import { originOf } from '../domain/source.ts'
import { inspectorEvent } from './inspector-event.ts'
import type { Caller, InspectorPool, Stored } from './ports.ts'
import { requireVersion } from './precondition.ts'

/** Records that an inspector left or came back, from a date on (REG-35). `expected` is the version the caller read. */
export async function setInspectorStatus(
  { inspectors, clock }: { readonly inspectors: InspectorPool; readonly clock: Clock },
  caller: Caller,
  inspectorId: string,
  change: { readonly status: InspectorStatus; readonly effectiveOn: LocalDate; readonly expected: number | undefined },
): Promise<Stored<Inspector>> {
  const { status, effectiveOn, expected } = change
  const saved = await inspectors.update(inspectorId, (current) => {
    if (current === undefined) throw unknownInspector(inspectorId)
    const { state, version } = current
    if (state.unitId !== caller.unitId) throw appError('forbidden', 'owned-by-other-unit', { meta: { unitId: state.unitId } })
    requireVersion(version, expected)
    const record = { ...state, content: withStatus(currentInspector(state), status, effectiveOn) }
    const load = toHex(sha256(tlv('inspector-status', state.inspectorId, status, effectiveOn)))
    const at = clock()
    const recorded = recordInspector(state, record, at, { ...originOf(state.timeline.at(-1)), load, importId: '' })
    if (!recorded.ok) throw appError('forbidden', 'owned-by-other-unit', { meta: { unitId: recorded.error.unitId } })
    if (!recorded.value.written) return undefined
    return { state: recorded.value.state, events: [inspectorEvent('changed', recorded.value.state, at)] }
  })
  if (saved === undefined) throw unknownInspector(inspectorId)
  return saved
}

export const unknownInspector = (id: string) => appError('not-found', 'not-found', { meta: { what: '执法检查人员', id } })
