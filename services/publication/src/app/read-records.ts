import { type Principal, requireRegion, requireUnit } from '@dual-random/auth'
import type { RegionCode, UnitId } from '@dual-random/kernel'
import { isPublic } from '../domain/public-result.ts'
import type { Publication, Published } from '../domain/publication.ts'
import { publicationUnknown } from './failures.ts'
import type { Page, Publications, PublicQuery, RecordQuery, Scope } from './ports.ts'

/** Overseers see their region and below, everyone else the own unit (SEC-02). */
export const scopeOf = ({ roles, regionCode, unitId }: Principal): Scope =>
  roles.some((role) => role === 'AUDITOR' || role === 'EVALUATOR') ? { regionCode } : { unitId }

export async function listRecords(
  publications: Publications,
  principal: Principal,
  query: Omit<RecordQuery, 'scope'>,
  page: Page,
): Promise<readonly Publication[]> {
  const scope = scopeOf(principal)
  if ('unitId' in scope && query.unitId !== undefined) requireUnit(principal, query.unitId as UnitId)
  return publications.list({ ...query, scope }, page)
}

export async function readRecord(publications: Publications, principal: Principal, publicationId: string): Promise<Publication> {
  const publication = await publications.load(publicationId)
  if (publication === undefined) throw publicationUnknown(publicationId)
  const scope = scopeOf(principal)
  if ('unitId' in scope) requireUnit(principal, publication.unitId)
  else requireRegion(principal, publication.regionCode)
  return publication
}

/** Six characters of a code are a division; anything else that looks like a code is the beginning of one. */
const codePattern = /^[0-9A-Z]{2,18}$/

/** The public search: by the beginning of an object's name or code. */
export const searchResults = (
  publications: Publications,
  { q, regionCode }: { readonly q?: string | undefined; readonly regionCode?: RegionCode | undefined },
  page: Page,
): Promise<readonly Published[]> => {
  const text = q?.trim() ?? ''
  const field = codePattern.test(text.toUpperCase()) ? 'objectCode' : 'objectName'
  const begins: PublicQuery['begins'] = text === '' ? undefined : { field, text: field === 'objectCode' ? text.toUpperCase() : text }
  return publications.search({ regionCode, begins }, page)
}

/** A published result; what is not public does not exist for the public. */
export async function readPublicResult(publications: Publications, publicationId: string): Promise<Published> {
  const publication = await publications.load(publicationId)
  if (!isPublic(publication)) throw publicationUnknown(publicationId)
  return publication
}
