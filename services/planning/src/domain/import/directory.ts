import { type ItemCode, nameKey, type RegionCode, type RegionLevel, regionLevel, type UnitId } from '@dual-random/kernel'
import { isCheckedBy } from '../checking-body.ts'
import { departmentKey, levelPrefix, mayName } from '../department-names.ts'
import type { CheckItem, Unit } from '../line-input.ts'

/** Names of published tables against the registry's items and units. */
export interface Directory {
  itemsNamed(name: string): readonly CheckItem[]
  /** The one unit a name can mean; undefined when none or several. */
  unitNamed(name: string): Unit | undefined
  item(code: string): CheckItem | undefined
  unit(id: string): Unit | undefined
  /** Items whose names are nearest, the nearest first. */
  similarItems(name: string): readonly CheckItem[]
  readonly departments: readonly Unit[]
  /** Tags that the items go by. */
  readonly tags: readonly string[]
  /** Regions of units by what these call their place: the last of 某市某区. */
  readonly places: ReadonlyMap<string, RegionCode>
}

export function directoryOf(items: readonly CheckItem[], units: readonly Unit[]): Directory {
  const itemsByName = groupBy(items, ({ name }) => nameKey(name))
  const itemsByCode = new Map<string, CheckItem>(items.map((item) => [item.code, item]))
  const unitsById = new Map<string, Unit>(units.map((unit) => [unit.unitId, unit]))
  const unitsByName = groupBy(units, ({ name }) => nameKey(name))
  const departments = units.filter(({ kind }) => kind === 'DEPARTMENT' || kind === 'BUREAU')
  const unitNamed = (name: string): Unit | undefined => {
    const exact = unitsByName.get(nameKey(name)) ?? []
    if (exact.length > 0) return only(exact)
    const partial = units.filter((unit) => isShortFor(nameKey(name), nameKey(unit.name)))
    if (partial.length > 0) return only(partial)
    const ofLevels = departments.filter((unit) => isOfLevels(unit, levelsNamed(name)))
    const own = ofLevels.filter((unit) => departmentKey(unit.department) === departmentKey(name))
    return only(own.length > 0 ? own : ofLevels.filter((unit) => mayName(name, unit.department)))
  }
  return {
    itemsNamed: (name) => itemsByName.get(nameKey(name)) ?? [],
    unitNamed,
    item: (code) => itemsByCode.get(code),
    unit: (id) => unitsById.get(id),
    similarItems: (name) => nearest(items, name),
    departments,
    tags: [...new Set(items.flatMap(({ applicability }) => applicability.tags))],
    places: new Map(units.flatMap(({ name, regionCode }) => lastPlace(name).map((place) => [place, regionCode] as const))),
  }
}

const levelOfWord: Readonly<Record<string, RegionLevel>> = {
  省: 'PROVINCE',
  市: 'CITY',
  县: 'COUNTY',
  区: 'COUNTY',
  旗: 'COUNTY',
  厅: 'PROVINCE',
}

/** The words of a name that say at which level the body stands: 省 of 省公安厅, and its 厅, which only provinces have. */
function levelsNamed(name: string): readonly string[] {
  const key = nameKey(name)
  return [levelPrefix.exec(key)?.[0].charAt(0) ?? [], /厅$/.exec(key)?.[0] ?? []].flat()
}

// 某市, 某市某区: the places that a full name begins with, the last of which says whose the body is.
const placesAtStart = /^(?:[\u4e00-\u9fff]{2,}?(省|市(?!场)|县|区|旗))+/

/** What a unit calls its place: 某区 of 某市某区; none where its name begins with no place. */
const lastPlace = (name: string): readonly string[] =>
  (placesAtStart.exec(nameKey(name))?.[0].match(/[\u4e00-\u9fff]{2,}?(?:省|市|县|区|旗)/g) ?? []).slice(-1)

/**
 * Whether a unit stands at every level that a name says: that of its region, or that by which its own name calls its place, since one city has the
 * level of a province and another that of a county.
 */
const isOfLevels = ({ name, regionCode }: Unit, words: readonly string[]): boolean =>
  words.every((word) => levelOfWord[word] === regionLevel(regionCode) || placesAtStart.exec(nameKey(name))?.[1] === word)

const office = /(?:[队科处股所站]|分局)$/
const body = /[局厅委院]|政府/
const place = /(?:省|市|县|区|旗)$/

/**
 * 市烟草专卖局 for 某某市烟草专卖局: the name without the place before it, of which the level may stay, or without the body above a place's,
 * 某市税务局 for 国家税务总局某市税务局. 执法支队, 恒山分局 and 综合执法局 alone tell no unit: an office is any body's, and part of a name is several
 * bodies'.
 */
function isShortFor(short: string, full: string): boolean {
  if (!full.endsWith(short) || full.length === short.length || !/^[\u4e00-\u9fff]{2,}$/.test(short)) return false
  const missing = full.slice(0, -short.length)
  if (office.test(short) && body.test(missing)) return false
  if (/^(?:[省县区旗]|市(?!场))/.test(short)) return true
  return short.length >= 4 && (place.test(missing) || (!office.test(short) && placesAtStart.test(short)))
}

const only = <T>(found: readonly T[]): T | undefined => (found.length === 1 ? found[0] : undefined)

function groupBy<T>(values: readonly T[], key: (value: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const value of values) {
    const group = groups.get(key(value))
    if (group === undefined) groups.set(key(value), [value])
    else group.push(value)
  }
  return groups
}

const bigrams = (text: string): ReadonlySet<string> =>
  new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2)))

/** At most five items by shared pairs of characters (Dice), those that share at least a third. */
function nearest(items: readonly CheckItem[], name: string): readonly CheckItem[] {
  const wanted = bigrams(nameKey(name))
  const scored = items.map((item) => {
    const own = bigrams(nameKey(item.name))
    const shared = [...own].filter((pair) => wanted.has(pair)).length
    return { item, score: own.size + wanted.size === 0 ? 0 : (2 * shared) / (own.size + wanted.size) }
  })
  const close = scored.filter(({ score }) => score >= 1 / 3)
  return close
    .toSorted((a, b) => b.score - a.score || (a.item.code < b.item.code ? -1 : 1))
    .slice(0, 5)
    .map(({ item }) => item)
}

/** Who of several departments checks which item, read off the items' checking bodies; undefined when they do not tell. */
export function itemsByBody(
  itemCodes: readonly ItemCode[],
  unitIds: readonly UnitId[],
  directory: Directory,
): readonly { readonly unitId: UnitId; readonly itemCodes: readonly ItemCode[] }[] | undefined {
  if (unitIds.length === 1 || itemCodes.length === 1) return unitIds.map((unitId) => ({ unitId, itemCodes }))
  const assigned = unitIds.map((unitId) => {
    const department = directory.unit(unitId)?.department ?? ''
    const own = itemCodes.filter((code) => isCheckedBy(directory.item(code)?.checkingBody ?? '', department))
    return { unitId, itemCodes: own }
  })
  const covered = new Set(assigned.flatMap((unit) => unit.itemCodes))
  return covered.size === itemCodes.length && assigned.every((unit) => unit.itemCodes.length > 0) ? assigned : undefined
}
