import type { Instant, RegionCode } from '@dual-random/kernel'
import type { CheckResultNotice, ResultDelivery, Waiting } from '../domain/result-delivery.ts'
import type { Page } from './ports.ts'

/** The enterprise credit-risk classification system (企业信用风险分类管理系统), which takes check results. */
export interface CreditSystem {
  /** The same notice again is the same to the system. Throws `unavailable` while it cannot be reached, `failed-precondition` when it refuses the notice. */
  take(notice: CheckResultNotice): Promise<void>
}

export interface DeliveryQuery {
  readonly regionCode: RegionCode
  readonly status?: ResultDelivery['status'] | undefined
}

export interface DeliveryOverview {
  readonly waiting: number
  readonly delivered: number
  readonly dead: number
  /** When the result came that has waited longest; null where none waits. */
  readonly oldestWaitingSince: Instant | null
}

export interface ResultDeliveries {
  get(resultId: string): Promise<ResultDelivery | undefined>
  /** Keeps the first delivery of a result. */
  insert(delivery: Waiting): Promise<void>
  /** One that is due, held until `heldUntil` against every other process. */
  claim(now: Instant, heldUntil: Instant): Promise<Waiting | undefined>
  /** Writes what became of it; does nothing where it is no longer as it was. */
  settle(before: ResultDelivery, after: ResultDelivery): Promise<boolean>
  ofObject(objectId: string): Promise<readonly ResultDelivery[]>
  ofTask(taskId: string): Promise<readonly ResultDelivery[]>
  page(query: DeliveryQuery, page: Page): Promise<readonly ResultDelivery[]>
  overview(regionCode: RegionCode): Promise<DeliveryOverview>
}
