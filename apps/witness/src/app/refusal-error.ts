import { type AppError, appError } from '@dual-random/errors'
import type { WitnessRefusal } from '@dual-random/witness'

/** A refusal as it goes over the edge: the code with what it names. */
export function refusalError(refusal: WitnessRefusal): AppError {
  const { code, ...meta } = refusal
  return appError('failed-precondition', `witness-${code}`, { meta })
}
