import type { Instant } from '@dual-random/kernel'
import { type CheckedResult, type Policy, type PolicyUnset, type PolicyValues, type ResultType } from '@dual-random/policy'
import { contactProblems } from './contact-log.ts'
import { type EntryProblem, missing, unknown } from './entry-problem.ts'
import type { ResultEntry } from './result.ts'

type Detail = ResultType['requires'][number]

/** Members that belong to the types which demand them and to no other; facts, evidence and note are welcome everywhere. */
const memberOf = {
  INFORMATION: 'information',
  CONTACT_LOG: 'contactAttempts',
  CLUE: 'clue',
  SAMPLE_OR_ITEM: 'sampleOrItem',
  DUE_DATE: 'correctBy',
} as const satisfies Partial<Record<Detail, keyof ResultEntry>>

const alwaysWelcome = { FACTS: 'facts', EVIDENCE: 'evidence' } as const satisfies Partial<Record<Detail, keyof ResultEntry>>

const isAbsent = (value: unknown): boolean => value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

export const requirementsOf = ({ type, subValue }: CheckedResult): readonly Detail[] => [...type.requires, ...(subValue?.requires ?? [])]

/** What the type demands and lacks, or was given and belongs to another type (Annex 1). */
export function detailProblems(checked: CheckedResult, entry: ResultEntry): readonly EntryProblem[] {
  const requires = requirementsOf(checked)
  const demanded = Object.entries({ ...memberOf, ...alwaysWelcome })
    .filter(([detail, member]) => requires.includes(detail as Detail) && isAbsent(entry[member]))
    .map(([, member]) => missing(`/${member}`))
  const foreign = Object.entries(memberOf)
    .filter(([detail, member]) => !requires.includes(detail as Detail) && !isAbsent(entry[member]))
    .map(([, member]) => notOfType(`/${member}`, checked))
  return [...demanded, ...foreign, ...decisionProblems(checked, entry)]
}

const opensBy = ({ type, subValue }: CheckedResult): ResultType['opens'] => subValue?.opens ?? type.opens

function decisionProblems(checked: CheckedResult, { opensFollowUp }: ResultEntry): readonly EntryProblem[] {
  if (opensBy(checked) === 'DECISION') return opensFollowUp === undefined ? [missing('/opensFollowUp')] : []
  return opensFollowUp === undefined ? [] : [notOfType('/opensFollowUp', checked)]
}

const notOfType = (pointer: string, { type }: CheckedResult): EntryProblem => ({
  pointer,
  code: 'detail-not-of-type',
  meta: { type: type.text },
})

/** Methods named by the policy; where its list is open, another one with a note of what it was (INS-01). */
export function methodProblems(methods: PolicyValues['check.methods'], entry: ResultEntry): readonly EntryProblem[] {
  const known = new Set<string>(methods.members.map(({ id }) => id))
  const others = entry.methods.map((method, index) => ({ method, index })).filter(({ method }) => !known.has(method))
  if (others.length === 0) return []
  if (!methods.open) return others.map(({ method, index }) => unknown(`/methods/${index}`, method))
  return isAbsent(entry.methodNote?.trim()) ? [missing('/methodNote')] : []
}

/** The contact log of a result that rests on one; the policy key is asked for then only. */
export function contactLogProblems(
  policy: Policy,
  checked: CheckedResult,
  entry: ResultEntry,
  checkedAt: Instant,
): readonly EntryProblem[] | PolicyUnset {
  if (!requirementsOf(checked).includes('CONTACT_LOG') || isAbsent(entry.contactAttempts)) return []
  const rule = policy.get('unreachable.attempts')
  return rule.ok ? contactProblems(rule.value, entry.contactAttempts ?? [], checkedAt) : rule.error
}
