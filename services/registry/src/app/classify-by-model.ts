import { appError } from '@dual-random/errors'
import { addMs, type Clock, canonicalJson, chinaDateOf, type Instant, toHex, utf8 } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { type CheckObject, currentContent } from '../domain/check-object.ts'
import { type CreditRecord, generalResultAt, recordResult, resultAt } from '../domain/credit-result.ts'
import { isJudged, type ProfessionalModel, professionalClass, scoresGrade } from '../domain/professional-model.ts'
import { type RowChange, type RowDecision, writeRows } from './import/write-rows.ts'
import { creditId } from './import-credit-results.ts'
import type { CreditRecords, ObjectPool } from './ports.ts'
import type { Warnings } from './warning-ports.ts'

export interface ClassifyDeps {
  readonly objects: ObjectPool
  readonly credits: CreditRecords
  readonly warnings: Warnings
  readonly clock: Clock
}

export interface Classification {
  readonly modelId: string
  readonly modelVersion: number
  readonly asOf: Instant
  /** Objects the field applies to. */
  readonly judged: number
  /** Those without a general result of the scheme the model scores: the field's class stands on it, so they have none (CRD-16). */
  readonly withoutGeneralResult: number
  /** Objects whose class is new or another than before. */
  readonly changed: number
  readonly byClass: Readonly<Record<string, number>>
}

const batchSize = 500
const dayMs = 86_400_000

/** Classifies every object of a field by its model and stores the class beside the general result (CRD-13, CRD-20). Run again it adds what has changed. */
export async function classifyByModel(deps: ClassifyDeps, model: ProfessionalModel, runId: string): Promise<Classification> {
  const asOf = deps.clock()
  if (model.effectiveFrom > chinaDateOf(asOf))
    throw appError('failed-precondition', 'model-not-in-force', { meta: { effectiveFrom: model.effectiveFrom } })
  const tally = { judged: 0, withoutGeneralResult: 0, changed: 0 }
  const byClass = new Map(model.content.classes.map(({ grade }) => [grade, 0]))
  let batch: CheckObject[] = []
  const flush = async (): Promise<void> => {
    const found = await classifySome(deps, model, batch, asOf, runId)
    tally.judged += batch.length
    tally.withoutGeneralResult += batch.length - found.grades.length
    tally.changed += found.changed
    for (const grade of found.grades) byClass.set(grade, (byClass.get(grade) ?? 0) + 1)
    batch = []
  }
  for await (const object of deps.objects.candidates(model.regionCode, [model.content.applicability])) {
    if (!isJudged(model.content, currentContent(object))) continue
    batch.push(object)
    if (batch.length === batchSize) await flush()
  }
  if (batch.length > 0) await flush()
  const { modelId, modelVersion } = model
  return { modelId, modelVersion, asOf, ...tally, byClass: Object.fromEntries(byClass) }
}

async function classifySome(
  { credits, warnings, clock }: ClassifyDeps,
  { field, content: model }: ProfessionalModel,
  objects: readonly CheckObject[],
  asOf: Instant,
  runId: string,
): Promise<{ readonly grades: readonly string[]; readonly changed: number }> {
  const ids = objects.map(({ objectId }) => objectId)
  const since = addMs(asOf, -model.riskInformationDays * dayMs)
  const [records, risks] = await Promise.all([credits.ofObjects(ids), warnings.riskInformation(ids, field, since)])
  const origin = { load: toHex(sha256(utf8(canonicalJson(model)))), importId: runId }
  const matter = { source: 'PROFESSIONAL_RESULT', field } as const
  const grades: string[] = []
  const changes: RowChange<CreditRecord>[] = []
  for (const [line, object] of objects.entries()) {
    const { objectId, unitId } = object
    const content = currentContent(object)
    const general = generalResultAt(records.get(objectId), asOf)
    if (general === undefined || !scoresGrade(model, general.grade)) continue
    const { grade } = professionalClass(model, { content, grade: general.grade, riskInformation: risks.get(objectId) ?? 0 })
    grades.push(grade)
    const { regionCode } = content
    const decide = (state: CreditRecord | undefined, at: Instant): RowDecision<CreditRecord> => {
      if (resultAt(state, matter, asOf)?.grade === grade) return { outcome: 'unchanged' }
      const result = { ...matter, grade, asOf, recordedAt: at, ...origin }
      const { outcome, written, state: next } = recordResult(state, { objectId, regionCode, unitId }, result)
      if (!written || outcome === 'unchanged') return { outcome }
      const { source } = matter
      return { outcome, state: next, events: [{ type: 'credit-result-recorded', objectId, regionCode, grade, source, asOf }] }
    }
    changes.push({ line, id: creditId(objectId), decide })
  }
  const written = await writeRows(credits, changes, clock)
  return { grades, changed: written.filter(({ outcome }) => outcome === 'created' || outcome === 'changed').length }
}
