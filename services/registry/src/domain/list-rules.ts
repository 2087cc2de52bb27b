import { assertNever, canonicalJson, type RegionCode, type RegionLevel, regionContains, regionLevel } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import type { CheckItem, LegalBasisKind } from './check-item.ts'
import { type ItemProposal, isApproved } from './item-proposal.ts'

/** An item in force on a list of a superior region, with whose list it is. */
export interface SuperiorItem {
  readonly item: CheckItem
  readonly level: RegionLevel
  readonly department: string
  readonly businessLine: string
}

/** What a unit is about to publish, and everything it is held against. */
export interface ListPublishing {
  readonly listId: string
  readonly regionCode: RegionCode
  readonly department: string
  readonly businessLine: string
  readonly edition?: string | undefined
  readonly items: readonly CheckItem[]
  /** The items of the version before. */
  readonly current: readonly CheckItem[]
  readonly superior: readonly SuperiorItem[]
  /** Items of the region's other lists, which an item may stand on too. */
  readonly siblings: readonly CheckItem[]
  /** The items of the business line on those of the region's lists that were loaded as an edition, by its title. */
  readonly editions: ReadonlyMap<string, readonly CheckItem[]>
  readonly proposals: readonly ItemProposal[]
  readonly policy: Policy
}

/** What keeps a version back; `itemCode` names the item at fault, or the superior's item that is missing. */
export interface RuleProblem {
  readonly code:
    | 'ratio-cap-missing'
    | 'key-mark-not-approved'
    | 'scope-outside-region'
    | 'scope-not-as-approved'
    | 'parent-item-unknown'
    | 'item-exceeds-provincial-list'
    | 'inherited-item-missing'
    | 'item-not-derived'
    | 'national-list-missing'
    | 'national-item-missing'
    | 'division-missing'
    | 'basis-kind-not-allowed'
    | 'joint-list-kept-elsewhere'
    | 'joint-item-not-approved'
  readonly itemCode: string
}

type Rule = (publishing: ListPublishing) => readonly RuleProblem[]

const faults = (code: RuleProblem['code'], items: readonly CheckItem[]): readonly RuleProblem[] =>
  items.map((item) => ({ code, itemCode: item.code }))

const isInternal = ({ listType }: CheckItem): boolean => listType === 'INTERNAL'

const isBelow = ({ regionCode }: ListPublishing): boolean => regionLevel(regionCode) !== 'PROVINCE'

/** An item stands on another that it repeats or names as its parent (REG-07). */
const standsOn = (item: CheckItem, other: CheckItem): boolean => other.code === item.code || other.code === item.parentItemCode

/** Where the superior's lists are not in the register yet, policy may let the subordinate's stand alone. */
const mayStandAlone = ({ policy }: ListPublishing, relevant: readonly SuperiorItem[]): boolean =>
  relevant.length === 0 && policy.find('item.superiorListMissing') === 'ACCEPTED'

function withoutFooting(publishing: ListPublishing, items: readonly CheckItem[], relevant: readonly SuperiorItem[]): readonly CheckItem[] {
  if (mayStandAlone(publishing, relevant)) return []
  return items.filter((item) => !relevant.some((superior) => standsOn(item, superior.item)))
}

/** A general item is not activated without an upper limit of its ratio (REG-06); a key item has none (REG-05). */
const capRule: Rule = ({ items, policy }) =>
  policy.find('item.generalCapRequired') === true
    ? faults(
        'ratio-cap-missing',
        items.filter(({ itemClass, ratioCap }) => itemClass === 'GENERAL' && ratioCap === undefined),
      )
    : []

/** Where key items are controlled, each new mark has an approval of its own (REG-04). */
const keyRule: Rule = ({ listId, items, current, proposals, policy }) => {
  if (policy.find('item.keyControlled') !== true) return []
  const marked = new Set<string>(current.filter(({ itemClass }) => itemClass === 'KEY').map(({ code }) => code))
  const approved = approvedItems(proposals, 'KEY_ITEM', listId).map(({ code }) => code as string)
  return faults(
    'key-mark-not-approved',
    items.filter(({ itemClass, code }) => itemClass === 'KEY' && !marked.has(code) && !approved.includes(code)),
  )
}

function approvedItems(
  proposals: readonly ItemProposal[],
  purpose: Exclude<ItemProposal['purpose'], 'MISSING_DUTY'>,
  listId: string,
): readonly CheckItem[] {
  return proposals.flatMap((proposal) =>
    proposal.purpose === purpose && proposal.listId === listId && isApproved(proposal) ? [proposal.item] : [],
  )
}

/** A scope lies in the region of the list; that of an included local item is the region whose regulation it rests on (REG-09). */
const scopeRule: Rule = ({ listId, regionCode, items, proposals }) => {
  const outside = items.filter(({ regionScope = [] }) => regionScope.some((scope) => !regionContains(regionCode, scope)))
  const origins = new Map<string, RegionCode>(
    proposals.flatMap((proposal) =>
      proposal.purpose === 'LOCAL_INCLUSION' && proposal.listId === listId && isApproved(proposal)
        ? [[proposal.item.code, proposal.regionCode]]
        : [],
    ),
  )
  const wider = items.filter(({ code, regionScope }) => {
    const origin = origins.get(code)
    if (origin === undefined) return false
    return regionScope === undefined || regionScope.some((scope) => !regionContains(origin, scope))
  })
  return [...faults('scope-outside-region', outside), ...faults('scope-not-as-approved', wider)]
}

/** A parent is an item of a superior's list in force, or of another list of the region (REG-07). */
const parentRule: Rule = ({ items, superior, siblings }) => {
  if (superior.length === 0) return []
  const known = new Set<string>([...superior.map(({ item }) => item), ...siblings].map(({ code }) => code))
  return faults(
    'parent-item-unknown',
    items.filter(({ parentItemCode }) => parentItemCode !== null && !known.has(parentItemCode)),
  )
}

/** What a list below the province may hold (REG-08, REG-09, REG-18). */
const localPowerRule: Rule = (publishing) => {
  if (!isBelow(publishing)) return []
  const { items, superior, department, businessLine, policy } = publishing
  const internal = items.filter(isInternal)
  const power = policy.find('item.localPower')
  switch (power) {
    case 'PROVINCE_INCLUDES_REGION_SCOPED': {
      const provincial = superior.filter(({ item, level }) => level === 'PROVINCE' && item.listType === 'INTERNAL')
      return faults('item-exceeds-provincial-list', withoutFooting(publishing, internal, provincial))
    }
    case 'DISTRICT_MAY_ADD': {
      const inherited = superior.filter((each) => each.item.listType === 'INTERNAL' && each.businessLine === businessLine)
      const missing = inherited.filter(({ item }) => !items.some((own) => standsOn(own, item)))
      return faults(
        'inherited-item-missing',
        missing.map(({ item }) => item),
      )
    }
    case 'FROM_PROVINCIAL_DEPARTMENT_LIST': {
      const departmental = superior.filter((each) => each.level === 'PROVINCE' && each.department === department)
      return faults('item-not-derived', withoutFooting(publishing, internal, departmental))
    }
    case 'PROVINCE_PUBLISHES':
    case 'PROVINCE_ADDS_LOCAL_REGULATION':
    case undefined:
      return []
    default:
      return assertNever(power)
  }
}

/**
 * The provincial list has the national list in full, and beyond it what rests on local regulations and the like (REG-07). A list that has
 * joint items only is another list.
 */
const provincialListRule: Rule = (publishing) => {
  const { department, edition, items, current, editions, policy } = publishing
  const rule = policy.find('item.provincialList')
  if (rule === undefined || isBelow(publishing) || department !== rule.department || edition === rule.baseEdition) return []
  if (![...items, ...current].some(isInternal)) return []
  const internal = items.filter(isInternal)
  const national = editions.get(rule.baseEdition)?.filter(isInternal) ?? []
  if (national.length === 0) {
    return policy.find('item.superiorListMissing') === 'ACCEPTED' ? [] : faults('national-list-missing', internal)
  }
  const missing = national.filter((item) => !items.some((own) => standsOn(own, item)))
  const added = internal.filter((item) => !national.some((other) => standsOn(item, other)))
  return [...faults('national-item-missing', missing), ...faults('basis-kind-not-allowed', withoutBasis(added, rule.basisKinds))]
}

/** What divisions add on top of the base edition names the division and rests on a basis that allows it (REG-10). */
const divisionRule: Rule = ({ regionCode, edition, items, superior, siblings, policy }) => {
  const rule = policy.find('item.divisionAdditions')
  if (rule === undefined || regionLevel(regionCode) !== rule.level || edition === rule.baseEdition) return []
  const base = [...superior.map(({ item }) => item), ...siblings]
  const added = items.filter((item) => item.listType === 'INTERNAL' && !base.some((other) => standsOn(item, other)))
  return [
    ...faults(
      'division-missing',
      added.filter(({ division }) => division === undefined),
    ),
    ...faults('basis-kind-not-allowed', withoutBasis(added, rule.basisKinds)),
  ]
}

const withoutBasis = (added: readonly CheckItem[], allowed: readonly LegalBasisKind[]): readonly CheckItem[] =>
  added.filter(({ legalBasisKind }) => legalBasisKind === undefined || !allowed.includes(legalBasisKind))

const levelOrder = { COUNTY: 0, CITY: 1, PROVINCE: 2 } as const satisfies Record<RegionLevel, number>

/** Who keeps the joint list, and whose approval a joint item needs; others repeat what stands on it (REG-17). */
const jointRule: Rule = (publishing) => {
  const { listId, regionCode, department, items, current, superior, siblings, proposals, policy } = publishing
  const keeper = policy.find('item.jointList')
  const joint = items.filter(({ listType }) => listType === 'JOINT')
  const level = regionLevel(regionCode)
  if (keeper === undefined || levelOrder[level] > levelOrder[keeper.level]) return []
  if (level !== keeper.level) {
    const kept = superior.filter((each) => each.item.listType === 'JOINT' && each.level === keeper.level)
    return faults('joint-list-kept-elsewhere', withoutFooting(publishing, joint, kept))
  }
  if (department !== keeper.department) {
    const kept = siblings.filter(({ listType }) => listType === 'JOINT')
    return faults(
      'joint-list-kept-elsewhere',
      joint.filter((item) => !kept.some((other) => standsOn(item, other))),
    )
  }
  if (keeper.approval === undefined) return []
  const approved = new Set([
    ...current.map((item) => canonicalJson(item)),
    ...approvedItems(proposals, 'JOINT_ITEM', listId).map((item) => canonicalJson(item)),
  ])
  return faults(
    'joint-item-not-approved',
    joint.filter((item) => !approved.has(canonicalJson(item))),
  )
}

const rules: readonly Rule[] = [capRule, keyRule, scopeRule, parentRule, localPowerRule, provincialListRule, divisionRule, jointRule]

/** Everything for which the jurisdiction's rules keep a version of a list back. */
export const ruleProblems = (publishing: ListPublishing): readonly RuleProblem[] => rules.flatMap((rule) => rule(publishing))
