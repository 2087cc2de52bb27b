import { regionContains } from '@dual-random/kernel'
import type { ImportProblem, LinedRecord } from '@dual-random/tables'
import { type CheckObject, currentContent, isMarketSubject } from '../domain/check-object.ts'
import { creditModules } from './credit-modules.ts'
import { checkpointed } from './import/checkpoint.ts'
import { finishImport, type ImportAnswer, type ImportCommand, type ImportDeps, matchedCountsOf, orRefused } from './import/finish.ts'
import type { RowResult } from './import/row-result.ts'
import { importRows } from './import/rows.ts'
import { unknownObject } from './import/unknown-object.ts'
import { readUpload } from './import/upload.ts'
import { type CreditCase, type KeepCreditDeps, keepCreditRecords } from './keep-credit-records.ts'
import type { PolicyBook } from './policy-book.ts'
import type { ObjectPool } from './ports.ts'
import { type CreditDataRow, creditDataColumns } from './registers/credit-data.ts'
import { objectCodeNames } from './registers/objects.ts'

export interface ImportCreditDataDeps extends ImportDeps, KeepCreditDeps {
  readonly objects: ObjectPool
  readonly book: PolicyBook
}

const source = 'OTHER_DEPARTMENTS_CREDIT'

/** Collects other departments' credit data into the credit records of market subjects (CRD-19). A row with a known number amends what it said. */
export async function importCreditData(deps: ImportCreditDataDeps, command: ImportCommand): Promise<ImportAnswer> {
  const { caller, upload, importId } = command
  const moduleOf = creditModules(deps)
  const tally = await orRefused(
    importRows({
      reads: readUpload(upload, creditDataColumns),
      keyOf: ({ department, number, objectCode }) => [department, number, objectCode].join(' '),
      keyColumn: creditDataColumns[0].names[0] ?? '',
      apply: async (rows) => {
        const found = await deps.objects.byCodes([...new Set(rows.map(({ value }) => value.objectCode))])
        const objects = new Map(
          found
            .filter((object) => regionContains(caller.regionCode, currentContent(object).regionCode))
            .map((object) => [object.objectCode, object]),
        )
        const refused: RowResult[] = []
        const cases: CreditCase[] = []
        for (const row of rows) {
          const object = objects.get(row.value.objectCode)
          if (object === undefined) refused.push({ line: row.line, outcome: 'unmatched', problem: unknown(row) })
          else {
            const { kind, regionCode } = currentContent(object)
            const module = await moduleOf(regionCode)
            const collected = module?.module.collects.includes(source) === true
            if (!isMarketSubject(kind)) refused.push({ line: row.line, outcome: 'rejected', problem: notASubject(row) })
            else if (module === undefined || !collected) refused.push({ line: row.line, outcome: 'rejected', problem: notCollected(row) })
            else cases.push(caseOf(row, object, module, { load: upload.digest, importId }))
          }
        }
        return [...refused, ...(await keepCreditRecords(deps, cases, importId)).results]
      },
      ...(await checkpointed(deps, command)),
    }),
  )
  return finishImport(deps, command, 'credit-data', matchedCountsOf(tally), tally.problems)
}

function caseOf(
  { line, value }: LinedRecord<CreditDataRow>,
  object: CheckObject,
  module: CreditCase['module'],
  origin: { readonly load: string; readonly importId: string },
): CreditCase {
  const { department, number, kind, matter, occurredAt, validTo = null } = value
  return { line, object, module, entry: { source, department, number, kind, subValue: null, matter, occurredAt, validTo, ...origin } }
}

const [objectCodeColumn = ''] = objectCodeNames

const unknown = ({ line, value }: LinedRecord<CreditDataRow>): ImportProblem =>
  unknownObject(line, value.objectCode, '先导入该对象，再归集其信用信息')

const notASubject = ({ line, value }: LinedRecord<CreditDataRow>): ImportProblem => ({
  line,
  column: objectCodeColumn,
  value: value.objectCode,
  code: 'not-a-market-subject',
  reason: '信用记录只为市场主体（企业、个体工商户）建立',
  action: '核对对象类型，或删去这一行',
})

const notCollected = ({ line, value }: LinedRecord<CreditDataRow>): ImportProblem => ({
  line,
  column: objectCodeColumn,
  value: value.objectCode,
  code: 'credit-data-not-collected',
  reason: '该对象所在地区的政策不归集其他部门信用数据（credit.module）',
  action: '由政策管理员核对该地区的取值，或删去这一行',
})
