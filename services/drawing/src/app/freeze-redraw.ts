import type { Principal } from '@dual-random/auth'
import { deriveDrawId, drawnIn, redrawOrderDigest } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import { addMs, chinaDateOf, type DrawId, type Instant, type RegionCode } from '@dual-random/kernel'
import { lineOfCity } from '../domain/cities.ts'
import type { Draw, FreezeRequest } from '../domain/draw.ts'
import {
  type ApprovedOrder,
  cityOf,
  type FamilyMember,
  labelsOf,
  orderRecordOf,
  originOf,
  type RedrawOf,
  reasonsOf,
  remainingTeams,
} from '../domain/redraw.ts'
import { settleMs } from '../domain/schedule.ts'
import { requireApproved } from './approved-order.ts'
import { drawnEarlier } from './drawn-labels.ts'
import { drawsBefore, drawsOfRegion } from './draws-before.ts'
import { enterSnapshots, pinned } from './freeze-draw.ts'
import { insidersOf } from './insiders.ts'
import { redrawFamily } from './redraw-family.ts'
import { type Deps, organisedDraw, requireSigner } from './require.ts'
import { requireCarried } from './require-carried.ts'
import { requireApproval, requireOver } from './require-over.ts'

type FreezeDeps = Deps<
  | 'draws'
  | 'freezeRequests'
  | 'logs'
  | 'blobs'
  | 'records'
  | 'registry'
  | 'beacons'
  | 'numbers'
  | 'keys'
  | 'witnesses'
  | 'checkpoints'
  | 'hash'
  | 'clock'
>

/** Freezes an approved redraw under its parent's labels (docs/draw-protocol.md §18), of several cities under those of its own (§23). From here on it goes the way of any draw. */
export async function freezeRedraw(
  deps: FreezeDeps,
  parentDrawId: string,
  { order, attempt }: { readonly order: number; readonly attempt: number },
  principal: Principal,
): Promise<{ readonly draw: Draw; readonly isNew: boolean }> {
  const parent = await organisedDraw(deps.draws, parentDrawId, principal)
  const { matched, approved } = requireApproved(parent, order)
  const regionCode = cityOf(matched, approved)
  requireSigner(deps.keys, regionCode)
  const drawIdOf = (of: number): DrawId => {
    const subject = { kind: 'redraw', parentDrawId: matched.drawId } as const
    return deriveDrawId(deps.hash, { regionCode, subject, batch: approved.number, attempt: of })
  }
  const existing = await deps.draws.load(drawIdOf(attempt))
  if (existing !== undefined) return { draw: existing, isNew: false }
  const ordered = redrawOrderDigest(deps.hash, orderRecordOf(matched, approved))
  await requireOver(deps, regionCode, drawIdOf, attempt, ordered)
  // Whoever checks the redraw trusts the superior's own entry, not what S says of one.
  if (deps.witnesses.pinned(regionCode) !== undefined) await requireApproval(deps, regionCode, drawIdOf(attempt), ordered)
  const asOf = addMs(deps.clock(), -settleMs)
  if (asOf < approved.approvedAt)
    throw appError('failed-precondition', 'freeze-too-early', { meta: { at: addMs(approved.approvedAt, settleMs) } })
  const { terms, policy, unitId } = matched
  const family = await redrawFamily(deps, matched, regionCode)
  const line = lineOfCity(matched.line, regionCode)
  if (line === undefined) throw new Error(`${regionCode} has no part in draw ${matched.drawId}`)
  const request: FreezeRequest = {
    drawId: drawIdOf(attempt),
    regionCode,
    unitId,
    batch: approved.number,
    attempt,
    line: { ...line, batch: { ...line.batch, freezeAt: asOf, commitAt: addMs(asOf, settleMs) } },
    terms,
    policy,
    ...(await before(deps, approved, { regionCode, year: line.year, asOf })),
    redraw: {
      ...redrawOf(matched.drawId, approved, family),
      ...(matched.line.joint === undefined ? {} : { organiserRegionCode: matched.regionCode }),
    },
  }
  await requireCarried(deps, request, await insidersOf(deps, request))
  return { draw: await pinned(deps, request, (fixed) => takeSnapshot(deps, fixed, family)), isNew: true }
}

async function before(
  deps: FreezeDeps,
  { purpose }: ApprovedOrder,
  { regionCode, year, asOf }: { readonly regionCode: RegionCode; readonly year: number; readonly asOf: Instant },
): Promise<Pick<FreezeRequest, 'earlierDrawIds' | 'logSeq' | 'beside'>> {
  if (purpose === 'rematch') return drawsOfRegion(deps, regionCode, year)
  const { policy } = await deps.registry.policy(regionCode, chinaDateOf(asOf))
  return drawsBefore(deps, regionCode, year, policy)
}

function redrawOf(
  parentDrawId: DrawId,
  { purpose, grounds, counts, approvedAt, unitId }: ApprovedOrder,
  family: readonly FamilyMember[],
): RedrawOf {
  const places = labelsOf(grounds).map((label) => {
    const origin = originOf(family, label)
    const stratum = origin?.stratumOf.get(label)
    if (origin === undefined || stratum === undefined) throw new Error(`label ${label} was approved and never drawn`)
    return { label, stratum, drawId: origin.drawId }
  })
  return {
    parentDrawId,
    purpose,
    counts,
    approval: { approvedAt, unitId, reasons: reasonsOf(grounds) },
    after: family.map(({ drawId, transcript }) => ({ drawId, transcript })).sort((a, b) => (a.drawId < b.drawId ? -1 : 1)),
    places,
    teams: purpose === 'rematch' ? remainingTeams(family, grounds) : [],
  }
}

async function takeSnapshot(deps: FreezeDeps, request: FreezeRequest, family: readonly FamilyMember[]): Promise<Draw> {
  const { redraw } = request
  if (redraw === undefined) throw new Error(`draw ${request.drawId} is no redraw`)
  const { json, staleSources } = await deps.registry.freezeRedraw({
    request: { ...request, redraw },
    drawnLabels: [...drawnIn(family)],
    earlierDraws: await drawnEarlier(deps, request.regionCode, request),
  })
  return enterSnapshots(deps, request, [{ regionCode: request.regionCode, json, staleSources }])
}
