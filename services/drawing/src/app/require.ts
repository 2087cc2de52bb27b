import { type Principal, requireRegion, requireUnit } from '@dual-random/auth'
import type { Signer } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import { assertNever, type RegionCode, type Result, type UnitId } from '@dual-random/kernel'
import type { DrawError } from '../domain/commands.ts'
import type { Draw } from '../domain/draw.ts'
import type { LogRefusal } from '../domain/region-log.ts'
import type { AppDeps, Draws, RegionKeys } from './ports.ts'

export async function requireDraw(draws: Draws, drawId: string): Promise<Draw> {
  const draw = await draws.load(drawId)
  if (draw === undefined) throw appError('not-found', 'not-found', { meta: { what: '抽取 (draw)', id: drawId } })
  return draw
}

/** The organiser is the line's initiating unit (DRW-28); its rights end at its region. */
export function requireOrganiser(
  principal: Principal,
  { regionCode, unitId }: { readonly regionCode: RegionCode; readonly unitId: UnitId },
): void {
  requireRegion(principal, regionCode)
  requireUnit(principal, unitId)
}

/** Where the organiser is: what follows a draw of several cities is a draw of one of them, and organised from the first. */
export const organiserRegionOf = ({ regionCode, redraw }: Pick<Draw, 'regionCode' | 'redraw'>): RegionCode =>
  redraw?.organiserRegionCode ?? regionCode

export async function organisedDraw(draws: Draws, drawId: string, principal: Principal): Promise<Draw> {
  const draw = await requireDraw(draws, drawId)
  requireOrganiser(principal, { ...draw, regionCode: organiserRegionOf(draw) })
  return draw
}

export function requireSigner(keys: RegionKeys, regionCode: RegionCode): Signer {
  const signer = keys.signer(regionCode)
  if (signer === undefined) throw appError('not-found', 'region-not-served', { meta: { regionCode } })
  return signer
}

/** The value of a domain decision, or its refusal as callers see it. */
export function settled<T>(result: Result<T, DrawError>): T {
  if (result.ok) return result.value
  const { error } = result
  switch (error.code) {
    case 'draw-void':
    case 'draw-failed':
    case 'audit-by-organiser':
      throw appError('failed-precondition', error.code)
    case 'draw-not-committed':
    case 'draw-not-matched':
    case 'draw-already-drawn':
      throw appError('failed-precondition', error.code, { meta: { status: error.status } })
    case 'failed-too-late':
      throw appError('failed-precondition', error.code, { meta: { reason: error.reason } })
    case 'redraw-of-redraw':
      throw appError('failed-precondition', 'redraw-of-a-redraw')
    case 'redraw-unknown':
      throw appError('not-found', 'not-found', { meta: { what: '重新抽取 (redraw)', id: String(error.order) } })
    case 'redraw-waiting':
      throw appError('failed-precondition', error.code, { meta: { order: error.order } })
    case 'redraw-decided':
      throw appError('failed-precondition', 'redraw-decided', { meta: { order: error.order, status: error.status } })
    case 'close-not-due':
      throw appError('failed-precondition', 'close-not-due', { meta: { at: error.at } })
    default:
      return assertNever(error)
  }
}

/** An entry of the log, or why the log did not take it. */
export function entered<T>(result: Result<T, LogRefusal>, tooLate: 'commit-too-late' | 'void-too-late'): T {
  if (result.ok) return result.value
  const { error } = result
  if (error.code === 'entry-too-late') throw appError('failed-precondition', tooLate, { meta: { at: error.at } })
  throw appError('failed-precondition', error.code)
}

export type Deps<Names extends keyof AppDeps> = Pick<AppDeps, Names>
