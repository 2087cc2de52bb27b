import type { Principal } from '@dual-random/auth'
import { deriveDrawId } from '@dual-random/draw'
import { type AppError, appError, isRetryable, toAppError } from '@dual-random/errors'
import { chinaDateOf, type DrawId, type LineId, type PlanId } from '@dual-random/kernel'
import { type Draw, drawnStatuses, type FreezeRequest } from '../domain/draw.ts'
import { type DrawLine, drawLineOf, isByGrade } from '../domain/plan-line.ts'
import { freezableAt } from '../domain/schedule.ts'
import { drawTerms, type TermsError } from '../domain/terms.ts'
import { decideDraw } from './decide-draw.ts'
import { storeText } from './draw-files.ts'
import { drawnLabels } from './drawn-labels.ts'
import type { Call } from './ports.ts'
import { type Deps, entered, requireOrganiser, requireSigner } from './require.ts'
import { checkSnapshot } from './snapshot-record.ts'

export interface FreezeCommand {
  readonly planId: PlanId
  readonly lineId: LineId
  readonly batch: number
  readonly attempt: number
}

type FreezeDeps = Deps<'draws' | 'freezeRequests' | 'logs' | 'blobs' | 'registry' | 'planning' | 'keys' | 'hash' | 'clock'>

/** Freezes the roster of a batch of a published line (rules 1–3). The same command gives the draw that is there. */
export async function freezeDraw(
  deps: FreezeDeps,
  command: FreezeCommand,
  principal: Principal,
  call: Call,
): Promise<{ readonly draw: Draw; readonly isNew: boolean }> {
  const line = await requireLine(deps, command, principal, call)
  const { planId, lineId, batch, attempt } = command
  const drawId = drawIdOf(deps, line, command)
  const existing = await deps.draws.load(drawId)
  if (existing !== undefined) return { draw: existing, isNew: false }
  if (attempt > 1) await requireVoid(deps, drawIdOf(deps, line, { planId, lineId, batch, attempt: attempt - 1 }), attempt - 1)
  const from = freezableAt(line.batch.freezeAt)
  if (deps.clock() < from) throw appError('failed-precondition', 'freeze-too-early', { meta: { at: from } })
  const request = await deps.freezeRequests.pin(await requestOf(deps, line, command, drawId))
  try {
    return { draw: await takeSnapshot(deps, request), isNew: true }
  } catch (thrown) {
    // Nothing was frozen: the next request may rest on a line, a policy and draws that are newer.
    if (isRefusal(toAppError(thrown))) await deps.freezeRequests.drop(drawId)
    throw thrown
  }
}

const isRefusal = (error: AppError): boolean => !isRetryable(error) && error.kind !== 'internal' && error.kind !== 'already-exists'

async function requireLine(deps: FreezeDeps, command: FreezeCommand, principal: Principal, call: Call): Promise<DrawLine> {
  const published = await deps.planning.line(command.planId, command.lineId, call)
  requireOrganiser(principal, { regionCode: published.regionCode, unitId: published.initiatorUnitId })
  requireSigner(deps.keys, published.regionCode)
  const line = drawLineOf(published, command.batch)
  if (!line.ok) throw appError('not-found', 'batch-not-in-line', { meta: { lineId: command.lineId, batch: command.batch } })
  return line.value
}

const drawIdOf = ({ hash }: Deps<'hash'>, { regionCode }: DrawLine, { planId, lineId, batch, attempt }: FreezeCommand): DrawId =>
  deriveDrawId(hash, { regionCode, subject: { kind: 'plan-line', planId, lineId }, batch, attempt })

/** Attempts have no gaps (rule 1). A void enters before the round's margin, so before any reveal: no approval is needed. */
async function requireVoid({ draws }: Deps<'draws'>, drawId: DrawId, attempt: number): Promise<void> {
  const before = await draws.load(drawId)
  if (before?.status !== 'VOID') throw appError('failed-precondition', 'attempt-gap', { meta: { attempt } })
}

async function requestOf(deps: FreezeDeps, line: DrawLine, { batch, attempt }: FreezeCommand, drawId: DrawId): Promise<FreezeRequest> {
  const { regionCode, year } = line
  const { policy, digest } = await deps.registry.policy(regionCode, chinaDateOf(line.batch.freezeAt))
  const terms = drawTerms(policy, line)
  if (!terms.ok) throw termsRefusal(terms.error)
  // The head is read before the draws, so that whatever is drawn in between makes the freeze outdated instead of being missed.
  const log = await deps.logs.head(regionCode)
  if (log === undefined) throw new Error(`no log of region ${regionCode}`)
  const pending = await deps.draws.ofYear({ regionCode, year }, ['COMMITTED'])
  const blocking = log.open[0] ?? pending[0]?.drawId
  if (blocking !== undefined) throw appError('failed-precondition', 'earlier-draw-pending', { meta: { drawId: blocking } })
  const earlier = await deps.draws.ofYear({ regionCode, year }, drawnStatuses)
  return {
    drawId,
    regionCode,
    unitId: line.initiatorUnitId,
    batch,
    attempt,
    line,
    terms: terms.value,
    policy: { ...policy.id, digest },
    earlierDrawIds: earlier.map((draw) => draw.drawId).sort(),
    logSeq: log.last.seq,
  }
}

function termsRefusal(error: TermsError): AppError {
  if (error.code === 'policy-unset')
    return appError('failed-precondition', 'policy-unset', { meta: { key: error.key, preset: error.preset } })
  if (error.code === 'unknown-grade') return appError('failed-precondition', 'unknown-grade', { meta: { grade: error.grade } })
  return appError('failed-precondition', 'rounding-not-supported', { meta: { mode: error.mode } })
}

async function takeSnapshot(deps: FreezeDeps, request: FreezeRequest): Promise<Draw> {
  const { drawId, regionCode, line } = request
  const { json, staleSources } = await deps.registry.freeze({
    request,
    asOf: line.batch.freezeAt,
    byGrade: isByGrade(line),
    earlierDraws: await Promise.all(request.earlierDrawIds.map((earlier) => drawnLabels(deps, earlier))),
  })
  const { record, digest } = checkSnapshot(deps, request, json)
  const blob = await storeText(deps.blobs, json)
  const { keyId, signature, snapshot } = record
  entered(await deps.logs.append(regionCode, { kind: 'snapshot', drawId, digest, signature: { keyId, signature } }), 'commit-too-late')
  return decideDraw(deps.draws, drawId, { type: 'freeze', request, snapshot: { digest, blob, strata: snapshot.strata, staleSources } })
}
