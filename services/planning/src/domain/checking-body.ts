import { nameKey, type RegionCode, type RegionLevel, regionLevel } from '@dual-random/kernel'
import { cityWord, fieldOf, mayName } from './department-names.ts'

/** Names of a checking body and the levels at which those check. */
export interface CheckingBody {
  readonly names: readonly string[]
  readonly levels: ReadonlySet<RegionLevel>
}

const everyLevel: ReadonlySet<RegionLevel> = new Set(['PROVINCE', 'CITY', 'COUNTY'])
/** From above; the first and the last are of no region here. */
const ladder = ['STATE', 'PROVINCE', 'CITY', 'COUNTY', 'TOWNSHIP'] as const
type Rung = (typeof ladder)[number]

// 县(市、区), 区县, 县市区 are one.
const county = String.raw`[县区旗](?!域)(?:[县区旗]|${cityWord}){0,2}(?:\([市县区旗、]+\))?`
const province = String.raw`自治区|直辖市|省(?:\([^()]*\))?`
const wordsOf: Readonly<Record<Rung, string>> = {
  STATE: '国家|中央',
  PROVINCE: province,
  CITY: String.raw`设区的?市|地级?市|地|${cityWord}(?:\([州地盟、]+\))?|州|盟`,
  COUNTY: county,
  TOWNSHIP: String.raw`乡镇|乡(?:\([^()]*\))?|镇|街道`,
}
/** At most a word per rung and one: longer runs of such words are no list, and would be tried in every way of cutting them. */
const listOf = (word: string): string => `(?:${word})(?:级?(?:[、,/和与或]|以?及)?(?:${word})){0,5}`

// A level stands at the beginning of a name, or behind that of a place: 某市县级 is the county level.
const before = String.raw`(?<=^|[、,;:/()和与及或由各关地方]|地的|部门|机构|机关|局|委|厅|会|[省市县区旗州盟])`
/** 县级以上各级, 县级以上地方各级: each of the levels just said. */
const everyRung = '(?:的?(?:地方)?各级)?'
const withWord = `(?<levels>${listOf(Object.values(wordsOf).join('|'))})本?(?:[两二三四各]?级(?:[及或]?其?以(?<way>[上下])${everyRung})?|及?其?以(?<bareWay>[上下])${everyRung})`
/** 省、市、县公安部门, 县公安局: the word 级 left out. */
const withoutWord = String.raw`(?<=^|[、,;])(?<bare>${listOf(`${province}|${cityWord}|州|盟|${county}`)})(?=[\u4e00-\u9fff]{2})`
const phrase = new RegExp(`${before}(?:${withWord}|各级|(?<state>国务院))|${withoutWord}`, 'g')
const inclusive = /\(含[^()]*\)/g
const leftOver = /级|以[上下]|不含|不包括|除外/

/**
 * The bodies that a checking body names, each with its levels: 市、县级 both, 县级以上 and 市级以下 with the one they name (以上、以下 include it,
 * Civil Code art. 1259). A level holds for what stands behind it up to the next; a name without any, and 市 alone, which county-level cities call
 * themselves too, for every level. Undefined where something that is said of levels is not understood.
 */
export function readCheckingBody(text: string): readonly CheckingBody[] | undefined {
  const whole = nameKey(text).replace(inclusive, '')
  const phrases = [...whole.matchAll(phrase)]
  const starts = phrases.map(({ index }) => index)
  const stretches = phrases.map(({ 0: said, index }, at) => whole.slice(index + said.length, starts[at + 1] ?? whole.length))
  const head = whole.slice(0, starts[0] ?? whole.length)
  if ([head, ...stretches].some((stretch) => leftOver.test(stretch))) return undefined
  const [only] = phrases
  // 公安部门(市级): the level behind the name.
  if (only !== undefined && phrases.length === 1 && namesIn(stretches[0] ?? '').length === 0) {
    return [{ names: namesIn(head), levels: levelsOf(only.groups) }]
  }
  const bodies = phrases.map(({ groups }, at) => ({ names: namesIn(stretches[at] ?? ''), levels: levelsOf(groups) }))
  if (bodies.some(({ names }) => names.length === 0)) return undefined
  return [{ names: namesIn(head), levels: everyLevel }, ...bodies].filter(({ names }) => names.length > 0)
}

/** Whether a body names a department that stands at one of its levels; a municipality of the level of a province has the 市级 as well. */
export function isBodyOf(body: CheckingBody, department: string, regionCode: RegionCode, municipalities: readonly RegionCode[]): boolean {
  const stands = body.levels.has(regionLevel(regionCode)) || (body.levels.has('CITY') && municipalities.includes(regionCode))
  return stands && namesDepartment(body, department)
}

/** Whether the checking body of an item names a department, at whatever level: 县级以上市场监管部门 names 市场监管. */
export const isCheckedBy = (checkingBody: string, department: string): boolean =>
  namesDepartment(
    { names: [...namesIn(nameKey(checkingBody)), ...(readCheckingBody(checkingBody) ?? []).flatMap(({ names }) => names)] },
    department,
  )

/** 烟草 is named by 烟草专卖部门, 林业 by 林业和草原局; 城市管理 is not by 城市园林绿化部门. */
function namesDepartment({ names }: Pick<CheckingBody, 'names'>, department: string): boolean {
  const own = nameKey(department).replace(placesBefore, '')
  const field = fieldOf(own)
  return field !== '' && names.some((name) => fieldOf(name).includes(field) || mayName(name, own))
}

// 某市某区 before the whole name of an authority. A 区 may be of its name: 景区管理局.
const placesBefore =
  /^(?:[\u4e00-\u9fff]{2,}?(?:省|市(?![场政容])|县|区|旗|州|盟)(?!管理)(?=[\u4e00-\u9fff]{2,}(?:局|委|委员会|厅|办公室|部门)$))+/
const between = /[、,;:/()]|(?<=部门|机构|机关|局|委|厅|会)(?:和|与|以?及)/

/** 所在地县级: where the body is, no body itself. */
const place = /(?:所在|住所|经营|登记|注册|发生|属|当)地的?$/

const namesIn = (stretch: string): readonly string[] =>
  stretch.split(between).filter((name) => fieldOf(name).length > 1 && !place.test(name))

function levelsOf(groups: Readonly<Record<string, string | undefined>> | undefined): ReadonlySet<RegionLevel> {
  const { levels, way, bareWay = way, bare, state } = groups ?? {}
  if (state !== undefined) return new Set()
  const rungs = rungsOf(levels ?? bare ?? '')
  if (rungs.length === 0 || (bare !== undefined && rungs.every((rung) => rung === 'CITY'))) return everyLevel
  const last = ladder.indexOf(rungs.at(-1) ?? 'STATE')
  const more = bareWay === undefined ? [] : bareWay === '上' ? ladder.slice(0, last) : ladder.slice(last)
  return new Set([...rungs, ...more].filter((rung): rung is RegionLevel => everyLevel.has(rung as RegionLevel)))
}

const eachWord = new RegExp(ladder.map((rung) => `(?<${rung}>${wordsOf[rung]})`).join('|'), 'g')

const rungsOf = (list: string): readonly Rung[] =>
  [...list.matchAll(eachWord)].flatMap(({ groups = {} }) => ladder.find((rung) => groups[rung] !== undefined) ?? [])
