import type { City } from '../world/cities.ts'
import { seeded } from '../world/seeded.ts'
import { csvOf } from './csv.ts'
import type { GeneratedObject } from './objects.ts'

/** General results for enterprises and individual businesses: mostly A, few D; one object in fifty has none yet, other subjects never have. */
export function generateGrades(seed: string, city: City, objects: readonly GeneratedObject[]): string {
  const random = seeded(seed, `grades ${city.regionCode}`)
  const rows = objects.flatMap((object) => {
    if (object.kind === '其他主体' || random.chance(1, 50)) return []
    const grade = random.weighted([
      ['A', 70],
      ['B', 20],
      ['C', 8],
      ['D', 2],
    ] as const)
    return [[object.code, grade, '通用结果']]
  })
  return csvOf(['统一社会信用代码', '等级', '结果类别'], rows)
}
