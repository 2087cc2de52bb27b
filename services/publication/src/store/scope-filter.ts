import { regionPrefix } from '@dual-random/kernel'
import type { Filter } from '@dual-random/mongo'
import type { Scope } from '../app/ports.ts'

/** Everything that begins with a text, as a range an index can serve. */
export const beginning = (text: string): Filter => ({ $gte: text, $lt: `${text}\uffff` })

export const scopeFilter = (scope: Scope): Filter =>
  'unitId' in scope ? { unitId: scope.unitId } : { regionCode: beginning(regionPrefix(scope.regionCode)) }
