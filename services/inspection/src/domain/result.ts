import type { DrawId, InspectorId, Instant, ItemCode, LocalDate, RegionCode, ResultId, TaskId, UnitId, VisitId } from '@dual-random/kernel'
import type { CheckObject } from './task.ts'

/** One attempt to reach the object (INS-19). */
export interface ContactAttempt {
  readonly at: Instant
  /** A member of policy `unreachable.attempts`. */
  readonly manner: string
  readonly evidence: string
}

/** What proves a fact: a description, and the digest of the file where there is one. */
export interface Evidence {
  readonly description: string
  readonly digest?: string | undefined
}

/** Another body's conclusion that the check rests on (INS-02). */
export interface Reliance {
  readonly kind: 'DEPARTMENT_CONCLUSION' | 'JUDICIAL_DOCUMENT' | 'PROFESSIONAL_CONCLUSION'
  readonly source: string
  readonly date: LocalDate
  readonly identifier: string
}

/** The completed record form (检查记录表), by the version of its sample. */
export interface RecordForm {
  readonly form: string
  readonly entries: readonly { readonly point: string; readonly finding: string }[]
}

/** What an inspector enters beside the type, its sub-value and its due date. */
export interface Findings {
  readonly methods: readonly string[]
  readonly methodNote?: string | undefined
  readonly recordForm: RecordForm
  readonly information?: string | undefined
  readonly contactAttempts?: readonly ContactAttempt[] | undefined
  readonly facts?: string | undefined
  readonly evidence?: readonly Evidence[] | undefined
  readonly clue?: string | undefined
  readonly sampleOrItem?: string | undefined
  readonly note?: string | undefined
  readonly reliesOn?: readonly Reliance[] | undefined
}

/** A result as it is entered for one item; type and sub-value by identifier or by their published text. */
export interface ResultEntry extends Findings {
  readonly itemCode: ItemCode
  readonly resultType: string
  readonly subValue?: string | undefined
  readonly correctBy?: string | undefined
  /** When the check of the item ended; the moment of entry where absent. */
  readonly checkedAt?: Instant | undefined
  /** The decision where the type leaves it open. */
  readonly opensFollowUp?: boolean | undefined
}

export type FollowUpKind = 'CORRECTION' | 'CASE_CLUE' | 'LISTING' | 'OTHER'

/** What the result opens (INS-23). */
export interface Opens {
  readonly kind: FollowUpKind
  readonly dueDate?: LocalDate
}

/** The result of one item of one task (抽查检查结果): entered once, never changed. */
export interface CheckResult extends Findings {
  readonly resultId: ResultId
  readonly taskId: TaskId
  readonly taskNumber: string
  readonly visitId: VisitId
  /** Absent of a check without a draw. */
  readonly drawId?: DrawId
  readonly regionCode: RegionCode
  /** Whose result it is: who publishes it and follows it up. */
  readonly unitId: UnitId
  /** Who checked in its place. */
  readonly delegateUnitId?: UnitId
  readonly itemCode: ItemCode
  readonly itemName: string
  readonly object: Pick<CheckObject, 'objectId' | 'code' | 'name' | 'kind'>
  /** Members of the team who could check on the day; absent in results from before it was kept. */
  readonly inspectorIds?: readonly InspectorId[]
  /** Login names of the task's inspectors. */
  readonly subjects: readonly string[]
  readonly resultType: string
  /** The text that is published. */
  readonly resultText: string
  readonly subValue?: string
  readonly subValueText?: string
  readonly correctBy?: LocalDate
  readonly checkedAt: Instant
  readonly enteredAt: Instant
  /** Who answers for it (谁检查、谁录入、谁负责, INS-06). */
  readonly enteredBy: string
  /** Entered after the task's window (INS-25). */
  readonly enteredLate: boolean
  readonly opens?: Opens
  readonly policyDigest: string
  /** Tells a repeated entry from a different one. */
  readonly contentDigest: string
}
