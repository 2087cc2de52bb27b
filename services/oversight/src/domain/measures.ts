/** What the events tell; every other measure of a formula must be reported. */
export const computedMeasures = [
  'DOUBLE_RANDOM_VISITS',
  'TASKS_COMPLETED',
  'JOINT_TASKS_COMPLETED',
  'RESULTS_PUBLISHED_ON_TIME',
  'RESULTS_DUE_NOT_EXEMPT',
  'PROBLEMS_FOUND',
  'PROBLEMS_CLOSED',
  'TASKS_PLANNED',
  'JOINT_TASKS_PLANNED',
  'OBJECTS_DRAWN',
  'JOINT_OBJECTS_DRAWN',
] as const

export type ComputedMeasure = (typeof computedMeasures)[number]

export const isComputed = (measure: string): measure is ComputedMeasure => (computedMeasures as readonly string[]).includes(measure)

/** All visits to enterprises: those of double-random supervision and, reported, all others (EVL-01). */
export const allVisits = { measure: 'ALL_VISITS', computed: 'DOUBLE_RANDOM_VISITS', reported: 'OTHER_VISITS' } as const

/** Whether a figure may be reported under a code: never one that the events tell. */
export const isReportable = (measure: string): boolean => !isComputed(measure) && measure !== allVisits.measure
