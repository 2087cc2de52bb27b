import type { Instant, LocalDate, RegionCode } from '@dual-random/kernel'
import type { WarningItem, WarningOverview, WarningSource, WarningStatus } from '../domain/warning-item.ts'
import type { Page, Records } from './ports.ts'

export interface WarningQuery {
  readonly regionCode: RegionCode
  readonly unitIds?: readonly string[]
  readonly status?: WarningStatus | undefined
  readonly source?: WarningSource | undefined
  readonly field?: string | undefined
  /** Open or tasked, and due before that date. */
  readonly overdueOn?: LocalDate | undefined
}

export interface Warnings extends Records<WarningItem> {
  /** Those given to a task now. */
  givenTo(taskId: string): Promise<readonly WarningItem[]>
  /** In order of id. */
  ofObject(objectId: string): Promise<readonly WarningItem[]>
  /** In order of id. */
  page(query: WarningQuery, page: Page): Promise<readonly WarningItem[]>
  /** How many items of risk information of a field each object has that were raised since then; those closed with a reason count no more. */
  riskInformation(objectIds: readonly string[], field: string, since: Instant): Promise<ReadonlyMap<string, number>>
  overview(query: WarningQuery, today: LocalDate): Promise<WarningOverview>
}
