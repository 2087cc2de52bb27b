import { appError } from '@dual-random/errors'
import { assertNever, type Clock, chinaDateOf, type InspectorId, type LocalDate } from '@dual-random/kernel'
import { type Training, type TrainingAudience, type TrainingRefusal, trainingRefusal } from '../domain/training.ts'
import type { Trainings } from './people-ports.ts'
import type { Caller, InspectorPool } from './ports.ts'

export interface TrainingHeld {
  readonly id: string
  readonly audience: TrainingAudience
  readonly title: string
  readonly heldOn: LocalDate
  readonly inspectorIds: readonly string[]
}

/** Records a training the caller's bureau held, and who attended (REG-40). */
export async function recordTraining(
  { inspectors, trainings, clock }: { readonly inspectors: InspectorPool; readonly trainings: Trainings; readonly clock: Clock },
  caller: Caller,
  held: TrainingHeld,
): Promise<Training> {
  const known = await trainings.get(held.id)
  if (known !== undefined) return known
  const ids = [...new Set(held.inspectorIds)].sort()
  const found = await inspectors.loadMany(ids)
  const unknown = ids.filter((id) => !found.has(id))
  if (unknown.length > 0) throw refused(unknown, 'trainee-unknown')
  const { id, audience, title, heldOn } = held
  const { unitId, regionCode, subject: recordedBy } = caller
  const at = clock()
  const training = { id, unitId, regionCode, audience, title, heldOn, attendees: ids as InspectorId[], recordedBy, recordedAt: at }
  const trainees = [...found.values()].map(({ state }) => state)
  const refusal = trainingRefusal(training, trainees, chinaDateOf(at))
  if (refusal !== undefined) throw errorOf(refusal)
  await trainings.record(training)
  return training
}

function errorOf(refusal: TrainingRefusal) {
  switch (refusal.code) {
    case 'training-not-held':
      return appError('invalid', refusal.code, { meta: { heldOn: refusal.heldOn } })
    case 'training-audience-not-own':
      return appError('forbidden', refusal.code)
    case 'trainee-of-other-level':
      return refused(refusal.inspectorIds, refusal.code)
    default:
      return assertNever(refusal)
  }
}

/** Each inspector that stands in the way is named, so that the clerk can put it right at once. */
const refused = (inspectorIds: readonly string[], code: 'trainee-unknown' | 'trainee-of-other-level') =>
  appError('invalid', 'invalid-request', {
    violations: inspectorIds.map((id) => ({ pointer: `/inspectorIds/${id}`, code, meta: { inspectorId: id } })),
  })
