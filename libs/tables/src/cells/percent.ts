import { assertNever, parsePercent, type Ratio } from '@dual-random/kernel'
import { readInteger } from '../text.ts'

/** A share of the objects: both ends when the text is exact, one when it only says "at least" or "at most". */
export interface RatioRange {
  readonly min?: Ratio
  readonly max?: Ratio
}

const least =
  '最低不低于|最低不少于|最少不低于|最少不少于|至少不低于|至少不少于|不得低于|不得少于|不低于|不少于|不小于|至少|最少|最低|下限为|下限|≥|大于等于'
const most = '最多不超过|最高不超过|至多不超过|不得高于|不得超过|不高于|不超过|不多于|不大于|至多|最多|最高|上限为|上限|≤|小于等于'
const neutral = '=|为|是|达到|达|保持在|保持|控制在|在'

const atLeast = new RegExp(`^(?:${least})$`)
const atMost = new RegExp(`^(?:${most})$`)

/** The words that say "at least" and "at most", for building cell grammars on squashed text. */
export const boundWords = `(?:应当|应|须)?(?:${least}|${most}|${neutral})`
/** Those of them that limit: 不低于, 不超过. */
export const limitWords = `(?:应当|应|须)?(?:${least}|${most})`
/** The words behind a number that say the same. */
export const boundEndings = '以上|[及或]以上|以下|[及或]以下|以内|之内'

export type Bound = 'min' | 'max' | 'exact'

/** What a word before and a word after a number say together; undefined when they contradict each other. */
export function boundOf(before: string | undefined, after: string | undefined): Bound | undefined {
  const word = before?.replace(/^(?:应当|应|须)/, '')
  const first: Bound = word === undefined ? 'exact' : atLeast.test(word) ? 'min' : atMost.test(word) ? 'max' : 'exact'
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

const hundredths = new Map([
  ['百', 1],
  ['千', 10],
  ['万', 100],
])

/** Writes 百分之五, 千分之三, 3‰ and 十分之一 as percentages: fractions only where the percentage is exact. */
export function withPercentSigns(text: string): string {
  return text
    .replace(/百分之百/g, '100%')
    .replace(
      /([百千万])分之(\d+(?:\.\d+)?|[零一二三四五六七八九十]+(?:点[零一二三四五六七八九]{1,4})?)/g,
      (whole, of: string, number: string) => {
        const value = numberOf(number)
        return Number.isFinite(value) ? `${decimal(value / (hundredths.get(of) ?? 1))}%` : whole
      },
    )
    .replace(/(\d+(?:\.\d+)?)‰/g, (_, number: string) => `${decimal(Number(number) / 10)}%`)
    .replace(/([一二三四五六七八九十]+|\d+)分之([一二三四五六七八九十]+|\d+)/g, (whole, below: string, above: string) => {
      const [divisor, share] = [readInteger(below), readInteger(above)]
      if (divisor === undefined || share === undefined || divisor === 0 || (share * 100) % divisor !== 0) return whole
      return `${(share * 100) / divisor}%`
    })
}

/** 3.5, 三点五; not a number where it is none. */
function numberOf(text: string): number {
  if (/^\d/.test(text)) return Number(text)
  const [whole = '', places = ''] = text.split('点')
  const decimals = places.replace(/./g, (figure) => String(readInteger(figure)))
  return Number(`${readInteger(whole)}.${decimals}`)
}

/** At most six decimals, none of them an artefact of binary fractions. */
const decimal = (value: number): string => String(Number(value.toFixed(6)))
