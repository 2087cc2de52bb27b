import { readInteger, squash } from '../text.ts'
import { boundEndings, boundOf, boundWords, spread } from './percent.ts'
import { everyWords, periodOf, perYear } from './period.ts'

/** How often a year: `perObject` when the number limits what one object meets, not what the office does. */
export type TimesReading =
  | { readonly kind: 'times'; readonly min?: number; readonly max?: number; readonly perObject: boolean }
  | { readonly kind: 'undetermined' }
  | { readonly kind: 'unclear' }

const digits = String.raw`\d{1,3}|[一二两三四五六七八九十]{1,3}`
const verbs = '(?:组织|开展|进行|实施|完成){0,2}(?:(?:双?随机|(?:跨?部门)?联合){0,2}(?:抽查|检查|抽取|抽检|核查))?'
const batch = '批次|批|轮次|轮'
const plain = new RegExp(
  String.raw`^(?:原则上)?(?:(?<every>${everyWords})内?)?(?:原则上)?各?${verbs}(?:频次|次数|频率)?:?(?:(?<before>${everyWords})内?)?(?:共计?|合计|累计|总计)?(?<bound>${boundWords})?(?:(?<again>${everyWords})内?)?各?${verbs}` +
    String.raw`(?<number>${digits})次?(?:(?:-|至|到)(?<high>${digits}))?次${verbs}(?:(?:/每?|每)[一1]?个?(?<per>年度|年|半年度?|季度|季|月))?(?<after>${boundEndings})?$`,
)
const perObject = new RegExp(
  String.raw`^(?:(?:同一|每|一个|一)?年度?内?)?,?对?(?:同一|每个|每户|每家)(?:单位|对象|企业|主体|市场主体|经营主体|检查对象|抽查对象|机构)?(?:\(人\))?的?(?:(?:同一|每|一个|一)?年度?内?)?的?` +
    String.raw`(?:随机)?(?:抽查|检查)?(?:每年|一年内?|年度内?)?(?:次数|频次)?(?:原则上)?(?<most>为|不超过|不得超过|最多|至多|不多于)?(?:随机)?(?:抽查|检查)?(?<number>${digits})次$`,
)
const eachObject = new RegExp(
  String.raw`^(?:(?<number>${digits})次(?:/年)?[/·](?:户|家|企业|对象|单位)(?:[/·]年)?|[1一](?:户|家|企)(?<once>[1一])次)$`,
)
const bare = new RegExp(String.raw`^(?<bound>${boundWords})?(?<number>\d{1,3})(?:-(?<high>\d{1,3}))?$`)
const period =
  /^[每按逐]?(?:(?<months>\d{1,2}|[一二两三四六])个月|(?<unit>年度|年|半年度|半年|季度|季|月度|月))(?:开展|进行|组织)?(?:抽查|检查)?(?:一次|1次)?$/
/** 每月, 月度: a frequency under any heading. 1个月 may be how long. */
const everyPeriod = /^(?:[每按逐].+|半年度|年度|季度|月度)$/
const half = String.raw`(?:组织|开展|进行)?(?:抽查|检查)?`
const halves = new RegExp(
  String.raw`^(?:每年|全年|年度)?上(?:半年)?[、,和]?下半年各${half}(?<number>\d{1,2}|[一二两三])次$|^上半年${half}(?<first>\d{1,2}|[一二两三])次[、,;和]?下半年${half}(?<second>\d{1,2}|[一二两三])次$`,
)
/** 分两批: so many times, wherever it stands. */
const inBatches = new RegExp(
  String.raw`^(?:每年|全年|年度)?(?:内)?分(?<number>\d{1,2}|[一二两三四五六])个?(?:${batch}|次)(?:组织|开展|进行|实施)?(?:抽查|检查)?$`,
)
const undetermined =
  /^(?:(?:每年|全年|年度)?(?:随机)?(?:抽查|检查)?(?:频次|次数|频率)?:?(?:根据.*(?:确定|安排|开展)|按照?.*(?:要求|部署|安排|计划)(?:确定|执行|开展|进行)?|视.*(?:确定|而定)|视情|待定|另行(?:确定|通知)|不定期|适时|按需|随机|由.*(?:确定|决定)))(?:抽查|检查|开展)?$/

/** Reads one squashed clause as a number of times; undefined when it speaks of something else. */
export function readTimesClause(clause: string): TimesReading | undefined {
  const limited = perObject.exec(clause)?.groups
  if (limited !== undefined) return perObjectOf(limited['number'], limited['most'])
  const each = eachObject.exec(clause)?.groups
  if (each !== undefined) return perObjectOf(each['number'] ?? each['once'])
  const twice = halves.exec(clause)?.groups
  if (twice !== undefined) return ofHalves(twice)
  const parted = inBatches.exec(clause)?.groups
  if (parted !== undefined) return timesOf({ number: parted['number'] })
  const groups = plain.exec(clause)?.groups
  return groups === undefined ? undefined : timesOf(groups)
}

/** Halves of the year with as many times each; with different ones the year is divided unevenly, which a number does not say. */
function ofHalves({ number, first, second }: Readonly<Record<string, string | undefined>>): TimesReading {
  const times = readInteger(number ?? first ?? '')
  if (times === undefined || (second !== undefined && readInteger(second) !== times)) return { kind: 'unclear' }
  return { kind: 'times', min: 2 * times, max: 2 * times, perObject: false }
}

/** Of one object `1次` says how often it is checked, 为1次 or 不超过1次 how often at most. */
function perObjectOf(number = '', most?: string): TimesReading {
  const times = readInteger(number)
  if (times === undefined) return { kind: 'unclear' }
  return { kind: 'times', ...(most === undefined ? { min: times } : {}), max: times, perObject: true }
}

function timesOf(groups: Readonly<Record<string, string | undefined>>): TimesReading {
  const said = [groups['every'], groups['before'], groups['again'], groups['per']].flatMap((word) =>
    word === undefined ? [] : [periodOf(word)],
  )
  const [first = '年'] = said
  const factor = perYear[first]
  const value = readInteger(groups['number'] ?? '')
  const high = groups['high'] === undefined ? undefined : readInteger(groups['high'])
  const bound = boundOf(groups['bound'], groups['after'])
  if (value === undefined || bound === undefined || said.some((each) => each !== first)) return { kind: 'unclear' }
  if (groups['high'] === undefined) return { kind: 'times', ...spread(bound, value * factor), perObject: false }
  if (high === undefined || bound !== 'exact' || high < value) return { kind: 'unclear' }
  return { kind: 'times', min: value * factor, max: high * factor, perObject: false }
}

export const isUndeterminedTimes = (clause: string): boolean => undetermined.test(clause)

/** Reads `每月`, `1个月`, `季度` as the time from one check to the next. */
export function readPeriod(text: string): TimesReading | undefined {
  const groups = period.exec(text)?.groups
  if (groups === undefined) return undefined
  const months = groups['months'] === undefined ? 12 / perYear[periodOf(groups['unit'] ?? '')] : (readInteger(groups['months']) ?? 0)
  const times = 12 / months
  return Number.isInteger(times) ? { kind: 'times', min: times, max: times, perObject: false } : { kind: 'unclear' }
}

/** 全年4次,每季度1次: the same said twice, of different periods; undefined where the two say different things, or one is none. 抽查1次、检查1次 may be two. */
function sameTimes(text: string): TimesReading | undefined {
  const clauses = text.split(/[,;、]/)
  const periods = clauses.flatMap((clause) => /半年|季|月|年/.exec(clause)?.[0] ?? [])
  if (periods.length < clauses.length || new Set(periods).size < periods.length) return undefined
  const [first, ...others] = clauses.map(readTimesClause)
  const isSame = others.length > 0 && others.every((each) => JSON.stringify(each) === JSON.stringify(first))
  return isSame && first?.kind === 'times' ? first : undefined
}

/** At least so often and at most so often, 每年至少1次，不超过3次; the second is of the period that the first names, which must be the year. */
function bounded(text: string): TimesReading | undefined {
  const clauses = text.split(/[,;、且](?=.*次)/)
  const [low, high, more] = clauses.map(readTimesClause)
  if (low?.kind !== 'times' || high?.kind !== 'times' || more !== undefined || low.perObject || high.perObject) return undefined
  const { min, max } = { ...low, ...high }
  const isEach = (low.min === undefined) !== (high.min === undefined) && (low.max === undefined) !== (high.max === undefined)
  if (/半年|季|月/.test(text) || !isEach || min === undefined || max === undefined || min > max) return undefined
  return { kind: 'times', min, max, perObject: false }
}

/** 4次(每季度1次), 2次(上、下半年各一次): the bracket says the same. */
function sameInBrackets(clause: string): TimesReading | undefined {
  const [, outer = '', inner = ''] = /^(.+)\(([^()]+)\)$/.exec(clause) ?? []
  const isOfPeriod = /半年|季|月/.test(inner)
  const said = readTimesClause(outer)
  return isOfPeriod && said?.kind === 'times' && JSON.stringify(said) === JSON.stringify(readTimesClause(inner)) ? said : undefined
}

const longestRound = 12

/** 2个批次 and 两轮 of a column of frequencies are so many times, 一年一查 is once; where a bound follows another a comma is put between. */
function asTimes(clause: string): string {
  const counted = new RegExp(`(\\d{1,3}|[一二两三四五六七八九十]{1,3})个?(?:${batch})`, 'g')
  return clause
    .replace(/\((?:全年|每年|年度?)\)$/, '')
    .replace(/^一(季|月)一[次查检]$/, '每$1一次')
    .replace(counted, (whole, number: string) => ((readInteger(number) ?? 0) > longestRound ? whole : `${number}次`))
    .replace(/(年|季度?|月)([一1])[查检]$/, '$1$2次')
    .replace(/^[1一]次\/每?((?:\d{1,2}|[二两三四六])个月)$|^每?1?(年|半年|季度?|月|\d{1,2}个月|[一二两三四六]个月)\/次$/, '每$1$2一次')
    .replace(/(?<=次(?:\/年)?)(?=(?:不超过|不多于|至多|最多|不少于|至少|不低于))/, ',')
}

/** Reads a cell of a frequency column; a heading with 周期 makes `每年` and `1个月` periods. Undefined when the cell is blank. */
export function readTimesCell(text: string, heading = ''): TimesReading | undefined {
  const clause = asTimes(squash(text).replace(/[。.;]+$/, ''))
  if (clause === '') return undefined
  const isSpan = squash(heading).includes('周期')
  const spaced = isSpan || everyPeriod.test(clause) ? readPeriod(clause) : undefined
  if (spaced !== undefined || isSpan) return spaced ?? readTimesClause(clause) ?? { kind: 'unclear' }
  const groups = bare.exec(clause)?.groups
  if (groups !== undefined) return timesOf(groups)
  const said = readTimesClause(clause) ?? bounded(clause) ?? sameTimes(clause) ?? sameInBrackets(clause)
  return said ?? (isUndeterminedTimes(clause) ? { kind: 'undetermined' } : { kind: 'unclear' })
}
