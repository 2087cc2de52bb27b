import { assertNever, regionPrefix } from '@dual-random/kernel'
import type { Filter } from '@dual-random/mongo'
import type { Ground } from '../domain/visibility.ts'

/** Where a collection keeps what grounds are judged by. */
export interface ScopePaths {
  readonly unitId: string
  /** Absent where nothing is delegated. */
  readonly delegateUnitId?: string
  readonly regionCode: string
  readonly subject: string
}

const nothing: Filter = { _id: { $in: [] } }

/** The documents that any of the grounds covers; none where there is no ground. */
export function groundsFilter(grounds: readonly Ground[], paths: ScopePaths): Filter {
  if (grounds.some(({ kind }) => kind === 'ANY')) return {}
  const alternatives = grounds.map((ground) => filterOf(ground, paths)).filter((filter): filter is Filter => filter !== undefined)
  const [only] = alternatives
  return only === undefined ? nothing : alternatives.length === 1 ? only : { $or: alternatives }
}

/** Undefined where nothing can be there by such a ground. */
function filterOf(ground: Ground, { unitId, delegateUnitId, regionCode, subject }: ScopePaths): Filter | undefined {
  switch (ground.kind) {
    case 'ANY':
      return {}
    case 'ASSIGNED':
      return { [subject]: ground.subject }
    case 'UNIT':
      return { [unitId]: ground.unitId }
    case 'DELEGATE':
      return delegateUnitId === undefined ? undefined : { [delegateUnitId]: ground.unitId }
    case 'REGION':
      return { [regionCode]: within(regionPrefix(ground.regionCode)) }
    case 'BELOW':
      return { [regionCode]: { ...within(regionPrefix(ground.regionCode)), $ne: ground.regionCode } }
    default:
      return assertNever(ground)
  }
}

/** Codes that begin with the prefix; `~` sorts after every digit. */
const within = (prefix: string) => ({ $gte: prefix, $lt: `${prefix}~` })
