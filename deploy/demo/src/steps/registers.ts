import { generateGrades } from '../register/grades.ts'
import { generateInspectors, inspectorsCsv } from '../register/inspectors.ts'
import { internalItems, itemsCsv } from '../register/items.ts'
import { generateObjects } from '../register/objects.ts'
import { type Account, clerkOf, creditSystemOf, firstOperator } from '../world/accounts.ts'
import { type City, cities } from '../world/cities.ts'
import { groupBy } from '../world/group-by.ts'
import { inParallel } from '../world/parallel.ts'
import { unitIdOf, unitsOf } from '../world/units.ts'
import { bindRoles } from './found.ts'
import type { CityRegister, ImportOutcome, Scenario } from './scenario.ts'

/** When the credit system rated the objects. */
const gradesAsOf = '2025-12-31T16:00:00.000Z'

export interface Registers {
  readonly cities: readonly CityRegister[]
  readonly objects: readonly (ImportOutcome & { readonly regionCode: string; readonly report: string })[]
  readonly inspectors: number
  readonly grades: readonly ImportOutcome[]
}

/** Items, objects, inspectors and grades of every city, each imported by the unit that owns it. */
export async function importRegisters(scenario: Scenario): Promise<Registers> {
  const registers = cities.map((city) => generateCity(scenario, city))
  const imported = []
  for (const register of registers) imported.push(await importCity(scenario, register))
  return {
    cities: registers,
    objects: imported.map(({ objects }) => objects),
    inspectors: imported.reduce((sum, { inspectors }) => sum + inspectors, 0),
    grades: imported.map(({ grades }) => grades),
  }
}

/** Imports what was generated for one city. */
export async function importCity(
  { as, progress }: Pick<Scenario, 'as' | 'progress'>,
  { city, register, gradesCsv, inspectors: people }: CityRegister,
) {
  const clerk = as(clerkOf(unitIdOf(city, 'scj')))
  await clerk.upload(
    `/registry/v1/check-item-lists/import?listId=${city.regionCode}-internal&businessLine=${encodeURIComponent('市场监管')}&effectiveFrom=2026-01-01`,
    'text/csv',
    itemsCsv(internalItems.map((item) => ({ ...item, code: `${city.regionCode}-${item.code}` }))),
  )
  const outcome = await clerk.upload<ImportOutcome>('/registry/v1/objects/import', 'text/csv', register.csv)
  const objects = { ...outcome, regionCode: city.regionCode, report: await clerk.text(`/registry${outcome.reportUrl}`) }
  progress(
    `  ${city.name}：对象 ${outcome.received} 行，入库 ${outcome.created}，退回 ${outcome.rejected} / objects ${outcome.received}, stored ${outcome.created}, rejected ${outcome.rejected}`,
  )
  const creditResults = `/registry/v1/credit-results/import?asOf=${gradesAsOf}`
  const grades = await as(creditSystemOf(city)).upload<ImportOutcome>(creditResults, 'text/csv', gradesCsv)
  let inspectors = 0
  const byUnit = groupBy(people, ({ unitId }) => unitId)
  await inParallel([...byUnit], 4, async ([unitId, members]) => {
    const imported = await as(clerkOf(unitId)).upload<ImportOutcome>('/registry/v1/inspectors/import', 'text/csv', inspectorsCsv(members))
    if (imported.rejected > 0) throw new Error(`inspectors rejected: ${JSON.stringify(imported)}`)
    inspectors += imported.created
    await trainAll(clerkOf(unitId), as)
  })
  await bindRoles(as(firstOperator), people.map(inspectorAccount(city)))
  return { objects, inspectors, grades }
}

/** Every unit trains its own level before anyone is drawn (REG-40). */
async function trainAll(account: Account, as: Scenario['as']): Promise<void> {
  const clerk = as(account)
  const pool = await clerk.list<{ readonly inspectorId: string }>(`/registry/v1/inspectors?unitId=${account.unitId}`)
  const inspectorIds = pool.map(({ inspectorId }) => inspectorId)
  await clerk.post('/registry/v1/trainings', {
    audience: 'OWN_LEVEL',
    title: '“双随机、一公开”业务培训',
    heldOn: '2026-01-05',
    inspectorIds,
  })
}

const inspectorAccount =
  (city: City) =>
  ({ subject, unitId }: { readonly subject: string; readonly unitId: string }): Account => ({
    subject,
    unitId,
    regionCode: city.regionCode,
    roles: ['INSPECTOR'],
  })

/** The register, grades and inspectors of one city, its share of all objects. */
export function generateCity({ seed, objects }: Pick<Scenario, 'seed' | 'objects'>, city: City): CityRegister {
  const register = generateObjects(seed, city, Math.round((objects * city.share) / 100))
  const inspectors = generateInspectors(seed, city, unitsOf(city), register.objects)
  return { city, register, gradesCsv: generateGrades(seed, city, register.objects), inspectors }
}
