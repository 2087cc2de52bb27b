import { type SharedRecord, sharingOf, withdraw } from '../domain/sharing.ts'
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

const recordIdOf = (resultId: string): string => `rec-${resultId}`

/** Shares a published result with the regions that its region is in a group with; the record id makes a repeat harmless. */
export async function shareResult(
  { findGroups, records }: { readonly findGroups: FindGroups; readonly records: SharedRecords },
  result: PublishedResult,
): Promise<void> {
  const sharing = sharingOf(await findGroups(result.regionCode, result.publishedAt), result.regionCode, 'CHECK_RESULT')
  if (sharing === undefined) return
  const record: SharedRecord = {
    recordId: recordIdOf(result.resultId),
    ...sharing,
    issuingRegionCode: result.regionCode,
    unitId: result.unitId,
    kind: 'CHECK_RESULT',
    objectCode: result.objectCode,
    objectName: result.objectName,
    content: `${result.itemName}：${result.resultType}`,
    issuedAt: result.publishedAt,
  }
  await records.share(record)
}

/** What its own region no longer shows, the others recognise no longer (XRG-07, PUB-24). */
export async function withdrawStoppedResult(
  { records }: { readonly records: SharedRecords },
  { resultId, reason, stoppedAt }: { readonly resultId: string; readonly reason: string; readonly stoppedAt: string },
): Promise<void> {
  await records.withdraw(recordIdOf(resultId), (record) => withdraw(record, reason, stoppedAt))
}
