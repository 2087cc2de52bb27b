import { noRegion, type Principal } from '@dual-random/auth'
import type { UnitId } from '@dual-random/kernel'
import type { Actor } from '../domain/history.ts'

/** What the service does by itself: rounds that are due, closings, entries that a crash left. */
export const serviceActor: Actor = { subject: 'service-drawing', unitId: 'service' as UnitId, regionCode: noRegion, roles: ['SERVICE'] }

export const actorOf = ({ subject, unitId, regionCode, roles }: Principal): Actor => ({ subject, unitId, regionCode, roles: [...roles] })

/** The same dependencies on somebody's word. */
export const acting = <Given extends object>(deps: Given, principal: Principal): Given & { readonly actor: Actor } => ({
  ...deps,
  actor: actorOf(principal),
})
