import { assertNever, compareRatio, formatPercent, type Ratio } from '@dual-random/kernel'
import { squash, withThisYear } from '../text.ts'
import { type CountReading, isCountOfNoPeriod, readCountCell } from './count.ts'
import type { RatioRange } from './percent.ts'
import { merge, quoted, type Said } from './said.ts'
import { timesSaid } from './said-times.ts'
import { isOfNoPeriod, type RatioReading, rangeOf, readShareCell, type ShareReading } from './share.ts'
import type { TimesReading } from './times.ts'

const percent = (ratio: Ratio): number => Number(formatPercent(ratio).slice(0, -1))

const rangeSaid = ({ min, max }: RatioRange) => ({
  ...(min === undefined ? {} : { ratioMin: percent(min) }),
  ...(max === undefined ? {} : { ratioMax: percent(max) }),
})

/** What a cell of shares says; `column` is its heading, `year` the plan's. */
export function shareSaid(text: string, column: string, year?: number): Said {
  const plain = squash(text)
  if (/^\d+:\d+$/.test(plain)) return { questions: [`${plain} 不是百分比：是人员与对象之比吗？`] }
  const reading = readShareCell(withThisYear(text, year), column)
  const { ratio, times, count, least, proviso, remarks } = reading
  if (ratio?.kind === 'unclear' && times?.kind === 'unclear') return { questions: [`没有读懂${quoted(plain)}：比例是多少？`] }
  const both = ratio !== undefined && count !== undefined ? { questions: ['比例与数量并列，不能互推：以哪个为准？'] } : {}
  const added = proviso === undefined ? {} : { notes: [proviso], questions: [`括号里的“${proviso}”怎样算？`] }
  return merge(
    ratioSaid(ratio, times, plain),
    timesSaid(times, plain),
    countSaid(count),
    both,
    basisSaid(reading),
    least === undefined ? {} : { countMin: least },
    { notes: remarks },
    added,
  )
}

const isExact = ({ min, max }: RatioRange): boolean => min !== undefined && max !== undefined && compareRatio(min, max) === 0

/** 3%，2次/年: of the year or of each draw. Both figures are plain, so it is noted; what is drawn a plan asks, with the figures of both (plan/share-basis.ts). */
function basisSaid({ ratio, times, count }: ShareReading): Said {
  const often = times?.kind === 'times' && !times.perObject && times.min === times.max ? (times.min ?? 1) : 1
  const isShareOpen =
    isOfNoPeriod(ratio) && (ratio?.kind === 'range' ? isExact(ratio) : ratio?.kind === 'tiers' && ratio.tiers.every(isExact))
  const isNumberOpen = count?.kind === 'count' && isCountOfNoPeriod(count) && count.min === count.max
  if (often < 2 || !(isShareOpen || isNumberOpen)) return {}
  return { notes: [`一年 ${often} 次，没有写明是全年合计还是每次`] }
}

function ratioSaid(ratio: RatioReading | undefined, times: TimesReading | undefined, plain: string): Said {
  switch (ratio?.kind) {
    case undefined:
      return {}
    case 'range':
      return rangeOfAll(ratio, times)
    case 'tiers':
      return tiersSaid(ratio)
    case 'elsewhere':
      return { notes: ['比例引用别的文件'], questions: ['比例由别的文件定：是多少？'] }
    case 'undetermined':
      return { questions: ['比例没有定下：是多少？'] }
    case 'unclear':
      return { questions: [`没有读懂${quoted(plain)}：比例是多少？`] }
    default:
      return assertNever(ratio)
  }
}

/** Whether the draws of the year are as many as the text says, and come to no more than all objects. */
const isWholeYear = ({ per, min, max }: Extract<RatioReading, { kind: 'range' }>, times: TimesReading | undefined): boolean =>
  per === '次' &&
  times?.kind === 'times' &&
  !times.perObject &&
  times.min !== undefined &&
  times.min === times.max &&
  min !== undefined &&
  max !== undefined &&
  max.numerator * times.min <= max.denominator

/** A share of nothing is none, whether it is the whole or an end of a range. */
function zeroSaid({ min, max }: RatioRange): Said {
  if (max?.numerator === 0) return { questions: ['一个也不抽：按多少抽？'] }
  return min?.numerator === 0 ? { questions: ['可以一个也不抽：按多少抽？'] } : {}
}

function rangeOfAll(ratio: Extract<RatioReading, { kind: 'range' }>, times: TimesReading | undefined): Said {
  if (ratio.per !== '年') {
    const tiers = [{ when: '全部', ...rangeSaid(ratio), per: ratio.per }]
    return isWholeYear(ratio, times) ? { tiers } : { tiers, questions: [`是每${ratio.per}的比例：全年按多少抽？`] }
  }
  return {
    ...rangeSaid(ratio),
    ...zeroSaid(ratio),
    ...(ratio.sumOverLevels ? { notes: ['各级合计的比例'], questions: ['是各级合计的比例：本级按多少抽？'] } : {}),
  }
}

function tiersSaid(ratio: Extract<RatioReading, { kind: 'tiers' }>): Said {
  const open = ratio.tiers.filter(({ min, max, staff }) => min === undefined && max === undefined && staff === undefined)
  const staffed = ratio.tiers.filter(({ staff }) => staff !== undefined)
  const [only, another] = ratio.tiers
  const isAlone = only !== undefined && another === undefined && ratio.rest === undefined && open.length === 0
  return {
    ...rangeSaid(rangeOf(ratio) ?? {}),
    tiers: ratio.tiers.map(({ name, per, ...range }) => ({ when: name, ...rangeSaid(range), ...(per === '年' ? {} : { per }) })),
    notes: staffed.map(({ name, staff }) => `${name}按人员与对象 ${staff} 抽取，不是百分比`),
    questions: [
      ...open.map(({ name }) => `${name}的比例没有定下`),
      ...(ratio.isAmong === true ? ['“其中”的比例是各该对象自己的，还是总比例中的一部分？'] : []),
      ...(isAlone ? [`只写了${only.name}的比例：其他对象抽不抽、按多少抽？`] : []),
    ],
  }
}

export function amountSaid(text: string, year?: number): Said {
  const plain = squash(text)
  const count = readCountCell(withThisYear(text, year))
  if (count?.kind === 'count') return countSaid(count)
  const { kind } = readShareCell(text, '比例').ratio ?? {}
  if (kind === 'undetermined' || kind === 'elsewhere') return { questions: ['数量没有定下：抽多少户？'] }
  if (kind === 'unclear') return { questions: [`没有读懂${quoted(plain)}：抽多少户？`] }
  const said = shareSaid(text, '比例', year)
  return kind === undefined && said.timesPer !== undefined && said.countMin === undefined && said.countMax === undefined
    ? merge(said, { questions: ['是次数，不是户数：全年抽多少户？'] })
    : said
}

interface OtherNumber {
  readonly visits: true | undefined
  readonly lots: true | undefined
  readonly per: '次' | undefined
}

/** Numbers that are none of the objects of a year. */
function otherNumber(number: number, { visits, lots, per }: OtherNumber): Said | undefined {
  if (visits === true) return { notes: [`${number}（户次）`], questions: ['是检查的户次，不是户数：全年抽多少户、各查几次？'] }
  if (lots === true) return { notes: [`${number}（批次）`], questions: ['以批次计，是产品批次还是分批：全年抽多少户？'] }
  return per === undefined ? undefined : { notes: [`${number}（每次）`], questions: ['是每次的数量：全年合计抽多少户？'] }
}

export function countSaid(count: CountReading | undefined): Said {
  if (count === undefined) return {}
  if (count.kind === 'unclear') return { questions: ['数量没有读懂：抽多少户？'] }
  const { min, max, grade, people, visits, lots, per, isTotal, proviso } = count
  const other = otherNumber(min ?? max ?? 0, { visits, lots, per })
  if (other !== undefined) return other
  return {
    ...(min === undefined ? {} : { countMin: min }),
    ...(max === undefined ? {} : { countMax: max }),
    notes: [...(grade === undefined ? [] : [`对象：${grade}`]), ...(proviso === undefined ? [] : [proviso])],
    questions: [
      ...(people === true ? ['以人计：是抽查对象还是检查人员？'] : []),
      ...(isTotal === true ? ['是名录库的总数，还是要抽的数量：抽多少户？'] : []),
      ...(max === 0 ? ['一户也不抽：抽多少户？'] : []),
      ...(proviso === undefined ? [] : [`数量是暂定的（${proviso}）：定为多少户？`]),
    ],
  }
}
