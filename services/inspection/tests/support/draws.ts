import type { Assignment, DrawMatched } from '@dual-random/contracts/drawing'
import type { GetPlanLineResponse } from '@dual-random/contracts/planning'
import type { InspectorOpening, ObjectOpening } from '@dual-random/contracts/registry'
import { toHex, utf8 } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'

export const city = '230300'
export const market = '230300-scj'
export const fire = '230300-xfj'

const hex = (text: string): string => toHex(sha256(utf8(text)))

export interface UnitOfDraw {
  readonly unitId: string
  /** Unit and region whose inspectors are matched in its place. */
  readonly delegatedTo?: { readonly toUnitId: string; readonly toRegionCode: string }
  readonly itemCodes: readonly string[]
}

export interface DrawFacts {
  /** Tells draws apart. */
  readonly name: string
  /** Codes of the drawn objects, in the order of the draw. */
  readonly codes: readonly string[]
  /** The check batch of each of them; without, all are in one. */
  readonly checkBatches?: readonly number[]
  /** The first one initiates. */
  readonly units?: readonly UnitOfDraw[]
  readonly window?: { readonly start: string; readonly end: string }
  readonly mergeWindowId?: string
  /** The task on clues that it is for, in the place of a plan line. */
  readonly clueTask?: { readonly taskId: string; readonly clueIds: readonly string[] }
  /** Inspectors found per unit; the line asks for two. */
  readonly teamSize?: number
}

/** A matched draw as planning, drawing and registry know it. */
export interface TestDraw {
  readonly clueTask?: NonNullable<DrawFacts['clueTask']>
  readonly drawId: string
  readonly line: GetPlanLineResponse
  readonly assignments: readonly Assignment[]
  readonly objects: ReadonlyMap<string, ObjectOpening>
  readonly inspectors: ReadonlyMap<string, InspectorOpening>
  labelOf(code: string): string
  /** Whose draw it is; 鸡西's where absent. */
  readonly regionCode?: string
  /** Of a redraw. */
  readonly redraw?: NonNullable<DrawMatched['redraw']>
  /** Of a draw of several cities: under whose key a label is. */
  readonly regionOf?: (label: string) => string
  readonly replaced?: readonly { readonly label: string; readonly drawId: string }[]
}

/** Inspectors of a unit: `<unit>-1` … `<unit>-8` are their login names. */
export const inspectorsPerUnit = 8

export const subjectOf = (unitId: string, number: number): string => `${unitId}-${number}`

export function drawOf(facts: DrawFacts): TestDraw {
  const {
    name,
    codes,
    units = [{ unitId: market, itemCodes: ['SCJG-01', 'SCJG-02'] }],
    window = { start: '2026-04-01', end: '2026-04-30' },
    mergeWindowId = `${city}-2026-W01`,
    teamSize = 2,
    clueTask,
    checkBatches = [],
  } = facts
  const drawId = hex(`draw ${name}`)
  const initiatorUnitId = units[0]?.unitId ?? market
  const matching = units.map(({ unitId, delegatedTo }) => delegatedTo?.toUnitId ?? unitId)
  const labelOf = (code: string): string => hex(`${drawId} object ${code}`)
  const inspectorLabel = (unitId: string, number: number): string => hex(`${drawId} inspector ${subjectOf(unitId, number)}`)
  const team = (unitId: string, position: number): string[] =>
    Array.from({ length: teamSize }, (_, member) => inspectorLabel(unitId, ((position + member) % inspectorsPerUnit) + 1))
  const line = lineOf({ name, units, window, mergeWindowId, initiatorUnitId })
  return {
    drawId,
    line,
    ...(clueTask === undefined ? {} : { clueTask }),
    assignments: codes.map((code, index) => ({
      position: index + 1,
      label: labelOf(code),
      stratum: 'C',
      teams: matching.map((unitId) => ({ unitId, inspectorLabels: team(unitId, index) })),
      leaderLabel: team(matching[0] ?? market, index)[0] ?? '',
      taskDrawId: drawId,
      ...(checkBatches[index] === undefined ? {} : { checkBatch: checkBatches[index] }),
    })),
    objects: new Map(codes.map((code) => [labelOf(code), objectOf(code, labelOf(code), line.itemCodes)])),
    inspectors: new Map(matching.flatMap((unitId) => inspectorsOf(unitId, inspectorLabel))),
    labelOf,
  }
}

const inspectorsOf = (unitId: string, labelOf: (unitId: string, number: number) => string) =>
  Array.from({ length: inspectorsPerUnit }, (_, index): [string, InspectorOpening] => {
    const label = labelOf(unitId, index + 1)
    const subject = subjectOf(unitId, index + 1)
    return [label, { label, inspectorId: hex(subject).slice(0, 32), name: `检查员 ${subject}`, unitId, subject, salt: label }]
  })

/** The same object has the same id in every draw. */
const objectOf = (code: string, label: string, itemCodes: string[]): ObjectOpening => ({
  label,
  objectId: hex(`object ${code}`).slice(0, 32),
  objectCode: code,
  name: `示例企业 ${code}`,
  kind: 'OBJECT_KIND_ENTERPRISE',
  address: '鸡西市鸡冠区示例路1号',
  industry: 'F5211',
  grade: 'C',
  tags: ['示例标签'],
  salt: label,
  drawnSalt: label,
  itemCodes,
})

interface LineFacts {
  readonly name: string
  readonly units: readonly UnitOfDraw[]
  readonly window: { readonly start: string; readonly end: string }
  readonly mergeWindowId: string
  readonly initiatorUnitId: string
}

const lineOf = ({ name, units, window, mergeWindowId, initiatorUnitId }: LineFacts): GetPlanLineResponse => ({
  planId: `plan-${name}`,
  lineId: 'L01',
  planVersion: 1,
  regionCode: city,
  unitId: initiatorUnitId,
  year: 2026,
  planType: units.length > 1 ? 'PLAN_TYPE_JOINT' : 'PLAN_TYPE_INTERNAL',
  taskName: `任务 ${name}`,
  itemCodes: units.flatMap(({ itemCodes }) => itemCodes),
  itemClass: 'ITEM_CLASS_GENERAL',
  fieldClass: 'FIELD_CLASS_GENERAL',
  ratios: [],
  count: 1,
  batches: [
    {
      number: 1,
      window,
      mergeWindowId,
      freezeAt: `${window.start}T01:00:00.000Z`,
      commitAt: `${window.start}T01:10:00.000Z`,
      share: { numerator: 1, denominator: 1 },
    },
  ],
  initiatorUnitId,
  units: units.map(({ unitId, itemCodes, delegatedTo }) => ({
    unitId,
    ...(delegatedTo === undefined ? {} : { delegation: { ...delegatedTo, kind: 'SUBORDINATE' } }),
    itemCodes: [...itemCodes],
    teamSize: 2,
    selectionMode: 'SELECTION_MODE_BUREAU_WIDE',
    stationUnitIds: [],
    selectionGround: 'STAFFING',
  })),
  policy: { preset: 'local/four-coal-cities', version: '1' },
  policyDigest: 'f'.repeat(64),
  lineDigest: 'e'.repeat(64),
})
