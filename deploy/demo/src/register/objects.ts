import type { City } from '../world/cities.ts'
import { syntheticCreditCode, withWrongCheck } from '../world/credit-codes.ts'
import { type Seeded, seeded } from '../world/seeded.ts'
import { csvOf } from './csv.ts'
import { enterpriseIndustries, schoolIndustries, tagsByIndustry } from './industries.ts'

export interface GeneratedObject {
  readonly code: string
  readonly name: string
  readonly kind: '企业' | '个体工商户' | '其他主体'
  readonly industry: string
  readonly county: string
  readonly address: string
  readonly tags: string
}

/** One row made wrong on purpose: the line of the file and the column a clerk must be shown. */
export interface BrokenRow {
  readonly line: number
  readonly column: string
  readonly fault: string
}

export interface GeneratedRegister {
  readonly csv: string
  readonly rows: number
  readonly objects: readonly GeneratedObject[]
  readonly broken: readonly BrokenRow[]
}

const columns = ['统一社会信用代码', '名称', '类型', '行业代码', '行政区划', '地址', '标签', '状态'] as const

const words = [
  '兴安',
  '北大荒',
  '龙江',
  '煤城',
  '穆棱河',
  '松花江',
  '完达山',
  '兴凯湖',
  '东方红',
  '金山',
  '三江',
  '白桦',
  '乌苏里',
  '黑土地',
] as const

const trades: Readonly<Record<string, string>> = {
  '6210': '饭店',
  '6220': '快餐店',
  '5222': '食品店',
  '5212': '超市',
  '5211': '百货商店',
  '6020': '快递公司',
  '5431': '货运公司',
  '8760': '影院',
  '5243': '书店',
  '2319': '包装印刷厂',
  '8930': '健身中心',
}

/** The register of one city from the seed; about one row in a hundred is broken on purpose. */
export function generateObjects(seed: string, city: City, count: number): GeneratedRegister {
  const random = seeded(seed, `objects ${city.regionCode}`)
  const faults = seeded(seed, `faults ${city.regionCode}`)
  const objects: GeneratedObject[] = []
  const broken: BrokenRow[] = []
  const rows: string[][] = []
  for (let serial = 0; serial < count; serial++) {
    const object = generateObject(random, city, serial)
    const row = rowOf(object)
    rows.push(row)
    if (faults.chance(1, 100)) {
      const { column, fault } = breakRow(faults, row)
      broken.push({ line: rows.length + 1, column, fault })
    } else {
      objects.push(object)
    }
  }
  return { csv: csvOf(columns, rows), rows: rows.length, objects, broken }
}

/** What an object is: drawn by chance, but the first ones give every trade that a plan checks a few objects in every city. */
function tradeOf(
  random: Seeded,
  serial: number,
): Pick<GeneratedObject, 'kind' | 'industry'> & { readonly core: boolean; readonly school: boolean } {
  const coreIndustry = enterpriseIndustries[serial % enterpriseIndustries.length]?.[0]
  if (serial < 2 * enterpriseIndustries.length && coreIndustry !== undefined) {
    return { kind: '企业', industry: coreIndustry, core: true, school: false }
  }
  if (serial < 2 * enterpriseIndustries.length + insuranceOffices) return { kind: '其他主体', industry: '9413', core: true, school: false }
  const kind = random.weighted([
    ['企业', 60],
    ['个体工商户', 35],
    ['其他主体', 5],
  ] as const)
  const school = kind === '其他主体' && random.chance(60, 100)
  const industry = kind === '其他主体' ? (school ? random.weighted(schoolIndustries) : '9413') : random.weighted(enterpriseIndustries)
  return { kind, industry, core: false, school }
}

const insuranceOffices = 6

function generateObject(random: Seeded, city: City, serial: number): GeneratedObject {
  const { kind, industry, core, school } = tradeOf(random, serial)
  const county = random.pick(city.counties)
  const number = String(serial + 1).padStart(5, '0')
  const what = kind === '其他主体' ? (school ? '学校' : '医保经办机构') : (trades[industry] ?? '经营部')
  const tags = (tagsByIndustry[industry] ?? []).flatMap(([tag, share]) => (core || random.chance(share, 100) ? [tag] : []))
  if (kind === '其他主体' && !school) tags.push('业务类别:医保经办')
  return {
    code: syntheticCreditCode(kind === '企业' ? '91' : kind === '个体工商户' ? '92' : '12', county.code, serial, random),
    name: `${city.name}市${random.pick(words)}${what}（示例${number}号）`,
    kind,
    industry,
    county: county.code,
    address: `黑龙江省${city.name}市${county.name}示例路${random.below(900) + 1}号`,
    tags: tags.join('；'),
  }
}

const rowOf = (object: GeneratedObject): string[] => [
  object.code,
  object.name,
  object.kind,
  object.industry,
  object.county,
  object.address,
  object.tags,
  '存续',
]

/** Breaks a row in one of the ways that real files are broken. */
function breakRow(faults: Seeded, row: string[]): { readonly column: string; readonly fault: string } {
  const set = (index: number, value: string): void => {
    row[index] = value
  }
  const column = (index: number): string => columns[index] ?? ''
  switch (faults.below(7)) {
    case 0:
      set(0, withWrongCheck(row[0] ?? ''))
      return { column: column(0), fault: '校验位错误' }
    case 1:
      set(0, (row[0] ?? '').slice(0, 15))
      return { column: column(0), fault: '位数不足' }
    case 2:
      set(1, '')
      return { column: column(1), fault: '名称为空' }
    case 3:
      set(2, '公司')
      return { column: column(2), fault: '类型不在清单内' }
    case 4:
      set(3, '9999')
      return { column: column(3), fault: '行业代码不存在' }
    case 5:
      set(4, '110101')
      return { column: column(4), fault: '不在本地区' }
    default:
      set(5, '=HYPERLINK("http://example.invalid")')
      return { column: column(5), fault: '单元格是公式' }
  }
}
