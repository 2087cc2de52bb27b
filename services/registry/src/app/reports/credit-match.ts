import { chinaDateOf, selfAndSuperiors } from '@dual-random/kernel'
import { type CheckObject, currentContent, isMarketSubject } from '../../domain/check-object.ts'
import { generalResultAt } from '../../domain/credit-result.ts'
import { policyIfBound } from '../list-publishing.ts'
import type { PolicyBook } from '../policy-book.ts'
import type { CreditRecords, Imports, ObjectPool, Units } from '../ports.ts'
import { citiesOf } from './cities.ts'
import type { ReportDefinition } from './definition.ts'

interface Deps {
  readonly units: Units
  readonly objects: ObjectPool
  readonly credits: CreditRecords
  readonly imports: Imports
  readonly book: PolicyBook
}

const batchSize = 1000

/** How many market subjects of a city have a general result, and what the last push matched (CRD-01). */
export const creditMatch = ({ units, objects, credits, imports, book }: Deps): ReportDefinition => ({
  kind: 'CREDIT_MATCH',
  subjects: async () => (await citiesOf(units)).map((regionCode) => ({ subject: regionCode, regionCode })),
  run: async ({ regionCode }, at) => {
    const counts = { marketSubjects: 0, withResult: 0, withoutResult: 0 }
    const count = async (batch: readonly CheckObject[]): Promise<void> => {
      const records = await credits.ofObjects(batch.map(({ objectId }) => objectId))
      const graded = batch.filter(({ objectId }) => generalResultAt(records.get(objectId), at) !== undefined).length
      counts.marketSubjects += batch.length
      counts.withResult += graded
      counts.withoutResult += batch.length - graded
    }
    let batch: CheckObject[] = []
    for await (const object of objects.inRegion(regionCode)) {
      const { kind, status } = currentContent(object)
      if (!isMarketSubject(kind) || status !== 'ACTIVE') continue
      batch.push(object)
      if (batch.length < batchSize) continue
      await count(batch)
      batch = []
    }
    await count(batch)
    const policy = await policyIfBound(book, regionCode, chinaDateOf(at))
    const regionCodes = selfAndSuperiors(regionCode, policy?.find('division.municipalities'))
    const last = await imports.lastBy({ regionCodes }, ['credit-results'], at)
    if (last === undefined) return { figures: counts, source: null, rows: [] }
    const { received = 0, unmatched = 0, rejected = 0 } = last.counts
    return {
      figures: { ...counts, received, matched: received - unmatched - rejected, unmatched, rejected },
      source: { importId: last.id, asOf: last.sourceAsOf ?? last.at },
      rows: [],
    }
  },
})
