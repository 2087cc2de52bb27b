import { err, ok, type RegionCode, type Result, regionContains } from '@dual-random/kernel'
import type { PolicyValues } from '@dual-random/policy'
import type { ObjectContent, ObjectKind, ObjectStatus } from './check-object.ts'
import { isWithinIndustry } from './industry.ts'
import { allTags } from './tagging.ts'

export type SandboxRules = PolicyValues['sandbox']

/** Who is to enter the sandbox, and what the clerk states of it. */
export interface SandboxCandidate {
  readonly content: ObjectContent
  readonly grade: string | undefined
  readonly isLowRisk: boolean
  readonly innovations: readonly string[]
  /** The excluded fields that its business touches, as the clerk judged it; none is stated as an empty list. */
  readonly fields: readonly string[]
}

export type EligibilityRefusal =
  | { readonly code: 'regime-not-enterprise'; readonly kind: ObjectKind }
  | { readonly code: 'regime-object-not-active'; readonly status: ObjectStatus }
  | { readonly code: 'sandbox-not-in-pilot'; readonly regionCode: RegionCode }
  | { readonly code: 'sandbox-innovation-unknown'; readonly innovation: string; readonly accepts: string }
  | { readonly code: 'sandbox-field-unknown'; readonly field: string; readonly accepts: string }
  | { readonly code: 'sandbox-field-excluded'; readonly field: string; readonly found: string }
  | { readonly code: 'sandbox-not-low-risk'; readonly grade: string }

/** Both regimes are for enterprises in the pool. */
export function enterpriseRefusal({ kind, status }: ObjectContent): EligibilityRefusal | undefined {
  if (kind !== 'ENTERPRISE') return { code: 'regime-not-enterprise', kind }
  return status === 'ACTIVE' ? undefined : { code: 'regime-object-not-active', status }
}

/** Whether an enterprise may enter the sandbox (TGT-16): of the pilot, of the four new, in none of the excluded fields, of low risk. */
export function checkSandbox(rules: SandboxRules, candidate: SandboxCandidate): Result<true, EligibilityRefusal> {
  const { content, innovations, fields } = candidate
  const refusal = enterpriseRefusal(content)
  if (refusal !== undefined) return err(refusal)
  if (!rules.regionCodes.some((pilot) => regionContains(pilot, content.regionCode)))
    return err({ code: 'sandbox-not-in-pilot', regionCode: content.regionCode })
  const innovation = unknownOf(rules.innovations, innovations)
  if (innovation !== undefined) return err({ code: 'sandbox-innovation-unknown', innovation, accepts: accepted(rules.innovations) })
  const field = unknownOf(rules.excludedFields, fields)
  if (field !== undefined) return err({ code: 'sandbox-field-unknown', field, accepts: accepted(rules.excludedFields) })
  const excluded = excludedField(rules, candidate)
  if (excluded !== undefined) return err(excluded)
  return candidate.isLowRisk ? ok(true) : err({ code: 'sandbox-not-low-risk', grade: candidate.grade ?? '无' })
}

type Named = readonly { readonly id: string; readonly text: string }[]

const unknownOf = (list: Named, given: readonly string[]): string | undefined => given.find((each) => list.every(({ id }) => id !== each))

const accepted = (list: Named): string => list.map(({ id, text }) => `${id}（${text}）`).join('、')

/** The first excluded field the enterprise is in: as stated, or as its industry or a tag shows where the region's policy says which do. */
function excludedField({ excludedFields }: SandboxRules, { content, fields }: SandboxCandidate): EligibilityRefusal | undefined {
  const tags = allTags(content)
  for (const { id, text: field, industryPrefixes = [], tags: marks = [] } of excludedFields) {
    const found =
      (fields.includes(id) ? '经办人认定' : undefined) ??
      industryPrefixes.find((prefix) => isWithinIndustry(content.industry, prefix)) ??
      marks.find((mark) => tags.includes(mark))
    if (found !== undefined) return { code: 'sandbox-field-excluded', field, found }
  }
  return undefined
}
