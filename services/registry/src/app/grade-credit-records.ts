import type { Instant, RegionCode } from '@dual-random/kernel'
import { type CheckObject, currentContent, isMarketSubject } from '../domain/check-object.ts'
import { matterOfModule } from '../domain/credit-grading.ts'
import { resultAt } from '../domain/credit-result.ts'
import { creditModules, type ModuleInForce } from './credit-modules.ts'
import { type KeepCreditDeps, keepCreditRecords } from './keep-credit-records.ts'
import type { PolicyBook } from './policy-book.ts'
import type { ObjectPool } from './ports.ts'

export interface GradeRecordsDeps extends KeepCreditDeps {
  readonly objects: ObjectPool
  readonly book: PolicyBook
}

export interface GradedRecords {
  readonly asOf: Instant
  /** Active market subjects of the region whose policy has rules of grading. */
  readonly marketSubjects: number
  /** Those whose grade is new or another than before. */
  readonly changed: number
  /** Warnings raised. */
  readonly warned: number
  readonly byGrade: Readonly<Record<string, number>>
}

const batchSize = 500

/** Grades every market subject of a region by its record as it stands now: entries lapse and rules change without anyone's doing (CRD-19). */
export async function gradeCreditRecords(deps: GradeRecordsDeps, regionCode: RegionCode, runId: string): Promise<GradedRecords> {
  const asOf = deps.clock()
  const moduleOf = creditModules(deps)
  const tally = { marketSubjects: 0, changed: 0, warned: 0 }
  const byGrade = new Map<string, number>()
  let batch: { readonly object: CheckObject; readonly module: ModuleInForce }[] = []
  const flush = async (): Promise<void> => {
    const cases = batch.map((each, line) => ({ line, ...each }))
    const { results, warned } = await keepCreditRecords(deps, cases, runId)
    tally.marketSubjects += batch.length
    tally.changed += results.filter(({ outcome }) => outcome === 'changed').length
    tally.warned += warned
    const records = await deps.credits.ofObjects(batch.map(({ object }) => object.objectId))
    for (const { object, module } of batch) {
      const grade = resultAt(records.get(object.objectId), matterOfModule(module.module), deps.clock())?.grade ?? ''
      byGrade.set(grade, (byGrade.get(grade) ?? 0) + 1)
    }
    batch = []
  }
  for await (const object of deps.objects.inRegion(regionCode)) {
    const { kind, status, regionCode: where } = currentContent(object)
    if (!isMarketSubject(kind) || status !== 'ACTIVE') continue
    const module = await moduleOf(where)
    if (module?.rules === undefined) continue
    batch.push({ object, module })
    if (batch.length === batchSize) await flush()
  }
  if (batch.length > 0) await flush()
  return { asOf, ...tally, byGrade: Object.fromEntries([...byGrade].sort(([a], [b]) => (a < b ? -1 : 1))) }
}
