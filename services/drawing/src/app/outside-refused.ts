import { type AppError, appError } from '@dual-random/errors'
import type { OutsideRefusal } from '../domain/outside-entry.ts'

export function outsideRefused(refusal: OutsideRefusal): AppError {
  const { code, ...meta } = refusal
  return appError(code === 'entry-malformed' ? 'invalid' : 'failed-precondition', code, { meta })
}
