import { appError } from '@dual-random/errors'
import type { Result } from '@dual-random/kernel'
import { keyLabel, type PolicyUnset, type WorkingDayCounter } from '@dual-random/policy'
import { block, ready, schedule } from '../domain/decide.ts'
import type { Content, Publication, TaskEnd, Terms } from '../domain/publication.ts'
import { policyDateOf, type TermsError, termsOf } from '../domain/terms.ts'
import type { FindPolicy, OrganiserOf, PolicyInForce, Publications } from './ports.ts'

/** Long enough that the records of a sweep, which all miss the same key, ask once. */
const freshMs = 2000

export interface ScheduleDependencies {
  readonly publications: Publications
  readonly findPolicy: FindPolicy
  readonly organiserOf: OrganiserOf
  readonly workingDays: WorkingDayCounter
}

/**
 * Schedules a record that has content and task end. Throws `policy-unset` naming the key, which the record keeps as well (POL-04):
 * the event stays parked, and the sweep of unscheduled records goes on with it once the key is set.
 */
export async function scheduleRecord(dependencies: ScheduleDependencies, publication: Publication | undefined): Promise<void> {
  const parts = ready(publication)
  if (publication === undefined || parts === undefined) return
  const terms = await termsFor(dependencies, publication, parts)
  if (terms.ok) {
    await dependencies.publications.apply(publication.publicationId, (current) => schedule(current, terms.value))
    return
  }
  if (terms.error.code === 'organiser-unknown')
    throw appError('failed-precondition', 'organiser-unknown', { meta: { drawId: parts.content.drawId ?? '' } })
  throw await blocked(dependencies.publications, publication, terms.error)
}

async function blocked(publications: Publications, { publicationId }: Publication, { key, preset, message }: PolicyUnset) {
  await publications.apply(publicationId, (current) => block(current, { key: keyLabel(key), preset, message }))
  return appError('failed-precondition', 'policy-unset', { meta: { preset, key: keyLabel(key) } })
}

async function termsFor(
  { findPolicy, organiserOf, workingDays }: ScheduleDependencies,
  { regionCode, unitId }: Publication,
  { content, end }: { readonly content: Content; readonly end: TaskEnd },
): Promise<Result<Terms, TermsError>> {
  // A check without a draw was organised by whoever made it.
  const organiserUnitId = content.drawId === undefined ? unitId : await organiserOf(content.drawId, regionCode)
  const under = ({ policy, digest }: PolicyInForce) =>
    termsOf({ policy, policyDigest: digest, content, end, unitId, organiserUnitId, counter: workingDays })
  const at = policyDateOf(end)
  const terms = under(await findPolicy(regionCode, at))
  if (terms.ok || terms.error.code !== 'policy-unset') return terms
  // The key may have been set since the copy was made.
  return under(await findPolicy(regionCode, at, { maxAgeMs: freshMs }))
}
