import type { Brand, DrawId, Instant, ItemCode, LocalDate, ObjectId, RegionCode, ResultId, TaskId, UnitId } from '@dual-random/kernel'

export type PublicationId = Brand<'PublicationId'>

/** One record per result: deciding twice about a result meets the same record. */
export const publicationIdOf = (resultId: ResultId): PublicationId => `pub-${resultId}` as PublicationId

export interface Identity {
  readonly publicationId: PublicationId
  readonly resultId: ResultId
  readonly taskId: TaskId
  readonly regionCode: RegionCode
  /** The checking unit, which enters and publishes its own result (PUB-14). */
  readonly unitId: UnitId
}

export type ObjectKind = 'ENTERPRISE' | 'INDIVIDUAL_BUSINESS' | 'OTHER_SUBJECT' | 'PRODUCT' | 'PROJECT' | 'ACTIVITY'

/** The result as it was entered. */
export interface Content {
  /** Absent of a check without a draw. */
  readonly drawId?: DrawId
  readonly itemCode: ItemCode
  readonly itemName: string
  readonly resultType: string
  readonly subValue?: string
  readonly correctBy?: string
  readonly note?: string
  readonly objectId: ObjectId
  readonly objectCode: string
  readonly objectName: string
  readonly objectKind: ObjectKind
  readonly recordedAt: Instant
}

/** What a publication clock can start on (PUB-07). */
export interface TaskEnd {
  readonly taskCompletedAt: Instant
  readonly objectCheckEndedAt: Instant
}

export interface Channel {
  readonly id: string
  readonly text: string
}

/** Something a result lacks for publication (DQ-11). */
export interface Gap {
  readonly field: 'resultType' | 'subValue' | 'correctBy' | 'note' | 'channel'
  readonly message: string
}

/** The rules a record runs under from its scheduling on, and what they make of it (POL-05). */
export interface Terms {
  readonly policy: { readonly preset: string; readonly version: number; readonly digest: string }
  readonly startedAt: Instant
  readonly workingDays: number
  readonly dueDate: LocalDate
  /** The last instant at which publication is on time. */
  readonly endsAt: Instant
  /** The due date counts days of a year whose calendar is not known yet (DQ-08). */
  readonly provisional: boolean
  /** Who is reminded and counted as late (PUB-12). */
  readonly responsibleUnitId: UnitId
  /** Where it may be published, the first by default. */
  readonly channels: readonly Channel[]
  readonly negative: boolean
  readonly resultText: string
  readonly subValueText?: string
  /** Whether the free text is the result and so becomes public; a note beside another type never does. */
  readonly statesNote: boolean
  readonly gaps: readonly Gap[]
}

/** An unset policy key that keeps a record from being scheduled (POL-04). */
export interface Block {
  readonly key: string
  readonly preset: string
  readonly message: string
}

export interface Push {
  readonly channel: string
  readonly requestedBy: string
  readonly requestedAt: Instant
  readonly attempts: number
  /** When it may be tried again; system time, since the domain's clock may stand still. */
  readonly retryAt: Instant
  readonly lastFailure?: string
}

export interface Exemption {
  readonly legalBasis: string
  readonly approver: string
  readonly requestedBy: string
  readonly at: Instant
}

export interface Stop {
  readonly reason: string
  readonly by: string
  readonly at: Instant
}

interface Known extends Identity {
  readonly content: Content
  readonly end: TaskEnd
  readonly terms: Terms
  /** The end of the due date, once it has passed unpublished. */
  readonly overdueSince?: Instant
}

interface Confirmed extends Known {
  readonly push: Push
  readonly publishedAt: Instant
  readonly onTime: boolean
  readonly channelReference: string
}

export interface Waiting extends Identity {
  readonly status: 'waiting'
  readonly content?: Content
  readonly end?: TaskEnd
  readonly block?: Block
}

export type Scheduled = Known & { readonly status: 'scheduled' }
export type Pending = Known & { readonly status: 'pending'; readonly push: Push }
export type Published = Confirmed & { readonly status: 'published' }
export type Exempt = Known & { readonly status: 'exempt'; readonly exemption: Exemption }
export type Stopped = Confirmed & { readonly status: 'stopped'; readonly stop: Stop }

export type Publication = Waiting | Scheduled | Pending | Published | Exempt | Stopped

export type Status = Publication['status']

/** A record that has its rules. */
export type Ruled = Exclude<Publication, Waiting>

export const isOpen = (publication: Publication): publication is Scheduled | Pending =>
  publication.status === 'scheduled' || publication.status === 'pending'
