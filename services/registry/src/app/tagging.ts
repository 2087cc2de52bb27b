import { type Clock, canonicalJson, chinaDateOf, type ItemCode, type RegionCode, regionContains, type UnitId } from '@dual-random/kernel'
import { itemsInForce, listVersionOn } from '../domain/check-item-list.ts'
import type { CheckObject, Retag } from '../domain/check-object.ts'
import { currentRule, ruleTagsOf, type TagRule } from '../domain/tag-rule.ts'
import { poolsOf, withRuleTags } from '../domain/tagging.ts'
import { isOwnOrSubordinate, type Unit } from '../domain/unit.ts'
import type { RowResult } from './import/row-result.ts'
import type { RowChange, RowWriter } from './import/write-rows.ts'
import { digestOfText } from './policy-book.ts'
import type { CheckItemLists, ObjectPool, TagRules, Units } from './ports.ts'

export interface TaggingDeps {
  readonly objects: ObjectPool
  readonly tagRules: TagRules
  readonly checkItemLists: CheckItemLists
  readonly units: Units
  readonly clock: Clock
}

/** The rules as they are at one moment, ready to be applied to any object. */
export interface Tagging {
  readonly retag: Retag
  /** Differs whenever a rule, or the lists in force on which its item must stand, differ. */
  readonly fingerprint: string
  /** Regions in which a unit has or had rules. */
  readonly regions: readonly RegionCode[]
}

/** Reads rules, lists and units once (REG-27). */
export async function readTagging({ tagRules, checkItemLists, units, clock }: Omit<TaggingDeps, 'objects'>): Promise<Tagging> {
  const rules = await tagRules.all()
  const regions = [...new Set(rules.map(({ regionCode }) => regionCode))].sort()
  if (rules.length === 0) return { retag: (_unitId, content) => withRuleTags(content, []), fingerprint: '', regions }
  const date = chinaDateOf(clock())
  const lists = await checkItemLists.all()
  const known = new Map<string, Unit>()
  for (const region of regions) for (const unit of await units.inRegion(region)) known.set(unit.unitId, unit)
  const inForce = new Map<RegionCode, ReadonlySet<string>>()
  const isInForce = (itemCode: ItemCode, regionCode: RegionCode): boolean => {
    const codes = inForce.get(regionCode) ?? new Set(itemsInForce(lists, regionCode, date).map(({ code }) => code as string))
    inForce.set(regionCode, codes)
    return codes.has(itemCode)
  }
  const active = rules.filter((rule) => currentRule(rule).status === 'ACTIVE')
  const reached = new Map<string, readonly TagRule[]>()
  const rulesOver = (unitId: UnitId): readonly TagRule[] => {
    const found = reached.get(unitId) ?? active.filter((rule) => reaches(rule, unitId, known))
    reached.set(unitId, found)
    return found
  }
  return {
    retag: (unitId, content) => {
      const mine = new Set(poolsOf({ unitId }, content).flatMap(rulesOver))
      const here = [...mine].filter((rule) => regionContains(rule.regionCode, content.regionCode))
      return withRuleTags(content, ruleTagsOf(here, content, isInForce))
    },
    fingerprint: digestOfText(
      canonicalJson([
        rules.map(({ ruleId, timeline }) => [ruleId, timeline.length]).sort(),
        lists.map((list) => [list.listId, listVersionOn(list, date)?.number ?? 0]).sort(),
      ]),
    ),
    regions,
  }
}

/** A unit's rules are over its own pool and those of the units below it. */
function reaches({ unitId: ruler }: TagRule, unitId: UnitId, known: ReadonlyMap<string, Unit>): boolean {
  if (ruler === unitId) return true
  const [superior, unit] = [known.get(ruler), known.get(unitId)]
  return superior !== undefined && unit !== undefined && isOwnOrSubordinate(superior, unit, known)
}

/** Writes batches of objects under the rules of the moment; batches may be under way beside each other. */
export type TaggedWriter = (changesUnder: (retag: Retag) => readonly RowChange<CheckObject>[]) => Promise<readonly RowResult[]>

/**
 * Applies the rules to what `write` writes, or judges. Rules are looked at after each batch, and where they changed meanwhile the batch is done
 * again: a change that comes after the last look finds these objects written. The last look serves the next batch too.
 */
export function taggedWriter(deps: Omit<TaggingDeps, 'objects'>, write: RowWriter<CheckObject>): TaggedWriter {
  let latest: Tagging | undefined
  return async (changesUnder) => {
    for (let before = latest ?? (await readTagging(deps)); ; ) {
      const results = await write(changesUnder(before.retag))
      const after = await readTagging(deps)
      latest = after
      if (after.fingerprint === before.fingerprint) return results
      before = after
    }
  }
}
