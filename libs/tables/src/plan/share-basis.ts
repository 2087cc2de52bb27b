import { compareRatio, formatPercent, type Ratio, ratioOf } from '@dual-random/kernel'
import { isCountOfNoPeriod } from '../cells/count.ts'
import type { RatioRange } from '../cells/percent.ts'
import { isOfNoPeriod } from '../cells/share.ts'
import { lineQuestion, type Question, type QuestionOption } from '../question.ts'
import { cleanPassage } from '../text.ts'
import type { ParsedPlanLine, PlanReadings, PlanValues } from './plan-line.ts'
import { exactCount } from './read-share.ts'

/**
 * Whether a share or a number is that of the year, which the draws of the year divide among them, or that of each draw. A line of a plan has
 * that of the year. With one draw both are the same.
 */

type Amount = Pick<Partial<PlanValues>, 'ratio' | 'tiers' | 'count'>

const whole: Ratio = { numerator: 1, denominator: 1 }

const scaled = (ratio: Ratio, times: number): Ratio => ratioOf(ratio.numerator * times, ratio.denominator)

/** What the draws of a year come to when each has this amount; undefined where that is more than all objects. */
export function ofAllDraws({ ratio, tiers, count }: Amount, times: number): Amount | undefined {
  const chosen = ratio && scaled(ratio.chosen, times)
  const ofTiers = tiers?.map(({ name, ratio: each }) => ({ name, ratio: scaled(each, times) }))
  const all = [chosen, ...(ofTiers ?? []).map((tier) => tier.ratio)].filter((each) => each !== undefined)
  if (all.some((each) => compareRatio(each, whole) > 0)) return undefined
  return {
    ...(chosen === undefined ? {} : { ratio: { min: chosen, max: chosen, chosen } }),
    ...(ofTiers === undefined ? {} : { tiers: ofTiers }),
    ...(count === undefined ? {} : { count: count * times }),
  }
}

const millionth = 100_000_000n

function percentOf({ numerator, denominator }: Ratio, divisor: number): string {
  const part = ratioOf(numerator, denominator * divisor)
  return `${(BigInt(part.numerator) * millionth) % BigInt(part.denominator) === 0n ? '' : '约'}${formatPercent(part)}`
}

/** What each of so many draws has of an amount, in words. */
function figures({ ratio, tiers = [], count }: Amount, divisor: number): string {
  const percent = (share: Ratio): string => percentOf(share, divisor)
  return [
    ...(ratio === undefined ? [] : [percent(ratio.chosen)]),
    ...tiers.map(({ name, ratio: share }) => `${name}${percent(share)}`),
    ...(count === undefined ? [] : [`${count % divisor === 0 ? count / divisor : `约${Math.round(count / divisor)}`}户`]),
  ].join('、')
}

const exactOf = ({ min, max }: RatioRange): Ratio | undefined =>
  min !== undefined && max !== undefined && compareRatio(min, max) === 0 && min.numerator > 0 ? min : undefined

/** 每次3%, 每次20户: what the text says of each draw; undefined where it is of something else or leaves it open. */
function ofEachDraw({ ratio, count }: PlanReadings): Amount | undefined {
  if (count?.kind === 'count' && count.per === '次') {
    const { per: _per, ...reading } = count
    const number = ratio === undefined ? exactCount(reading) : undefined
    return number === undefined ? undefined : { count: number }
  }
  if (count !== undefined) return undefined
  if (ratio?.kind === 'range' && ratio.per === '次' && !ratio.sumOverLevels) {
    const chosen = exactOf(ratio)
    return chosen && { ratio: { min: chosen, max: chosen, chosen } }
  }
  if (ratio?.kind !== 'tiers' || ratio.rest !== undefined) return undefined
  const tiers = ratio.tiers.flatMap(({ name, per, ...range }) => {
    const share = per === '次' ? exactOf(range) : undefined
    return share === undefined ? [] : [{ name, ratio: share }]
  })
  return tiers.length < ratio.tiers.length || new Set(tiers.map(({ name }) => name)).size < tiers.length ? undefined : { tiers }
}

/** The amount of the year where the text says that of each draw, and how many draws there are. */
export function statedOfEachDraw(readings: PlanReadings, times: number | undefined): Amount | undefined {
  const each = times === undefined ? undefined : ofEachDraw(readings)
  return each === undefined || times === undefined ? undefined : ofAllDraws(each, times)
}

/** Batches whose parts the remarks give divide what the line has in the year. */
const isDivided = ({ remarks }: PlanReadings): boolean =>
  remarks?.batches?.kind === 'batches' && remarks.batches.batches.every(({ share }) => share !== undefined)

/** The amounts that a line has for certain, but for this: the text does not say whether they are those of the year. */
function openAmount({ known: { ratio, tiers, count }, readings }: ParsedPlanLine): Amount | undefined {
  if (isDivided(readings)) return undefined
  const open = {
    ...(isOfNoPeriod(readings.ratio) && ratio !== undefined ? { ratio } : {}),
    ...(isOfNoPeriod(readings.ratio) && tiers !== undefined ? { tiers } : {}),
    ...(isCountOfNoPeriod(readings.count) && count !== undefined ? { count } : {}),
  }
  return Object.keys(open).length === 0 ? undefined : open
}

/** `3%；2次/年`: asks which of the two it is, with the figures of both. Undefined where the text says it, or there is one draw. */
export function askBasis(line: ParsedPlanLine, times: number): Question | undefined {
  const amount = openAmount(line)
  if (amount === undefined || times < 2) return undefined
  const { lineNo, rows, cells } = line
  const cell = [cells.shareAndTimes, cells.shareOrCount, cells.share, cells.count].find((each) => each !== undefined)
  const source = { line: rows[0] ?? 0, column: cell?.column ?? '', raw: cell?.raw ?? '' }
  const stated = figures(amount, 1)
  const together = ofAllDraws(amount, times)
  const ofYear: QuestionOption = { value: 'year', textZh: `全年合计 ${stated}：分 ${times} 次，每次 ${figures(amount, times)}` }
  const each: readonly QuestionOption[] =
    together === undefined ? [] : [{ value: 'each', textZh: `每次 ${stated}：${times} 次，全年合计 ${figures(together, 1)}` }]
  const beyond = together === undefined ? `；若是每次 ${stated}，${times} 次合计超过全部对象，须分列为几条` : ''
  const textZh = `“${cleanPassage(source.raw)}”一年 ${times} 次，没有写明是全年合计还是每次：是哪一种${beyond}？`
  return lineQuestion(lineNo, source, {
    field: 'basis',
    code: 'share-of-year-or-each-draw',
    textZh,
    form: 'choice',
    options: [ofYear, ...each],
  })
}
