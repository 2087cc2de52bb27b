import { formatPercent, ratioOf } from '@dual-random/kernel'
import type { LineCheck } from './line-check.ts'
import type { KeyMatter, UndrawnLine } from './undrawn-line.ts'

/** A line of key supervision of a standing plan. */
export interface PlacedKeyLine {
  readonly planId: string
  readonly line: UndrawnLine
}

/** An attribute of key supervision by policy, and what is measured of it. */
export interface MeasuredAttribute {
  readonly id: string
  readonly text: string
  readonly measure: 'COVERAGE' | 'STAGES' | 'TIMES' | 'ASPECTS'
}

/** What an attribute comes to: so much of so much; `share` in percent text, absent where there is nothing to reach. */
export interface AttributeValue extends MeasuredAttribute {
  readonly reached: number
  readonly of: number
  readonly share?: string
}

/** A matter of the list in force, how it is planned, and how far each attribute of key supervision is reached (TGT-05). */
export interface MatterReport {
  readonly listId: string
  readonly listVersion: number
  readonly matterId: string
  readonly name: string
  readonly objects: number
  readonly lines: readonly {
    readonly planId: string
    readonly lineId: string
    readonly objectsOpened: number
    readonly objectsChecked: number
  }[]
  readonly attributes: readonly AttributeValue[]
}

export function matterReports(
  matters: readonly KeyMatter[],
  lines: readonly PlacedKeyLine[],
  checks: readonly LineCheck[],
  attributes: readonly MeasuredAttribute[],
): readonly MatterReport[] {
  return matters.map((matter) => {
    const own = lines.filter(({ line }) => line.matter?.matterId === matter.matterId && line.matter.listId === matter.listId)
    const ofLines = own.map((placed) => ({ ...placed, checks: checks.filter((check) => isOf(check, placed, matter)) }))
    const { listId, listVersion, matterId, name, objectCount: objects = 0 } = matter
    const counted = ofLines.map(({ planId, line, checks: made }) => ({
      planId,
      lineId: line.lineId,
      objectsOpened: distinct(made),
      objectsChecked: distinct(made.filter(({ completed }) => completed)),
    }))
    const values = attributes.map((attribute) => valueOf(attribute, matter, own, counted))
    return { listId, listVersion, matterId, name, objects, lines: counted, attributes: values }
  })
}

const isOf = (check: LineCheck, { planId, line }: PlacedKeyLine, { matterId }: KeyMatter): boolean =>
  check.planId === planId && check.lineId === line.lineId && check.matterId === matterId

const distinct = (checks: readonly LineCheck[]): number => new Set(checks.map(({ mark }) => mark)).size

/**
 * Coverage is of the line that reached most objects: marks differ from line to line, so that nobody can be followed across them. Times are
 * lines that are through: all objects of the matter once each.
 */
function valueOf(
  attribute: MeasuredAttribute,
  { objectCount = 0, stages, itemCodes, timesPerYear = 1 }: KeyMatter,
  own: readonly PlacedKeyLine[],
  counted: MatterReport['lines'],
): AttributeValue {
  switch (attribute.measure) {
    case 'COVERAGE':
      return share(attribute, Math.max(0, ...counted.map(({ objectsChecked }) => objectsChecked)), objectCount)
    case 'STAGES': {
      const planned = new Set(own.flatMap(({ line }) => line.matter?.stages ?? []))
      return share(attribute, stages.filter((stage) => planned.has(stage)).length, stages.length)
    }
    case 'TIMES':
      return share(attribute, counted.filter(({ objectsChecked }) => objectCount > 0 && objectsChecked >= objectCount).length, timesPerYear)
    case 'ASPECTS': {
      const planned = new Set<string>(own.flatMap(({ line }) => line.itemCodes))
      return share(attribute, itemCodes.filter((code) => planned.has(code)).length, itemCodes.length)
    }
    default:
      return attribute.measure satisfies never
  }
}

const share = (attribute: MeasuredAttribute, reached: number, of: number): AttributeValue => ({
  ...attribute,
  reached,
  of,
  ...(of === 0 ? {} : { share: formatPercent(ratioOf(Math.min(reached, of), of)) }),
})

/** What is supervised by neither way: items of the lists in force that are neither drawn nor of a planned matter, and matters without a line (TGT-23). */
export interface SupervisionGaps {
  readonly items: readonly { readonly code: string; readonly name: string }[]
  readonly matters: readonly { readonly matterId: string; readonly name: string }[]
}

export function supervisionGaps(
  items: readonly { readonly code: string; readonly name: string }[],
  matters: readonly KeyMatter[],
  drawnItems: ReadonlySet<string>,
  lines: readonly PlacedKeyLine[],
): SupervisionGaps {
  const isPlanned = ({ listId, matterId }: KeyMatter): boolean =>
    lines.some(({ line: { matter } }) => matter?.listId === listId && matter.matterId === matterId)
  const ofMatters = new Set<string>(lines.flatMap(({ line }) => line.itemCodes))
  return {
    items: items.filter(({ code }) => !drawnItems.has(code) && !ofMatters.has(code)).map(({ code, name }) => ({ code, name })),
    matters: matters
      .filter((matter) => !isPlanned(matter) && !matter.itemCodes.some((code) => drawnItems.has(code)))
      .map(({ matterId, name }) => ({ matterId, name })),
  }
}
