import type { Instant } from '@dual-random/kernel'
import { type CheckObject, currentContent } from '../../domain/check-object.ts'
import { type CreditRecord, lastOfEachMatter, standingAt } from '../../domain/credit-result.ts'
import type { CreditRecords } from '../ports.ts'
import { type CreditColumn, creditSourceWords } from '../registers/credit-results.ts'
import type { ExportRow } from './file-of-rows.ts'
import { wordOf } from './words.ts'

export interface ExportCreditOptions {
  /** As of when results count. */
  readonly at: Instant
  /** Every result that was not corrected, whatever came after it; otherwise those that count at `at`. */
  readonly withHistory: boolean
}

const objectsAtOnce = 500

/** The results of objects, one row a result, as rows of an import that changes nothing. A merged record is out of the pool. */
export async function* creditRows(
  credits: Pick<CreditRecords, 'ofObjects'>,
  objects: AsyncIterable<CheckObject>,
  options: ExportCreditOptions,
): AsyncGenerator<ExportRow<CreditColumn>> {
  let batch: CheckObject[] = []
  for await (const object of objects) {
    if (currentContent(object).status === 'MERGED') continue
    batch.push(object)
    if (batch.length < objectsAtOnce) continue
    yield* rowsOf(credits, batch, options)
    batch = []
  }
  yield* rowsOf(credits, batch, options)
}

async function* rowsOf(
  credits: Pick<CreditRecords, 'ofObjects'>,
  objects: readonly CheckObject[],
  options: ExportCreditOptions,
): AsyncGenerator<ExportRow<CreditColumn>> {
  const records = await credits.ofObjects(objects.map(({ objectId }) => objectId))
  for (const { objectId, objectCode } of objects) {
    for (const { grade, source, field, asOf } of resultsOf(records.get(objectId), options)) {
      yield { objectCode, grade, source: wordOf(creditSourceWords, source), field, asOf }
    }
  }
}

function resultsOf(record: CreditRecord | undefined, { at, withHistory }: ExportCreditOptions) {
  if (withHistory) return lastOfEachMatter(record)
  const { general, professional } = standingAt(record, at)
  return general === undefined ? professional : [general, ...professional]
}
