import { compareRatio, err, ok, type Ratio, type Result } from '@dual-random/kernel'
import type { Policy, PolicyUnset } from '../policy.ts'

/** The two classes a ratio rule looks at: bands go by field and grade, the freedom from limits by item (CRD-04, CRD-06). */
export interface RatioSubject {
  readonly fieldClass: 'GENERAL' | 'KEY'
  readonly itemClass: 'GENERAL' | 'KEY'
  /** The credit-risk grade; undefined for an object without classification (CRD-16). */
  readonly grade: string | undefined
}

export interface Band {
  readonly grade: string
  readonly min: Ratio
  readonly max: Ratio
}

export type UnknownGrade = { readonly code: 'unknown-grade'; readonly grade: string; readonly message: string }

export type BandCheck =
  | { readonly outcome: 'ok'; readonly band: Band | undefined }
  | { readonly outcome: 'needs-reason'; readonly band: Band; readonly side: 'below' | 'above' }

/** The band a ratio should lie in; undefined where none applies (key items, own strata, grades without a band). */
export function bandFor(policy: Policy, subject: RatioSubject): Result<Band | undefined, PolicyUnset | UnknownGrade> {
  if (subject.itemClass === 'KEY') return ok(undefined)
  const grade = gradeFor(policy, subject.grade)
  if (!grade.ok || grade.value === undefined) return grade as Result<undefined, PolicyUnset | UnknownGrade>
  const bands = policy.get(subject.fieldClass === 'GENERAL' ? 'ratio.bands' : 'ratio.keyFieldBands')
  return bands.ok ? ok(bands.value.find((band) => band.grade === grade.value)) : bands
}

/** Whether a planned ratio lies in its band, both ends included. Outside it asks for a reason and is never refused (CRD-04). */
export function checkBand(policy: Policy, subject: RatioSubject, ratio: Ratio): Result<BandCheck, PolicyUnset | UnknownGrade> {
  const band = bandFor(policy, subject)
  if (!band.ok) return band
  if (band.value === undefined) return ok({ outcome: 'ok', band: undefined })
  if (compareRatio(ratio, band.value.min) < 0) return ok({ outcome: 'needs-reason', band: band.value, side: 'below' })
  if (compareRatio(ratio, band.value.max) > 0) return ok({ outcome: 'needs-reason', band: band.value, side: 'above' })
  return ok({ outcome: 'ok', band: band.value })
}

/** The grade that counts for an object; undefined when it stays in a stratum of its own (CRD-16). */
export function gradeFor(policy: Policy, grade: string | undefined): Result<string | undefined, PolicyUnset | UnknownGrade> {
  if (grade === undefined) {
    const unclassified = policy.get('ratio.unclassified')
    if (!unclassified.ok) return unclassified
    return ok(unclassified.value.mode === 'AS_GRADE' ? unclassified.value.grade : undefined)
  }
  const scheme = policy.get('gradeScheme')
  if (!scheme.ok) return scheme
  return scheme.value.lowToHigh.includes(grade)
    ? ok(grade)
    : err({ code: 'unknown-grade', grade, message: `信用风险等级 ${grade} 不在现行等级之内` })
}
