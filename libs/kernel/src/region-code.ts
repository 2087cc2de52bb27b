import type { Brand } from './ids.ts'

/** Six-digit division code of GB/T 2260: two digits province, two city, two county. */
export type RegionCode = Brand<'RegionCode'>

export type RegionLevel = 'PROVINCE' | 'CITY' | 'COUNTY'

/** Reads a division code; undefined when it is not six digits or names the whole country. */
export const parseRegionCode = (text: string): RegionCode | undefined => (/^[1-9]\d{5}$/.test(text) ? (text as RegionCode) : undefined)

export const regionLevel = (code: RegionCode): RegionLevel => (code.endsWith('0000') ? 'PROVINCE' : code.endsWith('00') ? 'CITY' : 'COUNTY')

const significantDigits = { PROVINCE: 2, CITY: 4, COUNTY: 6 } as const satisfies Record<RegionLevel, number>

/** The part of a code that all its subordinate regions share: four digits of a city. */
export const regionPrefix = (code: RegionCode): string => code.slice(0, significantDigits[regionLevel(code)])

/** Whether `inner` is `outer` itself or lies below it. */
export const regionContains = (outer: RegionCode, inner: RegionCode): boolean => inner.startsWith(regionPrefix(outer))

/** Third and fourth digit of counties that stand under their province at once (省直辖县级行政区划). */
const directlyUnderProvince = '90'

/**
 * The region one level up; undefined for a province. Below a municipality of the level of a province (直辖市) stand its districts at once: the
 * codes between them name no region that anybody administers. Which these are is data of the caller's; that a county is its province's own, its
 * code says.
 */
export function superiorRegion(code: RegionCode, municipalities: readonly RegionCode[] = []): RegionCode | undefined {
  const level = regionLevel(code)
  if (level === 'PROVINCE') return undefined
  const municipality = municipalities.find((each) => regionContains(each, code))
  if (municipality !== undefined) return municipality
  const isOfProvince = level === 'CITY' || code.slice(2, 4) === directlyUnderProvince
  return (isOfProvince ? `${code.slice(0, 2)}0000` : `${code.slice(0, 4)}00`) as RegionCode
}

/** The region and those above it, the nearest first, by the same rule: the last is its province. */
export function selfAndSuperiors(code: RegionCode, municipalities: readonly RegionCode[] = []): readonly RegionCode[] {
  const superior = superiorRegion(code, municipalities)
  return superior === undefined ? [code] : [code, ...selfAndSuperiors(superior, municipalities)]
}

/** A region's own code where it is of a province's level. */
export const provinceOf = (code: RegionCode): RegionCode => `${code.slice(0, 2)}0000` as RegionCode
