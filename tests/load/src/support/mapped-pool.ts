import { createHash } from 'node:crypto'
import { type Api, eventually } from '@dual-random/testkit'
import type { Collection } from 'mongodb'
import type { BenchScope } from './bench-scope.ts'
import { objectFile } from './object-file.ts'
import type { RegistryProcess } from './registry-process.ts'

/** The item that fits the retailers among the objects (GB/T 4754, division 52). */
export const retailItem = 'R-52'
/** The item that fits them all. */
export const wholeItem = 'W-00'

export const regionCode = '230300'
export const unitId = '230300-scj'

const units = `单位编码,单位名称,单位类型,行政区划,上级单位,所属部门
230300-scj,鸡西市市场监督管理局,局,230300,,市场监管
`
const everyKind = '企业；个体工商户；其他主体；产品；项目；行为'
const items = `事项编码,事项名称,事项类别,抽查依据,抽查主体,抽查内容,抽查方式,重点事由,所需专长,适用对象类型,适用行业,清单类型
${retailItem},零售检查,一般检查事项,法,市场监管部门,经营过程,现场检查,,,企业；个体工商户,F52,内部抽查
${wholeItem},登记事项检查,一般检查事项,法,市场监管部门,登记事项,现场检查,,,${everyKind},,内部抽查
`

/** An object as it is stored, as far as it is made another by a number. */
interface StoredObject {
  readonly _id: string
  readonly state: { readonly objectId: string; readonly objectCode: string }
}

const templates = 1000
const batchSize = 1000

const done = ({ status, body }: Awaited<ReturnType<Api['post']>>): void => {
  if (status > 201) throw new Error(`${status} ${JSON.stringify(body)}`)
}

/**
 * A register in force with so many objects: a thousand go through the import, and the rest are copies of their stored documents under codes and ids
 * of their own. Their events are told already. How many there are.
 */
export async function fillPool(scope: BenchScope, registry: RegistryProcess, rows: number): Promise<number> {
  const operator = await registry.as('OPERATOR', '230000-scj')
  done(await operator.upload('/v1/units/import', units, 'text/csv'))
  const admin = await registry.as('POLICY_ADMIN', '230000-scj')
  for (const [region, preset] of [
    ['230000', 'heilongjiang'],
    [regionCode, 'local/four-coal-cities'],
  ])
    done(await admin.post('/v1/policy-bindings', { regionCode: region, preset, from: '2024-01-01' }))
  const list = `/v1/check-item-lists/import?listId=bench&businessLine=${encodeURIComponent('市场监管')}&effectiveFrom=2024-01-01`
  const clerk = await registry.clerk()
  done(await clerk.upload(list, items, 'text/csv'))
  done(await clerk.upload('/v1/objects/import', objectFile(1, templates), 'text/csv'))

  const pool = objectsOf(scope)
  await eventually(async () => {
    const waiting = await pool.countDocuments({ 'outbox.0': { $exists: true } })
    if (waiting > 0) throw new Error(`${waiting} events are not published`)
  })
  const stored = await pool.find({}).toArray()
  for (let start = stored.length; start < rows; start += batchSize) {
    const count = Math.min(batchSize, rows - start)
    const copies = Array.from({ length: count }, (_, index) => copyOf(stored[(start + index) % stored.length], start + index))
    await pool.insertMany(copies, { ordered: false })
  }
  return Math.max(rows, stored.length)
}

export const objectsOf = ({ client, database }: BenchScope): Collection<StoredObject> => client.db(database).collection('objects')

/** Ids are keyed digests, so those of copies lie among each other as they would. */
function copyOf(template: StoredObject | undefined, serial: number): StoredObject {
  if (template === undefined) throw new Error('nothing was imported')
  const id = createHash('sha256').update(`bench object ${serial}`).digest('hex').slice(0, 32)
  const objectCode = `bench-${String(serial).padStart(8, '0')}`
  return { ...template, _id: id, state: { ...template.state, objectId: id, objectCode } }
}
