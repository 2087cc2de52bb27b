import { type DrawnFor, taskNumberOf } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import type { Clock, DrawId, ItemCode, LineId, PlanId, RegionCode, UnitId, VisitId } from '@dual-random/kernel'
import { type Policy, teamLeader } from '@dual-random/policy'
import { withAvailability } from '../domain/availability.ts'
import { type City, citiesOf } from '../domain/cities.ts'
import { executingUnitOf } from '../domain/delegation.ts'
import { type LineUnit, unitsAt } from '../domain/fan-out.ts'
import { taskIdOf } from '../domain/ids.ts'
import { leadingFor } from '../domain/leader.ts'
import { lateEffectOf, type MergeRule, mergeRuleOf } from '../domain/rules.ts'
import { type CheckObject, type DrawnFrom, dispatchTask, moveToVisit, type Task, type TaskChange, type TeamMember } from '../domain/task.ts'
import { proposalFor, type Visit, visitIdFor } from '../domain/visit.ts'
import { catchUp, membersOf } from './hear-inspector.ts'
import type { Assignment, Availabilities, InspectorIdentity, MergeProposals, Peers, PlanLine, Policies, Tasks, Visits } from './ports.ts'
import { survivorsOf } from './survivors.ts'

export interface DispatchDependencies {
  readonly peers: Peers
  readonly policies: Policies
  readonly tasks: Tasks
  readonly visits: Visits
  readonly proposals: MergeProposals
  readonly availabilities: Availabilities
  /** Key of visit ids, kept outside the store. */
  readonly visitKey: Uint8Array
  readonly clock: Clock
}

export type MatchedDraw = DrawnFor & {
  readonly drawId: DrawId
  readonly regionCode: RegionCode
  readonly batch: number
  readonly drawn: number
  /** Of a redraw (DRW-30). */
  readonly redraw?: { readonly number: number; readonly purpose: 'REPLACEMENT' | 'REMATCH' | 'ESCALATION' }
}

/** Objects worked on at once: their tasks, visits and proposals go to the store in bulk. */
const objectsAtOnce = 500

/**
 * One task per drawn object and unit of its city in the line with an item that applies to it, each in its visit (INS-07, REG-28). Every id derives from the draw and nothing that exists
 * is written again, so a fan-out that was cut off begins anew and ends the same.
 */
export async function dispatchDraw(deps: DispatchDependencies, draw: MatchedDraw): Promise<void> {
  const fanOuts = await fanOutsOf(deps, draw)
  let dispatched = 0
  for await (const assignments of deps.peers.assignments(draw.drawId)) {
    for (const [regionCode, ofCity] of Map.groupBy(assignments, (each) => each.regionCode)) {
      const fanOut = fanOutFor(fanOuts, regionCode)
      for (let start = 0; start < ofCity.length; start += objectsAtOnce) {
        await dispatchSome(deps, fanOut, ofCity.slice(start, start + objectsAtOnce))
      }
    }
    dispatched += assignments.length
  }
  if (dispatched !== draw.drawn) throw incomplete('drawing', 'assignments')
}

export const incomplete = (service: string, field: string) => appError('internal', 'peer-answer-incomplete', { meta: { service, field } })

/** What a draw means in one of its cities: whose law, items and units they are (DRW-26). */
interface FanOut {
  readonly draw: MatchedDraw
  readonly line: PlanLine
  readonly city: City
  readonly batch: PlanLine['batches'][number]
  readonly policy: Policy
  readonly policyDigest: string
  readonly mergeRule: MergeRule
  /** Those that check in the city. */
  readonly units: readonly LineUnit[]
  /** Those met so far; one inspector is in many teams. */
  readonly inspectors: Map<string, InspectorIdentity>
}

/** One per city, the line's own first. */
async function fanOutsOf(deps: DispatchDependencies, draw: MatchedDraw): Promise<readonly FanOut[]> {
  const line = await deps.peers.drawnLine(draw)
  const fanOuts: FanOut[] = []
  // What several cities drew is redrawn city by city.
  const isDrawing = (city: City): boolean => draw.redraw === undefined || line.joint === undefined || city.regionCode === draw.regionCode
  for (const city of citiesOf(line).filter(isDrawing)) fanOuts.push(await fanOutOf(deps, draw, line, city))
  return fanOuts
}

/** That of an object's city; only a draw of one city leaves open which it is. */
function fanOutFor(fanOuts: readonly FanOut[], regionCode: RegionCode | undefined): FanOut {
  if (regionCode === undefined && fanOuts.length > 1) throw incomplete('drawing', 'assignments/regionCode')
  const found = regionCode === undefined ? fanOuts[0] : fanOuts.find(({ city }) => city.regionCode === regionCode)
  if (found === undefined) throw incomplete('planning', 'joint/cities')
  return found
}

async function fanOutOf({ peers, policies }: DispatchDependencies, draw: MatchedDraw, line: PlanLine, city: City): Promise<FanOut> {
  const batch = line.batches.find(({ number }) => number === draw.batch)
  if (batch === undefined) throw incomplete('planning', `batches/${draw.batch}`)
  const { policy, digest } = await peers.policyAt(city.regionCode, batch.window.start)
  await policies.keep(digest, policy)
  const placed = line.units
    .map((unit, index) => ({ ...unit, unitPosition: index + 1 }))
    .filter(({ unitId }) => city.unitIds.includes(unitId))
  const names = await itemNames(peers, { regionCode: city.regionCode, units: placed }, batch.window)
  const units = placed.map(
    ({ unitId, itemCodes, teamSize, delegation, unitPosition }): LineUnit => ({
      unitId,
      ...(delegation === undefined ? {} : { delegation }),
      unitPosition,
      teamSize,
      items: itemCodes.map((itemCode) => ({ itemCode, itemName: nameOf(names, itemCode) })),
    }),
  )
  return { draw, line, city, batch, policy, policyDigest: digest, mergeRule: mergeRuleOf(policy), units, inspectors: new Map() }
}

/** Items in force when the window begins, or that came into force before it ends. */
async function itemNames(
  peers: Peers,
  { regionCode, units }: Pick<PlanLine, 'regionCode' | 'units'>,
  window: { start: Task['window']['start']; end: Task['window']['end'] },
) {
  const names = await peers.itemNames(regionCode, window.start)
  const known = units.every(({ itemCodes }) => itemCodes.every((itemCode) => names.has(itemCode)))
  return known ? names : new Map([...(await peers.itemNames(regionCode, window.end)), ...names])
}

function nameOf(names: ReadonlyMap<ItemCode, string>, itemCode: ItemCode): string {
  const name = names.get(itemCode)
  if (name === undefined) throw appError('failed-precondition', 'item-not-on-list', { meta: { itemCode } })
  return name
}

/** A drawn object with its place in the draw, and who checks what there. */
interface DrawnObject {
  readonly assignment: Assignment
  readonly object: CheckObject
  readonly units: readonly LineUnit[]
}

async function dispatchSome(deps: DispatchDependencies, fanOut: FanOut, assignments: readonly Assignment[]): Promise<void> {
  const drawn = await openSome(deps.peers, fanOut, assignments)
  const visits = drawn.map((each) => visitOf(deps.visitKey, fanOut, each))
  const visitIds = visits.map(({ visitId }) => visitId)
  await deps.visits.plan(visits)
  await propose(deps, fanOut, visits)

  const survivors = await survivorsOf(deps.visits, visitIds)
  const planned = drawn.flatMap((each, index) => {
    const own = visitIds[index]
    return own === undefined ? [] : tasksOf(deps.clock, fanOut, each, survivors.get(own) ?? own)
  })
  const heard = await deps.availabilities.getMany([...membersOf(planned.map(({ task }) => task))])
  const changes = planned.map((change) => ({ ...change, task: withAvailability(change.task, heard)?.task ?? change.task }))
  await deps.tasks.dispatch(changes)
  await catchUp(
    deps,
    changes.map(({ task }) => task),
    heard,
  )

  // A merge accepted meanwhile has either seen these tasks, or is seen here.
  const later = await survivorsOf(deps.visits, visitIds)
  const moved = new Map(visitIds.filter((id) => later.get(id) !== survivors.get(id)).map((id) => [survivors.get(id), later.get(id) ?? id]))
  const stragglers = changes.filter(({ task }) => moved.has(task.visitId)).map(({ task }) => task.taskId)
  await deps.tasks.changeMany(stragglers, (task) => moveToVisit(task, moved.get(task.visitId) ?? task.visitId, deps.clock()))
}

/** The drawn objects in the order of their assignments; inspectors not met before are added. */
async function openSome(
  peers: Peers,
  { draw: { drawId }, line, city, units: ofCity, inspectors }: FanOut,
  assignments: readonly Assignment[],
): Promise<readonly DrawnObject[]> {
  const labels = new Set(assignments.flatMap(({ teams }) => teams.flatMap(({ inspectorLabels }) => inspectorLabels)))
  const part = line.joint === undefined ? { drawId } : { drawId, regionCode: city.regionCode }
  const opened = await peers.openings(part, {
    objects: assignments.map(({ label }) => label),
    inspectors: [...labels].filter((label) => !inspectors.has(label)),
  })
  for (const [label, inspector] of opened.inspectors) inspectors.set(label, inspector)
  return assignments.map((assignment) => {
    const object = opened.objects.get(assignment.label)
    if (object === undefined) throw incomplete('registry', 'objects')
    const units = unitsAt(ofCity, opened.itemCodes.get(assignment.label) ?? new Set())
    // The pool of a line is made of the objects that some item of it applies to (REG-28).
    if (units.length === 0) throw incomplete('registry', 'objects/itemCodes')
    return { assignment, object, units }
  })
}

function visitOf(key: Uint8Array, { draw, city, batch, mergeRule }: FanOut, { object, units }: DrawnObject): Visit {
  const { mergeWindowId, window } = batch
  const { objectId, code, name } = object
  return {
    visitId: visitIdFor(key, mergeRule, { objectId, mergeWindowId, ownerUnitId: city.initiatorUnitId, drawId: draw.drawId }),
    regionCode: city.regionCode,
    ownerUnitId: city.initiatorUnitId,
    unitIds: units.map(({ unitId }) => unitId),
    objectId,
    objectCode: code,
    objectName: name,
    mergeWindowId,
    windows: [window],
  }
}

/** Each of two draws writes its visits before it looks for others, so at least one of them sees both. */
async function propose(
  { visits, proposals }: DispatchDependencies,
  { batch, mergeRule }: FanOut,
  planned: readonly Visit[],
): Promise<void> {
  if (!mergeRule.merge) return
  const near = await visits.near(
    batch.mergeWindowId,
    planned.map(({ objectId }) => objectId),
  )
  const byObject = Map.groupBy(near, ({ objectId }) => objectId)
  const pairs = planned.flatMap(({ visitId, objectId }) => {
    const all = byObject.get(objectId) ?? []
    const own = all.find((visit) => visit.visitId === visitId)
    return own === undefined ? [] : all.map((other) => [own, other] as const)
  })
  await proposals.propose(pairs.flatMap(([own, other]) => proposalFor(mergeRule, own, other) ?? []))
}

function tasksOf(clock: Clock, fanOut: FanOut, { assignment, object, units }: DrawnObject, visitId: VisitId): readonly TaskChange[] {
  const { draw, line, city, batch, policy, policyDigest } = fanOut
  const { year, planType, taskName } = line
  const { regionCode, initiatorUnitId } = city
  const { label, position, checkBatch } = assignment
  const lateEffect = lateEffectOf(policy)
  const initiatorTeam = executingUnitOf(fanOut.units.find(({ unitId }) => unitId === initiatorUnitId) ?? { unitId: initiatorUnitId })
  const leading = leadingFor(teamLeader(policy), {
    leaderLabel: assignment.leaderLabel,
    hasInitiatorTeam: assignment.teams.some(({ unitId }) => unitId === initiatorTeam),
    cityUnitIds: city.unitIds,
    unitIds: units.map(({ unitId }) => unitId),
  })
  return units.map(({ unitId, delegation, unitPosition, teamSize, items }) =>
    dispatchTask(
      {
        taskId: taskIdOf(draw.drawId, label, unitId),
        taskNumber: taskNumberOf({
          regionCode,
          year,
          planType,
          planUnitId: line.unitId,
          subject: draw,
          batch: draw.batch,
          position,
          unitPosition,
          ...(draw.redraw === undefined ? {} : { redraw: draw.redraw.number }),
        }),
        regionCode,
        unitId,
        organiserUnitId: initiatorUnitId,
        ...(delegation === undefined ? {} : { delegation }),
        drawId: draw.drawId,
        label,
        ...subjectOf(draw, line),
        planType,
        batch: draw.batch,
        ...(checkBatch === undefined ? {} : { checkBatch }),
        taskName,
        window: batch.window,
        mergeWindowId: batch.mergeWindowId,
        visitId,
        policyDigest,
        ...(lateEffect === undefined ? {} : { lateEffect }),
        object,
        items,
        team: teamOf(fanOut, assignment, delegation?.toUnitId ?? unitId, teamSize),
        ...(leading === undefined ? {} : { leading }),
      },
      clock(),
      units.length,
    ),
  )
}

function subjectOf({ planId, lineId, clueTask }: MatchedDraw, { trigger }: PlanLine): Pick<DrawnFrom, 'planId' | 'lineId' | 'clueTask'> {
  if (clueTask === undefined) return { planId: planId as PlanId, lineId: lineId as LineId }
  if (trigger === undefined) throw incomplete('planning', 'trigger')
  return { clueTask: { ...clueTask, trigger } }
}

function teamOf({ draw, inspectors }: FanOut, { teams, leaderLabel }: Assignment, unitId: UnitId, teamSize: number): Task['team'] {
  const labels = teams.find((team) => team.unitId === unitId)?.inspectorLabels ?? []
  const members = labels.map((label): TeamMember => {
    const inspector = inspectors.get(label)
    if (inspector === undefined) throw incomplete('registry', 'inspectors')
    return { ...inspector, leader: label === leaderLabel }
  })
  return { drawId: draw.drawId, members, short: members.length < teamSize, experts: [] }
}
