import { parseRegionCode, regionPrefix } from '@dual-random/kernel'

/** The digits that all regions below share; a text that is no region matches only itself. */
export function regionPrefixOf(text: string): string {
  const regionCode = parseRegionCode(text)
  return regionCode === undefined ? text : regionPrefix(regionCode)
}
