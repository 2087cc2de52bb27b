import { type AppError, appError } from '@dual-random/errors'
import { assertNever } from '@dual-random/kernel'
import type { Refusal } from '../domain/events.ts'

/** A refusal of the domain as the error that callers see. */
export function refused(refusal: Refusal): AppError {
  switch (refusal.code) {
    case 'publication-incomplete':
      return appError('failed-precondition', refusal.code, { meta: { fields: refusal.fields.join(', ') } })
    case 'channel-not-allowed':
      return appError('failed-precondition', refusal.code, { meta: { channel: refusal.channel } })
    case 'approver-is-applicant':
      return appError('invalid', refusal.code)
    case 'publication-waiting':
    case 'publication-pending':
    case 'publication-published':
    case 'publication-not-published':
    case 'publication-exempt':
    case 'publication-stopped':
    case 'personal-data':
      return appError('failed-precondition', refusal.code)
    default:
      return assertNever(refusal)
  }
}

export const publicationUnknown = (publicationId: string): AppError =>
  appError('not-found', 'publication-unknown', { meta: { publicationId } })
