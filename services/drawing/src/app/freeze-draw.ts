import type { Principal } from '@dual-random/auth'
import { deriveDrawId, jointStrata } from '@dual-random/draw'
import { type AppError, appError, isRetryable, toAppError } from '@dual-random/errors'
import { chinaDateOf, type DrawId, type LineId, type PlanId, type RegionCode } from '@dual-random/kernel'
import { checkCities, citiesOf, otherRegionsOf, regionsOf } from '../domain/cities.ts'
import type { CityBefore, CityFile, Draw, FreezeRequest, SnapshotRecord } from '../domain/draw.ts'
import { type DrawableLine, type DrawLine, drawLineOf, isByGrade, type LineBatch, subjectIdOf } from '../domain/plan-line.ts'
import { freezableAt } from '../domain/schedule.ts'
import { drawTerms, hasRepeatBar, type TermsError } from '../domain/terms.ts'
import { decideDraw } from './decide-draw.ts'
import { storeText } from './draw-files.ts'
import { drawnEarlier } from './drawn-labels.ts'
import { drawsBefore } from './draws-before.ts'
import type { Call, Planning, SignedFreeze } from './ports.ts'
import { type Deps, entered, requireOrganiser, requireSigner } from './require.ts'
import { requireBatchOrder } from './require-batch-order.ts'
import { requireCarried } from './require-carried.ts'
import { requireOver } from './require-over.ts'
import { checkSnapshot } from './snapshot-record.ts'

/** A batch of a line of a plan; or a task on clues, which is drawn in one. */
export type FreezeCommand = FreezeSubject & { readonly batch: number; readonly attempt: number }

export type FreezeSubject =
  | { readonly planId: PlanId; readonly lineId: LineId; readonly clueTaskId?: never }
  | { readonly clueTaskId: string; readonly planId?: never; readonly lineId?: never }

type FreezeDeps = Deps<
  | 'draws'
  | 'freezeRequests'
  | 'logs'
  | 'blobs'
  | 'records'
  | 'registry'
  | 'planning'
  | 'beacons'
  | 'numbers'
  | 'keys'
  | 'witnesses'
  | 'checkpoints'
  | 'hash'
  | 'clock'
>

/** Freezes the roster of a batch of a published line, or of an accepted task on clues (rules 1–3, DRW-25). The same command gives the draw that is there. */
export async function freezeDraw(
  deps: FreezeDeps,
  command: FreezeCommand,
  principal: Principal,
  call: Call,
): Promise<{ readonly draw: Draw; readonly isNew: boolean }> {
  const { line, before } = await requireLine(deps, command, principal, call)
  const { attempt } = command
  const drawId = drawIdOf(deps, line, command)
  const existing = await deps.draws.load(drawId)
  if (existing !== undefined) return { draw: existing, isNew: false }
  await requireOver(deps, line.regionCode, (of) => drawIdOf(deps, line, { ...command, attempt: of }), attempt)
  const from = freezableAt(line.batch.freezeAt)
  if (deps.clock() < from) throw appError('failed-precondition', 'freeze-too-early', { meta: { at: from } })
  await requireCarried(deps, { drawId, regionCode: line.regionCode }, { regions: regionsOf(line), unitIds: [line.initiatorUnitId] })
  const request = await requestOf(deps, line, before, command, drawId)
  return { draw: await pinned(deps, request, (fixed) => takeSnapshot(deps, fixed)), isNew: true }
}

/** Carries out the request that was pinned first; one that registry refuses is let go. */
export async function pinned(
  { freezeRequests }: Deps<'freezeRequests'>,
  proposed: FreezeRequest,
  freeze: (request: FreezeRequest) => Promise<Draw>,
): Promise<Draw> {
  const request = await freezeRequests.pin(proposed)
  try {
    return await freeze(request)
  } catch (thrown) {
    // Nothing was frozen: the next request may rest on a line, a policy and draws that are newer.
    if (isRefusal(toAppError(thrown))) await freezeRequests.drop(request.drawId)
    throw thrown
  }
}

const isRefusal = (error: AppError): boolean => !isRetryable(error) && error.kind !== 'internal' && error.kind !== 'already-exists'

/** What is drawn, and the batch of the line before it. */
interface Asked {
  readonly line: DrawLine
  readonly before: LineBatch | undefined
}

async function requireLine(deps: FreezeDeps, command: FreezeCommand, principal: Principal, call: Call): Promise<Asked> {
  const published = await publishedSubject(deps.planning, command, call)
  requireOrganiser(principal, { regionCode: published.regionCode, unitId: published.initiatorUnitId })
  requireSigner(deps.keys, published.regionCode)
  requireCities(published)
  for (const regionCode of otherRegionsOf(published)) requireSigner(deps.keys, regionCode)
  const line = drawLineOf(published, command.batch)
  if (!line.ok) throw appError('not-found', 'batch-not-in-line', { meta: { lineId: subjectIdOf(published), batch: command.batch } })
  return { line: line.value, before: published.batches.find(({ number }) => number === command.batch - 1) }
}

/** What planning has published of a subject, asked with the caller's rights. */
export const publishedSubject = (planning: Planning, subject: FreezeSubject, call: Call): Promise<DrawableLine> =>
  subject.clueTaskId === undefined ? planning.line(subject.planId, subject.lineId, call) : planning.clueTask(subject.clueTaskId, call)

function drawIdOf({ hash }: Deps<'hash'>, line: DrawLine, { batch, attempt }: FreezeCommand): DrawId {
  const { regionCode, clueTask, planId, lineId } = line
  if (clueTask !== undefined) {
    return deriveDrawId(hash, { regionCode, subject: { kind: 'clue-task', taskId: clueTask.taskId }, batch, attempt })
  }
  return deriveDrawId(hash, { regionCode, subject: { kind: 'plan-line', planId, lineId }, batch, attempt })
}

async function requestOf(
  deps: FreezeDeps,
  line: DrawLine,
  before: LineBatch | undefined,
  { batch, attempt }: FreezeCommand,
  drawId: DrawId,
): Promise<FreezeRequest> {
  const { regionCode, year } = line
  const { policy, digest } = await deps.registry.policy(regionCode, chinaDateOf(line.batch.freezeAt))
  const terms = drawTerms(policy, line)
  if (!terms.ok) throw termsRefusal(terms.error)
  await requireBatchOrder(deps, line, before, policy)
  return {
    drawId,
    regionCode,
    unitId: line.initiatorUnitId,
    batch,
    attempt,
    line,
    terms: terms.value,
    policy: { ...policy.id, digest },
    ...(await drawsBefore(deps, regionCode, year, policy)),
    ...(line.joint === undefined ? {} : { others: await othersBefore(deps, line) }),
  }
}

/** The draws before it in the other cities: a freeze rests on those of its own city, as its own policy counts them. */
const othersBefore = (deps: Deps<'logs' | 'draws' | 'keys' | 'registry'>, line: DrawLine): Promise<readonly CityBefore[]> =>
  Promise.all(
    otherRegionsOf(line).map(async (regionCode) => {
      const { policy } = await deps.registry.policy(regionCode, chinaDateOf(line.batch.freezeAt))
      return { regionCode, repeatBar: hasRepeatBar(policy, line), ...(await drawsBefore(deps, regionCode, line.year, policy)) }
    }),
  )

function requireCities(line: DrawableLine): void {
  const checked = checkCities(line)
  if (checked.ok) return
  const { code, ...meta } = checked.error
  throw appError('failed-precondition', code, { meta: { lineId: subjectIdOf(line), ...meta } })
}

function termsRefusal(error: TermsError): AppError {
  if (error.code === 'policy-unset')
    return appError('failed-precondition', 'policy-unset', { meta: { key: error.key, preset: error.preset } })
  if (error.code === 'team-leader-not-supported') return appError('failed-precondition', error.code, { meta: { from: error.from } })
  return appError('failed-precondition', 'unknown-grade', { meta: { grade: error.grade } })
}

async function takeSnapshot(deps: FreezeDeps, request: FreezeRequest): Promise<Draw> {
  const { line } = request
  const freezes: Freeze[] = []
  // One after the other, so that a registry that refuses one city's leaves those before as they are: the same freeze is asked for again.
  for (const city of citiesOf(line)) {
    const before = request.others?.find(({ regionCode }) => regionCode === city.regionCode) ?? request
    const earlierDraws = await drawnEarlier(deps, city.regionCode, before)
    const signed = await deps.registry.freeze({ request, city, asOf: line.batch.freezeAt, byGrade: isByGrade(line), earlierDraws })
    freezes.push({ ...signed, regionCode: city.regionCode })
  }
  return enterSnapshots(deps, request, freezes)
}

/** What a city's registry signed. */
export interface Freeze extends SignedFreeze {
  readonly regionCode: RegionCode
}

/** Checks and stores what the registries signed, and enters each in its city's log: the draw is frozen then. */
export async function enterSnapshots(
  deps: Deps<'draws' | 'logs' | 'blobs' | 'keys' | 'hash'>,
  request: FreezeRequest,
  freezes: readonly Freeze[],
): Promise<Draw> {
  const { drawId, line } = request
  // All are checked before any is entered.
  const checked = freezes.map((freeze) => ({ ...freeze, ...checkSnapshot(deps, request, freeze.regionCode, freeze.json) }))
  const files: CityFile[] = []
  for (const { regionCode, json, digest, record } of checked) {
    const { keyId, signature } = record
    files.push({ regionCode, digest, blob: await storeText(deps.blobs, json) })
    entered(await deps.logs.append(regionCode, { kind: 'snapshot', drawId, digest, signature: { keyId, signature } }), 'commit-too-late')
  }
  const [own, ...others] = files
  if (own === undefined) throw new Error(`draw ${drawId} has no freeze`)
  const snapshot: SnapshotRecord = {
    digest: own.digest,
    blob: own.blob,
    strata: jointStrata(
      checked.map(({ record }) => record),
      line.joint,
    ),
    staleSources: checked.flatMap(({ staleSources }) => staleSources),
    ...(others.length === 0 ? {} : { others }),
  }
  return decideDraw(deps, drawId, { type: 'freeze', request, snapshot })
}
