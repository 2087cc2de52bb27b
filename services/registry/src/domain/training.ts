import {
  type InspectorId,
  type Instant,
  type LocalDate,
  type RegionCode,
  type RegionLevel,
  regionContains,
  regionLevel,
  type UnitId,
} from '@dual-random/kernel'

/** Whom a training is for (REG-40): trainers (师资) and key staff (业务骨干) of the system, or the staff of the organiser's own level. */
export const trainingAudiences = ['TRAINERS', 'KEY_STAFF', 'OWN_LEVEL'] as const
export type TrainingAudience = (typeof trainingAudiences)[number]

/** A training as it was held. It is never changed: what was forgotten is another record. */
export interface Training {
  readonly id: string
  /** The bureau that trains. */
  readonly unitId: UnitId
  readonly regionCode: RegionCode
  readonly audience: TrainingAudience
  readonly title: string
  readonly heldOn: LocalDate
  readonly attendees: readonly InspectorId[]
  readonly recordedBy: string
  readonly recordedAt: Instant
}

/** An inspector of whose training is asked. */
export interface Trainee {
  readonly inspectorId: InspectorId
  /** Region of the unit whose pool holds the inspector. */
  readonly regionCode: RegionCode
}

export type TrainingRefusal =
  | { readonly code: 'training-not-held'; readonly heldOn: LocalDate }
  | { readonly code: 'training-audience-not-own'; readonly level: RegionLevel }
  | { readonly code: 'trainee-of-other-level'; readonly inspectorIds: readonly InspectorId[] }

/**
 * Whether a bureau may record a training (REG-40): trainers and key staff, of its own and of all lower levels, are trained by the province; a
 * city and a county train their own level only, as does the province for staff of its own.
 */
export function trainingRefusal(training: Training, trainees: readonly Trainee[], today: LocalDate): TrainingRefusal | undefined {
  const { audience, heldOn, regionCode } = training
  const level = regionLevel(regionCode)
  if (heldOn > today) return { code: 'training-not-held', heldOn }
  if (audience !== 'OWN_LEVEL' && level !== 'PROVINCE') return { code: 'training-audience-not-own', level }
  const trains = (trainee: Trainee): boolean =>
    audience === 'OWN_LEVEL' ? trainee.regionCode === regionCode : regionContains(regionCode, trainee.regionCode)
  const others = trainees.filter((trainee) => !trains(trainee)).map(({ inspectorId }) => inspectorId)
  return others.length === 0 ? undefined : { code: 'trainee-of-other-level', inspectorIds: others }
}

/** Who had attended a training that was on record at an instant: what is recorded later does not change a draw of that instant. */
export const trainedAt = (trainings: readonly Training[], at: Instant): ReadonlySet<InspectorId> =>
  new Set(trainings.filter(({ recordedAt }) => recordedAt <= at).flatMap(({ attendees }) => attendees))

/** How many of a pool's inspectors were trained, and who was not (全员培训, REG-40). */
export interface TrainingCoverage<T extends Trainee> {
  readonly inspectors: number
  readonly trained: number
  readonly untrained: readonly T[]
}

export function trainingCoverage<T extends Trainee>(inspectors: readonly T[], trainings: readonly Training[]): TrainingCoverage<T> {
  const trained = new Set(trainings.flatMap(({ attendees }) => attendees))
  const untrained = inspectors.filter(({ inspectorId }) => !trained.has(inspectorId))
  return { inspectors: inspectors.length, trained: inspectors.length - untrained.length, untrained }
}
