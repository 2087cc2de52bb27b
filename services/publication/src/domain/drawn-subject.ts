import {
  type Brand,
  chinaDateOf,
  type DrawId,
  endOfChinaDate,
  type Instant,
  type LocalDate,
  type ObjectId,
  type RegionCode,
  tlv,
  toHex,
  type UnitId,
} from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import type { WorkingDayCounter } from '@dual-random/policy'
import type { DrawnList } from './drawn-list.ts'
import type { ObjectKind } from './publication.ts'
import { namesPerson } from './screening.ts'
import { isMarketSubject } from './terms.ts'

export type SubjectId = Brand<'SubjectId'>

/** One entry per draw and object, however many units check it and whatever is heard of first. */
export const subjectIdOf = (drawId: DrawId, objectId: ObjectId): SubjectId =>
  `subject-${toHex(sha256(tlv('drawn-subject', drawId, objectId))).slice(0, 32)}` as SubjectId

export interface SubjectObject {
  readonly objectId: ObjectId
  readonly objectCode: string
  readonly objectName: string
  readonly objectKind: ObjectKind
}

/** The check that made a subject public: the first to be completed. */
export interface SubjectVisit {
  readonly unitId: UnitId
  readonly checkedOn: LocalDate
  readonly completedAt: Instant
}

export interface Deadline {
  readonly workingDays: number
  readonly dueDate: LocalDate
  /** The last instant at which publication is on time. */
  readonly endsAt: Instant
  /** The due date counts days of a year whose calendar is not known yet (DQ-08). */
  readonly provisional: boolean
}

export interface SubjectPush {
  readonly channel: string
  readonly attempts: number
  /** When it may be tried again; system time, since the domain's clock may stand still. */
  readonly retryAt: Instant
  readonly lastFailure?: string
}

/** What the channel confirmed first. */
export interface Confirmation {
  readonly publishedAt: Instant
  /** Absent where policy names no period. */
  readonly onTime?: boolean
  readonly channelReference: string
}

export interface Replacement {
  readonly redrawId: DrawId
  readonly at: Instant
}

interface Entry {
  readonly subjectId: SubjectId
  readonly drawId: DrawId
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  readonly taskName: string
  readonly object: SubjectObject
  readonly visit?: SubjectVisit
  /** Since when it may be public: its deadline counts from here. */
  readonly openedAt: Instant
  /** Absent where policy names no period. */
  readonly deadline?: Deadline
  readonly overdueSince?: Instant
}

/** On its way to the channel; once more, when it is public already and has been replaced since. */
export type PendingSubject = Entry & {
  readonly status: 'pending'
  readonly push: SubjectPush
  readonly confirmed?: Confirmation
  readonly replaced?: Replacement
}
export type PublishedSubject = Entry & {
  readonly status: 'published'
  readonly push: SubjectPush
  readonly confirmed: Confirmation
  readonly replaced?: Replacement
}
/** Never leaves: it would name a person (SEC-07), or policy has no channel for its kind. */
export type WithheldSubject = Entry & { readonly status: 'withheld'; readonly reason: 'personal-data' | 'no-channel' }
/** Replaced before it was public: nobody learns that it was drawn. */
export type ReplacedSubject = Entry & { readonly status: 'replaced'; readonly replaced: Replacement }

export type DrawnSubject = PendingSubject | PublishedSubject | WithheldSubject | ReplacedSubject

export type SubjectEvent = 'published' | 'overdue' | 'replaced'

export interface SubjectChange {
  readonly subject: DrawnSubject
  readonly events: readonly SubjectEvent[]
}

export interface SubjectOpening {
  readonly object: SubjectObject
  readonly openedAt: Instant
  readonly visit?: SubjectVisit
  readonly counter: WorkingDayCounter
  /** System time. */
  readonly retryAt: Instant
}

/** A subject that may be public from now on, with the time it is to be. */
export function openSubject(list: DrawnList, { object, openedAt, visit, counter, retryAt }: SubjectOpening): DrawnSubject {
  const { drawId, regionCode, unitId, taskName, rules } = list
  const { marketSubjects, nonMarketSubjects } = rules.channels
  const [channel] = isMarketSubject(object) ? marketSubjects : nonMarketSubjects
  const entry: Entry = {
    subjectId: subjectIdOf(drawId, object.objectId),
    drawId,
    regionCode,
    unitId,
    taskName,
    object,
    ...(visit === undefined ? {} : { visit }),
    openedAt,
    ...(rules.workingDays === undefined ? {} : { deadline: deadlineOf(openedAt, rules.workingDays, counter) }),
  }
  if (namesPerson(object)) return { ...entry, status: 'withheld', reason: 'personal-data' }
  if (channel === undefined) return { ...entry, status: 'withheld', reason: 'no-channel' }
  return { ...entry, status: 'pending', push: { channel: channel.id, attempts: 0, retryAt } }
}

function deadlineOf(openedAt: Instant, workingDays: number, counter: WorkingDayCounter): Deadline {
  const { date, provisional } = counter(chinaDateOf(openedAt), workingDays)
  return { workingDays, dueDate: date, endsAt: endOfChinaDate(date), provisional }
}

/** Public, also while a mark on it is on its way. */
export type PublicDrawnSubject = PublishedSubject | (PendingSubject & { readonly confirmed: Confirmation })

export const isPublicSubject = (subject: DrawnSubject): subject is PublicDrawnSubject =>
  (subject.status === 'published' || subject.status === 'pending') && subject.confirmed !== undefined

/** Not public yet, but owed. */
const isOwed = (subject: DrawnSubject): subject is PendingSubject => subject.status === 'pending' && subject.confirmed === undefined

/** Overdue once, as soon as anything looks at it after the end of its due date; never without one. */
export function subjectLateness(subject: DrawnSubject, now: Instant): SubjectChange | undefined {
  const endsAt = subject.deadline?.endsAt
  if (!isOwed(subject) || endsAt === undefined || subject.overdueSince !== undefined || now <= endsAt) return undefined
  return { subject: { ...subject, overdueSince: endsAt }, events: ['overdue'] }
}

/** A provisional due date counted with a calendar that now knows its days (DQ-08). */
export function recountSubject(subject: DrawnSubject, counter: WorkingDayCounter): SubjectChange | undefined {
  const { deadline, openedAt } = subject
  if (!isOwed(subject) || deadline?.provisional !== true || subject.overdueSince !== undefined) return undefined
  const counted = deadlineOf(openedAt, deadline.workingDays, counter)
  return counted.provisional ? undefined : { subject: { ...subject, deadline: counted }, events: [] }
}

/** One of several sweeps takes a due push. */
export const claimSubject = (subject: DrawnSubject, systemNow: Instant, retryAt: Instant): SubjectChange | undefined =>
  subject.status === 'pending' && subject.push.retryAt <= systemNow
    ? { subject: { ...subject, push: { ...subject.push, retryAt } }, events: [] }
    : undefined

/** The channel gave back what was sent (PUB-25). What is sent again, because it was replaced, keeps its first time. */
export function confirmSubject(subject: DrawnSubject, now: Instant, channelReference: string): SubjectChange | undefined {
  if (subject.status !== 'pending') return undefined
  if (subject.confirmed !== undefined) return { subject: { ...subject, status: 'published', confirmed: subject.confirmed }, events: [] }
  const late = subjectLateness(subject, now)
  const { overdueSince } = late?.subject ?? subject
  const onTime = subject.deadline === undefined ? {} : { onTime: now <= subject.deadline.endsAt }
  return {
    subject: {
      ...subject,
      status: 'published',
      ...(overdueSince === undefined ? {} : { overdueSince }),
      confirmed: { publishedAt: now, ...onTime, channelReference },
    },
    events: [...(late?.events ?? []), 'published'],
  }
}

export const failSubject = (subject: DrawnSubject, failure: string, retryAt: Instant): SubjectChange | undefined =>
  subject.status === 'pending'
    ? { subject: { ...subject, push: { ...subject.push, attempts: subject.push.attempts + 1, lastFailure: failure, retryAt } }, events: [] }
    : undefined

/** A redraw drew another in its place (DRW-30): what is public is marked and sent again, what is not never will be. */
export function replaceSubject(subject: DrawnSubject, replaced: Replacement, retryAt: Instant): SubjectChange | undefined {
  if (subject.status === 'replaced' || ('replaced' in subject && subject.replaced !== undefined)) return undefined
  if (isPublicSubject(subject))
    return { subject: { ...subject, status: 'pending', replaced, push: { ...subject.push, attempts: 0, retryAt } }, events: ['replaced'] }
  const { subjectId, drawId, regionCode, unitId, taskName, object, openedAt, deadline, overdueSince } = subject
  return {
    subject: {
      subjectId,
      drawId,
      regionCode,
      unitId,
      taskName,
      object,
      openedAt,
      ...(deadline === undefined ? {} : { deadline }),
      ...(overdueSince === undefined ? {} : { overdueSince }),
      status: 'replaced',
      replaced,
    },
    events: ['replaced'],
  }
}

/** Everything of a subject that leaves, member by member (SEC-07). */
export interface PublicSubject {
  /** Its own id, under which the channel keeps it. */
  readonly publicationId: string
  readonly drawId: string
  readonly regionCode: string
  readonly unitId: string
  readonly taskName: string
  readonly objectCode: string
  readonly objectName: string
  readonly objectKind: ObjectKind
  readonly checkedBy?: string
  readonly checkedOn?: string
  readonly replacedOn?: string
  readonly channel: string
}

export function publicSubject({
  subjectId,
  drawId,
  regionCode,
  unitId,
  taskName,
  object,
  visit,
  replaced,
  push,
}: PendingSubject | PublishedSubject): PublicSubject {
  const { objectCode, objectName, objectKind } = object
  return {
    publicationId: subjectId,
    drawId,
    regionCode,
    unitId,
    taskName,
    objectCode,
    objectName,
    objectKind,
    ...(visit === undefined ? {} : { checkedBy: visit.unitId, checkedOn: visit.checkedOn }),
    ...(replaced === undefined ? {} : { replacedOn: chinaDateOf(replaced.at) }),
    channel: push.channel,
  }
}
