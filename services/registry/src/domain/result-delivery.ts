import { addMs, assertNever, type Instant, type RegionCode, retryDelayMs, type UnitId } from '@dual-random/kernel'

/** A check result as the enterprise credit-risk classification system is told of it (CRD-15). Absent parts are null, so that the wire form is one. */
export interface CheckResultNotice {
  readonly resultId: string
  readonly taskId: string
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  readonly objectId: string
  readonly objectCode: string
  readonly objectName: string
  readonly objectKind: string
  readonly itemCode: string
  readonly itemName: string
  readonly resultType: string
  readonly subValue: string | null
  readonly recordedAt: Instant
}

/** REFUSED: the system looked at the notice and does not take it. OUTAGE says nothing about the notice. */
export interface DeliveryFailure {
  readonly kind: 'REFUSED' | 'OUTAGE'
  readonly code: string
}

interface Common {
  readonly notice: CheckResultNotice
  readonly receivedAt: Instant
  /** How often the system refused the notice, and how often it could not be reached, since it was last put in the queue. */
  readonly refusals: number
  readonly outages: number
  readonly lastFailure: string | null
}

/** One notice on its way: sent, or set aside as a dead letter until an operator sends it again. */
export type ResultDelivery =
  | (Common & { readonly status: 'WAITING'; readonly dueAt: Instant })
  | (Common & { readonly status: 'DELIVERED'; readonly deliveredAt: Instant })
  | (Common & { readonly status: 'DEAD'; readonly deadAt: Instant })

export type Waiting = Extract<ResultDelivery, { readonly status: 'WAITING' }>

/** A refused notice becomes a dead letter with the third refusal: the system's own clerks may mend the first. */
export const refusalsAllowed = 3

const common = ({ notice, receivedAt, refusals, outages, lastFailure }: ResultDelivery): Common => ({
  notice,
  receivedAt,
  refusals,
  outages,
  lastFailure,
})

export const newDelivery = (notice: CheckResultNotice, at: Instant): Waiting => ({
  status: 'WAITING',
  notice,
  receivedAt: at,
  refusals: 0,
  outages: 0,
  lastFailure: null,
  dueAt: at,
})

export const delivered = (waiting: Waiting, at: Instant): ResultDelivery => ({ ...common(waiting), status: 'DELIVERED', deliveredAt: at })

/** An outage is waited out however long it lasts; only refusals make a dead letter. */
export function failed(waiting: Waiting, { kind, code }: DeliveryFailure, at: Instant): ResultDelivery {
  const before = common(waiting)
  switch (kind) {
    case 'OUTAGE': {
      const outages = before.outages + 1
      return { ...before, status: 'WAITING', outages, lastFailure: code, dueAt: addMs(at, retryDelayMs(outages)) }
    }
    case 'REFUSED': {
      const refusals = before.refusals + 1
      const next = { ...before, refusals, lastFailure: code }
      if (refusals >= refusalsAllowed) return { ...next, status: 'DEAD', deadAt: at }
      return { ...next, status: 'WAITING', dueAt: addMs(at, retryDelayMs(refusals)) }
    }
    default:
      return assertNever(kind)
  }
}

/** Puts a dead letter back into the queue with a clean count; undefined for what is no dead letter. */
export const revived = (delivery: ResultDelivery, at: Instant): ResultDelivery | undefined =>
  delivery.status === 'DEAD' ? { ...common(delivery), status: 'WAITING', refusals: 0, outages: 0, dueAt: at } : undefined
