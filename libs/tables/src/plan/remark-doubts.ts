import { dropAnswer } from '../answer.ts'
import { isCountClause, readCountCell } from '../cells/count.ts'
import { readRatioClause } from '../cells/ratio-clause.ts'
import { readTimesClause, type TimesReading } from '../cells/times.ts'
import { readWindowCell } from '../cells/window.ts'
import { ask, type QuestionDraft } from '../finding.ts'
import type { QuestionSource } from '../question.ts'
import { splitOutsideBrackets, squash } from '../text.ts'
import type { PlanValues } from './plan-line.ts'
import { remarkReasons } from './remark-clauses.ts'

type Known = Partial<Pick<PlanValues, 'ratio' | 'count' | 'timesPerYear' | 'window'>>

const endsLine = /取消|撤销|暂停|停止|终止|不再开展|合并/
/** So many in each part of the year. */
const eachPeriod = /^每(?:个)?(?:季度|季|月|半年|年|周)/

const figure = String.raw`(?<![统同唯专逐])(?:\d|[一二两三四五六七八九十百])[余多]?`
/** A number of objects, a share or so many times or batches. 统一批准, 一次性, 二次供水 and 一户一档 are none. */
const amount = new RegExp(`${figure}(?:户(?!一)|家|次(?!性|供水)|%|个?批(?!准|复|示|文))|百分之|分之[一二三四五六七八九十\\d]`)
/** Months and other parts of the year; 三个月 and 近半年 are how long. */
const time = /[\d一二三四五六七八九十]月|(?<!近)半年|季度|[春夏秋冬]季|[暑寒][假期]|汛期|年[底末初]/
const change = /调整|推迟|延期|延后|延迟|顺延|改[为在到至]/
/** An export's grounds for drawing an object again within the year. */
const ground = /^年内可重复抽查:/

const drop = { value: dropAnswer, textZh: '不要这一条' } as const
const columnsOrDrop = [{ value: 'columns', textZh: '以各栏为准' }, drop]

function askStanding(source: QuestionSource, clauses: readonly string[]): QuestionDraft | undefined {
  const said = clauses.filter((clause) => endsLine.test(clause))
  if (said.length === 0) return undefined
  const textZh = `备注写的是“${said.join('；')}”：这一条还列入计划吗？`
  const options = [{ value: 'stands', textZh: '仍列入计划' }, drop]
  return ask(source, { field: 'standing', code: 'line-may-not-stand', textZh, form: 'choice', options })
}

/** How a clause stands to the columns: it says the same, another amount, more that may be otherwise, or nothing of what they say. */
type Stand = 'same' | 'amount' | 'otherwise' | 'silent'

const standOf = (isSame: boolean): Stand => (isSame ? 'same' : 'amount')

const isSameTimes = (read: TimesReading | undefined, timesPerYear: number | undefined): boolean =>
  read?.kind === 'times' && read.min === read.max && read.min === timesPerYear && !read.perObject

/** How a clause that is an amount whole stands to the columns; undefined where it is none. */
function standOfAmount(clause: string, { ratio, count, timesPerYear }: Known): Stand | undefined {
  const times = readTimesClause(clause)
  if (times?.kind === 'times') return standOf(isSameTimes(times, timesPerYear))
  const number = clause.replace(eachPeriod, '')
  if (isCountClause(number)) {
    const read = readCountCell(number)
    return standOf(number === clause && count !== undefined && read?.kind === 'count' && read.min === count && read.max === count)
  }
  const share = readRatioClause(clause)
  if (share?.kind === 'share') {
    const isSame = JSON.stringify(share.range) === JSON.stringify({ min: ratio?.min, max: ratio?.max })
    return standOf(ratio !== undefined && share.subject === '' && isSame)
  }
  return share?.kind === 'remark' || share?.kind === 'elsewhere' || share?.kind === 'staff' ? 'silent' : undefined
}

/** Whether a clause is a time and that of the columns, or what begins or ends with it. */
function isSameTime(clause: string, { window, timesPerYear }: Known, planYear: number): boolean {
  const read = readWindowCell(clause, planYear)
  if (read?.kind === 'end-only') return read.end === window?.end
  if (read?.kind === 'start-only') return read.start === window?.start
  if (read?.kind !== 'window') return false
  if (read.times !== undefined) return isSameTimes(read.times, timesPerYear)
  return read.window.start === window?.start && read.window.end === window.end
}

function standOfClause(clause: string, known: Known, planYear: number): Stand {
  if (ground.test(clause) || endsLine.test(clause)) return 'silent'
  const stand = standOfAmount(clause, known)
  if (stand !== undefined) return stand
  if (![amount, time, change].some((pattern) => pattern.test(clause))) return 'silent'
  return isSameTime(clause, known, planYear) ? 'same' : 'otherwise'
}

function askAmounts(source: QuestionSource, said: readonly string[]): QuestionDraft | undefined {
  if (said.length === 0) return undefined
  const textZh = `备注写的是“${said.join('；')}”，与各栏的比例、数量、频次不同：以各栏为准，还是不要这一条、另行填报？`
  return ask(source, { field: 'remarkedAmount', code: 'amount-in-remarks', textZh, form: 'choice', options: columnsOrDrop })
}

function askOtherwise(source: QuestionSource, said: readonly string[]): QuestionDraft | undefined {
  if (said.length === 0) return undefined
  const textZh = `备注写的是“${said.join('；')}”，可能与各栏的比例、数量、频次、时间不同：以各栏为准，还是不要这一条、另行填报？`
  return ask(source, { field: 'remarkedOtherwise', code: 'remark-says-otherwise', textZh, form: 'choice', options: columnsOrDrop })
}

/**
 * What a remark says in its own words against the line: that it falls away, that as many others are drawn, or an amount, a time or a change that no column
 * has. `rest` is what no reader has understood.
 */
export function askDoubts(source: QuestionSource, rest: string, known: Known, planYear: number): readonly QuestionDraft[] {
  const clauses = splitOutsideBrackets(squash(rest.replace(remarkReasons, '')), '；;。,')
  const saying = (stand: Stand): readonly string[] => clauses.filter((clause) => standOfClause(clause, known, planYear) === stand)
  const drafts = [askStanding(source, clauses), askAmounts(source, saying('amount')), askOtherwise(source, saying('otherwise'))]
  return drafts.filter((draft) => draft !== undefined)
}
