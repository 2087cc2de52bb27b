import { assertNever, formatPercent, type Ratio } from '@dual-random/kernel'
import { readInteger, splitOutsideBrackets, squash } from '../text.ts'
import { type CountReading, readCountCell } from './count.ts'
import type { RatioRange } from './percent.ts'
import { type RatioReading, rangeOf, readShareCell } from './share.ts'
import { readTimesCell, type TimesReading } from './times.ts'
import { readUnitsCell, type UnitsReading } from './units.ts'
import { readDeadline, readWindowCell, type WindowReading } from './window.ts'
import { readGradesCell, readLevelsCell } from './words.ts'

/** The kinds of column that plans publish (docs/plan-cells.md). */
export const cellColumns = ['比例', '频次', '比例及频次', '时间', '部门', '数量', '层级', '风险'] as const
export type CellColumn = (typeof cellColumns)[number]

export interface CellTier {
  /** The class, level or risk it holds for. */
  readonly when: string
  readonly ratioMin?: number
  readonly ratioMax?: number
  /** Absent of a share of the year. */
  readonly per?: string
}

/** What one cell of a published plan says by itself; a member is absent where the text gives none. */
export interface PublishedCell {
  /** Percent. */
  readonly ratioMin?: number
  readonly ratioMax?: number
  readonly countMin?: number
  readonly countMax?: number
  readonly timesMin?: number
  readonly timesMax?: number
  /** `年`, or `年·对象` where it limits what one object meets. */
  readonly timesPer?: string
  /** YYYY-MM-DD, YYYY-MM, or MM where the text names no year. */
  readonly from?: string
  readonly to?: string
  readonly tiers?: readonly CellTier[]
  readonly parties?: readonly string[]
  readonly partiesMode?: 'all' | 'oneOf'
  /** What the text says beside that. */
  readonly note?: string
  /** What in it is unclear, for the planner. */
  readonly question?: string
}

/** Parts of a cell as they are found: notes and questions add up. */
interface Said extends Omit<PublishedCell, 'note' | 'question'> {
  readonly notes?: readonly string[]
  readonly questions?: readonly string[]
}

/** A list of classes and nothing else. */
const classesOnly = /^(?:(?:[A-E][类级]?|较?[高低]风险|一般风险|中风险)(?:企业|对象)?[、,和及]?)+(?:[两三四五]类)?(?:企业|对象)?$/

const blank = /^(?:[-/\\*]+|无|空|暂无|不涉及|不适用)?$/

/** Reads a cell by the kind of its column. `year` is the plan's: only what the text leaves to it takes it, and says so. */
export function readPublishedCell(column: CellColumn, text: string, year?: number): PublishedCell {
  const plain = squash(text)
  if (column !== '风险' && blank.test(plain)) return plain === '' ? {} : { note: plain }
  const { notes = [], questions = [], ...rest } = readers[column](text, year)
  const cell = {
    ...rest,
    ...(notes.length === 0 ? {} : { note: notes.join('；') }),
    ...(questions.length === 0 ? {} : { question: questions.join('；') }),
  }
  // Punctuation alone: no clause is left that a reader could fail at.
  return Object.keys(cell).length === 0 ? { question: `没有读懂“${plain}”` } : cell
}

const readers: Readonly<Record<CellColumn, (text: string, year: number | undefined) => Said>> = {
  比例: (text) => shareSaid(text, '比例'),
  比例及频次: (text) => shareSaid(text, '比例及频次'),
  频次: frequencySaid,
  数量: amountSaid,
  时间: windowSaid,
  部门: partiesSaid,
  层级: levelsSaid,
  风险: riskSaid,
}

const percent = (ratio: Ratio): number => Number(formatPercent(ratio).slice(0, -1))

const rangeSaid = ({ min, max }: RatioRange) => ({
  ...(min === undefined ? {} : { ratioMin: percent(min) }),
  ...(max === undefined ? {} : { ratioMax: percent(max) }),
})

const merge = (...parts: readonly Said[]): Said => ({
  ...Object.assign({}, ...parts),
  notes: parts.flatMap(({ notes = [] }) => notes),
  questions: parts.flatMap(({ questions = [] }) => questions),
})

function shareSaid(text: string, column: string): Said {
  if (/^\d+:\d+$/.test(squash(text))) return { questions: [`${squash(text)} 不是百分比：是人员与对象之比吗？`] }
  const { ratio, times, count, least, remarks } = readShareCell(text, column)
  if (ratio?.kind === 'unclear' && times?.kind === 'unclear') return { questions: ['没有读懂：比例是多少？'] }
  const both = ratio !== undefined && count !== undefined ? { questions: ['比例与数量并列，不能互推：以哪个为准？'] } : {}
  return merge(ratioSaid(ratio), timesSaid(times), countSaid(count), both, least === undefined ? {} : { countMin: least }, {
    notes: remarks,
  })
}

function ratioSaid(ratio: RatioReading | undefined): Said {
  switch (ratio?.kind) {
    case undefined:
      return {}
    case 'range':
      return rangeOfAll(ratio)
    case 'tiers':
      return tiersSaid(ratio)
    case 'elsewhere':
      return { notes: ['比例引用别的文件'], questions: ['比例由别的文件定：是多少？'] }
    case 'undetermined':
      return { questions: ['比例没有定下：是多少？'] }
    case 'unclear':
      return { questions: ['没有读懂：比例是多少？'] }
    default:
      return assertNever(ratio)
  }
}

function rangeOfAll(ratio: Extract<RatioReading, { kind: 'range' }>): Said {
  if (ratio.per !== '年') {
    const questions = [`是每${ratio.per}的比例：全年按多少抽？`]
    return { tiers: [{ when: '全部', ...rangeSaid(ratio), per: ratio.per }], questions }
  }
  return {
    ...rangeSaid(ratio),
    ...(ratio.min?.numerator === 0 && ratio.max?.numerator === 0 ? { questions: ['一个也不抽：按多少抽？'] } : {}),
    ...(ratio.sumOverLevels ? { notes: ['各级合计的比例'], questions: ['是各级合计的比例：本级按多少抽？'] } : {}),
  }
}

function tiersSaid(ratio: Extract<RatioReading, { kind: 'tiers' }>): Said {
  const open = ratio.tiers.filter(({ min, max, staff }) => min === undefined && max === undefined && staff === undefined)
  const staffed = ratio.tiers.filter(({ staff }) => staff !== undefined)
  return {
    ...rangeSaid(rangeOf(ratio) ?? {}),
    tiers: ratio.tiers.map(({ name, per, ...range }) => ({ when: name, ...rangeSaid(range), ...(per === '年' ? {} : { per }) })),
    notes: staffed.map(({ name, staff }) => `${name}按人员与对象 ${staff} 抽取，不是百分比`),
    questions: open.map(({ name }) => `${name}的比例没有定下`),
  }
}

const bracket = /\((?<inner>[^()]*)\)$/

/** A frequency column is read as one of periods where its text is a period: the heading is not at hand. */
function frequencySaid(text: string): Said {
  const plain = squash(text)
  const rare = /^(?:每?(?<years>[2-9]|[两二三四五])年(?:抽查|检查|开展)?[1一]次|[1一]次\/(?<over>[2-9]|[两二三四五])年)$/.exec(
    plain,
  )?.groups
  if (rare !== undefined) return { timesMin: 1, timesMax: 1, timesPer: `${readInteger(rare['years'] ?? rare['over'] ?? '')}年` }
  const weekly = /^(?:每周(?<often>[1-7一二两三])次|(?<each>[1-7一二两三])次\/周)$/.exec(plain)?.groups
  if (weekly !== undefined) {
    const times = readInteger(weekly['often'] ?? weekly['each'] ?? '')
    return times === undefined ? {} : { timesMin: times, timesMax: times, timesPer: '周' }
  }
  const read = readTimesCell(plain, '频次')
  const inner = bracket.exec(plain)?.groups?.['inner']
  if (read?.kind === 'unclear' && inner !== undefined)
    return withRemark(timesSaid(readTimesCell(plain.replace(bracket, ''), '频次')), inner)
  return timesSaid(read?.kind === 'unclear' ? readTimesCell(plain, '周期') : read)
}

/** A bracket may take back what stands before it, 3月—12月(8月除外): it is kept and asked about. */
const withRemark = (said: Said, remark: string): Said => merge(said, { notes: [remark], questions: [`括号里的“${remark}”怎样算？`] })

function timesSaid(times: TimesReading | undefined): Said {
  if (times === undefined) return {}
  if (times.kind === 'undetermined') return { questions: ['频次没有定下：一年几次？'] }
  if (times.kind === 'unclear') return { questions: ['频次没有读懂：一年几次？'] }
  const { min, max, perObject } = times
  return {
    ...(min === undefined ? {} : { timesMin: min }),
    ...(max === undefined ? {} : { timesMax: max }),
    timesPer: perObject ? '年·对象' : '年',
  }
}

function amountSaid(text: string): Said {
  const count = readCountCell(text)
  if (count?.kind === 'count') return countSaid(count)
  const { kind } = readShareCell(text, '比例').ratio ?? {}
  if (kind === 'undetermined' || kind === 'elsewhere') return { questions: ['数量没有定下：抽多少户？'] }
  return kind === 'unclear' ? { questions: ['没有读懂：抽多少户？'] } : shareSaid(text, '比例')
}

function countSaid(count: CountReading | undefined): Said {
  if (count === undefined) return {}
  if (count.kind === 'unclear') return { questions: ['数量没有读懂：抽多少户？'] }
  const { min, max, grade, people, proviso } = count
  return {
    ...(min === undefined ? {} : { countMin: min }),
    ...(max === undefined ? {} : { countMax: max }),
    notes: [...(grade === undefined ? [] : [`对象：${grade}`]), ...(proviso === undefined ? [] : [proviso])],
    questions: [
      ...(people === true ? ['以人计：是抽查对象还是检查人员？'] : []),
      ...(proviso === undefined ? [] : [`数量是暂定的（${proviso}）：定为多少户？`]),
    ],
  }
}

function windowSaid(text: string, year: number | undefined): Said {
  const plain = squash(text)
  const planYear = year ?? 2001
  const read = readWindowCell(text, planYear)
  const inner = bracket.exec(plain)?.groups?.['inner']
  if ((read?.kind === 'unclear' || read?.kind === 'undetermined') && inner !== undefined) {
    return withRemark(windowSaid(plain.replace(bracket, ''), year), inner)
  }
  const reading = read?.kind === 'unclear' ? (readDeadline(text, planYear) ?? read) : read
  const ends = windowEnds(plain, reading, year)
  return reading?.kind === 'window' && reading.times !== undefined ? merge(ends, timesSaid(reading.times)) : ends
}

function windowEnds(plain: string, reading: WindowReading | undefined, year: number | undefined): Said {
  const inDays = /[日号旬]|\d{4}([./-])\d{1,2}\1\d{1,2}(?!\d)|20\d{6}|^\d{1,2}[./]\d{1,2}[-至到]\d/.test(plain)
  const written = (date: string, supplied: boolean): string => (inDays ? date : supplied ? date.slice(5, 7) : date.slice(0, 7))
  const supplied = (isSupplied: boolean): readonly string[] => (isSupplied && inDays && year !== undefined ? ['年份为计划年度'] : [])
  switch (reading?.kind) {
    case undefined:
      return {}
    case 'window': {
      const { start, end, suppliedYear } = reading.window
      const crosses = start.slice(0, 4) < end.slice(0, 4) && suppliedYear
      if (inDays && suppliedYear && year === undefined) return { questions: ['没有写年份：是哪一年？'] }
      return {
        from: written(start, suppliedYear),
        to: written(end, suppliedYear),
        notes: [...(crosses ? ['止于次年'] : []), ...supplied(suppliedYear)],
      }
    }
    case 'end-only':
      if (inDays && reading.suppliedYear && year === undefined) return { questions: ['没有写年份：是哪一年？'] }
      return { to: written(reading.end, reading.suppliedYear), notes: ['只有截止时间', ...supplied(reading.suppliedYear)] }
    case 'reversed':
      return { questions: ['止早于起：是跨年吗？'] }
    case 'undetermined':
      return { questions: ['时间没有定下：什么时间检查？'] }
    case 'unclear':
      return { questions: ['时间没有读懂：什么时间检查？'] }
    default:
      return assertNever(reading)
  }
}

/** Fields of work without the word for a unit, 公安、消防: said as they are, and asked about. */
function partiesSaid(text: string): Said {
  const read = readUnitsCell(text)
  const short = splitOutsideBrackets(squash(text), '、,;')
  if (read?.kind === 'unclear' && short.every((part) => /^[\u4e00-\u9fff]{2,10}$/.test(part))) {
    return { parties: short, partiesMode: 'all', questions: ['没有写部门全称：是哪些单位？'] }
  }
  return unitsSaid(read)
}

function unitsSaid(units: UnitsReading | undefined): Said {
  switch (units?.kind) {
    case undefined:
      return {}
    case 'units':
      return { parties: units.names, partiesMode: 'all' }
    case 'either': {
      const also = units.always.length === 0 ? [] : [`另有：${units.always.join('、')}`]
      return {
        parties: [...units.alternatives, ...units.always],
        partiesMode: 'oneOf',
        notes: [`择一：${units.alternatives.join('、')}`, ...also, ...units.conditions.map(({ when, unit }) => `${when}时为${unit}`)],
      }
    }
    case 'levels':
      return { parties: [units.name], partiesMode: 'all', notes: [`层级：${units.levels.join('、')}`] }
    case 'lead':
      return { parties: [units.lead, ...units.others], partiesMode: 'all', notes: [`${units.lead}牵头`] }
    case 'unnamed': {
      const named = units.names.length === 0 ? {} : { parties: units.names, partiesMode: 'all' as const }
      return { ...named, notes: ['与其他部门联合'], questions: ['还有没写出的部门：是哪些？'] }
    }
    case 'unclear':
      return { questions: ['部门没有读懂：是哪些？'] }
    default:
      return assertNever(units)
  }
}

function levelsSaid(text: string): Said {
  const read = readLevelsCell(text)
  if (read === undefined) return { questions: ['层级没有读懂：由哪级实施？'] }
  return { tiers: read.levels.map((when) => ({ when })), notes: [read.levels.join('、'), ...(read.open ? ['其余各级自行安排'] : [])] }
}

function riskSaid(text: string): Said {
  const plain = squash(text)
  if (plain === '') return {}
  if (/%/.test(plain)) return shareSaid(text, '比例')
  const read = readGradesCell(text)
  if (read?.kind === 'none') return { notes: ['不按信用风险分级'] }
  if (read?.kind === 'rising') {
    return { tiers: read.grades.map((when) => ({ when })), notes: ['比例逐级递加'], questions: ['没有给出各级比例：各级各按多少抽？'] }
  }
  const named = classesOnly.test(plain) ? (plain.match(/[A-E]|较?[高低]风险|一般风险|中风险/g) ?? []) : []
  const tiers = named.map((when) => ({ when: /^[A-E]$/.test(when) ? `${when}类` : when }))
  return { ...(tiers.length === 0 ? {} : { tiers }), notes: [plain], questions: ['各风险等级按多少抽？'] }
}
