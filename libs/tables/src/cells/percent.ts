import { assertNever, parsePercent, type Ratio } from '@dual-random/kernel'

/** A share of the objects: both ends when the text is exact, one when it only says "at least" or "at most". */
export interface RatioRange {
  readonly min?: Ratio
  readonly max?: Ratio
}

const atLeast = /^(?:不得低于|不得少于|不低于|不少于|不小于|至少|≥|大于等于)$/
const atMost = /^(?:不得高于|不得超过|不高于|不超过|不大于|至多|最多|≤|小于等于)$/

/** The words that say "at least" and "at most", for building cell grammars on squashed text. */
export const boundWords =
  '不得低于|不得少于|不低于|不少于|不小于|至少|≥|大于等于|不得高于|不得超过|不高于|不超过|不大于|至多|最多|≤|小于等于|=|为|是|达到'

export type Bound = 'min' | 'max' | 'exact'

/** What a word before and a word after a number say together; undefined when they contradict each other. */
export function boundOf(before: string | undefined, after: string | undefined): Bound | undefined {
  const first: Bound = before === undefined ? 'exact' : atLeast.test(before) ? 'min' : atMost.test(before) ? 'max' : 'exact'
  const second: Bound = after === undefined ? 'exact' : after.endsWith('以上') ? 'min' : 'max'
  if (first === 'exact') return second
  return second === 'exact' || second === first ? first : undefined
}

/** Both ends that a bound and a value give. */
export function spread<T>(bound: Bound, value: T): { readonly min?: T; readonly max?: T } {
  switch (bound) {
    case 'min':
      return { min: value }
    case 'max':
      return { max: value }
    case 'exact':
      return { min: value, max: value }
    default:
      return assertNever(bound)
  }
}

/** The ratio of a number of percent without its sign; undefined above 100 or outside the exact form. */
export function percentOf(number: string): Ratio | undefined {
  const parsed = parsePercent(`${number}%`)
  return parsed.ok ? parsed.value : undefined
}
