import { type SharedRecord, sharingsOf } from '../domain/sharing.ts'
import type { FindGroups, SharedRecords } from './ports.ts'

export interface PublishedResult {
  readonly resultId: string
  readonly regionCode: string
  readonly unitId: string
  readonly objectCode: string
  readonly objectName: string
  readonly itemName: string
  readonly resultType: string
  readonly publishedAt: string
}

/** Shares a published result with the regions of every group its region is in; the record id makes a repeat harmless. */
export async function shareResult(
  { findGroups, records }: { readonly findGroups: FindGroups; readonly records: SharedRecords },
  result: PublishedResult,
): Promise<void> {
  const groups = await findGroups(result.regionCode, result.publishedAt)
  for (const { groupId, alias, receivers } of sharingsOf(groups, result.regionCode, 'CHECK_RESULT')) {
    const record: SharedRecord = {
      recordId: `rec-${result.resultId}`,
      groupId,
      alias,
      issuingRegionCode: result.regionCode,
      unitId: result.unitId,
      kind: 'CHECK_RESULT',
      objectCode: result.objectCode,
      objectName: result.objectName,
      content: `${result.itemName}：${result.resultType}`,
      issuedAt: result.publishedAt,
      receivers,
    }
    await records.share(record)
  }
}
