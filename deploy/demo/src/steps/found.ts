import { csvOf } from '../register/csv.ts'
import { type Account, firstOperator, policyAdmin, staffAccounts } from '../world/accounts.ts'
import { cities, provinceCode } from '../world/cities.ts'
import { inParallel } from '../world/parallel.ts'
import { allUnits } from '../world/units.ts'
import type { ImportOutcome, Scenario } from './scenario.ts'

const unitColumns = ['单位编码', '单位名称', '单位类型', '行政区划', '上级单位', '所属部门'] as const

const unitKinds = { DEPARTMENT: '部门', BUREAU: '局', BUREAU_OFFICE: '局机关', STATION: '市场监管所' } as const

/** Accounts, units and the policy of each region: what an administrator does once. */
export async function found({ as }: Scenario): Promise<void> {
  const operator = as(firstOperator)
  await importUnits(operator)
  await bindRoles(operator, staffAccounts)
  const admin = as(policyAdmin)
  await admin.post('/registry/v1/policy-bindings', { regionCode: provinceCode, preset: 'heilongjiang', from: '2026-01-01' })
  for (const { regionCode } of cities) {
    await admin.post('/registry/v1/policy-bindings', { regionCode, preset: 'local/four-coal-cities', from: '2026-01-01' })
  }
}

export async function importUnits(operator: ReturnType<Scenario['as']>): Promise<void> {
  const rows = allUnits.map(({ unitId, name, kind, regionCode, parentUnitId = '', department }) => [
    unitId,
    name,
    unitKinds[kind],
    regionCode,
    parentUnitId,
    department,
  ])
  const outcome = await operator.upload<ImportOutcome>('/registry/v1/units/import', 'text/csv', csvOf(unitColumns, rows))
  if (outcome.rejected > 0) throw new Error(`units rejected: ${JSON.stringify(outcome)}`)
}

export async function bindRoles(operator: ReturnType<Scenario['as']>, accounts: readonly Account[]): Promise<void> {
  await inParallel(accounts, 8, (account) => operator.post('/registry/v1/role-bindings', account))
}
