import type { Instant, LocalDate } from '@dual-random/kernel'
import type { Block, Content, Exemption, Identity, Stop, TaskEnd, Terms } from './publication.ts'

export type PublicationEvent =
  | { readonly type: 'content-recorded'; readonly identity: Identity; readonly content: Content }
  | { readonly type: 'task-ended'; readonly identity: Identity; readonly end: TaskEnd }
  | { readonly type: 'blocked'; readonly block: Block }
  | { readonly type: 'scheduled'; readonly terms: Terms }
  /** A provisional due date was counted anew with the year's notice. */
  | { readonly type: 'recounted'; readonly dueDate: LocalDate; readonly endsAt: Instant }
  | { readonly type: 'overdue'; readonly since: Instant }
  | {
      readonly type: 'push-requested'
      readonly channel: string
      readonly by: string
      readonly at: Instant
      readonly retryAt: Instant
    }
  | { readonly type: 'push-claimed'; readonly retryAt: Instant }
  | { readonly type: 'push-failed'; readonly failure: string; readonly retryAt: Instant }
  | { readonly type: 'published'; readonly at: Instant; readonly onTime: boolean; readonly channelReference: string }
  | { readonly type: 'exempted'; readonly exemption: Exemption }
  | { readonly type: 'stopped'; readonly stop: Stop }

/** Why a command is refused. */
export type Refusal =
  | { readonly code: 'publication-waiting' }
  | { readonly code: 'publication-incomplete'; readonly fields: readonly string[] }
  | { readonly code: 'personal-data' }
  | { readonly code: 'channel-not-allowed'; readonly channel: string }
  | { readonly code: 'publication-pending' }
  | { readonly code: 'publication-published' }
  | { readonly code: 'publication-not-published' }
  | { readonly code: 'publication-exempt' }
  | { readonly code: 'publication-stopped' }
  | { readonly code: 'approver-is-applicant' }
