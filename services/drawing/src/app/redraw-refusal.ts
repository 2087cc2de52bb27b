import { type AppError, appError } from '@dual-random/errors'
import { assertNever } from '@dual-random/kernel'
import type { City } from '../domain/cities.ts'
import type { cityOfRedraw, RedrawCityError } from '../domain/redraw-city.ts'
import type { checkProposal, ProposalError } from '../domain/redraw-orders.ts'

export function requireAllowed(checked: ReturnType<typeof checkProposal>): void {
  if (!checked.ok) throw refused(checked.error)
}

export function requiredCity(found: ReturnType<typeof cityOfRedraw>): City {
  if (found.ok) return found.value
  const { code, ...meta } = found.error satisfies RedrawCityError
  throw appError('invalid', code, { meta })
}

function refused(error: ProposalError): AppError {
  switch (error.code) {
    case 'redraw-reason-unknown':
      return appError('invalid', error.code, { meta: { reason: error.reason, allowed: error.allowed } })
    case 'redraw-ground-incomplete':
      return appError('invalid', error.code, { meta: { reason: error.reason } })
    case 'labels-mismatch-purpose':
      return appError('invalid', 'redraw-ground-incomplete', { meta: { reason: error.purpose } })
    case 'counts-mismatch-purpose':
      return appError('invalid', error.code)
    case 'unit-not-in-line':
      return appError('invalid', error.code, { meta: { unitId: error.unitId } })
    case 'inspector-not-in-team':
      return appError('failed-precondition', error.code, { meta: { inspector: error.inspector } })
    case 'team-complete':
      return appError('failed-precondition', error.code, { meta: { label: error.label, unitId: error.unitId } })
    case 'label-not-standing':
      return appError('failed-precondition', error.code, { meta: { label: error.label } })
    default:
      return assertNever(error)
  }
}
