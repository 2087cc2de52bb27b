import type { LocalDate, RegionCode } from '@dual-random/kernel'
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
  page(query: WarningQuery, page: Page): Promise<readonly WarningItem[]>
  overview(query: WarningQuery, today: LocalDate): Promise<WarningOverview>
}
