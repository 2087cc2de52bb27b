import { type LocalDate, ok, type RegionCode, type Result, regionContains, regionLevel, yearOf } from '@dual-random/kernel'
import type { PolicyValues } from '../keys.ts'
import type { Policy, PolicyUnset } from '../policy.ts'
import type { citationKinds } from '../values/credit.ts'
import { gradeFor, type RatioSubject, type UnknownGrade } from './bands.ts'

/** A draw of a subject by market regulators: what it looked like to the bar on repeats (CRD-09). */
export interface DrawOfSubject {
  readonly date: LocalDate
  readonly regionCode: RegionCode
  readonly joint: boolean
}

export interface EarlierDraw extends DrawOfSubject {
  readonly taskNumber: string
}

/** What the organiser puts forward for drawing a subject again. */
export type RepeatGrounds = {
  /** The law, regulation or rule that provides for it. */
  readonly citation?: { readonly kind: (typeof citationKinds)[number]; readonly text: string }
  readonly reason?: string
}

/** What opened the bar: a citation that policy excepts, the permission of key items or of a grade, or a recorded reason. */
export type RepeatBasis = 'CITATION' | 'KEY_ITEM' | 'GRADE' | 'REASON'

export type RepeatDecision =
  /** `repeat` where it was drawn before: on what basis it is drawn again, for the record (CRD-07). */
  | { readonly outcome: 'allowed'; readonly repeat?: { readonly basis: RepeatBasis; readonly earlierTask: string } }
  /** Allowed only with what is named; the earlier task is the ground shown (DRW-20). */
  | { readonly outcome: 'needs-reason'; readonly earlierTask: string }
  | { readonly outcome: 'barred'; readonly earlierTask: string }

/**
 * Whether a subject may be drawn once more in the year of `draw`, given what market regulators drew before (CRD-07, CRD-09). Of several draws
 * before it the first one that the bar spans is named.
 */
export function decideRepeat(
  policy: Policy,
  subject: RatioSubject,
  draw: DrawOfSubject,
  earlier: readonly EarlierDraw[],
  grounds: RepeatGrounds = {},
): Result<RepeatDecision, PolicyUnset | UnknownGrade> {
  const scope = policy.get('repeat.scope')
  if (!scope.ok) return scope
  const before = earlier.find((past) => yearOf(past.date) === yearOf(draw.date) && inScope(scope.value, draw, past))
  if (before === undefined) return ok({ outcome: 'allowed' })
  const lowRisk = isLowRisk(policy, subject.grade)
  if (!lowRisk.ok) return lowRisk
  return lowRisk.value
    ? decideLowRisk(policy, subject, before.taskNumber, grounds)
    : decideOther(policy, subject, before.taskNumber, grounds)
}

/** Whether a grade is one of low credit risk (CRD-10). */
export function isLowRisk(policy: Policy, grade: string | undefined): Result<boolean, PolicyUnset | UnknownGrade> {
  const counted = gradeFor(policy, grade)
  if (!counted.ok) return counted
  const lowGrades = policy.get('lowRiskGrades')
  return lowGrades.ok ? ok(counted.value !== undefined && lowGrades.value.includes(counted.value)) : lowGrades
}

function inScope(scope: PolicyValues['repeat.scope'], draw: DrawOfSubject, past: EarlierDraw): boolean {
  if (!scope.acrossJointChecks && (draw.joint || past.joint)) return false
  const sameArea = regionContains(draw.regionCode, past.regionCode) || regionContains(past.regionCode, draw.regionCode)
  if (!sameArea) return scope.acrossRegions
  return scope.acrossLevels || regionLevel(draw.regionCode) === regionLevel(past.regionCode)
}

function decideLowRisk(
  policy: Policy,
  subject: RatioSubject,
  earlierTask: string,
  grounds: RepeatGrounds,
): Result<RepeatDecision, PolicyUnset> {
  const bar = policy.get('repeat.lowRiskBar')
  if (!bar.ok) return bar
  const { citation } = grounds
  if (citation !== undefined && bar.value.exceptions.includes(citation.kind) && hasText(citation.text))
    return ok(allowedAgain('CITATION', earlierTask))
  // A key item opens the bar only where the policy says so, and then on record (contradiction X14).
  if (subject.itemClass === 'KEY' && policy.find('repeat.allowed')?.keyItemSubjects === true) {
    return ok(hasText(grounds.reason) ? allowedAgain('KEY_ITEM', earlierTask) : { outcome: 'needs-reason', earlierTask })
  }
  return ok({ outcome: 'barred', earlierTask })
}

function decideOther(
  policy: Policy,
  subject: RatioSubject,
  earlierTask: string,
  grounds: RepeatGrounds,
): Result<RepeatDecision, PolicyUnset | UnknownGrade> {
  const grade = gradeFor(policy, subject.grade)
  if (!grade.ok) return grade
  const allowed = policy.find('repeat.allowed')
  const byField =
    subject.fieldClass === 'GENERAL' && grade.value !== undefined && allowed?.generalFieldGrades.includes(grade.value) === true
  if (byField) return ok(allowedAgain('GRADE', earlierTask))
  if (subject.itemClass === 'KEY' && allowed?.keyItemSubjects === true) return ok(allowedAgain('KEY_ITEM', earlierTask))
  const others = policy.get('repeat.allowedGrades')
  if (!others.ok) return others
  // An object in a stratum of its own has no grade that could be low, so it is treated like the grades between.
  if (grade.value !== undefined && !others.value.grades.includes(grade.value)) return ok({ outcome: 'barred', earlierTask })
  if (!others.value.reasonRequired) return ok(allowedAgain('GRADE', earlierTask))
  return ok(hasText(grounds.reason) ? allowedAgain('REASON', earlierTask) : { outcome: 'needs-reason', earlierTask })
}

const allowedAgain = (basis: RepeatBasis, earlierTask: string): RepeatDecision => ({ outcome: 'allowed', repeat: { basis, earlierTask } })

/**
 * Whether it makes no difference what was drawn before, whatever the grades of the subjects of an item class: policy has no bar, or opens it for key
 * items on the reason that is given.
 */
export const isRepeatOpen = (policy: Policy, { itemClass }: Pick<RatioSubject, 'itemClass'>, grounds: RepeatGrounds = {}): boolean =>
  policy.find('repeat.lowRiskBar') === undefined ||
  (itemClass === 'KEY' && policy.find('repeat.allowed')?.keyItemSubjects === true && hasText(grounds.reason))

const hasText = (text: string | undefined): boolean => text !== undefined && text.trim() !== ''
