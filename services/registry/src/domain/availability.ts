import { addDays, type LocalDate } from '@dual-random/kernel'
import type { InspectorContent, InspectorStatus } from './inspector.ts'

export type UnavailableReason = Exclude<InspectorStatus, 'ACTIVE'> | 'UNQUALIFIED'

/** The days on which a person may check: in post and qualified. The two members of an end are there together or not at all. */
export interface Availability {
  /** First day; absent where none is recorded. */
  readonly availableFrom?: LocalDate
  /** First day on which the person may not any more (REG-35); absent while no such day is known. */
  readonly unavailableFrom?: LocalDate
  readonly unavailableReason?: UnavailableReason
}

/** The availability that a content amounts to when it is recorded on a day: an end without a date of its own takes effect on that day. */
export function availabilityOf(content: InspectorContent, recordedOn: LocalDate): Availability {
  const { entersOn, qualificationValidFrom } = content
  const begins = [entersOn, qualificationValidFrom].filter((date) => date !== null)
  const end = endOfPost(content, recordedOn)
  const lapse = endOfQualification(content, recordedOn)
  const first = lapse === undefined || (end !== undefined && end.unavailableFrom <= lapse.unavailableFrom) ? end : lapse
  return { ...(begins.length === 0 ? {} : { availableFrom: begins.reduce((last, date) => (date > last ? date : last)) }), ...first }
}

type End = Required<Pick<Availability, 'unavailableFrom' | 'unavailableReason'>>

function endOfPost({ status, leavesOn }: InspectorContent, recordedOn: LocalDate): End | undefined {
  if (status !== 'ACTIVE') return { unavailableFrom: leavesOn ?? recordedOn, unavailableReason: status }
  return leavesOn === null ? undefined : { unavailableFrom: leavesOn, unavailableReason: 'LEFT' }
}

/** How files write a certificate without an end; there is no day after it. */
const unlimited = '9999-12-31'

function endOfQualification({ qualificationValidTo }: InspectorContent, recordedOn: LocalDate): End | undefined {
  if (qualificationValidTo === unlimited) return undefined
  return {
    unavailableFrom: qualificationValidTo === null ? recordedOn : addDays(qualificationValidTo, 1),
    unavailableReason: 'UNQUALIFIED',
  }
}
