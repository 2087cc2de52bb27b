import { appError } from '@dual-random/errors'
import { assertNever, type Clock, chinaDateOf, type LocalDate, tlv, toHex } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { isLowRisk, type Policy } from '@dual-random/policy'
import { type CheckObject, currentContent } from '../domain/check-object.ts'
import { generalResultAt } from '../domain/credit-result.ts'
import {
  type ExitRefusal,
  enterRegime,
  exitRegime,
  lastDayOf,
  lastDayOfYears,
  type Membership,
  type MembershipRefusal,
  type NewMembership,
  type RegimeRecord,
} from '../domain/regime.ts'
import { checkSandbox, type EligibilityRefusal, enterpriseRefusal } from '../domain/regime-eligibility.ts'
import { creditId } from './import-credit-results.ts'
import { type PolicyBook, requireRule } from './policy-book.ts'
import type { Caller, CreditRecords, ObjectPool, Stored } from './ports.ts'
import type { Regimes } from './regime-ports.ts'
import { unknownObject } from './set-object-status.ts'

export interface RegimeDeps {
  readonly objects: ObjectPool
  readonly credits: CreditRecords
  readonly regimes: Regimes
  readonly book: PolicyBook
  readonly clock: Clock
}

interface RegimeHeader {
  /** Today where nobody says otherwise. */
  readonly on: LocalDate | undefined
  readonly reason: string
}

export type RegimeRequest = RegimeHeader &
  (
    | { readonly kind: 'SANDBOX'; readonly innovations: readonly string[]; readonly fields: readonly string[] }
    | { readonly kind: 'WHITE_LIST' }
  )

export interface KeptRegime {
  readonly record: RegimeRecord
  readonly membership: Membership
  readonly isNew: boolean
}

/** Takes an enterprise of the caller's pool into the sandbox or onto the white list (TGT-16, TGT-17, TGT-20). */
export async function takeIntoRegime(deps: RegimeDeps, caller: Caller, objectId: string, request: RegimeRequest): Promise<KeptRegime> {
  const object = await ownObject(deps, caller, objectId)
  const { policy } = await deps.book.inForce(currentContent(object).regionCode, chinaDateOf(deps.clock()))
  const make = await membershipOf(deps, caller, object, request, policy)
  const mayExtend = request.kind === 'SANDBOX' && (await extensionRule(deps, objectId, policy))
  let kept: Membership | undefined
  let isNew = false
  const saved = await deps.regimes.update(objectId, (current) => {
    const memberships = current?.state.memberships ?? []
    const entering = make(memberships.length)
    const entered = enterRegime(memberships, entering, { mayExtend })
    if (!entered.ok) throw refused(entered.error)
    isNew = entered.value !== memberships
    kept = isNew ? entering : sameAs(memberships, entering)
    if (!isNew) return undefined
    const state = { ...ownerOf(object), memberships: entered.value }
    return { state, events: [{ type: 'regime-entered', ...told(state, entering) }] }
  })
  const record = saved?.state ?? (await deps.regimes.load(objectId))?.state
  if (record === undefined || kept === undefined) throw unknownObject(objectId)
  return { record, membership: kept, isNew }
}

/** Ends a membership early; from that day on the object is supervised as every other. */
export async function leaveRegime(
  deps: RegimeDeps,
  caller: Caller,
  { objectId, membershipId }: { readonly objectId: string; readonly membershipId: string },
  { on, reason }: RegimeHeader,
): Promise<KeptRegime> {
  await ownObject(deps, caller, objectId)
  const at = deps.clock()
  const exit = { on: on ?? chinaDateOf(at), reason, by: caller.subject, at }
  let kept: Membership | undefined
  let isNew = false
  const saved = await deps.regimes.update(objectId, (current) => {
    const membership = current?.state.memberships.find((each) => each.membershipId === membershipId)
    if (current === undefined || membership === undefined) throw unknownMembership(membershipId)
    const left = exitRegime(membership, exit)
    if (!left.ok) throw refusedExit(left.error)
    kept = left.value
    isNew = left.value !== membership
    if (!isNew) return undefined
    const state = { ...current.state, memberships: current.state.memberships.map((each) => (each === membership ? left.value : each)) }
    return { state, events: [{ type: 'regime-left', ...told(state, left.value), reason }] }
  })
  const record = saved?.state ?? (await deps.regimes.load(objectId))?.state
  if (record === undefined || kept === undefined) throw unknownMembership(membershipId)
  return { record, membership: kept, isNew }
}

async function ownObject({ objects }: RegimeDeps, { unitId }: Caller, objectId: string): Promise<CheckObject> {
  const found: Stored<CheckObject> | undefined = await objects.load(objectId)
  if (found === undefined) throw unknownObject(objectId)
  if (found.state.unitId !== unitId) throw appError('forbidden', 'owned-by-other-unit', { meta: { unitId: found.state.unitId } })
  return found.state
}

const ownerOf = (object: CheckObject) => ({
  objectId: object.objectId,
  objectCode: object.objectCode,
  regionCode: currentContent(object).regionCode,
  unitId: object.unitId,
})

/** What the membership will be, given how many the object had before: its id is the same for the same place in the record. */
async function membershipOf(
  { credits, clock }: RegimeDeps,
  caller: Caller,
  object: CheckObject,
  request: RegimeRequest,
  policy: Policy,
): Promise<(before: number) => NewMembership> {
  const at = clock()
  const on = request.on ?? chinaDateOf(at)
  const { kind, reason } = request
  const { objectId } = object
  const content = currentContent(object)
  const common = (before: number) => ({
    membershipId: toHex(sha256(tlv('regime', objectId, kind, String(before)))).slice(0, 32),
    entry: { on, reason, by: caller.subject, at, load: toHex(sha256(tlv('regime-entry', object.objectCode, kind, on, reason))) },
  })
  if (request.kind === 'WHITE_LIST') {
    const { alliance } = requireRule(policy.get('whiteList'))
    const refusal = enterpriseRefusal(content)
    if (refusal !== undefined) throw refusedEntry(refusal)
    return (before) => ({ ...common(before), kind: 'WHITE_LIST', alliance })
  }
  const rules = requireRule(policy.get('sandbox'))
  // The one start there is: the day of entry (Appendix E of the requirements, `sandbox.start`).
  requireRule(policy.get('sandbox.start'))
  const grade = generalResultAt((await credits.load(creditId(objectId)))?.state, at)?.grade
  const innovations = [...new Set(request.innovations)].sort()
  const judged = checkSandbox(rules, {
    content,
    grade,
    isLowRisk: requireRule(isLowRisk(policy, grade)),
    innovations,
    fields: request.fields,
  })
  if (!judged.ok) throw refusedEntry(judged.error)
  const tolerancePeriod = { start: on, end: lastDayOfYears(on, rules.toleranceYears) }
  return (before) => ({ ...common(before), kind: 'SANDBOX', innovations, tolerancePeriod })
}

/** Whether a second sandbox is allowed: only asked of the policy where there was one. */
async function extensionRule({ regimes }: RegimeDeps, objectId: string, policy: Policy): Promise<boolean> {
  const earlier = (await regimes.load(objectId))?.state.memberships.some(({ kind }) => kind === 'SANDBOX') ?? false
  return policy.find('sandbox.extension')?.allowed ?? (earlier && requireRule(policy.get('sandbox.extension')).allowed)
}

const sameAs = (memberships: readonly Membership[], { kind, entry }: Membership): Membership | undefined =>
  memberships.findLast((each) => each.kind === kind && each.entry.on === entry.on && each.exit === undefined)

const told = ({ objectId, regionCode, unitId }: RegimeRecord, membership: Membership) => ({
  membershipId: membership.membershipId,
  kind: membership.kind,
  objectId,
  regionCode,
  unitId,
  enteredOn: membership.entry.on,
  lastDay: membership.kind === 'SANDBOX' || membership.exit !== undefined ? lastDayOf(membership) : undefined,
})

const unknownMembership = (id: string) => appError('not-found', 'not-found', { meta: { what: '监管对象库记录', id } })

function refusedEntry(refusal: EligibilityRefusal) {
  const { code, ...meta } = refusal
  return appError('failed-precondition', code, { meta })
}

function refused(refusal: MembershipRefusal) {
  const { code, ...meta } = refusal
  return appError('failed-precondition', code, { meta })
}

function refusedExit(refusal: ExitRefusal) {
  switch (refusal.code) {
    case 'exit-before-entry':
      return appError('invalid', refusal.code, { meta: { on: refusal.on } })
    case 'membership-left':
      return appError('failed-precondition', refusal.code, { meta: { on: refusal.on } })
    case 'tolerance-over':
      return appError('failed-precondition', refusal.code, { meta: { end: refusal.end } })
    default:
      return assertNever(refusal)
  }
}
