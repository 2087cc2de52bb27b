import { currentContent, isMarketSubject } from '../domain/check-object.ts'
import type { CheckResultNotice } from '../domain/result-delivery.ts'
import { creditModules } from './credit-modules.ts'
import { type KeepCreditDeps, keepCreditRecords } from './keep-credit-records.ts'
import type { PolicyBook } from './policy-book.ts'
import type { ObjectPool } from './ports.ts'

export interface CollectResultDeps extends KeepCreditDeps {
  readonly objects: ObjectPool
  readonly book: PolicyBook
}

const source = 'MARKET_REGULATION_SUPERVISION'

/** A check result becomes an entry of its subject's credit record, where the region's policy has the credit module collect it (CRD-19). */
export async function collectCheckResult(deps: CollectResultDeps, notice: CheckResultNotice): Promise<void> {
  const object = (await deps.objects.load(notice.objectId))?.state
  if (object === undefined) return
  const content = currentContent(object)
  const module = await creditModules(deps)(content.regionCode)
  if (module === undefined || !module.module.collects.includes(source) || !isMarketSubject(content.kind)) return
  const { resultId, unitId, resultType, subValue, itemName, recordedAt } = notice
  const entry = {
    source,
    department: unitId,
    number: resultId,
    kind: resultType,
    subValue,
    matter: itemName,
    occurredAt: recordedAt,
    validTo: null,
    load: resultId,
    importId: '',
  } as const
  await keepCreditRecords(deps, [{ line: 0, object, module, entry }], '')
}
