import { err, type LocalDate, ok, parseLocalDate, type Result } from '@dual-random/kernel'
import type { PolicyValues } from '../keys.ts'
import type { Policy, PolicyUnset } from '../policy.ts'

export type ResultType = PolicyValues['result.types'][number]
export type ResultSubValue = NonNullable<ResultType['subValues']>[number]

/** A result as an inspector enters it or an import brings it: the type by identifier or by its exact published text. */
export interface ResultEntry {
  readonly type: string
  readonly subValue?: string
  readonly dueDate?: string
  readonly freeText?: string
}

/** A result the policy's list knows, with what its type demands (PUB-01, PUB-03). */
export interface CheckedResult {
  readonly type: ResultType
  readonly subValue?: ResultSubValue
  readonly dueDate?: LocalDate
  readonly freeText?: string
}

export type ResultTypeError =
  | { readonly code: 'unknown-result-type'; readonly type: string; readonly use?: string; readonly message: string }
  | { readonly code: 'sub-value-required'; readonly type: string; readonly message: string }
  | { readonly code: 'unknown-sub-value'; readonly type: string; readonly subValue: string; readonly message: string }
  | { readonly code: 'due-date-required'; readonly type: string; readonly message: string }
  | { readonly code: 'free-text-required'; readonly type: string; readonly message: string }

/** Accepts exactly the types of the policy's list; a type of another edition is refused with a mapping hint (DQ-09). */
export function checkResult(policy: Policy, entry: ResultEntry): Result<CheckedResult, PolicyUnset | ResultTypeError> {
  const types = policy.get('result.types')
  if (!types.ok) return types
  const type = types.value.find((candidate) => isNamed(candidate, entry.type))
  if (type === undefined) return err(unknownType(policy, entry.type))
  const subValue = type.subValues?.find((candidate) => isNamed(candidate, entry.subValue))
  if (entry.subValue !== undefined && subValue === undefined) {
    const message = `结果类型“${type.text}”没有取值 ${entry.subValue}`
    return err({ code: 'unknown-sub-value', type: type.id, subValue: entry.subValue, message })
  }
  if (type.subValues !== undefined && subValue === undefined) {
    const choices = type.subValues.map(({ text }) => text).join('、')
    return err({ code: 'sub-value-required', type: type.id, message: `结果类型“${type.text}”须选择：${choices}` })
  }
  const requires = [...type.requires, ...(subValue?.requires ?? [])]
  const dueDate = entry.dueDate === undefined ? undefined : parseLocalDate(entry.dueDate)
  if (dueDate === undefined && (requires.includes('DUE_DATE') || entry.dueDate !== undefined)) {
    return err({ code: 'due-date-required', type: type.id, message: `“${subValue?.text ?? type.text}”须写明整改期限，格式 YYYY-MM-DD` })
  }
  const freeText = entry.freeText?.trim() ?? ''
  if (requires.includes('FREE_TEXT') && freeText === '') {
    return err({ code: 'free-text-required', type: type.id, message: `结果类型“${type.text}”须写明具体情况` })
  }
  return ok({ type, ...(subValue && { subValue }), ...(dueDate && { dueDate }), ...(freeText === '' ? {} : { freeText }) })
}

/** Whether a result counts as negative information (负面信息, PUB-23). */
export function isNegativeResult(policy: Policy, result: CheckedResult): Result<boolean, PolicyUnset> {
  const negative = policy.get('publication.negativeTypes')
  if (!negative.ok) return negative
  return ok(
    negative.value.some(({ type, subValue }) => type === result.type.id && (subValue === undefined || subValue === result.subValue?.id)),
  )
}

const isNamed = (candidate: { readonly id: string; readonly text: string }, name: string | undefined): boolean =>
  candidate.id === name || candidate.text === name

function unknownType(policy: Policy, type: string): ResultTypeError {
  const hint = policy.find('result.mapping')?.find(({ id, texts }) => id === type || texts.includes(type))
  const message = `结果类型“${type}”不在现行结果类型之内`
  if (hint === undefined) return { code: 'unknown-result-type', type, message }
  return { code: 'unknown-result-type', type, use: hint.use, message: `${message}：${hint.note}` }
}
