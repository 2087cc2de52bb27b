import type { City } from './cities.ts'
import { cities, provinceCode } from './cities.ts'

export interface DemoUnit {
  readonly unitId: string
  readonly name: string
  readonly kind: 'DEPARTMENT' | 'BUREAU' | 'BUREAU_OFFICE' | 'STATION'
  readonly regionCode: string
  readonly parentUnitId?: string
  readonly department: string
}

/** Departments of a city beside its market regulator: id suffix, name, standard short name. */
const departments = [
  ['ycj', '烟草专卖局', '烟草'],
  ['yzj', '邮政管理局', '邮政'],
  ['gaj', '公安局', '公安'],
  ['ybj', '医疗保障局', '医疗保障'],
  ['spj', '审批服务管理局', '审批服务'],
  ['swj', '商务局', '商务'],
  ['swu', '税务局', '税务'],
  ['sthj', '生态环境局', '生态环境'],
  ['xcb', '宣传部', '宣传'],
  ['wlj', '文化和旅游局', '文化和旅游'],
  ['jyj', '教育局', '教育'],
  ['wjw', '卫生健康委员会', '卫生健康'],
] as const

export type DepartmentSuffix = (typeof departments)[number][0] | 'scj'

export const unitIdOf = (city: City, suffix: DepartmentSuffix): string => `${city.regionCode}-${suffix}`

export const provincialUnitId = `${provinceCode}-scj`

/** The market regulator with its office and one station per county, then the departments. */
export function unitsOf(city: City): readonly DemoUnit[] {
  const bureau = unitIdOf(city, 'scj')
  const own = { regionCode: city.regionCode, department: '市场监管' }
  return [
    { unitId: bureau, name: `${city.name}市市场监督管理局`, kind: 'BUREAU', ...own },
    { unitId: `${bureau}-jg`, name: `${city.name}市市场监督管理局机关`, kind: 'BUREAU_OFFICE', parentUnitId: bureau, ...own },
    ...city.counties.map(
      (county, index): DemoUnit => ({
        unitId: `${bureau}-s${index + 1}`,
        name: `${city.name}市${county.name}市场监管所`,
        kind: 'STATION',
        parentUnitId: bureau,
        ...own,
      }),
    ),
    ...departments.map(
      ([suffix, name, department]): DemoUnit => ({
        unitId: unitIdOf(city, suffix),
        name: `${city.name}市${name}`,
        kind: 'DEPARTMENT',
        regionCode: city.regionCode,
        department,
      }),
    ),
  ]
}

const importing = cities.find(({ alias }) => alias === 'shuangyashan')
const [planningCounty] = importing?.counties ?? []
if (importing === undefined || planningCounty === undefined) throw new Error('the division table has no county of the importing city')

/** The city whose county files its plan with it, and which adjusts the plan that it imported in summer. */
export const importingCity: City = importing

/** The market regulator of a county, which plans for itself and files with its city. */
export const countyBureau: DemoUnit = {
  unitId: `${planningCounty.code}-scj`,
  name: `${importing.name}市${planningCounty.name}市场监督管理局`,
  kind: 'BUREAU',
  regionCode: planningCounty.code,
  department: '市场监管',
}

export const allUnits: readonly DemoUnit[] = [
  { unitId: provincialUnitId, name: '黑龙江省市场监督管理局', kind: 'BUREAU', regionCode: provinceCode, department: '市场监管' },
  ...cities.flatMap(unitsOf),
  countyBureau,
]
