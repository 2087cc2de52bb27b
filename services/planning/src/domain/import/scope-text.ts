import { nameKey, type RegionCode, type RegionLevel, regionLevel } from '@dual-random/kernel'
import type { Applicability } from '../line-input.ts'
import { type ObjectScope, wholeScope } from '../object-scope.ts'

/** What a text about objects is read against. */
export interface ScopeTextContext {
  /** What the items of the line apply to. */
  readonly applicabilities: readonly Applicability[]
  readonly regionCode: RegionCode
  /** Tags that items in force go by. */
  readonly tags: readonly string[]
  /** Regions below the plan's, by what they are called. */
  readonly places: ReadonlyMap<string, RegionCode>
}

/** Kinds of objects as plans name them. */
const kindWords: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(?:各类)?(?:市场|经营)主体$/, ['ENTERPRISE', 'INDIVIDUAL_BUSINESS']],
  [/^(?:各类)?企业$/, ['ENTERPRISE']],
  [/^(?:个体工商户|个体户)$/, ['INDIVIDUAL_BUSINESS']],
  [/^其[他它]主体$/, ['OTHER_SUBJECT']],
  [/^产品$/, ['PRODUCT']],
  [/^项目$/, ['PROJECT']],
  [/^行为$/, ['ACTIVITY']],
]

/** The place as a whole, or a larger one that it lies in; a county may call itself a city. */
const wholePlace: Readonly<Record<RegionLevel, RegExp>> = {
  PROVINCE: /^(?:全国|全省)/,
  CITY: /^(?:全国|全省|全市)/,
  COUNTY: /^(?:全国|全省|全市|全县|全区|全旗)/,
}
const ownPlace = /^(?:在?(?:我|本|辖)?(?:辖区|行政区域|地区)(?:范围)?内?)/
const all = /^(?:的|全部|所有|全体|各类|各)+/
const objects = /^(?:(?:清单|抽查|检查)*事项(?:所)?(?:列|对应|适用|涉及)?的?(?:全部|所有)?)?(?:的)?(?:抽查|检查|监管|适用)*对象$|^$/

/** What a text says beside that it means all of the place. */
function coreOf(text: string, regionCode: RegionCode): string {
  const rests = (rest: string): string => rest.replace(ownPlace, '').replace(wholePlace[regionLevel(regionCode)], '').replace(all, '')
  const key = nameKey(text)
  const once = rests(key)
  return once === key ? key : rests(once)
}

/** The kinds that a text names and nothing else; undefined where it says anything more. */
function kindsNamed(core: string): readonly string[] | undefined {
  const found = core.split(/[、,，/]|和|及|与/).map((word) => kindWords.find(([pattern]) => pattern.test(word))?.[1])
  return found.includes(undefined) ? undefined : [...new Set(found.flatMap((kinds) => kinds ?? []))]
}

const valueOf = (tag: string): string => nameKey(tag.slice(tag.indexOf(':') + 1))

/**
 * Whether a text plainly means every object that the items apply to: it says so, or names kinds among which all of these are, or the one tag that each
 * item goes by.
 */
export function saysEveryObject(text: string, { applicabilities, regionCode }: ScopeTextContext): boolean {
  const core = coreOf(text, regionCode)
  if (objects.test(core)) return true
  if (applicabilities.length === 0) return false
  const kinds = kindsNamed(core)
  if (kinds !== undefined) return applicabilities.every((each) => each.kinds.every((kind) => kinds.includes(kind)))
  return applicabilities.every(({ tags, industryPrefixes }) => {
    const [tag, another] = tags
    return tag !== undefined && another === undefined && industryPrefixes.length === 0 && valueOf(tag) === core
  })
}

/** Whether a text about a place means the whole of the plan's: it says so, or names it as its units do. */
export function saysWholePlace(text: string, context: ScopeTextContext & { readonly ownPlaces: readonly string[] }): boolean {
  const key = nameKey(text)
  const own = context.ownPlaces.find((place) => key.startsWith(place))
  return saysEveryObject(own === undefined ? key : key.slice(own.length), context)
}

const leavesOut =
  /不含|不包括|不包含|除外|除.*(?:外|以外|之外)|不抽|不查|免查|免检|暂不|剔除|豁免|不纳入(?!联查)|不再|不对.*[抽检]查|排除|不检查|不开展|不列入(?!联查)/
const keepsTo = /限于|只查|只抽|仅|针对/

/** Whether a remark takes objects out of those that the line is about, or keeps to some of them. */
export const limitsObjects = (remark: string): boolean => leavesOut.test(remark) || keepsTo.test(remark)

/** What a text may mean, by what the registry knows of objects: to choose from, never taken by itself. What a text leaves out is no proposal. */
export function scopeProposals(text: string, { regionCode, tags, places }: ScopeTextContext): readonly ObjectScope[] {
  if (leavesOut.test(text)) return []
  const key = nameKey(text)
  const kinds = kindsNamed(coreOf(text, regionCode))
  const named = tags.filter((tag) => valueOf(tag) !== '' && key.includes(valueOf(tag)))
  const industries = key.match(/(?<![A-Za-z0-9])[A-T]\d{2,4}(?!\d)/g) ?? []
  const regions = [...places].flatMap(([place, code]) => (key.includes(place) ? [code] : []))
  return [
    ...(kinds === undefined ? [] : [{ ...wholeScope, kinds }]),
    ...(named.length === 0 ? [] : [{ ...wholeScope, tags: [...new Set(named)] }]),
    ...(industries.length === 0 ? [] : [{ ...wholeScope, industryPrefixes: [...new Set(industries)] }]),
    ...(regions.length === 0 ? [] : [{ ...wholeScope, regionCodes: [...new Set(regions)] }]),
  ]
}
