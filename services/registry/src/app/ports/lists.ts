import type { Instant, LocalDate, RegionCode, UnitId } from '@dual-random/kernel'
import type { CheckItemList } from '../../domain/check-item-list.ts'
import type { ItemLinks } from '../../domain/item-links.ts'
import type { ItemProposal, ProposalPurpose, ProposalStatus } from '../../domain/item-proposal.ts'
import type { PublishedList } from '../../domain/published-list/published-list.ts'
import type { YearlyCheck } from '../../domain/yearly-check.ts'
import type { Page, Records } from './records.ts'

export interface CheckItemLists extends Records<CheckItemList> {
  all(): Promise<readonly CheckItemList[]>
}

/** Proposals to change a list. */
export interface ItemProposals extends Records<ItemProposal> {
  /** Those about one list, in every status. */
  ofList(listId: string): Promise<readonly ItemProposal[]>
  /** Those a unit made, was sent or approves; all of a region and below without one. */
  page(query: ProposalQuery, page: Page): Promise<readonly ItemProposal[]>
}

export interface ProposalQuery {
  readonly regionCode: RegionCode
  readonly unitId?: UnitId
  /** The department whose approval proposals to its region may wait for. */
  readonly department?: string
  readonly status?: ProposalStatus | undefined
  readonly purpose?: ProposalPurpose | undefined
}

/** What items of lists are linked to, by `linksId`. */
export interface LinkRecords extends Records<ItemLinks> {
  ofList(listId: string): Promise<readonly ItemLinks[]>
}

/** Lists as offices published them, from the file to the version they became. */
export interface PublishedLists extends Records<PublishedList> {
  page(
    of: { readonly unitId?: UnitId; readonly regionCode: RegionCode; readonly listId?: string },
    page: Page,
  ): Promise<readonly PublishedList[]>
}

export type YearlyChecks = Records<YearlyCheck>

/** A work guideline (抽查工作指引) of a business line (REG-01). */
export interface Guideline {
  readonly id: string
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  readonly businessLine: string
  readonly title: string
  readonly version: number
  readonly effectiveFrom: LocalDate
  readonly text: string
  readonly updatedAt: Instant
}
