import { type Principal, requireRegion, requireUnit } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import type { RegionCode } from '@dual-random/kernel'
import type { DrawnList } from '../domain/drawn-list.ts'
import type { DrawnSubject } from '../domain/drawn-subject.ts'
import type { DrawnLists, DrawnSubjects, Page, SubjectQuery } from './ports.ts'
import { scopeOf } from './read-records.ts'

export interface DrawnListReaders {
  readonly lists: DrawnLists
  readonly subjects: DrawnSubjects
}

/** How far a list is. */
export interface ListCounts {
  readonly published: number
  /** May be public, and is not yet. */
  readonly pending: number
  readonly withheld: number
  readonly replaced: number
  /** Published late, or late and not published yet. */
  readonly overdue: number
}

/**
 * The list of a draw, of one of several cities that of the region, the organiser's without one. Throws `drawn-list-unknown` where there is
 * none: policy of the region has none published, or the draw was never matched.
 */
export async function readDrawnList({ lists }: DrawnListReaders, drawId: string, regionCode?: RegionCode): Promise<DrawnList> {
  const list = await lists.load(drawId, regionCode)
  if (list === undefined) throw appError('not-found', 'drawn-list-unknown', { meta: { drawId } })
  return list
}

/** A list as its organiser or an overseer sees it, with its counts. */
export async function overseeDrawnList(
  readers: DrawnListReaders,
  principal: Principal,
  drawId: string,
  regionCode?: RegionCode,
): Promise<{ readonly list: DrawnList; readonly counts: ListCounts }> {
  const list = await readDrawnList(readers, drawId, regionCode)
  if ('unitId' in scopeOf(principal)) requireUnit(principal, list.unitId)
  else requireRegion(principal, list.regionCode)
  const count = (query: SubjectQuery): Promise<number> => readers.subjects.count({ drawId, regionCode: list.regionCode, ...query })
  const [published, pending, withheld, replaced, overdue] = await Promise.all([
    count({ isPublic: true }),
    count({ isPublic: false, status: 'pending' }),
    count({ status: 'withheld' }),
    count({ status: 'replaced' }),
    count({ overdue: true }),
  ])
  return { list, counts: { published, pending, withheld, replaced, overdue } }
}

/** Subjects of the lists of the own unit, or of the region and below for overseers. */
export const listDrawnSubjects = (
  { subjects }: DrawnListReaders,
  principal: Principal,
  query: Omit<SubjectQuery, 'scope'>,
  page: Page,
): Promise<readonly DrawnSubject[]> => subjects.list({ ...query, scope: scopeOf(principal) }, page)
