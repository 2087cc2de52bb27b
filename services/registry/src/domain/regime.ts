import {
  addDays,
  assertNever,
  chinaDateOf,
  daysBetween,
  err,
  type Instant,
  type LocalDate,
  type ObjectId,
  ok,
  parseLocalDate,
  type RegionCode,
  type Result,
  type UnitId,
  yearOf,
} from '@dual-random/kernel'

/** Special regimes of supervision (001 五(三)): the triggered sandbox (触发式“沙盒”监管) and the white list (“白名单”). */
export const regimeKinds = ['SANDBOX', 'WHITE_LIST'] as const
export type RegimeKind = (typeof regimeKinds)[number]

export interface RegimeAct {
  /** The first day on which it holds. */
  readonly on: LocalDate
  readonly reason: string
  readonly by: string
  readonly at: Instant
}

interface Entry extends RegimeAct {
  /** Digest of the file or request that brought it. */
  readonly load: string
}

/** Both days included. */
export interface TolerancePeriod {
  readonly start: LocalDate
  readonly end: LocalDate
}

interface Common {
  readonly membershipId: string
  readonly entry: Entry
  /** From `on` the object is under normal supervision again; an exit on the day of entry takes the entry back. */
  readonly exit?: RegimeAct
}

export type Membership =
  | (Common & {
      readonly kind: 'SANDBOX'
      /** Which of the four new (四新) it is. */
      readonly innovations: readonly string[]
      readonly tolerancePeriod: TolerancePeriod
    })
  | (Common & { readonly kind: 'WHITE_LIST'; readonly alliance: string })

/** Every membership of one object, oldest first: the pool of a regime (监管对象库) is the objects whose membership is in force (TGT-17). */
export interface RegimeRecord {
  readonly objectId: ObjectId
  readonly objectCode: string
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  readonly memberships: readonly Membership[]
}

/** After every date. */
export const endless = '9999-12-31' as LocalDate

/** The last day on which a membership holds; before its first where the entry was taken back. */
export function lastDayOf(membership: Membership): LocalDate {
  const { exit } = membership
  if (exit !== undefined) return addDays(exit.on, -1)
  return membership.kind === 'SANDBOX' ? membership.tolerancePeriod.end : endless
}

const isIn = (membership: Membership, date: LocalDate): boolean => membership.entry.on <= date && date <= lastDayOf(membership)

/**
 * The day of that many years later, which is the last of the period; where the month has no such day, its last one (民法典 第二百零二条:
 * 到期月的对应日为期间的最后一日；没有对应日的，月末日为期间的最后一日).
 */
export function lastDayOfYears(start: LocalDate, years: number): LocalDate {
  const year = String(yearOf(start) + years).padStart(4, '0')
  // Only the leap day has no day of its own in every year.
  return parseLocalDate(`${year}-${start.slice(5)}`) ?? (`${year}-02-28` as LocalDate)
}

/** A membership as far as was known at an instant; undefined before it was entered. So what is asked as of an earlier instant stays the same. */
function knownAt(membership: Membership, at: Instant): Membership | undefined {
  if (membership.entry.at > at) return undefined
  if (membership.exit === undefined || membership.exit.at <= at) return membership
  const { exit: _later, ...known } = membership
  return known
}

/** The memberships in force at an instant, as was known then: at most one of a kind. */
export const membershipsAt = (record: RegimeRecord | undefined, at: Instant): readonly Membership[] =>
  (record?.memberships ?? []).flatMap((membership) => {
    const known = knownAt(membership, at)
    return known !== undefined && isIn(known, chinaDateOf(at)) ? [known] : []
  })

export type MembershipStatus = 'UPCOMING' | 'IN_FORCE' | 'TOLERANCE_OVER' | 'LEFT'

/** How a membership stands on a day; `daysLeft` counts the days after it (TGT-19). */
export function standingOn(membership: Membership, today: LocalDate): { readonly status: MembershipStatus; readonly daysLeft?: number } {
  if (membership.exit !== undefined && membership.exit.on <= today) return { status: 'LEFT' }
  const left = membership.kind === 'SANDBOX' ? { daysLeft: Math.max(0, daysBetween(today, lastDayOf(membership))) } : {}
  if (today < membership.entry.on) return { status: 'UPCOMING', ...left }
  return { status: today <= lastDayOf(membership) ? 'IN_FORCE' : 'TOLERANCE_OVER', ...left }
}

export type MembershipRefusal =
  | { readonly code: 'regime-overlap'; readonly since: LocalDate; readonly until: LocalDate }
  | { readonly code: 'sandbox-extension-not-allowed'; readonly until: LocalDate }
  | { readonly code: 'tolerance-over'; readonly end: LocalDate }

/** What is asked: a membership without an exit. */
export type NewMembership = Membership & { readonly exit?: never }

const contentOf = (membership: Membership): string => {
  const { entry, kind } = membership
  const own = kind === 'SANDBOX' ? [...membership.innovations].sort().join() : membership.alliance
  return [kind, entry.on, entry.reason, own].join('\n')
}

/**
 * Puts an object under a regime. The same membership again is no change; two of a kind never overlap. A second sandbox is the first one
 * extended, which is only for regions whose policy allows it (`sandbox.extension`).
 */
export function enterRegime(
  memberships: readonly Membership[],
  entering: NewMembership,
  { mayExtend }: { readonly mayExtend: boolean },
): Result<readonly Membership[], MembershipRefusal> {
  const ofKind = memberships.filter(({ kind }) => kind === entering.kind)
  if (ofKind.some((known) => known.exit === undefined && contentOf(known) === contentOf(entering))) return ok(memberships)
  const last = lastDayOf(entering)
  if (last < chinaDateOf(entering.entry.at)) return err({ code: 'tolerance-over', end: last })
  const held = ofKind.filter((known) => known.entry.on <= lastDayOf(known))
  const overlapping = held.find((known) => known.entry.on <= last && entering.entry.on <= lastDayOf(known))
  if (overlapping !== undefined) return err({ code: 'regime-overlap', since: overlapping.entry.on, until: lastDayOf(overlapping) })
  const earlier = held.at(-1)
  if (entering.kind === 'SANDBOX' && earlier !== undefined && !mayExtend)
    return err({ code: 'sandbox-extension-not-allowed', until: lastDayOf(earlier) })
  return ok([...memberships, entering])
}

export type ExitRefusal =
  | { readonly code: 'membership-left'; readonly on: LocalDate }
  | { readonly code: 'exit-before-entry'; readonly on: LocalDate }
  | { readonly code: 'tolerance-over'; readonly end: LocalDate }

/** Ends a membership early: from `on` the object is as every other (TGT-17, TGT-19). The same exit again is no change. */
export function exitRegime(membership: Membership, exit: RegimeAct): Result<Membership, ExitRefusal> {
  const known = membership.exit
  if (known !== undefined)
    return known.on === exit.on && known.reason === exit.reason ? ok(membership) : err({ code: 'membership-left', on: known.on })
  if (exit.on < membership.entry.on) return err({ code: 'exit-before-entry', on: membership.entry.on })
  switch (membership.kind) {
    case 'SANDBOX': {
      const { end } = membership.tolerancePeriod
      return exit.on > end ? err({ code: 'tolerance-over', end }) : ok({ ...membership, exit })
    }
    case 'WHITE_LIST':
      return ok({ ...membership, exit })
    default:
      return assertNever(membership)
  }
}
