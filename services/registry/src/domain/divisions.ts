import { parseRegionCode, type RegionCode, regionContains, regionLevel, superiorRegion } from '@dual-random/kernel'

export interface DivisionRow {
  readonly code: string
  readonly name: string
}

export type DivisionRefusal = 'malformed' | 'unknown' | 'ambiguous' | 'outside'

/** Reads the region of a row, for an importer whose region is `within`. */
export type ReadRegion = (text: string, within: RegionCode) => RegionCode | DivisionRefusal

/**
 * A code of a city whose counties the list has must be in the list; of others the form alone is judged, for the list need not be the whole
 * country. A name is taken where it means one division within the importer's region.
 */
export function readRegionBy(rows: readonly DivisionRow[]): ReadRegion {
  const known = new Set(rows.map(({ code }) => code))
  const listedCities = new Set(rows.flatMap(({ code }) => cityOf(code as RegionCode) ?? []))
  return (text, within) => {
    const code = parseRegionCode(text)
    if (code !== undefined) {
      const city = cityOf(code)
      if (!known.has(code) && city !== undefined && listedCities.has(city)) return 'unknown'
      return regionContains(within, code) ? code : 'outside'
    }
    if (/\d/.test(text)) return 'malformed'
    const named = rows.filter(({ name }) => name === text).map((row) => row.code as RegionCode)
    const inside = named.filter((each) => regionContains(within, each))
    if (inside.length > 1) return 'ambiguous'
    return inside[0] ?? (named.length > 0 ? 'outside' : 'unknown')
  }
}

/** The city of a county; undefined for what is no county. */
const cityOf = (code: RegionCode): RegionCode | undefined => (regionLevel(code) === 'COUNTY' ? superiorRegion(code) : undefined)
