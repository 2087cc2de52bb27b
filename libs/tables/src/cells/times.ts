import { readInteger, squash } from '../text.ts'
import { boundOf, boundWords, spread } from './percent.ts'

/** How often a year: `perObject` when the number limits what one object meets, not what the office does. */
export type TimesReading =
  | { readonly kind: 'times'; readonly min?: number; readonly max?: number; readonly perObject: boolean }
  | { readonly kind: 'undetermined' }
  | { readonly kind: 'unclear' }

const perYear = new Map([
  ['年', 1],
  ['半年', 2],
  ['季度', 4],
  ['季', 4],
  ['月', 12],
])

const number = String.raw`(?<number>\d{1,3}|[一二两三四五六七八九十]{1,3})`
const plain = new RegExp(
  String.raw`^(?:(?<every>每年度|每年|全年|本年度|年度|一年|每半年|每季度|每季|每月)内?)?(?:各)?(?:抽查|检查|开展)?(?:频次|次数)?(?<bound>${boundWords})?(?:抽查|检查|开展)?${number}次(?:/(?<per>年|半年|季度|季|月))?(?<after>以上|及以上|以下|及以下)?$`,
)
const perObject = new RegExp(
  String.raw`^(?:同一年度|年度内|每年)?(?:内)?对?同一(?:单位|对象|企业|主体|检查对象)(?:\(人\))?的?(?:抽查|检查)(?:次数|频次)(?:为|不超过|不得超过|至多)${number}次$`,
)
const bare = new RegExp(String.raw`^(?<bound>${boundWords})?(?<number>\d{1,3})$`)
const period = /^每?(?:(?<months>\d{1,2})个月|(?<unit>年|半年|季度|季|月))(?:一次|1次)?$/
const undetermined = /^(?:抽查|检查)?(?:频次|次数)?(?:根据.*确定|视情(?:况)?(?:确定|而定)?|待定|另行(?:确定|通知)|不定期)$/

function everyOf(every: string | undefined): string | undefined {
  if (every === undefined) return undefined
  return /月|季/.test(every) ? every.slice(1) : every === '每半年' ? '半年' : '年'
}

/** Reads one squashed clause as a number of times; undefined when it speaks of something else. */
export function readTimesClause(clause: string): TimesReading | undefined {
  const limited = perObject.exec(clause)?.groups
  if (limited !== undefined) {
    const max = readInteger(limited['number'] ?? '')
    return max === undefined ? { kind: 'unclear' } : { kind: 'times', max, perObject: true }
  }
  const groups = plain.exec(clause)?.groups
  if (groups === undefined) return undefined
  const every = everyOf(groups['every'])
  const per = groups['per'] ?? every ?? '年'
  const value = readInteger(groups['number'] ?? '')
  const bound = boundOf(groups['bound'], groups['after'])
  if (value === undefined || bound === undefined || (every !== undefined && every !== per)) return { kind: 'unclear' }
  return { kind: 'times', ...spread(bound, value * (perYear.get(per) ?? 1)), perObject: false }
}

export const isUndeterminedTimes = (clause: string): boolean => undetermined.test(clause)

function readPeriod(text: string): TimesReading | undefined {
  const groups = period.exec(text)?.groups
  if (groups === undefined) return undefined
  const months = groups['months'] === undefined ? 12 / (perYear.get(groups['unit'] ?? '') ?? 0) : Number(groups['months'])
  const times = 12 / months
  return Number.isInteger(times) ? { kind: 'times', min: times, max: times, perObject: false } : { kind: 'unclear' }
}

/** Reads a cell of a frequency column; a heading with 周期 makes `每年` and `1个月` periods. Undefined when the cell is blank. */
export function readTimesCell(text: string, heading = ''): TimesReading | undefined {
  const clause = squash(text).replace(/[。.;]+$/, '')
  if (clause === '') return undefined
  if (squash(heading).includes('周期')) return readPeriod(clause) ?? readTimesClause(clause) ?? { kind: 'unclear' }
  const groups = bare.exec(clause)?.groups
  if (groups !== undefined) {
    const bound = boundOf(groups['bound'], undefined) ?? 'exact'
    return { kind: 'times', ...spread(bound, Number(groups['number'])), perObject: false }
  }
  return readTimesClause(clause) ?? (isUndeterminedTimes(clause) ? { kind: 'undetermined' } : { kind: 'unclear' })
}
