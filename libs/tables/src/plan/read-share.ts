import { assertNever, formatPercent, type Ratio } from '@dual-random/kernel'
import { flatAnswer, type NamedRatio } from '../answer.ts'
import { type CountReading, readCountCell } from '../cells/count.ts'
import type { RatioRange } from '../cells/percent.ts'
import { type RatioReading, rangeOf, readShareCell } from '../cells/share.ts'
import { readGradesCell } from '../cells/words.ts'
import { ask, type Finding, type QuestionDraft, quote } from '../finding.ts'
import type { SourceCell } from '../merged.ts'
import type { QuestionOption, QuestionSource } from '../question.ts'
import { squash, withThisYear } from '../text.ts'
import { hasColumn, type PlanContext, type PlanRow, sourceOf } from './plan-context.ts'
import type { ParsedPlanLine, PlanReadings, PlanValues } from './plan-line.ts'

interface ShareFinding extends ShareReadings {
  /** What a bracket behind the share adds to it. */
  readonly proviso: string | undefined
  /** What the cell says beside shares and numbers: 不重复抽查. */
  readonly remarks: readonly string[]
}

type ShareReadings = Finding<
  Pick<PlanReadings, 'ratio' | 'count' | 'estimate' | 'grades'>,
  Partial<Pick<PlanValues, 'ratio' | 'tiers' | 'count'>>
>

const percentOption = (ratio: Ratio, textZh: string): QuestionOption => ({ value: formatPercent(ratio), textZh })

function boundOptions({ min, max }: RatioRange): readonly QuestionOption[] {
  return [
    ...(min === undefined || min.numerator === 0 ? [] : [percentOption(min, `按下限 ${formatPercent(min)}`)]),
    ...(max === undefined ? [] : [percentOption(max, `按上限 ${formatPercent(max)}`)]),
  ]
}

const exactOf = ({ min, max }: { readonly min?: Ratio | undefined; readonly max?: Ratio | undefined }): Ratio | undefined =>
  min !== undefined && max !== undefined && formatPercent(min) === formatPercent(max) ? min : undefined

function askRange(source: QuestionSource, reading: Extract<RatioReading, { kind: 'range' }>): QuestionDraft | undefined {
  const options = boundOptions(reading)
  if (reading.sumOverLevels) {
    const textZh = `${quote(source)}是各级合计的比例，没有写本级的：本级今年按多少抽？`
    return ask(source, { field: 'ratio', code: 'ratio-sum-over-levels', textZh, form: 'share', options })
  }
  if (reading.per !== '年') {
    const textZh = `${quote(source)}是每${reading.per}的比例：全年按多少抽？`
    return ask(source, { field: 'ratio', code: 'ratio-per-period', textZh, form: 'share' })
  }
  const exact = exactOf(reading)
  if (reading.max?.numerator === 0) {
    return ask(source, { field: 'ratio', code: 'ratio-zero', textZh: `${quote(source)}是一个也不抽：今年按多少抽？`, form: 'share' })
  }
  if (exact !== undefined) return undefined
  const { min, max } = reading
  const bounds = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }
  const textZh = `${quote(source)}只定了范围：今年按多少抽？`
  return ask(source, { field: 'ratio', code: 'ratio-open', textZh, form: 'share', options, bounds })
}

/** The shares of a cell that states exactly one for each kind it names, and one or none for all others; undefined where any is left open. */
function exactTiers(reading: RatioReading): (Pick<PlanValues, 'tiers'> & Partial<Pick<PlanValues, 'ratio'>>) | undefined {
  if (reading.kind !== 'tiers') return undefined
  const tiers = reading.tiers.flatMap(({ name, per, staff, min, max }): readonly NamedRatio[] => {
    const ratio = per === '年' && staff === undefined ? exactOf({ min, max }) : undefined
    return ratio === undefined ? [] : [{ name, ratio }]
  })
  if (tiers.length < reading.tiers.length || new Set(tiers.map(({ name }) => name)).size < tiers.length) return undefined
  if (reading.rest === undefined) return { tiers }
  const rest = exactOf(reading.rest)
  return rest && { tiers, ratio: { min: rest, max: rest, chosen: rest } }
}

function askRatio(source: QuestionSource, reading: RatioReading): QuestionDraft | undefined {
  const textZh = quote(source)
  switch (reading.kind) {
    case 'range':
      return askRange(source, reading)
    case 'tiers':
      if (exactTiers(reading) !== undefined) return undefined
      return ask(source, { field: 'ratio', code: 'ratio-by-kind', textZh: `${textZh}按对象种类定比例：各种各按多少抽？`, form: 'tiers' })
    case 'elsewhere':
      return ask(source, { field: 'ratio', code: 'ratio-elsewhere', textZh: `${textZh}引用别的文件：比例是多少？`, form: 'share' })
    case 'undetermined':
      return ask(source, { field: 'ratio', code: 'ratio-undetermined', textZh: `${textZh}没有定下比例：按多少抽？`, form: 'share' })
    case 'unclear':
      return ask(source, { field: 'ratio', code: 'ratio-not-understood', textZh: `${textZh}没有读懂：按多少抽？`, form: 'share' })
    default:
      return assertNever(reading)
  }
}

/** The shares behind 其中 as the shares of their own objects, or as what the share of all is made up of. */
function askAmong(source: QuestionSource, reading: RatioReading): QuestionDraft | undefined {
  if (reading.kind !== 'tiers' || reading.isAmong !== true) return undefined
  const exact = exactTiers(reading)
  if (exact?.ratio === undefined) return undefined
  const all = formatPercent(exact.ratio.chosen)
  const own = exact.tiers.map(({ name, ratio }) => `${name}${formatPercent(ratio)}`).join('、')
  return ask(source, {
    field: 'among',
    code: 'part-or-own-share',
    textZh: `${quote(source)}中“其中”的比例，是各该对象自己的比例，还是总比例 ${all} 的一部分？`,
    form: 'choice',
    options: [
      { value: 'own', textZh: `各按自己的比例：${own}，其他对象 ${all}` },
      { value: 'part', textZh: `是总比例的一部分：全部对象按 ${all} 抽取` },
    ],
  })
}

/** A bracket may take back or narrow what stands before it. */
function askProviso(source: QuestionSource, reading: RatioReading, proviso: string): QuestionDraft {
  const range = reading.kind === 'range' && reading.per === '年' ? reading : undefined
  const exact = range && exactOf(range)
  const textZh = `${quote(source)}括号里的“${proviso}”怎样算：今年按多少抽？`
  const text = { field: 'ratio', code: 'ratio-with-proviso', textZh } as const
  return range === undefined
    ? ask(source, { ...text, form: 'tiers' })
    : ask(source, {
        ...text,
        form: 'share',
        options: exact === undefined ? boundOptions(range) : [percentOption(exact, `按 ${formatPercent(exact)}`)],
      })
}

function missingRatio(source: QuestionSource, above: ParsedPlanLine | undefined): QuestionDraft {
  const range = above?.readings.ratio === undefined ? undefined : rangeOf(above.readings.ratio)
  const same = range?.min ?? range?.max
  const options = same === undefined ? [] : [percentOption(same, `与第 ${above?.lineNo} 条相同，按 ${formatPercent(same)}`)]
  const textZh = '没有写抽查比例，也没有写数量：按多少抽？'
  return ask(source, { field: 'ratio', code: 'missing-ratio', textZh, form: 'share', options })
}

/** The number of a reading that states exactly one of the year, of all objects and without a proviso: that of one class says nothing of the others. */
export function exactCount(reading: CountReading | undefined): number | undefined {
  if (reading?.kind !== 'count' || reading.min !== reading.max || reading.proviso !== undefined) return undefined
  const { grade, people, visits, lots, per, isTotal } = reading
  if (isTotal === true || grade !== undefined || people === true || visits === true || lots === true || per !== undefined) return undefined
  return reading.min === 0 ? undefined : reading.min
}

/** A number of one class of objects, of people, who may be those that check, of visits, of batches, and of each draw: what to draw of all objects in the year none says. */
function askOtherNumber(source: QuestionSource, reading: Extract<CountReading, { kind: 'count' }>): QuestionDraft | undefined {
  const { grade, people, visits, lots, per, isTotal, min, max } = reading
  const text = { field: 'count', form: 'integer' } as const
  if (grade !== undefined) {
    const textZh = `${quote(source)}只是${grade}对象的数量：全部对象抽多少户，或各种各按多少抽？`
    return ask(source, { ...text, code: 'count-of-grade', textZh })
  }
  if (people === true)
    return ask(source, { ...text, code: 'count-of-people', textZh: `${quote(source)}以人计，可能是检查人员：抽查对象抽多少？` })
  if (visits === true) {
    return ask(source, { ...text, code: 'count-of-visits', textZh: `${quote(source)}是检查的户次，不是户数：全年抽多少户、各查几次？` })
  }
  if (lots === true) {
    return ask(source, {
      ...text,
      code: 'count-of-lots',
      textZh: `${quote(source)}以批次计，可能是产品批次，也可能是分批：抽查对象全年抽多少户？`,
    })
  }
  if (isTotal === true) {
    const options = min === undefined || min !== max ? [] : [{ value: String(min), textZh: `抽 ${min} 户` }]
    return ask(source, { ...text, code: 'count-of-all', textZh: `${quote(source)}是名录库的总数，还是要抽的数量：抽多少户？`, options })
  }
  if (per === undefined) return undefined
  return ask(source, { ...text, code: 'count-of-each-draw', textZh: `${quote(source)}是每次的数量：全年合计抽多少户？` })
}

function askCount(source: QuestionSource, reading: CountReading): QuestionDraft | undefined {
  if (exactCount(reading) !== undefined) return undefined
  const other = reading.kind === 'count' ? askOtherNumber(source, reading) : undefined
  if (other !== undefined) return other
  const numbers =
    reading.kind === 'count' ? [...new Set([reading.min, reading.max])].filter((value) => value !== undefined && value > 0) : []
  const options = numbers.map((value) => ({ value: String(value), textZh: `${value} 户` }))
  const preliminary = reading.kind === 'count' && reading.proviso !== undefined
  const textZh = preliminary ? `${quote(source)}是暂定数：定为多少户？` : `${quote(source)}没有定下数量：抽多少户？`
  const code = preliminary ? 'count-preliminary' : reading.kind === 'count' ? 'count-open' : 'count-not-understood'
  return ask(source, { field: 'count', code, textZh, form: 'integer', options })
}

function askAmount(share: QuestionSource, count: QuestionSource): QuestionDraft {
  const isOneCell = share.column === count.column
  const said = isOneCell ? `${quote(share)}里既有比例又有数量` : `同时写了“${share.column}”${share.raw} 和“${count.column}”${count.raw}`
  return ask(
    { line: count.line, column: count.column, raw: isOneCell ? share.raw : `${share.raw}；${count.raw}` },
    {
      field: 'amount',
      code: 'ratio-and-count',
      textZh: `${said}，两者不能互推：以哪个为准？`,
      form: 'choice',
      options: [
        { value: 'ratio', textZh: isOneCell ? '按比例' : `按比例：${share.raw}` },
        { value: 'count', textZh: isOneCell ? '按数量' : `按数量：${count.raw}` },
      ],
    },
  )
}

const gradeWords = {
  rising: { code: 'grades-without-numbers', said: '没有给出各级比例' },
  numbers: { code: 'grades-with-numbers', said: '看不出是名录库里的户数还是要抽的户数' },
  unclear: { code: 'grades-not-understood', said: '没有读懂' },
} as const

function askGrades(row: PlanRow, context: PlanContext): { readings: Pick<PlanReadings, 'grades'>; asks: readonly QuestionDraft[] } {
  const grades = readGradesCell(row.cells.grades?.raw ?? '')
  if (grades === undefined || grades.kind === 'none') return { readings: grades === undefined ? {} : { grades }, asks: [] }
  const source = sourceOf(row, row.cells.grades, ['grades'], context)
  const { code, said } = gradeWords[grades.kind]
  const textZh = `${quote(source)}${said}：各级各按多少抽？`
  const options = [{ value: flatAnswer, textZh: '各级都按表中的比例' }]
  return { readings: { grades }, asks: [ask(source, { field: 'tiers', code, textZh, form: 'tiers', options })] }
}

interface Amounts {
  readonly ratio: RatioReading | undefined
  readonly count: CountReading | undefined
  readonly shareSource: QuestionSource
  readonly countSource: QuestionSource
  /** What a bracket behind the share adds to it. */
  readonly proviso: string | undefined
  readonly remarks: readonly string[]
}

const same = (a: string, b: string): boolean => squash(a) === squash(b)

/** A source that shows several cells. */
const together = (cells: readonly SourceCell[], source: QuestionSource): QuestionSource => ({
  ...source,
  column: cells.map(({ column }) => column).join('、'),
  raw: cells.map(({ raw }) => raw).join('；'),
})

/** A ratio or a number where a column is of either. */
function readEither(cell: SourceCell | undefined, ratio: RatioReading | undefined, planYear: number): CountReading | undefined {
  const count = ratio?.kind === 'unclear' && cell !== undefined ? readCountCell(withThisYear(cell.raw, planYear)) : undefined
  return count?.kind === 'count' ? count : undefined
}

/** The ratio and the number of a row: a number may stand in its own column, with the ratio or in its place; where two differ it is unclear. */
function readAmounts(row: PlanRow, context: PlanContext): Amounts {
  const { shareAndTimes, shareOrCount, share, count } = row.cells
  const filled = [shareAndTimes, shareOrCount, share].filter((cell) => cell !== undefined)
  const [cell] = filled
  const isTwofold = filled.some((other) => !same(other.raw, cell?.raw ?? ''))
  const { planYear } = context.options
  const read = readShareCell(withThisYear(cell?.raw ?? '', planYear), cell?.column ?? '')
  const either = isTwofold ? undefined : readEither(shareOrCount, read.ratio, planYear)
  const own = readCountCell(withThisYear(count?.raw ?? '', planYear))
  const beside = read.count ?? either
  const isAgreed = own === undefined || beside === undefined || JSON.stringify(own) === JSON.stringify(beside)
  const source = sourceOf(row, cell, ['shareAndTimes', 'shareOrCount', 'share', 'count'], context)
  const countCell = own === undefined && beside !== undefined ? cell : count
  const countSource = sourceOf(row, countCell, ['count'], context)
  const ratio = either === undefined ? read.ratio : undefined
  return {
    ratio: isTwofold ? { kind: 'unclear' } : ratio,
    count: isAgreed ? (own ?? beside) : { kind: 'unclear' },
    shareSource: isTwofold ? together(filled, source) : source,
    countSource: isAgreed || cell === undefined || count === undefined ? countSource : together([cell, count], countSource),
    proviso: isTwofold || either !== undefined ? undefined : read.proviso,
    remarks: isTwofold ? [] : read.remarks,
  }
}

/** Reads how many objects a line draws: ratio, count, both or neither, and what the credit-risk column demands. `above` is the last line with a ratio. */
export function readShare(row: PlanRow, context: PlanContext, above: ParsedPlanLine | undefined): ShareFinding {
  const { ratio, count, shareSource, countSource, proviso, remarks } = readAmounts(row, context)
  const estimate = readCountCell(row.cells.estimate?.raw ?? '')
  const columns = hasColumn(context, 'shareAndTimes', 'shareOrCount', 'share', 'count')
  const silent = ratio === undefined && count === undefined && columns
  const grades = askGrades(row, context)
  const asks = [
    ...(ratio !== undefined && count !== undefined ? [askAmount(shareSource, countSource)] : []),
    ...(silent ? [missingRatio(shareSource, above)] : []),
    ...(ratio === undefined ? [] : [proviso === undefined ? askRatio(shareSource, ratio) : askProviso(shareSource, ratio, proviso)]),
    ...(ratio === undefined || proviso !== undefined ? [] : [askAmong(shareSource, ratio)]),
    ...(count === undefined ? [] : [askCount(countSource, count)]),
    ...grades.asks,
  ].filter((draft) => draft !== undefined)
  const isCertain = ratio !== undefined && proviso === undefined
  const chosen = isCertain && ratio.kind === 'range' && askRange(shareSource, ratio) === undefined ? exactOf(ratio) : undefined
  const number = exactCount(count)
  return {
    readings: {
      ...(ratio === undefined ? {} : { ratio }),
      ...(count === undefined ? {} : { count }),
      ...(estimate === undefined ? {} : { estimate }),
      ...grades.readings,
    },
    known: {
      ...(chosen === undefined ? {} : { ratio: { min: chosen, max: chosen, chosen } }),
      ...(isCertain ? exactTiers(ratio) : {}),
      ...(number === undefined ? {} : { count: number }),
    },
    asks,
    proviso,
    remarks,
  }
}
