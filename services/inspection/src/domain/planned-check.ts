import { type ItemCode, type RegionCode, regionContains, type UnitId } from '@dual-random/kernel'
import type { PlannedKeyCheck } from './opening.ts'
import type { CheckObject, ObjectKind } from './task.ts'
import type { Window } from './visit.ts'

/** Which objects a line covers: any of the kinds, and any of the industries or tags where some are given (REG-28). */
export interface LineObjects {
  readonly kinds: readonly ObjectKind[]
  /** GB/T 4754 codes with section letter. */
  readonly industryPrefixes: readonly string[]
  readonly tags: readonly string[]
}

/** A line without a draw of a published plan, as far as a check of it is judged. */
export interface UndrawnLine {
  readonly regionCode: RegionCode
  readonly kind: string
  /** Empty where the line names none. */
  readonly itemCodes: readonly ItemCode[]
  readonly objects: LineObjects
  readonly unitIds: readonly UnitId[]
  readonly window: Window
  /** Of key supervision always. */
  readonly matter?: { readonly matterId: string; readonly name: string }
}

/** A check as somebody is about to open it for a line. */
export interface CheckOfLine {
  readonly planned: PlannedKeyCheck
  /** The matter in words. */
  readonly matter: string
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  readonly window: Window
  readonly itemCodes: readonly ItemCode[]
  readonly object: Pick<CheckObject, 'kind' | 'industry' | 'tags'>
}

/** In what a check is not the one its line plans; `pointer` is to where the request says so. */
export type PlannedMismatch = { readonly pointer: string } & (
  | { readonly code: 'planned-kind'; readonly lineId: string; readonly kind: string }
  | { readonly code: 'planned-matter'; readonly matterId: string; readonly planned: string }
  | { readonly code: 'planned-matter-name'; readonly matter: string; readonly planned: string }
  | { readonly code: 'planned-unit'; readonly unitId: string; readonly planned: string }
  | { readonly code: 'planned-region'; readonly regionCode: string; readonly planned: string }
  | {
      readonly code: 'planned-window'
      readonly start: string
      readonly end: string
      readonly plannedStart: string
      readonly plannedEnd: string
    }
  | { readonly code: 'planned-item'; readonly itemCode: string; readonly planned: string }
  | { readonly code: 'planned-object'; readonly object: string; readonly planned: string }
)

/**
 * Everything in which a check differs from the line it names: item, object, time, and who checks (PLN-11). A line of key supervision goes to all
 * objects of its matter, so there is no number to exceed.
 */
export function plannedMismatches(line: UndrawnLine, check: CheckOfLine): readonly PlannedMismatch[] {
  const { kind } = line
  if (kind !== 'KEY_SUPERVISION') {
    return [{ code: 'planned-kind', pointer: '/opening/planned/lineId', lineId: check.planned.lineId, kind }]
  }
  return [
    ...matterMismatches(line, check),
    ...whoMismatches(line, check),
    ...windowMismatches(line, check),
    ...itemMismatches(line, check),
    ...objectMismatches(line, check),
  ]
}

function matterMismatches({ matter }: UndrawnLine, check: CheckOfLine): readonly PlannedMismatch[] {
  const { matterId } = check.planned
  if (matter?.matterId !== matterId) {
    return [{ code: 'planned-matter', pointer: '/opening/planned/matterId', matterId, planned: matter?.matterId ?? '' }]
  }
  return matter.name === check.matter
    ? []
    : [{ code: 'planned-matter-name', pointer: '/opening/matter', matter: check.matter, planned: matter.name }]
}

/** Units below the plan's region may be in its lines, and open their checks there. */
function whoMismatches(line: UndrawnLine, { regionCode, unitId }: CheckOfLine): readonly PlannedMismatch[] {
  return [
    ...(regionContains(line.regionCode, regionCode)
      ? []
      : [{ code: 'planned-region' as const, pointer: '/opening/planned/planId', regionCode, planned: line.regionCode }]),
    ...(line.unitIds.includes(unitId)
      ? []
      : [{ code: 'planned-unit' as const, pointer: '/opening/planned/lineId', unitId, planned: line.unitIds.join('、') }]),
  ]
}

const windowMismatches = ({ window: planned }: UndrawnLine, { window: { start, end } }: CheckOfLine): readonly PlannedMismatch[] =>
  planned.start <= start && end <= planned.end
    ? []
    : [{ code: 'planned-window', pointer: '/window', start, end, plannedStart: planned.start, plannedEnd: planned.end }]

const itemMismatches = ({ itemCodes: planned }: UndrawnLine, { itemCodes }: CheckOfLine): readonly PlannedMismatch[] =>
  itemCodes.flatMap((itemCode, index) =>
    planned.length === 0 || planned.includes(itemCode)
      ? []
      : [{ code: 'planned-item', pointer: `/itemCodes/${index}`, itemCode, planned: planned.join('、') }],
  )

const objectMismatches = ({ objects }: UndrawnLine, { object }: CheckOfLine): readonly PlannedMismatch[] =>
  isCovered(objects, object)
    ? []
    : [
        {
          code: 'planned-object',
          pointer: '/objectId',
          object: [object.kind, object.industry, ...object.tags].filter((mark) => mark !== '').join('、'),
          planned: [...objects.kinds, ...objects.industryPrefixes, ...objects.tags].join('、'),
        },
      ]

/** The rule by which registry finds the objects of a matter. */
function isCovered({ kinds, industryPrefixes, tags }: LineObjects, object: CheckOfLine['object']): boolean {
  if (!kinds.includes(object.kind)) return false
  if (industryPrefixes.length === 0 && tags.length === 0) return true
  return industryPrefixes.some((prefix) => object.industry.startsWith(prefix)) || object.tags.some((tag) => tags.includes(tag))
}
