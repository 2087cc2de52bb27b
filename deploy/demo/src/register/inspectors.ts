import type { City } from '../world/cities.ts'
import { type Seeded, seeded } from '../world/seeded.ts'
import type { DemoUnit } from '../world/units.ts'
import { csvOf } from './csv.ts'
import type { GeneratedObject } from './objects.ts'

export interface GeneratedInspector {
  readonly subject: string
  /** The unit that owns the pool: the bureau for its office and stations. */
  readonly unitId: string
  readonly homeUnitId: string
  readonly row: readonly string[]
}

const columns = ['执法证号', '姓名', '登录名', '所在机关或所', '业务专长', '执法资质有效期至', '回避范围', '人员性质', '状态'] as const

const familyNames = ['赵', '钱', '孙', '李', '周', '吴', '郑', '王', '冯', '陈', '褚', '卫'] as const

/** Whose certificate ends in the year stays in the pool as staff of daily supervision. */
const uncertified = '从事日常监管工作的人员'
const certified = ['行政执法类公务员', '具有行政执法资格的工作人员'] as const

const perUnit: Readonly<Record<DemoUnit['kind'], number>> = { BUREAU: 0, BUREAU_OFFICE: 10, STATION: 6, DEPARTMENT: 6 }

/** Inspectors of every unit of a city: some without qualification in the year, some recused from named objects. */
export function generateInspectors(
  seed: string,
  city: City,
  units: readonly DemoUnit[],
  objects: readonly GeneratedObject[],
): readonly GeneratedInspector[] {
  const random = seeded(seed, `inspectors ${city.regionCode}`)
  return units.flatMap((unit) =>
    Array.from({ length: perUnit[unit.kind] }, (_, index): GeneratedInspector => {
      const expires = index === perUnit[unit.kind] - 1
      const subject = `${unit.unitId}-i${String(index + 1).padStart(2, '0')}`
      const row = [
        `SL${subject.replaceAll('-', '').toUpperCase()}`,
        `${random.pick(familyNames)}示例${index + 1}`,
        subject,
        unit.unitId,
        '',
        expires ? '2026-01-31' : '2029-12-31',
        recusalScope(random, objects),
        expires ? uncertified : (certified[index % certified.length] ?? uncertified),
        '在岗',
      ]
      return { subject, unitId: unit.parentUnitId ?? unit.unitId, homeUnitId: unit.unitId, row }
    }),
  )
}

/** A third of the inspectors are recused from some objects, the others state that they have none. */
const recusalScope = (random: Seeded, objects: readonly GeneratedObject[]): string =>
  objects.length > 0 && random.chance(1, 3)
    ? Array.from({ length: 5 }, () => `${random.pick(objects).code}=亲属在该单位任职`).join('；')
    : '无'

export const inspectorsCsv = (inspectors: readonly GeneratedInspector[]): string =>
  csvOf(
    columns,
    inspectors.map(({ row }) => row),
  )
