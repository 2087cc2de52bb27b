import { countedPageOf, pageOf } from '@dual-random/http'
import { z } from 'zod'
import { nobodysReasons } from '../domain/answering.ts'
import { undrawnKinds } from '../domain/undrawn-line.ts'
import { count, instant, levels, namedUnit, percentText, planTypes, text, texts, window } from './answers.ts'
import { objectScope, placedLine, proposedLine } from './line-answers.ts'
import { planStates } from './plan-answers.ts'

const overlap = z.strictObject({ lines: z.tuple([placedLine, placedLine]), windows: z.array(window), objects: count })

/** Lines that meet in days and objects, and those that all meet each other (PLN-18). */
export const overlaps = z.strictObject({
  overlaps: z.array(overlap),
  proposals: z.array(z.strictObject({ lines: z.array(placedLine), objects: count })),
  notCompared: count,
})

/** The same as a page: what all meet each other stands on the first one alone. */
export const overlapPage = countedPageOf(overlap).extend({ proposals: overlaps.shape.proposals.optional(), notCompared: count })

const undrawnKind = z.enum(undrawnKinds)

const uncovered = z.strictObject({
  code: text.optional(),
  name: text,
  itemCodes: texts.optional(),
  withoutDraw: z.array(undrawnKind).optional(),
})

const coveredLists = z.array(
  z.strictObject({
    planType: planTypes,
    listed: count,
    covered: count,
    withoutDraw: count,
    share: percentText.optional(),
    uncovered: z.array(uncovered),
  }),
)
const coveredRegion = z.strictObject({ regionCode: text, level: levels, hasPlan: z.boolean(), lists: coveredLists })

/** Entries of the lists in force that plans cover, per level and region (PLN-12, EVL-06). */
export const coverage = z.strictObject({
  levels: z.array(z.strictObject({ level: levels, lists: coveredLists })),
  regions: z.array(coveredRegion),
})

/** The same as a page of regions: levels stand on the first one alone. */
export const coveragePage = countedPageOf(coveredRegion)
  .extend({ regionCode: text, year: count, levels: coverage.shape.levels.optional() })
  .strict()

const unplannedItem = z.strictObject({ code: text, name: text, listType: planTypes, times: count })
const unplannedItems = z.array(unplannedItem)
const unplannedOfNobody = z.array(unplannedItem.extend({ checkingBody: text, reason: z.enum(nobodysReasons) }))

const unplannedOfUnit = z.strictObject({ unitId: text, name: text, regionCode: text, answersFor: count, notPlanned: unplannedItems })

/** Items not planned this year, per level and unit (PLN-12, REG-14). */
export const notPlanned = z.strictObject({
  timesAsked: count,
  levels: z.array(z.strictObject({ level: levels, notPlanned: unplannedItems })),
  units: z.array(unplannedOfUnit),
  ofNobody: unplannedOfNobody,
})

/** The same as a page of units: levels and what is nobody's stand on the first one alone. */
export const notPlannedPage = countedPageOf(unplannedOfUnit).extend({
  timesAsked: count,
  levels: notPlanned.shape.levels.optional(),
  ofNobody: unplannedOfNobody.optional(),
})

const windowVisit = z.strictObject({
  mergeWindowId: text,
  lines: z.array(z.strictObject({ planId: text, lineId: text })),
  unitIds: texts,
  items: count,
})
const sureVisit = z.strictObject({ planId: text, lineId: text, kind: undrawnKind, unitIds: texts, window, items: count })
const mostVisits = { visits: count, itemsPerVisit: count }
const visitsInAll = { ...mostVisits, drawn: z.strictObject(mostVisits), undrawn: z.strictObject(mostVisits) }

/** The most that one object meets, of draws and of lines without one (PLN-29). */
export const visits = z.strictObject({ ...visitsInAll, windows: z.array(windowVisit), sure: z.array(sureVisit) })

/** The same as a page of windows: visits that are sure stand on the first one alone. */
export const visitsPage = countedPageOf(windowVisit)
  .extend({ ...visitsInAll, sure: visits.shape.sure.optional() })
  .strict()

const jointProposal = z.strictObject({
  single: placedLine,
  joint: placedLine,
  items: texts,
  windows: z.array(window),
  proposal: z.enum(['LEAVE_TO_JOINT', 'JOIN']),
  objects: count,
  ofObjects: count,
  norm: z.union([z.literal('ALL'), z.strictObject({ industry: text })]).optional(),
})

/** Single-department lines that a joint plan has too (PLN-16, PLN-17). */
export const jointInstead = z.strictObject({ proposals: z.array(jointProposal), notCompared: count })

export const jointInsteadPage = countedPageOf(jointProposal).extend({ notCompared: count })

const repeat = z.strictObject({ grade: text, outcome: z.enum(['barred', 'needs-reason']), objects: count, expected: count })

const conflict = z.strictObject({ earlier: placedLine, later: placedLine, grades: z.array(repeat) })
const beside = { exhausted: z.array(z.strictObject({ grade: text, planned: count, objects: count })), notCompared: count }

/** What would be drawn again although policy bars it (CRD-09). */
export const repeats = z.strictObject({ conflicts: z.array(conflict), ...beside })

export const repeatsPage = countedPageOf(conflict).extend(beside)

const stationLoad = z.strictObject({
  unitId: text,
  homeUnitId: text,
  name: text,
  inPost: count,
  qualified: count,
  visits: count,
  each: count.optional(),
})

/** Expected visits per office and station against its inspectors. */
export const workload = z.strictObject({
  stations: z.array(stationLoad),
  understaffed: z.array(z.strictObject({ planId: text, lineId: text, unitId: text, teamSize: count, qualified: count })),
})

/** The same as a page of offices and stations: lines that lack inspectors stand on the first one alone. */
export const workloadPage = countedPageOf(stationLoad).extend({ understaffed: workload.shape.understaffed.optional() }).strict()

const quantity = z.strictObject({ mapped: count, planned: count, ratio: percentText })

const reEvaluatedLine = z.strictObject({
  lineId: text,
  taskName: text,
  since: instant,
  before: quantity,
  now: quantity,
  changes: z.array(z.strictObject({ stratum: text, before: count, now: count, ratio: percentText.optional() })),
  moves: z.array(z.strictObject({ from: text, to: text, objects: count })),
  entered: z.array(z.strictObject({ stratum: text, objects: count })),
  left: z.array(z.strictObject({ stratum: text, objects: count })),
  strataWithoutRatio: texts,
})

/** Lines whose objects moved between credit grades, came or went after planning (CRD-11). */
export const reEvaluationPage = countedPageOf(reEvaluatedLine).extend({ version: count, asOf: instant }).strict()

const movedObject = z.strictObject({
  objectId: text,
  objectCode: text,
  name: text,
  from: text.optional(),
  to: text.optional(),
})

/** Who of a line moved, by id (CRD-11). */
export const movedObjectsPage = pageOf(movedObject).extend({ version: count, lineId: text, since: instant, asOf: instant }).strict()

const share = z.strictObject({ joint: count, internal: count, jointShare: percentText.optional() })
const sharingPlan = namedUnit.extend({ planType: planTypes, tasks: count, objects: count })
const shares = z.strictObject({
  tasks: share,
  objects: share,
  plans: z.array(sharingPlan),
  drafts: z.array(sharingPlan.extend({ state: planStates, objects: count.optional() })),
})

/** Joint shares of a year and the year before (PLN-17). */
export const sharesOfYear = shares.extend({ regionCode: text, year: count, previous: shares })

const integratedLine = z.strictObject({ members: z.array(placedLine), period: window, meeting: count, line: proposedLine })

/** What the coordinator makes one joint plan of (PLN-21), a page of its lines: of which plans and items it is made stands on the first one alone. */
export const jointIntegrationPage = countedPageOf(integratedLine)
  .extend({
    level: levels,
    plans: z.array(namedUnit).optional(),
    ownPlans: z.array(namedUnit.extend({ regionCode: text })).optional(),
    repeated: z.array(z.strictObject({ itemCode: text, scope: objectScope.optional(), lines: z.array(placedLine) })).optional(),
  })
  .strict()
