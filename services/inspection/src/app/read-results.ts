import { appError } from '@dual-random/errors'
import type { UnitId } from '@dual-random/kernel'
import type { FollowUp } from '../domain/follow-up.ts'
import { followUpIdOf } from '../domain/ids.ts'
import type { CheckResult } from '../domain/result.ts'
import { type Timeline, timelineOf } from '../domain/timeline.ts'
import { isVisible, resultGrounds, type Scope, type Viewer } from '../domain/visibility.ts'
import { followUpUnknown } from './close-follow-up.ts'
import type { FollowUpQuery, FollowUps, Page, ResultQuery, Results } from './ports.ts'

export interface ResultReading {
  readonly results: Results
  readonly followUps: FollowUps
}

type Owned = { readonly unitId: UnitId } & Omit<Scope, 'unitIds'>

const scopeOf = ({ unitId, ...rest }: Owned): Scope => ({ ...rest, unitIds: [unitId] })

export const listResults = ({ results }: ResultReading, viewer: Viewer, query: Omit<ResultQuery, 'grounds'>, page: Page) =>
  results.list({ ...query, grounds: resultGrounds(viewer) }, page)

export const listFollowUps = ({ followUps }: ResultReading, viewer: Viewer, query: Omit<FollowUpQuery, 'grounds'>, page: Page) =>
  followUps.list({ ...query, grounds: resultGrounds(viewer) }, page)

export async function readResult(
  { results, followUps }: ResultReading,
  viewer: Viewer,
  resultId: string,
): Promise<{ readonly result: CheckResult; readonly timeline: Timeline }> {
  const result = await results.get(resultId)
  if (result === undefined) throw appError('not-found', 'not-found', { meta: { what: 'result', id: resultId } })
  if (!isVisible(resultGrounds(viewer), scopeOf(result))) throw hidden(result)
  const followUp = result.opens === undefined ? undefined : await followUps.get(followUpIdOf(result.resultId))
  return { result, timeline: timelineOf(result, followUp) }
}

export async function readFollowUp(
  { results, followUps }: ResultReading,
  viewer: Viewer,
  followUpId: string,
): Promise<{ readonly followUp: FollowUp; readonly timeline: Timeline }> {
  const followUp = await followUps.get(followUpId)
  if (followUp === undefined) throw followUpUnknown(followUpId)
  if (!isVisible(resultGrounds(viewer), scopeOf(followUp))) throw hidden(followUp)
  const result = await results.get(followUp.resultId)
  if (result === undefined) throw new Error(`${followUpId} has no result`)
  return { followUp, timeline: timelineOf(result, followUp) }
}

const hidden = ({ unitId }: { readonly unitId: UnitId }) => appError('forbidden', 'unit-not-allowed', { meta: { unitId } })
