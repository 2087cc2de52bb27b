import { type ItemCode, type RegionCode, regionContains, type UnitId } from '@dual-random/kernel'
import type { PlannedLine } from './opening.ts'
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
  readonly taskName: string
  /** Empty where the line names none. */
  readonly itemCodes: readonly ItemCode[]
  readonly objects: LineObjects
  readonly unitIds: readonly UnitId[]
  readonly window: Window
  /** Of key supervision always. */
  readonly matter?: LineMatter
  /** Of a special check that a draw makes (TGT-11): the drawn line of the plan, or the task on clues. */
  readonly madeBy?: string
}

export interface LineMatter {
  readonly matterId: string
  readonly name: string
}

/** A check as somebody is about to open it for a line. */
export interface CheckOfLine {
  readonly planned: PlannedLine
  /** Of a check of key supervision, and of no other; the name is the one that the check gives. */
  readonly matter?: LineMatter
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  readonly window: Window
  readonly itemCodes: readonly ItemCode[]
  readonly object: Pick<CheckObject, 'kind' | 'industry' | 'tags'>
}

/** In what a check is not the one its line plans; `pointer` is to where the request says so. */
export type PlannedMismatch = { readonly pointer: string } & (
  | { readonly code: 'planned-kind'; readonly lineId: string; readonly kind: string }
  | { readonly code: 'planned-key-supervision'; readonly lineId: string }
  | { readonly code: 'planned-by-draw'; readonly lineId: string; readonly madeBy: string }
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
  | { readonly code: 'opening-items-missing' }
  | { readonly code: 'planned-item'; readonly itemCode: string; readonly planned: string }
  | { readonly code: 'planned-object'; readonly object: string; readonly planned: string }
)

/**
 * Everything in which a check differs from the line it names: item, object, time, and who checks (PLN-11). A line without a draw goes to all objects of
 * its scope, so there is no number to exceed.
 */
export function plannedMismatches(line: UndrawnLine, check: CheckOfLine): readonly PlannedMismatch[] {
  const wrongLine = lineMismatch(line, check)
  if (wrongLine !== undefined) return [wrongLine]
  return [
    ...matterMismatches(line, check),
    ...whoMismatches(line, check),
    ...windowMismatches(line, check),
    ...itemMismatches(line, check),
    ...objectMismatches(line, check),
  ]
}

/** A line of key supervision is checked by its matter, every other without one, and none where a draw makes the checks. */
function lineMismatch({ kind, madeBy }: UndrawnLine, { planned: { lineId }, matter }: CheckOfLine): PlannedMismatch | undefined {
  const pointer = '/opening/planned/lineId'
  const isKeyLine = kind === 'KEY_SUPERVISION'
  if (matter !== undefined && !isKeyLine) return { code: 'planned-kind', pointer, lineId, kind }
  if (matter === undefined && isKeyLine) return { code: 'planned-key-supervision', pointer, lineId }
  return madeBy === undefined ? undefined : { code: 'planned-by-draw', pointer, lineId, madeBy }
}

function matterMismatches({ matter }: UndrawnLine, { matter: given }: CheckOfLine): readonly PlannedMismatch[] {
  if (given === undefined) return []
  if (matter?.matterId !== given.matterId) {
    return [{ code: 'planned-matter', pointer: '/opening/planned/matterId', matterId: given.matterId, planned: matter?.matterId ?? '' }]
  }
  return matter.name === given.name
    ? []
    : [{ code: 'planned-matter-name', pointer: '/opening/matter', matter: given.name, planned: matter.name }]
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

/** Of a line without items any of the lists goes, and none at all: it is then checked as what it is. */
function itemMismatches({ itemCodes: planned }: UndrawnLine, { itemCodes }: CheckOfLine): readonly PlannedMismatch[] {
  if (planned.length === 0) return []
  if (itemCodes.length === 0) return [{ code: 'opening-items-missing', pointer: '/itemCodes' }]
  return itemCodes.flatMap((itemCode, index) =>
    planned.includes(itemCode) ? [] : [{ code: 'planned-item', pointer: `/itemCodes/${index}`, itemCode, planned: planned.join('、') }],
  )
}

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
