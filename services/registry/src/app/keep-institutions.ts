import { appError } from '@dual-random/errors'
import { assertNever, type Clock, canonicalJson } from '@dual-random/kernel'
import {
  type Engagement,
  engagementRefusal,
  type Institution,
  type InstitutionRefusal,
  type OversightEntry,
  openEngagements,
  permissionRefusal,
  withEnd,
  withEntry,
} from '../domain/institution.ts'
import type { Institutions } from './people-ports.ts'
import type { Caller, Stored } from './ports.ts'
import { requireVersion } from './precondition.ts'

interface InstitutionDeps {
  readonly institutions: Institutions
  readonly clock: Clock
}

/** What a clerk enters of an institution; the logs are kept beside it. */
export type InstitutionEntry = Pick<Institution, 'kind' | 'name' | 'fields' | 'permittedWork' | 'isActive' | 'accounts'>

/** Enters an institution in the register of the caller's unit, or enters it anew (REG-37, REG-38). `expected` is the version the caller read. */
export async function enterInstitution(
  { institutions }: InstitutionDeps,
  { unitId, regionCode }: Caller,
  id: string,
  entry: InstitutionEntry,
  expected?: number,
): Promise<Stored<Institution>> {
  const refusal = permissionRefusal(entry.kind, entry.permittedWork)
  if (refusal !== undefined) throw errorOf(refusal)
  const saved = await institutions.update(id, (current) => {
    requireVersion(current?.version ?? 0, expected)
    const { oversight = [], engagements = [] } = current?.state ?? {}
    const state: Institution = { id, unitId, regionCode, ...entry, oversight, engagements }
    const same = current !== undefined && canonicalJson({ ...current.state }) === canonicalJson({ ...state })
    return same ? undefined : { state, events: [] }
  })
  if (saved === undefined) throw unknownInstitution(id)
  return saved
}

/** Adds to the log of guidance and supervision (REG-38). */
export const logOversight = (
  deps: InstitutionDeps,
  caller: Caller,
  id: string,
  entry: Omit<OversightEntry, 'by' | 'at'>,
): Promise<Stored<Institution>> =>
  change(deps, caller, id, (state) => ({
    ...state,
    oversight: withEntry(state.oversight, { ...entry, by: caller.subject, at: deps.clock() }),
  }))

/** Calls an institution in for one task, within its fields and permitted work. */
export const engageInstitution = (
  deps: InstitutionDeps,
  caller: Caller,
  id: string,
  engagement: Omit<Engagement, 'by' | 'at'>,
): Promise<Stored<Institution>> =>
  change(deps, caller, id, (state) => {
    const refusal = engagementRefusal(state, engagement)
    if (refusal !== undefined) throw errorOf(refusal)
    return { ...state, engagements: withEntry(state.engagements, { ...engagement, by: caller.subject, at: deps.clock() }) }
  })

/** Ends an engagement, and with it what the institution may see of the task (SEC-09). */
export const endEngagement = (deps: InstitutionDeps, caller: Caller, id: string, engagementId: string): Promise<Stored<Institution>> =>
  change(deps, caller, id, (state) => {
    const engagements = withEnd(state.engagements, engagementId, { by: caller.subject, at: deps.clock() })
    if (engagements === undefined) throw appError('not-found', 'not-found', { meta: { what: '委托', id: engagementId } })
    return { ...state, engagements }
  })

/** A task that the caller helps with from outside, and nothing of who else helps with it. */
export interface OwnEngagement extends Pick<Engagement, 'taskId' | 'field' | 'work'> {
  readonly engagementId: string
  readonly institutionId: string
  readonly unitId: Institution['unitId']
  readonly since: Engagement['at']
}

/** What the institutions that the caller acts for are engaged with by the caller's unit (SEC-09). */
export async function ownEngagements({ institutions }: InstitutionDeps, { subject, unitId }: Caller): Promise<readonly OwnEngagement[]> {
  const own = await institutions.ofAccount(subject)
  return own
    .filter((institution) => institution.unitId === unitId)
    .flatMap((institution) =>
      openEngagements(institution, subject).map(({ id, taskId, field, work, at }) => ({
        engagementId: id,
        institutionId: institution.id,
        unitId,
        taskId,
        field,
        work,
        since: at,
      })),
    )
}

async function change(
  { institutions }: InstitutionDeps,
  { unitId }: Caller,
  id: string,
  evolve: (state: Institution) => Institution,
): Promise<Stored<Institution>> {
  const saved = await institutions.update(id, (current) => {
    if (current === undefined) throw unknownInstitution(id)
    if (current.state.unitId !== unitId) throw appError('forbidden', 'owned-by-other-unit', { meta: { unitId: current.state.unitId } })
    return { state: evolve(current.state), events: [] }
  })
  if (saved === undefined) throw unknownInstitution(id)
  return saved
}

function errorOf(refusal: InstitutionRefusal) {
  switch (refusal.code) {
    case 'work-not-of-kind':
      return appError('invalid', refusal.code, { meta: { work: refusal.work, kind: refusal.kind } })
    case 'institution-inactive':
      return appError('failed-precondition', refusal.code)
    case 'field-not-agreed':
      return appError('failed-precondition', refusal.code, { meta: { field: refusal.field } })
    case 'work-not-permitted':
      return appError('failed-precondition', refusal.code, { meta: { work: refusal.work } })
    default:
      return assertNever(refusal)
  }
}

export const unknownInstitution = (id: string) => appError('not-found', 'not-found', { meta: { what: '机构或专家', id } })
