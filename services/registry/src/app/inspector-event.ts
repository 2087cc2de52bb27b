import { chinaDateOf, type Instant } from '@dual-random/kernel'
import { availabilityOf } from '../domain/availability.ts'
import type { RegistryEvent } from '../domain/events.ts'
import { currentInspector, type Inspector } from '../domain/inspector.ts'

/** The event of an inspector who is new or changed: whose record it is, and until when the person may check (REG-35); nothing that names the person. */
export function inspectorEvent(outcome: 'created' | 'changed', inspector: Inspector, at: Instant): RegistryEvent {
  const content = currentInspector(inspector)
  const { inspectorId, regionCode, unitId } = inspector
  const common = { inspectorId, regionCode, unitId, ...availabilityOf(content, chinaDateOf(at)) }
  return outcome === 'created'
    ? { type: 'inspector-registered', ...common }
    : { type: 'inspector-changed', ...common, status: content.status }
}
